/*
 * Who met the thing. Of what is no indicator nothing is said as long as nobody has.
 */
import { useResource } from "../../api/use-resource";
import { MetBy, metInAll } from "../../parts/met";
import { Section } from "../../parts/section";
import { Empty, Ready } from "../../parts/states";
import { met as text } from "../../words/steward";

export function WhoMet({ id, type }: { id: string; type: string }) {
  const met = useResource("/objects/{object}/sightings", { params: { object: id } });
  const isNothing = met.data?.by.length === 0;
  if (type !== "indicator" && (isNothing || !met.data)) return null;
  return (
    <Section title={text.here} aside={met.data && !isNothing && metInAll(met.data)}>
      <Ready of={met}>
        {(data) => (
          <>
            {isNothing && <Empty>{text.nobody}</Empty>}
            <MetBy met={data} />
            {data.has_older && <p className="second">{text.older}</p>}
          </>
        )}
      </Ready>
    </Section>
  );
}
