/*
 * The invented answers behind the community's pages: a steward, an admin of an office, an
 * association, and what they see.
 */
import type {
  Affiliation,
  AuditHead,
  AuditRow,
  Collection,
  Coverage,
  Election,
  Grant,
  Hold,
  Met,
  MetThing,
  NamedAudience,
  Officer,
  OrganizationWhole,
  Place,
  Reached,
  Relation,
  SearchHit,
  Session,
  Sheet,
  Thing,
  Token,
  Viewer,
} from "../../../web/src/api/types";
import type { Exchange } from "./exchange";
import { tellLooks } from "./looks";
import { BRIEFING_ID, CLERK_SESSION } from "./story";

export const OFFICE_ID = "identity--alder-county-clerk-nebraska";
export const HEAD: AuditHead = {
  number: 643,
  time: "2018-08-22T14:00:00.000000Z",
  hash: "d2512e9ef228b44e63f08d154ed738aa",
  line: "tocsin-head 1 643 2018-08-22T14:00:00.000000Z d2512e9ef228b44e63f08d154ed738aa",
};
export const COLLECTION_ID = "0b9e3b3a-6d1c-4a44-8f0e-7c2b5c1f4a10";
export const ELECTIONS: Election[] = [
  {
    id: "election--1",
    name: "Nebraska primary",
    jurisdiction: "us-31",
    place: { code: "us-31", state: "Nebraska" },
    kind: "primary",
    date: "2028-05-09",
  },
  {
    id: "election--2",
    name: "Alder County bond issue",
    jurisdiction: "us-31-c001",
    place: { code: "us-31-c001", state: "Nebraska", within: "Alder County" },
    kind: "special",
    date: "2018-08-14",
  },
];
const NOW = new Date().toISOString();

const OFFICE = {
  id: OFFICE_ID,
  name: "Alder County Clerk, Nebraska",
  sector: "local",
} as const;

function sessionOf(
  roles: Affiliation["roles"],
  sector: Affiliation["organization"]["sector"] = "other",
): Session {
  const acting_for: Affiliation = {
    organization: { ...OFFICE, sector },
    roles,
  };
  return { ...CLERK_SESSION, acting_for, affiliations: [acting_for] };
}

export const STEWARD = sessionOf(["steward"]);
export const ADMIN = sessionOf(["admin", "member"], "local");
export const ASSOCIATION = sessionOf(["member"], "association");

export const HITS: SearchHit[] = [
  {
    is_exercise: true,
    id: "indicator--1",
    type: "indicator",
    title: "Imitation of a county’s sign-in page",
    words: "[domain-name:value = 'sign-in.alder-county.example']",
    label: "amber",
    source: "National Infrastructure Watch",
    added: NOW,
  },
  {
    is_exercise: false,
    id: "briefing-item--2",
    type: "briefing-item",
    title: "Imitation sites",
    briefing: BRIEFING_ID,
    label: "green",
    added: NOW,
  },
];

const RELATION = {
  is_exercise: true,
  label: "amber",
  source: "National Infrastructure Watch",
  added: "2026-08-25T15:10:00.000000Z",
} as const;
const RELATIONS: Relation[] = [
  {
    ...RELATION,
    id: "relationship--1",
    type: "relationship",
    property: "source_ref",
    relationship: "indicates",
    other: { id: "campaign--1", title: "Paper Lantern" },
  },
  {
    ...RELATION,
    id: "relationship--2",
    type: "relationship",
    property: "target_ref",
    relationship: "derived-from",
    other: { id: "indicator--9" },
  },
  {
    ...RELATION,
    id: "note--2",
    type: "note",
    property: "object_refs",
    title: "Our mail filter stopped three of these in August.",
    label: "green",
    source: "State Election Division, Nebraska",
  },
];

const THING: Thing = {
  is_exercise: true,
  id: "indicator--1",
  type: "indicator",
  title: "Imitation of a county’s sign-in page",
  label: "amber",
  source: "National Infrastructure Watch",
  added: NOW,
  may_ask_who_sees: true,
  texts: [
    { name: "name", text: "Imitation of a county’s sign-in page" },
    {
      name: "pattern",
      text: "[domain-name:value = 'sign-in.alder-county.example']",
    },
    { name: "labels", text: "imitation, county" },
  ],
  times: [
    { name: "created", text: NOW },
    { name: "valid_from", text: NOW },
  ],
  ends: [
    { name: "object_refs", id: "campaign--1", title: "Paper Lantern" },
    {
      name: "object_refs",
      id: "campaign--4be13b0a-2e6f-4b5d-8f5e-6d5b8c0d3b7a",
    },
  ],
  raw: '{"type":"indicator","id":"indicator--1","pattern_type":"stix"}',
};
const VIEWERS: Viewer[] = [
  {
    id: "identity--1",
    name: "National Infrastructure Watch",
    sector: "federal",
    is_by_name: false,
  },
  {
    id: OFFICE_ID,
    name: "Alder County Clerk, Nebraska",
    sector: "local",
    is_by_name: true,
  },
];

export const PLACES: Place[] = [
  { code: "us", state: "United States" },
  { code: "us-31", state: "Nebraska" },
  { code: "us-39", state: "Ohio" },
  { code: "us-31-c001", state: "Nebraska", within: OFFICE.name },
];

export const OFFICERS: Officer[] = [
  {
    organization: OFFICE,
    person: "identity--june",
    name: "June Haverty",
    duty: "primary",
    email: "june@alder.example",
    phone: "+1 402 555 0101",
    verified: "2018-08-21",
    verified_by: "Rowan Kettlewell",
  },
  {
    organization: OFFICE,
    person: "identity--ole",
    name: "Ole Brandt",
    duty: "after-hours",
    email: "ole@alder.example",
  },
];

const COVERAGE: Coverage = {
  places: [
    { code: "us-31", name: "Nebraska", members: 2, officers: 1 },
    { code: "us-66", name: "Guam", members: 0, officers: 0 },
  ],
  unverified: [OFFICE],
  known: [
    {
      id: "identity--platform",
      name: "Tattlewren",
      note: "Nobody has asked them yet.",
    },
  ],
  invited: [],
};

const ORGANIZATION: OrganizationWhole = {
  ...OFFICE,
  jurisdictions: ["us-31-c003"],
  places: [{ code: "us-31-c003", state: "Nebraska", within: OFFICE.name }],
  status: "member",
  ceiling: "amber",
  is_suspended: false,
  note: "One person does everything.",
  links: [
    {
      kind: "part-of",
      organization: "identity--nebraska",
      name: "Election Division, Nebraska",
    },
  ],
};

export const TOKENS: Token[] = [
  {
    id: "token--1",
    kind: "bearer",
    name: "Sweep",
    organization: "Larkmoor Social",
    person: "Adaeze Brandt",
    is_read_only: true,
    is_revoked: false,
    expires: NOW,
    collections: [COLLECTION_ID],
  },
];

const OWN_TOKENS: Token[] = [
  {
    id: "token--2",
    kind: "bearer",
    name: "MISP",
    organization: OFFICE.name,
    is_read_only: true,
    is_revoked: false,
    expires: NOW,
    collections: [COLLECTION_ID],
  },
  {
    id: "token--3",
    kind: "certificate",
    name: "gateway.alder.example",
    organization: OFFICE.name,
    is_read_only: false,
    is_revoked: true,
  },
];

const COLLECTION: Collection = {
  id: COLLECTION_ID,
  title: "Indicators",
  alias: "indicators",
  description: "What members block by",
  default_label: "amber",
  is_public: false,
  is_built_in: false,
  may_read: false,
  may_write: false,
};

const SIGHTING_ID = "sighting--0b9ac6a3-1fd1-4f3a-9a7e-3c5d1d3f5a77";
const HOLDS: Hold[] = [
  {
    id: "hold--2",
    reason: "A court asks for all of it",
    placed: NOW,
    person: "Rowan Kettlewell",
    organization: "Exchange Office",
  },
  {
    id: "hold--5",
    object: "person--7d1f0f83-0f6e-4f6c-9b75-1d8f3f3f8f10",
    reason: "A court asks for what this one wrote",
    placed: "2018-08-25T14:00:00Z",
    person: "Rowan Kettlewell",
    organization: "Exchange Office",
  },
  {
    id: "hold--4",
    object: "identity--8f1c1d06-4d1b-4c3e-9f3e-2f8f4f7d1a11",
    title: "Quillon Systems",
    label: "green",
    reason: "Request for records 18-211",
    placed: "2018-08-23T14:00:00Z",
    person: "Rowan Kettlewell",
    organization: "Exchange Office",
    released: "2018-08-24T15:00:00Z",
  },
  {
    id: "hold--3",
    object: SIGHTING_ID,
    title: SIGHTING_ID,
    label: "amber",
    reason: "Request for records 18-210",
    placed: "2018-08-22T14:00:00Z",
    released: "2018-08-24T14:30:00Z",
  },
  {
    id: "hold--1",
    object: BRIEFING_ID,
    title: "What the pages that copy county offices have in common",
    label: "amber+strict",
    reason: "Request for records 18-204",
    placed: "2018-08-20T14:00:00Z",
    released: "2018-08-24T14:00:00Z",
  },
];

const GRANTS: Grant[] = [
  {
    collection: COLLECTION_ID,
    to: "sector:local",
    may_read: true,
    may_write: false,
    purpose: "For the election",
  },
];

const MET: Met = {
  times: 13,
  first_seen: "2018-08-22T09:00:00.000Z",
  last_seen: NOW,
  has_older: false,
  by: [
    {
      source: "Fennimore Social",
      sightings: 2,
      times: 12,
      first_seen: "2018-08-22T09:00:00.000Z",
      last_seen: NOW,
      label: "amber",
    },
    { sightings: 1, times: 1, label: "green" },
  ],
};

const MET_THINGS: MetThing[] = [
  {
    ...MET,
    id: "indicator--1",
    type: "indicator",
    title: "Imitation of a county’s sign-in page",
    label: "green",
    is_exercise: false,
  },
  {
    id: "indicator--2",
    type: "indicator",
    title: "An address that asks too much",
    label: "amber",
    is_exercise: true,
    times: 1,
    has_older: true,
    by: [{ source: "Quillon Systems", sightings: 1, times: 1, label: "amber" }],
  },
];

const AUDIENCES: NamedAudience[] = [
  {
    id: "marking-definition--1",
    name: "Counties of Nebraska",
    of: OFFICE.name,
    organizations: [],
    people: [],
    tokens: ["token--1"],
    sectors: ["local", "state"],
    jurisdictions: ["us-31"],
    places: [{ code: "us-31", state: "Nebraska" }],
    roles: ["publisher"],
  },
];

const AUDIT: AuditRow[] = [
  {
    number: 12,
    time: NOW,
    verb: "org.edit",
    object: OFFICE_ID,
    outcome: "ok",
    detail: "note",
    organization: "Election Exchange",
    person: "Rowan Kettlewell",
  },
];

const REACHED: Reached = {
  is_exercise: false,
  reached: 47,
  members: 56,
  items: [
    {
      organization: OFFICE,
      is_reached: false,
      why: "no-duty-officer",
      words: "Nobody there is known to answer",
    },
    {
      organization: {
        id: "identity--ohio",
        name: "Election office, Ohio",
        sector: "state",
      },
      is_reached: true,
    },
  ],
};

export const PREVIEW: Sheet = {
  changes: 1,
  faults: 1,
  is_done: false,
  lines: [
    {
      line: 2,
      organization: OFFICE.name,
      email: "ole@alder.example",
      duty: "stand-in",
      verified: "2018-08-21",
      change: "new",
    },
    {
      line: 3,
      organization: OFFICE.name,
      email: "nobody@alder.example",
      duty: "primary",
      change: "faulty",
      fault:
        "Nobody with this e-mail belongs to the organization; add them there first",
    },
  ],
};

/* What the community's pages are told, whoever asks. */
export function tellCommunity(exchange: Exchange, session: Session): void {
  tellLooks(exchange);
  exchange
    .on("GET /session", session)
    .on("GET /search", { items: HITS, behind: 0 })
    .on("GET /objects/indicator--1", THING)
    .on("GET /objects/indicator--1/relations", { items: RELATIONS, behind: 0 })
    .on("GET /objects/indicator--1/sightings", { ...MET, behind: 0 })
    .on("GET /sightings", { items: MET_THINGS })
    .on("GET /objects/indicator--1/may-see", { items: VIEWERS })
    .on("GET /directory", { items: OFFICERS })
    .on("GET /places", { items: PLACES })
    .on("GET /coverage", COVERAGE)
    .on("GET /organizations", { items: [ORGANIZATION] })
    .on(`GET /organizations/${OFFICE_ID}`, () => ({
      body: ORGANIZATION,
      headers: { ETag: '"1"' },
    }))
    .on("GET /tokens", { items: TOKENS })
    .on(`GET /organizations/${OFFICE_ID}/tokens`, { items: OWN_TOKENS })
    .on("GET /collections", { items: [COLLECTION] })
    .on(`GET /collections/${COLLECTION_ID}`, () => ({
      body: COLLECTION,
      headers: { ETag: '"1"' },
    }))
    .on("GET /grants", { items: GRANTS })
    .on("GET /elections", { items: ELECTIONS })
    .on("GET /audiences", { items: AUDIENCES })
    .on("GET /holds", { items: HOLDS })
    .on("GET /audit", { items: AUDIT })
    .on("GET /audit/head", HEAD)
    .on(`GET /briefings/${BRIEFING_ID}/reached`, REACHED);
}
