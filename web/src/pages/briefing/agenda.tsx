/*
 * The agenda: when each item begins, what it is and who presents it, its label, and to hosts who
 * sees it.
 */
import { Table } from "@trussworks/react-uswds";
import type { AgendaItem, Briefing } from "../../api/types";
import { Chip } from "../../parts/chip";
import { ChipShape } from "../../parts/labels";
import { Section } from "../../parts/section";
import { Empty } from "../../parts/states";
import { instantsOf } from "../../parts/times";
import { useZone } from "../../shell/session";
import { plainClock, shortDay, zoneName } from "../../time/time";
import { words } from "../../words";

const text = words.briefing;

export function Agenda({ briefing }: { briefing: Briefing }) {
  const zone = useZone();
  const { items, when } = briefing;
  const from = instantsOf(when)?.from ?? new Date();
  const minutes = items.reduce((sum, item) => sum + item.minutes, 0);
  const aside =
    items.length > 0 &&
    (briefing.is_host
      ? text.agendaCount(items.length, minutes, zoneName(from, zone))
      : text.agendaLength(items.length, minutes));
  return (
    <Section title={text.agenda} aside={aside}>
      {items.length === 0 ? (
        <Empty>{text.noAgenda}</Empty>
      ) : (
        <Table className="rows-table agenda" fullWidth>
          <thead>
            <tr>
              <th scope="col">{briefing.is_host ? text.columns.start : text.columns.length}</th>
              <th scope="col">{text.columns.item}</th>
              <th scope="col">{text.columns.label}</th>
              {briefing.is_host && <th scope="col">{text.columns.who}</th>}
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <Row key={item.id} item={item} zone={zone} briefing={briefing} />
            ))}
          </tbody>
        </Table>
      )}
    </Section>
  );
}

interface RowProps {
  item: AgendaItem;
  zone: string;
  briefing: Briefing;
}

function Row({ item, zone, briefing }: RowProps) {
  const isChanged = changedSince(item, briefing, zone);
  const presenter = [item.presenter?.name, item.presenter?.organization].filter(Boolean);
  return (
    <tr>
      <td className="nowrap">
        {item.start && <b>{plainClock(new Date(item.start), zone)}</b>}
        <p className="second">{text.minutes(item.minutes)}</p>
      </td>
      <th scope="row">
        {item.title}
        {presenter.length > 0 && (
          <p className="second">
            {presenter.join(", ")}
            {item.label === "red" && `. ${words.agenda.holder}`}
          </p>
        )}
        {item.source && <p className="second">{words.onward.source(item.source)}</p>}
        {item.about && <p className="agenda-about">{item.about}</p>}
        {isChanged && <p className="agenda-changed">{words.agenda.changed(isChanged)}</p>}
      </th>
      <td>
        <LabelOf item={item} />
      </td>
      {briefing.is_host && (
        <td>
          <WhoSees item={item} />
        </td>
      )}
    </tr>
  );
}

/* What is RED opens in the call: here is its place only, and on paper it makes nothing RED. */
function LabelOf({ item: { label } }: { item: AgendaItem }) {
  return label === "red" ? <ChipShape label={label} /> : <Chip label={label} />;
}

/* The day of a change that came after the invitations. */
function changedSince(item: AgendaItem, { sent }: Briefing, zone: string): string | undefined {
  if (!sent || !item.modified || item.modified <= sent) return undefined;
  return shortDay(new Date(item.modified), zone);
}

function WhoSees({ item }: { item: AgendaItem }) {
  const { organizations, label } = item;
  if (label === "red") return <>{words.agenda.byName}</>;
  if (organizations?.length) return <>{words.agenda.onlySome(organizations.length)}</>;
  return <>{label === "clear" ? words.reach.clear : words.agenda.all}</>;
}
