/*
 * The mail that went out, waits, or would have gone out.
 */
import type { Message } from "../../api/types";
import { usePages } from "../../api/use-pages";
import { More } from "../../parts/more";
import { PageHead } from "../../parts/page-head";
import { Rows } from "../../parts/rows";
import { Empty, Ready } from "../../parts/states";
import { Status, type StatusKind } from "../../parts/status";
import { NothingHere } from "../../shell/nothing-here";
import { Link } from "../../shell/router";
import { useReader, useZone } from "../../shell/session";
import { recentTime } from "../../time/time";
import { words } from "../../words";

const text = words.outbox;

export const STATE_KINDS: Record<Message["state"], StatusKind> = {
  kept: "none",
  waiting: "open",
  sent: "done",
  failed: "late",
};

export function Outbox() {
  const { first, items, more } = usePages("/outbox");
  const { exchange } = useReader();
  if (first.problem?.status === 404) return <NothingHere />;
  return (
    <div className="wrap">
      <PageHead
        title={first.data ? text.head(items.length, !!more) : text.title}
        facts={[exchange.is_demo && text.demo]}
      />
      <Ready of={first}>
        {() => (
          <>
            {items.length === 0 ? <Empty>{text.empty}</Empty> : <Messages messages={items} />}
            <More of={more} />
          </>
        )}
      </Ready>
    </div>
  );
}

function Messages({ messages }: { messages: Message[] }) {
  const zone = useZone();
  const { subject, to, made, state } = text.columns;
  return (
    <Rows
      rows={messages}
      keyOf={({ id }) => id}
      columns={[
        { name: subject, cell: (one) => <Link to={`/outbox/${one.id}`}>{one.subject}</Link> },
        { name: to, cell: (one) => one.to },
        { name: made, cell: ({ created }) => recentTime(new Date(created), zone) },
        {
          name: state,
          cell: (one) => <Status kind={STATE_KINDS[one.state]}>{text.states[one.state]}</Status>,
        },
      ]}
    />
  );
}
