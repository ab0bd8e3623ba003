/*
 * The agenda: when each item begins, what it is and who presents it, its label, and to hosts who
 * sees it.
 */
import { Table } from "@trussworks/react-uswds";
import type { AgendaItem, Briefing } from "../../api/types";
import { Chip } from "../../parts/chip";
import { Section } from "../../parts/section";
import { Empty } from "../../parts/states";
import { instantsOf } from "../../parts/times";
import { useZone } from "../../shell/session";
import { plainClock, zoneName } from "../../time/time";
import { words } from "../../words";

const text = words.briefing;

export function Agenda({ briefing }: { briefing: Briefing }) {
  const zone = useZone();
  const { items, when } = briefing;
  const from = instantsOf(when)?.from ?? new Date();
  const minutes = items.reduce((sum, item) => sum + item.minutes, 0);
  const aside = items.length > 0 && text.agendaCount(items.length, minutes, zoneName(from, zone));
  return (
    <Section title={text.agenda} aside={aside}>
      {items.length === 0 ? (
        <Empty>{text.noAgenda}</Empty>
      ) : (
        <Table className="rows-table agenda" fullWidth>
          <thead>
            <tr>
              <th scope="col">{text.columns.start}</th>
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
  const presenter = [item.presenter?.name, item.presenter?.organization].filter(Boolean);
  return (
    <tr>
      <td className="nowrap">
        <b>{plainClock(new Date(item.start), zone)}</b>
        <p className="second">{text.minutes(item.minutes)}</p>
      </td>
      <th scope="row">
        {item.title}
        {presenter.length > 0 && <p className="second">{presenter.join(", ")}</p>}
        {item.about && <p className="agenda-about">{item.about}</p>}
      </th>
      <td>
        <Chip label={item.label} />
      </td>
      {briefing.is_host && (
        <td>
          <WhoSees item={item} briefing={briefing} />
        </td>
      )}
    </tr>
  );
}

function WhoSees({ item, briefing }: { item: AgendaItem; briefing: Briefing }) {
  const invited = briefing.counts?.invited ?? 0;
  if (item.label === "clear") return <>{words.reach.clear}</>;
  if (item.people === undefined) return null;
  if (item.people >= invited) return <>{text.all(item.people)}</>;
  return (
    <>
      {item.people.toLocaleString("en-US")}
      <p className="second">{text.notFor(invited - item.people)}</p>
    </>
  );
}
