/*
 * One thing of the log, whatever it is, for whoever may read it: what it is called and says, its
 * times, what it refers to, who else may see it, and its own bytes.
 */
import type { Thing, Viewer } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { Chip } from "../../parts/chip";
import { PageHead } from "../../parts/page-head";
import { Section } from "../../parts/section";
import { Labelled } from "../../parts/sheet";
import { Empty, Ready } from "../../parts/states";
import { NothingHere } from "../../shell/nothing-here";
import type { PageProps } from "../../shell/pages";
import { Link, useRouter } from "../../shell/router";
import { useZone } from "../../shell/session";
import { dayAndTime } from "../../time/time";
import { steward, thing as text } from "../../words/steward";
import { Relations } from "./relations";
import { Sectors, WhoHas } from "./who-has";
import { WhoMet } from "./who-met";

const SHOWN_AT_ONCE = 10;

export function ThingPage({ params }: PageProps) {
  const object = params.object ?? "";
  const { path } = useRouter();
  const material = new URLSearchParams(path.split("?")[1]).get("material") ?? undefined;
  const resource = useResource("/objects/{object}", { params: { object }, query: { material } });
  if (resource.problem?.status === 404) return <NothingHere />;
  return (
    <div className="wrap">
      <Ready of={resource}>{(data) => <Loaded thing={data} />}</Ready>
    </div>
  );
}

function Loaded({ thing }: { thing: Thing }) {
  const zone = useZone();
  const kind = steward.search.kind(thing);
  return (
    <Labelled label={thing.label}>
      <PageHead
        title={thing.title ?? kind}
        facts={[
          <Chip key="label" label={thing.label} />,
          thing.title && kind,
          thing.source && text.from(thing.source),
          dayAndTime(new Date(thing.added), zone),
        ]}
        acts={thing.briefing && <Link to={`/briefings/${thing.briefing}`}>{text.toBriefing}</Link>}
      />
      <div className="columns two-to-one">
        <div>
          {thing.uses && <Uses uses={thing.uses} />}
          <Words thing={thing} />
          {thing.ends.length > 0 && <Ends ends={thing.ends} />}
          <WhoMet id={thing.id} type={thing.type} />
          <Relations id={thing.id} />
          <Raw raw={thing.raw} />
        </div>
        <div>
          {thing.times.length > 0 && <Times times={thing.times} zone={zone} />}
          {thing.may_ask_who_sees && <WhoHas id={thing.id} />}
          {thing.may_ask_who_sees && <WhoSees id={thing.id} />}
        </div>
      </div>
    </Labelled>
  );
}

/* What its contributor lets its readers do with it. */
function Uses({ uses }: { uses: NonNullable<Thing["uses"]> }) {
  return (
    <Section title={text.uses}>
      <ul className="rows">
        {uses.map(({ audience, use, text: said }) => (
          <li key={audience}>
            <b>{text.use[use]}</b>
            {said && <p>{said}</p>}
            <p className="second">{text.forAudience(audience)}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/* What people read first; the rest follows as it was contributed. */
const FIRST = ["abstract", "description", "content", "explanation", "reason", "advice", "pattern"];

/* The title says the name already, and patterns are in STIX's language unless another is named. */
function Words({ thing: { texts, title } }: { thing: Thing }) {
  const isShown = ({ name, text: said }: Thing["texts"][number]) =>
    said !== title && !(name === "pattern_type" && said === "stix");
  const place = (name: string) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  const shown = texts.filter(isShown).sort((a, b) => place(a.name) - place(b.name));
  if (shown.length === 0 && texts.length > 0) return null; // its heading says it
  return (
    <Section title={text.says}>
      {shown.length === 0 && <Empty>{text.saysNothing}</Empty>}
      <dl className="thing-parts">
        {shown.map(({ name, text: said }) => (
          <div key={name}>
            <dt>{text.property(name)}</dt>
            <dd>{said}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function Times({ times, zone }: { times: Thing["times"]; zone: string }) {
  return (
    <Section title={text.times}>
      <dl className="thing-parts">
        {times.map(({ name, text: time }) => (
          <div key={name}>
            <dt>{text.property(name)}</dt>
            <dd>{dayAndTime(new Date(time), zone)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function Ends({ ends }: { ends: Thing["ends"] }) {
  return (
    <Section title={text.ends}>
      <ul className="rows">
        {ends.map(({ name, id, title }) => (
          <li key={`${name} ${id}`}>
            <span className="second">{text.end(name)}</span>{" "}
            {title ? (
              <Link to={`/objects/${id}`}>{title}</Link>
            ) : (
              <>
                {text.unknownEnd} <code className="thing-id">{id}</code>
              </>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Raw({ raw }: { raw: string | undefined }) {
  return (
    <details className="thing-raw">
      <summary>{text.raw}</summary>
      {raw ? (
        <pre className="verbatim" tabIndex={0} aria-label={text.raw}>
          {indented(raw)}
        </pre>
      ) : (
        <p>{text.tooLong}</p>
      )}
    </details>
  );
}

/* To be read; the bytes themselves are TAXII's. */
function indented(raw: string): string {
  try {
    return JSON.stringify(JSON.parse(raw), undefined, 2);
  } catch {
    return raw;
  }
}

function WhoSees({ id }: { id: string }) {
  const viewers = useResource("/objects/{object}/may-see", { params: { object: id } });
  return (
    <Section
      title={text.whoSees}
      aside={viewers.data && !viewers.data.sectors && text.whoSeesCount(viewers.data.items.length)}
    >
      <p className="second">{text.whoSeesAbout}</p>
      <Ready of={viewers}>
        {({ items, sectors }) => (
          <>
            {items.length === 0 && !sectors && <Empty>{text.nobodyElse}</Empty>}
            <Viewings viewers={items} />
            {sectors && (
              <>
                <p className="second">{text.othersInvited}</p>
                <Sectors sectors={sectors} />
              </>
            )}
          </>
        )}
      </Ready>
    </Section>
  );
}

/* Many of them stand behind their number. */
function Viewings({ viewers }: { viewers: Viewer[] }) {
  const list = (
    <ul className="rows">
      {viewers.map((one) => (
        <Viewing key={one.id} viewer={one} />
      ))}
    </ul>
  );
  if (viewers.length <= SHOWN_AT_ONCE) return list;
  return (
    <details>
      <summary>{text.showThem(viewers.length)}</summary>
      {list}
    </details>
  );
}

function Viewing({ viewer: { name, is_by_name } }: { viewer: Viewer }) {
  return (
    <li>
      {name}
      {is_by_name && <span className="second"> {text.byName}</span>}
    </li>
  );
}
