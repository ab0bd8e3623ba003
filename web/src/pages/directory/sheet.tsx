/*
 * Bringing a sheet of the directory back: looked at line by line first, then done, all of it.
 */
import { request } from "../../api/client";
import type { Duty, Sheet } from "../../api/types";
import { Bring, Change, stateOf, useBroughtSheet } from "../../parts/brought-sheet";
import { CsvFile } from "../../parts/csv-file";
import { FormNotice } from "../../parts/form-notice";
import { PageHead } from "../../parts/page-head";
import { Rows } from "../../parts/rows";
import { Failed } from "../../parts/states";
import { NothingHere } from "../../shell/nothing-here";
import { useReader } from "../../shell/session";
import { words } from "../../words";
import { steward } from "../../words/steward";

const text = steward.sheet;

export function SheetPage() {
  const { roles } = useReader().acting_for;
  const { sheet, look, bring } = useBroughtSheet((asked) =>
    request("post", "/directory/sheet", asked),
  );
  if (!roles.includes("admin") && !roles.includes("steward")) return <NothingHere />;
  return (
    <div className="wrap">
      {look.problem && <Failed problem={look.problem} what={text.notRead} />}
      {bring.problem && <Failed problem={bring.problem} what={text.notDone} />}
      <PageHead
        crumbs={[{ title: steward.directory.title, to: "/directory" }]}
        here={text.title}
        title={sheet ? stateOf(sheet, text) : text.title}
      />
      <p>{text.about}</p>
      {!sheet?.is_done && (
        <>
          <CsvFile label={text.file} hint={text.fileHint} onFile={look.run} />
          <FormNotice says={steward.directory.own.notice} />
        </>
      )}
      {sheet && <Lines sheet={sheet} />}
      {sheet && <Bring sheet={sheet} bring={bring} text={text} />}
    </div>
  );
}

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
        { name: text.columns.change, cell: (line) => <Change line={line} names={text.changes} /> },
      ]}
    />
  );
}
