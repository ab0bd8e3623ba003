/*
 * A sheet of elections: looked at line by line first, then kept, all of it.
 */
import { request } from "../../api/client";
import type { ElectionSheet as Sheet } from "../../api/types";
import { Bring, Change, stateOf, useBroughtSheet } from "../../parts/brought-sheet";
import { CsvFile } from "../../parts/csv-file";
import { Rows } from "../../parts/rows";
import { Section } from "../../parts/section";
import { Failed } from "../../parts/states";
import { elections } from "../../words/steward";

const text = elections.sheet;

export function ElectionSheet({ onKept }: { onKept: () => Promise<void> }) {
  const { sheet, look, bring } = useBroughtSheet(
    (asked) => request("post", "/elections/sheet", asked),
    onKept,
  );
  return (
    <Section title={text.title}>
      {look.problem && <Failed problem={look.problem} what={text.notRead} />}
      {bring.problem && <Failed problem={bring.problem} what={text.notDone} />}
      <p>{text.about}</p>
      <CsvFile label={text.file} hint={text.fileHint} onFile={look.run} />
      {sheet && <p role="status">{stateOf(sheet, text)}</p>}
      {sheet && <Lines sheet={sheet} />}
      {sheet && <Bring sheet={sheet} bring={bring} text={text} />}
    </Section>
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
        { name: text.columns.change, cell: (line) => <Change line={line} names={text.changes} /> },
      ]}
    />
  );
}
