"""Signing in to the pages: one person acting for one organization (B1), what a browser must bring
before anything changes, and what it loses at the end (B6)."""

from datetime import date

import pytest

from exchange import tocsin
from pages import Browser, problem

PASSWORD = "correct horse battery"


@pytest.fixture
def browser(town):
    return Browser(town.base)


def bearer(town, name):
    return {"Authorization": "Bearer " + town.tokens[name][1]}


def test_anyone_may_ask_what_the_exchange_is(browser):
    answer = browser.get("/session")
    assert answer.status_code == 200
    session = answer.json()
    assert set(session) == {"exchange"}
    election = session["exchange"].pop("election")
    assert session["exchange"] == {"name": "Election Exchange", "is_demo": False,
                                   "is_exercise": False}
    day = date.fromisoformat(election["date"])
    assert election["name"] == "General election" and election["days"] >= 0
    assert (day.year % 2, day.month, day.weekday()) == (0, 11, 1) and 2 <= day.day <= 8


def test_a_right_password_signs_in_and_the_secret_stays_in_the_cookie(town, browser):
    answer = browser.post("/session", {"email": "F1@Example.org", "password": PASSWORD})
    session = browser.keep(answer)
    assert session["person"]["email"] == "f1@example.org"
    assert session["acting_for"]["organization"]["name"] == "Federal Office"
    assert session["acting_for"]["roles"] == ["publisher"]
    assert [a["organization"]["name"] for a in session["affiliations"]] == ["Federal Office"]
    cookie = answer.headers["Set-Cookie"]
    for word in ("tocsin=", "Path=/", "HttpOnly", "SameSite=Lax", "Max-Age="):
        assert word in cookie
    assert browser.cookie() not in answer.text
    again = browser.get("/session").json()
    assert again == session
    rows = town.x.json("audit", "show", "--verb", "session.begin")
    assert rows and browser.cookie() not in str(rows)


def test_wrong_passwords_and_unknown_people_hear_the_same(browser):
    def said(email, password):
        found = problem(browser.post("/session", {"email": email, "password": password}), 401)
        found.pop("request_id")
        return found
    assert said("f1@example.org", "wrong") == said("nobody@example.org", "wrong")
    assert said("f1@example.org", "wrong")["detail"] == "E-mail address or password is wrong"
    assert browser.cookie() is None


def test_what_is_missing_in_the_form_is_told_by_field(browser):
    found = problem(browser.post("/session", {"email": "", "extra": 1}), 422)
    assert {e["field"] for e in found["errors"]} == {"/email", "/password", "/extra"}


def test_many_failures_are_told_to_wait_and_a_right_password_still_gets_in(own_town):
    browser = Browser(own_town.base)
    for _ in range(40):
        answer = browser.post("/session", {"email": "f2@example.org", "password": "wrong"})
        if answer.status_code == 429:
            break
    problem(answer, 429)
    assert 1 <= int(answer.headers["Retry-After"]) <= 61
    browser.sign_in("f2@example.org")


# What a browser must bring.

@pytest.mark.parametrize("headers", [
    {"Origin": "https://evil.example"}, {"Origin": None}, {"Origin": "null"},
    {"Origin": None, "Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "cross-site"}])
def test_another_site_cannot_sign_anybody_in(browser, headers):
    form = {"email": "f1@example.org", "password": PASSWORD}
    problem(browser.post("/session", form, headers=headers), 403, "Origin")
    assert browser.cookie() is None


@pytest.mark.parametrize("headers", [
    {"X-CSRF-Token": None}, {"X-CSRF-Token": "AAAA"}, {"Origin": "https://evil.example"}])
def test_another_site_cannot_change_anything(browser, headers):
    browser.sign_in("f1@example.org")
    problem(browser.delete("/session", headers=headers), 403)
    assert "person" in browser.get("/session").json()


def test_a_token_needs_no_csrf_and_no_origin(town, browser):
    answer = browser.ask("PATCH", "/session", {"acting_for": town.org["fed"]},
                         headers={"Origin": None, **bearer(town, "f1")})
    problem(answer, 403, "browsers")


def test_a_persons_token_acts_as_that_person(town, browser):
    session = browser.get("/session", headers=bearer(town, "p1")).json()
    assert session["person"]["email"] == "p1@example.org"
    assert session["acting_for"]["organization"]["id"] == town.org["plat"]
    assert "csrf" not in session


def test_home_comes_with_the_session_to_who_has_one(town, browser):
    """P2: the first page needs one request for both."""
    assert "home" not in browser.get("/session?with=home").json()
    token = bearer(town, "p1")
    both = browser.get("/session?with=home", headers=token).json()
    alone = browser.get("/session", headers=token).json()
    assert both.pop("home") == browser.get("/home", headers=token).json()
    assert both == alone


def test_a_token_signs_nobody_out(town, browser):
    answer = browser.ask("DELETE", "/session", headers=bearer(town, "fed"))
    problem(answer, 403, "browsers")


def test_basic_is_for_taxii_only(browser):
    answer = browser.http.get(browser.base + "/api/session", auth=("f1@example.org", PASSWORD))
    problem(answer, 401, "Bearer")
    assert "Basic" not in answer.headers["WWW-Authenticate"]


def test_a_bad_body_is_told_where(browser):
    headers = {"Origin": browser.base, "Content-Type": "application/json"}
    url = browser.base + "/api/session"
    problem(browser.http.post(url, data="{\"email\":", headers=headers), 400)
    problem(browser.http.post(url, data="[]", headers=headers), 400, "object")
    problem(browser.http.post(url, data='{"email":"a","email":"b"}', headers=headers), 400, "twice")
    problem(browser.http.post(url, data="a=b", headers=headers | {"Content-Type": "text/plain"}),
            415)
    problem(browser.http.post(url, data='{"email":"%s"}' % ("x" * 20000), headers=headers), 413)


def test_unknown_paths_and_methods_are_problems_too(browser):
    problem(browser.get("/nothing"), 404)
    problem(browser.get("/session/"), 404)
    answer = browser.ask("PUT", "/session", {})
    problem(answer, 405)
    assert "PATCH" in answer.headers["Allow"]


# Acting for another organization, and ending.

@pytest.fixture
def both(own_town):
    own_town.x.run("person", "add", "--org", own_town.org["plat"], "--email", "f1@example.org",
                   "--role", "member")
    browser = Browser(own_town.base)
    browser.sign_in("f1@example.org")
    return browser


def test_one_session_acts_for_one_organization_and_may_change(own_town, both):
    before, csrf = both.cookie(), both.csrf
    session = both.keep(both.patch("/session", {"acting_for": own_town.org["plat"]}))
    assert session["acting_for"]["organization"]["id"] == own_town.org["plat"]
    assert session["acting_for"]["roles"] == ["member"]
    assert len(session["affiliations"]) == 2
    assert both.cookie() != before and both.csrf != csrf
    old = Browser(own_town.base)
    old.http.cookies.set("tocsin", before)
    assert "person" not in old.get("/session").json()


def test_nobody_acts_for_an_organization_that_is_not_theirs(own_town, both):
    for org in (own_town.org["ohio"], "identity--00000000-0000-4000-8000-000000000000"):
        problem(both.patch("/session", {"acting_for": org}), 403, "may not act")


def test_suspending_a_person_ends_their_session_at_once(own_town, both):
    own_town.x.run("person", "suspend", "f1@example.org")
    assert "person" not in both.get("/session").json()
    problem(both.delete("/session"), 401)


def test_signing_out_ends_it_and_clears_the_browser(own_town, both):
    secret = both.cookie()
    answer = both.delete("/session")
    assert answer.status_code == 204
    assert "storage" in answer.headers["Clear-Site-Data"]
    assert "Max-Age=0" in answer.headers["Set-Cookie"]
    both.http.cookies.set("tocsin", secret)
    assert "person" not in both.get("/session").json()


# Demo chairs, and the pages' files.

def test_only_a_demo_exchange_has_chairs(town, browser):
    problem(browser.get("/demo/chairs"), 404)
    problem(browser.post("/demo/chairs/clerk"), 404)
    refused = tocsin("person", "chair", "--data", town.x.data, "f1@example.org", "--id", "clerk",
                     "--title", "Clerk", check=False)
    assert refused.returncode == 5 and "demo" in refused.stderr


def test_a_chair_is_taken_without_a_password_on_loopback_alone(bare, tmp_path):
    bare.data = tmp_path / "demo"
    bare.json("init", "--name", "Exercise", "--demo")
    org = bare.org("County", "local")
    bare.person(org, "clerk@county.example")
    bare.run("person", "chair", "clerk@county.example", "--id", "clerk", "--title", "County clerk",
             "--about", "Answers in two taps.")
    browser = Browser(bare.serve().base)
    assert browser.get("/demo/chairs").json()["items"] == [
        {"id": "clerk", "title": "County clerk", "person": "clerk", "organization": "County",
         "about": "Answers in two taps."}]
    problem(browser.get("/demo/chairs", headers={"Host": "evil.example"}), 404)
    problem(browser.post("/demo/chairs/other"), 404)
    problem(browser.post("/demo/chairs/clerk", headers={"Origin": "https://evil.example"}), 403)
    session = browser.keep(browser.post("/demo/chairs/clerk"))
    assert session["person"]["email"] == "clerk@county.example"
    assert session["exchange"]["is_exercise"]
    bare.stop()
    other = Browser(bare.serve("--behind-proxy", "127.0.0.1").base)
    problem(other.get("/demo/chairs"), 404)


CLIENTS = ("curl", "taxii2-client", "OpenCTI", "MISP", "Microsoft Sentinel",
           "Splunk Enterprise Security", "tocsin")


def test_the_first_page_says_how_each_client_is_connected(browser):
    """Each by its name, with the address of this exchange to copy and where the token goes."""
    parts = browser.http.get(browser.base + "/").text.split("<h3>")[1:]
    assert [name for name, part in zip(CLIENTS, parts, strict=True)
            if name not in part.partition("</h3>")[0]] == []
    for part in parts:
        example = part.partition("<pre lang=\"en\">")[2].partition("</pre>")[0]
        assert browser.base in example and "token" in part, part


@pytest.mark.parametrize("query, accepted, language, words", [
    ("", "es-PR, en;q=0.5", "es", "Iniciar sesión"), ("?lang=es", "en", "es", "Iniciar sesión"),
    ("?lang=en", "es", "en", "Sign in"), ("", "fr", "en", "Sign in"),
    ("?lang=%", "en", "en", "Sign in")])
def test_the_first_page_is_english_or_spanish(browser, query, accepted, language, words):
    """P5."""
    page = browser.http.get(browser.base + "/" + query, headers={"Accept-Language": accepted})
    assert f'<html lang="{language}">' in page.text and f"?lang={language}\">{words}" in page.text
    assert page.headers["Vary"] == "Accept-Language"
    missing = browser.http.get(browser.base + "/nothing", headers={"Accept-Language": "es"})
    assert missing.status_code == 404 and "Esta página no existe" in missing.text


def test_the_first_page_leads_to_the_application(browser):
    page = browser.http.get(browser.base + "/")
    assert '<a href="/app/?lang=en">' in page.text and "<script" not in page.text
    moved = browser.http.get(browser.base + "/app", allow_redirects=False)
    assert moved.status_code == 308 and moved.headers["Location"] == "/app/"
    assert browser.http.post(browser.base + "/app/").status_code == 405
    missing = browser.http.get(browser.base + "/app/assets/none.js")
    assert missing.status_code == 404
