"""Every command of the contract: what it does, what it prints, how it fails."""

import json
import os
import re
import subprocess
import uuid
from pathlib import Path

import pytest

import objects as stix
from exchange import TOCSIN, CommandFailed, Exchange, tocsin
from house import fails
from taxii import Client, check_error

COMMANDS = ("init org person token cert collection grant audience import list show export withdraw "
            "purge pull push serve validate who audit backup restore rebuild fsck").split()


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
    line = "sha256 Fingerprint=" + ":".join(["EF"] * 32)  # as openssl prints it
    house.x.run("cert", "add", "--org", house.fed, "--fingerprint", line)
    assert "ef" * 32 in house.x.run("cert", "list").stdout
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


def test_a_search_on_the_command_line_finds_what_the_pages_find(house):
    """G1, L7: all of the words, by their beginnings, the newest first, of what that reader gets."""
    old = stix.campaign("green", name="Harbor lantern")
    new = stix.campaign("green", name="Harbor lanterns at night")
    sign = stix.indicator("green", name="Lantern in the harbor")
    house.put(old, new, sign)
    elsewhere = house.x.collection("unread")
    house.x.grant(elsewhere, house.fed, write=True)
    house.put(stix.campaign("green", name="Harbor lantern of others"), collection=elsewhere)

    def found(*more):
        return [r["id"] for r in house.x.rows("list", "--as", house.plat, *more)]
    assert found("--search", "HARBOR lant") == [sign["id"], new["id"], old["id"]]
    assert found("--search", "lantern night") == [new["id"]]
    assert found("--search", "harbor", "--type", "indicator") == [sign["id"]]
    assert found("--search", "harbor", "--collection", house.k)[0] == sign["id"]
    assert found("--search", "no such thing") == []
    for wrong, words in ((["--search", "harbor", "--versions"], "newest versions"),
                         (["--search", " "], "which words"), (["--search", "*"], "at least one"),
                         (["--search", "a b c d e f g h i"], "up to 8")):
        refused = house.x.run("list", "--as", house.plat, *wrong, check=False)
        assert refused.returncode != 0 and words in refused.stderr, refused.stderr


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


def test_broken_shoulds_are_kept_with_the_object(house):
    """L5: whoever reads it is told them, and the object is as it came; of a sound one are none."""
    sound = stix.indicator("green", name="Sign-in page", description="An imitation")
    odd = sound | {"id": stix.new_id("indicator"), "indicator_types": ["rumour"]}
    house.put(odd, sound)
    shown = house.x.json("show", odd["id"], "--as", house.plat)["items"][0]
    [warning] = shown["warnings"]
    assert "indicator_types[0]" in warning and "indicator-type-ov" in warning
    assert shown["object"] == odd
    assert "warnings" not in house.x.json("show", sound["id"], "--as", house.plat)["items"][0]


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


def test_reading_on_the_console_leaves_an_audit_row_and_no_receipt(own_house):
    """R1: what the operator reads as somebody was not given to them; that it was read is kept."""
    h = own_house
    h.x.person(h.plat, "p@example.org", ["publisher"])
    secret = stix.campaign("red")
    strict = stix.campaign("amber+strict")
    h.put(secret, author="p@example.org", org=h.plat)
    h.put(strict)
    h.x.run("list", "--as", h.plat, "--json")
    h.x.run("export", "--as", h.plat, "--collection", h.k)
    for wanted in (secret, strict):
        h.x.run("show", wanted["id"], "--as", h.plat, "--person", "p@example.org")
        owner = h.plat if wanted is secret else h.fed
        has = h.x.run("who", "has-seen", wanted["id"], "--as", owner, "--reason", "a test",
                      "--json").stdout
        assert h.plat not in has and "p@example.org" not in has
    rows = [r for r in h.x.rows("audit", "show") if r["verb"] == "console.read"]
    assert [r["detail"].split()[0] for r in rows] == ["list", "export", "show", "show"]
    assert all(h.plat in r["detail"] for r in rows)
    assert rows[1]["object"] == h.k and rows[2]["object"] == secret["id"]


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
