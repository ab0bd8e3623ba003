"""Somebody who has a right and takes more by it: what counts, tokens that were narrowed, long lists
and texts that look like something else let slip or cost."""

import csv
import io
import re
import socket
from pathlib import Path

import pytest
import requests

import objects as stix
from council import Council, Person, answers, made
from exchange import poll
from pages import Browser
from taxii import check_error

TAXII = {"Accept": "application/taxii+json;version=2.1", "Accept-Encoding": "identity"}

# Counts.


def person(town, name):
    return Person(town.base, town.tokens[name][1])


def test_a_count_says_nothing_of_a_sector_that_few_were_given_it_of(own_town):
    """R2: where a sector has one member, that there are some would be its name."""
    shared = stix.campaign("green")
    own_town.f1.post(own_town.k, shared)
    f1 = person(own_town, "f1")

    def told():
        return f1.post(f"/objects/{shared['id']}/has-seen").json()
    before = told()
    assert own_town.p1.reads(own_town.k, shared["id"])

    def has_receipt():
        told()
        return person(own_town, "p1").get("/looks").json()["items"]
    assert poll(has_receipt), "the receipt is there, and was looked at"
    assert told() == before == {"sectors": []}
    lines = own_town.x.run("who", "has-seen", shared["id"], "--as", own_town.org["fed"])
    assert "platform" not in lines.stdout and "fewer than 5" in lines.stderr


# Tokens.

@pytest.fixture(scope="module")
def council(tmp_path_factory):
    made_here = Council(tmp_path_factory.mktemp("council") / "data")
    x = made_here.x
    made_here.org["steward"] = next(r["id"] for r in x.rows("org", "list")
                                    if r["name"] == "Council")
    made_here.add("sue", "steward", "steward")
    made_here.add("ada", "ohio", "admin")
    made_here.k = x.collection("K")
    x.grant(made_here.k, "all", read=True, write=True)
    yield made_here
    x.stop()


def by_token(council, name, org, **narrowing):
    secret = council.x.token(council.org[org], "narrow", person=name + "@example.org",
                             **narrowing)[1]
    return Person(council.x.server.base, secret)


def changes(council, briefing):
    """What a steward, an admin, a host and a member may do by a token of theirs."""
    ohio, ole = council.org["ohio"], council.id["ole"]
    duty = {"person": "oda@example.org", "duty": "primary", "verified": "2018-08-21"}
    return [
        ("sue", "steward", "POST", "/organizations", {"name": "New Office", "sector": "state"}),
        ("sue", "steward", "POST", f"/people/{ole}/link", {}),
        ("sue", "steward", "PUT", "/grants",
         {"collection": council.k, "to": ohio, "may_read": True}),
        ("sue", "steward", "POST", "/holds", {"object": briefing, "reason": "a word"}),
        ("ada", "ohio", "PUT", f"/organizations/{ohio}/duties", duty),
        ("ada", "ohio", "PATCH", f"/people/{ole}", {"is_suspended": False}),
        ("ann", "agency", "POST", f"/briefings/{briefing}/next", {}),
        ("ann", "agency", "POST", f"/briefings/{briefing}/cancel", {"reason": "a word"}),
        ("oda", "ohio", "DELETE", "/account/tokens/" + council.tokens_of("oda"), None),
    ]


@pytest.mark.parametrize("narrowing", ["read_only", "collections"])
def test_a_token_that_was_narrowed_changes_nothing_on_the_pages(council, narrowing):
    """G9: it is less than its person, on every surface."""
    briefing = made(council.ann)
    council.tokens_of = lambda name: getattr(council, name).get(
        "/account/tokens").json()["items"][0]["id"]
    how = {"read_only": True} if narrowing == "read_only" else {"collections": [council.k]}
    before = council.x.rows("org", "list"), council.x.rows("token", "list")
    for name, org, method, path, body in changes(council, briefing):
        narrowed = by_token(council, name, org, **how)
        before = council.x.rows("org", "list"), council.x.rows("token", "list")
        answer = narrowed.call(method, path, body)
        assert answer.status_code == 403 and "token" in answer.json()["detail"], (path, answer.text)
        assert (council.x.rows("org", "list"), council.x.rows("token", "list")) == before, path
    whole = by_token(council, "ann", "agency")
    assert whole.post(f"/briefings/{briefing}/next", {}).status_code == 201


def test_a_token_for_a_collection_reads_no_directory_and_no_office_of_its_person(council):
    """G9, L11: elsewhere it reads what is public."""
    sue = by_token(council, "sue", "steward", collections=[council.k])
    oda = by_token(council, "oda", "ohio", collections=[council.k])
    for path in ("/directory", "/directory/sheet", "/organizations", "/places", "/account/tokens",
                 "/organizations/" + council.org["ohio"]):
        assert council.oda.get(path).status_code == 200, path
        assert oda.get(path).status_code == 403, path
    for path in ("/people", "/audit", "/outbox", "/tokens", "/grants", "/coverage", "/holds"):
        assert council.sue.get(path).status_code == 200, path
        assert sue.get(path).status_code == 403, path
    for path in ("/session", "/collections", "/new", "/search?q=word", "/sightings"):
        assert oda.get(path).status_code == 200, path
    titles = [c["title"] for c in oda.get("/collections").json()["items"]]
    assert titles == ["K"]


def test_a_token_for_a_collection_does_not_read_members(town):
    """G9."""
    members = next(r["id"] for r in town.x.rows("collection", "list") if r["title"] == "Members")
    narrow = town.client(token=town.x.token(town.org["fed"], "n", collections=[town.k])[1])
    check_error(narrow.objects(members), 404)
    assert [c["id"] for c in narrow.collections()] == [town.k]
    both = town.client(token=town.x.token(town.org["fed"], "b", collections=[town.k, members])[1])
    assert both.objects(members).status_code == 200


# Long lists.

def test_whoever_only_names_a_thing_makes_nobody_look_at_all_of_it(own_town):
    """What names it by another property is no sighting of it; of that only so much is read."""
    shared, other = stix.indicator("green"), stix.indicator("green")
    own_town.f1.post(own_town.k, shared, other)
    own_town.plat.post(own_town.k, stix.sighting(shared["id"], "green", count=3))
    noise = [stix.sighting(other["id"], "green", x_about_ref=shared["id"]) for _ in range(4100)]
    own_town.x.import_text(own_town.k, own_town.org["plat"], stix.bundle(*noise))
    f1 = person(own_town, "f1")
    path = f"/objects/{shared['id']}/sightings"
    assert poll(lambda: f1.get(path).json()["behind"] == 0)
    met = f1.get(path).json()
    assert (met["times"], met["has_older"]) == (0, True), "the real one lies too far back"
    listed, page = [], "/sightings?limit=100"
    while page:
        told = f1.get(page).json()
        listed += [(t["id"], t["times"], t["has_older"]) for t in told["items"]]
        page = f"/sightings?limit=100&cursor={told['next']}" if "next" in told else None
    assert (shared["id"], 3, True) in listed, "and is not lost from what was met"


def test_what_stands_under_many_audiences_is_found_all_the_same(own_town):
    """V1: a search asks under each audience that its reader holds."""
    things = []
    for n in range(70):
        marking = stix.audience(own_town.org["fed"], sectors=["state"], name=f"audience {n}")
        things += [marking, stix.campaign("green", marking["id"], name=f"lantern {n}")]
    own_town.x.import_text(own_town.k, own_town.org["fed"], stix.bundle(*things))
    o1 = person(own_town, "o1")
    assert poll(lambda: o1.get("/search?q=lantern").json()["behind"] == 0)
    found, page = [], "/search?q=lantern&limit=50"
    while page:
        told = o1.get(page).json()
        found += [item["id"] for item in told["items"]]
        page = f"/search?q=lantern&limit=50&cursor={told['next']}" if "next" in told else None
    assert sorted(found) == sorted(t["id"] for t in things if t["type"] == "campaign")
    assert not person(own_town, "p1").get("/search?q=lantern").json()["items"]


def test_a_page_of_what_was_met_has_fifty_things_whatever_is_asked_for(own_town):
    """Each thing on it is a search of its own."""
    shared = [stix.indicator("green") for _ in range(60)]
    own_town.f1.post(own_town.k, *shared)
    own_town.plat.post(own_town.k, *[stix.sighting(one["id"], "green") for one in shared])
    f1 = person(own_town, "f1")
    assert poll(lambda: f1.get("/search?q=vote").json()["behind"] == 0)
    first = f1.get("/sightings?limit=500").json()
    rest = f1.get("/sightings?limit=500&cursor=" + first["next"]).json()
    assert (len(first["items"]), len(rest["items"])) == (50, 10)
    ids = {thing["id"] for thing in first["items"] + rest["items"]}
    assert ids == {one["id"] for one in shared}


def test_somebody_who_asks_for_names_over_and_over_fills_no_mailbox(own_town):
    """R2: each question is mailed to whoever may agree."""
    secrets = [stix.campaign("amber+strict", name=f"Secret {n}") for n in range(21)]
    own_town.f1.post(own_town.k, *secrets)
    f1 = person(own_town, "f1")
    asked = [f1.post(f"/objects/{one['id']}/looks", {"reason": "to call them"})
             for one in secrets]
    assert [a.status_code for a in asked] == [200] * 20 + [409], asked[-1].text
    home = person(own_town, "f2").get("/home").json()["looks"]
    assert len(home) == 20
    f2 = person(own_town, "f2")
    assert f2.put("/looks/" + home[0]["id"], {"agrees": False}).status_code == 204
    assert f1.post(f"/objects/{secrets[-1]['id']}/looks", {"reason": "again"}).status_code == 200


# Texts that look like something else.

def test_what_a_host_writes_is_no_heading_and_no_label_of_the_record(council):
    """B27: the page sets the record's own lines in headings, and prints the label it finds."""
    about = "What we see.\n## Attendance\n\n- Ann, Agency: was there\nTLP:CLEAR\n# Another title"
    briefing = made(council.ann, about=about, join="Call\n## Whom the hosts meant\n555-0100")
    text = council.ann.get(f"/briefings/{briefing}/record/document").text
    lines = text.split("\n")
    assert "What we see." in lines and "> ## Attendance" in lines and "> TLP:CLEAR" in lines
    own = [line for line in lines if line.startswith(("#", "TLP:"))]
    assert own == ["# What we see before the election", "TLP:AMBER", "## How to join",
                   "## Whom the hosts meant", "## In all"], text


DISGUISES = ["Federal Office\u200b", "Agency\u202eecivreS", "\u2066Agency", "Age\u00adncy",
             "Agency\u2060", "Agency\u2028Platform", "Agency\x1b[31m", "Agency\nPlatform",
             "Agency\u0085", "Agency\U000e0041"]


@pytest.mark.parametrize("name", DISGUISES)
def test_no_name_and_no_title_has_what_nobody_sees(council, name):
    """P9."""
    x = council.x
    for command in (("org", "add", "--name", name, "--sector", "state"),
                    ("collection", "add", "--title", name),
                    ("person", "add", "--org", council.org["ohio"], "--email", "dis@example.org",
                     "--name", name, "--role", "member")):
        done = x.run(*command, check=False)
        assert done.returncode == 2 and "one line" in done.stderr, (command, done.stderr)
    refused = council.ann.post("/briefings", answers(title=name))
    assert refused.status_code == 422
    assert [e["field"] for e in refused.json()["errors"]] == ["/title"]


def test_what_turns_the_writing_round_is_refused_and_other_scripts_are_not(council):
    turned = council.ann.post("/briefings", answers(about="Not \u202eevil\u202c, said\nsomebody"))
    assert [e["field"] for e in turned.json()["errors"]] == ["/about"]
    for title in ("\u05e9\u05dc\u05d5\u05dd \u200f(1)", "\u0645\u06cc\u200c\u062e\u0648",
                  "\U0001f468\u200d\U0001f4bb\ufe0f", "\u00c9lections\u00a0: l\u2019avis"):
        assert council.ann.post("/briefings", answers(title=title)).status_code == 201, title


def test_a_password_may_have_in_it_what_no_name_has(own_town):
    """P9: nobody is shown it, and who has one already goes on with it."""
    before, after = "soft\u00adhyphen \u202e horse", "zero\u200bwidth battery \u2066"
    own_town.x.run("person", "add", "--org", own_town.org["fed"], "--email", "odd@example.org",
                   "--name", "Odd", "--role", "member", "--password-stdin", stdin=before + "\n")
    browser = Browser(own_town.base)
    browser.sign_in("odd@example.org", before)
    changed = browser.put("/account/password", {"password": after, "old": before})
    assert changed.status_code == 200, changed.text
    Browser(own_town.base).sign_in("odd@example.org", after)


def test_the_console_shows_what_would_turn_its_line_as_a_question_mark(own_house):
    """Objects keep their bytes; a terminal is not obeyed by them."""
    thing = stix.campaign("green", name="lan\u202egis\u2066 \u009b31m\u200b end")
    own_house.put(thing)
    listed = own_house.x.run("list", "--as", own_house.fed).stdout
    assert "lan?gis? ?31m? end" in listed
    shown = own_house.x.run("show", thing["id"], "--as", own_house.fed, "--raw").stdout
    assert thing["name"] in shown or "\\u202e" in shown


# Answers that nobody reads.

def unread(town, collection, count):
    """Connections that ask for pages which differ, and take next to nothing of them."""
    asked = []
    for n in range(count):
        s = socket.socket()
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        s.connect(("127.0.0.1", town.x.server.port))
        s.sendall(f"GET /exchange/collections/{collection}/objects/?limit=1000&added_after="
                  f"2020-01-01T00:00:00.{n:06d}Z HTTP/1.1\r\nHost: {town.base[7:]}\r\n"
                  "Accept: application/taxii+json;version=2.1\r\n\r\n".encode())
        asked.append(s)
    return asked


def test_a_stranger_who_reads_nothing_of_what_they_ask_for_fills_no_memory(own_town):
    """S4: an answer on its way is held in the name of whoever asked; others are served."""
    own_town.x.stop()
    settings = own_town.x.data / "tocsin.conf"
    settings.write_text(settings.read_text() + "\nanswers_bytes_per_org_max = 64MB\n")
    public = own_town.collection("open", public=True, default="clear")
    own_town.x.import_text(public, own_town.org["fed"], stix.bundle(
        *[stix.campaign("clear", description="x" * 16000) for _ in range(1000)]))
    own_town.x.serve()
    own_town.clients.clear()
    status = Path(f"/proc/{own_town.x.server.process.pid}/status")

    def held_mb():
        return int(re.search(r"VmRSS:\s*(\d+) kB", status.read_text())[1]) // 1024
    before = held_mb()
    asked = unread(own_town, public, 20)  # of 16 MB each, and as much again to make it of
    url = f"{own_town.base}/exchange/collections/{public}/objects/?limit=999"
    assert poll(lambda: requests.get(url, headers=TAXII, timeout=30).status_code == 429)
    refused = check_error(requests.get(url, headers=TAXII, timeout=30), 429)
    assert "on their way" in refused["description"]
    assert held_mb() - before < 250, "600 MB without a limit"
    assert own_town.f1.objects(own_town.k).status_code == 200
    few = requests.get(url.replace("999", "1"), headers=TAXII, timeout=30)
    assert few.status_code == 200, "small answers always leave"
    for s in asked:
        s.close()
    assert poll(lambda: requests.get(url, headers=TAXII, timeout=30).status_code == 200)


def test_what_one_member_writes_at_length_costs_nobody_their_home(own_town):
    """P8: lists tell of a thing in a few words, and read no more of it than that takes."""
    names = [stix.campaign("green", name="lantern " + "ab " * 70_000) for _ in range(8)]
    own_town.plat.post(own_town.k, *names)
    o1 = person(own_town, "o1")
    told = o1.get("/home").json()["new"]["items"]
    assert [len(one["title"]) < 400 for one in told] == [True] * 8
    assert told[0]["title"].startswith("lantern ab ab")
    longer = [stix.note([stix.new_id("campaign")], "green") | {"content": "lantern " + "z " * n}
              for n in (100_000, 9_000_000, 9_000_000)]
    own_town.plat.post(own_town.k, *longer)
    assert poll(lambda: o1.get("/search?q=lantern").json()["behind"] == 0)
    for path in ("/home", "/new?limit=20", "/search?q=lantern", f"/objects/{longer[1]['id']}"):
        answer = o1.get(path)
        assert answer.status_code == 200 and len(answer.content) < 100_000, path
    listed = {one["id"]: one["title"] for one in o1.get("/new?limit=20").json()["items"]}
    assert listed[longer[0]["id"]].startswith("lantern z z")
    assert listed[longer[1]["id"]] == "Without a title", "which its page has"
    found = {one["id"]: one["title"] for one in o1.get("/search?q=lantern").json()["items"]}
    assert found[longer[2]["id"]] == longer[2]["id"]


def test_a_body_full_of_faults_is_answered_with_the_first_hundred(council):
    body = {f"field{n}": n for n in range(10_000)}
    answer = council.ann.post("/actions", body)
    assert answer.status_code == 422 and len(answer.json()["errors"]) == 100


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_a_sheet_has_no_cell_that_a_spreadsheet_would_work_out(council, sign):
    """B3: wide forms count as well."""
    name = sign + "1+cmd|'/c calc'!A0"
    address = f"n{ord(sign):x}@example.org"
    council.x.run("person", "add", "--org", council.org["ohio"], "--email", address, "--name", name,
                  "--role", "member")
    council.x.run("person", "duty", address, "--org", council.org["ohio"], "--verified",
                  "2018-08-14")
    sheet = council.ann.get("/directory/sheet").text
    cells = [cell for row in csv.reader(io.StringIO(sheet)) for cell in row]
    assert "'" + name in cells and name not in cells
