/*
 * A sheet of elections: looked at line by line first, then kept, all of it.
 */
import { useState } from "react";
import { request } from "../../api/client";
import type { ElectionSheet as Sheet } from "../../api/types";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { CsvFile } from "../../parts/csv-file";
import { Section } from "../../parts/section";
import { Failed } from "../../parts/states";
import { Status } from "../../parts/status";
import { elections } from "../../words/steward";
import { Rows } from "./rows";

const text = elections.sheet;

export function ElectionSheet({ onKept }: { onKept: () => Promise<void> }) {
  const [csv, setCsv] = useState("");
  const [sheet, setSheet] = useState<Sheet>();
  const look = useAct(async (_key: string, file: File) => {
    const read = await file.text();
    setSheet(undefined);
    setCsv(read);
    const body = { csv: read, is_preview: true };
    setSheet((await request("post", "/elections/sheet", { body })).data);
  });
  const bring = useAct(async (idempotencyKey) => {
    const asked = { body: { csv }, idempotencyKey };
    setSheet((await request("post", "/elections/sheet", asked)).data);
    await onKept();
  });
  return (
    <Section title={text.title}>
      {look.problem && <Failed problem={look.problem} what={text.notRead} />}
      {bring.problem && <Failed problem={bring.problem} what={text.notDone} />}
      <p>{text.about}</p>
      <CsvFile label={text.file} hint={text.fileHint} onFile={look.run} />
      {sheet && (
        <p role="status">
          {sheet.is_done ? text.done(sheet.changes) : text.preview(sheet.changes, sheet.faults)}
        </p>
      )}
      {sheet && <Lines sheet={sheet} />}
      {sheet && !sheet.is_done && sheet.faults === 0 && sheet.changes > 0 && (
        <div className="acts form-acts">
          <Act onAct={bring.run} isBusy={bring.isBusy}>
            {text.act(sheet.changes)}
          </Act>
        </div>
      )}
    </Section>
  );
}

type Line = Sheet["lines"][number];

function Lines({ sheet }: { sheet: Sheet }) {
  return (
    <Rows
      rows={sheet.lines}
      keyOf={({ line }) => String(line)}
      columns={[
        { name: text.columns.line, cell: ({ line }) => line },
        {
          name: text.columns.what,
          cell: ({ name, jurisdiction, kind }) => (
            <>
              {name}
              <p className="second">
                {jurisdiction}, {kind}
              </p>
            </>
          ),
        },
        { name: text.columns.date, cell: ({ date }) => date },
        { name: text.columns.change, cell: (line) => <Change line={line} /> },
      ]}
    />
  );
}

function Change({ line: { change, fault } }: { line: Line }) {
  if (change !== "faulty") return <>{text.changes[change]}</>;
  return (
    <>
      <Status kind="late">{text.changes.faulty}</Status>
      <p className="second">{fault}</p>
    </>
  );
}
