"""Random worlds, walked on every TAXII route and on the command line by every reader, and compared
with the model: nothing more, nothing less (G1 to G10, L2, L6 to L8, O1), also for people with a
ceiling of their own (B12).

ROUNDS says how many worlds (default 4), SEED with which number they begin.
"""

import json
import os
import random
import re

import pytest

import objects as stix
from council import Person
from exchange import parse_output
from taxii import Client, check_error, wire
from worlds import World

ROUNDS = int(os.environ.get("ROUNDS", "4"))
FIRST_SEED = int(os.environ.get("SEED", "1"))
STEPS = int(os.environ.get("STEPS", "45"))


@pytest.mark.parametrize("seed", range(FIRST_SEED, FIRST_SEED + ROUNDS))
def test_every_reader_reads_by_every_route_what_the_model_says(tmp_path, seed):
    """G1 to G10, L2, L6, L7, L8."""
    print("seed", seed)
    world = World(tmp_path / "data", seed)
    try:
        for step in range(STEPS):
            world.step()
            if step == STEPS // 2:
                compare(world, some=3)
        compare(world)
        compare_commands(world)
        compare_search(world)
        compare_relations(world)
    finally:
        world.x.stop()


def compare(world, some=None):
    readers = world.readers
    if some:
        readers = world.dice.sample(readers, some)
    for reader in readers:
        if reader.org and reader.org.suspended:
            check_suspended(world, reader)
            continue
        check_collections(world, reader)
        for collection in world.collections:
            if reader.collections is not None and collection.id not in reader.collections \
                    and collection.public:
                continue  # a narrowed token on a public collection: not said
            if world.model.holds(reader, collection) == "nothing":
                check_closed(world, reader, collection)
            else:
                check_open(world, reader, collection)


def check_suspended(world, reader):
    """G1: a reader's organization is active, or nothing holds."""
    client = world.client(reader)
    for c in world.collections:
        answer = client.objects(c.id)
        if answer.status_code == 200 and c.public:
            continue
        check_error(answer, (401, 403, 404))


def check_collections(world, reader):
    """G2: exactly the collections of which something is held."""
    client, model = world.client(reader), world.model
    ours = {c.id: c for c in world.collections}
    got = {c["id"]: (c["can_read"], c["can_write"]) for c in client.collections()
           if c["id"] in ours}
    want = {}
    for c in world.collections:
        read, write = model.rights(reader, c)
        if reader.collections is not None and c.public and c.id not in reader.collections:
            got.pop(c.id, None)
        elif read or write or c.public:
            want[c.id] = (read or c.public, write)
    silent = {c for c in ours if c not in want and any(model.grants.get((c, w), (0, 0))[1]
              for w in (reader.org and reader.org.id, "all"))}
    got = {c: r for c, r in got.items() if c not in silent}  # may write, but this person may not
    assert got == want, world.story(f"{reader.name}: {got}, expected {want}")


def check_closed(world, reader, collection):
    """G2, O5: a collection without any right is an unknown one."""
    client = world.client(reader)
    answer = client.objects(collection.id)
    if reader.org is None:
        check_error(answer, 401)
    else:
        write_only = any(world.model.grants.get((collection.id, w), (0, 0))[1]
                         for w in (reader.org.id, "all"))
        check_error(answer, (403, 404) if write_only else 404)


def check_open(world, reader, collection):
    dice = world.dice
    whole = {"version": "all", "spec_version": "2.0,2.1"}
    everything = check_walk(world, reader, collection, whole,
                            {"versions": ("all",), "specs": ("2.0", "2.1")})
    check_walk(world, reader, collection, {}, {})
    for _ in range(2):
        params, asked = random_filter(world, dice, everything)
        check_walk(world, reader, collection, params, asked)
    ids = list(world.posted)
    for id in dice.sample(ids, min(3, len(ids))):
        check_object(world, reader, collection, id)


def random_filter(world, dice, everything):
    """TAXII's parameters, and the same for the model."""
    params, asked = {}, {}
    if dice.random() < 0.4:
        ids = dice.sample(list(world.posted), min(4, len(world.posted)))
        params["id"], asked["ids"] = ",".join(ids), ids
    if dice.random() < 0.4:
        types = dice.sample(("campaign", "indicator", "relationship", "note", "report",
                             "domain-name"), 2)
        params["type"], asked["types"] = ",".join(types), types
    roll = dice.random()
    if roll < 0.6:
        specs = dice.choice((("2.0",), ("2.1",), ("2.0", "2.1")))
        params["spec_version"], asked["specs"] = ",".join(specs), specs
        choices = [("all",), ("first",), ("last",), ("first", "last")]
        named = [e["version"] for e in everything if len(e["version"]) == 24]
        if named:
            choices += [("first", dice.choice(named)), (dice.choice(named),)]
        versions = dice.choice(choices)
        params["version"], asked["versions"] = ",".join(versions), versions
    if everything and dice.random() < 0.4:
        params["added_after"] = dice.choice(everything)["date_added"]
    return params, asked


def check_walk(world, reader, collection, params, asked):
    """Manifest and objects, by random limits, agree with the model; returns the manifest."""
    client, model, dice = world.client(reader), world.model, world.dice
    limit = dice.choice((1, 2, 3, 7, 1000))
    limit = limit if limit > 2 or dice.random() < 0.2 else 5
    records = client.walk(client.path(collection.id, "manifest"), limit=limit, **params)
    added = [r["date_added"] for r in records]
    assert added == sorted(set(added)), "L1: strictly rising"
    if "added_after" in params:
        assert all(a > params["added_after"] for a in added)
        asked = asked | {"after": number_at(world, reader, collection, params["added_after"])}
    want = [e for e in model.select(reader, collection, **asked) if e.id not in model.unsure]
    got = [r for r in records if r["id"] not in model.unsure]
    told = f"{reader.name} in {collection.title}, {params}"
    assert [label(r["id"], r["version"]) for r in got] == [label(e.id, e.version) for e in want], \
        world.story(told)
    text = []
    bodies = []
    for page in client.pages(client.path(collection.id, "objects"), limit=limit, **params):
        text.append(page.text)
        bodies += page.json().get("objects", [])
    bodies = [b for b in bodies if b["id"] not in model.unsure]
    assert bodies == [e.thing for e in want], world.story(told)
    everything = "\n".join(text)
    assert all(e.text in everything for e in want), world.story("bytes changed; " + told)
    return records


def label(id, version):
    """What to compare of a version: those that the server gives itself are its own affair."""
    return (id, None if id.startswith("domain-name--") else version)


def number_at(world, reader, collection, added):
    """The model's number of the entry that this reader saw added at that time."""
    client = world.client(reader)
    records = client.walk(client.path(collection.id, "manifest"), version="all",
                          spec_version="2.0,2.1")
    record = next(r for r in records if r["date_added"] == added)
    before = sum(r["date_added"] <= added and r["id"] not in world.model.unsure for r in records)
    want = [e for e in world.model.select(reader, collection, versions=("all",),
                                          specs=("2.0", "2.1")) if e.id not in world.model.unsure]
    assert record["id"] in world.model.unsure or want[before - 1].id == record["id"]
    return want[before - 1].number if before else 0


def check_object(world, reader, collection, id):
    """Object and versions: what the model reads, or the same 404 as for an id that is nowhere."""
    client, model = world.client(reader), world.model
    if id in model.unsure:
        return
    want = [e for e in model.page_source(reader, collection) if e.id == id]
    one, versions = client.object(collection.id, id), client.versions(collection.id, id)
    if not want:
        for hidden, path in ((one, ()), (versions, ("versions",))):
            absent = client.get(client.path(collection.id, "objects", fresh_like(id), *path))
            check_error(hidden, 404)
            assert same_words(hidden, id) == same_words(absent, fresh_like(id))
        return
    assert one.status_code == 200, world.story(f"{reader.name} {collection.title} {id}")
    newest = [e.thing for e in model.select(reader, collection, ids=[id])]
    assert one.json()["objects"] == newest, world.story(f"{reader.name} {collection.title} {id}")
    if not id.startswith("domain-name--"):
        specs = max(e.spec for e in want)
        assert versions.json()["versions"] == [e.version for e in want if e.spec == specs]


def fresh_like(id):
    return id.split("--")[0] + "--" + "0" * 8 + "-0000-4000-8000-" + "0" * 12


def same_words(answer, id):
    """Status, headers and body without what may differ: the request's own id and the date."""
    headers = {k: v for k, v in answer.headers.items() if k not in ("Date", "X-Request-Id")}
    text = answer.text.replace(id, "ID")
    text = text.replace(answer.headers.get("X-Request-Id", "\0"), "REQUEST")
    return answer.status_code, headers, text


def compare_commands(world):
    """The command line reads by the same rules, one's own things without a grant too (G2)."""
    model, dice = world.model, world.dice
    known = {e.id for e in model.entries} - model.unsure
    for reader in world.readers:
        if reader.org is None or reader.org.suspended or reader.collections is not None:
            continue
        if reader.token and not reader.person:
            continue  # the command line knows organizations and people
        person = ["--person", reader.name + "@example.org"] if reader.person else []
        printed = world.x.rows("list", "--as", reader.org.id, *person)
        got = {row["id"] for row in printed} & known
        want = model.listed_by_command(reader) & known
        assert got == want, world.story(f"list as {reader.name}: {got ^ want}")
        for id in dice.sample(sorted(known), min(4, len(known))):
            shown = world.x.run("show", id, "--as", reader.org.id, *person, check=False)
            assert (shown.returncode == 0) == (id in want), world.story(f"show {id}")
    for org in model.orgs:
        if not org.suspended:
            compare_export(world, org, known)


def compare_search(world):
    """Search finds, of what each person gets, all that has the word, and nothing else (G1, O1)."""
    model = world.model
    known = {e.id for e in model.entries} - model.unsure
    for reader in searching(world):
        shown = [e for c in world.collections for e in model.select(reader, c)]
        for word in ("name", "words", "vote"):
            want = {e.id for e in shown if word in said_by(e.thing)} & known
            got = hits(world, reader, f"/search?limit=7&q={word}") & known
            assert got == want, world.story(f"{reader.name} seeks {word}: {got ^ want}")


def compare_relations(world):
    """What points at a thing is, of what each person gets, all that names it (G1, G6, O1)."""
    model = world.model
    known = {e.id for e in model.entries} - model.unsure
    for reader in searching(world):
        shown = [e for c in world.collections for e in model.select(reader, c)]
        for id in sorted({e.id for e in shown} & known)[:12]:
            want = {e.id for e in shown if id in named_by(e.thing)} & known
            got = hits(world, reader, f"/objects/{id}/relations?limit=3") & known
            assert got == want, world.story(f"{reader.name} at {id}: {got ^ want}")


def named_by(value, name=""):
    """Every id in a *_ref or *_refs, but who made it and how it is marked."""
    if name in ("created_by_ref", "object_marking_refs", "marking_ref"):
        return set()
    if isinstance(value, dict):
        return set().union(*(named_by(v, k) for k, v in value.items()))
    if isinstance(value, list):
        return set().union(*(named_by(v, name) for v in value))
    return {value} if name.endswith(("_ref", "_refs")) else set()


def said_by(thing):
    keys = ("name", "description", "pattern", "value", "content", "abstract", "explanation")
    return re.findall(r"\w+", " ".join(thing.get(key, "") for key in keys))


def searching(world):
    """Persons with a token, who may search."""
    return [r for r in world.readers if r.person is not None and not r.org.suspended
            and r.collections is None and "token" in r.how]


def hits(world, reader, path):
    """The ids of all pages of what the index finds."""
    person = Person(world.x.server.base, reader.how["token"])
    found, cursor = set(), ""
    while cursor is not None:
        page = person.get(path + cursor).json()
        if page["behind"]:
            continue  # the index follows within a moment
        found |= {hit["id"] for hit in page["items"]}
        cursor = "&cursor=" + page["next"] if "next" in page else None
    return found


def compare_export(world, org, known):
    """G3: an export leaves RED and STRICT out."""
    out = json.loads(world.x.run("export", "--as", org.id).stdout)
    assert out["type"] == "bundle"
    sure, doubtful = world.model.exported(org)
    got = {o["id"] for o in out.get("objects", [])} & known
    assert got - doubtful == (sure & known) - doubtful, world.story(f"export as {org.name}")


# Worlds that are equal but for what a reader may not see.

QUERIES = ({}, {"limit": 2}, {"version": "all"}, {"version": "first", "limit": 3},
           {"spec_version": "2.0,2.1"}, {"type": "campaign,relationship"}, {"type": "malware"})


def look(client, collection, ids):
    """Everything this reader can be told about a collection, byte by byte."""
    told = []
    for query in QUERIES:
        for kind in ("objects", "manifest"):
            for page in client.pages(client.path(collection, kind), **query):
                told.append(bare(page))
                head = client.get(client.path(collection, kind), wire(query), method="HEAD")
                told.append(bare(head))
    for id in ids:
        for answer in (client.object(collection, id), client.versions(collection, id),
                       client.object(collection, id, version="all")):
            told.append(bare(answer))
    told.append(bare(client.get(client.path(collection))))
    told.append(bare(client.get("/exchange/collections/")))
    return told


def bare(answer):
    headers = {k: v for k, v in answer.headers.items() if k not in ("Date", "X-Request-Id")}
    body = re.sub(re.escape(answer.headers.get("X-Request-Id", "\0")), "REQUEST", answer.text)
    return answer.status_code, headers, body


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    world = World(tmp_path_factory.mktemp("stage") / "data", 77)
    yield world
    world.x.stop()


@pytest.mark.parametrize("seed", range(FIRST_SEED, FIRST_SEED + max(1, ROUNDS // 2)))
def test_hidden_objects_leave_no_trace_in_any_byte_that_others_get(stage, seed):
    """O1, O2, O3, O6, L6, L7: status, headers, counts, paging, `next`, ETags and errors are those
    of a world in which the hidden objects are not."""
    dice = random.Random(seed)
    x, fed, plat = stage.x, stage.org("Fed"), stage.org("Plat")
    k = x.collection(f"stage {seed}")
    for org in (fed, plat, stage.org("Ohio")):
        x.grant(k, org.id, read=True, write=True)
    f1 = next(r for r in stage.readers if r.name == "f1")
    writer, other = stage.client(f1), Client(x.server.base, x.token(fed.id, "second")[1])
    watcher = Client(x.server.base, x.token(plat.id, "watcher")[1])
    seen = [stix.campaign("green", dice=dice) for _ in range(5)]
    seen += [stix.relationship(seen[0]["id"], seen[1]["id"], "green", dice=dice)]
    seen += [stix.old_campaign("clear", dice=dice), stix.domain(f"s{seed}.example", "green")]
    for thing in seen:
        writer.post(k, thing)
    mine = stix.campaign("green", dice=dice)
    watcher.post(k, mine)
    hidden = [stix.campaign("red", dice=dice) for _ in range(4)]
    ids = [t["id"] for t in [*seen, mine, *hidden]]
    before = look(watcher, k, ids)
    assert before == look(watcher, k, ids), "the same question twice has the same answer"

    shut = stix.audience(fed.id, dice, people=[f1.person], markings=["red"])
    writer.post(k, shut, *hidden)
    writer.post(k, *[stix.campaign("red", id=seen[0]["id"], modified=s) for s in (50, 60)])
    writer.post(k, stix.relationship(seen[0]["id"], hidden[0]["id"], "clear", dice=dice),
                stix.campaign("green", shut["id"], dice=dice),
                stix.sdo("malware", ["red"], dice=dice))
    other.post(k, stix.campaign("red", id=mine["id"], modified=70),
               stix.note([hidden[0]["id"], seen[1]["id"]], "red", dice=dice))
    stranger = x.collection(f"elsewhere {seed}")
    x.grant(stranger, fed.id, read=True, write=True)
    writer.post(stranger, stix.campaign("clear", id=seen[2]["id"], modified=80))
    assert before == look(watcher, k, ids)


def test_a_post_that_collides_with_a_hidden_object_is_answered_as_a_new_one(stage):
    """L2, O1: what is hidden from the submitter never changes the answer."""
    x, fed, plat = stage.x, stage.org("Fed"), stage.org("Plat")
    k = x.collection("collisions")
    for org in (fed, plat):
        x.grant(k, org.id, read=True, write=True)
    f1, f2 = (stage.client(next(r for r in stage.readers if r.name == n)) for n in ("f1", "f2"))
    p1 = stage.client(next(r for r in stage.readers if r.name == "p1"))
    secret = stix.campaign("red")
    f1.post(k, secret)
    for submitter in (f2, p1):
        fresh = stix.campaign("amber")
        taken = secret | {"object_marking_refs": [stix.TLP["amber"]], "name": "guess"}
        answers = [submitter.try_post(k, thing) for thing in (fresh, taken)]
        for status, thing in zip(answers, (fresh, taken)):
            status.pop("id")
            status.pop("request_timestamp")
            text = json.dumps(status, sort_keys=True).replace(thing["id"], "ID")
            assert '"failure_count": 0' in text
        shapes = [json.dumps(s, sort_keys=True).replace(t["id"], "ID")
                  for s, t in zip(answers, (fresh, taken))]
        assert shapes[0] == shapes[1]
    assert f1.object(k, secret["id"]).json()["objects"][0]["name"] == "a name", "the earlier"


def test_policy_changes_count_at_the_very_next_request(own_town):
    """G8, G10: rights are looked up on every request, another process's change counts at once."""
    t = own_town
    session = t.plat  # one connection, kept alive throughout
    thing = stix.campaign("amber")
    t.fed.post(t.k, thing)
    assert session.reads(t.k, thing["id"])
    t.x.run("org", "edit", t.org["plat"], "--ceiling", "green")
    assert not session.reads(t.k, thing["id"])
    t.x.run("org", "edit", t.org["plat"], "--ceiling", "amber")
    assert session.reads(t.k, thing["id"])
    t.x.grant(t.k, t.org["plat"], revoke=True)
    check_error(session.objects(t.k), 404)
    t.x.grant(t.k, "sector:platform", read=True)
    assert session.reads(t.k, thing["id"])
    t.x.run("org", "suspend", t.org["plat"])
    check_error(session.objects(t.k), (401, 403, 404))
    t.x.run("org", "reinstate", t.org["plat"])
    assert session.reads(t.k, thing["id"])
    t.x.run("token", "revoke", t.tokens["plat"][0])
    check_error(session.objects(t.k), 401)


def test_pages_answered_again_know_what_another_process_committed(own_town):
    """G10, O4: however often a page was answered from memory, the next answer is of now."""
    t = own_town
    session = t.plat  # one connection, kept alive throughout
    seen = []

    def ask_often():
        answers = {session.objects(t.k).content for _ in range(5)}
        assert len(answers) == 1, "nothing has changed meanwhile"
        return {o["id"] for o in json.loads(answers.pop()).get("objects", [])}
    for n in range(6):
        thing = stix.campaign("amber" if n % 2 else "green")
        t.x.import_text(t.k, t.org["fed"], stix.bundle(thing))
        seen.append(thing)
        assert ask_often() == {o["id"] for o in seen}
        t.x.run("org", "edit", t.org["plat"], "--ceiling", "green")
        assert ask_often() == {o["id"] for o in seen[::2]}
        t.x.run("org", "edit", t.org["plat"], "--ceiling", "amber")
        assert ask_often() == {o["id"] for o in seen}
    t.x.run("token", "revoke", t.tokens["plat"][0])
    for _ in range(3):
        check_error(session.objects(t.k), 401)


def test_a_listing_on_the_command_line_is_json_with_ids(own_town):
    t = own_town
    thing = stix.campaign("green")
    t.fed.post(t.k, thing)
    printed = parse_output(t.x.run("list", "--as", t.org["plat"], "--json").stdout)
    assert thing["id"] in json.dumps(printed)
