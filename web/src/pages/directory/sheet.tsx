/*
 * Bringing a sheet of the directory back: looked at line by line first, then done, all of it.
 */
import { useState } from "react";
import { request } from "../../api/client";
import type { Duty, Sheet } from "../../api/types";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { CsvFile } from "../../parts/csv-file";
import { PageHead } from "../../parts/page-head";
import { Failed } from "../../parts/states";
import { Status } from "../../parts/status";
import { NothingHere } from "../../shell/nothing-here";
import { useReader } from "../../shell/session";
import { words } from "../../words";
import { steward } from "../../words/steward";
import { Rows } from "../steward/rows";

const text = steward.sheet;

export function SheetPage() {
  const { roles } = useReader().acting_for;
  const [csv, setCsv] = useState("");
  const [sheet, setSheet] = useState<Sheet>();
  const look = useAct(async (_key: string, file: File) => {
    const read = await file.text();
    setSheet(undefined);
    setCsv(read);
    const body = { csv: read, is_preview: true };
    setSheet((await request("post", "/directory/sheet", { body })).data);
  });
  const bring = useAct(async (key) => {
    const asked = { body: { csv }, idempotencyKey: key };
    setSheet((await request("post", "/directory/sheet", asked)).data);
  });
  if (!roles.includes("admin") && !roles.includes("steward")) return <NothingHere />;
  return (
    <div className="wrap">
      {look.problem && <Failed problem={look.problem} what={text.notRead} />}
      {bring.problem && <Failed problem={bring.problem} what={text.notDone} />}
      <PageHead
        crumbs={[{ title: steward.directory.title, to: "/directory" }]}
        here={text.title}
        title={headOf(sheet)}
      />
      <p>{text.about}</p>
      {!sheet?.is_done && <CsvFile label={text.file} hint={text.fileHint} onFile={look.run} />}
      {sheet && <Lines sheet={sheet} />}
      {sheet && !sheet.is_done && sheet.faults === 0 && sheet.changes > 0 && (
        <div className="acts form-acts">
          <Act onAct={bring.run} isBusy={bring.isBusy}>
            {text.act(sheet.changes)}
          </Act>
        </div>
      )}
    </div>
  );
}

function headOf(sheet: Sheet | undefined): string {
  if (!sheet) return text.title;
  return sheet.is_done ? text.done(sheet.changes) : text.preview(sheet.changes, sheet.faults);
}

/* What is wrong stands beside its line. */
function Lines({ sheet }: { sheet: Sheet }) {
  return (
    <Rows
      rows={sheet.lines}
      keyOf={({ line }) => String(line)}
      columns={[
        { name: text.columns.line, cell: ({ line }) => line },
        {
          name: text.columns.who,
          cell: ({ organization, email }) => (
            <>
              {email}
              <p className="second">{organization}</p>
            </>
          ),
        },
        {
          name: text.columns.duty,
          cell: ({ duty, verified }) => (
            <>
              {words.duties[duty as Duty] ?? duty}
              <p className="second">{verified ?? steward.directory.notChecked}</p>
            </>
          ),
        },
        { name: text.columns.change, cell: (line) => <Change line={line} /> },
      ]}
    />
  );
}

function Change({ line: { change, fault } }: { line: Sheet["lines"][number] }) {
  if (change !== "faulty") return <>{text.changes[change]}</>;
  return (
    <>
      <Status kind="late">{text.changes.faulty}</Status>
      <p className="second">{fault}</p>
    </>
  );
}
