"""Somebody who wants to be another, or to do more than they may: what a password alone opens, what
a link leaves behind, who counts as a second person, and what refusals tell."""

import base64
import gzip
import re
import socket
import struct
import time
from pathlib import Path

import pytest
import requests

from pages import Browser, problem

PASSWORD = "correct horse battery"
ABSENT = "11111111-1111-4111-8111-111111111111"
TAXII = {"Accept": "application/taxii+json;version=2.1"}


def add_person(town, org, email, *roles):
    town.x.run("person", "add", "--org", org, "--email", email, "--name", email.split("@")[0],
               *[w for role in roles for w in ("--role", role)], "--password-stdin",
               stdin=PASSWORD + "\n")
    return email


def browser_of(town, email, **more):
    made = Browser(town.base)
    made.sign_in(email, **more)
    return made


def by_basic(town, email, password=PASSWORD):
    return requests.get(town.base + "/exchange/collections/", auth=(email, password),
                        headers=TAXII, timeout=30)


def said(answer):
    """All of an answer that could differ, but for the number of the request."""
    return answer.status_code, {**answer.json(), "request_id": ""}


# A password alone.

def test_a_password_alone_reads_nothing_over_taxii_beside_a_second_step(own_town):
    """B6: also where the password was verified, and remembered, before."""
    assert by_basic(own_town, "f1@example.org").status_code == 200
    browser = browser_of(own_town, "f1@example.org")
    browser.add_app()
    refused = by_basic(own_town, "f1@example.org")
    assert refused.status_code == 403 and "token" in refused.json()["description"]
    assert by_basic(own_town, "f1@example.org", "another horse").status_code == 401
    assert by_basic(own_town, "f2@example.org").status_code == 200
    one = browser.get("/account").json()["authenticators"][0]["id"]
    assert browser.delete("/account/authenticators/" + one).status_code == 204
    assert by_basic(own_town, "f1@example.org").status_code == 200


def test_what_takes_two_steps_is_not_done_by_a_token_made_in_one(own_town):
    """B6: admins and stewards, and whoever has a second step."""
    admin = browser_of(own_town, add_person(own_town, own_town.org["ohio"], "ada@example.org",
                                            "admin"))
    problem(admin.get("/people"), 403, "second step")
    problem(admin.post("/account/tokens", {"name": "by the back door"}), 403, "second step")
    early = browser_of(own_town, "f1@example.org")
    browser_of(own_town, "f1@example.org").add_app()
    problem(early.post("/account/tokens", {"name": "from before"}), 401, "Sign in")
    admin.add_app()
    token = admin.post("/account/tokens", {"name": "mine"}).json()["secret"]
    people = requests.get(own_town.base + "/api/people", timeout=30,
                          headers={"Authorization": "Bearer " + token})
    assert people.status_code == 200


# Links.

def test_what_was_opened_by_a_link_ends_with_it(own_town):
    """B5: whoever opened it before it was refused sets nothing."""
    thief = Browser(own_town.base)
    link = own_town.x.json("person", "link", "f1@example.org")
    thief.keep(thief.post("/session/link", {"secret": link["secret"]}))
    owner = browser_of(own_town, "f1@example.org")
    assert owner.delete("/account/links").status_code == 204
    problem(thief.put("/account/password", {"password": "a thief's password"}), 401)
    assert owner.get("/account").status_code == 200
    browser_of(own_town, "f1@example.org")


def test_a_link_opened_over_and_over_leaves_no_more_than_a_few_sessions(own_town):
    link = own_town.x.json("person", "link", "f1@example.org")
    owner = browser_of(own_town, "f1@example.org")
    opened = [Browser(own_town.base) for _ in range(203)]
    for one in opened:
        one.keep(one.post("/session/link", {"secret": link["secret"]}))
    is_known = ["csrf" in one.get("/session").json() for one in opened]
    assert is_known == [False] * 3 + [True] * 200
    assert owner.get("/account").status_code == 200


def test_one_person_is_not_two_by_acting_for_another_organization(own_town):
    """B5: who made a link as an admin does not confirm it as a steward."""
    steward = next(r["id"] for r in own_town.x.rows("org", "list")
                   if r["name"] == "Election Exchange")
    both = add_person(own_town, own_town.org["ohio"], "both@example.org", "admin")
    add_person(own_town, steward, both, "steward")
    other = add_person(own_town, steward, "other@example.org", "steward")
    browser = browser_of(own_town, both)
    browser.add_app()
    browser.keep(browser.patch("/session", {"acting_for": own_town.org["ohio"]}))
    path = f"/people/{own_town.person['o1']}/link"
    made = browser.post(path, {})
    assert made.status_code == 201, made.text
    browser.keep(browser.patch("/session", {"acting_for": steward}))
    problem(browser.post(path + "/confirm"), 403, "another steward")
    second = browser_of(own_town, other)
    second.add_app()
    assert second.post(path + "/confirm").status_code == 204


# What refusals tell.

def test_a_token_for_a_hidden_collection_is_refused_like_one_for_an_absent_one(own_town):
    """G2: its id, its alias and its title are nobody's to try."""
    hidden = own_town.x.collection("Hidden Title", alias="hidden-alias")
    browser = browser_of(own_town, "c1@example.org")

    def ask(name):
        answer = browser.post("/account/tokens", {"name": "t", "collections": [name]})
        status, words = said(answer)
        return status, {**words, "detail": words["detail"].replace(name, "…")}
    tried = [ask(name) for name in (hidden, "hidden-alias", "Hidden Title", ABSENT, "absent")]
    assert tried == [tried[-1]] * 5 and tried[0][0] == 422
    assert browser.post("/account/tokens",
                        {"name": "t", "collections": [own_town.k]}).status_code == 201


def test_an_admin_is_told_nothing_of_who_is_elsewhere(own_town):
    """O1: addresses and organizations that are there and are not theirs, and those that are not."""
    admin = browser_of(own_town, add_person(own_town, own_town.org["ohio"], "ada@example.org",
                                            "admin"))
    admin.add_app()
    known = own_town.x.id_of("org", "add", "--name", "Nobody Asked Them", "--sector", "platform",
                             "--status", "known")
    absent = "identity--" + ABSENT

    def same(one, two, *names):
        pair = [said(one), said(two)]
        for words in pair:
            for name in names:
                words[1]["detail"] = words[1]["detail"].replace(name, "…")
        assert pair[0] == pair[1] and pair[0][0] >= 400, pair
    duty = {"duty": "primary", "verified": "2018-08-21"}
    mine, hidden, nowhere = (f"/organizations/{o}/duties"
                             for o in (own_town.org["ohio"], known, absent))
    same(admin.put(mine, {"person": "f1@example.org", **duty}),
         admin.put(mine, {"person": "nobody@example.org", **duty}))
    same(admin.put(hidden, {"person": "f1@example.org", **duty}),
         admin.put(nowhere, {"person": "f1@example.org", **duty}))
    same(admin.get("/people?organization=" + known), admin.get("/people?organization=" + absent))
    link = f"/people/{own_town.person['o1']}/link"
    same(admin.post(link, {"organization": "Nobody Asked Them"}),
         admin.post(link, {"organization": "Nobody Is There"}),
         "Nobody Asked Them", "Nobody Is There")
    assert admin.put(mine, {"person": "o1@example.org", **duty}).status_code == 204
    assert admin.get("/people?organization=" + own_town.org["ohio"]).json()["items"]


# What is shown once, and what is not written at all.

def test_what_is_shown_once_is_not_shown_empty_to_a_repeated_request(own_town):
    key = {"Idempotency-Key": "the same key"}
    browser = browser_of(own_town, "f1@example.org")
    secrets = [browser.post("/account/totp", {"name": "x"}, headers=key).json()["secret"]
               for _ in range(2)]
    assert all(len(base64.b32decode(s + "=" * (-len(s) % 8))) >= 20 for s in secrets)
    browser.add_app()
    for _ in range(2):
        codes = browser.post("/account/recovery-codes", headers=key).json()["codes"]
        assert len(set(codes)) == 10 and all(codes)


def test_who_asks_for_a_challenge_has_nothing_written(own_town):
    """Anybody may ask, so that it must cost no disk."""
    browser = Browser(own_town.base)
    files = [own_town.x.data / name for name in ("tocsin.db", "tocsin.db-wal")]

    def size():
        return sum(f.stat().st_size for f in files if f.exists())
    before = size()
    asked = {browser.post("/session/passkey").json()["challenge"] for _ in range(300)}
    assert len(asked) == 300
    assert size() - before < 100 * 1024  # a commit for each is a page at least: 1.2 MB


# Cookies.

def test_no_cookie_is_made_for_the_open_network_behind_a_proxy_that_says_little(own_town):
    """S1: the public address decides, whatever the proxy tells of the scheme."""
    own_town.x.stop()
    settings = own_town.x.data / "tocsin.conf"
    settings.write_text(settings.read_text() + "\npublic_url = https://exchange.example\n")
    base = own_town.x.serve("--behind-proxy", "127.0.0.1").base
    asked = {"email": "f1@example.org", "password": PASSWORD}
    for told in ({}, {"X-Forwarded-For": "192.0.2.7"}, {"Forwarded": "for=192.0.2.7"},
                 {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "http"},
                 {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https"}):
        answer = requests.post(base + "/api/session", json=asked, timeout=30, headers={
            "Origin": "https://exchange.example", "Host": "exchange.example", **told})
        assert answer.status_code == 200, answer.text
        cookie = answer.headers["Set-Cookie"]
        assert cookie.startswith("__Host-tocsin=") and "; Secure" in cookie, told
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    page = requests.get(base + "/app/", headers={"Host": "exchange.example"}, timeout=30)
    assert page.headers["Strict-Transport-Security"].startswith("max-age=")
    at_home = requests.get(base + "/app/", timeout=30)
    assert "Strict-Transport-Security" not in at_home.headers


def own_address():
    """An address of this machine that is not loopback, or nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        try:
            s.connect(("192.0.2.254", 9))
        except OSError:
            return None
        found = s.getsockname()[0]
    return None if found.startswith("127.") else found


def test_nobody_comes_past_the_proxy_in_the_clear(bare):
    """S1: what listens for a proxy answers the proxy, and this machine."""
    address = own_address()
    if address is None:
        pytest.skip("this machine has no address but its own")
    bare.serve("--behind-proxy", "192.0.2.77", listen="0.0.0.0")
    at = f"http://{address}:{bare.server.port}"
    for path in ("/", "/app/", "/exchange/collections/", "/api/session"):
        answer = requests.get(at + path, headers=TAXII, timeout=30)
        assert answer.status_code == 403 and "proxy" in answer.text, path
    assert requests.get(at + "/healthz", timeout=30).status_code == 200
    assert requests.get(bare.server.base + "/", timeout=30).status_code == 200
    bare.stop()
    bare.serve("--behind-proxy", address, listen="0.0.0.0")
    at = f"http://{address}:{bare.server.port}"
    assert requests.get(at + "/", timeout=30).status_code == 200


# Bodies.

def test_what_a_stranger_sends_is_not_unpacked(own_town):
    """S5: rights come first. A little gzip that is worth 100 MB is worth nothing without them."""
    status = Path(f"/proc/{own_town.x.server.process.pid}/status")

    def peak_kb():
        return int(re.search(r"VmHWM:\s*(\d+) kB", status.read_text())[1])
    bomb = gzip.compress(b'{"objects":[' + b" " * (90 << 20), 9)
    headers = {"Accept": TAXII["Accept"], "Content-Type": TAXII["Accept"],
               "Content-Encoding": "gzip"}
    url = f"{own_town.base}/exchange/collections/{own_town.k}/objects/"
    before = peak_kb()
    for auth in (("f1@example.org", "wrong wrong wrong"), ("c1@example.org", PASSWORD)):
        answer = requests.post(url, data=bomb, headers=headers, auth=auth, timeout=30)
        assert answer.status_code in (401, 403), answer.text
    assert peak_kb() - before < 60 * 1024
    answer = requests.post(url, data=bomb, headers=headers, auth=("f1@example.org", PASSWORD),
                           timeout=30)
    assert answer.status_code in (400, 422), answer.text
    assert peak_kb() - before > 80 * 1024, "and it would have been"


def test_much_is_taken_from_nobody_who_may_not_send_it(own_town):
    """S7: refused at the header, before a byte of it is held."""
    def answer_to(*more):
        head = (f"POST /api/briefings HTTP/1.1\r\nHost: {own_town.base[7:]}\r\n"
                f"Origin: {own_town.base}\r\nContent-Type: application/json\r\n"
                + "".join(m + "\r\n" for m in more) + "\r\n")
        with socket.create_connection(("127.0.0.1", own_town.x.server.port), timeout=5) as s:
            s.sendall(head.encode())
            s.settimeout(1)
            try:
                return s.recv(4096)[9:12].decode()
            except TimeoutError:
                return "waits for the body"
    large, chunked = "Content-Length: 900000", "Transfer-Encoding: chunked"
    key = "Authorization: Bearer " + own_town.tokens["f1"][1]
    assert [answer_to(large), answer_to(chunked)] == ["401", "401"]
    assert answer_to(large, "Authorization: Bearer tocsin_wrong") == "401"
    assert answer_to(large, "Authorization: Bearer " + own_town.tokens["fed"][1]) == "403"
    assert [answer_to(large, key), answer_to(chunked, key)] == ["waits for the body"] * 2


# Hanging up.

def test_whoever_hangs_up_leaves_nothing_that_a_stop_waits_for(bare):
    """S8: requests whose sender was gone before their answer."""
    bare.serve()
    body = b'{"secret":"nothing"}'
    request = (f"POST /api/session/link HTTP/1.1\r\nHost: {bare.server.base[7:]}\r\n"
               f"Origin: {bare.server.base}\r\nContent-Type: application/json\r\n"
               f"Content-Length: {len(body)}\r\n\r\n").encode() + body
    for i in range(600):
        with socket.create_connection(("127.0.0.1", bare.server.port), timeout=5) as s:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            s.sendall(request)
            time.sleep(i % 4 * 0.0003)
    assert bare.server.stop(patience_s=15) == 0


# Numbers.

def unmixed(id):
    """The inverse of a mixing that needs no key (the end of splitmix64)."""
    mask, n = (1 << 64) - 1, int(id, 16)
    n ^= n >> 31 ^ n >> 62
    n = n * pow(0x94d049bb133111eb, -1, 1 << 64) & mask
    n ^= n >> 27 ^ n >> 54
    n = n * pow(0xbf58476d1ce4e5b9, -1, 1 << 64) & mask
    return n ^ n >> 30 ^ n >> 60


def test_the_numbers_of_requests_tell_nobody_how_many_others_made(town):
    """O1: what lies between two of one's own."""
    ids = [requests.get(town.base + "/healthz", timeout=30).headers["X-Request-Id"]
           for _ in range(5)]
    assert len(set(ids)) == 5
    for read in (unmixed, lambda id: int(id, 16)):
        steps = [(read(b) - read(a)) % (1 << 64) for a, b in zip(ids, ids[1:])]
        assert min(steps) > 1 << 20, steps
