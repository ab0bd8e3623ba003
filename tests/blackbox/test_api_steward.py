"""What stewards and admins do over the API: organizations, people, tokens, collections, grants and
the audit log (B2 to B5), and that administering gives no reading."""

import contextlib
import csv
import io
import json
import sqlite3
import time
import urllib.parse

import objects as stix
import pytest

from council import Person
from exchange import poll
from pages import Browser, problem


@pytest.fixture
def steward(offices):
    return offices["steward"]


@pytest.fixture
def admin(offices):
    return offices["admin"]


def test_an_office_is_exercised_after_two_steps_only(town, offices):
    weak = Browser(town.base)
    weak.keep(weak.post("/session", {"email": "st1@exchange.example",
                                     "password": "correct horse battery"}))
    problem(weak.get("/audit"), 401, "second step")
    town.x.person(town.org["plat"], "ad@plat.example", ["admin"])
    weak = Browser(town.base)
    weak.sign_in("ad@plat.example")
    problem(weak.get("/people"), 403, "second step")


@pytest.mark.parametrize("path", ["/audit", "/tokens", "/grants"])
def test_what_is_for_stewards_is_for_stewards(offices, path):
    assert offices["steward"].get(path).status_code == 200
    problem(offices["admin"].get(path), 403, "stewards")
    problem(offices["plain"].get(path), 403, "stewards")


# Organizations.

def test_members_see_who_the_members_are_and_no_more(offices, steward):
    made = steward.post("/organizations", {"name": "Not asked", "sector": "platform",
                                           "note": "Nobody has asked them yet."})
    assert made.status_code == 201, made.text
    assert made.json()["status"] == "known"
    seen = {o["name"]: o for o in offices["plain"].get("/organizations?limit=500").json()["items"]}
    assert "Ohio" in seen and "Not asked" not in seen
    assert set(seen["Ohio"]) == {"id", "name", "sector", "jurisdictions"}
    problem(offices["plain"].get("/organizations/" + made.json()["id"]), 404)
    whole = {o["name"]: o for o in steward.get("/organizations?limit=500").json()["items"]}
    assert {"code": "us-39", "state": "Ohio"} in whole["Ohio"]["places"]
    known = steward.get("/organizations?status=known").json()["items"]
    assert [o["name"] for o in known] == ["Not asked"]


def test_lists_come_in_pages(steward):
    names, path = [], "/organizations?limit=2"
    while path:
        page = steward.get(path).json()
        assert len(page["items"]) <= 2
        names += [o["name"] for o in page["items"]]
        path = page.get("next") and "/organizations?limit=2&cursor=" + page["next"]
    assert len(names) == len(set(names)) > 5


def test_of_two_who_edit_the_second_sees_the_current_state(offices, steward):
    made = steward.post("/organizations", {"name": "Race", "sector": "vendor"})
    path, etag = "/organizations/" + made.json()["id"], made.headers["ETag"]
    problem(steward.patch(path, {"note": "x"}), 428, "If-Match")
    first = steward.patch(path, {"status": "invited", "note": "Called in August"},
                          headers={"If-Match": etag})
    assert first.status_code == 200, first.text
    late = problem(offices["other"].patch(path, {"status": "left"}, headers={"If-Match": etag}),
                   412, "faster")
    assert late["current"]["status"] == "invited"
    assert late["current"]["note"] == "Called in August"
    again = steward.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.content
    problem(offices["admin"].patch(path, {"note": "x"}, headers={"If-Match": etag}), 403)


def test_a_repeated_request_makes_nothing_twice(steward):
    body, key = {"name": "Once", "sector": "other"}, {"Idempotency-Key": "key-of-once"}
    first = steward.post("/organizations", body, headers=key)
    second = steward.post("/organizations", body, headers=key)
    assert first.status_code == second.status_code == 201
    assert first.json()["id"] == second.json()["id"]
    problem(steward.post("/organizations", body), 409)
    problem(steward.post("/organizations", body | {"note": "x"}, headers=key), 422, "new key")
    problem(steward.post("/organizations", body, headers={"Idempotency-Key": "short"}), 400)


def test_a_bad_organization_is_told_field_by_field(steward):
    found = problem(steward.post("/organizations", {"sector": "shoes", "jurisdictions": ["ohio"],
                                                    "ceiling": "mauve"}), 422)
    assert {e["field"] for e in found["errors"]} == {"/name", "/sector", "/jurisdictions",
                                                     "/ceiling"}


def test_links_between_organizations_are_kept(town, steward):
    path = "/organizations/" + town.org["plat"]
    body = {"kind": "member-of", "organization": town.org["out"]}
    for _ in range(2):
        whole = steward.post(path + "/links", body)
        assert whole.status_code == 200, whole.text
    assert whole.json()["links"] == [body | {"name": "Out"}]
    problem(steward.post(path + "/links", body | {"organization": "identity--none"}), 404)


# People.

def test_an_admin_manages_their_own_and_what_is_part_of_it(town, admin):
    people = admin.get("/people").json()["items"]
    assert {p["email"] for p in people} == {"o1@example.org", "c1@example.org", "ad@ohio.example"}
    new = {"organization": town.org["county"], "email": "New@County.example", "name": "New",
           "roles": ["member"]}
    made = admin.post("/people", new)
    assert made.status_code == 201, made.text
    assert made.json()["person"]["email"] == "new@county.example"
    problem(admin.post("/people", new | {"organization": town.org["plat"]}), 403, "part of it")
    problem(admin.post("/people", new | {"roles": ["steward"]}), 403, "steward")
    problem(admin.post("/people", new | {"email": "p1@example.org"}), 409, "do not manage")
    secret = made.json()["link"]["url"].split("#")[1]
    browser = Browser(town.base)
    browser.keep(browser.post("/session/link", {"secret": secret}))
    session = browser.keep(browser.put("/account/password", {"password": "a new long password"}))
    assert session["acting_for"]["organization"]["name"] == "County"


def test_administering_gives_no_reading(town, admin):
    """B3: the admin's organization holds K, so that they read as any of its people; an admin who
    manages County reads nothing of County's, and the API hands out no token of anybody else."""
    problem(admin.get("/tokens"), 403)
    made = admin.post("/account/tokens", {"name": "mine"})
    assert made.status_code == 201, made.text
    bearer = {"Authorization": "Bearer " + made.json()["secret"]}
    session = Browser(town.base).get("/session", headers=bearer).json()
    assert session["person"]["email"] == "ad@ohio.example"
    assert session["acting_for"]["organization"]["id"] == town.org["ohio"]


def test_only_whom_one_manages_can_be_suspended(town, admin):
    person = town.x.person(town.org["county"], "away@county.example", ["member"])
    browser = Browser(town.base)
    browser.sign_in("away@county.example")
    assert admin.patch("/people/" + person, {"is_suspended": True}).status_code == 204
    assert "person" not in browser.get("/session").json()
    assert admin.patch("/people/" + person, {"is_suspended": False}).status_code == 204
    problem(admin.patch("/people/" + town.person["p1"], {"is_suspended": True}), 404)
    problem(admin.patch("/people/" + person, {}), 422)


def test_a_link_for_an_account_with_a_password_waits_a_day_or_for_a_second_steward(town, offices):
    """B5: everyone concerned sees the delay; whoever made it cannot end it."""
    steward, person = offices["steward"], town.person["f2"]
    made = steward.post(f"/people/{person}/link", {})
    assert made.status_code == 201, made.text
    link = made.json()["link"]
    secret = link["url"].split("#")[1]
    owner = Browser(town.base)
    owner.sign_in("f2@example.org")
    seen = owner.get("/account").json()["links"]
    assert [s["id"] for s in seen] == [link["id"]] and seen[0]["starts"] > seen[0]["made"]
    stranger = Browser(town.base)
    problem(stranger.post("/session/link", {"secret": secret}), 404)
    problem(steward.post(f"/people/{person}/link/confirm"), 403, "another steward")
    problem(offices["admin"].post(f"/people/{person}/link/confirm"), 403)
    assert offices["other"].post(f"/people/{person}/link/confirm").status_code == 204
    problem(offices["other"].post(f"/people/{person}/link/confirm"), 404)
    assert stranger.post("/session/link", {"secret": secret}).json()["needs"] == "setup"


# Who answers for whom.

def test_duties_are_facts_with_a_date_and_whoever_checked(town, offices):
    admin, path = offices["admin"], f"/organizations/{town.org['county']}/duties"
    duty = {"person": town.person["c1"], "duty": "primary", "verified": "2018-08-21"}
    assert admin.put(path, duty).status_code == 204
    mine = [d for d in offices["plain"].get("/directory").json()["items"] if d["name"] == "c1"]
    assert [(d["duty"], d["verified"], d["verified_by"], d["organization"]["name"])
            for d in mine] == [("primary", "2018-08-21", "ad", "County")]
    found = problem(admin.put(path, {"person": "x", "duty": "boss", "verified": "2999-01-01"}), 422)
    assert {e["field"] for e in found["errors"]} == {"/duty", "/verified"}
    problem(admin.put(f"/organizations/{town.org['plat']}/duties", duty), 403, "part of it")
    problem(admin.put(path, duty | {"person": town.person["p1"]}), 422, "belongs")
    problem(offices["plain"].put(path, duty), 403)
    assert admin.put(path, duty | {"is_over": True}).status_code == 204
    assert "c1" not in {d["name"] for d in offices["plain"].get("/directory").json()["items"]}


def test_coverage_names_the_gaps(town, offices, steward):
    def coverage():
        answer = steward.get("/coverage").json()
        return answer, {p["code"]: p for p in answer["places"]}
    before, places = coverage()
    assert len(places) == 56
    assert places["us-39"] == {"code": "us-39", "name": "Ohio", "members": 2, "officers": 0}
    assert "Ohio" in {o["name"] for o in before["unverified"]}
    duty = {"person": town.person["o1"], "duty": "primary"}
    path = f"/organizations/{town.org['ohio']}/duties"
    assert steward.put(path, duty).status_code == 204
    assert coverage()[1]["us-39"]["officers"] == 0  # nobody checked
    assert steward.put(path, duty | {"verified": "2018-08-21"}).status_code == 204
    after, places = coverage()
    assert places["us-39"]["officers"] == 1
    assert "Ohio" not in {o["name"] for o in after["unverified"]}
    steward.post("/organizations", {"name": "Gap", "sector": "platform", "note": "Not asked."})
    assert {"Gap"} <= {o["name"] for o in coverage()[0]["known"]}
    problem(offices["admin"].get("/coverage"), 403)


# Access and the record.

def test_tokens_are_listed_and_revoked(town, steward):
    browser = Browser(town.base)
    browser.sign_in("p1@example.org")
    made = browser.post("/account/tokens", {"name": "sweep", "is_read_only": True,
                                            "collections": [town.k]}).json()
    assert made["token"]["collections"] == [town.k]
    mine = browser.get("/account/tokens").json()["items"]
    assert made["token"]["id"] in {t["id"] for t in mine}
    assert {t["person"] for t in mine} == {"p1"}
    other = Browser(town.base)
    other.sign_in("f1@example.org")
    problem(other.delete("/account/tokens/" + made["token"]["id"]), 404)
    every = steward.get("/tokens?limit=500").json()["items"]
    assert len(every) > len(mine) and "secret" not in every[0]
    assert steward.delete("/tokens/" + made["token"]["id"]).status_code == 204
    answer = Browser(town.base).get("/session",
                                    headers={"Authorization": "Bearer " + made["secret"]})
    problem(answer, 401)


def test_collections_and_grants(town, offices, steward):
    made = steward.post("/collections", {"title": "Field notes", "alias": "field",
                                         "default_label": "green"})
    assert made.status_code == 201, made.text
    assert made.json()["default_label"] == "green"
    plain = offices["plain"]
    assert "Field notes" not in {c["title"] for c in plain.get("/collections").json()["items"]}
    give = {"collection": "field", "to": town.org["ohio"], "may_read": True}
    assert steward.put("/grants", give).status_code == 204
    seen = {c["title"]: c for c in plain.get("/collections").json()["items"]}
    assert seen["Field notes"]["may_read"] and not seen["Field notes"]["may_write"]
    assert {"collection": made.json()["id"], "to": town.org["ohio"], "name": "Ohio",
            "may_read": True, "may_write": False} in steward.get("/grants").json()["items"]
    problem(steward.put("/grants", {"collection": "field", "to": "all"}), 422)
    assert steward.put("/grants", give | {"is_revoked": True}).status_code == 204
    assert "Field notes" not in {c["title"] for c in plain.get("/collections").json()["items"]}


def test_of_two_who_edit_a_collection_the_second_sees_the_current_state(town, offices, steward):
    made = steward.post("/collections", {"title": "Edited", "description": "first"}).json()
    path = "/collections/" + made["id"]
    etag = steward.get(path).headers["ETag"]
    problem(steward.patch(path, {"title": "x"}), 428)
    kept = steward.patch(path, {"title": "Edited twice", "alias": "edited", "is_public": True,
                                "publisher": town.org["fed"]}, headers={"If-Match": etag})
    assert kept.status_code == 200, kept.text
    assert kept.json()["publisher"] == town.org["fed"]
    assert kept.json()["description"] == "first"  # what is absent stays
    late = problem(offices["other"].patch(path, {"title": "y"}, headers={"If-Match": etag}), 412)
    assert late["current"]["title"] == "Edited twice"
    gone = steward.patch(path, {"publisher": ""}, headers={"If-Match": kept.headers["ETag"]})
    assert "publisher" not in gone.json()
    problem(offices["admin"].patch(path, {"title": "y"}, headers={"If-Match": etag}), 403)
    problem(steward.patch("/collections/none", {"title": "y"}, headers={"If-Match": etag}), 404)
    built_in = next(c for c in steward.get("/collections").json()["items"] if c["is_built_in"])
    etag = steward.get("/collections/" + built_in["id"]).headers["ETag"]
    problem(steward.patch("/collections/" + built_in["id"], {"title": "y"},
                          headers={"If-Match": etag}), 409)


def test_a_collection_one_has_nothing_of_is_not_there(town, offices):
    hidden = town.x.collection("Hidden")
    problem(offices["plain"].get("/collections/" + hidden), 404)
    problem(offices["plain"].get("/collections/none"), 404)
    assert offices["steward"].get("/collections/" + hidden).status_code == 200


def test_audiences_are_named_by_publishers_and_seen_by_whom_they_admit(town, offices):
    """G4, and administering gives no reading (B3): a steward sees their own and no others."""
    publisher = Browser(town.base)
    publisher.sign_in("f1@example.org")
    body = {"name": "Ohio counties", "sectors": ["local"], "jurisdictions": ["39"],
            "people": ["o1@example.org"], "use": "ask", "use_text": "Call us first."}
    made = publisher.post("/audiences", body)
    assert made.status_code == 201, made.text
    def names(who):
        return {a["name"]: a for a in who.get("/audiences").json()["items"]}
    assert names(publisher)["Ohio counties"]["jurisdictions"] == ["us-39"]
    assert names(publisher)["Ohio counties"]["places"] == [{"code": "us-39", "state": "Ohio"}]
    assert names(publisher)["Ohio counties"]["of"] == "Federal Office"
    told = names(offices["plain"])["Ohio counties"]  # o1, whom it names
    assert (told["use"], told["use_text"]) == ("ask", "Call us first.")
    problem(publisher.post("/audiences", body | {"use": "burn"}), 422)
    problem(publisher.post("/audiences", {**body, "use": None} | {"use_text": "x"}), 422)
    assert "Ohio counties" not in names(offices["steward"])
    problem(offices["plain"].post("/audiences", body), 403, "publishers")
    problem(publisher.post("/audiences", {"name": "Nobody"}), 422, "admit nobody")
    problem(publisher.post("/audiences", body | {"people": ["none@example.org"]}), 422)
    assert offices["steward"].post("/audiences", {"name": "Ours", "sectors": ["state"]}).ok
    assert list(names(offices["steward"])) == ["Ours"]


def test_an_audience_names_tokens_of_programs_and_roles(town, offices):
    """G4: roles admit no token of no person, so a program is named."""
    publisher = Browser(town.base)
    publisher.sign_in("f1@example.org")
    token = next(t["id"] for t in offices["steward"].get("/tokens").json()["items"]
                 if "person" not in t)
    body = {"name": "Programs", "tokens": [token], "sectors": ["state"], "roles": ["publisher"]}
    assert publisher.post("/audiences", body).status_code == 201
    kept = {a["name"]: a for a in publisher.get("/audiences").json()["items"]}["Programs"]
    assert (kept["tokens"], kept["roles"]) == ([token], ["publisher"])
    nobody = body | {"tokens": ["token--00000000-0000-4000-8000-000000000000"]}
    problem(publisher.post("/audiences", nobody), 422, "There is no token")


def test_what_is_held_is_not_removed(town, offices, steward):
    """B27: on the pages as on the console, with what is withdrawn read by nobody all the same."""
    thing = stix.campaign("green", name="Held for the record")
    town.f1.post(town.k, thing)
    problem(offices["plain"].get("/holds"), 403, "stewards")
    found = problem(steward.post("/holds", {"object": "no id", "reason": " "}), 422)
    assert [e["field"] for e in found["errors"]] == ["/reason"]
    found = problem(steward.post("/holds", {"object": "no id", "reason": "request 18-204"}), 422)
    assert [e["field"] for e in found["errors"]] == ["/object"]
    placed = steward.post("/holds", {"object": thing["id"], "reason": "request 18-204"})
    [hold] = [h for h in placed.json()["items"] if h.get("object") == thing["id"]]
    assert hold["person"] and "released" not in hold
    town.f1.delete(town.k, thing["id"])
    assert not town.f1.reads(town.k, thing["id"])
    assert json.loads(town.x.run("purge", "--json").stdout)["held"] == 1
    assert steward.delete("/holds/" + hold["id"]).status_code == 204
    problem(steward.delete("/holds/" + hold["id"]), 409, "released already")
    problem(steward.delete("/holds/hold--0"), 404)
    assert json.loads(town.x.run("purge", "--json").stdout) == {
        "purged": 1, "files": 0, "held": 0}
    everything = town.x.run("hold", "add", "--reason", "a court asks")
    assert everything.stderr == ""
    all_of_it = everything.stdout.strip()
    [row] = [r for r in town.x.rows("hold", "list") if r["id"] == all_of_it]
    assert (row["holds"], row["reason"]) == ("everything", "a court asks")
    town.x.run("hold", "release", all_of_it)
    verbs = [r["verb"] for r in steward.get("/audit?verb=hold.").json()["items"]]
    assert verbs == ["hold.release", "hold.place"] * 2


def test_a_hold_names_what_its_reader_may_read(town, steward):
    """B27, G2, R1: what is hidden, what is withdrawn and what was never there are told alike."""
    council = next(r["id"] for r in town.x.rows("org", "list") if r["name"] == "Election Exchange")
    town.org["council"] = council
    open_to, closed = (town.collection("Held", read=("fed", name), write=("fed",))
                       for name in ("council", "plat"))
    named = stix.campaign("amber+strict", name="A name to be read")
    nameless = stix.sdo("sighting", ["amber"], sighting_of_ref=named["id"])
    hidden = stix.campaign("green", name="Not for them")
    town.f1.post(open_to, named, nameless)
    town.f1.post(closed, hidden)

    def held(thing):
        return [{k: h[k] for k in ("title", "label") if k in h}
                for h in steward.get("/holds").json()["items"] if h.get("object") == thing]

    def placed(thing):
        answer = steward.post("/holds", {"object": thing, "reason": "a test of names"})
        assert answer.status_code == 200, answer.text
        [row] = held(thing)
        assert next(h for h in answer.json()["items"] if h.get("object") == thing).items() >= (
            row.items())
        return row
    assert placed(named["id"]) == {"title": "A name to be read", "label": "amber+strict"}
    assert placed(nameless["id"]) == {"title": nameless["id"], "label": "amber"}
    assert placed(hidden["id"]) == placed(stix.new_id("campaign")) == {}
    assert poll(lambda: council in town.x.run("who", "has-seen", named["id"], "--as",
                                              town.org["fed"], "--reason", "a test").stdout)
    town.f1.delete(open_to, named["id"])
    assert held(named["id"]) == [{}]
    for row in steward.get("/holds").json()["items"]:
        if "released" not in row:
            assert steward.delete("/holds/" + row["id"]).status_code == 204


def test_a_hold_on_an_id_that_nothing_has_stands_and_says_so_on_the_console(town):
    """B27: a slip in the id would cover nothing, and nobody would see it."""
    thing = stix.campaign("green", name="There to be held")
    town.f1.post(town.k, thing)
    assert town.x.run("hold", "add", thing["id"], "--reason", "18-204").stderr == ""
    slip = thing["id"][:-1] + ("0" if thing["id"][-1] != "0" else "1")
    placed = town.x.run("hold", "add", slip, "--reason", "18-204")
    assert "nothing that is there now has the id " + slip in placed.stderr
    assert placed.stdout.strip() in [row["id"] for row in town.x.rows("hold", "list")]
    for row in town.x.rows("hold", "list"):
        if not row.get("released"):
            town.x.run("hold", "release", row["id"])


def test_the_chain_of_the_record_is_checked(offices, steward):
    """R3: green; where it breaks is tried on the command line."""
    found = steward.get("/audit/chain").json()
    assert found["is_whole"] and found["rows"] > 10 and "fault" not in found
    problem(offices["admin"].get("/audit/chain"), 403, "stewards")


def program(town, name):
    return Person(town.base, town.tokens[name][1])


def head(who, **query):
    answer = who.get("/audit/head?" + urllib.parse.urlencode(query, quote_via=urllib.parse.quote))
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_every_member_keeps_the_same_head_and_learns_nothing_by_it(town):
    """R3, O1: people and tokens of organizations, whatever they may read; what others do in this
    hour leaves it as it is."""
    keepers = [program(town, name) for name in ("f1", "c1", "out", "plat")]
    for _ in range(2):  # an hour may end in between, once
        before = head(keepers[0])
        town.f1.post(town.k, stix.campaign("red"))
        after = [head(who) for who in keepers]
        if after[0]["time"] == before["time"]:
            break
    assert all(one == before for one in after)
    assert set(before) == {"number", "time", "hash", "line"}
    problem(Browser(town.base).get("/audit/head"), 401, "Sign in")


def test_a_head_that_was_kept_is_checked_against_the_chain(town, steward):
    """R3: by whoever keeps it, and by the operator; a row that was changed since is named."""
    keeper = program(town, "c1")
    kept = [head(keeper)["line"], town.x.run("audit", "head").stdout.strip()]
    town.f1.post(town.k, stix.campaign("green"))
    for line in kept:
        assert head(keeper, against=line)["kept"] == {"is_whole": True}
        town.x.run("audit", "verify", "--against", line)
    with changed_row(town.x.data, 1):
        told = head(keeper, against=kept[1])["kept"]
        assert told == {"is_whole": False, "fault": told["fault"]} and "row 1 " in told["fault"]
    forged = kept[0][:-1] + ("0" if kept[0][-1] != "0" else "1")
    assert "signature" in head(keeper, against=forged)["kept"]["fault"]
    problem(keeper.get("/audit/head?against=tocsin"), 400, "one line")


@contextlib.contextmanager
def changed_row(data, number):
    """As somebody who has the disk would change it; and back."""
    say = "UPDATE audit SET outcome = ? WHERE n = ?"
    with contextlib.closing(sqlite3.connect(data / "tocsin.db", isolation_level=None)) as db:
        [was] = db.execute("SELECT outcome FROM audit WHERE n = ?", (number,)).fetchone()
        db.execute(say, (was + "x", number))
        yield
        db.execute(say, (was, number))


def test_without_its_key_no_head_is_given(own_town):
    """R3: in words that tell nobody where the key is kept."""
    (own_town.x.data / "audit.key").unlink()
    answer = program(own_town, "c1").get("/audit/head")
    problem(answer, 500, "operator")
    assert str(own_town.x.data) not in answer.text


# The directory as a sheet.

SHEET = "organization,email,duty,verified,is_over\r\n"


def test_the_directory_is_filtered_by_name_sector_and_place(town, offices, steward):
    duty = {"duty": "after-hours", "verified": "2018-08-21"}
    for org, person in (("fed", "f1"), ("county", "c1")):
        path = f"/organizations/{town.org[org]}/duties"
        steward.put(path, duty | {"person": town.person[person]})
    def found(query):
        rows = offices["plain"].get("/directory?limit=500&" + query).json()["items"]
        return {r["name"] for r in rows if r["duty"] == "after-hours"}
    assert found("") >= {"f1", "c1"}
    assert found("sector=federal") == {"f1"}
    assert found("jurisdiction=us-39") == found("jurisdiction=39") == {"c1"}
    assert found("jurisdiction=us") == {"f1", "c1"}
    assert found("q=FED%20off") == found("q=f1") == {"f1"}
    assert found("q=fed&sector=local") == set()
    problem(offices["plain"].get("/directory?jurisdiction=ohio"), 400, "us-39")


def test_a_sheet_is_looked_at_line_by_line_and_done_whole(town, offices, admin):
    """B3: each line says what it would do or what is wrong with it; one that is wrong holds back
    all of them."""
    good = "County,c1@example.org,stand-in,2018-08-20,\r\n"
    bad = (good + "County,p1@example.org,primary,,\r\nPlatform,p1@example.org,primary,,\r\n"
           "County,c1@example.org,boss,,\r\nCounty,c1@example.org,primary,2999-01-01,\r\n"
           "County,c1@example.org,primary,,yes\r\n" + good)
    seen = admin.post("/directory/sheet", {"csv": SHEET + bad, "is_preview": True}).json()
    assert (seen["changes"], seen["faults"], seen["is_done"]) == (1, 6, False)
    assert [line["line"] for line in seen["lines"]] == list(range(2, 9))
    words = ("", "belongs", "manage no organization", "one of", "not in the future", "no such duty",
             "Line 2 is about the same")
    for line, expected in zip(seen["lines"], words):
        assert expected in line.get("fault", ""), line
        assert (line["change"] == "faulty") == bool(expected)
    problem(admin.post("/directory/sheet", {"csv": SHEET + bad}), 422, "6 of 7 lines")
    assert "stand-in" not in {d["duty"] for d in admin.get("/directory?q=c1").json()["items"]}
    done = admin.post("/directory/sheet", {"csv": SHEET + good}).json()
    assert done["is_done"] and [line["change"] for line in done["lines"]] == ["new"]
    again = admin.post("/directory/sheet", {"csv": SHEET + good, "is_preview": True}).json()
    assert [line["change"] for line in again["lines"]] == ["same"] and again["changes"] == 0
    over = admin.post("/directory/sheet", {"csv": SHEET + good.replace(",\r", ",yes\r")}).json()
    assert [line["change"] for line in over["lines"]] == ["over"]
    assert "stand-in" not in {d["duty"] for d in admin.get("/directory?q=c1").json()["items"]}
    problem(admin.post("/directory/sheet", {"csv": "organization\r\n", "is_preview": True}), 422,
            "cannot be read")
    problem(offices["plain"].post("/directory/sheet", {"csv": SHEET + good}), 403)


def test_a_sheet_taken_away_can_be_brought_back(offices, steward):
    taken = offices["plain"].get("/directory/sheet")
    assert taken.headers["Content-Type"].startswith("text/csv")
    assert taken.text.startswith("organization,name,email,duty,verified,is_over")
    rows = list(csv.DictReader(io.StringIO(taken.text)))
    assert all(None not in row and None not in row.values() for row in rows)
    seen = steward.post("/directory/sheet", {"csv": taken.text, "is_preview": True}).json()
    assert seen["lines"] and {line["change"] for line in seen["lines"]} == {"same"}


def test_a_sheet_has_places_by_code_and_by_the_name_that_the_pages_have(town, offices, steward):
    """B3, B10: the area of a county is called by its office."""
    two = town.x.org("Two, \"far\" areas", "local", ["us-39-c035", "us-31-c109", "us"])
    town.x.person(two, "two@example.org", ["member"])
    line = "{},{},primary,2018-08-20,\r\n"
    sheet = SHEET + line.format("Ohio", "o1@example.org") + line.format(two, "two@example.org")
    assert steward.post("/directory/sheet", {"csv": sheet}).status_code == 200
    taken = offices["plain"].get("/directory/sheet").text
    by = {row["email"]: (row["jurisdictions"], row["places"])
          for row in csv.DictReader(io.StringIO(taken))}
    assert by["o1@example.org"] == ("us-39", "Ohio")
    assert by["two@example.org"] == (
        "us; us-31-c109; us-39-c035",
        'United States; the area of Two, "far" areas (Nebraska); the area of County (Ohio)')
    seen = steward.post("/directory/sheet", {"csv": taken, "is_preview": True}).json()
    assert {line["change"] for line in seen["lines"]} == {"same"}


def test_the_audit_log_says_who_did_it(steward):
    steward.post("/organizations", {"name": f"Logged {time.time()}", "sector": "other"})
    rows = steward.get("/audit?verb=org.add&limit=1").json()
    assert rows["items"][0]["person"] == "st1"
    assert rows["items"][0]["organization"] == "Election Exchange"
    numbers, path = [], "/audit?verb=org.add&limit=2"
    while path:
        page = steward.get(path).json()
        numbers += [r["number"] for r in page["items"]]
        path = page.get("next") and "/audit?verb=org.add&limit=2&cursor=" + page["next"]
    assert numbers == sorted(numbers, reverse=True) and len(set(numbers)) == len(numbers)


def test_the_chain_of_what_was_done_here_holds(town):
    town.x.run("audit", "verify")
