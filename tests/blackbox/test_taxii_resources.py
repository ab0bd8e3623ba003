"""Discovery, API root, collections, objects, versions, manifest, status (TAXII 2.1 s. 4 and 5)."""

import gzip
import json
import re
import uuid

import pytest

import objects as stix
import rawhttp
from taxii import TAXII, check_error

TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
MEDIA = {"application/stix+json;version=2.0", "application/stix+json;version=2.1",
         "application/vnd.oasis.stix+json;version=2.0"}


def test_discovery_answers_anyone_and_names_the_api_root(town):
    """O5, S9, s. 4.1."""
    for who in (town.fed, town.nobody):
        body = who.get("/taxii2/").json()
        assert body["title"] == "Election Exchange"
        assert all(r.endswith("/exchange/") for r in body["api_roots"])
        assert body.get("default", body["api_roots"][0]) in body["api_roots"]


def test_the_api_root_names_version_and_size(town):
    """s. 4.2."""
    body = town.fed.get("/exchange/").json()
    assert body["title"]
    assert TAXII in [v.replace(" ", "") for v in body["versions"]]
    assert isinstance(body["max_content_length"], int) and body["max_content_length"] > 1_000_000


def test_collections_say_what_this_reader_may(town):
    """s. 5.1, 5.2, S9: both STIX media types; the alias serves as the id does."""
    entry = next(c for c in town.fed.collections() if c["id"] == town.k)
    assert (entry["title"], entry["alias"], entry["description"]) == ("K", "kay", "what we share")
    assert (entry["can_read"], entry["can_write"]) == (True, True)
    assert len(entry["media_types"]) == 2 and set(entry["media_types"]) <= MEDIA
    assert uuid.UUID(entry["id"]).version == 4
    assert town.fed.get(town.fed.path(town.k)).json() == entry
    assert town.fed.get(town.fed.path("kay")).json() == entry
    low = next(c for c in town.low.collections() if c["id"] == town.k)
    assert (low["can_read"], low["can_write"]) == (True, False)
    assert town.k not in {c["id"] for c in town.out.collections()}
    check_error(town.out.get(town.out.path("kay")), 404)


def test_collections_come_in_the_same_order_every_time(town):
    """s. 3.3."""
    assert len({town.fed.get("/exchange/collections/").text for _ in range(5)}) == 1


def test_an_alias_reads_and_writes(town):
    thing = stix.campaign("green")
    town.fed.post("kay", thing)
    assert town.fed.object("kay", thing["id"]).text == town.fed.object(town.k, thing["id"]).text


def test_an_empty_collection_is_an_empty_object(town, shelf):
    """s. 2, 5.4: never an empty list; no date headers then."""
    for answer in (town.fed.objects(shelf), town.fed.manifest(shelf)):
        assert (answer.status_code, answer.json()) == (200, {})
        assert "X-TAXII-Date-Added-First" not in answer.headers
        assert "X-TAXII-Date-Added-Last" not in answer.headers


def test_an_unknown_object_is_404_on_every_route(town, shelf):
    """s. 5.6, 5.7, 5.8."""
    id = stix.new_id("campaign")
    for answer in (town.fed.object(shelf, id), town.fed.versions(shelf, id),
                   town.fed.delete(shelf, id)):
        check_error(answer, 404)


def test_what_was_posted_is_served_byte_for_byte(town, shelf):
    """Rule 5: numbers, key order, unknown properties, escapes, blanks."""
    id = stix.new_id("x-ballot-drop")
    text = ('{"x_last" : 1.10, "id":"' + id + '","spec_version":"2.1", "type":"x-ballot-drop",\n'
            '\t"created":"2026-03-01T00:00:00.000Z","modified":"2026-03-01T00:00:00.1234567Z",'
            '"x_a":{"c":1E2,"b":-0.0,"d":1e300,"e":9007199254740993,"f":"\\u00e9\\/\\u0000é😀"},'
            '"x_b":[true,false,[[],{}]],"object_marking_refs":["' + stix.TLP["green"] + '"]}')
    answer = town.fed.post_text(shelf, '{"objects":[ ' + text + ' ]}')
    assert answer.json()["failure_count"] == 0, answer.text
    for got in (town.plat.objects(shelf), town.plat.object(shelf, id)):
        assert text.encode() in got.content


def test_custom_types_and_unknown_extensions_are_taken(town, shelf):
    thing = stix.campaign("green", x_custom={"deep": [1, {"a": None}]}, extensions={
        stix.new_id("extension-definition"): {"extension_type": "property-extension", "any": 1}})
    town.fed.post(shelf, thing)
    assert town.plat.object(shelf, thing["id"]).json()["objects"] == [thing]


def test_headers_and_manifest_agree_on_when_objects_were_added(town, shelf):
    """s. 3.2: microseconds, Z, strictly rising, one for each object (L1)."""
    town.fed.post(shelf, *[stix.campaign("green") for _ in range(5)])
    records = town.fed.manifest(shelf).json()["objects"]
    added = [r["date_added"] for r in records]
    assert all(TIMESTAMP.fullmatch(a) for a in added)
    assert added == sorted(set(added))
    for answer in (town.fed.manifest(shelf), town.fed.objects(shelf)):
        assert answer.headers["X-TAXII-Date-Added-First"] == added[0]
        assert answer.headers["X-TAXII-Date-Added-Last"] == added[-1]
    second = town.fed.objects(shelf, id=records[1]["id"])
    assert second.headers["X-TAXII-Date-Added-First"] == added[1]
    one = town.fed.object(shelf, records[2]["id"])
    assert one.headers["X-TAXII-Date-Added-Last"] == added[2]
    assert town.fed.versions(shelf, records[3]["id"]).headers["X-TAXII-Date-Added-First"] == \
        added[3]


def test_manifest_records_name_version_and_media_type(town, shelf):
    """s. 5.3.1: modified, else created, else the server's own, the same everywhere."""
    new, old = stix.campaign("green", modified=7), stix.old_campaign("green", modified=8)
    words, name = stix.statement(object_marking_refs=[stix.TLP["green"]]), \
        stix.domain("manifest.example", "green")
    definition = stix.sdo("campaign", ["green"], version="a property of that name", modified=9)
    status = town.fed.post(shelf, new, old, words, name, definition)
    records = {r["id"]: r for r in town.fed.manifest(shelf).json()["objects"]}
    assert [records[t["id"]]["version"] for t in (new, old, words, definition)] == \
        [stix.at(7), stix.at(8), stix.DAY, stix.at(9)]
    assert records[name["id"]]["version"] == records[name["id"]]["date_added"]
    assert records[old["id"]]["media_type"] in MEDIA
    assert records[old["id"]]["media_type"].endswith("2.0")
    assert records[new["id"]]["media_type"].endswith("stix+json;version=2.1")
    told = {s["id"]: s.get("version") for s in status["successes"]}
    for id, record in records.items():
        assert told[id] in (None, record["version"])
        assert town.fed.versions(shelf, id).json()["versions"] == [record["version"]]
        exactly = town.fed.object(shelf, id, version=record["version"])
        assert len(exactly.json()["objects"]) == 1


def test_the_status_of_a_post_names_every_failure_and_only_its_poster_reads_it(town, shelf):
    """L9, s. 4.3: the status resource, kept, readable only by who posted."""
    good, bad = stix.campaign("green"), stix.campaign("green")
    del bad["name"]
    status = town.fed.try_post(shelf, good, bad)
    assert uuid.UUID(status["id"]).version == 4
    assert (status["total_count"], status["success_count"], status["failure_count"],
            status["pending_count"]) == (2, 1, 1, 0)
    assert [s["id"] for s in status["successes"]] == [good["id"]]
    assert [f["id"] for f in status["failures"]] == [bad["id"]]
    assert "name" in status["failures"][0]["message"]
    path = f"/exchange/status/{status['id']}/"
    kept = town.fed.get(path)
    assert kept.status_code == 200 and kept.json() == status
    absent = town.plat.get(f"/exchange/status/{uuid.uuid4()}/")
    for who in (town.f1, town.plat, town.out):
        hidden = who.get(path)
        check_error(hidden, 404)
        assert scrub(hidden, status["id"]) == scrub(absent, absent.url.split("/")[-2])
    check_error(town.nobody.get(path), 401)


def scrub(answer, id):
    return answer.text.replace(id, "ID").replace(answer.headers["X-Request-Id"], "REQUEST")


def test_a_status_survives_a_restart(own_town):
    t = own_town
    status = t.fed.post(t.k, stix.campaign("green"))
    t.x.stop()
    t.x.serve()
    again = t.client(token=t.tokens["fed"][1]).get(f"/exchange/status/{status['id']}/")
    assert again.json() == status


@pytest.mark.parametrize("text", [
    "", "   ", "{", '{"objects":[', '{"objects":[{]}', "nonsense", '{"objects":[1,]}',
    '{"objects":[{"a":1,"a":2}]}', '{"objects":["\ud800"]}', '{"objects": [{"a":"\\ud800"}]}',
    '{"objects":[NaN]}', '{"objects":[01]}', '{"objects":[]} x', "\ufeff{", '{"objects":["\t"]}',
], ids=repr)
def test_a_lexical_fault_refuses_the_whole_body_and_says_where(town, shelf, text):
    """S16, s. 5.5: 400 or 422, with line and column, nothing stored."""
    good = json.dumps(stix.campaign("green"))
    if text.startswith('{"objects":['):
        text = text.replace("[", "[" + good + ",", 1)
    answer = town.fed.post_text(shelf, text.encode("utf-8", "surrogatepass"))
    check_error(answer, (400, 422))
    assert town.fed.ids(shelf) == []


def test_broken_utf8_is_refused(town, shelf):
    body = stix.envelope(stix.campaign("green", name="X")).encode().replace(b'"X"', b'"\xc3\x28"')
    check_error(town.fed.post_text(shelf, body), (400, 422))
    assert town.fed.ids(shelf) == []


def test_a_lexical_fault_is_found_by_line_and_column(town, shelf):
    """S16."""
    answer = town.fed.post_text(shelf, '{"objects": [\n  {"type": "campaign"\n   "id": 3}]}')
    words = json.dumps(check_error(answer, (400, 422)))
    assert re.search(r"line [23]", words) and "column" in words


@pytest.mark.parametrize("text", ["[]", '"x"', "1", "null", '{"objects":{}}', '{"objects":null}',
                                  '{"objects":[1]}', '{"objects":["a"]}', '{"objects":[{}]}',
                                  '{"objects":[{"id":7}]}', '{"objects":[{"type":"campaign"}]}'])
def test_what_is_no_envelope_of_named_objects_is_422(town, shelf, text):
    """L9: an element without a usable id spoils its envelope, nothing stored."""
    good = json.dumps(stix.campaign("green"))
    if text.startswith('{"objects":[{'):
        text = text.replace("[", "[" + good + ",", 1)
    check_error(town.fed.post_text(shelf, text), 422)
    assert town.fed.ids(shelf) == []


def test_an_envelope_without_objects_is_taken_or_refused_but_stores_nothing(town, shelf):
    answer = town.fed.post_text(shelf, "{}")
    assert answer.status_code in (202, 422)
    assert town.fed.ids(shelf) == []


def test_a_duplicate_key_refuses_and_a_broken_rule_refuses_only_its_object(town, shelf):
    """S16."""
    good, bad = stix.campaign("green"), stix.campaign("green")
    bad["modified"] = "yesterday"
    status = town.fed.try_post(shelf, bad, good)
    assert [f["id"] for f in status["failures"]] == [bad["id"]]
    assert "modified" in status["failures"][0]["message"]
    assert town.plat.ids(shelf) == [good["id"]]
    twice = json.dumps(good)[:-1] + ', "name": "again"}'
    answer = town.fed.post_text(shelf, '{"objects":[' + twice + "]}")
    assert answer.json()["failure_count"] == 1 and "twice" in answer.text


@pytest.mark.parametrize("number", ["18446744073709551616", "-9223372036854775809"])
def test_integers_beyond_64_bits_are_refused_saying_so(town, shelf, number):
    """S16."""
    text = json.dumps(stix.campaign("green"))[:-1] + f', "x_n": {number}}}'
    answer = town.fed.post_text(shelf, '{"objects":[' + text + "]}")
    if answer.status_code == 202:
        assert answer.json()["failure_count"] == 1
        assert "64" in answer.json()["failures"][0]["message"]
    else:
        assert "64" in json.dumps(check_error(answer, (400, 422)))
    assert town.fed.ids(shelf) == []


def test_broken_shoulds_are_taken(town, shelf):
    """L5."""
    thing = stix.sdo("malware", ["green"], malware_types=["of-my-own"], name="m")
    town.fed.post(shelf, thing)


@pytest.mark.parametrize("change", [
    {"x_none": None}, {"x_list": []}, {"x_dict": {}}, {"labels": []}, {"id": "campaign--1"},
    {"created": "2026-03-01"}, {"modified": "2026-02-28T00:00:00.000Z"}, {"spec_version": "2.2"},
    {"created_by_ref": "campaign--9e3779b1-1111-4222-8333-000000000001"}, {"confidence": 101},
    {"granular_markings": [{"marking_ref": stix.TLP["red"], "selectors": ["nowhere"]}]},
], ids=lambda c: next(iter(c)))
def test_broken_musts_refuse_the_object(town, shelf, change):
    """L5."""
    status = town.fed.try_post(shelf, stix.campaign("green") | change)
    assert status["failure_count"] == 1, status
    assert town.fed.ids(shelf) == []


def test_stix_2_0_is_stored_and_served_as_2_0(town, shelf):
    """L4."""
    old = stix.old_campaign("green")
    town.fed.post(shelf, old)
    assert town.plat.object(shelf, old["id"]).json()["objects"] == [old]
    assert town.plat.objects(shelf, spec_version="2.1").json() == {}
    assert town.plat.ids(shelf, spec_version="2.0") == [old["id"]]


def test_chunked_and_gzip_bodies_are_taken(town, shelf):
    """S16, s. 3: Transfer-Encoding chunked; Content-Encoding gzip."""
    one, two = stix.campaign("green"), stix.campaign("green")
    body = stix.envelope(one).encode()
    pieces = (body[i:i + 100] for i in range(0, len(body), 100))
    answer = town.fed.get(town.fed.path(shelf, "objects"), method="POST", data=pieces,
                          headers={"Content-Type": TAXII})
    assert answer.status_code == 202, answer.text
    packed = gzip.compress(stix.envelope(two).encode())
    answer = town.fed.post_text(shelf, packed, {"Content-Encoding": "gzip"})
    assert answer.status_code == 202, answer.text
    assert town.plat.ids(shelf) == [one["id"], two["id"]]


@pytest.mark.parametrize("encoding,body", [("gzip", b"no gzip"), ("br", b"x"),
                                           ("gzip", gzip.compress(b"{" * 10)[:-6])],
                         ids=["no gzip", "unknown", "cut off"])
def test_a_body_of_broken_or_unknown_encoding_is_refused(town, shelf, encoding, body):
    answer = town.fed.post_text(shelf, body, {"Content-Encoding": encoding})
    check_error(answer, (400, 415, 422))


def test_answers_are_gzipped_when_asked_except_red(town, shelf):
    """G3: nothing RED is compressed."""
    town.f1.post(shelf, *[stix.campaign("green") for _ in range(30)])
    packed = town.f1.objects(shelf, headers={"Accept-Encoding": "gzip"})
    plain = town.f1.objects(shelf, headers={"Accept-Encoding": "identity"})
    assert packed.headers.get("Content-Encoding") == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert packed.text == plain.text
    town.f1.post(shelf, stix.campaign("red"))
    assert "Content-Encoding" not in town.f1.objects(shelf, headers={
        "Accept-Encoding": "gzip"}).headers
    assert town.plat.objects(shelf, headers={
        "Accept-Encoding": "gzip"}).headers.get("Content-Encoding") == "gzip"


def test_an_etag_is_of_this_readers_own_bytes(town, shelf):
    """O3: 304 when nothing changed for this reader; never by somebody else's tag."""
    town.f1.post(shelf, stix.campaign("green"))
    first = town.plat.objects(shelf)
    tag = first.headers["ETag"]
    same = town.plat.objects(shelf, headers={"If-None-Match": tag})
    assert (same.status_code, same.content) == (304, b"")
    assert "private" in first.headers["Cache-Control"]
    assert "no-cache" in first.headers["Cache-Control"]
    varies = {v.strip().lower() for v in first.headers["Vary"].split(",")}
    assert {"authorization", "accept", "accept-encoding"} <= varies
    town.f1.post(shelf, stix.campaign("red"))
    assert town.plat.objects(shelf, headers={"If-None-Match": tag}).status_code == 304
    town.f1.post(shelf, stix.campaign("green"))
    assert town.plat.objects(shelf, headers={"If-None-Match": tag}).status_code == 200
    assert town.f1.objects(shelf, headers={"If-None-Match": tag}).status_code == 200
    check_error(town.out.objects(shelf, headers={"If-None-Match": tag}), 404)
    check_error(town.nobody.objects(shelf, headers={"If-None-Match": tag}), 401)


def test_rights_of_a_collection_decide_what_its_routes_answer(town):
    """s. 5.2 to 5.8: read-only, write-only, none."""
    ro = town.collection("ro", read=("fed", "plat"), write=("fed",))
    wo = town.collection("wo", read=("fed",), write=("fed", "plat"))
    none = town.collection("none", read=("fed",), write=("fed",))
    thing = stix.campaign("green")
    for k in (ro, wo, none):
        town.fed.post(k, thing)
    plat = town.plat
    check_error(plat.post_text(ro, stix.envelope(stix.campaign("green"))), (403, 404))
    assert plat.objects(ro).status_code == 200
    assert plat.post_text(wo, stix.envelope(stix.campaign("green"))).status_code == 202
    for answer in (plat.objects(wo), plat.manifest(wo), plat.object(wo, thing["id"]),
                   plat.versions(wo, thing["id"])):
        check_error(answer, (403, 404))
    check_error(plat.delete(ro, thing["id"]), 403)
    check_error(plat.delete(wo, thing["id"]), 403)
    absent = "9c1b2a5e-0f8e-4c0c-9a6f-0d5b5a3f6a11"
    for k in (none, absent):
        check_error(plat.delete(k, thing["id"]), 404)
        check_error(plat.post_text(k, stix.envelope(stix.campaign("green"))), 404)
    assert scrub(plat.objects(none), none) == scrub(plat.objects(absent), absent), "G2"


def test_with_a_public_collection_the_anonymous_see_it_and_nothing_else(own_town):
    """O5: closed and unknown say the same 401."""
    t = own_town
    k = t.collection("open", read=("fed",), write=("fed",), public=True)
    thing = stix.campaign("clear")
    t.fed.post(k, thing)
    assert t.nobody.get("/exchange/").status_code == 200
    assert [(c["id"], c["can_read"], c["can_write"]) for c in t.nobody.collections()] == \
        [(k, True, False)]
    assert t.nobody.reads(k, thing["id"])
    absent = "9c1b2a5e-0f8e-4c0c-9a6f-0d5b5a3f6a11"
    closed, unknown = t.nobody.objects(t.k), t.nobody.objects(absent)
    check_error(closed, 401)
    assert scrub(closed, t.k) == scrub(unknown, absent)
    check_error(t.nobody.post_text(k, stix.envelope(stix.campaign("clear"))), (401, 403))
    check_error(t.nobody.delete(k, thing["id"]), (401, 403))


def test_a_body_announced_over_the_limit_is_413_before_it_is_read(town, shelf):
    """s. 4.2.1, 5.5: max_content_length."""
    limit = town.fed.get("/exchange/").json()["max_content_length"]
    answer = declared(town, shelf, limit + 1)
    assert " 413 " in answer.split("\r\n")[0], answer[:300]
    assert "taxii+json" in answer


def declared(town, shelf, size):
    """Announces a body and sends none: the answer must come before it."""
    head = rawhttp.request("POST", town.fed.path(shelf, "objects"), town.tokens["fed"][1],
                           {"Content-Type": TAXII, "Content-Length": str(size)})
    return rawhttp.exchange(town.x.server.port, head).decode(errors="replace")
