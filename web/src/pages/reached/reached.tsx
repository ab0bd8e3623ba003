/*
 * For an association, or a state with its counties: whom of its members a briefing reached, and
 * what helps with the others (B2).
 */
import type { Reached } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { PageHead } from "../../parts/page-head";
import { Rows } from "../../parts/rows";
import { Section } from "../../parts/section";
import { Empty, Ready } from "../../parts/states";
import { NothingHere } from "../../shell/nothing-here";
import type { PageProps } from "../../shell/pages";
import { words } from "../../words";
import { steward } from "../../words/steward";

const text = steward.reached;

export function ReachedPage({ params }: PageProps) {
  const briefing = params.briefing ?? "";
  const resource = useResource("/briefings/{briefing}/reached", { params: { briefing } });
  if (resource.problem?.status === 404) return <NothingHere />;
  return (
    <div className="wrap">
      <Ready of={resource}>
        {(reached) => (
          <>
            <PageHead
              crumbs={[{ title: words.briefings.title, to: `/briefings/${briefing}` }]}
              title={text.title(reached.reached, reached.members)}
              facts={[text.about]}
            />
            {reached.members === 0 ? <Empty>{text.none}</Empty> : <Members reached={reached} />}
          </>
        )}
      </Ready>
    </div>
  );
}

function Members({ reached: { items } }: { reached: Reached }) {
  const missing = items.filter(({ is_reached }) => !is_reached);
  const there = items.filter(({ is_reached }) => is_reached);
  return (
    <>
      <Section title={text.missing} aside={missing.length || undefined}>
        {missing.length === 0 ? <Empty>{text.allReached}</Empty> : <Missing rows={missing} />}
      </Section>
      <Section title={text.there} aside={there.length || undefined}>
        <ul className="plain-list">
          {there.map(({ organization }) => (
            <li key={organization.id}>{organization.name}</li>
          ))}
        </ul>
      </Section>
    </>
  );
}

function Missing({ rows }: { rows: Reached["items"] }) {
  return (
    <Rows
      rows={rows}
      keyOf={({ organization }) => organization.id}
      columns={[
        { name: text.columns.name, cell: ({ organization }) => organization.name },
        {
          name: text.columns.why,
          cell: ({ why = "not-invited", words: more }) => (
            <>
              {text.why[why]}
              {more && <p className="second">{more}</p>}
            </>
          ),
        },
        { name: text.columns.next, cell: ({ why = "not-invited" }) => text.next[why] },
      ]}
    />
  );
}
