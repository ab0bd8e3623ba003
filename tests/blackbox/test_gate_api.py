"""Random objects and briefings, read by everybody over the routes of the API that read objects, and
compared with a model as slow and plain as the rules (B9, G1 to G7, O1 to O3).

ROUNDS says how many worlds (default 4, half of them here), SEED with which number they begin.
"""

import os
import random
import re
from pathlib import Path

import pytest
import yaml

from council import Council, Person, agree, answers, note
from exchange import poll
from worlds import World

ROUNDS = max(1, int(os.environ.get("ROUNDS", "4")) // 2)
FIRST_SEED = int(os.environ.get("SEED", "1"))
SEEDS = range(FIRST_SEED, FIRST_SEED + ROUNDS)
STEPS = 25
ABSENT = "briefing--00000000-0000-4000-8000-000000000000"
HOME_TYPES = ("action", "report", "incident", "note", "grouping", "campaign", "intrusion-set",
              "threat-actor", "course-of-action", "narrative", "channel")
HOME_MAX = 8
PEOPLE = {"ann": "agency", "abe": "agency", "pat": "platform", "oda": "ohio", "ole": "ohio",
          "gus": "guam", "cal": "county", "lou": "low", "ida": "idle", "rue": "research",
          "sue": "steward"}
SECTOR = {"ohio": "state", "guam": "territorial", "county": "local", "low": "state"}
ON_DUTY = ("oda", "gus", "cal", "lou")  # a colleague reads it, and has it in no list
FOR_HOSTS = ("/audience", "/answers", "/attendance", "/send")
FOR_ALL = ("", "/usefulness", "/record", "/record/document", "/materials")

# What the API reads by, out of its own description: a new route is walked from its first day.
CONTRACT = Path(__file__).resolve().parents[2] / "api" / "openapi.yaml"
READS = [path for path, verbs in yaml.safe_load(CONTRACT.read_text())["paths"].items()
         if "get" in verbs]
OF_BRIEFING = [p.removeprefix("/briefings/{briefing}") for p in READS
               if p.startswith("/briefings/{briefing}") and p.count("{") == 1]
OF_OBJECT = [p.removeprefix("/objects/{object}") for p in READS if p.startswith("/objects/")]
QUERIES = {"/search": "?q=item", "/reach": "?label=green", "/reach/people": "?label=green",
           "/new": "?limit=2", "/briefings": "?limit=1"}
GOES_ON = ("/session", "/account",  # what one did oneself
           "/audit/head")  # by the hour, for everyone alike (R3)
WHOLE = [p + QUERIES.get(p, "") for p in READS if "{" not in p and not p.startswith(GOES_ON)]
WHOLE += ["/new?limit=1&" + asked for asked in (
    "kind=note", "kind=answer", "kind=action", "label=green", "label=amber", "since=7d",
    "since=last-visit", "collection=briefings", "kind=answer&kind=action",
    "label=green&label=red&kind=note&kind=report")]
OF_STEWARDS = ("/audit", "/outbox")  # what was done and mailed, which goes on (R3, B15)
TITLE = "What we see before the election"


def bare(answer):
    """Status, headers and body without what may differ: the request's own id and the date."""
    headers = {k: v for k, v in answer.headers.items() if k not in ("Date", "X-Request-Id")}
    body = re.sub(re.escape(answer.headers.get("X-Request-Id", "\0")), "REQUEST", answer.text)
    return answer.status_code, headers, body


# Home, over everything that members post.

@pytest.mark.parametrize("seed", SEEDS)
def test_home_tells_what_the_model_lets_its_reader_read(tmp_path, seed):
    """G1 to G7: each thing on home is readable, and nothing newer that is readable is left out;
    the pages behind it have everything, once."""
    world = World(tmp_path / "data", seed)
    try:
        for _ in range(STEPS):
            world.step()
        for reader in world.readers:
            if reader.person and "token" in reader.how and not reader.org.suspended:
                check_home(world, reader)
    finally:
        world.x.stop()


def readable(world, reader):
    model = world.model
    held = [c for c in world.collections if model.holds(reader, c) != "nothing"]
    return [e for c in held for e in model.select(reader, c, specs=("2.0", "2.1"))]


def check_home(world, reader):
    who = Person(world.x.server.base, reader.how["token"])
    answer = who.get("/home", X_Background="1")
    assert answer.status_code == 200, world.story(f"home as {reader.name}: {answer.text}")
    unsure = world.model.unsure
    want = {e.id for e in readable(world, reader) if e.id.split("--")[0] in HOME_TYPES}
    got = [item["id"] for item in answer.json()["new"]["items"]]
    told = world.story(f"home as {reader.name}: {got} of {want}")
    assert set(got) <= want | unsure, told
    assert len(got) == HOME_MAX or want - unsure <= set(got), told
    everything = walk(who, "/new?limit=3")
    assert len(everything) == len(set(everything)), world.story(f"/new twice: {everything}")
    assert set(everything) - unsure == want - unsure, \
        world.story(f"/new as {reader.name}: {everything} of {want}")
    assert everything[:HOME_MAX] == got, told
    check_narrowed(world, who)


def check_narrowed(world, who):
    """What is asked for leaves of the whole list what is like that, in the same order."""
    whole = who.get("/new?limit=100").json()
    assert "next" not in whole or len(whole["items"]) == 100, world.story(whole)
    orgs = {o["name"]: o["id"] for o in who.get("/organizations?limit=500").json()["items"]}
    asked = {("type", one["type"]): "kind=" + one["type"] for one in whole["items"]}
    asked |= {("label", one["label"]): "label=" + one["label"].replace("+", "%2B")
              for one in whole["items"]}
    asked |= {("source", name): "organization=" + id for name, id in orgs.items()}
    for (member, value), query in asked.items():
        want = [one["id"] for one in whole["items"] if one.get(member) == value]
        assert walk(who, f"/new?limit=3&{query}")[:len(want)] == want, \
            world.story(f"/new?{query} of {want}")


def walk(who, path):
    """The ids of a list, page by page."""
    ids, next_page = [], path
    while next_page:
        page = who.get(next_page).json()
        ids += [item["id"] for item in page["items"]]
        next_page = f"{path}&cursor={page['next']}" if "next" in page else None
    return ids


# Briefings.

class Hosted:
    """A random briefing, and who reads what of it by B9."""

    def __init__(self, council, dice):
        self.host = dice.choice(("ann", "pat"))
        self.hosts = {PEOPLE[self.host], *dice.sample(("agency", "platform"), dice.randint(0, 2))}
        self.label = dice.choice(("green", "amber"))
        sectors = dice.sample(("state", "territorial", "local"), dice.randint(1, 3))
        able = [o for o in SECTOR if o != "low" or self.label == "green"]
        self.invited = {o for o in able if SECTOR[o] in sectors}
        self.items = [(f"Item {n} of {dice.random()}",
                       set(dice.sample(sorted(self.invited), dice.randint(0, len(self.invited)))))
                      for n in range(dice.randint(1, 3))]
        self.is_sent = bool(self.invited) and dice.random() < 0.7
        self.id = self.make(council, sectors)
        self.noted = self.note(council, dice) if self.is_sent else None

    def make(self, council, sectors):
        who = getattr(council, self.host)
        items = [{"title": title, "minutes": 5, "organizations": [council.org[o] for o in only]}
                 for title, only in self.items]
        done = who.post("/briefings", answers(
            title=TITLE, label=self.label, audience={"sectors": sectors}, items=items,
            hosts=[council.org[o] for o in self.hosts - {PEOPLE[self.host]}]))
        assert done.status_code == 201, done.text
        id = done.json()["id"]
        if self.is_sent:
            for other in ("ann", "pat"):
                if other != self.host and PEOPLE[other] in self.hosts:
                    agree(getattr(council, other), id)
            sent = who.post(f"/briefings/{id}/send", {"people": len(self.invited)})
            assert sent.status_code == 202, sent.text
            assert poll(lambda: who.get(f"/briefings/{id}/send").json()["is_done"])
        return id

    def note(self, council, dice):
        """The office of somebody whose answer came by phone (B11)."""
        office = dice.choice(sorted(self.invited))
        who = next(name for name in ON_DUTY if PEOPLE[name] == office)
        said = dice.choice(("yes", "no"))
        done = note(getattr(council, self.host), self.id, council.id[who], said)
        assert done.status_code == 200, done.text
        return office

    def may_read(self, org):
        return org in self.hosts or (self.is_sent and org in self.invited)

    def titles(self, org):
        return [title for title, only in self.items if org in self.hosts or not only or org in only]


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    made = Council(tmp_path_factory.mktemp("council") / "data")
    orgs = {o["name"]: o["id"] for o in made.x.rows("org", "list")}
    made.org["steward"] = orgs["Council"]
    for name, org, role in (("rue", "research", "publisher"), ("sue", "steward", "steward")):
        email = name + "@example.org"
        made.x.run("person", "add", "--org", made.org[org], "--email", email, "--name", name,
                   "--role", role)
        made.secrets[name] = made.x.token(made.org[org], "of " + name, person=email)[1]
    yield made
    made.x.stop()


@pytest.mark.parametrize("seed", SEEDS)
def test_every_reader_sees_of_briefings_what_the_model_says(council, seed):
    """B9, O1: lists, briefings, their items, the record; hidden and absent are the same."""
    dice = random.Random(seed)
    before = {name: set(listed(getattr(council, name))) for name in PEOPLE}
    made = [Hosted(council, dice) for _ in range(5)]
    for name, org in PEOPLE.items():
        who = getattr(council, name)
        theirs = [b for b in made if org in b.hosts or (b.may_read(org) and name in ON_DUTY)]
        assert set(listed(who)) - before[name] == {b.id for b in theirs}, (seed, name)
        ahead = {b.id for b in theirs if b.is_sent}
        assert coming(who) - before[name] == ahead, (seed, name)
        for briefing in made:
            check_briefing(who, org, briefing, (seed, name))


def listed(who):
    return [row["id"] for row in who.get("/briefings?limit=500").json()["items"]]


def coming(who):
    rows = who.get("/home", X_Background="1").json()["coming"]
    return {row["briefing"] for row in rows if "briefing" in row}


def check_briefing(who, org, briefing, told):
    is_host = org in briefing.hosts
    for paths, may in ((FOR_ALL, briefing.may_read(org)), (FOR_HOSTS, is_host)):
        for path in paths:
            answer = who.get(f"/briefings/{briefing.id}{path}")
            assert (answer.status_code == 200) == may, (told, path, answer.text)
            if not may:
                assert bare(answer) == absent(who, f"/briefings/{ABSENT}{path}"), (told, path)
    if not briefing.may_read(org):
        check_hidden(who, briefing.id, told)
        return
    seen = who.get(f"/briefings/{briefing.id}").json()["items"]
    assert [item["title"] for item in seen] == briefing.titles(org), told
    record = who.get(f"/briefings/{briefing.id}/record").json()["objects"]
    assert sorted(o["name"] for o in record if o["type"] == "briefing-item") == \
        sorted(briefing.titles(org)), told
    assert is_host or not any(o["type"] == "briefing-plan" for o in record), told
    assert any(o["type"] == "briefing-reply" for o in record) == \
        (briefing.noted is not None and (is_host or org == briefing.noted)), told


def check_hidden(who, id, told):
    for kind, paths in (("briefings", OF_BRIEFING), ("objects", OF_OBJECT)):
        for path in paths:
            answer = bare(who.get(f"/{kind}/{id}{path}"))
            assert answer == absent(who, f"/{kind}/{ABSENT}{path}"), (told, kind, path)


def absent(who, path, answers={}):
    """What is not there: asked once, since it is never answered otherwise."""
    if (who, path) not in answers:
        answers[who, path] = bare(who.get(path))
    return answers[who, path]


@pytest.mark.parametrize("seed", SEEDS)
def test_hidden_briefings_leave_every_byte_as_if_they_were_not(council, seed):
    """O1, O2, O3: status, headers, ETags, counts and bodies of the others stay the same."""
    dice = random.Random(seed + 1000)
    watchers = ("oda", "ole", "ida", "rue", "sue")  # rue publishes, sue is a steward
    shared = [Hosted(council, dice) for _ in range(2)]
    for name in watchers:
        assert poll(lambda: getattr(council, name).get("/search?q=item").json()["behind"] == 0)
    before = {name: look(council, name, shared) for name in watchers}
    for name in watchers:
        check_same(look(council, name, shared), before[name], (seed, name))
    hidden = [Hosted(council, dice) for _ in range(4)]
    for name in watchers:
        if not any(b.may_read(PEOPLE[name]) for b in hidden):
            check_same(look(council, name, shared), before[name], (seed, name))
        for briefing in hidden:
            if not briefing.may_read(PEOPLE[name]):
                check_hidden(getattr(council, name), briefing.id, (seed, name))
    for path in OF_STEWARDS:
        told = council.sue.get(path + "?limit=500")
        assert told.status_code == 200 and told.json()["items"]
        assert not [t for t in (TITLE, "Item ", "TLP:", "amber") if t in told.text], (seed, path)


def check_same(now, before, told):
    changed = {path: (before[path], now[path]) for path in now if now[path] != before[path]}
    assert not changed, (told, changed)


def look(council, name, briefings):
    """Everything that this person can be told, byte by byte; a record's own bundle id aside."""
    who = getattr(council, name)
    paths = [p for p in WHOLE if name != "sue" or not p.startswith(OF_STEWARDS)]
    paths += [f"/organizations/{council.org['agency']}", "/collections/briefings"]
    for briefing in briefings:
        paths += [f"/briefings/{briefing.id}{path}" for path in OF_BRIEFING if path != "/record"]
        paths += [f"/objects/{briefing.id}{path}" for path in OF_OBJECT]
    return {path: bare(who.get(path, X_Background="1")) for path in paths}
