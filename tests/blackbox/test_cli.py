"""Every command of the contract: what it does, what it prints, how it fails (the command line)."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import uuid
from pathlib import Path

import pytest

import objects as stix
from exchange import SHARED, TOCSIN, CommandFailed, Exchange, parse_output, rows, tocsin
from taxii import Client, check_error

COMMANDS = ("init org person token cert collection grant audience import list show export withdraw "
            "purge pull push serve validate who audit backup restore rebuild fsck").split()
VECTORS = SHARED / "vectors" / "stix_objects.jsonl"


class House:
    """An exchange that is not served, with two organizations and a collection."""

    def __init__(self, data):
        x = self.x = Exchange(data)
        self.made = x.init()
        self.fed, self.plat = x.org("Fed", "federal", ["us"]), x.org("Plat", "platform")
        self.k = x.collection("K")
        for org in (self.fed, self.plat):
            x.grant(self.k, org, read=True, write=True)

    def put(self, *things, org=None, collection=None, author=None):
        self.x.import_text(collection or self.k, org or self.fed, stix.bundle(*things), author)

    def reads(self, id, org=None, *more):
        return self.x.run("show", id, "--as", org or self.plat, *more, check=False).returncode == 0


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    made = House(tmp_path_factory.mktemp("house") / "data")
    yield made
    made.x.stop()


@pytest.fixture
def own_house(tmp_path):
    made = House(tmp_path / "data")
    yield made
    made.x.stop()


def fails(done, *words):
    assert done.returncode != 0, done.stdout
    said = done.stderr.lower()
    assert said.strip(), "an error without words"
    for word in words:
        assert word.lower() in said, done.stderr
    return done


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command):
    done = tocsin(command, "--help")
    assert "tocsin " + command in done.stdout
    assert "example" in done.stdout.lower()


def test_without_or_with_an_unknown_command_it_says_what_there_is():
    for argv in ((), ("no-such-command",), ("--no-such-flag",)):
        fails(tocsin(*argv, check=False))
    assert "org" in tocsin("--help").stdout


@pytest.mark.parametrize("argv", [
    ("org", "add", "--name", "X"), ("org", "add", "--name", "X", "--sector", "none-such"),
    ("org", "add", "--name", "X", "--sector", "state", "--ceiling", "purple"),
    ("org", "add", "--name", "X", "--sector", "state", "--jurisdiction", "mars"),
    ("org", "show", "identity--9e3779b1-1111-4222-8333-000000000001"), ("org", "suspend", "x"),
    ("org", "list", "--no-such"), ("token", "add", "--org", "nobody", "--name", "x"),
    ("token", "revoke", "token--x"), ("collection", "add"), ("collection", "edit", "x"),
    ("grant", "--collection", "x", "--to", "all", "--read"), ("audience", "add", "--name", "x"),
    ("list",), ("show", "x"), ("export", "--as", "x"), ("withdraw", "x", "--as", "y"),
    ("who", "may-see", "x"), ("import", "--collection", "x", "--as", "y", "/no/such/file"),
    ("cert", "add", "--org", "x", "--fingerprint", "zz"), ("person", "suspend", "x@example.org"),
], ids=" ".join)
def test_what_is_missing_wrong_or_unknown_fails_with_words(house, argv):
    fails(house.x.run(*argv, check=False))


def test_init_prints_once_a_token_of_the_stewards_organization(tmp_path):
    x = Exchange(tmp_path / "data")
    made = x.init()
    assert made["id"]
    fails(x.run("init", "--name", "again", check=False))
    secret = made.get("secret") or made["token"]["secret"]
    assert secret not in json.dumps([p.read_bytes().decode("latin-1")
                                     for p in x.data.iterdir() if p.is_file()])
    assert (x.data / "tocsin.conf").read_text().count("#") > 3, "generated, commented"


def test_data_may_come_from_the_environment(house):
    env = dict(os.environ, TOCSIN_DATA=str(house.x.data))
    assert house.fed in tocsin("org", "list", env=env).stdout


def test_organizations_are_added_listed_edited_suspended_and_linked(house):
    """B2, B4, G4: the short forms of jurisdictions."""
    x = house.x
    id = x.org("Adams County", "local", ["39001"], "amber")
    assert re.fullmatch(r"identity--[0-9a-f-]{36}", id)
    shown = x.json("org", "show", id)
    assert shown["id"] == id and shown["name"] == "Adams County"
    assert "us-39-c001" in json.dumps(shown)
    state = x.org("Ohio", "state", ["39"])
    assert "us-39" in json.dumps(x.json("org", "show", state))
    x.run("org", "edit", id, "--name", "Adams", "--ceiling", "TLP:GREEN")
    assert x.json("org", "show", id)["name"] == "Adams"
    assert "green" in json.dumps(x.json("org", "show", id)).lower()
    x.run("org", "link", id, "part-of", state)
    assert state in json.dumps(x.json("org", "show", id))
    before = x.json("org", "show", id)
    x.run("org", "suspend", id)
    assert x.json("org", "show", id) != before
    x.run("org", "reinstate", id)
    assert x.json("org", "show", id) == before
    known = x.id_of("org", "add", "--name", "Asked", "--sector", "platform", "--status", "known")
    assert {id, state, known} <= {r["id"] for r in x.rows("org", "list")}


def test_organizations_and_people_come_from_tables(house, tmp_path):
    table = tmp_path / "orgs.csv"
    table.write_text('name,sector,jurisdiction,ceiling\n"Stark, County",local,39151,amber\n'
                     "Lucas,local,39095,\n")
    house.x.run("org", "import", table)
    by_name = {r["name"]: r for r in house.x.rows("org", "list")}
    assert {"Stark, County", "Lucas"} <= set(by_name)
    people = tmp_path / "people.csv"
    people.write_text(f"org,email,name,role\n{by_name['Lucas']['id']},l@example.org,El,publisher\n")
    house.x.run("person", "import", people)
    assert "l@example.org" in house.x.run("person", "list").stdout
    broken = tmp_path / "broken.csv"
    broken.write_text("name,sector\nGood,local\nBad,none-such\n")
    fails(house.x.run("org", "import", broken, check=False), "3")
    assert "Good" not in {r["name"] for r in house.x.rows("org", "list")}, "whole or nothing"


def test_people_sign_in_by_password_from_standard_input_only(house):
    x = house.x
    id = x.person(house.fed, "a@example.org", ["publisher"])
    assert id.startswith("identity--")
    assert x.person(house.plat, "a@example.org", ["member"]) == id, "a known e-mail: one account"
    for argv in (("person", "add", "--org", house.fed, "--email", "b@example.org", "--name", "b",
                  "--role", "member", "--password", "secret"),
                 ("person", "passwd", "a@example.org", "--password", "secret")):
        fails(x.run(*argv, check=False))
    x.run("person", "passwd", "a@example.org", "--password-stdin", stdin="another good one\n")
    x.run("person", "suspend", "a@example.org")
    x.run("person", "reinstate", "a@example.org")
    assert "correct horse" not in x.run("person", "list", "--json").stdout


def test_tokens_show_their_secret_once(house):
    x = house.x
    id, secret = x.token(house.fed, "a feed")
    assert re.fullmatch(r"token--[0-9a-f-]{36}", id) and len(secret) >= 43  # 256 bits, S10
    listed = x.run("token", "list", "--json").stdout
    assert id in listed and secret not in listed
    made = x.json("token", "add", "--org", house.fed, "--name", "short", "--expires", "90d")
    assert made["id"] in x.run("token", "list", "--json").stdout
    x.run("token", "revoke", id)
    fails(x.run("token", "add", "--org", house.fed, "--name", "x", "--expires", "soon",
                check=False))


def test_certificates_are_known_by_their_fingerprint(house):
    mark = "ab" * 32
    house.x.run("cert", "add", "--org", house.fed, "--fingerprint", mark)
    colons = ":".join(["CD"] * 32)
    house.x.run("cert", "add", "--org", house.fed, "--fingerprint", colons)
    assert mark in house.x.run("cert", "list").stdout.replace(":", "").lower()
    house.x.run("cert", "revoke", mark)
    fails(house.x.run("cert", "add", "--org", house.fed, "--fingerprint", "ab" * 31, check=False))


def test_collections_take_an_id_a_default_and_an_alias(house):
    x = house.x
    id = str(uuid.uuid4())
    assert x.id_of("collection", "add", "--title", "T", "--id", id, "--alias", "tee",
                   "--default-tlp", "TLP:Amber+Strict") == id
    fails(x.run("collection", "add", "--title", "T2", "--id", id, check=False))
    fails(x.run("collection", "add", "--title", "T3", "--alias", "tee", check=False))
    fails(x.run("collection", "add", "--title", "T4", "--id", "not-a-uuid", check=False))
    x.run("collection", "edit", id, "--title", "Tee")
    found = next(r for r in x.rows("collection", "list") if r["id"] == id)
    assert found["title"] == "Tee"


def test_grants_add_and_a_bare_revoke_takes_every_right(own_house):
    h = own_house
    thing = stix.campaign("green")
    h.put(thing)
    assert h.reads(thing["id"])
    h.x.grant(h.k, h.plat, revoke=True)
    assert not h.reads(thing["id"])
    h.x.grant(h.k, "sector:platform", read=True)
    assert h.reads(thing["id"])
    assert "sector:platform" in h.x.run("grant", "list").stdout
    h.x.run("grant", "--collection", h.k, "--to", "sector:platform", "--revoke")
    h.x.run("grant", "--collection", h.k, "--to", "all", "--read", "--until", "2000-01-01",
            check=False)
    assert not h.reads(thing["id"]), "a grant of the past"
    h.x.run("grant", "--collection", h.k, "--to", "all", "--read", "--until", "2999-01-01",
            "--purpose", "the exercise")
    assert h.reads(thing["id"])


def test_a_named_audience_is_made_and_used(house):
    """G4."""
    h = house
    id = h.x.id_of("audience", "add", "--as", h.fed, "--name", "platforms", "--sector", "platform")
    assert id.startswith("marking-definition--")
    seen, unseen = stix.campaign("green", id), stix.campaign(
        "green", h.x.id_of("audience", "add", "--as", h.fed, "--name", "Ohio",
                           "--jurisdiction", "39"))
    h.put(seen, unseen)
    assert (h.reads(seen["id"]), h.reads(unseen["id"])) == (True, False)
    assert id in h.x.run("audience", "list").stdout


@pytest.mark.parametrize("form", ["bundle", "envelope", "object", "lines", "stdin"])
def test_import_takes_bundles_envelopes_objects_lines_and_standard_input(house, tmp_path, form):
    things = [stix.campaign("green") for _ in range(1 if form == "object" else 3)]
    text = {"bundle": stix.bundle(*things), "envelope": stix.envelope(*things),
            "object": json.dumps(things[0], indent=1), "stdin": stix.bundle(*things),
            "lines": "".join(json.dumps(t) + "\n" for t in things)}[form]
    path = tmp_path / "things.json"
    path.write_text(text)
    argv = ["import", "--collection", house.k, "--as", house.fed]
    if form == "stdin":
        house.x.run(*argv, "-", stdin=text)
    else:
        house.x.run(*argv, path)
    for thing in things:
        shown = house.x.run("show", thing["id"], "--as", house.plat, "--raw").stdout
        assert json.dumps(thing) in shown or json.loads(shown) == thing


def test_import_into_several_collections_shows_an_object_once_on_the_command_line(house):
    """L3."""
    other = house.x.collection("second")
    house.x.grant(other, house.plat, read=True)
    house.x.grant(other, house.fed, write=True)
    thing = stix.campaign("green")
    house.x.run("import", "--collection", house.k, "--collection", other, "--as", house.fed, "-",
                stdin=stix.bundle(thing))
    listed = [r["id"] for r in house.x.rows("list", "--as", house.plat)]
    assert listed.count(thing["id"]) == 1
    alone = [r["id"] for r in house.x.rows("list", "--as", house.plat, "--collection", other)]
    assert alone == [thing["id"]]


def test_red_without_an_author_is_refused_and_with_one_is_theirs(own_house):
    """The contract of import; G1b."""
    h = own_house
    h.x.person(h.fed, "f@example.org")
    thing, mild = stix.campaign("red"), stix.campaign("green")
    done = h.x.import_text(h.k, h.fed, stix.bundle(thing, mild), check=False)
    fails(done, "author")
    assert not h.reads(thing["id"], h.fed)
    h.put(thing, author="f@example.org")
    assert not h.reads(thing["id"], h.fed)
    assert h.reads(thing["id"], h.fed, "--person", "f@example.org")


def test_import_says_which_objects_failed_and_why(house):
    bad = stix.campaign("green", confidence=1000)
    done = house.x.import_text(house.k, house.fed, stix.bundle(bad, stix.campaign("green")),
                               check=False)
    fails(done, bad["id"], "confidence")


def test_an_import_run_again_changes_nothing(house):
    """L2, L10."""
    things = [stix.campaign("green") for _ in range(5)]
    house.put(*things)
    before = house.x.run("export", "--as", house.plat, "--jsonl", "--all-versions").stdout
    house.put(*things)
    assert house.x.run("export", "--as", house.plat, "--jsonl",
                       "--all-versions").stdout == before


def test_show_prints_versions_and_the_raw_bytes(house):
    one = stix.campaign("green", x_n=1.5)
    text = json.dumps(one).replace("1.5", "1.50")
    house.x.run("import", "--collection", house.k, "--as", house.fed, "-", stdin=text)
    house.put(one | {"modified": stix.at(9)})
    assert text in house.x.run("show", one["id"], "--as", house.plat, "--versions", "--raw").stdout
    fails(house.x.run("show", stix.new_id("campaign"), "--as", house.plat, check=False))


def test_hidden_and_absent_are_told_the_same_way_on_the_command_line(house):
    """O1."""
    closed = house.x.collection("closed")
    house.x.grant(closed, house.fed, write=True)
    thing = stix.campaign("green")
    house.put(thing, collection=closed)
    said = []
    for id in (thing["id"], stix.new_id("campaign")):
        done = house.x.run("show", id, "--as", house.plat, check=False)
        said.append((done.returncode, done.stdout.replace(id, ""), done.stderr.replace(id, "")))
    assert said[0] == said[1]


def test_list_filters_by_type_and_collection(house):
    k = house.x.collection("typed")
    for org in (house.fed, house.plat):
        house.x.grant(k, org, read=True)
    a, b = stix.campaign("green"), stix.indicator("green")
    house.put(a, b, collection=k)
    got = [r["id"] for r in house.x.rows("list", "--as", house.plat, "--collection", k, "--type",
                                         "indicator")]
    assert got == [b["id"]]


def test_export_leaves_red_and_strict_out_and_counts_them_on_stderr(own_house):
    """G3: a carried one bars too (G6)."""
    h = own_house
    h.x.person(h.fed, "f@example.org")
    end = stix.campaign("amber+strict")
    strict = [end, stix.campaign("amber+strict")]
    pointing = stix.note([end["id"]], "green")
    plain = [stix.campaign(x) for x in ("clear", "green", "amber")]
    newer = plain[0] | {"modified": stix.at(5)}
    h.put(*plain, *strict, pointing, stix.campaign("red"), author="f@example.org")
    h.put(newer)
    done = h.x.run("export", "--as", h.fed, "--collection", h.k)
    bundle = json.loads(done.stdout)
    assert {o["id"] for o in bundle["objects"]} == {t["id"] for t in plain}
    assert newer in bundle["objects"] and plain[0] not in bundle["objects"]
    assert "3" in done.stderr
    lines = h.x.run("export", "--as", h.plat, "--collection", h.k, "--jsonl",
                    "--all-versions").stdout.splitlines()
    got = [json.loads(line) for line in lines]
    assert plain[0] in got and newer in got
    assert not {o["id"] for o in got} & {t["id"] for t in [*strict, pointing]}


def test_withdraw_is_delete_and_purge_removes_the_bytes(own_house):
    """L8."""
    h = own_house
    mark = "zanzibar-" + uuid.uuid4().hex
    thing = stix.campaign("green", description=mark)
    h.put(thing)
    fails(h.x.run("withdraw", thing["id"], "--as", h.plat, check=False))
    fails(h.x.run("withdraw", stix.new_id("campaign"), "--as", h.fed, check=False))
    h.x.run("withdraw", thing["id"], "--as", h.fed)
    assert not h.reads(thing["id"]) and not h.reads(thing["id"], h.fed)
    h.x.run("purge")
    held = b"".join(p.read_bytes() for p in h.x.data.rglob("*") if p.is_file())
    assert mark.encode() not in held
    h.x.run("fsck")
    h.put(thing)
    assert h.reads(thing["id"])


def test_who_may_see_and_who_has_seen(own_house):
    """R1, R2: by organization who may; who has only as counts, names for RED and with a reason."""
    h = own_house
    h.x.person(h.fed, "f@example.org")
    low = h.x.org("Low", "vendor", ceiling="green")
    h.x.grant(h.k, low, read=True)
    amber = stix.campaign("amber")
    h.put(amber)
    may = json.dumps(h.x.json("who", "may-see", amber["id"], "--as", h.fed))
    assert h.plat in may and low not in may
    fails(h.x.run("who", "may-see", amber["id"], "--as", h.plat, check=False))
    secret = h.x.token(h.plat)[1]
    h.x.serve()
    plat = Client(h.x.server.base, secret)
    assert plat.object(h.k, amber["id"]).status_code == 200
    h.x.stop()
    has = h.x.run("who", "has-seen", amber["id"], "--as", h.fed, "--json").stdout
    assert h.plat not in has, "no names for AMBER"
    unknown = h.x.run("who", "may-see", stix.new_id("campaign"), "--as", h.plat, check=False)
    hidden = h.x.run("who", "may-see", amber["id"], "--as", low, check=False)
    assert (unknown.returncode, unknown.stdout) == (hidden.returncode, hidden.stdout)


# Audit.


def audit_table(db):
    """The table whose rows are the audit log, found by its name."""
    names = [r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = [n for n in names if "audit" in n and "head" not in n]
    assert len(found) == 1, names
    return found[0]


def database(data):
    files = [p for p in data.iterdir() if p.read_bytes()[:15] == b"SQLite format 3"]
    for path in files:
        db = sqlite3.connect(path)
        names = {r[0] for r in db.execute("SELECT name FROM sqlite_master")}
        if any("audit" in n for n in names):
            return db
        db.close()
    raise AssertionError(f"no audit log in {files}")


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    """An exchange with some history; tests tamper with copies of it."""
    folder = tmp_path_factory.mktemp("record")
    h = House(folder / "data")
    for i in range(5):
        h.x.org(f"Org {i}", "state")
    h.put(stix.campaign("green"))
    head = h.x.run("audit", "head").stdout.strip()
    h.x.org("After", "state")
    h.x.run("audit", "verify")
    return h.x.data, head


@pytest.fixture
def copy(record, tmp_path):
    shutil.copytree(record[0], tmp_path / "data")
    return Exchange(tmp_path / "data")


def test_the_audit_chain_verifies_and_shows_who_did_what(record):
    """R3."""
    x = Exchange(record[0])
    x.run("audit", "verify")
    x.run("audit", "verify", "--against", record[1])
    assert "org" in x.run("audit", "show").stdout
    assert all("verb" in r or "action" in r for r in rows(x.json("audit", "show")))


@pytest.mark.parametrize("harm", ["change", "remove", "swap", "insert"])
def test_a_changed_removed_or_reordered_row_is_found(copy, harm):
    """R3: and the first is named."""
    db = database(copy.data)
    table = audit_table(db)
    columns = [r[1] for r in db.execute(f"PRAGMA table_info({table})")]
    n, third = columns[0], db.execute(f"SELECT * FROM {table} ORDER BY 1 LIMIT 1 OFFSET 2"
                                      ).fetchone()
    if harm == "change":
        text = next(c for c, v in zip(columns, third) if isinstance(v, str) and v and c != n)
        db.execute(f"UPDATE {table} SET {text} = {text} || 'x' WHERE {n} = ?", (third[0],))
    elif harm == "remove":
        db.execute(f"DELETE FROM {table} WHERE {n} = ?", (third[0],))
    elif harm == "swap":
        db.execute(f"UPDATE {table} SET {n} = -1 WHERE {n} = ?", (third[0],))
        db.execute(f"UPDATE {table} SET {n} = ? WHERE {n} = ?", (third[0], third[0] + 1))
        db.execute(f"UPDATE {table} SET {n} = ? WHERE {n} = -1", (third[0] + 1,))
    else:
        marks = ",".join("?" * len(columns))
        last = db.execute(f"SELECT max({n}) FROM {table}").fetchone()[0]
        db.execute(f"INSERT INTO {table} VALUES ({marks})", (last + 1, *third[1:]))
    db.commit()
    db.close()
    done = fails(copy.run("audit", "verify", check=False))
    if harm in ("change", "remove", "swap"):
        numbers = {int(w) for w in re.findall(r"\d+", done.stdout + done.stderr)}
        assert numbers & {third[0], third[0] + 1}, done.stderr


def test_cutting_the_end_is_found_against_a_kept_head(copy, record):
    """R3."""
    db = database(copy.data)
    table = audit_table(db)
    db.execute(f"DELETE FROM {table} WHERE rowid > 3")
    db.commit()
    db.close()
    fails(copy.run("audit", "verify", "--against", record[1], check=False))


def test_a_forged_head_is_refused(record):
    x = Exchange(record[0])
    head = record[1]
    i = len(head) - 10
    forged = head[:i] + ("0" if head[i] != "0" else "1") + head[i + 1:]
    fails(x.run("audit", "verify", "--against", forged, check=False))
    fails(x.run("audit", "verify", "--against", "nonsense", check=False))


# Keeping.


def make_key(x, folder):
    """A key for backups: by the program's own verb where it has one."""
    for argv in (("backup", "keygen"), ("backup", "key"), ("backup", "--new-key")):
        done = tocsin(*argv, folder / "key", check=False)
        if done.returncode == 0 and (folder / "key").exists():
            public = [p for p in folder.iterdir() if p.name.startswith("key.")]
            return (public[0] if public else done.stdout.strip()), folder / "key"
    pytest.skip("how to make a key for backups is not said: " + tocsin("backup", "--help").stdout)


def test_a_backup_restores_to_the_same_exchange(own_house, tmp_path):
    """S15: encrypted to a key the operator names; restore proves it."""
    h = own_house
    mark = "zanzibar-" + uuid.uuid4().hex
    h.put(*[stix.campaign("green", description=mark) for _ in range(20)])
    keys = tmp_path / "keys"
    keys.mkdir()
    public, secret = make_key(h.x, keys)
    out = tmp_path / "backup"
    h.x.serve()
    h.x.run("backup", "--to", out, "--key", public)
    h.x.stop()
    assert mark.encode() not in out.read_bytes()
    tocsin("restore", "--from", out, "--key", secret, "--data", tmp_path / "restored")
    other = Exchange(tmp_path / "restored")
    for command in (("export", "--as", h.plat, "--jsonl"), ("org", "list", "--json")):
        assert other.run(*command).stdout == h.x.run(*command).stdout
    other.run("fsck")
    other.run("audit", "verify")
    broken = tmp_path / "broken"
    data = bytearray(out.read_bytes())
    data[len(data) // 2] ^= 1
    broken.write_bytes(data)
    fails(tocsin("restore", "--from", broken, "--key", secret, "--data", tmp_path / "r2",
                 check=False))
    fails(tocsin("restore", "--from", out, "--key", secret, "--data", tmp_path / "restored",
                 check=False))


def test_rebuild_gives_what_was_there_and_fsck_agrees(own_house):
    """S15."""
    h = own_house
    things = [stix.campaign(x) for x in ("green", "amber", "clear")]
    h.put(*things, stix.note([things[0]["id"]], "green"), stix.campaign("amber"))
    h.x.run("withdraw", things[1]["id"], "--as", h.fed)
    before = h.x.run("export", "--as", h.plat, "--jsonl", "--all-versions").stdout
    h.x.run("fsck")
    h.x.run("rebuild")
    h.x.run("fsck")
    assert h.x.run("export", "--as", h.plat, "--jsonl", "--all-versions").stdout == before


def test_fsck_finds_a_lost_body(own_house):
    """S15: log, bytes, views and chains against each other."""
    h = own_house
    h.put(*[stix.campaign("green") for _ in range(3)])
    db = database(h.x.data)
    blobs = [(t, c) for (t,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'"
                                           ).fetchall()
             for c in [r[1] for r in db.execute(f"PRAGMA table_info({t})")] if c == "bytes"]
    assert blobs
    table, column = blobs[0]
    db.execute(f"UPDATE {table} SET {column} = x'7b7d' WHERE rowid = (SELECT max(rowid) "
               f"FROM {table})")
    db.commit()
    db.close()
    fails(h.x.run("fsck", check=False))


@pytest.mark.parametrize("kind", ["absent", "empty", "file", "foreign", "text", "newer"])
def test_a_wrong_foreign_or_newer_data_directory_is_named_as_such(tmp_path, kind):
    """S14."""
    data = tmp_path / "data"
    if kind == "file":
        data.write_text("x")
    elif kind in ("empty", "text"):
        data.mkdir()
        if kind == "text":
            Exchange(tmp_path / "real").init()
            for p in (tmp_path / "real").iterdir():
                if p.is_file():
                    (data / p.name).write_text("no database, but words " * 100)
    elif kind in ("foreign", "newer"):
        Exchange(data).init()
        path = next(p for p in data.iterdir() if p.read_bytes()[:15] == b"SQLite format 3")
        if kind == "foreign":
            path.unlink()
            sqlite3.connect(path).executescript("CREATE TABLE other (a); INSERT INTO other "
                                                "VALUES (1); PRAGMA user_version = 3;")
        else:
            make_newer(path)
    done = fails(Exchange(data).run("org", "list", check=False), "data")
    if kind == "newer":
        assert "newer" in done.stderr.lower()


def make_newer(path):
    """As a later release would leave it: its schema's number is higher, wherever that is kept."""
    db = sqlite3.connect(path)
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version:
        db.execute(f"PRAGMA user_version = {version + 1000}")
    for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if "migration" in table or "schema" in table:
            columns = db.execute(f"PRAGMA table_info({table})").fetchall()
            values = [9999 if "INT" in c[2].upper() else "9999_from_the_future" for c in columns]
            db.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(values))})", values)
    db.commit()
    db.close()


def test_a_locked_database_is_named_as_such(own_house):
    """S14."""
    db = database(own_house.x.data)
    db.execute("PRAGMA locking_mode = exclusive")
    db.isolation_level = None
    db.execute("BEGIN EXCLUSIVE")
    done = fails(own_house.x.run("org", "add", "--name", "X", "--sector", "state", check=False,
                                 timeout=60))
    assert re.search("lock|busy|in use", done.stderr.lower())
    db.execute("ROLLBACK")
    own_house.x.org("X", "state")


def test_every_command_works_while_the_server_runs(own_house):
    """S13, G10."""
    h = own_house
    h.x.serve()
    thing = stix.campaign("green")
    h.put(thing)
    h.x.person(h.fed, "f@example.org")
    assert h.reads(thing["id"])
    h.x.run("export", "--as", h.plat)
    h.x.run("withdraw", thing["id"], "--as", h.fed)
    h.x.run("purge")
    h.x.run("audit", "verify")
    h.x.run("fsck")
    assert h.x.server.is_running()


# Between exchanges.


def test_pull_takes_everything_once_and_goes_on_where_it_stopped(own_house, tmp_path):
    """The contract of pull: resumable, never losing."""
    h = own_house
    things = [stix.campaign("green") for _ in range(30)]
    h.put(*things, stix.campaign("amber+strict"))
    secret = tmp_path / "token"
    secret.write_text(h.x.token(h.plat)[1] + "\n")
    other = House(tmp_path / "other")
    h.x.serve()
    argv = ["pull", h.x.server.base + "/exchange/", "--collection", h.k, "--into", other.k, "--as",
            other.fed, "--token-file", secret]
    other.x.run(*argv)
    want = {t["id"] for t in things}
    assert want <= {r["id"] for r in other.x.rows("list", "--as", other.plat)}
    late = stix.campaign("green")
    h.put(late)
    other.x.run(*argv)
    lines = other.x.run("export", "--as", other.plat, "--jsonl", "--collection", other.k,
                        "--all-versions").stdout.splitlines()
    assert sorted(json.loads(x)["id"] for x in lines) == sorted(want | {late["id"]})
    out = tmp_path / "out.json"
    tocsin("pull", h.x.server.base + "/exchange/", "--collection", h.k, "--out", out,
           "--token-file", secret)
    assert all(t["id"] in out.read_text() for t in things)
    secret.write_text("wrong\n")
    fails(tocsin("pull", h.x.server.base + "/exchange/", "--collection", h.k, "--out", out,
                 "--token-file", secret, check=False))


def test_push_sends_everything_once(own_house, tmp_path):
    """The contract of push: never sending twice; RED and STRICT never leave (G3)."""
    h = own_house
    secret = tmp_path / "token"
    secret.write_text(h.x.token(h.fed)[1] + "\n")
    other = House(tmp_path / "other")
    things = [stix.campaign("green") for _ in range(20)]
    strict = stix.campaign("amber+strict")
    other.put(*things, strict)
    h.x.serve()
    argv = ["push", h.x.server.base + "/exchange/", "--collection", h.k, "--token-file", secret]
    # --collection names the remote one first, then the local one.
    local = ["--data", other.x.data, "--collection", other.k, "--as", other.fed]
    tocsin(*argv, *local)
    got = {r["id"] for r in h.x.rows("list", "--as", h.plat, "--collection", h.k)}
    assert got == {t["id"] for t in things}
    log_before = h.x.server.words().count("POST")
    tocsin(*argv, *local)
    assert h.x.server.words().count("POST") == log_before
    file = tmp_path / "more.json"
    more = stix.campaign("green")
    file.write_text(stix.bundle(more))
    tocsin(*argv, file)
    assert h.reads(more["id"])


# Validation.


def vectors():
    return [json.loads(line) for line in VECTORS.read_text().splitlines()]


@pytest.mark.skipif(not VECTORS.exists(), reason="no ../shared/vectors beside the checkout")
def test_validate_agrees_with_the_vectors(tmp_path):
    """L5: what is refused is refused, what is warned of is taken."""
    wrong = []
    for case in vectors():
        path = tmp_path / f"{case['case']}.json"
        path.write_bytes(case["text"].encode("utf-8", "surrogatepass"))
        done = tocsin("validate", path, check=False)
        if (done.returncode == 0) != case["valid"]:
            wrong.append((case["case"], case["valid"], case["reason"], done.stdout[:200],
                          done.stderr[:200]))
        elif case["level"] == "SHOULD" and "should" not in (done.stdout + done.stderr).lower():
            wrong.append((case["case"], "no warning", case["reason"], done.stdout[:200]))
    assert not wrong, "\n".join(map(str, wrong))


def test_validate_names_object_path_rule_and_section(tmp_path):
    path = tmp_path / "bad.json"
    bad = stix.campaign("green", confidence=1000)
    path.write_text(stix.bundle(bad))
    done = tocsin("validate", path, check=False)
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert bad["id"] in said and "confidence" in said and re.search(r"\d\.\d", said)
    shown = parse_output(tocsin("validate", "--json", path, check=False).stdout)
    assert "confidence" in json.dumps(shown)


def test_validate_judges_by_2_1_unless_told(tmp_path):
    """L4."""
    path = tmp_path / "old.json"
    path.write_text(json.dumps(stix.old_campaign("green", x_any=1)))
    tocsin("validate", "--spec", "2.0", path)
    assert tocsin("validate", path, check=False).returncode != 0
    fails(tocsin("validate", "--spec", "3", path, check=False))


def test_secrets_never_stand_on_the_command_line():
    """The contract: no flag takes one."""
    for command in COMMANDS:
        said = tocsin(command, "--help").stdout
        assert not re.search(r"--(password|secret|token)(?!-stdin|-file)[ =](?!ID)[A-Z]", said), \
            command


def test_output_that_cannot_be_written_is_a_failure(house):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([TOCSIN, "org", "list", "--data", str(house.x.data)], stdout=full,
                              stderr=subprocess.PIPE, text=True, timeout=20)
    assert done.returncode != 0 and done.stderr


def test_wrong_usage_and_refusals_have_exit_codes_of_their_own(house):
    """The table of the man page: usage differs from what is not there."""
    usage = house.x.run("org", "add", check=False).returncode
    absent = house.x.run("org", "show", "identity--9e3779b1-1111-4222-8333-000000000001",
                         check=False).returncode
    assert usage != absent and 0 not in (usage, absent)
    with pytest.raises(CommandFailed):
        house.x.run("org", "add")


def test_a_suspended_person_no_longer_signs_in(own_house):
    h = own_house
    h.x.person(h.fed, "f@example.org")
    secret = h.x.token(h.fed, "f", person="f@example.org")[1]
    h.x.serve()
    clients = [Client(h.x.server.base, secret),
               Client(h.x.server.base, basic=("f@example.org", "correct horse battery"))]
    assert [c.objects(h.k).status_code for c in clients] == [200, 200]
    h.x.run("person", "suspend", "f@example.org")
    for client in clients:
        check_error(client.objects(h.k), (401, 403))
