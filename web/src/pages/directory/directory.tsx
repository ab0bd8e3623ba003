/*
 * The directory (B3): who answers for which member, how to reach them, and when that was checked;
 * and for who manages an office, its own duties.
 */
import { useState } from "react";
import type { Officer, Sector } from "../../api/types";
import { usePages } from "../../api/use-pages";
import { Act } from "../../parts/act";
import { SECTORS } from "../../parts/choices";
import { SelectField, TextField } from "../../parts/field";
import { More } from "../../parts/more";
import { PageHead } from "../../parts/page-head";
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
            {items.length === 0 && <Empty>{text.none}</Empty>}
            <Offices officers={items} />
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
  const type = (changes: Partial<Asked>) => setTyped({ ...typed, ...changes });
  return (
    <form
      className="filter"
      onSubmit={(event) => {
        event.preventDefault();
        onAsk({ ...typed, q: typed.q.trim(), jurisdiction: typed.jurisdiction.trim() });
      }}
    >
      <TextField label={text.words} isOptional value={typed.q} onText={(q) => type({ q })} />
      <SelectField
        label={text.sector}
        value={typed.sector}
        choices={[{ value: "" as const, name: text.everySector }, ...SECTORS]}
        onChoice={(sector) => type({ sector })}
      />
      <TextField
        label={text.jurisdiction}
        hint={text.jurisdictionHint}
        isOptional
        value={typed.jurisdiction}
        onText={(jurisdiction) => type({ jurisdiction })}
      />
      <Act isSubmit outline>
        {text.filter}
      </Act>
    </form>
  );
}

/* One section an office; the list comes in their order. */
function Offices({ officers }: { officers: Officer[] }) {
  const byOffice = new Map<string, Officer[]>();
  for (const officer of officers) {
    const { id } = officer.organization;
    byOffice.set(id, [...(byOffice.get(id) ?? []), officer]);
  }
  return [...byOffice].map(([id, own]) => <Office key={id} officers={own} />);
}

function Office({ officers }: { officers: Officer[] }) {
  const office = officers[0]!.organization;
  return (
    <Section title={office.name} aside={words.sectors[office.sector]}>
      <Rows
        rows={officers}
        keyOf={({ email, duty }) => `${email} ${duty}`}
        columns={[
          { name: text.columns.person, cell: ({ name }) => name },
          { name: text.columns.duty, cell: ({ duty }) => words.duties[duty] },
          { name: text.columns.checked, cell: (officer) => <Checked officer={officer} /> },
          { name: text.columns.reach, cell: (officer) => <Reach officer={officer} /> },
        ]}
      />
    </Section>
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
      {phone && <p>{phone}</p>}
      <a href={`mailto:${email}`}>{email}</a>
    </>
  );
}
