/*
 * How useful those who were there found it: a sentence, bars, sectors, and what they wrote.
 */
import { Table } from "@trussworks/react-uswds";
import type { Usefulness } from "../../api/types";
import { Bars } from "../../parts/bars";
import { Section } from "../../parts/section";
import { words } from "../../words";

const text = words.closing;
const GOOD_FROM = 3; // of the steps 0 to 4: "Useful"

export function Useful({ usefulness }: { usefulness: Usefulness }) {
  const values = usefulness.values ?? [];
  const all = values.reduce((sum, value) => sum + value, 0);
  const good = values.slice(GOOD_FROM).reduce((sum, value) => sum + value, 0);
  const bars = values.map((value, n) => ({ name: words.useful.steps[n] ?? "", value })).reverse();
  const isShown = usefulness.sectors.some(({ is_hidden }) => !is_hidden);
  return (
    <Section title={text.usefulTitle} aside={text.answered(usefulness.answers)}>
      {all > 0 && (
        <>
          <p className="found">
            <b>{text.found(good, all)}</b>
          </p>
          <Bars of={bars} all={all} />
        </>
      )}
      {all === 0 && <p className="after-bars">{isShown ? text.noSums : text.tooFew}</p>}
      {isShown && <Sectors sectors={usefulness.sectors} />}
      <Quotes of={usefulness.words ?? []} />
    </Section>
  );
}

/* Best first, as the bars are. */
function Sectors({ sectors }: { sectors: Usefulness["sectors"] }) {
  const shown = sectors.filter(({ is_hidden }) => !is_hidden);
  const steps = [...words.useful.shortSteps].reverse();
  const hasHiddenCells = shown.some(({ values }) => values?.includes(null));
  return (
    <>
      <Table className="rows-table" fullWidth stackedStyle="default">
        <thead>
          <tr>
            <th scope="col">{text.bySector}</th>
            {steps.map((name) => (
              <th key={name} scope="col" className="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ sector, values }) => (
            <tr key={sector}>
              <th scope="row">{words.sectors[sector]}</th>
              {[...(values ?? [])].reverse().map((value, n) => (
                <td key={n} className="number" data-label={steps[n]}>
                  {value ?? <span className="second">{text.hidden}</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="second">
        {hasHiddenCells && `${text.hiddenNote} `}
        {shown.length < sectors.length && text.leftOut}
      </p>
    </>
  );
}

function Quotes({ of: quotes }: { of: NonNullable<Usefulness["words"]> }) {
  return quotes.map(({ words: said, organization }, n) => (
    <figure key={n} className="quote">
      <blockquote>“{said}”</blockquote>
      <figcaption className="second">{organization ?? text.someone}</figcaption>
    </figure>
  ));
}
