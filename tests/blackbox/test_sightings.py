"""Who met what was shared: sightings, added up, and nothing of what is hidden."""

import time

import pytest

import objects as stix
from council import Person

DAY = "2026-08-%02dT10:00:00.000Z"


@pytest.fixture(name="k", scope="module")
def fixture_k(town):
    return town.collection("met", read=("plat", "fed", "ohio", "low"),
                           write=("plat", "fed", "ohio"))


def reader(town, name):
    return Person(town.base, town.tokens[name][1])


def met(who, id):
    """Once the index has what they may read."""
    for _ in range(200):
        answer = who.get(f"/objects/{id}/sightings").json()
        if answer.get("behind") == 0:
            return answer
        time.sleep(0.05)
    raise AssertionError(answer)


def seen(of, count, first, last, *markings):
    more = {"count": count} if count is not None else {}
    return stix.sighting(of, *markings, first_seen=DAY % first, last_seen=DAY % last, **more)


def test_sightings_are_added_up_by_whoever_sent_them(town, k):
    """G6: with what is hidden left out; a revoked one and one of no time count for nothing."""
    thing = stix.indicator("green", name="Met by some")
    town.f1.post(k, thing)
    town.p1.post(k, seen(thing["id"], 4, 3, 5, "green"), seen(thing["id"], None, 1, 4, "amber"),
                 seen(thing["id"], 0, 1, 9, "green"), seen(thing["id"], 70, 1, 9, "red"))
    town.p1.post(k, {**seen(thing["id"], 9, 1, 9, "green"), "revoked": True})
    town.ohio.post(k, stix.sighting(thing["id"], "green", count=2))
    answer = met(reader(town, "f1"), thing["id"])
    assert (answer["times"], answer["first_seen"], answer["last_seen"], answer["has_older"]) == (
        7, "2026-08-01T10:00:00.000000Z", "2026-08-05T10:00:00.000000Z", False)
    assert answer["by"] == [
        {"source": "Ohio", "sightings": 1, "times": 2, "label": "green"},
        {"source": "Platform", "sightings": 2, "times": 5, "label": "amber",
         "first_seen": "2026-08-01T10:00:00.000000Z", "last_seen": "2026-08-05T10:00:00.000000Z"}]
    below = town.x.rows("who", "has-met", thing["id"], "--as", town.org["low"])
    assert [(by["organization"], by["times"]) for by in below] == [("Ohio", 2), ("Platform", 4)]
    assert met(reader(town, "p1"), thing["id"])["times"] == 77


def test_who_met_a_hidden_thing_is_told_like_who_met_none(town, k):
    """O1"""
    secret = stix.indicator("red", name="For f1 alone")
    town.f1.post(k, secret)
    o1 = reader(town, "o1")

    def said(id):
        answer = o1.get(f"/objects/{id}/sightings")
        return answer.status_code, {k: v for k, v in answer.json().items()
                                    if k not in ("instance", "request_id")}
    assert said(secret["id"]) == said(stix.new_id("indicator"))
    assert said(secret["id"])[0] == 404


def listed(who, limit=50):
    items, cursor = [], ""
    while True:
        page = who.get(f"/sightings?limit={limit}{cursor}").json()
        items += page["items"]
        if "next" not in page:
            return items
        cursor = "&cursor=" + page["next"]


def test_a_sharer_finds_what_others_met_of_theirs(town, k):
    """Each thing once, where it was met last; not what is others' nor what they met themselves."""
    first, second, own, alien = (stix.indicator("green", name=name) for name in
                                 ("First", "Second", "Met by us alone", "Of the platform"))
    town.f1.post(k, first, second, own)
    town.p1.post(k, alien)
    town.p1.post(k, *(seen(first["id"], 1, 1, 2, "green") for _ in range(30)))
    town.p1.post(k, seen(second["id"], 3, 1, 2, "green"))
    town.f1.post(k, seen(own["id"], 5, 1, 2, "green"), seen(second["id"], 50, 1, 9, "green"),
                 seen(alien["id"], 8, 1, 2, "green"))
    town.ohio.post(k, seen(first["id"], 2, 3, 4, "green"))
    f2 = reader(town, "f2")
    met(f2, first["id"])
    wanted = [(first["id"], 32, ["Ohio", "Platform"]), (second["id"], 3, ["Platform"])]
    names = {first["id"], second["id"], own["id"], alien["id"]}
    for limit in (50, 1):
        found = [(m["id"], m["times"], [by["source"] for by in m["by"]])
                 for m in listed(f2, limit) if m["id"] in names]
        assert found == wanted
    assert [m["id"] for m in listed(reader(town, "p1")) if m["id"] in names] == [alien["id"]]
    assert [m for m in listed(reader(town, "o1")) if m["id"] in names] == []


def test_the_console_adds_up_the_same(town, k):
    thing = stix.indicator("green", name="Met, for the console")
    town.f1.post(k, thing)
    town.p1.post(k, seen(thing["id"], 4, 3, 5, "green"), seen(thing["id"], 70, 1, 9, "red"))
    [row] = [r for r in town.x.rows("who", "has-met", "--as", town.org["fed"])
             if r["id"] == thing["id"]]
    assert (row["times"], row["organizations"], row["name"]) == (4, 1, "Met, for the console")
    [by] = town.x.rows("who", "has-met", thing["id"], "--as", town.org["fed"])
    assert (by["organization"], by["times"]) == ("Platform", 4)
    assert [by["first"][:10], by["last"][:10]] == ["2026-08-03", "2026-08-05"]
    asked = town.x.rows("audit", "show", "--verb", "console.read")
    assert "who has-met as " + town.org["fed"] in str(asked)
    done = town.x.run("who", "has-met", stix.new_id("indicator"), "--as", town.org["fed"],
                      check=False)
    assert done.returncode and "there is no such thing here, or you may not see it" in done.stderr
