"""Materials of briefings (B26), over the API: who sees them, what is taken, what becomes of their
bytes."""

import hashlib
import os
import re
import socket
import stat
import time

import pytest

import objects as stix
from council import PDF, Council, Person, give, hand_in, made, sent
from exchange import Exchange, poll, tocsin
from pages import Browser
from taxii import Client

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 17 + b"\0\0\0\0IEND\xaeB`\x82"
ABSENT = "artifact--00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    data = tmp_path_factory.mktemp("council") / "data"
    made_council = Council(data)
    yield made_council
    made_council.x.stop()


def given(who, briefing, *args, **more):
    done = give(who, briefing, *args, **more)
    assert done.status_code == 201, done.text
    return done.json()


def materials(who, briefing):
    done = who.get(f"/briefings/{briefing}/materials")
    assert done.status_code == 200, done.text
    return done.json()["items"]


def titles(who, briefing):
    return [m["title"] for m in materials(who, briefing)]


def fetch(who, material):
    return who.get(material["file"]["href"].removeprefix("/api"))


def kept(council):
    """The digests whose bytes are on the disk."""
    folder = council.x.data / "files"
    return {p.name for p in folder.iterdir()} if folder.exists() else set()


def bare(answer):
    headers = {k: v for k, v in answer.headers.items() if k not in ("Date", "X-Request-Id")}
    body = answer.text.replace(answer.headers["X-Request-Id"], "REQUEST")
    return answer.status_code, headers, body


# Who sees what.


def test_what_is_given_in_the_draft_is_read_by_who_is_invited(council):
    """B26: nobody but the hosts before it is sent; then saved under its name, and never shown."""
    briefing = made(council.ann)
    one = given(council.ann, briefing, title="Slides for the call", label="amber+strict")
    assert council.oda.get(f"/briefings/{briefing}/materials").status_code == 404
    assert fetch(council.oda, one).status_code == 404
    people = council.ann.get(f"/briefings/{briefing}/audience").json()["people"]
    council.ann.post(f"/briefings/{briefing}/send", {"people": people})
    seen = council.oda.get(f"/briefings/{briefing}/materials").json()
    assert not seen["may_give"] and seen["bytes_max"] == 25 << 20
    (item,) = seen["items"]
    assert (item["title"], item["label"], item["kind"], item["given_by"]) == \
        ("Slides for the call", "amber+strict", "pdf", "Agency")
    assert item["file"]["bytes"] == len(PDF)
    assert item["file"]["sha256"] == hashlib.sha256(PDF).hexdigest()
    file = fetch(council.oda, item)
    assert file.content == PDF and file.headers["Content-Type"] == "application/pdf"
    assert file.headers["Content-Disposition"].startswith('attachment; filename="slides.pdf"')
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in file.headers["Content-Security-Policy"]
    assert "Content-Encoding" not in file.headers


def test_who_is_not_in_the_items_audience_sees_no_gap(council):
    """B9, O1: byte for byte as if there were neither material nor file."""
    briefing = sent(council, items=[
        {"title": "For all", "minutes": 5},
        {"title": "For Guam", "minutes": 5, "organizations": [council.org["guam"]]}])
    items = council.ann.get(f"/briefings/{briefing}").json()["items"]
    before = bare(council.oda.get(f"/briefings/{briefing}/materials"))
    hidden = given(council.ann, briefing, item=items[1]["id"])
    assert bare(council.oda.get(f"/briefings/{briefing}/materials")) == before
    assert bare(fetch(council.oda, hidden)) == bare(council.oda.get("/files/" + ABSENT))
    path = f"/briefings/{briefing}/materials/"
    assert bare(council.oda.call("DELETE", path + hidden["id"], If_Match="*")) == \
        bare(council.oda.call("DELETE", path + "briefing-material--" + ABSENT[10:], If_Match="*"))
    assert titles(council.gus, briefing) == ["slides.pdf"] and fetch(council.gus, hidden).ok
    record = council.oda.get(f"/briefings/{briefing}/record").json()["objects"]
    assert not [o for o in record if o["type"] in ("briefing-material", "artifact")]
    assert "Materials" not in council.oda.get(f"/briefings/{briefing}/record/document").text
    told = council.gus.get(f"/briefings/{briefing}/record").json()["objects"]
    (artifact,) = [o for o in told if o["type"] == "artifact"]
    assert artifact["hashes"]["SHA-256"] == hashlib.sha256(PDF).hexdigest()
    assert artifact["url"].endswith("/api/files/" + artifact["id"])
    assert "slides.pdf (a PDF document, 31 bytes, TLP:AMBER, from Agency)" in \
        council.gus.get(f"/briefings/{briefing}/record/document").text


def test_an_item_that_narrows_takes_its_materials_along(council):
    """B9: it becomes another item, and so do they; of a dropped one they are withdrawn."""
    briefing = sent(council, items=[{"title": "One", "minutes": 5}, {"title": "Two", "minutes": 5}])
    items = council.ann.get(f"/briefings/{briefing}").json()["items"]
    moved = given(council.ann, briefing, item=items[0]["id"], title="Moved")
    gone = given(council.ann, briefing, item=items[1]["id"], title="Gone")
    etag = council.ann.get(f"/briefings/{briefing}").headers["ETag"]
    done = council.ann.patch(f"/briefings/{briefing}", {"items": [
        {"id": items[0]["id"], "title": "One", "minutes": 5,
         "organizations": [council.org["guam"]]}]}, If_Match=etag)
    assert done.status_code == 200, done.text
    assert titles(council.oda, briefing) == [] and titles(council.gus, briefing) == ["Moved"]
    assert fetch(council.oda, moved).status_code == fetch(council.gus, gone).status_code == 404
    (now,) = materials(council.gus, briefing)
    assert now["id"] != moved["id"] and fetch(council.gus, now).content == PDF


def test_an_object_of_the_exchange_is_shown_to_who_may_read_it(council):
    """B26, G6: hidden and absent are refused alike; who may not read it misses nothing."""
    k = council.x.collection("Shared")
    for org in ("agency", "platform", "ohio"):
        council.x.grant(k, council.org[org], read=True, write=org == "agency")
    thing = stix.campaign("amber", name="Paper Lantern")
    secret = stix.campaign("red", name="Unseen")
    council.x.import_text(k, council.org["agency"], stix.bundle(thing, secret),
                          "ann@example.org")
    briefing = sent(council)
    post = f"/briefings/{briefing}/materials"
    done = council.pat.post(post, {"object": thing["id"]})
    assert done.status_code == 201, done.text
    assert done.json()["object"]["title"] == "Paper Lantern"
    assert titles(council.oda, briefing) == ["Paper Lantern"]
    assert titles(council.gus, briefing) == []
    absent = "campaign--00000000-0000-4000-8000-000000000000"
    refused = [council.pat.post(post, {"object": id}) for id in (secret["id"], absent)]
    assert [r.status_code for r in refused] == [422, 422]
    assert refused[0].json()["detail"] == refused[1].json()["detail"]
    assert council.pat.post(post, {}).status_code == 422


def test_who_may_not_host_gives_nothing(council):
    briefing = sent(council)
    assert give_fails(council.oda, briefing) == 404 and give_fails(council.abe, briefing) == 403
    calls = council.ann.get(f"/briefings/{briefing}").headers["ETag"]
    council.ann.post(f"/briefings/{briefing}/cancel", {"reason": "Over"}, If_Match=calls)
    assert give_fails(council.ann, briefing) == 409
    other = made(council.ann)
    handle = hand_in(council.ann, other).json()["file"]
    third = made(council.ann)
    done = council.ann.post(f"/briefings/{third}/materials", {"file": handle, "name": "a.pdf"})
    assert done.status_code == 422 and "hand it in again" in done.text, "for one briefing only"


def give_fails(who, briefing):
    return hand_in(who, briefing).status_code


# How many opened it.


@pytest.fixture(scope="module")
def offices(council):
    """Eleven that nobody else invites: a token for each, and who is on duty there."""
    made_offices = {}
    for n in range(11):
        org = council.x.org(f"Office {n}", "civil-society")
        email = f"o{n}@office.example"
        council.x.run("person", "add", "--org", org, "--email", email, "--name", f"O {n}",
                      "--role", "member")
        council.x.run("person", "duty", email, "--org", org, "--verified", "2018-08-14")
        secret = council.x.token(org, "of o", person=email)[1]
        made_offices[org] = Person(council.x.server.base, secret)
    return made_offices


def opened(who, briefing):
    return {m["title"]: m.get("opened") for m in materials(who, briefing)}


def test_hosts_are_told_how_many_organizations_opened_a_file(council, offices):
    """R2, B26: in fives, by whatever way, without their own; nobody else is told."""
    briefing = sent(council, audience={"sectors": ["civil-society"]})
    one = given(council.ann, briefing, title="Slides")
    feed = Client(council.x.server.base, council.x.token(next(iter(offices)), "feed")[1])
    people = list(offices.values())
    for who in (council.ann, council.abe, council.pat):
        assert fetch(who, one).ok
    assert feed.objects("briefings", id=one["file"]["id"]).status_code == 200
    for who in people[:4]:
        path = materials(who, briefing)[0]["file"]["href"].removeprefix("/api")
        for part in ("bytes=0-4", "bytes=5-"):
            assert who.get(path, Range=part).status_code == 206, "R1: counted once"
    time.sleep(0.5)
    assert opened(council.abe, briefing) == {"Slides": {"of": 11, "at_least": 0}}
    assert fetch(people[4], one).ok
    assert poll(lambda: opened(council.pat, briefing)["Slides"]["at_least"] == 5)
    for who in people[5:]:
        assert fetch(who, one).ok
    time.sleep(0.5)
    assert opened(council.ann, briefing)["Slides"] == {"of": 11, "at_least": 5}, "all: not told"
    assert opened(people[0], briefing) == {"Slides": None}
    handle = hand_in(council.ann, briefing, b"Second").json()["file"]
    council.ann.put(f"/briefings/{briefing}/materials/{one['id']}",
                    {"file": handle, "name": "2.txt"}, If_Match=one["etag"])
    assert opened(council.ann, briefing)["Slides"]["at_least"] == 0, "a new version starts anew"


def test_of_few_nothing_is_counted(council, offices):
    """R2: what could be subtracted from another count is not told."""
    few = list(offices)[:9]
    briefing = sent(council, audience={"sectors": ["civil-society"]}, items=[
        {"title": "Nine", "minutes": 5, "organizations": few}])
    (item,) = council.ann.get(f"/briefings/{briefing}").json()["items"]
    given(council.ann, briefing, item=item["id"], title="For nine")
    given(council.ann, briefing, title="For all")
    assert opened(council.ann, briefing) == {
        "For nine": {"of": 9}, "For all": {"of": 11, "at_least": 0}}
    draft = made(council.ann)
    given(council.ann, draft, title="Not sent")
    assert opened(council.ann, draft) == {"Not sent": None}


def test_hosts_are_told_how_many_came_to_an_object_by_its_material(council, offices):
    """R2, B26: each material by itself; not who may read the object, nor who had it before."""
    x = council.x
    k = x.collection("Known before")
    x.grant(k, council.org["agency"], read=True, write=True)
    readers = list(offices)[:7]
    for org in readers:
        x.grant(k, org, read=True)
    thing = stix.campaign("amber", name="Paper Lantern")
    x.import_text(k, council.org["agency"], stix.bundle(thing), "ann@example.org")
    briefing = sent(council, audience={"sectors": ["civil-society"]})
    first, second = (given_object(council.ann, briefing, thing["id"], title)
                     for title in ("First", "Second"))

    def come(org, material, how="GET"):
        done = offices[org].call(how, f"/objects/{thing['id']}?material={material}")
        assert done.status_code == (200 if org in readers else 404), done.text

    nowhere = "briefing-material--" + ABSENT[10:]
    for org in readers:
        assert set(titles(offices[org], briefing)) == {"First", "Second"}
        come(org, nowhere)
        come(org, first, "HEAD")
    for org in readers[:4]:
        come(org, first)
    come(readers[4], second)
    time.sleep(0.5)
    assert opened(council.ann, briefing) == {
        "First": {"of": 11, "at_least": 0}, "Second": {"of": 11, "at_least": 0}}
    come(readers[4], first)
    come(list(offices)[10], second)
    assert poll(lambda: opened(council.ann, briefing)["First"]["at_least"] == 5)
    assert opened(council.ann, briefing)["Second"] == {"of": 11, "at_least": 0}
    assert set(opened(offices[readers[0]], briefing).values()) == {None}
    x.run("fsck")


def given_object(who, briefing, id, title):
    done = who.post(f"/briefings/{briefing}/materials", {"object": id, "title": title})
    assert done.status_code == 201, done.text
    return done.json()["id"]


# What is taken.


@pytest.mark.parametrize("content, said, name, status, words", [
    (b"", "application/pdf", "a.pdf", 422, "empty"),
    (b"MZ\x90\0program", "application/pdf", "a.pdf", 422, "this is a program"),
    (PNG, "application/pdf", "a.pdf", 422, "says that it is a PDF document, and by its bytes"),
    (PDF[:12], "application/pdf", "a.pdf", 422, "cut short"),
    (PNG + b"more", "image/png", "a.png", 422, "something else hangs on it"),
    (b"PK\x03\x04doc", "application/octet-stream", "a.docx", 422, "save it as PDF"),
    (b"a\0b", "text/plain", "a.txt", 422, "nothing known"),
    (b"caf\xe9", "text/plain", "a.txt", 422, "nothing known"),
    (PDF, "application/zip", "a.pdf", 415, "application/pdf"),
    (PDF, "application/pdf", "a.txt", 422, "By its name this is plain text, and by its bytes"),
    (PDF, "application/pdf", "slides", 422, "ends in .pdf"),
    (b"<script>", "text/plain", "a.html", 422, "ends in .pdf"),
    (PDF, "application/pdf", "\u202e\u200b", 422, "nothing is left"),
])
def test_a_file_that_lies_is_refused_in_words(council, content, said, name, status, words):
    """B26: what it says it is, by its type and by its name, is what it is by its bytes."""
    briefing = drafted(council)
    done = hand_in(council.ann, briefing, content, said)
    if done.status_code == 200:
        done = council.ann.post(f"/briefings/{briefing}/materials",
                                {"file": done.json()["file"], "name": name})
        assert {e["field"] for e in done.json()["errors"]} == {"/name"}
    assert done.status_code == status and words in done.text, done.text
    assert materials(council.ann, briefing) == []


def drafted(council, cache={}):
    return cache.setdefault(id(council), made(council.ann, title="For what is refused"))


@pytest.mark.parametrize("name, is_called, ascii_name", [
    ("C:\\Users\\R\u00e9sum\u00e9 \u202egpj.csv", "R\u00e9sum\u00e9 gpj.csv", "R_sum_ gpj.csv"),
    ("../../etc/passwd\t\nX: y.txt", "passwdX_ y.txt", "passwdX_ y.txt"),
    ('..a"b;c.TXT. ', "a_b;c.TXT", "a_b_c.TXT"),
])
def test_a_name_is_kept_as_it_is_seen(council, name, is_called, ascii_name):
    """B26: no marks that turn the writing, no folders, no line of a header."""
    briefing = made(council.ann)
    one = given(council.ann, briefing, b"<b>a,b</b>\n", name)
    assert one["file"]["name"] == is_called
    assert one["kind"] == ("csv" if is_called.endswith("csv") else "text")
    said = fetch(council.ann, one).headers
    assert f'filename="{ascii_name}"' in said["Content-Disposition"]
    assert "\n" not in said["Content-Disposition"] and "X" not in said
    assert said["Content-Type"].endswith("; charset=utf-8")


def test_a_label_is_never_broader_than_what_it_belongs_to(council):
    briefing = made(council.ann, items=[{"title": "Strict", "minutes": 5, "label": "amber+strict"},
                                        {"minutes": 5, "label": "red",
                                         "presenter": council.id["ann"]}])
    strict, red = council.ann.get(f"/briefings/{briefing}").json()["items"]
    for more, words in (({"label": "green"}, "TLP:AMBER; its label is that or a stricter one"),
                        ({"label": "red"}, "names none"),
                        ({"label": "amber", "item": strict["id"]}, "TLP:AMBER+STRICT"),
                        ({"item": red["id"]}, "only its place"),
                        ({"item": "briefing-item--" + ABSENT[10:]}, "no such item")):
        done = give(council.ann, briefing, **more)
        assert done.status_code == 422 and words in done.text, done.text
    assert given(council.ann, briefing, item=strict["id"])["label"] == "amber+strict"


def test_a_large_file_is_refused_before_it_comes(council):
    """B26, S7: by its length, and by who sends it; no byte of it is read."""
    briefing = drafted(council)

    def head(length, token):
        with socket.create_connection(("127.0.0.1", council.x.server.port), timeout=20) as s:
            s.sendall(f"POST /api/briefings/{briefing}/files HTTP/1.1\r\nHost: a\r\n"
                      f"Authorization: Bearer {token}\r\nContent-Length: {length}\r\n\r\n".encode())
            return s.recv(4096).decode()
    large = head(60 << 20, council.secrets["ann"])
    assert large.startswith("HTTP/1.1 413")
    assert "at most 25 MB here, and this one has 60 MB" in large
    oda, abe = (council.secrets[name] for name in ("oda", "abe"))
    for who, status in (("nobody", 401), (oda, 404), (abe, 403)):
        assert head(20 << 20, who).startswith(f"HTTP/1.1 {status}")
    assert hand_in(council.ann, briefing, b"a" * (25 << 20)).status_code == 200


def test_a_browser_hands_in_with_its_token_only(council):
    """B6: another site may not make it hand a file in."""
    council.x.person(council.org["agency"], "bea@example.org")
    browser = Browser(council.x.server.base)
    browser.sign_in("bea@example.org")
    path = f"/briefings/{drafted(council)}/files"
    assert browser.post(path, data=PDF, headers={"X-CSRF-Token": None}).status_code == 403
    assert browser.post(path, data=PDF, headers={"Origin": "https://a.example"}).status_code == 403
    done = browser.post(path, data=PDF, headers={"Content-Type": "application/pdf"})
    assert done.status_code == 200, done.text


# What broke goes on where it was (RFC 9110 §14).


def ranged(who, path, asked, **headers):
    done = who.get(path, Range=asked, **headers)
    assert done.headers.get("Accept-Ranges") == "bytes" or done.status_code == 416
    return done.status_code, done.headers.get("Content-Range"), done.content


def test_a_file_is_fetched_in_parts(council):
    """B26: a part and the rest are the file; of another version, or of several, the whole."""
    briefing = sent(council)
    content = bytes(range(48, 58)) * 100_000
    one = given(council.ann, briefing, content, "digits.txt")
    path = one["file"]["href"].removeprefix("/api")
    whole = council.gus.get(path)
    etag = whole.headers["ETag"]
    assert whole.content == content and etag.startswith('"')
    last = len(content) - 1
    assert ranged(council.oda, path, "bytes=0-9", Accept_Encoding="gzip") == \
        (206, f"bytes 0-9/{last + 1}", b"0123456789")
    assert ranged(council.oda, path, f"bytes=10-{last + 5}", If_Range=etag) == \
        (206, f"bytes 10-{last}/{last + 1}", content[10:])
    assert ranged(council.oda, path, "bytes=-3")[2] == b"789"
    for asked, more in (("bytes=0-1,5-6", {}), ("bytes=9-2", {}), ("lines=0-1", {}),
                        ("bytes=0-9", {"If_Range": '"another"'}),
                        ("bytes=0-9", {"If_Range": "W/" + etag})):
        assert ranged(council.oda, path, asked, **more) == (200, None, content), asked
    past = council.oda.get(path, Range=f"bytes={last + 1}-")
    assert past.status_code == 416 and past.headers["Content-Range"] == f"bytes */{last + 1}"
    assert past.headers["Content-Type"] == "application/problem+json"
    assert "lies past them" in past.json()["detail"]
    assert council.oda.get(path, If_None_Match=etag).status_code == 304
    head = council.oda.call("HEAD", path, Range="bytes=0-9")
    assert head.status_code == 200 and head.headers["Content-Length"] == str(last + 1)
    hidden = [council.ray.get(p, Range="bytes=0-9") for p in (path, "/files/" + ABSENT)]
    assert bare(hidden[0]) == bare(hidden[1]) and hidden[0].status_code == 404, "O1"


def test_what_is_written_when_it_is_asked_for_is_fetched_in_parts_too(council):
    """The record, its document, and the directory as a sheet: the same while nothing changed."""
    briefing = sent(council, title="In parts")
    for path in (f"/briefings/{briefing}/record", f"/briefings/{briefing}/record/document",
                 "/directory/sheet"):
        for coding in ("identity", "gzip"):
            whole = council.ann.session.get(council.ann.base + path, stream=True, timeout=60,
                                            headers={"Accept-Encoding": coding})
            sent_bytes = whole.raw.read()
            rest = council.ann.session.get(
                council.ann.base + path, stream=True, timeout=60,
                headers={"Accept-Encoding": coding, "Range": "bytes=100-",
                         "If-Range": whole.headers["ETag"]})
            assert rest.status_code == 206, (path, coding)
            assert rest.raw.read() == sent_bytes[100:]


# What becomes of them.


def test_another_file_takes_its_place_and_the_old_one_stays_for_who_had_it(council):
    """B7, B26."""
    briefing = sent(council)
    one = given(council.ann, briefing, b"First", "notes.txt", title="Notes")
    path = f"/briefings/{briefing}/materials/{one['id']}"
    handle = hand_in(council.pat, briefing, b"Second").json()["file"]
    body = {"file": handle, "name": "notes-2.txt"}
    assert council.pat.put(path, body).status_code == 428
    now = council.pat.put(path, body, If_Match=one["etag"])
    assert now.status_code == 200, now.text
    assert now.json()["is_replaced"] and now.json()["given_by"] == "Platform"
    late = council.ann.put(path, {"title": "Mine"}, If_Match=one["etag"])
    assert late.status_code == 412 and late.json()["current"]["file"]["name"] == "notes-2.txt"
    (seen,) = materials(council.oda, briefing)
    assert seen["title"] == "Notes" and fetch(council.oda, seen).content == b"Second"
    assert fetch(council.oda, one).content == b"First"
    assert council.ann.call("DELETE", path, If_Match=one["etag"]).status_code == 412
    assert council.ann.call("DELETE", path, If_Match=seen["etag"]).status_code == 204
    assert materials(council.oda, briefing) == []
    assert fetch(council.oda, one).status_code == fetch(council.oda, seen).status_code == 404


def test_what_was_given_once_is_given_once(council):
    briefing = made(council.ann)
    body = {"file": hand_in(council.ann, briefing).json()["file"], "name": "a.pdf"}
    again = [council.ann.post(f"/briefings/{briefing}/materials", body,
                              Idempotency_Key="one act of one person") for _ in range(2)]
    assert again[0].json()["id"] == again[1].json()["id"]
    assert len(materials(council.ann, briefing)) == 1


def test_over_taxii_an_artifact_leads_to_its_bytes(council):
    """B26: valid STIX 2.1; what fetches the object fetches the file, and leaves a receipt (R1)."""
    briefing = sent(council)
    one = given(council.ann, briefing, b"By TAXII", "t.txt", title="By TAXII")
    secret = council.x.token(council.org["guam"], "feed")[1]
    client = Client(council.x.server.base, secret)
    answer = client.objects("briefings", id=one["file"]["id"])
    (artifact,) = answer.json()["objects"]
    assert "payload_bin" not in artifact and artifact["mime_type"] == "text/plain"
    feed = Person(council.x.server.base, secret)
    assert artifact["url"].startswith(council.x.server.base + "/api/files/")
    assert feed.session.get(artifact["url"], timeout=30).content == b"By TAXII"
    nobody = feed.session.get(artifact["url"], timeout=30, headers={"Authorization": ""})
    assert nobody.status_code == 401
    other = Person(council.x.server.base, council.x.token(council.org["research"], "feed")[1])
    assert other.session.get(artifact["url"], timeout=30).status_code == 404
    narrow = council.x.token(council.org["agency"], "narrow", collections=["members"])[1]
    narrowed = Person(council.x.server.base, narrow)
    assert narrowed.session.get(artifact["url"], timeout=30).status_code == 404, "G9"
    checked = tocsin("validate", "-", stdin=stix.bundle(artifact), check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_bytes_live_as_long_as_something_refers_to_them(council, tmp_path):
    """B26, S15: purge, fsck, backup and restore know the files; a start cleans up."""
    x = council.x
    briefing, other = sent(council), sent(council)
    twice, once = b"Given to two briefings", b"Given to one"
    one = given(council.ann, briefing, twice, "a.txt")
    given(council.ann, other, twice, "b.txt")
    gone = given(council.ann, other, once, "c.txt")
    digests = [hashlib.sha256(t).hexdigest() for t in (twice, once)]
    assert set(digests) <= kept(council)
    assert {stat.S_IMODE(p.stat().st_mode) for p in (x.data / "files").iterdir()} == {0o600}
    for where, what in ((briefing, one), (other, gone)):
        assert council.ann.call("DELETE", f"/briefings/{where}/materials/{what['id']}",
                                If_Match=what["etag"]).status_code == 204
    assert x.json("purge")["files"] >= 1
    assert digests[0] in kept(council) and digests[1] not in kept(council)
    assert fetch(council.oda, materials(council.oda, other)[0]).content == twice
    strict = given(council.ann, other, b"Strict", "d.txt", label="amber+strict")
    assert fetch(council.gus, strict).ok and council.oda.call("HEAD", strict["file"]["href"][4:]).ok
    stray = x.data / "files" / hashlib.sha256(b"stray").hexdigest()
    stray.write_bytes(b"stray")
    os.utime(stray, (time.time() - 3 * 86400,) * 2)
    x.stop()
    steward = next(o["id"] for o in x.rows("org", "list") if o["name"] == "Council")
    had = x.run("who", "has-seen", strict["file"]["id"], "--as", steward, "--reason", "test").stdout
    assert "Guam Office" in had and "Ohio Office" not in had, "R1: fetched, not only asked about"
    key = x.run("backup", "--make-key", tmp_path / "key").stdout
    public = re.search(r"[0-9a-f]{64}", key).group(0)
    x.run("backup", "--to", tmp_path / "b", "--key", public)
    back = Exchange(tmp_path / "restored")
    back.run("restore", "--from", tmp_path / "b", "--key", tmp_path / "key")
    assert (back.data / "files" / digests[0]).read_bytes() == twice
    back.run("fsck")
    (back.data / "files" / digests[0]).write_bytes(b"something else")
    broken = back.run("fsck", check=False)
    assert broken.returncode == 8 and "not those of its SHA-256" in broken.stdout + broken.stderr
    (back.data / "files" / digests[0]).unlink()
    assert "its bytes are missing" in back.run("fsck", check=False).stderr
    x.serve()
    council.people.clear()
    assert poll(lambda: not stray.exists())
    assert fetch(council.oda, materials(council.oda, other)[0]).content == twice
