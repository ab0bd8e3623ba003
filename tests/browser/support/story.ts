/*
 * The invented people and things of the tests: a clerk who is invited, an agency that hosts.
 */
import type {
  Affiliation,
  Attendance,
  Audience,
  Briefing,
  BriefingRow,
  Chair,
  Commitment,
  Home,
  Invitee,
  Message,
  Session,
  Usefulness,
} from "../../../web/src/api/types";
import { WAITING } from "./approvals";
import { affiliation, inDays } from "./basics";
import type { Exchange } from "./exchange";
import { recordOf } from "./record";
import { tellSeries } from "./series";
import { tellShared } from "./shared";

export const BRIEFING_ID = "briefing--6f0c3f4e-6d7a-4a8e-9f5e-2f1f6f0b7a10";

const WATCH = affiliation("National Infrastructure Watch", "federal");
const CLERK = affiliation("Alder County Clerk, Nebraska", "local");

function session(
  name: string,
  timezone: string,
  acting_for: Affiliation,
): Session {
  return {
    exchange: {
      name: "Joint election briefings",
      is_demo: true,
      is_exercise: true,
      contact: "steward@exchange.example",
      election: {
        name: "General election",
        date: inDays(74, "00:00").slice(0, 10),
        days: 74,
      },
    },
    person: {
      id: `identity--${name}`,
      name,
      email: "someone@office.example",
      timezone,
    },
    acting_for,
    affiliations: [acting_for],
    csrf: "token-of-this-session",
  };
}

export const CLERK_SESSION = session("June Haverty", "America/Denver", {
  ...CLERK,
  roles: ["member"],
});
export const HOST_SESSION = {
  ...session("Lena Vogt-Amari", "America/New_York", WATCH),
  affiliations: [WATCH, affiliation("Tidewater University", "research")],
};
export const NOBODY: Session = { exchange: CLERK_SESSION.exchange };

const WHEN = {
  local: inDays(4, "14:30").slice(0, 16),
  timezone: "America/New_York",
  minutes: 45,
  start: inDays(4, "18:30"),
  end: inDays(4, "19:15"),
};
export const TITLE =
  "Joint briefing 2: imitation sites and false “office moved” letters";
const COUNTS = { invited: 612, yes: 389, no: 52, delegate: 41, open: 130 };

const ROW: BriefingRow = {
  is_exercise: true,
  id: BRIEFING_ID,
  title: TITLE,
  when: WHEN,
  status: "sent",
  is_host: false,
  label: "amber",
  hosts: ["National Infrastructure Watch", "Larkmoor Social"],
};

export const CHAIRS: { items: Chair[] } = {
  items: [
    [
      "Host agency",
      "Lena Vogt-Amari",
      "National Infrastructure Watch",
      "Calls the briefing and sends it.",
    ],
    [
      "Host company",
      "Adaeze Brandt",
      "Larkmoor Social",
      "Says what the company did by its own decision.",
    ],
    [
      "State official",
      "Corwin Baptiste-Hale",
      "State Election Division, Alabama",
      "Hears it and passes it on.",
    ],
    [
      "County clerk",
      "June Haverty",
      "Alder County Clerk, Nebraska",
      "Does everything alone.",
    ],
    [
      "Researcher",
      "Ilka Sorensdatter",
      "Tidewater University",
      "Sees what is open to research.",
    ],
    [
      "Steward",
      "Bram Otuk",
      "The exchange’s office",
      "Runs the exchange, and reads nothing for it.",
    ],
  ].map(([title = "", person = "", organization = "", about], n) => ({
    id: `chair-${n}`,
    title,
    person,
    organization,
    about,
  })),
};

export const HOME: Home = {
  newcomers: [],
  looks: [],
  questions: [
    {
      kind: "invitation",
      briefing: ROW,
      about:
        "Sites that imitate county offices, and letters saying “your office has moved”.",
    },
    {
      kind: "usefulness",
      briefing: {
        ...ROW,
        id: "briefing--1",
        title: "Joint briefing 1",
        status: "held",
      },
    },
  ],
  new: {
    since: inDays(-3, "12:00"),
    others: 38,
    items: [
      {
        is_exercise: true,
        id: "report--1",
        type: "report",
        title: "Letters saying “your election office has moved” are false",
        words:
          "Seen in three Nebraska counties. If a voter brings one, keep it and the envelope.",
        label: "green",
        source: "State Election Division, Nebraska",
        added: inDays(-1, "21:10"),
      },
      {
        is_exercise: true,
        id: "note--1",
        type: "note",
        title:
          "It is safe to open the letter. Wear gloves if there is powder in it.",
        label: "amber",
        source: "National Infrastructure Watch and Harbor Social",
        added: inDays(-1, "18:20"),
        part_of: {
          briefing: "briefing--1",
          title: "Joint briefing 1",
          is_answer: true,
          is_to_mine: true,
        },
      },
      {
        is_exercise: true,
        id: "indicator--1",
        type: "indicator",
        title:
          "Fourteen web addresses that imitate county offices. Yours is not among them",
        words:
          "Nothing to do. If you run your own mail filter, there is a list for it.",
        label: "amber",
        source: "National Infrastructure Watch",
        added: inDays(-2, "15:40"),
      },
    ],
  },
  coming: [
    {
      title: "Joint briefing",
      start: WHEN.start,
      briefing: BRIEFING_ID,
      answer: "open",
    },
    {
      title: "Military and overseas ballots due out",
      start: inDays(29, "00:00").slice(0, 10),
    },
    {
      title: "General election",
      start: inDays(74, "00:00").slice(0, 10),
    },
  ],
};

const ITEMS: [title: string, minutes: number, label: Briefing["label"]][] = [
  ["What was promised on August 7", 4, "green"],
  ["Fourteen imitation sites, 11 of them down", 9, "amber"],
  ["Who is behind “Paper Lantern”, and how sure we are", 10, "amber+strict"],
  ["An item from Osterby Cloud", 5, "red"],
  ["What your office can do this week", 4, "clear"],
];

export const INVITED: Briefing = {
  ...ROW,
  is_exercise: true,
  about:
    "Sites that imitate county offices, and letters saying “your office has moved”.",
  hosts: [WATCH, affiliation("Larkmoor Social", "platform")],
  edition: 2,
  follows: "briefing--1",
  join_from: inDays(4, "18:00"),
  items: ITEMS.map(([title, minutes, label], n) => ({
    id: `briefing-item--${n}`,
    title,
    minutes,
    label,
    presenter: {
      name: "Lena Vogt-Amari",
      organization: "National Infrastructure Watch",
    },
  })),
};

const ODD_HOURS = [
  {
    timezone: "Pacific/Guam",
    local: `${inDays(5, "00:00").slice(0, 10)}T04:30`,
    people: 3,
    places: ["Guam", "Northern Mariana Islands"],
  },
];

export const HOSTED: Briefing = {
  ...INVITED,
  is_host: true,
  counts: COUNTS,
  sent: inDays(-4, "16:00"),
  join: "Call 202-555-0142, code 8812 44",
  places: {
    reached: 50,
    all: 56,
    missing: [
      { code: "us-60", name: "American Samoa" },
      { code: "us-66", name: "Guam" },
      { code: "us-23", name: "Maine" },
      { code: "us-69", name: "Northern Mariana Islands" },
      { code: "us-46", name: "South Dakota" },
      { code: "us-50", name: "Vermont" },
    ],
  },
  odd_hours: ODD_HOURS,
  items: INVITED.items.map((item, n) => ({
    ...item,
    start: new Date(Date.parse(WHEN.start) + n * 7 * 60_000).toISOString(),
    modified: inDays(n === 1 ? -1 : -5, "16:00"),
    organizations: n === 2 ? ["identity--1", "identity--2"] : undefined,
  })),
};

export const DRAFT: Briefing = {
  ...HOSTED,
  status: "draft",
  sent: undefined,
  counts: undefined,
};
export const HELD: Briefing = {
  ...HOSTED,
  status: "held",
  when: { ...WHEN, start: inDays(-1, "18:30"), end: inDays(-1, "19:15") },
};

const PLACES: [title: string, zone: string, clock: string][] = [
  ["Hosts", "America/New_York", "14:30"],
  ["Alabama", "America/Chicago", "13:30"],
  ["Alaska", "America/Anchorage", "10:30"],
  ["American Samoa", "Pacific/Pago_Pago", "07:30"],
  ["Arizona", "America/Phoenix", "11:30"],
  ["Guam", "Pacific/Guam", "04:30"],
  ["Wyoming", "America/Denver", "12:30"],
];
const NAMES = [
  "Corwin Baptiste-Hale",
  "Odalys Renner",
  "Teague Lindqvist",
  "Nadia Farrow-Pike",
  "Hollis Emberton",
];
const DUTIES = ["primary", "stand-in", "after-hours"] as const;

function invitee(place: number, n: number): Invitee {
  const [, timezone, clock] = PLACES[place]!;
  return {
    id: `identity--${place}-${n}`,
    name: NAMES[(place + n) % NAMES.length]!,
    organization: n < 3 ? "State office" : `Tamarack County ${n}`,
    duty: DUTIES[n % DUTIES.length],
    checked: "2026-07-31",
    timezone,
    local: `${WHEN.local.slice(0, 10)}T${clock}`,
    is_odd_hour: timezone === "Pacific/Guam",
  };
}

const PEOPLE_EACH = 90;

export const AUDIENCE: Audience = {
  people: PLACES.length * PEOPLE_EACH,
  organizations: 233,
  already_invited: 0,
  label: "amber",
  groups: PLACES.map(([title], place) => ({
    title,
    people: Array.from({ length: PEOPLE_EACH }, (_, n) => invitee(place, n)),
  })),
  misses: [
    {
      reason: "no-duty-officer",
      organizations: [
        "Harrow County, Texas",
        "Quill Parish, Louisiana",
        "Pine County",
        "Reed County",
      ].map((name) => ({
        id: `identity--${name}`,
        name,
        words: "Last checked June 2",
      })),
    },
    {
      reason: "not-a-member",
      organizations: [
        {
          id: "identity--wren",
          name: "Wren Lake County, Maine",
          words: "Invitation ended August 17",
        },
      ],
    },
    {
      reason: "not-asked",
      organizations: [
        {
          id: "identity--moss",
          name: "Mossgate Video",
          words: "Platform, not asked for August 7 either",
        },
      ],
    },
    {
      reason: "ceiling",
      organizations: [
        {
          id: "identity--poll",
          name: "Forum of Poll Worker Trainers",
          words: "Set by the steward",
        },
      ],
    },
  ],
  odd_hours: ODD_HOURS,
};

export const ATTENDANCE: Attendance = {
  is_exercise: true,
  present: 0,
  invited: 4,
  people: NAMES.slice(0, 4).map((name, n) => ({
    person: {
      id: `identity--${n}`,
      name,
      organization: "State Election Division, Alabama",
    },
    answer: n < 3 ? "yes" : "open",
  })),
  guests: [
    {
      id: "attendance--guest-1",
      person: {
        id: "identity--20",
        name: "Odalys Renner",
        organization: "State Election Division, Idaho",
      },
    },
  ],
  missing: [
    {
      reason: "invited-and-absent",
      organizations: [
        { id: "identity--vt", name: "State Election Division, Vermont" },
      ],
    },
    {
      reason: "not-asked",
      organizations: [{ id: "identity--moss", name: "Mossgate Video" }],
    },
  ],
};

export const USEFULNESS: Usefulness = {
  answers: 238,
  values: [5, 12, 25, 96, 94],
  sectors: [
    { sector: "local", values: [null, null, 14, 49, 46] },
    { sector: "state", values: [null, null, 6, 24, 28] },
    { sector: "research", is_hidden: true },
  ],
  words: [{ words: "The address list alone was worth the call." }],
};

export const MESSAGE: Message = {
  id: "m1",
  kind: "invitation",
  to: "june.haverty@alder.example",
  subject: "A call on Tuesday: will you join?",
  created: inDays(0, "09:00"),
  state: "kept",
};

export const COMMITMENTS: { items: Commitment[] } = {
  items: [
    {
      id: "commitment--1",
      content: "Address list as a file for mail filters",
      organization: "National Infrastructure Watch",
      person: { name: "Lena Vogt-Amari" },
      due: inDays(4, "00:00").slice(0, 10),
      status: "open",
      is_late: false,
      may_settle: true,
    },
    {
      id: "commitment--2",
      content: "Spanish wording for county notices",
      organization: "Larkmoor Social",
      due: inDays(-2, "00:00").slice(0, 10),
      status: "open",
      is_late: true,
      may_settle: false,
      from: {
        id: "briefing--1",
        title: "Joint briefing 1",
        start: inDays(-18, "18:30"),
      },
    },
    {
      id: "commitment--3",
      content: "One phone number for any hour",
      organization: "National Infrastructure Watch",
      status: "done",
      is_late: false,
      may_settle: true,
    },
  ],
};

const READERS = ["Odalys Renner", "Teague Lindqvist"].map((name) => ({
  id: `identity--${name}`,
  name,
  organization: "State office",
}));

const NEED = "Captions, please.";

/* The answers of a whole exchange, as the clerk or as the host. */
export function tell(exchange: Exchange, as: "clerk" | "host"): void {
  const at = `/briefings/${BRIEFING_ID}`;
  const isHost = as === "host";
  tellShared(exchange, at, isHost);
  tellSeries(exchange, at, isHost, INVITED.items);
  exchange
    .on("GET /session", isHost ? HOST_SESSION : CLERK_SESSION)
    .on("GET /home", HOME)
    .on("GET /briefings", {
      items: isHost ? [{ ...ROW, is_host: true, counts: COUNTS }] : [ROW],
    })
    .on(`GET ${at}`, () => ({
      body: isHost ? HOSTED : INVITED,
      headers: { ETag: '"1"' },
    }))
    .on(`GET ${at}/audience`, AUDIENCE)
    .on(`GET ${at}/readers`, {
      people: 611,
      organizations: 540,
      has_names: isHost,
    })
    .on(`GET ${at}/readers/people`, { items: isHost ? READERS : [] })
    .on(`GET ${at}/approvals`, WAITING)
    .on(`GET ${at}/commitments`, COMMITMENTS)
    .on("GET /organizations", {
      items: ["Larkmoor Social", "Tidewater University", "Osterby Cloud"].map(
        (name) => affiliation(name, "platform").organization,
      ),
    })
    .on("GET /directory", { items: [] })
    .on(`GET ${at}/answers`, {
      items: [
        {
          person: {
            id: "identity--1",
            name: "Odalys Renner",
            organization: "State office",
          },
          answer: "yes",
          answered: inDays(-1, "15:00"),
          note: NEED,
        },
      ],
    })
    .on(`GET ${at}/needs`, {
      items: [
        {
          person: {
            id: "identity--1",
            name: "Odalys Renner",
            organization: "State office",
          },
          answer: "yes",
          note: NEED,
        },
      ],
    })
    .on(`GET ${at}/attendance`, ATTENDANCE)
    .on(`GET ${at}/usefulness`, USEFULNESS)
    .on(`GET ${at}/record/document`, recordOf(TITLE))
    .on("GET /outbox", { items: [MESSAGE] })
    .on("GET /outbox/m1", {
      ...MESSAGE,
      text: "Will you join a call?\n\nYes: https://exchange.example/rsvp/…",
      calendar: "BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR",
    });
}
