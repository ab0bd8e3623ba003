"""The demo's content, read as a visitor's tools would: valid, invented, and in its place.

Runs without a binary; where TOCSIN names one (or build/tocsin is there), it validates every bundle
too.
"""

import collections
import ipaddress
import json
import os
import re
import subprocess
import sys
import uuid
from datetime import datetime, timezone
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAKE = ROOT / "demo-exchange" / "make"
NOW = "2026-08-24T15:00:00"
AUDIENCE = "extension-definition--1c8ccade-bbc7-4bc2-bcbf-90b15c58db60"
SCO_NAMESPACE = uuid.UUID("00abedb4-aa42-466c-9c23-fed01a23d9cc")
SCO_KEYS = {
    "domain-name": ["value"], "email-addr": ["value"], "ipv4-addr": ["value"],
    "ipv6-addr": ["value"], "url": ["value"], "file": ["hashes", "name"],
    "user-account": ["user_id", "account_login"],
}
RANK = {
    "94868c89-83c2-464b-929b-a1a8aa3c8487": 0, "bab4a63c-aed9-4cf5-a766-dfca5abac2bb": 1,
    "55d920b0-5e8b-4f79-9ee9-91f868d9b421": 2, "939a9414-2ddd-4d32-a0cd-375ea402b003": 3,
    "e828b379-4e03-4974-9ac4-e53a884c97c1": 4, "34098fce-860f-48ae-8e50-ebd3cc5e41da": 1,
}
RED = 4
DOCUMENTATION = [ipaddress.ip_network(n) for n in
                 ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")]
# The relationships of STIX 2.1 that the demo may use; related-to joins anything.
ALLOWED = """
attack-pattern uses tool|campaign attributed-to intrusion-set|campaign uses attack-pattern
campaign uses infrastructure|campaign uses malware|campaign uses tool|campaign targets location
campaign targets vulnerability|course-of-action mitigates attack-pattern
course-of-action remediates vulnerability|domain-name resolves-to ipv4-addr
indicator based-on observed-data|indicator indicates campaign|indicator indicates malware
infrastructure consists-of observed-data|intrusion-set attributed-to threat-actor
malware downloads malware"""
ALLOWED = {tuple(rule.split()) for rule in re.split(r"[|\n]", ALLOWED) if rule}
PLAIN_NAMES = {"attack-pattern", "location", "file", "marking-definition"}


def dump(folder, *words):
    subprocess.run([sys.executable, MAKE, "--dump", folder, "--now", NOW, *words], check=True,
                   capture_output=True)
    return folder


@pytest.fixture(scope="module")
def dumped(tmp_path_factory):
    return dump(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def batches(dumped):
    """Bundle name -> its objects."""
    return {path.stem: json.loads(path.read_text("utf-8"))["objects"]
            for path in sorted((dumped / "bundles").glob("*.json"))}


@pytest.fixture(scope="module")
def objects(batches):
    return [thing for batch in batches.values() for thing in batch]


@pytest.fixture(scope="module")
def audiences(dumped):
    marks = json.loads((dumped / "audiences.json").read_text("utf-8"))["objects"]
    return {mark["id"]: mark for mark in marks}


def program():
    """The binary under test, as the black-box tests find it."""
    path = Path(os.environ.get("TOCSIN", ROOT / "build" / "tocsin"))
    if not path.is_file():
        pytest.skip(f"{path} is not built")
    return path


def text_of(folder):
    return {p.name: p.read_text("utf-8") for p in sorted(folder.rglob("*")) if p.is_file()}


def label(thing):
    ranks = [RANK[m.partition("--")[2]] for m in thing.get("object_marking_refs", ())
             if m.partition("--")[2] in RANK]
    return max(ranks, default=None)


def references(thing):
    for key, value in thing.items():
        if key.endswith("_ref"):
            yield value
        elif key.endswith("_refs"):
            yield from value


def test_same_seed_gives_the_same_bytes(dumped, tmp_path):
    assert text_of(dump(tmp_path / "again")) == text_of(dumped)


def test_another_seed_gives_other_ids(objects, tmp_path):
    other = dump(tmp_path / "other", "--seed", "7")
    text = "".join(text_of(other / "bundles").values())
    notes = [thing["id"] for thing in objects if thing["type"] == "note"]
    assert notes and not any(note in text for note in notes)


def test_holds_a_few_thousand_objects_of_many_types(objects):
    count = collections.Counter(thing["type"] for thing in objects)
    assert 3000 <= len(objects) <= 5000
    assert count["location"] == 57
    assert len(count) >= 25
    few = {"narrative", "language-content", "extension-definition", "vulnerability"}
    assert few <= set(count)


def test_every_label_and_every_named_audience_is_in_use(objects, audiences):
    """G3, G4."""
    assert {label(thing) for thing in objects} >= {0, 1, 2, 3, 4}
    used = {mark for thing in objects for mark in thing.get("object_marking_refs", ())}
    assert set(audiences) <= used


def test_speaks_of_no_real_domain(dumped):
    for name, text in text_of(dumped).items():
        found = re.findall(r"[\w-]+\.(?:gov|com|org|net|us|mil|edu|info)\b", text)
        assert not found, (name, found[:3])


def test_addresses_are_kept_for_documentation(objects):
    values = [ipaddress.ip_address(t["value"]) for t in objects
              if t["type"] in ("ipv4-addr", "ipv6-addr")]
    assert values
    assert all(any(v in n for n in DOCUMENTATION) for v in values)


def test_telephone_numbers_are_kept_for_fiction(dumped):
    rows = (dumped / "people.csv").read_text("utf-8").splitlines()[1:]
    assert len(rows) > 60
    numbers = [re.search(r"\+1 \d{3} (555 01\d\d)", row) for row in rows]
    assert all(numbers)
    assert len({n.group() for n in numbers}) == len(numbers)


def test_says_exercise_wherever_a_person_reads(objects, dumped):
    for thing in objects:
        said = [thing[k] for k in ("name", "content", "explanation", "abstract") if k in thing]
        if said and thing["type"] not in PLAIN_NAMES:
            assert all("EXERCISE" in words for words in said), thing["id"]
        if "created_by_ref" in thing and "spec_version" in thing:
            is_definition = thing["type"] == "extension-definition"
            assert is_definition or "exercise" in thing["labels"], thing["id"]
    rows = (dumped / "orgs.csv").read_text("utf-8").splitlines()[1:]
    assert all("(exercise)" in row for row in rows)


def test_no_version_is_given_twice(batches):
    seen = set()
    for name, batch in batches.items():
        for thing in batch:
            key = (name, thing["id"], thing.get("modified"))
            assert key not in seen, key
            seen.add(key)


def test_times_are_in_order_and_past(objects):
    for thing in objects:
        if "modified" not in thing:
            continue
        assert thing["created"] <= thing["modified"] <= NOW + ".000Z", thing["id"]
        for first, last in (("first_seen", "last_seen"), ("valid_from", "valid_until"),
                            ("first_observed", "last_observed")):
            if first in thing and last in thing:
                assert thing[first] < thing[last], thing["id"]


def test_observables_have_deterministic_ids(objects):
    for thing in objects:
        if thing["type"] not in SCO_KEYS:
            continue
        basis = {key: thing[key] for key in SCO_KEYS[thing["type"]]}
        text = json.dumps(basis, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert thing["id"] == f"{thing['type']}--{uuid.uuid5(SCO_NAMESPACE, text)}"


def test_relationships_are_those_of_the_standard(objects):
    for thing in objects:
        if thing["type"] == "relationship" and thing["relationship_type"] != "related-to":
            ends = [thing[k].partition("--")[0] for k in ("source_ref", "target_ref")]
            assert (ends[0], thing["relationship_type"], ends[1]) in ALLOWED, thing


def test_references_lead_somewhere(objects, audiences):
    known = {thing["id"] for thing in objects} | set(audiences)
    for thing in objects:
        for ref in references(thing):
            known_mark = ref.partition("--")[2] in RANK
            assert ref in known or known_mark or ref.startswith("identity--"), (thing["id"], ref)


def test_containers_are_as_narrow_as_their_contents(objects, audiences):
    """G7."""
    marks = {}
    for thing in objects:
        named = {m for m in thing.get("object_marking_refs", ()) if m in audiences}
        marks[thing["id"]] = (label(thing) or 0, named)
    for thing in objects:
        if thing["type"] not in ("report", "grouping"):
            continue
        for ref in thing["object_refs"]:
            assert marks[ref][0] <= marks[thing["id"]][0]
            assert marks[ref][1] <= marks[thing["id"]][1]


def test_audiences_are_the_contributors_own(objects, audiences):
    """G5: a definition of another contributor would keep the object at home."""
    owner = {}
    for thing in objects:
        for mark in thing.get("object_marking_refs", ()):
            if mark in audiences and "created_by_ref" in thing:
                assert thing["created_by_ref"] == audiences[mark]["created_by_ref"]
                owner[mark] = thing["created_by_ref"]
    assert owner


def test_red_has_an_author_and_names_people(batches, audiences):
    """G1c: RED opens to people named, so each has an audience of people and an author's batch."""
    found = 0
    for name, batch in batches.items():
        for thing in batch:
            if label(thing) != RED:
                continue
            found += 1
            assert "_exercise_example" in name, name
            named = [audiences[m] for m in thing["object_marking_refs"] if m in audiences]
            assert any(m["extensions"][AUDIENCE].get("people") for m in named), thing["id"]
    assert found >= 4


def test_some_objects_are_corrected_revoked_or_old(objects):
    versions = collections.Counter(t["id"] for t in objects if "modified" in t)
    assert sum(count > 1 for count in versions.values()) >= 8
    assert sum(thing.get("revoked", False) for thing in objects) >= 3
    assert sum("created" in t and "spec_version" not in t for t in objects) >= 5


def test_every_contributor_may_write_where_it_writes():
    """G9: the sectors granted write in a collection are those that the story has writing there."""
    sys.path.insert(0, str(ROOT / "demo-exchange"))
    from exercise import cast, write
    from exercise.stix import Ids

    world = write.whole(2018, datetime.fromisoformat(NOW), cast.names_from(Ids(2018)))
    sectors = {org.key: f"sector:{org.sector}" for org in cast.orgs()}
    members = {org.key for org in cast.orgs() if org.status == "member"}
    writers = {c.key: {to for to, rights in c.grants if "write" in rights}
               for c in cast.COLLECTIONS}
    for batch in world.log.batches.values():
        assert batch.org in members
        assert sectors[batch.org] in writers[batch.collection], batch.name


def test_the_binary_finds_nothing_to_say(dumped):
    """L5: no MUST broken, no SHOULD broken."""
    binary = program()
    for path in sorted((dumped / "bundles").glob("*.json")) + [dumped / "audiences.json"]:
        spec = ["--spec", "2.0"] if "stix20" in path.name else []
        done = subprocess.run([binary, "validate", *spec, path], capture_output=True, text=True,
                              check=False)
        said = done.stdout + done.stderr
        assert done.returncode == 0, (path.name, said[:2000])
        assert "; 0 break a SHOULD" in said, (path.name, said[:2000])


def test_the_sample_logs_meet_what_the_guide_says(tmp_path):
    binary = program()
    now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
    bundles = sorted((dump(tmp_path / "d", "--now", now) / "bundles").glob("*.json"))
    found = [word for path in bundles for word in ("--indicators", path)]
    report = tmp_path / "report"
    done = run(binary, "match", *found, "--logs", ROOT / "demo-exchange" / "logs", "--summary",
               "--report", report)
    assert done.returncode == 0, done.stderr
    met = {row["value"]: row["count"] for row in json.loads(report.read_text("utf-8"))["met"]}
    assert met == {"alaska-elections-office.example": 4, "alabama-observer-login.example": 2,
                   "alabamavote-help.example": 2, "https://alaska-elections-office.example/%": 1}
    guide = (ROOT / "docs" / "match.md").read_text("utf-8")
    for value, count in met.items():
        assert re.search(rf"^ +{count}  \w+ +{re.escape(value)} ", guide, re.MULTILINE)


def run(binary, *words, given=None):
    return subprocess.run([binary, *words], input=given, capture_output=True, text=True,
                          check=False)


def check_calls(binary, data):
    """Three briefings, made long ago by their versions; log and audit log are whole (L1, S15)."""
    listed = run(binary, "list", "--data", data, "--json", "--as",
                 "Continental Cyber Defense Office (exercise)", "--collection", "briefings",
                 "--type", "briefing")
    assert listed.returncode == 0, listed.stderr
    now = datetime.now(timezone.utc)
    versions = [row["version"].replace("Z", "+00:00") for row in json.loads(listed.stdout)["items"]]
    ages = [(now - datetime.fromisoformat(version)).days for version in versions]
    assert len(ages) == 3 and ages[0] in (25, 26, 27) and ages[1:] == [6, 0], versions
    checked = run(binary, "fsck", "--data", data)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    verified = run(binary, "audit", "--data", data, "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_the_calls_are_18_days_ago_in_20_minutes_and_a_draft(dumped):
    steps = json.loads((dumped / "calls.json").read_text("utf-8"))
    made = {step["name"]: step for step in steps if step["do"] == "make"}
    assert made["first"]["when"]["local"] == "2026-08-06T14:30"
    assert made["second"]["when"]["local"] == "2026-08-24T11:20"
    assert {step["do"] for step in steps if step.get("briefing") == "third"} == {"approve"}
    assert [step["at"] for step in steps if step.get("briefing")] == sorted(
        step["at"] for step in steps if step.get("briefing"))
    assert all(step["at"] <= NOW + ".000Z" for step in steps)


def test_files_are_at_the_address_where_the_exchange_is_served(tmp_path):
    elsewhere = dump(tmp_path / "elsewhere", "--address", "http://localhost:9000")
    steps = json.loads((elsewhere / "calls.json").read_text("utf-8"))
    assert {step["address"] for step in steps if step["do"] == "give"} == {"http://localhost:9000"}


def test_the_clerk_is_left_two_questions(dumped):
    steps = json.loads((dumped / "calls.json").read_text("utf-8"))
    attendance = next(step for step in steps if step["do"] == "attendance")
    clerk = named("vinton")
    assert {"was_there": True}.items() <= next(
        who for who in attendance["people"] if who["person"] == clerk).items()
    done = [(step["do"], step.get("briefing")) for step in steps if step["person"] == clerk]
    assert done == [("answer", "first")]


def named(org):
    """Who is on duty for an organization, as a dump without an exchange calls them."""
    sys.path.insert(0, str(ROOT / "demo-exchange"))
    from exercise import calls, cast
    from exercise.stix import Ids

    ids = Ids(2018)
    return calls.Story(cast.names_from(ids), ids, datetime.fromisoformat(NOW)).person(org)


@pytest.mark.parametrize("story, said", [
    ("{}", "a story is a JSON array of steps"),
    ('[{"do": "sing"}]', "step 1: there is nothing to do that is called 'sing'"),
    ('[{"do": "send"}]', 'step 1: "at" is a time such as'),
    ('[{"do": "send", "at": "2026-08-06T14:30:00Z"}]',
     'step 1: "person" and "org" are ids of this exchange'),
])
def test_a_story_that_lacks_something_is_refused_in_words(tmp_path, story, said):
    binary = program()
    made = run(binary, "init", "--data", tmp_path / "d", "--name", "Trial", "--demo")
    refused = run(binary, "demo", "--data", tmp_path / "d", "-", given=story)
    assert made.returncode == 0, made.stderr
    assert refused.returncode != 0
    assert said in refused.stderr


def test_a_story_is_for_demo_exchanges_only(tmp_path):
    binary = program()
    assert run(binary, "init", "--data", tmp_path / "d", "--name", "Trial").returncode == 0
    refused = run(binary, "demo", "--data", tmp_path / "d", "-", given="[]")
    assert refused.returncode == 5
    assert "demo exchange only" in refused.stderr


def test_the_binary_makes_the_exchange_once(tmp_path):
    """Secrets are for their owner alone; a second run leaves what is there."""
    binary = program()
    data = tmp_path / "exchange"
    line = [sys.executable, MAKE, "--tocsin", binary, "--data", data]
    first = subprocess.run(line, capture_output=True, text=True, check=False)
    assert first.returncode == 0, first.stderr
    summary = json.loads(first.stdout)
    assert Path(summary["secrets"]).stat().st_mode & 0o777 == 0o600
    assert len(summary["chairs"]) == 10
    secrets = json.loads(Path(summary["secrets"]).read_text("utf-8"))
    check_calls(binary, data)
    assert not any(chair["token"] in first.stdout for chair in secrets["chairs"])
    again = subprocess.run(line, capture_output=True, text=True, check=True)
    assert json.loads(again.stdout) == summary
    assert "left as it is" in again.stderr
