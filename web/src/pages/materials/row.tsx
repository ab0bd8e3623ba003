/*
 * One material: what it is and from whom, to be saved; for hosts also to replace and take back.
 */
import { useState, type FormEvent } from "react";
import { request } from "../../api/client";
import type { Material } from "../../api/types";
import { handIn } from "../../api/upload";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { Chip } from "../../parts/chip";
import { FileField } from "../../parts/field";
import { FormNotice } from "../../parts/form-notice";
import { Failed } from "../../parts/states";
import { Opened, TwoStep } from "../../parts/two-step";
import { Link } from "../../shell/router";
import { useZone } from "../../shell/session";
import { shortDay } from "../../time/time";
import { words } from "../../words";
import { ACCEPT, faultOf, typeOf } from "./chosen";
import { Sending } from "./sending";

const text = words.materials;

interface RowProps {
  material: Material;
  briefing: string;
  /* Undefined: the reader may change nothing. */
  bytesMax: number | undefined;
  onChange: () => Promise<void>;
}

export function MaterialRow({ material, briefing, bytesMax, onChange }: RowProps) {
  const zone = useZone();
  const { id, title, kind, file, object, given_by, is_replaced, given, opened } = material;
  const facts = [
    text.kinds[kind],
    object?.type.replace(/-/g, " "),
    file && text.size(file.bytes),
    text.from(given_by),
    is_replaced && text.replaced(shortDay(new Date(given), zone)),
  ].filter(Boolean);
  return (
    <li className="material">
      <p className="material-title">
        {file ? (
          <a href={file.href} download={file.name}>
            {title}
            <span className="read-only-aloud">, {text.save}</span>
          </a>
        ) : (
          <Link to={`/objects/${object?.id}?material=${id}`}>{title}</Link>
        )}{" "}
        <Chip label={material.label} />
      </p>
      <p className="second">
        {facts.join(" · ")}
        {object && object.title !== title && <> · {object.title}</>}
      </p>
      {opened && <p className="second">{text.opened(opened)}</p>}
      {bytesMax !== undefined && (
        <div className="acts material-acts">
          {file && (
            <Replace
              material={material}
              briefing={briefing}
              bytesMax={bytesMax}
              onChange={onChange}
            />
          )}
          <TakeBack material={material} briefing={briefing} onChange={onChange} />
        </div>
      )}
    </li>
  );
}

const PATH = "/briefings/{briefing}/materials/{material}";
type ChangeProps = Omit<RowProps, "bytesMax">;

function TakeBack({ material, briefing, onChange }: ChangeProps) {
  const act = useAct(async () => {
    const asked = { params: { briefing, material: material.id }, match: material.etag };
    await request("delete", PATH, asked);
    await onChange();
  });
  return (
    <TwoStep
      ask={text.takeBack}
      of={material.title}
      about={text.takeBackAbout}
      act={text.takeBackAct}
      doing={act}
      failed={text.notTakenBack}
      keep={text.keep}
    />
  );
}

function Replace({ material, briefing, bytesMax, onChange }: ChangeProps & { bytesMax: number }) {
  const [isOpen, setOpen] = useState(false);
  const [file, setFile] = useState<File>();
  const [fault, setFault] = useState<string>();
  const [done, setDone] = useState<number>();
  const act = useAct(async (_, chosen: File, type: string) => {
    try {
      const handed = await handIn({ briefing, file: chosen, type, onProgress: setDone });
      await request("put", PATH, {
        params: { briefing, material: material.id },
        match: material.etag,
        body: { file: handed.file, name: chosen.name },
      });
      setOpen(false);
    } finally {
      setDone(undefined);
      await onChange(); // also where somebody was faster: what is there now is shown
    }
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const type = file && typeOf(file);
    setFault(faultOf(file, bytesMax));
    if (file && type && file.size <= bytesMax) void act.run(file, type);
  };
  if (!isOpen) {
    return (
      <Act unstyled of={material.title} onAct={() => setOpen(true)}>
        {text.replace}
      </Act>
    );
  }
  return (
    <Opened>
      <form onSubmit={submit} noValidate className="material-form">
        {act.problem && <Failed problem={act.problem} what={text.notReplaced} />}
        <FileField
          label={text.file}
          accept={ACCEPT}
          onFile={setFile}
          error={fault ?? act.problem?.fieldMessage("/name")}
        />
        <Sending done={done} />
        <FormNotice says={text.replaceNotice} className="material-acts">
          <Act isSubmit isBusy={act.isBusy}>
            {text.replaceAct}
          </Act>
          <Act unstyled onAct={() => setOpen(false)}>
            {text.keep}
          </Act>
        </FormNotice>
      </form>
    </Opened>
  );
}
