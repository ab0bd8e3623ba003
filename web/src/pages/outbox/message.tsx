/*
 * One message, as its reader gets it, and the calendar entry that comes with it.
 */
import { useResource } from "../../api/use-resource";
import { PageHead } from "../../parts/page-head";
import { Section } from "../../parts/section";
import { Empty, Ready } from "../../parts/states";
import { Status } from "../../parts/status";
import { NothingHere } from "../../shell/nothing-here";
import type { PageProps } from "../../shell/pages";
import { useZone } from "../../shell/session";
import { dayAndTime } from "../../time/time";
import { words } from "../../words";
import { STATE_KINDS } from "./list";

const text = words.outbox;

export function MessagePage({ params }: PageProps) {
  const zone = useZone();
  const message = params.message ?? "";
  const resource = useResource("/outbox/{message}", { params: { message } });
  if (resource.problem?.status === 404) return <NothingHere />;
  return (
    <div className="wrap">
      <Ready of={resource}>
        {(data) => (
          <>
            <PageHead
              crumbs={[{ title: text.title, to: "/outbox" }]}
              title={data.subject}
              facts={[
                data.to,
                dayAndTime(new Date(data.created), zone),
                <Status key="state" kind={STATE_KINDS[data.state]}>
                  {text.states[data.state]}
                </Status>,
                data.tries ? text.tries(data.tries) : undefined,
              ]}
            />
            {data.failure && <p>{data.failure}</p>}
            <div className="columns one-to-one">
              <Section title={text.text}>
                <pre className="verbatim">{data.text}</pre>
              </Section>
              <Section title={text.calendar}>
                {data.calendar ? (
                  <pre className="verbatim">{data.calendar}</pre>
                ) : (
                  <Empty>{text.noCalendar}</Empty>
                )}
              </Section>
            </div>
          </>
        )}
      </Ready>
    </div>
  );
}
