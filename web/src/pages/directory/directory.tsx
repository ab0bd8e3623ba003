/*
 * The directory (B3): who answers for which member, how to reach them, and when that was checked;
 * and for who manages an office, its own duties.
 */
import { useState } from "react";
import type { Officer, Sector } from "../../api/types";
import { usePages } from "../../api/use-pages";
import { useResource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { SECTORS } from "../../parts/choices";
import { SelectField, TextField, type Choice } from "../../parts/field";
import { More } from "../../parts/more";
import { PageHead } from "../../parts/page-head";
import { MailTo, Phone } from "../../parts/reach";
import { Rows } from "../../parts/rows";
import { Section } from "../../parts/section";
import { Empty, Ready } from "../../parts/states";
import { Status } from "../../parts/status";
import { Link, useRouter } from "../../shell/router";
import { useReader } from "../../shell/session";
import { dateOnly, longDay } from "../../time/time";
import { words } from "../../words";
import { steward } from "../../words/steward";
import { OwnDuties } from "./own-duties";

const text = steward.directory;

export interface Asked {
  q: string;
  sector: Sector | "";
  jurisdiction: string;
}

const COUNTRY = "us";
const EVERYBODY: Asked = { q: "", sector: "", jurisdiction: "" };

export function DirectoryPage() {
  const { path } = useRouter();
  const address = new URLSearchParams(path.split("?")[1] ?? "");
  const [asked, setAsked] = useState({
    ...EVERYBODY,
    q: address.get("q") ?? "",
    jurisdiction: address.get("jurisdiction") ?? "",
  });
  const query = {
    q: asked.q || undefined,
    sector: asked.sector || undefined,
    jurisdiction: asked.jurisdiction || undefined,
  };
  const { first, items, more } = usePages("/directory", { query });
  const office = address.get("office") ?? undefined;
  const { roles } = useReader().acting_for;
  const manages = roles.includes("admin") || roles.includes("steward");
  return (
    <div className="wrap">
      <PageHead
        title={first.data ? text.head(items.length, !!more) : text.title}
        facts={[text.about]}
        acts={<SheetLinks manages={manages} />}
      />
      {manages && (
        <Section title={text.own.title}>
          <OwnDuties office={office} onKept={first.reload} />
        </Section>
      )}
      <Filter first={asked} onAsk={setAsked} />
      <Ready of={first}>
        {() => (
          <>
            <Officers officers={items} />
            <More of={more} />
          </>
        )}
      </Ready>
    </div>
  );
}

function SheetLinks({ manages }: { manages: boolean }) {
  return (
    <>
      <a href="/api/directory/sheet" download="directory.csv">
        {text.download}
      </a>
      {manages && <Link to="/directory/sheet">{text.upload}</Link>}
    </>
  );
}

interface FilterProps {
  first: Asked;
  onAsk: (asked: Asked) => void;
}

function Filter({ first, onAsk }: FilterProps) {
  const [typed, setTyped] = useState(first);
  const states = useStates(first.jurisdiction);
  const type = (changes: Partial<Asked>) => setTyped({ ...typed, ...changes });
  return (
    <form
      className="filter"
      onSubmit={(event) => {
        event.preventDefault();
        onAsk({ ...typed, q: typed.q.trim() });
      }}
    >
      <TextField label={text.words} isOptional value={typed.q} onText={(q) => type({ q })} />
      <SelectField
        label={text.sector}
        value={typed.sector}
        choices={[{ value: "" as const, name: text.everySector }, ...SECTORS]}
        onChoice={(sector) => type({ sector })}
      />
      <SelectField
        label={text.state}
        value={typed.jurisdiction}
        choices={states}
        onChoice={(jurisdiction) => type({ jurisdiction })}
      />
      <Act isSubmit outline>
        {text.filter}
      </Act>
    </form>
  );
}

/* What an address asks for is a choice, also before the names have come. */
function useStates(asked: string): Choice<string>[] {
  const { data } = useResource("/places", { query: { limit: 100 } });
  const states = (data?.items ?? [])
    .filter(({ code, within }) => !within && code !== COUNTRY)
    .map(({ code, state }) => ({ value: code, name: state ?? code }));
  const isThere = !asked || states.some(({ value }) => value === asked);
  const other = isThere ? [] : [{ value: asked, name: asked }];
  return [{ value: "", name: text.everyState }, ...states, ...other];
}

function Officers({ officers }: { officers: Officer[] }) {
  if (officers.length === 0) return <Empty>{text.none}</Empty>;
  return (
    <Rows
      rows={officers}
      keyOf={({ email, duty, organization }) => `${organization.id} ${email} ${duty}`}
      columns={[
        { name: text.columns.office, cell: ({ organization }) => <Office of={organization} /> },
        {
          name: text.columns.person,
          cell: ({ name, duty }) => (
            <>
              {name}
              <p className="second">{words.duties[duty]}</p>
            </>
          ),
        },
        { name: text.columns.checked, cell: (officer) => <Checked officer={officer} /> },
        { name: text.columns.reach, cell: (officer) => <Reach officer={officer} /> },
      ]}
    />
  );
}

function Office({ of: { name, sector } }: { of: Officer["organization"] }) {
  return (
    <>
      {name}
      <p className="second">{words.sectors[sector]}</p>
    </>
  );
}

function Checked({ officer: { verified, verified_by } }: { officer: Officer }) {
  if (!verified) return <Status kind="open">{text.notChecked}</Status>;
  const day = longDay(dateOnly(verified), "UTC");
  return <Status kind="done">{text.checked(day, verified_by)}</Status>;
}

function Reach({ officer: { email, phone } }: { officer: Officer }) {
  return (
    <>
      {phone && (
        <p>
          <Phone number={phone} />
        </p>
      )}
      <MailTo address={email} />
    </>
  );
}
