"""Who takes part: invented organizations, people, collections, grants and named audiences.

Places are real, the offices in them and everybody who works there are not. Nothing here comes
from chance: a visitor finds the same six chairs in every demo.
"""

import csv
from dataclasses import dataclass, replace
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
AUDIENCE_EXTENSION = "extension-definition--1c8ccade-bbc7-4bc2-bcbf-90b15c58db60"
EXCHANGE = "Election Exchange (exercise)"

CYBER = "cyber"
BUREAU = "bureau"
SOCIAL = "social"
CLOUD = "cloud"


@dataclass(frozen=True)
class Org:
    key: str
    name: str
    sector: str
    jurisdictions: tuple = ()
    ceiling: str = "red"
    status: str = "member"
    note: str = ""
    part_of: str = ""
    member_of: tuple = ()
    zone: str = "America/New_York"


@dataclass(frozen=True)
class Person:
    email: str
    name: str
    org: str
    roles: str
    phone: str
    zone: str
    duties: str = ""
    checked_days_ago: int = 0


@dataclass(frozen=True)
class Collection:
    key: str
    title: str
    description: str
    label: str
    grants: tuple
    is_public: bool = False
    publisher: str = ""


@dataclass(frozen=True)
class Audience:
    key: str
    org: str
    name: str
    orgs: tuple = ()
    people: tuple = ()
    sectors: tuple = ()
    jurisdictions: tuple = ()


NATIONAL = (
    Org(CYBER, "Continental Cyber Defense Office (exercise)", "federal", ("us",)),
    Org(BUREAU, "Bureau of Foreign Interference Inquiry (exercise)", "federal", ("us",)),
    Org(SOCIAL, "Fennimore Social (exercise)", "platform"),
    Org(CLOUD, "Quillon Systems (exercise)", "platform"),
    # A large platform for short posts. No note: the exchange says that nobody has asked.
    Org("wren", "Tattlewren (exercise)", "platform", status="known", ceiling="green"),
    Org("harbor", "Harborlight Video (exercise)", "platform", status="invited", ceiling="green",
        note="Invited after the first briefing; has not answered."),
    Org("secretaries", "Assembly of State Election Secretaries (exercise)", "association"),
    Org("directors", "League of State Election Directors (exercise)", "association"),
    Org("ballots", "Palfrey Ballot Systems (exercise)", "vendor", ceiling="amber"),
    Org("pollbooks", "Ostrander Poll Books (exercise)", "vendor", ceiling="green"),
    Org("institute", "Larkmoor Institute for Online Influence (exercise)", "research",
        ceiling="amber"),
    Org("observatory", "Teasel University Rumor Observatory (exercise)", "research",
        ceiling="green"),
    Org("helpline", "Porchlight Voter Helpline (exercise)", "civil-society", ceiling="green"),
)

# key, office, state, county or none, sector
LOCAL = (
    ("cuyahoga", "Cuyahoga County election office", "OH", "c035", "local"),
    ("vinton", "Vinton County clerk", "OH", "c163", "local"),
    ("maricopa", "Maricopa County election office", "AZ", "c013", "local"),
    ("loudoun", "Loudoun County registrar", "VA", "c107", "local"),
    ("travis", "Travis County clerk", "TX", "c453", "local"),
    ("dane", "Dane County clerk", "WI", "c025", "local"),
    ("kent", "Kent County clerk", "MI", "c081", "local"),
    ("lee", "Lee County supervisor of elections", "FL", "c071", "local"),
    ("washoe", "Washoe County registrar", "NV", "c031", "local"),
    ("boone", "Boone County clerk", "MO", "c019", "local"),
    ("chatham", "Chatham County board of elections", "NC", "c037", "local"),
    ("cedars", "Three Cedars Nation election board", "WI", "", "tribal"),
    ("mesa", "Painted Mesa Nation election office", "AZ", "", "tribal"),
)
REPORTING_STATES = ("OH", "AZ", "MI", "WI", "PA", "FL", "NC", "GA", "NV", "TX", "VA", "GU")
SINGLE_ASSOCIATION = ("DC", "AS", "GU", "MP", "PR", "VI")
NOT_YET_MEMBERS = ("ND", "WY")

GIVEN = (
    "Ansel Briony Corwin Delphine Emeric Fenella Garrick Hesper Idris Junia Kester Liora Merrick "
    "Nerys Osric Perrin Quilla Rowan Sorrel Tamsin Ulric Vesper Wynne Xanthe Yarrow Zelda Alder "
    "Blythe Caspian Dove Ember Flint Greer Hollis Isolde Jory Keziah Linden Maren Nevin").split()
FAMILY = (
    "Thistlewood Marrowby Quillfeather Ashgrove Brackenridge Copperfen Dunmallow Eldercombe "
    "Fennimark Goosander Hartwhistle Inkpenny Juniperly Kettlewell Larkspurr Mossgrave "
    "Nettlefold Oakhanger Pennyfarrow Questenby Rushbourne Saltmarsh Tanglewick Underbough "
    "Vetchley Wintersedge Yellowham Zephyrine").split()

# The chairs: org, given and family name, roles. Their passwords and tokens are in the secrets file.
CHAIRS = (
    (CYBER, "Isolde Hartwhistle", "publisher;member"),
    (CYBER, "Corwin Mossgrave", "publisher;member"),
    (BUREAU, "Garrick Copperfen", "publisher;member"),
    (SOCIAL, "Tamsin Underbough", "publisher;member;admin"),
    (CLOUD, "Osric Eldercombe", "publisher;member"),
    ("OH", "Fenella Brackenridge", "publisher;member;admin"),
    ("vinton", "Dove Pennyfarrow", "publisher;member"),
    ("institute", "Liora Vetchley", "publisher;member"),
    ("secretaries", "Merrick Oakhanger", "publisher;member"),
)
STEWARD = ("Rowan Kettlewell", "steward")

# What a visitor picks from: id, org (empty: the steward's), title, one sentence.
SEATS = (
    ("host-agency", CYBER, "Host agency",
     "Hosts the briefing: writes the agenda, decides who is invited, sees who was missing."),
    ("host-company", SOCIAL, "Host company",
     "Hosts it too, shares what was taken down, and tells partners what the company did."),
    ("state-official", "OH", "State election official",
     "Is briefed, answers for a state, and passes on what the label allows."),
    ("county-clerk", "vinton", "County clerk",
     "One person does everything here: answers in two taps, on a phone."),
    ("researcher", "institute", "Researcher",
     "Works on what is open to research, and sees nothing else."),
    ("steward", "", "Steward",
     "Runs the exchange: members, people, coverage, and who was told what."),
)

COLLECTIONS = (
    Collection("public", "Public", "What anyone may read: places, techniques, advice, "
               "corrections of fact. EXERCISE.", "clear",
               (("all", "read"), ("sector:federal", "write"), ("sector:state", "write")),
               is_public=True, publisher=CYBER),
    Collection("security", "Election security", "Campaigns, sets, reports and briefings' papers "
               "for every member. EXERCISE.", "amber",
               (("all", "read"), ("sector:federal", "write"), ("sector:platform", "write"),
                ("sector:association", "write"), ("sector:state", "write"),
                ("sector:research", "write"), ("sector:vendor", "write"))),
    Collection("indicators", "Indicators", "Patterns to look for in one's own logs, with what "
               "they rest on. EXERCISE.", "green",
               (("all", "read"), ("sector:federal", "write"), ("sector:platform", "write"),
                ("sector:state", "write"), ("sector:territorial", "write"),
                ("sector:vendor", "write"))),
    Collection("platforms", "Platforms", "Accounts and pages, between companies and federal "
               "agencies. EXERCISE.", "amber+strict",
               (("sector:platform", "read write"), ("sector:federal", "read write"))),
    Collection("field", "Field reports", "What offices saw and what became of it. EXERCISE.",
               "amber",
               tuple((f"sector:{s}", "read write") for s in
                     ("federal", "state", "local", "tribal", "territorial", "association"))),
)


def states():
    with open(DATA / "states.csv", encoding="utf-8") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def state_orgs():
    for row in states():
        key = row["usps"]
        sector = "territorial" if row["kind"] == "territory" else "state"
        bodies = ("secretaries",) if key in SINGLE_ASSOCIATION else ("secretaries", "directors")
        status = "invited" if key in NOT_YET_MEMBERS else "member"
        yield Org(key, f"{row['name']} election office (exercise)", sector, (f"us-{row['fips']}",),
                  "amber" if key in ("VT", "DE", "AS") else "red", status,
                  "Invited in the spring; has not answered." if status == "invited" else "",
                  member_of=bodies if key in REPORTING_STATES else bodies[:1],
                  zone=row["timezone"])


def local_orgs():
    by_state = {row["usps"]: row for row in states()}
    for key, office, usps, county, sector in LOCAL:
        place = f"us-{by_state[usps]['fips']}" + (f"-{county}" if county else "")
        parent = usps if sector == "local" else ""
        yield Org(key, f"{office}, {by_state[usps]['name']} (exercise)", sector, (place,), "amber",
                  note="One person does everything." if key == "vinton" else "",
                  part_of=parent, zone=by_state[usps]["timezone"])


def orgs():
    return (*NATIONAL, *state_orgs(), *local_orgs())


def address(name, key):
    return f"{name.lower().replace(' ', '.')}@{key.lower()}.exercise.example"


def phone(number):
    """555-0100 to 555-0199 are kept for fiction in every area code."""
    return f"+1 {202 + number // 100} 555 01{number % 100:02d}"


# Offices whose duty officer nobody has telephoned yet.
UNCHECKED = ("AS", "GU", "ME", "MP", "SD", "VT", "lee", "boone", "mesa")
DUTY = "primary"


def on_duty(person, number):
    """The first of each office has the duty, and somebody checked that in the last weeks."""
    if person.org in UNCHECKED:
        return person
    return replace(person, duties=DUTY, checked_days_ago=2 + number * 7 % 23)


def people():
    """The chairs, then one duty officer for each other member."""
    by_key = {org.key: org for org in orgs()}
    found = [Person(address(name, key), name, key, roles, phone(i), by_key[key].zone)
             for i, (key, name, roles) in enumerate(CHAIRS)]
    found[1:] = [person if person.org == found[0].org else on_duty(person, i)
                 for i, person in enumerate(found[1:])]
    found[0] = on_duty(found[0], 0)
    taken = {person.org for person in found}
    rest = [org for org in by_key.values() if org.key not in taken and org.status == "member"]
    for i, org in enumerate(rest):
        name = f"{GIVEN[i % len(GIVEN)]} {FAMILY[(i * 3 + i // 28) % len(FAMILY)]}"
        roles = "member" if org.sector in ("research", "civil-society") else "publisher;member"
        found.append(on_duty(Person(address(name, org.key), name, org.key, roles,
                                    phone(len(found)), org.zone), i))
    return found


def chair(org):
    """The address of the first chair of an organization."""
    return next(address(name, key) for key, name, _ in CHAIRS if key == org)


def audiences():
    cyber_second = address("Corwin Mossgrave", CYBER)
    return (
        Audience("ohio", CYBER, "EXERCISE: Ohio duty officers", sectors=("state", "local"),
                 jurisdictions=("us-39",)),
        Audience("agencies", CYBER, "EXERCISE: The two host agencies only", orgs=(CYBER, BUREAU)),
        Audience("agencies-bureau", BUREAU, "EXERCISE: The two host agencies only",
                 orgs=(CYBER, BUREAU)),
        Audience("companies", SOCIAL, "EXERCISE: The two host companies", orgs=(SOCIAL, CLOUD)),
        Audience("letterhead", CLOUD, "EXERCISE: Offices whose letterhead was borrowed",
                 sectors=("state", "local"), jurisdictions=("us-04", "us-26", "us-39", "us-55")),
        Audience("ohio-counties", "OH", "EXERCISE: Ohio and its counties",
                 jurisdictions=("us-39",)),
        Audience("four-people", CYBER, "EXERCISE: Four people, by name",
                 people=(cyber_second, chair(BUREAU), chair(SOCIAL), chair("OH"))),
        Audience("inquiry", BUREAU, "EXERCISE: Three people, by name",
                 people=(chair(CYBER), cyber_second, chair(CLOUD))),
    )


class Names:
    """What the exchange calls everybody: identity ids, and the ids of named audiences."""

    def __init__(self, org_ids, person_ids, audience_ids):
        self.org_ids = org_ids
        self.person_ids = person_ids
        self.audience_ids = audience_ids

    def org(self, key):
        return self.org_ids[key]

    def person(self, email):
        return self.person_ids[email]

    def audience(self, key):
        return self.audience_ids[key]


def names_from(ids):
    """Names for a dump without an exchange: every id from the seed."""
    return Names({o.key: ids.of("identity", "org/" + o.key) for o in orgs()},
                 {p.email: ids.of("identity", "person/" + p.email) for p in people()},
                 {a.key: ids.of("marking-definition", "audience/" + a.key) for a in audiences()})
