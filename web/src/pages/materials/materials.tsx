/*
 * Materials of a briefing, by item: to save, and for hosts to give, replace and take back.
 */
import type { Briefing, Material } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { Section } from "../../parts/section";
import { useOnSheet } from "../../parts/sheet";
import { Empty, Ready } from "../../parts/states";
import { words } from "../../words";
import { Give } from "./give";
import { MaterialRow } from "./row";

const text = words.materials;
const POLL_SECONDS = 60;

export function Materials({ briefing }: { briefing: Briefing }) {
  const asked = { params: { briefing: briefing.id } };
  const resource = useResource("/briefings/{briefing}/materials", asked, POLL_SECONDS);
  const count = resource.data?.items.length ?? 0;
  useOnSheet(resource.data?.items.map(({ label }) => label) ?? []);
  return (
    <Section title={text.title} aside={count > 0 && text.count(count)}>
      <Ready of={resource}>
        {({ items, may_give, bytes_max }) => (
          <>
            {items.length === 0 && <Empty>{may_give ? text.noneMine : text.none}</Empty>}
            {groupsOf(briefing, items).map(({ id, title, materials }) => (
              <div key={id} className="material-group">
                <h3>{title}</h3>
                <ul className="rows">
                  {materials.map((material) => (
                    <MaterialRow
                      key={material.id}
                      material={material}
                      briefing={briefing.id}
                      bytesMax={may_give ? bytes_max : undefined}
                      onChange={resource.reload}
                    />
                  ))}
                </ul>
              </div>
            ))}
            <AboutReceipts briefing={briefing} materials={items} />
            {may_give && <Give briefing={briefing} bytesMax={bytes_max} onGive={resource.reload} />}
          </>
        )}
      </Ready>
    </Section>
  );
}

/* Readers are told beforehand that there are receipts, and hosts what is counted. */
function AboutReceipts({ briefing, materials }: { briefing: Briefing; materials: Material[] }) {
  if (materials.length === 0) return null;
  const isCounted = materials.some(({ opened }) => opened);
  if (briefing.is_host && !isCounted) return null;
  return <p className="second material-receipts">{isCounted ? text.openedAbout : text.receipts}</p>;
}

interface Group {
  id: string;
  title: string;
  materials: Material[];
}

/* What is for the whole briefing first, then in the order of the agenda. */
function groupsOf(briefing: Briefing, materials: Material[]): Group[] {
  const places = [{ id: "", title: text.whole }, ...briefing.items];
  return places
    .map(({ id, title }) => ({
      id,
      title,
      materials: materials.filter(({ item = "" }) => item === id),
    }))
    .filter((group) => group.materials.length > 0);
}
