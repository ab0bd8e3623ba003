"""Somebody who was let in and stays, or comes to more by it: what a session, a link or an office
from before is still good for, and what is kept of whom without counting as theirs."""

import os
import re
import sqlite3
from pathlib import Path

import pytest

import objects as stix
from council import Council, Person, give, hand_in, made
from exchange import poll
from pages import App, Browser, problem
from passkeys import Passkey
from test_stealing import add_person, browser_of


def at_localhost(town):
    """Browsers make passkeys for localhost, never for an address."""
    return town.base.replace("127.0.0.1", "localhost")


def add_passkey(browser):
    key = Passkey(browser.base, "localhost")
    options = browser.post("/account/passkeys").json()
    browser.keep(browser.put("/account/passkeys", {"name": "Laptop", **key.make(options)}))
    return key


def signed_in(base, email="f1@example.org"):
    browser = Browser(base)
    browser.sign_in(email)
    return browser


def steward_org(town):
    return next(r["id"] for r in town.x.rows("org", "list") if r["name"] == "Election Exchange")


def strong(town, org, email, role):
    return Browser.strong(town.base, add_person(town, org, email, role))


# Sessions from before.

def test_an_app_begun_with_the_password_alone_is_not_added_beside_a_second_step(own_town):
    """B6: whoever has only the password begins one, and waits until the owner has set a passkey."""
    base = at_localhost(own_town)
    thief, owner = signed_in(base), signed_in(base)
    begun = thief.post("/account/totp", {"name": "Mine"}).json()
    add_passkey(owner)
    confirmed = thief.put("/account/totp", {"code": App(begun["secret"]).code()})
    assert confirmed.status_code in (401, 403), confirmed.text
    account = owner.get("/account").json()
    assert [one["kind"] for one in account["authenticators"]] == ["passkey"]


def test_what_a_password_alone_has_opened_ends_when_a_second_step_is_set(own_town):
    """B6: beside a second step a password alone opens nothing, nor keeps anything open."""
    early, owner = signed_in(own_town.base), signed_in(own_town.base)
    assert early.get("/home").status_code == 200
    owner.add_app()
    problem(early.get("/home"), 401, "Sign in")
    assert owner.get("/home").status_code == 200
    again = signed_in(own_town.base)
    problem(again.get("/home"), 401, "second step")


def test_a_session_of_two_steps_goes_on_when_another_is_set(own_town):
    base = at_localhost(own_town)
    first = signed_in(base)
    app = first.add_app()
    second = signed_in(base)
    second.keep(second.post("/session/second", {"code": app.code()}))
    add_passkey(second)
    assert first.get("/home").status_code == second.get("/home").status_code == 200


def test_what_ended_with_a_suspension_does_not_come_back_with_the_account(own_town):
    """B6: sessions and links are those of whoever was there before; tokens rest."""
    ohio = own_town.org["ohio"]
    admin = strong(own_town, ohio, "ada@example.org", "admin")
    before = browser_of(own_town, "o1@example.org")
    invited = admin.post("/people", {"organization": ohio, "email": "new@example.org",
                                     "name": "New", "roles": ["member"]}).json()
    link = invited["link"]["url"].split("#")[1]
    opened = Browser(own_town.base)
    opened.csrf = opened.post("/session/link", {"secret": link}).json()["csrf"]
    people = [own_town.person["o1"], invited["person"]["id"]]
    for is_suspended in (True, False):
        for person in people:
            done = admin.patch(f"/people/{person}", {"is_suspended": is_suspended})
            assert done.status_code == 204, done.text
    problem(before.get("/home"), 401)
    problem(opened.put("/account/password", {"password": "a new horse battery"}), 401)
    problem(Browser(own_town.base).post("/session/link", {"secret": link}), 404)
    assert browser_of(own_town, "o1@example.org").get("/home").status_code == 200
    assert own_town.o1.objects(own_town.k).status_code == 200, "a program goes on"


# Links that others hold.

def test_who_invited_somebody_cannot_open_the_account_once_others_have_it_too(own_town):
    """B3, B5: an admin manages whom no other organization has; so do the links that they hold."""
    ohio, fed = own_town.org["ohio"], own_town.org["fed"]
    admin = strong(own_town, ohio, "ada@example.org", "admin")
    steward = strong(own_town, steward_org(own_town), "sue@example.org", "steward")
    body = {"organization": ohio, "email": "vic@example.org", "name": "Vic", "roles": ["member"]}
    invited = admin.post("/people", body).json()
    link = invited["link"]["url"].split("#")[1]
    opened = Browser(own_town.base)
    opened.csrf = opened.post("/session/link", {"secret": link}).json()["csrf"]
    added = steward.post("/people", body | {"organization": fed, "roles": ["publisher"]})
    assert added.status_code == 201 and len(added.json()["person"]["affiliations"]) == 2
    problem(opened.put("/account/password", {"password": "a new horse battery"}), 401)
    problem(Browser(own_town.base).post("/session/link", {"secret": link}), 404)
    anew = steward.post(f"/people/{invited['person']['id']}/link", {"organization": fed})
    assert anew.status_code == 201 and anew.json()["link"]["starts"]
    problem(admin.post(f"/people/{invited['person']['id']}/link", {}), 404)


def test_the_owner_is_mailed_that_their_account_acts_for_one_more_organization(own_town):
    """B3: whoever set its sign-in would act so, too; the mail tells neither which nor who."""
    ohio, fed = own_town.org["ohio"], own_town.org["fed"]
    steward = strong(own_town, steward_org(own_town), "sue@example.org", "steward")
    add_person(own_town, ohio, "vic@example.org", "member")
    body = {"email": "vic@example.org", "name": "Vic", "roles": ["member"]}

    def mailed():
        return [m for m in steward.get("/outbox?limit=100").json()["items"]
                if m["to"] == "vic@example.org"]
    assert steward.post("/people", body | {"organization": ohio}).status_code == 201
    assert mailed() == [], "it is theirs already"
    assert steward.post("/people", body | {"organization": fed}).status_code == 201
    [mail] = mailed()
    text = steward.get("/outbox/" + mail["id"]).json()["text"]
    assert "one more organization" in text and own_town.base + "/app/account" in text
    assert "sue" not in text.lower() and "federal" not in text.lower()


def test_who_changes_the_role_of_somebody_they_invited_leaves_their_link(own_town):
    ohio = own_town.org["ohio"]
    admin = strong(own_town, ohio, "ada@example.org", "admin")
    body = {"organization": ohio, "email": "vic@example.org", "name": "Vic", "roles": ["member"]}
    link = admin.post("/people", body).json()["link"]["url"].split("#")[1]
    assert admin.post("/people", body | {"roles": ["publisher"]}).status_code == 201
    opened = Browser(own_town.base).post("/session/link", {"secret": link})
    assert opened.status_code == 200


def test_an_admin_beside_stewards_takes_no_stewards_account_and_no_stewards_role(own_town):
    """B3: only a steward makes somebody a steward, themselves included."""
    council = steward_org(own_town)
    steward = strong(own_town, council, "sue@example.org", "steward")
    admin = strong(own_town, council, "adm@example.org", "admin")
    fresh = {"organization": council, "email": "new@example.org", "name": "New"}
    person = steward.post("/people", fresh | {"roles": ["steward"]}).json()["person"]["id"]
    problem(admin.post(f"/people/{person}/link", {}), 404)
    problem(admin.patch(f"/people/{person}", {"is_suspended": True}), 404)
    problem(admin.post("/people", fresh | {"roles": ["observer"]}), 409)
    plain = admin.post("/people", fresh | {"email": "plain@example.org", "roles": ["member"]})
    assert plain.status_code == 201, "others of that office they manage as before"
    link = plain.json()["link"]["url"].split("#")[1]
    raised = steward.post("/people", fresh | {"email": "plain@example.org", "roles": ["steward"]})
    assert raised.status_code == 201
    problem(Browser(own_town.base).post("/session/link", {"secret": link}), 404)


# What is kept without counting.

def pdf(megabytes):
    return b"%PDF-1.4\n" + os.urandom(megabytes << 20) + b"\n%%EOF\n"


def kept_mb(council):
    folder = council.x.data / "files"
    return sum(f.stat().st_size for f in folder.iterdir()) >> 20


@pytest.fixture
def narrow(tmp_path):
    """A council whose organizations may keep 5 MB each."""
    council = Council(tmp_path / "data")
    council.x.stop()
    settings = council.x.data / "tocsin.conf"
    settings.write_text(settings.read_text() + "\nstored_bytes_max = 5MB\n")
    council.x.serve()
    yield council
    council.x.stop()


def test_what_is_handed_in_and_given_to_nothing_takes_room(narrow):
    """S7, B26: else whoever may make a draft fills the disk, since nothing sweeps before a day."""
    briefing = made(narrow.ann)
    handed = [hand_in(narrow.ann, briefing, pdf(2)) for _ in range(8)]
    assert [answer.status_code for answer in handed] == [200] * 2 + [507] * 6
    problem(handed[-1], 507, "stored 4 MB of the 5 MB")
    assert kept_mb(narrow) == 4
    assert hand_in(narrow.pat, made(narrow.pat), pdf(2)).status_code == 200, "others have theirs"


def test_what_is_given_takes_its_room_once(narrow):
    briefing = made(narrow.ann)
    for _ in range(2):
        given = give(narrow.ann, briefing, pdf(2))
        assert given.status_code == 201, given.text
    problem(hand_in(narrow.ann, briefing, pdf(2)), 507)
    twice = hand_in(narrow.ann, briefing)
    body = {"file": twice.json()["file"], "name": "slides.pdf"}
    for _ in range(2):
        assert narrow.ann.post(f"/briefings/{briefing}/materials", body).status_code == 201


def test_what_is_given_twice_takes_no_others_place(narrow):
    """The number of what was given is not that of what is handed in next."""
    briefing = made(narrow.ann)
    body = {"file": hand_in(narrow.ann, briefing).json()["file"], "name": "slides.pdf"}
    path = f"/briefings/{briefing}/materials"
    assert narrow.ann.post(path, body).status_code == 201
    assert hand_in(narrow.ann, briefing, pdf(3)).status_code == 200
    assert narrow.ann.post(path, body).status_code == 201
    problem(hand_in(narrow.ann, briefing, pdf(3)), 507)


def test_what_was_swept_away_takes_no_room_any_more(narrow):
    briefing = made(narrow.ann)
    assert hand_in(narrow.ann, briefing, pdf(3)).status_code == 200
    problem(hand_in(narrow.ann, briefing, pdf(3)), 507)
    narrow.x.stop()
    for file in (narrow.x.data / "files").iterdir():
        os.utime(file, (1, 1))
    with sqlite3.connect(narrow.x.data / "tocsin.db") as db:
        db.execute("UPDATE handed SET created = 1")
    db.close()
    narrow.x.serve()
    narrow.people.clear()
    assert kept_mb(narrow) == 0
    assert hand_in(narrow.ann, briefing, pdf(3)).status_code == 200


def test_what_is_refused_over_and_over_fills_no_disk(own_town):
    """L9: nothing of it is stored, but the words of its failures are, four times as long."""
    refused = [{"type": "a", "id": stix.new_id("campaign")} for _ in range(90_000)]
    posted = [own_town.p1.try_post(own_town.k, *refused)["id"] for _ in range(5)]

    def is_kept(status):
        return own_town.p1.get(f"/exchange/status/{status}/").status_code == 200
    assert [is_kept(one) for one in posted] == [False, False, False, True, True]
    with sqlite3.connect(own_town.x.data / "tocsin.db") as db:
        kept = db.execute("SELECT count(*), sum(length(CAST(body AS BLOB))), "
                          "(SELECT sum(bytes) FROM status_room) FROM post_status").fetchone()
    db.close()
    assert kept[0] == 2 and kept[1] == kept[2] < 64 << 20


def test_whoever_counts_over_and_over_makes_one_line_for_each_reader(own_town):
    """R2: each count was a row for everybody who had been given it, and a line on their page."""
    shared = stix.campaign("green")
    own_town.f1.post(own_town.k, shared)
    f1 = Person(own_town.base, own_town.tokens["f1"][1])

    def counted():
        assert f1.post(f"/objects/{shared['id']}/has-seen").status_code == 200

    def lines(name):
        told = Person(own_town.base, own_town.tokens[name][1]).get("/looks").json()["items"]
        return len(told)
    assert own_town.p1.reads(own_town.k, shared["id"])
    assert poll(lambda: counted() or lines("p1") == 1)
    for _ in range(20):
        counted()
    assert lines("p1") == 1
    assert own_town.o1.reads(own_town.k, shared["id"])
    assert poll(lambda: counted() or lines("o1") == 1), "there is more to learn"
    assert lines("p1") == 2
    asked = [row for row in own_town.x.rows("audit", "show", "--limit", "1000")
             if row["verb"] == "receipts.counts"]
    assert len(asked) >= 22, "each question is on the record"


# What one asks that others wait for.

def test_a_long_sheet_about_one_office_costs_by_its_lines(own_town):
    """B3: each line read all that the office has: 5,000 of them held up all writing for half a
    minute, and took gigabytes."""
    ohio, count = own_town.org["ohio"], 2000
    people = own_town.x.data.parent / "people.csv"
    people.write_text("email,name,org,role\n" + "".join(
        f"p{n}@many.example,Person {n},{ohio},member\n" for n in range(count)))
    own_town.x.run("person", "import", people)
    admin = strong(own_town, ohio, "ada@example.org", "admin")

    def bring(day):
        lines = "".join(f"Ohio,p{n}@many.example,primary,{day}\r\n" for n in range(count))
        return admin.post("/directory/sheet",
                          {"csv": "organization,email,duty,verified\r\n" + lines})
    assert bring("2018-08-20").json()["changes"] == count
    status = Path(f"/proc/{own_town.x.server.process.pid}/status")

    def most_mb():
        return int(re.search(r"VmHWM:\s*(\d+) kB", status.read_text())[1]) >> 10
    before = most_mb()
    again = bring("2018-08-21").json()
    assert {line["change"] for line in again["lines"]} == {"changed"}
    assert most_mb() - before < 100, "600 MB where each line reads them all"
