"""What a hostile member tries: other people's markings, and little that costs others much."""

import pytest

import objects as stix
from taxii import check_error


@pytest.mark.parametrize("order", ["after", "before"])
def test_a_strangers_statement_does_not_open_what_another_restricts(town, order):
    """G5: of several definitions of one id by others, one that is no statement decides."""
    named = stix.audience(town.org["ohio"], organizations=[town.org["fed"], town.org["plat"]])
    opening = stix.statement(id=named["id"], created=stix.at(500 if order == "after" else 0),
                             object_marking_refs=stix.refs(["clear"]))
    posts = [(town.ohio, named), (town.plat, opening)]
    for who, thing in posts if order == "after" else reversed(posts):
        who.post(town.k, thing)
    kept = stix.campaign("clear", named["id"])
    town.f1.post(town.k, kept)
    assert town.readers(kept["id"]) == {"f1", "f2", "fed"}


def test_a_plain_statement_of_another_restricts_nobody(town):
    """G5."""
    said = stix.statement(object_marking_refs=stix.refs(["clear"]))
    town.plat.post(town.k, said)
    thing = stix.campaign("clear", said["id"])
    town.f1.post(town.k, thing)
    assert "low" in town.readers(thing["id"])


def test_pointing_at_what_awaits_very_many_is_refused_in_words(town):
    """G6: each pointing object would await them too; a few bytes must not become many rows."""
    end = stix.campaign("clear")
    many = stix.note([stix.new_id("campaign") for _ in range(2000)], "clear")
    town.plat.post(town.k, end, many)
    words = town.plat.refused(town.k, stix.relationship(many["id"], end["id"], "clear"))
    assert "awaits more than" in words
    few = stix.note([stix.new_id("campaign") for _ in range(20)], "clear")
    town.plat.post(town.k, few)
    town.plat.post(town.k, stix.relationship(few["id"], end["id"], "clear"))


def test_an_object_with_many_ends_makes_one_audience_of_them(town):
    """G6: the audiences in between are never made; each end still bars its readers."""
    ends = {}
    for name in ("ohio", "plat"):
        named = stix.audience(town.org["fed"], organizations=[town.org[name]], name=name)
        ends[name] = stix.campaign("green", named["id"])
        town.f1.post(town.k, named, ends[name])
    both = stix.note([e["id"] for e in ends.values()], "clear")
    town.f1.post(town.k, both)
    assert town.readers(both["id"]) == {"f1", "f2", "fed"}
    one = stix.note([ends["ohio"]["id"]], "clear")
    town.f1.post(town.k, one)
    assert town.readers(one["id"]) == {"f1", "f2", "fed", "ohio"}


def test_many_versions_in_any_order_are_read_as_the_rules_say(town):
    """L7, V1: contested once, an object stays so, and first, last and all are right."""
    id = stix.new_id("campaign")
    seconds = [40, 30, 50, 10, 60, 20, 45]
    things = [stix.campaign("clear", id=id, modified=s) for s in seconds]
    town.plat.post(town.k, *things[:3])
    town.plat.post(town.k, *things[3:])
    asked = town.low.objects(town.k, id=id).json()["objects"]
    assert [o["modified"] for o in asked] == [stix.at(60)]
    everything = town.low.objects(town.k, id=id, version="all").json()
    assert [o["modified"] for o in everything["objects"]] == [stix.at(s) for s in seconds]
    town.plat.delete(town.k, id, version=stix.at(60))
    asked = town.low.objects(town.k, id=id).json()["objects"]
    assert [o["modified"] for o in asked] == [stix.at(50)]


def test_next_is_of_one_length_however_long_the_log(town):
    """O2: how many digits a number has would tell how much others have put in."""
    lengths = set()
    for _ in range(2):
        town.plat.post(town.k, *(stix.campaign("clear") for _ in range(120)))
        page = town.low.objects(town.k, limit=1).json()
        while page.get("more"):
            lengths.add(len(page["next"]))
            page = town.low.objects(town.k, limit=60, next=page["next"]).json()
    assert len(lengths) == 1


def test_a_type_that_only_hidden_objects_have_answers_like_an_unknown_one(town):
    """O1."""
    secret = stix.campaign("red") | {"type": "x-hidden-kind"}
    secret["id"] = stix.new_id("x-hidden-kind")
    secret["extensions"] = {stix.new_id("extension-definition"): {"extension_type": "new-sdo"}}
    town.f1.try_post(town.k, secret)
    answers = [town.low.objects(town.k, type=t)
               for t in ("x-hidden-kind", "x-nobodys-kind")]
    assert [a.status_code for a in answers] == [200, 200]
    assert answers[0].content == answers[1].content
    assert answers[0].headers["ETag"] == answers[1].headers["ETag"]


def test_a_token_revoked_is_refused_for_posting_at_once(town):
    """G10."""
    made = town.x.token(town.org["plat"], "short-lived")
    client = town.client(token=made[1])
    client.post(town.k, stix.campaign("clear"))
    town.x.run("token", "revoke", made[0])
    check_error(client.post_text(town.k, stix.envelope(stix.campaign("clear"))), 401)


def test_what_somebody_pointed_at_is_carried_after_they_were_suspended(town):
    """G6: the end comes from a colleague; without its author the organization is asked."""
    town.x.person(town.org["plat"], "leaver@example.org")
    leaver = town.client(token=town.x.token(town.org["plat"], "of the leaver",
                                            person="leaver@example.org")[1])
    end = stix.campaign("amber")
    note = stix.note([end["id"]], "clear")
    leaver.post(town.k, note)
    assert town.low.reads(town.k, note["id"])
    town.x.run("person", "suspend", "leaver@example.org")
    town.plat.post(town.k, end)
    assert not town.low.reads(town.k, note["id"])
    assert town.fed.reads(town.k, note["id"])
