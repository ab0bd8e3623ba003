/*
 * The mail that went out, waits, or would have gone out.
 */
import { Table } from "@trussworks/react-uswds";
import type { Message } from "../../api/types";
import { usePages } from "../../api/use-pages";
import { More } from "../../parts/more";
import { PageHead } from "../../parts/page-head";
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
  return (
    <Table className="rows-table" fullWidth stackedStyle="default">
      <thead>
        <tr>
          {Object.values(text.columns).map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {messages.map((message) => (
          <tr key={message.id}>
            <th scope="row" data-label={text.columns.subject}>
              <Link to={`/outbox/${message.id}`}>{message.subject}</Link>
            </th>
            <td data-label={text.columns.to}>{message.to}</td>
            <td data-label={text.columns.made}>{recentTime(new Date(message.created), zone)}</td>
            <td data-label={text.columns.state}>
              <Status kind={STATE_KINDS[message.state]}>{text.states[message.state]}</Status>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
