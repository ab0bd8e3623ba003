"""One's own account: links that set the first password, second steps, recovery, sessions, drafts
(B5, B6). Codes are made with the very secret that the exchange shows."""

import pytest

from pages import Browser, problem

PASSWORD = "correct horse battery"
NEW = "staple and another word"


@pytest.fixture
def browser(own_town):
    return Browser(own_town.base)


def open_link(town, email):
    return town.x.json("person", "link", email)


# Links.

def test_a_link_sets_the_first_password_and_ends(own_town, browser):
    own_town.x.run("person", "add", "--org", own_town.org["ohio"], "--email", "new@ohio.example",
                   "--name", "New", "--role", "member")
    link = open_link(own_town, "new@ohio.example")
    assert link["url"].endswith("/app/link#" + link["secret"])
    session = browser.keep(browser.post("/session/link", {"secret": link["secret"]}))
    assert session["needs"] == "setup" and "person" not in session
    assert session["invited"] == {"name": "New", "email": "new@ohio.example",
                                  "organization": "Ohio"}
    problem(browser.patch("/session", {"acting_for": own_town.org["ohio"]}), 401, "password first")
    problem(browser.post("/account/totp", {}), 401)
    short = problem(browser.put("/account/password", {"password": "short"}), 422)
    assert short["errors"][0]["field"] == "/password"
    session = browser.keep(browser.put("/account/password", {"password": NEW}))
    assert session["person"]["email"] == "new@ohio.example" and "needs" not in session
    other = Browser(own_town.base)
    problem(other.post("/session/link", {"secret": link["secret"]}), 404, "not good")
    other.sign_in("new@ohio.example", NEW)


def test_a_link_may_be_opened_again_until_a_password_is_set(own_town, browser):
    link = open_link(own_town, "o1@example.org")
    for _ in range(2):
        browser.csrf = None
        browser.http.cookies.clear()
        browser.keep(browser.post("/session/link", {"secret": link["secret"]}))
    problem(Browser(own_town.base).post("/session/link", {"secret": "nothing"}), 404, "not good")


def test_whoever_did_not_ask_for_a_link_ends_it(own_town, browser):
    link = open_link(own_town, "f1@example.org")
    browser.sign_in("f1@example.org")
    assert len(browser.get("/account").json()["links"]) == 1
    assert browser.delete("/account/links").status_code == 204
    assert browser.get("/account").json()["links"] == []
    problem(Browser(own_town.base).post("/session/link", {"secret": link["secret"]}), 404)


def test_a_link_takes_lost_second_steps_away(own_town, browser):
    browser.sign_in("f1@example.org")
    browser.add_app()
    link = open_link(own_town, "f1@example.org")
    other = Browser(own_town.base)
    other.keep(other.post("/session/link", {"secret": link["secret"]}))
    other.keep(other.put("/account/password", {"password": NEW}))
    assert other.get("/account").json()["authenticators"] == []
    assert "person" not in browser.get("/session").json()
    assert "needs" not in Browser(own_town.base).sign_in("f1@example.org", NEW)


@pytest.fixture
def mail_to(own_town):
    """The messages to somebody, newest first, as a steward sees them in the outbox."""
    office = next(r["id"] for r in own_town.x.rows("org", "list")
                  if r["name"] == "Election Exchange")
    own_town.x.person(office, "chief@exchange.example", ["steward"])
    chief = Browser(own_town.base)
    chief.sign_in("chief@exchange.example")
    chief.add_app()

    def look(email):
        found = [m["id"] for m in chief.get("/outbox").json()["items"] if m["to"] == email]
        return [chief.get("/outbox/" + one).json() for one in found]
    return look


def test_a_token_outlives_a_recovery_and_its_owner_ends_all_of_them(own_town, browser, mail_to):
    """B5, S10: who recovers an account hears that its tokens go on, and ends them at once."""
    tokens = [own_town.x.json("token", "add", "--org", own_town.org["fed"], "--person",
                              "f1@example.org", "--name", name) for name in ("feed", "sweep")]

    def reads(token):
        answer = Browser(own_town.base).get(
            "/collections", headers={"Authorization": "Bearer " + token["secret"]})
        return answer.status_code

    link = open_link(own_town, "f1@example.org")
    browser.keep(browser.post("/session/link", {"secret": link["secret"]}))
    browser.keep(browser.put("/account/password", {"password": NEW}))
    assert [reads(token) for token in tokens] == [200, 200]
    assert "Programs that have a token of yours go on" in mail_to("f1@example.org")[0]["text"]
    assert browser.delete("/account/tokens").status_code == 204
    assert [reads(token) for token in tokens] == [401, 401]
    assert all(t["is_revoked"] for t in browser.get("/account/tokens").json()["items"])
    assert browser.delete("/account/tokens").status_code == 204  # nothing is left to end


def test_whose_account_was_recovered_is_mailed_and_whoever_joins_is_not(own_town, browser, mail_to):
    """B5: the mail is for who had something to lose; without tokens it speaks of none."""
    browser.sign_in("f1@example.org")
    assert browser.delete("/account/tokens").status_code == 204
    browser = Browser(own_town.base)
    link = open_link(own_town, "f1@example.org")
    browser.keep(browser.post("/session/link", {"secret": link["secret"]}))
    browser.keep(browser.put("/account/password", {"password": NEW}))
    mail = mail_to("f1@example.org")[0]
    assert mail["subject"].endswith("A new sign-in was set for your account")
    assert "token" not in mail["text"] and "was you, there is nothing to do" in mail["text"]
    own_town.x.run("person", "add", "--org", own_town.org["ohio"], "--email", "new@ohio.example",
                   "--name", "New", "--role", "member")
    other = Browser(own_town.base)
    link = open_link(own_town, "new@ohio.example")
    other.keep(other.post("/session/link", {"secret": link["secret"]}))
    other.keep(other.put("/account/password", {"password": NEW}))
    assert mail_to("new@ohio.example") == []


# The second step.

def test_with_an_app_a_password_alone_opens_nothing(own_town, browser):
    browser.sign_in("f1@example.org")
    app = browser.add_app()
    other = Browser(own_town.base)
    session = other.sign_in("f1@example.org")
    assert session["needs"] == "totp" and "person" not in session
    problem(other.get("/account"), 401, "second step")
    problem(other.post("/session/second", {}), 422)
    problem(other.post("/session/second", {"code": "000000"}), 401)
    code = app.code()
    session = other.keep(other.post("/session/second", {"code": code}))
    assert session["person"]["email"] == "f1@example.org"
    third = Browser(own_town.base)
    third.sign_in("f1@example.org")
    problem(third.post("/session/second", {"code": code}), 401)  # once


def test_recovery_codes_work_once(own_town, browser):
    browser.sign_in("f1@example.org")
    problem(browser.post("/account/recovery-codes"), 409, "authenticator")
    browser.add_app()
    codes = browser.post("/account/recovery-codes").json()["codes"]
    assert len(set(codes)) == 10
    assert browser.get("/account").json()["recovery_codes"] == 10
    for status in (200, 401):
        other = Browser(own_town.base)
        other.sign_in("f1@example.org")
        typed = codes[0].replace("-", " ").upper()
        assert other.post("/session/second", {"recovery_code": typed}).status_code == status
    assert browser.get("/account").json()["recovery_codes"] == 9


def test_guessing_codes_is_stopped_even_with_the_password(own_town, browser):
    browser.sign_in("f1@example.org")
    app = browser.add_app()
    answers = []
    for _ in range(3):
        other = Browser(own_town.base)
        other.sign_in("f1@example.org")
        answers += [other.post("/session/second", {"code": "000000"}) for _ in range(4)]
    assert [a.status_code for a in answers] == [401] * 10 + [429] * 2
    problem(other.post("/session/second", {"code": app.code()}), 429, "wait an hour")


def test_only_a_session_of_two_steps_removes_an_authenticator(own_town, browser):
    before = Browser(own_town.base)
    before.sign_in("f1@example.org")
    browser.sign_in("f1@example.org")
    browser.add_app()
    one = browser.get("/account").json()["authenticators"][0]["id"]
    problem(before.delete("/account/authenticators/" + one), 401, "Sign in")
    problem(browser.delete("/account/authenticators/authenticator--none"), 404)
    assert browser.delete("/account/authenticators/" + one).status_code == 204
    assert "needs" not in Browser(own_town.base).sign_in("f1@example.org")


# Password and sessions.

def test_who_has_a_password_shows_it_to_change_it(own_town, browser):
    browser.sign_in("f1@example.org")
    other = Browser(own_town.base)
    other.sign_in("f1@example.org")
    wrong = problem(browser.put("/account/password", {"password": NEW, "old": "wrong"}), 422)
    assert wrong["errors"] == [{"field": "/old", "message": "This is not the password"}]
    browser.keep(browser.put("/account/password", {"password": NEW, "old": PASSWORD}))
    assert "person" in browser.get("/session").json()
    assert "person" not in other.get("/session").json()
    problem(other.post("/session", {"email": "f1@example.org", "password": PASSWORD},
                       headers={"X-CSRF-Token": None}), 401)


def test_sessions_are_listed_and_ended_by_their_owner(own_town, browser):
    browser.sign_in("f1@example.org")
    other = Browser(own_town.base)
    other.sign_in("f1@example.org", is_shared_computer=True)
    stranger = Browser(own_town.base)
    stranger.sign_in("f2@example.org")
    rows = browser.get("/account").json()["sessions"]
    assert [(r["is_this"], r["is_shared_computer"]) for r in rows] == [(False, True), (True, False)]
    problem(stranger.delete("/account/sessions/" + rows[0]["id"]), 404)
    assert browser.delete("/account/sessions/" + rows[0]["id"]).status_code == 204
    assert "person" not in other.get("/session").json()


def test_the_last_resort_ends_everything(own_town, browser):
    browser.sign_in("f1@example.org")
    browser.add_app()
    made = own_town.x.json("person", "reset", "f1@example.org")
    assert "person" not in browser.get("/session").json()
    session = Browser(own_town.base).sign_in("f1@example.org", made["password"])
    assert "needs" not in session


def test_everybody_chooses_the_zone_of_their_times(browser):
    browser.sign_in("f1@example.org")
    changed = browser.patch("/account", {"timezone": "Pacific/Guam"})
    assert changed.status_code == 200 and changed.json()["timezone"] == "Pacific/Guam"
    assert browser.get("/session").json()["person"]["timezone"] == "Pacific/Guam"
    wrong = problem(browser.patch("/account", {"timezone": "here; now"}), 422)
    assert wrong["errors"][0]["field"] == "/timezone"
    problem(browser.patch("/account", {}), 422)


# Drafts.

def test_drafts_are_kept_for_one_person_and_one_form(own_town, browser):
    browser.sign_in("f1@example.org")
    problem(browser.get("/drafts/briefing"), 404)
    body = {"title": "A call", "minutes": 30}
    assert browser.put("/drafts/briefing", body).status_code == 204
    kept = browser.get("/drafts/briefing").json()
    assert kept["form"] == "briefing" and kept["body"] == body and kept["updated"]
    other = Browser(own_town.base)
    other.sign_in("f2@example.org")
    problem(other.get("/drafts/briefing"), 404)
    problem(browser.put("/drafts/briefing", {"title": "x" * 70000}), 413)
    assert browser.delete("/drafts/briefing").status_code == 204
    problem(browser.get("/drafts/briefing"), 404)
