"""What a link is about before it is opened, a contact that changes after a day, and links that
wait, seen by everyone concerned (B5). The clock is not waited for: what happens at its end is in
tests/unit/service/test_contact.c."""

import re

import pytest

from pages import Browser, problem

NEW = "staple and another word"


@pytest.fixture
def browser(town):
    return Browser(town.base)


@pytest.fixture(scope="module")
def steward(town):
    office = next(r["id"] for r in town.x.rows("org", "list") if r["name"] == "Election Exchange")
    town.x.person(office, "chief@exchange.example", ["steward"])
    chief = Browser(town.base)
    chief.sign_in("chief@exchange.example")
    chief.add_app()
    return chief


def newest_mail(steward):
    newest = steward.get("/outbox").json()["items"][0]
    return steward.get("/outbox/" + newest["id"]).json()


# Links, before they are opened.

def test_looking_at_a_link_changes_nothing_and_says_what_it_is(town, browser, steward):
    made = steward.post("/people", {"organization": town.org["ohio"], "name": "New",
                                    "email": "new@ohio.example", "roles": ["member"]})
    assert made.status_code == 201, made.text
    secret = made.json()["link"]["url"].split("#")[1]
    for _ in range(2):
        seen = browser.post("/session/link/about", {"secret": secret})
        assert seen.status_code == 200 and "Set-Cookie" not in seen.headers
        about = seen.json()
        assert (about["name"], about["email"], about["organization"], about["is_newcomer"]) == (
            "New", "new@ohio.example", "Ohio", True)
        assert about["by"]["person"] == "chief" and about["by"]["organization"]
    assert "needs" not in browser.get("/session").json()
    browser.keep(browser.post("/session/link", {"secret": secret}))
    browser.keep(browser.put("/account/password", {"password": NEW}))
    other = Browser(town.base)
    problem(other.post("/session/link/about", {"secret": secret}), 404, "not good")


def test_a_link_that_waits_says_when_it_opens_and_its_owner_is_told(town, browser, steward):
    o1 = town.person["o1"]
    made = steward.post(f"/people/{o1}/link", {}).json()
    secret = made["link"]["url"].split("#")[1]
    about = browser.post("/session/link/about", {"secret": secret}).json()
    assert about["starts"] == made["link"]["starts"] and not about["is_newcomer"]
    problem(browser.post("/session/link", {"secret": secret}), 404)
    waiting = made["person"]["waiting_link"]
    assert waiting["is_mine"] and waiting["person"] == "chief"
    mail = newest_mail(steward)
    assert (mail["kind"], mail["to"]) == ("notice", "o1@example.org")
    assert secret not in mail["text"]
    browser.sign_in("o1@example.org")
    assert browser.get("/account").json()["links"][0]["person"] == "chief"
    assert browser.delete("/account/links").status_code == 204
    rows = steward.get("/people").json()["items"]
    assert all("waiting_link" not in row for row in rows)


# A contact that is to change.

def test_a_changed_contact_waits_and_tells_the_old_address(town, browser, steward):
    browser.sign_in("f1@example.org")
    changed = browser.put("/account/contact", {"email": "Moved@Example.org", "phone": "555-0199"})
    assert changed.status_code == 200, changed.text
    account = changed.json()
    assert account["email"] == "f1@example.org"
    assert account["waiting"]["email"] == "moved@example.org"
    assert account["waiting"]["phone"] == "555-0199" and account["waiting"]["name"] == "f1"
    mail = newest_mail(steward)
    assert (mail["kind"], mail["to"]) == ("notice", "f1@example.org")
    for word in ("moved", "Moved", "555", "f1"):
        assert word not in mail["text"] + mail["subject"]
    # Whoever may see mail stops nothing by it.
    assert re.search(r"/app/contact#…(?s:.*)/app/contact\?lang=es#…", mail["text"])
    Browser(town.base).sign_in("f1@example.org")
    verbs = [r["verb"] for r in steward.get("/audit?verb=account.contact").json()["items"]]
    assert verbs == ["account.contact"]


def test_a_change_is_withdrawn_by_its_owner_once(town, browser):
    browser.sign_in("p1@example.org")
    browser.put("/account/contact", {"name": "Somebody"})
    assert browser.delete("/account/contact").status_code == 204
    assert "waiting" not in browser.get("/account").json()
    problem(browser.delete("/account/contact"), 404)


def test_an_address_that_has_an_account_is_accepted_like_any_other(browser):
    browser.sign_in("c1@example.org")
    answers = []
    for email in ("f2@example.org", "x2@example.org"):
        changed = browser.put("/account/contact", {"email": email})
        assert changed.status_code == 200, changed.text
        account = changed.json()
        waiting = account.pop("waiting")
        assert waiting.pop("email") == email
        waiting.pop("made"), waiting.pop("due")
        account.pop("sessions"), answers.append((account, waiting))
    assert answers[0] == answers[1]
    assert browser.delete("/account/contact").status_code == 204


def test_a_contact_that_is_none_is_refused(browser):
    browser.sign_in("c1@example.org")
    for change, status, word in (
            ({}, 422, "differs"), ({"email": "no address"}, 422, "e-mail"),
            ({"name": "two\nlines"}, 422, None), ({"nickname": "x"}, 422, None)):
        problem(browser.put("/account/contact", change), status, word)
    assert "waiting" not in browser.get("/account").json()


def test_nobody_stops_a_change_by_guessing(browser):
    problem(browser.post("/account/contact/refuse", {"secret": "x" * 43}), 404, "stops nothing")
    problem(browser.post("/account/contact/confirm", {"secret": "x" * 43}), 404,
            "confirms nothing")
    problem(browser.put("/account/contact", {"name": "x"}), 401)
