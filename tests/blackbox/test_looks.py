"""Who asks who has been given a thing, and who finds out that they asked (R2)."""

import objects as stix
from council import Person
from exchange import poll

WHY = "the address in it was wrong"


def reader(town, name):
    return Person(town.base, town.tokens[name][1])


def said_of(answer):
    return answer.status_code, {k: v for k, v in answer.json().items()
                                if k not in ("instance", "request_id")}


def give(town, name, thing):
    """They are given it, and the receipt is written."""
    assert reader(town, name).get("/objects/" + thing["id"]).status_code == 200
    f1 = reader(town, "f1")

    def is_noted():
        """Who was given it finds the look at it."""
        f1.post(f"/objects/{thing['id']}/has-seen")
        looks = reader(town, name).get("/looks").json()["items"]
        return any(look["object"] == thing["id"] for look in looks)
    assert poll(is_noted)


def red_for(town, *people):
    marking = stix.audience(town.org["fed"], people=[town.person[p] for p in people])
    thing = stix.campaign("red", marking["id"], name="Harbour lights")
    town.f1.post(town.k, marking, thing)
    return thing


def strict(town, name="Quay lanterns"):
    thing = stix.campaign("amber+strict", name=name)
    town.f1.post(town.k, thing)
    return thing


def ask(who, thing):
    return who.post(f"/objects/{thing['id']}/looks", {"reason": WHY})


def newest(who):
    return who.get("/looks").json()["items"][0]


def test_of_red_people_are_named_once_a_second_person_agrees(town):
    thing = red_for(town, "o1", "f2")
    f1, f2, o1 = (reader(town, n) for n in ("f1", "f2", "o1"))
    give(town, "o1", thing)
    asked = ask(f1, thing)
    assert asked.status_code == 200, asked.text
    [mine] = asked.json()["items"]
    assert (mine["state"], mine["is_alone"], mine["is_own"]) == ("waits", False, True)
    assert "names" not in mine
    [waiting] = f2.get("/home", X_Background="1").json()["looks"]
    assert (waiting["id"], waiting["reason"], waiting["title"]) == (
        mine["id"], WHY, "Harbour lights")
    assert f1.put("/looks/" + mine["id"], {"agrees": True}).status_code == 403
    assert o1.put("/looks/" + mine["id"], {"agrees": True}).status_code == 404
    assert f2.put("/looks/" + mine["id"], {"agrees": True}).status_code == 204
    [told] = f1.get(f"/objects/{thing['id']}/looks").json()["items"]
    assert {n["person"] for n in told["names"]} >= {"o1@example.org"}
    assert f1.put("/looks/" + mine["id"], {"agrees": False}).status_code == 403
    assert f2.put("/looks/" + mine["id"], {"agrees": False}).status_code == 409
    seen = newest(o1)
    assert (seen["object"], seen["state"], seen["reason"]) == (thing["id"], "told", WHY)
    assert seen["source"] == "Federal Office" and seen["asked_by"]


def test_who_reads_an_older_version_alone_does_not_learn_that_names_are_asked_of_a_newer(town):
    """G1, O1: nor whose they are; a second person could have asked the same."""
    older = stix.campaign("amber", name="Groyne")
    town.f1.post(town.k, older)
    marking = stix.audience(town.org["fed"], people=[town.person["o1"]])
    newer = older | {"modified": "2030-01-01T00:00:00.000Z", "name": "Groyne, in full",
                     "object_marking_refs": [stix.campaign("red")["object_marking_refs"][0],
                                             marking["id"]]}
    town.f1.post(town.k, marking, newer)
    give(town, "o1", older)
    f1, f2 = reader(town, "f1"), reader(town, "f2")
    before = [look["id"] for look in f2.get("/home", X_Background="1").json()["looks"]]
    asked = ask(f1, older)
    assert asked.status_code == 200, asked.text
    mine = asked.json()["items"][0]
    assert mine["is_alone"] is True
    assert [x["id"] for x in f2.get("/home", X_Background="1").json()["looks"]] == before
    assert f2.put("/looks/" + mine["id"], {"agrees": True}).status_code == 404
    assert f2.get(f"/objects/{older['id']}/looks").json()["items"] == []


def test_who_was_given_nothing_or_may_not_read_it_hears_of_no_look(town):
    """O1: of a colleague's RED neither."""
    c1 = reader(town, "c1")
    before = c1.get("/looks").json()
    thing = red_for(town, "o1")
    give(town, "o1", thing)
    assert c1.get("/looks").json() == before
    seen_by_p1 = reader(town, "p1").get("/looks").json()
    assert thing["id"] not in str(seen_by_p1)


def test_a_look_at_a_thing_that_is_hidden_is_refused_like_one_at_nothing(town):
    """O1."""
    secret = stix.campaign("red", name="For nobody else")
    town.f1.post(town.k, secret)
    o1 = reader(town, "o1")
    absent = stix.new_id("campaign")
    for method, path, body in (("POST", "has-seen", None), ("GET", "looks", None),
                               ("POST", "looks", {"reason": WHY})):
        answers = [o1.call(method, f"/objects/{id}/{path}", body) for id in (secret["id"], absent)]
        assert said_of(answers[0]) == said_of(answers[1])
        assert answers[0].status_code == 404
    visible = strict(town)
    assert o1.post(f"/objects/{visible['id']}/has-seen").status_code == 404, "not theirs to ask"
    unknown = o1.put("/looks/" + stix.new_id("look")[6:], {"agrees": True})
    asked = ask(reader(town, "f1"), visible).json()["items"][0]
    assert said_of(o1.put("/looks/" + asked["id"], {"agrees": True})) == said_of(unknown)


def test_names_are_told_of_little_and_with_a_reason(town):
    f1 = reader(town, "f1")
    thing = stix.campaign("amber", name="Pier lamps")
    town.f1.post(town.k, thing)
    rule = f1.get(f"/objects/{thing['id']}/looks").json()
    assert rule["may_name"] is False and "TLP:RED or TLP:AMBER+STRICT" in rule["rule"]
    refused = ask(f1, thing)
    assert refused.status_code == 403 and "by name only" in refused.json()["detail"]
    nameable = strict(town)
    for body in ({}, {"reason": "  "}, {"reason": "x" * 501}):
        answer = f1.post(f"/objects/{nameable['id']}/looks", body)
        assert answer.status_code == 422, answer.text
        assert [e["field"] for e in answer.json()["errors"]] == ["/reason"]
    assert f1.put("/looks/" + "0" * 36, {}).status_code == 422


def test_counts_are_told_again_to_a_request_that_is_repeated(town):
    thing = strict(town, "Beacon")
    give(town, "o1", thing)
    f1 = reader(town, "f1")
    first, again = (f1.post(f"/objects/{thing['id']}/has-seen", Idempotency_Key="count-beacon")
                    for _ in range(2))
    assert first.json() == again.json() == {"sectors": []}
    looks = [row for row in reader(town, "o1").get("/looks?limit=500").json()["items"]
             if row["object"] == thing["id"]]
    assert {row["state"] for row in looks} == {"counted"}


def test_looks_come_in_pages_and_those_of_the_console_too(town):
    thing = strict(town, "Breakwater")
    give(town, "o1", thing)
    town.x.run("who", "has-seen", thing["id"], "--as", town.org["fed"], "--reason", WHY)
    o1 = reader(town, "o1")
    first = o1.get("/looks?limit=1").json()
    assert first["items"][0]["state"] == "told" and "asked_by" not in first["items"][0]
    assert first["items"][0]["source"] == "Federal Office"
    rest = o1.get("/looks?limit=1&cursor=" + first["next"]).json()
    assert rest["items"][0]["id"] != first["items"][0]["id"]


def test_what_was_withdrawn_is_shown_without_its_title(town):
    thing = strict(town, "Sea wall")
    give(town, "o1", thing)
    town.f1.delete(town.k, thing["id"])
    seen = newest(reader(town, "o1"))
    assert seen["object"] == thing["id"] and "title" not in seen and "label" not in seen
