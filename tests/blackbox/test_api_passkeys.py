"""Passkeys: made and used, also by a link (B5), and all that may be wrong about them (B6)."""

import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from pages import Browser, problem
from passkeys import Passkey


@pytest.fixture
def at_localhost(own_town):
    """Browsers make passkeys for localhost, never for an address."""
    return own_town.base.replace("127.0.0.1", "localhost")


@pytest.fixture
def browser(at_localhost):
    made = Browser(at_localhost)
    made.sign_in("f1@example.org")
    return made


def add_passkey(browser, **how):
    key = Passkey(browser.base, "localhost", **how)
    options = browser.post("/account/passkeys").json()
    browser.keep(browser.put("/account/passkeys", {"name": "Laptop", **key.make(options)}))
    return key


def arrive(base, key, **wrong):
    browser = Browser(base)
    options = browser.post("/session/passkey").json()
    return browser, browser.put("/session/passkey", key.sign(options, **wrong))


def test_a_passkey_signs_in_without_a_password(browser, at_localhost):
    options = browser.post("/account/passkeys").json()
    assert options["rp"] == {"id": "localhost", "name": "Election Exchange"}
    assert options["attestation"] == "none"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    key = add_passkey(browser)
    account = browser.get("/account").json()
    assert [a["kind"] for a in account["authenticators"]] == ["passkey"] and account["is_strong"]
    other, answer = arrive(at_localhost, key)
    session = other.keep(answer)
    assert session["person"]["email"] == "f1@example.org" and "needs" not in session
    assert other.get("/account").json()["is_strong"]


def test_with_a_passkey_a_password_alone_opens_nothing(browser, at_localhost):
    key = add_passkey(browser)
    other = Browser(at_localhost)
    assert other.sign_in("f1@example.org")["needs"] == "passkey"
    problem(other.get("/account"), 401, "second step")
    options = other.post("/session/passkey").json()
    session = other.keep(other.put("/session/passkey", key.sign(options)))
    assert session["person"]["email"] == "f1@example.org"


def test_a_passkey_is_set_by_a_link_instead_of_a_password(own_town, at_localhost):
    link = own_town.x.json("person", "link", "f2@example.org")
    browser = Browser(at_localhost)
    browser.keep(browser.post("/session/link", {"secret": link["secret"]}))
    key = add_passkey(browser)
    assert not browser.get("/account").json()["has_password"]
    answer = Browser(at_localhost).post("/session", {"email": "f2@example.org",
                                                     "password": "correct horse battery"})
    problem(answer, 401)
    assert arrive(at_localhost, key)[1].status_code == 200
    one = browser.get("/account").json()["authenticators"][0]["id"]
    problem(browser.delete("/account/authenticators/" + one), 409, "only way")


@pytest.mark.parametrize("wrong", [
    {"client": {"type": "webauthn.get"}}, {"client": {"origin": "https://evil.example"}},
    {"client": {"challenge": "AAAA"}}, {"client": {"crossOrigin": True}},
    {"rp_id": "evil.example"}, {"flags": 65}, {"flags": 68}, {"flags": 5},
    {"attestation": b"\xa0"}, {"attestation": b"nonsense"}, {"attestation": b"\x9f" * 5000}])
def test_what_is_wrong_with_a_new_passkey_is_refused(browser, wrong):
    key = Passkey(browser.base, "localhost")
    options = browser.post("/account/passkeys").json()
    problem(browser.put("/account/passkeys", key.make(options, **wrong)), 422)
    assert browser.get("/account").json()["authenticators"] == []


def peak_kb(exchange):
    status = Path(f"/proc/{exchange.server.process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s*(\d+) kB", status)[1])


def test_what_announces_a_billion_elements_takes_no_memory_for_them(browser, own_town):
    """Five bytes of CBOR that announce more than there is: nobody stops the exchange by them."""
    bomb = b"\x9a\x08\x00\x00\x00"
    key = Passkey(browser.base, "localhost")
    before = peak_kb(own_town.x)
    for more in ({"attestation": bomb}, {"cose": b"\xa1\x01" + bomb},
                 {"flags": 197, "cose": key.cose() + b"\xa1\x61x" + bomb}):
        options = browser.post("/account/passkeys").json()
        problem(browser.put("/account/passkeys", key.make(options, **more)), 422)
    key = add_passkey(browser)
    problem(arrive(browser.base, key, flags=133, more=b"\xa1\x61x" + bomb)[1], 401)
    assert peak_kb(own_town.x) - before < 64 * 1024
    assert arrive(browser.base, key)[1].status_code == 200


@pytest.mark.parametrize("wrong", [
    {"client": {"type": "webauthn.create"}}, {"client": {"origin": "https://evil.example"}},
    {"client": {"crossOrigin": True}}, {"rp_id": "evil.example"}, {"flags": 1}, {"flags": 4},
    {"signer": ec.generate_private_key(ec.SECP256R1())}])
def test_what_is_wrong_with_an_answer_is_refused_in_the_same_words(browser, at_localhost, wrong):
    key = add_passkey(browser)
    said = problem(arrive(at_localhost, key, **wrong)[1], 401)["detail"]
    stranger = Passkey(browser.base, "localhost")
    assert problem(arrive(at_localhost, stranger)[1], 401)["detail"] == said
    assert arrive(at_localhost, key)[1].status_code == 200


def test_a_challenge_is_answered_once(browser, at_localhost):
    key = add_passkey(browser)
    other = Browser(at_localhost)
    options = other.post("/session/passkey").json()
    answer = key.sign(options)
    assert other.put("/session/passkey", answer).status_code == 200
    problem(Browser(at_localhost).put("/session/passkey", answer), 422, "begin again")
    mine = browser.post("/account/passkeys").json()
    problem(Browser(at_localhost).put("/session/passkey", key.sign(mine)), 422)


def test_a_copied_key_is_noticed_by_its_count(browser, at_localhost):
    key = add_passkey(browser)
    assert arrive(at_localhost, key)[1].status_code == 200
    key.counter -= 1
    problem(arrive(at_localhost, key)[1], 401)


def test_keys_that_do_not_count_are_good_too(browser, at_localhost):
    key = add_passkey(browser, counts=False)
    for _ in range(2):
        assert arrive(at_localhost, key)[1].status_code == 200


def test_the_same_passkey_is_not_added_twice(browser):
    key = add_passkey(browser)
    options = browser.post("/account/passkeys").json()
    assert len(options["excludeCredentials"]) == 1
    problem(browser.put("/account/passkeys", key.make(options)), 409, "known")
