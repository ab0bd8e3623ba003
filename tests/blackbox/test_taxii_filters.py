"""Filters, versions, paging and deletion (TAXII 2.1 s. 3.4, 3.5, 5.7; L6 to L8)."""

import json
import threading
from urllib.parse import quote

import pytest

import objects as stix
from rawhttp import exchange, request
from taxii import check_error


@pytest.fixture(scope="module")
def stock(town):
    """A collection with versions, types and both specifications; (id of it, things by name)."""
    k = town.collection("stock", read=("fed", "plat"), write=("fed",))
    a = [stix.campaign("green", id=stix.new_id("campaign"), modified=0, name="v0")]
    a += [a[0] | {"modified": stix.at(s), "name": f"v{s}"} for s in (10, 20, 30)]
    things = {"a": a, "i": stix.indicator("green"), "old": stix.old_campaign("green"),
              "sco": stix.domain("stock.example", "green"), "late": a[0] | {
                  "modified": stix.at(5), "name": "v5"}}
    mixed = stix.old_campaign("green", modified=1)
    things["mixed"] = [mixed, mixed | {"modified": stix.at(2), "spec_version": "2.1"}]
    for thing in (*a, things["i"], things["old"], things["sco"], *things["mixed"],
                  things["late"]):
        town.fed.post(k, thing)
    return k, things


def names(answer):
    return [o.get("name") for o in answer.json().get("objects", [])]


VERSIONS = [(None, ["v30"]), ("last", ["v30"]), ("first", ["v0"]),
            ("all", ["v0", "v10", "v20", "v30", "v5"]),
            ("first,last", ["v0", "v30"]), ("last,first", ["v0", "v30"]),
            (stix.at(10), ["v10"]), (f"{stix.at(10)},{stix.at(20)}", ["v10", "v20"]),
            (f"first,{stix.at(10)},last", ["v0", "v10", "v30"]), (stix.at(11), []),
            (f"first,{stix.at(0)}", ["v0"])]


@pytest.mark.parametrize("version,want", VERSIONS, ids=[str(v) for v, _ in VERSIONS])
def test_every_version_keyword_on_objects_manifest_and_object(town, stock, version, want):
    """s. 3.4.1: sorted by when they were added."""
    k, things = stock
    id = things["a"][0]["id"]
    params = {"version": version} if version else {}
    assert names(town.plat.objects(k, id=id, **params)) == want
    one = town.plat.object(k, id, **params)
    if want:
        assert names(one) == want
    else:
        assert one.status_code in (200, 404)
    seconds = [stix.at(int(n[1:])) for n in want]
    records = town.plat.manifest(k, id=id, **params).json().get("objects", [])
    assert [r["version"] for r in records] == seconds


@pytest.mark.parametrize("version", ["all,last", "all,first", "last,last", "first,first",
                                     "all,all", f"{stix.at(1)},{stix.at(1)}", "newest",
                                     "2026-03-01", "", "last,,first", ","])
def test_versions_that_may_not_stand_together_are_400(town, stock, version):
    """s. 3.4.1: `all` alone, nothing twice, timestamps only."""
    k, _ = stock
    check_error(town.plat.objects(k, version=version), 400)
    check_error(town.plat.manifest(k, version=version), 400)


def test_lists_are_ors_and_fields_are_ands(town, stock):
    """s. 3.4."""
    k, t = stock
    both = [t["i"]["id"], t["sco"]["id"]]
    assert town.plat.ids(k, id=both) == both
    assert town.plat.ids(k, type="indicator,domain-name") == both
    assert town.plat.ids(k, id=both, type="indicator") == [t["i"]["id"]]
    assert town.plat.objects(k, type="malware").json() == {}
    assert town.plat.objects(k, type="x-unheard-of").json() == {}
    assert town.plat.objects(k, id=stix.new_id("campaign")).json() == {}


def test_a_hundred_ids_in_one_filter_are_served(town, stock):
    """S2: targets up to 6 kB."""
    k, t = stock
    ids = [stix.new_id("tool") for _ in range(99)] + [t["i"]["id"]]
    assert town.plat.ids(k, id=ids) == [t["i"]["id"]]


def test_only_the_newest_specification_unless_asked(town, stock):
    """s. 3.4.1: spec_version."""
    k, t = stock
    id = t["mixed"][0]["id"]
    assert town.plat.object(k, id).json()["objects"] == [t["mixed"][1]]
    assert town.plat.object(k, id, version="all").json()["objects"] == [t["mixed"][1]]
    assert town.plat.object(k, id, spec_version="2.0").json()["objects"] == [t["mixed"][0]]
    both = town.plat.object(k, id, spec_version="2.0,2.1", version="all")
    assert both.json()["objects"] == t["mixed"]
    assert town.plat.ids(k, spec_version="2.0") == [t["old"]["id"], id]
    assert town.plat.object(k, t["old"]["id"]).status_code == 200


def test_an_old_version_posted_late_is_the_last_among_what_was_added_after(town, stock):
    """L7, s. 3.4.1: last among those that match."""
    k, t = stock
    id = t["a"][0]["id"]
    added = {r["version"]: r["date_added"] for r in
             town.plat.manifest(k, id=id, version="all").json()["objects"]}
    assert names(town.plat.objects(k, id=id, added_after=added[stix.at(30)])) == ["v5"]
    assert names(town.plat.objects(k, id=id, added_after=added[stix.at(20)])) == ["v30"]
    assert town.plat.objects(k, id=id, added_after=added[stix.at(5)]).json() == {}


def test_versions_of_an_object_are_listed_paged_and_filtered(town, stock):
    """s. 5.8: limit, next, added_after, spec_version."""
    k, t = stock
    id = t["a"][0]["id"]
    want = [stix.at(s) for s in (0, 10, 20, 30, 5)]
    path = town.plat.path(k, "objects", id, "versions")
    assert town.plat.versions(k, id).json() == {"versions": want}
    for limit in (1, 2, 5, 100):
        assert town.plat.walk(path, limit=limit) == want
    after = town.plat.versions(k, id, limit=2)
    assert after.json()["more"] is True
    rest = town.plat.versions(k, id, added_after=after.headers["X-TAXII-Date-Added-Last"])
    assert rest.json()["versions"] == want[2:]


MALFORMED = ["limit=0", "limit=-1", "limit=abc", "limit=", "limit=1.5", "limit=1&limit=2",
             "limit=99999999999999999999", "added_after=yesterday", "added_after=2026-03-01",
             "added_after=", "added_after=2026-13-01T00:00:00Z",
             "added_after=2026-03-01T00:00:00Z&added_after=2026-03-01T00:00:00Z",
             "match[type]=campaign&match[type]=indicator", "match[id]=a&match[id]=b",
             "match[version]=last&match[version]=first", "next=%00", "next=nonsense",
             "next=AAAA&next=BBBB", "match%5Btype%5D=a&match[type]=b", "match[spec_version]=9",
             "match[id]=%ff%fe", "limit=%zz"]


@pytest.mark.parametrize("query", MALFORMED)
@pytest.mark.parametrize("resource", ["objects", "manifest"])
def test_malformed_and_repeated_parameters_are_400(town, stock, resource, query):
    """s. 3.4, S2."""
    k, _ = stock
    answer = town.plat.get(town.plat.path(k, resource) + "?" + query)
    if query in ("match[spec_version]=9",) and answer.status_code == 200:
        assert answer.json() == {}  # a version nobody has matches nothing
        return
    check_error(answer, 400)


@pytest.mark.parametrize("form", ["match[type]=indicator,domain-name",
                                  "match%5Btype%5D=indicator%2Cdomain-name",
                                  "match%5btype%5d=indicator%2cdomain-name",
                                  "match[type]=indicator,domain-name&next=",
                                  "match[type]=indicator,domain-name&x_other=1",
                                  "match[type]=indicator,domain-name&match[other]=1"])
def test_brackets_and_commas_come_raw_and_encoded_and_unknown_fields_are_ignored(town, stock, form):
    """s. 3.4; an empty next is an absent one."""
    k, t = stock
    target = town.plat.path(k, "objects") + "?" + form
    answer = exchange(town.x.server.port, request("GET", target, town.tokens["plat"][1]))
    body = json.loads(answer.partition(b"\r\n\r\n")[2])
    assert [o["id"] for o in body["objects"]] == [t["i"]["id"], t["sco"]["id"]]


def test_times_are_taken_with_any_precision_and_zone_writes_as_z(town, stock):
    """s. 2: timestamps; sub-microsecond digits do not lose or repeat a row."""
    k, t = stock
    records = town.plat.manifest(k).json()["objects"]
    second = records[1]["date_added"]
    # The old version that was posted last is the newest of what was added after `second` (L7).
    rest = [r["id"] for r in records[2:]] + [records[0]["id"]]
    assert town.plat.ids(k, added_after=second) == rest
    assert town.plat.ids(k, added_after=second[:-1] + "999Z") == rest
    assert town.plat.ids(k, added_after="2020-01-01T00:00:00Z") == [r["id"] for r in records]
    assert town.plat.objects(k, added_after="2099-01-01T00:00:00.000Z").json() == {}


def test_sub_millisecond_versions_are_distinct(town, shelf):
    one = stix.campaign("green") | {"modified": "2026-03-01T00:00:00.123456Z"}
    two = one | {"modified": "2026-03-01T00:00:00.123457Z", "name": "two"}
    town.fed.post(shelf, two)
    town.fed.post(shelf, one)
    assert names(town.plat.object(shelf, one["id"])) == ["two"]
    exactly = town.plat.object(shelf, one["id"], version=one["modified"])
    assert exactly.json()["objects"] == [one]


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 50, 60, 61, 1000])
def test_pages_hold_each_object_exactly_once_by_next_and_by_added_after(town, pool, limit):
    """L7, s. 3.5: all pages full but the last; manifest and objects alike."""
    k, ids = pool
    for resource in ("objects", "manifest"):
        path = town.plat.path(k, resource)
        assert [o["id"] for o in town.plat.walk(path, limit=limit)] == ids
        seen, after = [], "2000-01-01T00:00:00Z"
        while True:
            answer = town.plat.get(path, {"limit": limit, "added_after": after})
            seen += [o["id"] for o in answer.json().get("objects", [])]
            if not answer.json().get("more"):
                break
            after = answer.headers["X-TAXII-Date-Added-Last"]
        assert seen == ids


@pytest.fixture(scope="module")
def pool(town):
    k = town.collection("pool", read=("fed", "plat", "ohio"), write=("fed",))
    things = [stix.campaign("green") for _ in range(60)]
    hidden = [stix.campaign("red") for _ in range(60)]
    mixed = [x for pair in zip(things, hidden) for x in pair]
    for i in range(0, len(mixed), 20):
        town.f1.post(k, *mixed[i:i + 20])
    return k, [t["id"] for t in things]


def test_next_repeats_harmlessly_cannot_be_forged_and_is_asked_anew(town, pool):
    """O2: rights and filters are applied anew."""
    k, ids = pool
    first = town.plat.objects(k, limit=10).json()
    token = first["next"]
    pages = [town.plat.objects(k, limit=10, next=token) for _ in range(3)]
    assert len({p.text for p in pages}) == 1
    assert [o["id"] for o in pages[0].json()["objects"]] == ids[10:20]
    middle = len(token) // 2
    forged = token[:middle] + ("A" if token[middle] != "A" else "B") + token[middle + 1:]
    check_error(town.plat.objects(k, limit=10, next=forged), 400)
    check_error(town.out.objects(k, limit=10, next=token), 404)


def test_next_cannot_be_carried_to_another_question_to_see_more(town, pool):
    """O2: with other filters, another reader or another collection nothing hidden comes."""
    k, ids = pool
    token = town.plat.objects(k, limit=10).json()["next"]
    for answer in (town.plat.objects(k, limit=10, type="indicator", next=token),
                   town.ohio.objects(k, limit=10, next=token),
                   town.plat.objects(town.k, limit=10, next=token)):
        assert answer.status_code in (200, 400)
        if answer.status_code == 200:
            assert {o["id"] for o in answer.json().get("objects", [])} <= set(ids) | set(
                town.plat.ids(town.k))
    both = town.plat.objects(k, limit=10, next=token, added_after="2000-01-01T00:00:00Z")
    assert both.status_code in (200, 400), "sent together by clients in the field"


def test_next_survives_a_restart(own_town):
    """O2."""
    t = own_town
    t.fed.post(t.k, *[stix.campaign("green") for _ in range(5)])
    token = t.fed.objects(t.k, limit=2).json()["next"]
    want = t.fed.objects(t.k, limit=2, next=token).text
    t.x.stop()
    t.x.serve()
    assert t.client(token=t.tokens["fed"][1]).objects(t.k, limit=2, next=token).text == want


def test_a_poller_loses_and_repeats_nothing_while_others_post(town, shelf):
    """L1, s. 3.5: strictly rising times in the order of commits."""
    posted = []

    def storm():
        client = town.client(token=town.tokens["fed"][1])
        for _ in range(25):
            things = [stix.campaign("green") for _ in range(3)]
            client.post(shelf, *things)
            posted.extend(t["id"] for t in things)

    writers = [threading.Thread(target=storm) for _ in range(3)]
    for w in writers:
        w.start()
    by_time, after = [], "2000-01-01T00:00:00Z"
    while True:
        done = not any(w.is_alive() for w in writers)
        answer = town.plat.objects(shelf, limit=4, added_after=after)
        by_time += [o["id"] for o in answer.json().get("objects", [])]
        after = answer.headers.get("X-TAXII-Date-Added-Last", after)
        by_next = town.plat.ids(shelf, limit=20)
        assert len(by_next) == len(set(by_next))
        assert set(by_time) <= set(by_next)
        if done and not answer.json().get("more"):
            break
    for w in writers:
        w.join()
    assert len(by_time) == len(set(by_time)) and set(by_time) == set(posted)
    assert by_next == by_time


# DELETE.


def test_delete_withdraws_every_version_and_the_id_may_come_again(town, shelf):
    """L8, s. 5.7: 200; then 404, gone from manifest, objects and versions."""
    a = stix.campaign("green")
    town.fed.post(shelf, a)
    town.fed.post(shelf, a | {"modified": stix.at(5)})
    assert town.fed.delete(shelf, a["id"]).status_code == 200
    for who in (town.fed, town.plat):
        assert not who.reads(shelf, a["id"])
        assert who.manifest(shelf, version="all").json() == {}
    check_error(town.fed.delete(shelf, a["id"]), 404)
    town.fed.post(shelf, a)
    assert town.plat.versions(shelf, a["id"]).json()["versions"] == [a["modified"]]


def test_delete_of_named_versions_leaves_the_others(town, shelf):
    """L8: match[version]."""
    a = stix.campaign("green")
    versions = [a | {"modified": stix.at(s)} for s in (0, 1, 2)]
    for v in versions:
        town.fed.post(shelf, v)
    assert town.fed.delete(shelf, a["id"], version=stix.at(1)).status_code == 200
    assert town.plat.versions(shelf, a["id"]).json()["versions"] == [stix.at(0), stix.at(2)]
    assert town.fed.delete(shelf, a["id"], version="last").status_code == 200
    assert town.plat.versions(shelf, a["id"]).json()["versions"] == [stix.at(0)]
    check_error(town.fed.delete(shelf, a["id"], version=stix.at(9)), 404)


def test_delete_of_somebody_elses_readable_object_is_403_and_of_an_unreadable_one_404(town, shelf):
    """L8: unreadable and unknown have the same bytes."""
    seen, secret = stix.campaign("green"), stix.campaign("red")
    town.f1.post(shelf, seen, secret)
    check_error(town.plat.delete(shelf, seen["id"]), 403)
    unknown = stix.new_id("campaign")
    answers = [town.plat.delete(shelf, id) for id in (secret["id"], unknown)]
    for answer in answers:
        check_error(answer, 404)
    texts = [a.text.replace(i, "ID").replace(a.headers["X-Request-Id"], "R")
             for a, i in zip(answers, (secret["id"], unknown))]
    assert texts[0] == texts[1]
    check_error(town.f2.delete(shelf, secret["id"]), 404)  # a colleague's RED
    assert town.f1.reads(shelf, secret["id"])
    assert town.f2.delete(shelf, seen["id"]).status_code == 200, "a colleague's GREEN is ours"


def test_delete_takes_ones_own_lineage_only(town, shelf):
    """L6, L8."""
    a = stix.campaign("green", name="of fed")
    town.fed.post(shelf, a)
    town.plat.post(shelf, a | {"name": "of plat"})
    assert town.fed.delete(shelf, a["id"]).status_code == 200
    assert names(town.ohio.object(shelf, a["id"])) == ["of plat"]


def test_a_walk_under_way_does_not_meet_what_was_deleted(town, shelf):
    """s. 3.5, 5.7."""
    things = [stix.campaign("green") for _ in range(6)]
    town.fed.post(shelf, *things)
    first = town.plat.objects(shelf, limit=2).json()
    town.fed.delete(shelf, things[3]["id"])
    rest = town.plat.ids(shelf, limit=2, next=first["next"])
    assert rest == [things[i]["id"] for i in (2, 4, 5)]


def test_delete_answers_only_where_a_read_and_a_write_right_meet(town):
    """L8, s. 5.7; read-only tokens and members of no role."""
    k = town.collection("mine", read=("fed", "ohio"), write=("fed", "ohio"))
    a = stix.campaign("green")
    town.fed.post(k, a)
    ro = town.client(token=town.x.token(town.org["fed"], "ro", read_only=True)[1])
    check_error(ro.delete(k, a["id"]), 403)
    check_error(town.o1.delete(k, a["id"]), 403)  # a member of Ohio: no publisher
    check_error(town.nobody.delete(k, a["id"]), 401)
    assert town.fed.reads(k, a["id"])


def test_ids_in_the_path_come_encoded_too(town, stock):
    k, t = stock
    path = town.plat.path(k, "objects") + quote(t["i"]["id"], safe="").replace("-", "%2D") + "/"
    assert town.plat.get(path).json()["objects"] == [t["i"]]
