/*
 * The seal of the record: everyone may keep one, and have one that they kept checked (R3).
 */
import { useState } from "react";
import { request } from "../../api/client";
import type { AuditHead, KeptHead } from "../../api/types";
import { useAct } from "../../api/use-act";
import { useResource } from "../../api/use-resource";
import { FileField } from "../../parts/field";
import { Notice } from "../../parts/notice";
import { Section } from "../../parts/section";
import { Failed, Ready } from "../../parts/states";
import { useZone } from "../../shell/session";
import { dayAndTime } from "../../time/time";
import { receipts } from "../../words/steward";

const text = receipts.seal;
const LINE_MAX = 1000; // a seal is shorter; of another file this much says that it is none

export function Seal() {
  const head = useResource("/audit/head");
  return (
    <Section title={text.title} className="seal">
      <p>{text.about}</p>
      <Ready of={head}>{(newest) => <Keep head={newest} />}</Ready>
      <Check />
    </Section>
  );
}

function Keep({ head }: { head: AuditHead }) {
  const zone = useZone();
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`${head.line}\n`)}`;
  return (
    <p>
      {text.sealed(head.number, dayAndTime(new Date(head.time), zone))}{" "}
      <a className="usa-link" href={file} download={text.file(head.number)}>
        {text.save}
      </a>
    </p>
  );
}

function Check() {
  const [kept, setKept] = useState<KeptHead>();
  const act = useAct(async (_, file: File) => {
    setKept(undefined);
    const against = (await file.text()).trim().slice(0, LINE_MAX);
    setKept((await request("get", "/audit/head", { query: { against } })).data.kept);
  });
  return (
    <>
      <FileField
        label={text.check}
        hint={text.checkHint}
        accept=".txt,text/plain"
        onFile={(file) => file && void act.run(file)}
      />
      <div aria-live="polite">
        {act.problem && <Failed problem={act.problem} what={text.notChecked} />}
        {kept && (
          <Notice type={kept.is_whole ? "success" : "error"}>
            {kept.is_whole ? text.whole : text.broken(kept.fault ?? "")}
          </Notice>
        )}
      </div>
    </>
  );
}
