"""Tokens of an organization itself, made in a browser (B3, G9, S10): who makes them, what they
read, who is told, and what nobody learns by making one."""

import json

import pytest

import objects as stix
from council import Person
from pages import Browser, problem

DAY = "2999-01-01T00:00:00.000000Z"


def path(town, org):
    return f"/organizations/{town.org[org]}/tokens"


def make(who, town, org, **more):
    made = who.post(path(town, org), {"name": "MISP", **more})
    assert made.status_code == 201, made.text
    return made.json()


def test_an_admin_makes_a_token_of_their_organization_which_reads_what_it_reads(town, offices):
    made = make(offices["admin"], town, "ohio", is_read_only=True, expires=DAY)
    token = made["token"]
    assert (token["organization"], token["is_read_only"]) == ("Ohio", True)
    assert "person" not in token and token["expires"] == DAY
    seen, hidden = stix.campaign("amber"), stix.campaign("red")
    town.f1.post(town.k, seen, hidden)
    client = town.client(token=made["secret"])
    assert client.reads(town.k, seen["id"]) and not client.reads(town.k, hidden["id"])
    refused = client.post_text(town.k, json.dumps({"objects": [stix.campaign("green")]}))
    assert refused.status_code == 403
    mine = {t["id"]: t for t in offices["admin"].get(path(town, "ohio")).json()["items"]}
    assert mine[token["id"]] == token and "secret" not in str(mine)
    assert all("person" not in t for t in mine.values())
    assert offices["admin"].delete(f"{path(town, 'ohio')}/{token['id']}").status_code == 204
    assert client.objects(town.k).status_code == 401
    assert offices["admin"].get(path(town, "ohio")).json()["items"][-1]["is_revoked"]


def test_its_secret_is_shown_once_also_where_the_request_is_repeated(town, offices):
    key = {"Idempotency-Key": "ohio-misp-once-0001"}
    body = {"name": "once"}
    first = offices["admin"].post(path(town, "ohio"), body, headers=key)
    again = offices["admin"].post(path(town, "ohio"), body, headers=key)
    assert first.status_code == again.status_code == 201
    assert first.json()["token"] == again.json()["token"]
    assert "secret" in first.json() and "secret" not in again.json()


def test_no_role_comes_to_read_by_it(town, offices):
    """B3, G9: not an admin of what it is part of, not a member or a publisher, and no token makes
    another; an organization that there is not is refused like one that is somebody else's."""
    refused = problem(offices["admin"].post(path(town, "county"), {"name": "x"}), 403, "own admins")
    absent = problem(offices["admin"].post("/organizations/" + stix.new_id("identity") + "/tokens",
                                          {"name": "x"}), 403)
    assert refused["detail"] == absent["detail"]
    problem(offices["admin"].get(path(town, "county")), 403)
    plain = Browser(town.base)
    plain.sign_in("o1@example.org")
    problem(plain.post(path(town, "ohio"), {"name": "x"}), 403)
    problem(Person(town.base, town.tokens["ohio"][1]).get(path(town, "ohio")), 403)
    own = offices["admin"].post("/account/tokens", {"name": "mine"}).json()["secret"]
    answer = Person(town.base, own).post(path(town, "ohio"), {"name": "x"})
    problem(answer, 403, "in a browser")
    weak = Browser(town.base)
    town.x.person(town.org["low"], "weak@low.example", ["admin"])
    weak.sign_in("weak@low.example")
    problem(weak.post(path(town, "low"), {"name": "x"}), 403, "second step")


def test_a_token_of_a_person_or_of_another_organization_is_not_ended_by_it(town, offices):
    for name in ("o1", "plat"):
        problem(offices["admin"].delete(f"{path(town, 'ohio')}/{town.tokens[name][0]}"), 404)
    absent = f"{path(town, 'ohio')}/{stix.new_id('token')}"
    problem(offices["admin"].delete(absent), 404)
    assert town.client(token=town.tokens["plat"][1]).objects(town.k).status_code == 200


def test_what_a_steward_makes_is_on_the_record_and_mailed_to_whom_it_concerns(town, offices):
    """Its admins, or where it has none its publishers; the mail names neither token nor steward."""
    steward = offices["steward"]

    def mailed():
        return {m["id"]: m["to"] for m in steward.get("/outbox?limit=100").json()["items"]}
    before = mailed()
    made = make(steward, town, "ohio")
    town.client(token=made["secret"])
    new = {k: v for k, v in mailed().items() if k not in before}
    assert set(new.values()) == {"ad@ohio.example"}
    text = steward.get("/outbox/" + next(iter(new))).json()["text"]
    assert "keeper" not in text and "MISP" not in text and "/app/" in text
    before = mailed()
    make(steward, town, "plat")
    assert {v for k, v in mailed().items() if k not in before} == {"p1@example.org"}
    before = mailed()
    make(offices["admin"], town, "ohio")
    assert mailed() == before
    told = [r for r in steward.get("/audit?limit=50").json()["items"] if r["verb"] == "token.add"]
    assert [town.org["ohio"] in told[0]["detail"], town.org["plat"] in told[1]["detail"]] == [
        True, True]


def test_a_collection_that_is_not_ones_own_is_told_like_one_that_is_not_there(town, offices):
    """G2, O1: for an organization's tokens and for one's own."""
    hidden = town.x.collection("Closed shelf")
    for target in (path(town, "ohio"), "/account/tokens"):
        said = [offices["admin"].post(target, {"name": "x", "collections": [c]})
                for c in (hidden, "00000000-0000-4000-8000-000000000000")]
        told = [problem(a, 422) for a in said]
        assert [t["errors"] for t in told][0] == told[1]["errors"]
        assert told[0]["detail"] == told[1]["detail"]
        assert told[0]["errors"][0]["field"] == "/collections"
    made = make(offices["admin"], town, "ohio", collections=[town.k])
    assert made["token"]["collections"] == [town.k]
    assert make(offices["steward"], town, "ohio", collections=[hidden])


def test_a_token_that_is_over_already_is_refused(town, offices):
    answer = offices["admin"].post(path(town, "ohio"), {"name": "x",
                                                       "expires": "2018-01-01T00:00:00Z"})
    assert problem(answer, 422)["errors"][0]["field"] == "/expires"
    problem(offices["admin"].post(path(town, "ohio"), {}), 422)


def test_whom_nobody_has_called_makes_no_token_that_reads_more_than_they(town):
    """B12: an admin with a ceiling of their own, until somebody has called them."""
    town.x.person(town.org["plat"], "new@plat.example", ["admin"], ceiling="green")
    new = Browser.strong(town.base, "new@plat.example")
    problem(new.post(path(town, "plat"), {"name": "x"}), 403, "own admins")
    town.x.run("person", "confirm", "new@plat.example")
    assert make(new, town, "plat")["token"]["organization"] == "Platform"
