/*
 * Coverage (B4): where nobody is known to be on duty, and whom nobody asked.
 */
import type { Coverage } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { Rows } from "../../parts/rows";
import { Section } from "../../parts/section";
import { Empty, Ready } from "../../parts/states";
import { Status } from "../../parts/status";
import { Link } from "../../shell/router";
import { words } from "../../words";
import { steward } from "../../words/steward";
import { ExchangePage } from "./frame";

const text = steward.coverage;

export function CoveragePage() {
  const coverage = useResource("/coverage");
  const places = coverage.data?.places ?? [];
  const open = places.filter(({ officers }) => officers === 0).length;
  const title = coverage.data ? text.head(open, places.length) : steward.exchange.nav.coverage;
  return (
    <ExchangePage part="coverage" title={title} facts={[text.about]}>
      <Ready of={coverage}>
        {({ places: all, unverified, known, invited }) => (
          <>
            <Section title={text.map}>
              <Tiles places={all} />
            </Section>
            <Outside
              title={text.unverified}
              none={text.unverifiedNone}
              next={text.unverifiedNext}
              to={dutiesPath}
              rows={unverified}
            />
            <Outside title={text.known} none={text.knownNone} next={text.knownNext} rows={known} />
            <Outside
              title={text.invited}
              none={text.invitedNone}
              next={text.invitedNext}
              rows={invited}
            />
          </>
        )}
      </Ready>
    </ExchangePage>
  );
}

function Tiles({ places }: { places: Coverage["places"] }) {
  return (
    <ul className="tiles plain-list">
      {places.map(({ code, name, members, officers }) => (
        <li key={code} className={officers ? undefined : "is-open"}>
          {name}
          <p className="second">
            {officers ? (
              <Status kind="done">{text.officers(officers)}</Status>
            ) : (
              <Status kind="open">{text.nobody}</Status>
            )}
          </p>
          <p className="second">{text.members(members)}</p>
          {!officers && members > 0 && (
            <Link to={`/directory?jurisdiction=${code}`}>
              {words.waiting.whomToCall}
              <span className="read-only-aloud">, {name}</span>
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}

interface OutsideProps {
  title: string;
  none: string;
  next: string;
  rows: Coverage["known"];
  to?: (id: string) => string;
}

function Outside({ title, none, next, rows, to = organizationPath }: OutsideProps) {
  return (
    <Section title={title} aside={rows.length || undefined}>
      {rows.length === 0 ? (
        <Empty>{none}</Empty>
      ) : (
        <Rows
          rows={rows}
          keyOf={({ id }) => id}
          columns={[
            { name: text.columns.name, cell: ({ name }) => name },
            { name: text.columns.note, cell: ({ note }) => note ?? text.noNote },
            {
              name: text.columns.next,
              cell: ({ id, name }) => (
                <Link to={to(id)}>
                  {next}
                  <span className="read-only-aloud">, {name}</span>
                </Link>
              ),
            },
          ]}
        />
      )}
    </Section>
  );
}

function organizationPath(id: string): string {
  return `/exchange/organizations/${id}`;
}

function dutiesPath(id: string): string {
  return `/directory?office=${id}`;
}
