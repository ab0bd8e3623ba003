"""Briefings over the API: four answers, the exact list, invitations, answers, and the record."""

import pytest

from council import (Council, answer, answers, in_hours, made, note, sent, wait_until_sent,
                     types_read)
from taxii import Client


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    made = Council(tmp_path_factory.mktemp("council") / "data")
    yield made
    made.x.stop()


def test_four_answers_make_a_draft_for_hosts_alone(council):
    """B10: everything else has a default."""
    briefing = made(council.ann, hosts=[council.org["platform"]])
    seen = council.pat.get(f"/briefings/{briefing}").json()
    assert (seen["status"], seen["label"], seen["is_host"]) == ("draft", "amber", True)
    assert seen["join"] == "Call 555-0100, code 1234"
    hidden, absent = (council.oda.get(f"/briefings/{id}") for id in
                      (briefing, "briefing--00000000-0000-4000-8000-000000000000"))
    assert hidden.status_code == absent.status_code == 404
    assert {**hidden.json(), "request_id": ""} == {**absent.json(), "request_id": ""}


@pytest.mark.parametrize("changed, field", [
    ({"when": in_hours(48) | {"local": "2027-03-14T02:30"}}, "/when/local"),
    ({"when": in_hours(48) | {"timezone": "Mars/Olympus"}}, "/when/local"),
    ({"when": in_hours(48) | {"minutes": 2}}, "/when/minutes"),
    ({"audience": {"sectors": ["galactic"]}}, "/audience/sectors"),
    ({"audience": {"jurisdictions": ["ohio"]}}, "/audience/jurisdictions"),
    ({"items": [{"title": "One"}]}, "/items/0/minutes"),
    ({"colour": "blue"}, "/colour"),
    ({"when": None}, "/when"),
    ({"audience": None, "title": None}, "/audience"),
    ({"title": " "}, "/title"),
    ({"join": None}, "/join"),
])
def test_what_is_wrong_is_told_at_its_field(council, changed, field):
    """B16: an hour that the clocks skip among them."""
    done = council.ann.post("/briefings", answers(**changed))
    assert done.status_code == 422, done.text
    assert field in [e["field"] for e in done.json()["errors"]], done.text


def test_who_may_not_publish_hosts_nothing(council):
    assert council.abe.post("/briefings", answers()).status_code == 403


def test_red_goes_to_no_audience(council):
    done = council.ann.post("/briefings", answers(label="red"))
    assert done.status_code == 422 and "names none" in done.text


def test_the_audience_is_exact_and_says_whom_it_misses(council):
    """B10: each reason; B4: nobody asked; B16: the hour on their own clock."""
    briefing = made(council.ann)
    audience = council.ann.get(f"/briefings/{briefing}/audience").json()
    people = {p["name"]: p for g in audience["groups"] for p in g["people"]}
    assert set(people) == {"Oda", "Gus", "Cal"} and audience["people"] == 3
    assert people["Oda"]["checked"] == "2018-08-14" and people["Gus"]["timezone"] == "Pacific/Guam"
    missed = {m["reason"]: [o["name"] for o in m["organizations"]] for m in audience["misses"]}
    assert missed == {"no-duty-officer": ["Idle Office"], "not-asked": ["Stranger Office"],
                      "ceiling": ["Low Office"]}


@pytest.fixture(scope="module")
def on_duty(council):
    """An office with one officer for each duty, which no other test finds."""
    x = council.x
    office = x.org("Duty Office", "tribal", ["us-50"])
    for duty in ("primary", "stand-in", "after-hours"):
        email = duty + "@example.org"
        x.run("person", "add", "--org", office, "--email", email, "--name", duty.title(), "--role",
              "member")
        x.run("person", "duty", email, "--org", office, "--as", duty, "--verified", "2018-08-14")
    return office


def whom(council, **plan):
    """Who would be invited, and the organizations that the plan misses."""
    draft = made(council.ann, audience=plan)
    found = council.ann.get(f"/briefings/{draft}/audience").json()
    return ({p["name"] for g in found["groups"] for p in g["people"]},
            {o["name"] for m in found["misses"] for o in m["organizations"]})


def test_places_narrow_what_sectors_and_associations_find(council):
    """B10, B2: a state with what lies in it, a county by its code, a state's own counties."""
    ohio = council.org["ohio"]
    assert whom(council, sectors=["state"], jurisdictions=["us-39"]) == ({"Oda"}, set())
    assert whom(council, sectors=["state", "local"], jurisdictions=["us-39", "us-18"]) == \
        ({"Oda", "Cal"}, {"Low Office"})
    assert whom(council, jurisdictions=["us-39"]) == ({"Oda", "Cal"}, set())
    assert whom(council, sectors=["local"], jurisdictions=["39035"]) == ({"Cal"}, set())
    assert whom(council, jurisdictions=["us-39-c036"]) == (set(), set())
    assert whom(council, associations=[ohio]) == ({"Cal"}, set())
    assert whom(council, associations=[ohio], jurisdictions=["us-18"]) == (set(), set())


def test_organizations_and_people_are_added_wherever_they_are(council):
    """B10: a person by name, also without a duty; nobody twice."""
    plan = {"sectors": ["state"], "jurisdictions": ["us-39"]}
    assert whom(council, **plan, organizations=[council.org["guam"]]) == ({"Oda", "Gus"}, set())
    assert whom(council, **plan, people=[council.id["ole"], council.id["oda"]]) == \
        ({"Oda", "Ole"}, set())
    assert whom(council, people=[council.id["ray"]]) == ({"Ray"}, set())
    assert whom(council, people=[council.id["lou"]]) == (set(), {"Low Office"})


def test_duties_narrow_whom_an_organization_sends(council, on_duty):
    """B10, B3: an office whose duty is not asked for is missed, and a person named is not."""
    every = {"Primary", "Stand-In", "After-Hours"}
    assert whom(council, sectors=["tribal"]) == (every, set())
    assert whom(council, sectors=["tribal"], duties=["stand-in"]) == ({"Stand-In"}, set())
    assert whom(council, organizations=[on_duty], duties=["primary", "after-hours"]) == \
        ({"Primary", "After-Hours"}, set())
    assert whom(council, organizations=[council.org["guam"]], duties=["stand-in"],
                people=[council.id["ole"]]) == ({"Ole"}, {"Guam Office"})


def test_hosts_read_by_name_what_the_plan_holds(council):
    """B10: all of it comes back as it was given, and to who is invited none of it."""
    ohio, guam = council.org["ohio"], council.org["guam"]
    plan = {"sectors": ["state"], "jurisdictions": ["us-39", "us-39-c035", "us"],
            "associations": [ohio], "organizations": [guam], "people": [council.id["ole"]],
            "duties": ["primary"]}
    briefing = sent(council, audience=plan)
    seen = council.pat.get(f"/briefings/{briefing}").json()
    assert seen["audience"] == plan
    names = seen["audience_names"]
    assert names["places"] == [
        {"code": "us-39", "state": "Ohio"},
        {"code": "us-39-c035", "state": "Ohio", "within": "County Office"},
        {"code": "us", "state": "United States"}]
    assert [o["id"] for o in names["associations"]] == [ohio]
    assert [o["name"] for o in names["organizations"]] == ["Guam Office"]
    assert names["people"] == [{"id": council.id["ole"], "name": "Ole",
                                "organization": "Ohio Office"}]
    guest = council.ole.get(f"/briefings/{briefing}").json()
    assert not {"audience", "audience_names"} & set(guest)


def test_a_chooser_offers_who_may_be_seen_and_nobody_else(council):
    """B10, O1: by words of the name or the state; not who is no member, nor where they are."""
    council.x.run("org", "add", "--name", "Hidden County", "--sector", "local", "--jurisdiction",
                  "us-20-c001", "--status", "known")

    def names(path):
        done = council.ann.get(path)
        assert done.status_code == 200, done.text
        return [o.get("name") or o.get("within") or o["state"] for o in done.json()["items"]]
    assert names("/organizations?q=off+oh") == ["Ohio Office", "County Office"]
    assert names("/organizations?q=stranger") == names("/organizations?q=hidden") == []
    assert "Ohio Office" in names("/organizations?has_members=true")
    assert "Guam Office" not in names("/organizations?has_members=true")
    refused = council.oda.get("/organizations?has_members=true")
    assert refused.status_code == 403 and "publisher" in refused.text
    assert names("/places?q=ohio") == ["Ohio", "County Office"]
    assert names("/places?q=county") == ["County Office"]
    assert names("/places?q=39035") == ["County Office"] and names("/places?q=39") == ["Ohio"]
    assert names("/places?q=hidden") == [] and names("/places?q=kansas") == ["Kansas"]
    assert names("/places?q=us-20-c001") == ["us-20-c001"]
    assert len(names("/places?limit=3")) == 3


def test_another_number_than_was_shown_is_not_sent(council):
    briefing = made(council.ann)
    done = council.ann.post(f"/briefings/{briefing}/send", {"people": 2})
    assert done.status_code == 409 and "3 people now" in done.text


def test_a_reader_sees_their_items_and_no_gap(council):
    """B9: by the item's own audience."""
    briefing = sent(council, items=[
        {"title": "For Ohio", "minutes": 10, "organizations": [council.org["ohio"]]},
        {"title": "For all", "minutes": 5}])
    items = {name: [i["title"] for i in
                    getattr(council, name).get(f"/briefings/{briefing}").json()["items"]]
             for name in ("oda", "gus", "pat")}
    assert items == {"oda": ["For Ohio", "For all"], "gus": ["For all"],
                     "pat": ["For Ohio", "For all"]}
    guest = council.oda.get(f"/briefings/{briefing}").json()
    assert not {"audience", "counts", "places", "odd_hours", "join"} & set(guest)
    assert all(not {"organizations", "start", "modified"} & set(i) for i in guest["items"])
    hosts = council.pat.get(f"/briefings/{briefing}").json()["items"]
    assert hosts[0]["start"] < hosts[1]["start"]


def test_answers_reach_the_hosts(council):
    """B11, B12: the last counts; a delegate by the rule."""
    briefing = sent(council)
    assert answer(council.oda, briefing, answer="no", note="A storm").status_code == 200
    assert answer(council.oda, briefing, answer="yes").json()["my_answer"]["answer"] == "yes"
    assert answer(council.gus, briefing, answer="perhaps").status_code == 422
    assert answer(council.gus, briefing, answer="delegate").status_code == 422
    refused = answer(council.gus, briefing, answer="delegate", delegate=council.id["ray"])
    assert refused.status_code == 422 and "colleague" in refused.text
    assert answer(council.ray, briefing, answer="yes").status_code == 404

    def delegates(who):
        return [(p["name"], p["organization"]) for p in
                who.get(f"/briefings/{briefing}/delegates").json()["items"]]
    assert delegates(council.cal) == [("Oda", "Ohio Office")]
    assert delegates(council.oda) == [("Ole", "Ohio Office")] and delegates(council.ole) == []
    assert answer(council.cal, briefing, answer="delegate",
                  delegate=council.id["oda"]).status_code == 200
    told = council.pat.get(f"/briefings/{briefing}/answers").json()
    assert told["counts"] == {"invited": 3, "yes": 1, "no": 0, "delegate": 1, "open": 1}
    assert council.oda.get(f"/briefings/{briefing}/answers").status_code == 404
    hosts = council.pat.get(f"/briefings/{briefing}").json()
    missing = {p["code"]: p["name"] for p in hosts["places"]["missing"]}
    assert hosts["places"]["reached"] == 1
    assert missing["us-18"] == "Indiana" and "us-39" not in missing


def test_what_somebody_needs_is_read_by_hosts_and_by_their_own_office_alone(council):
    """B9: an accommodation request."""
    briefing, need = sent(council), "Captions, please.\nAnd a phone number instead of video."

    def needs(who):
        got = who.get(f"/briefings/{briefing}/needs")
        return [(n["person"]["name"], n["answer"], n["note"]) for n in got.json()["items"]] \
            if got.status_code == 200 else got.status_code
    assert needs(council.ann) == []
    kept = answer(council.oda, briefing, answer="yes", note=need)
    assert kept.json()["my_answer"]["note"] == need
    assert answer(council.gus, briefing, answer="no", note="On leave").status_code == 200
    assert answer(council.cal, briefing, answer="yes").status_code == 200
    assert needs(council.ann) == needs(council.pat) == [("Oda", "yes", need)]
    rows = council.pat.get(f"/briefings/{briefing}/answers").json()["items"]
    assert {r["person"]["name"]: r.get("note") for r in rows} == \
        {"Oda": need, "Gus": "On leave", "Cal": None}
    assert needs(council.oda) == needs(council.gus) == needs(council.ray) == 404
    readers = {name for name in council.secrets for path in ("", "/record", "/record/document")
               if "Captions" in getattr(council, name).get(f"/briefings/{briefing}{path}").text}
    assert readers == {"ann", "abe", "pat", "oda", "ole"}
    assert answer(council.oda, briefing, answer="yes", note="x" * 4001).status_code == 422
    assert answer(council.oda, briefing, answer="yes").status_code == 200
    assert needs(council.ann) == [], "the last answer counts"


def test_a_host_notes_what_was_said_by_phone(council):
    """B11: until that person answers; B9: read by hosts and by the office it is about, alone."""
    briefing, gus = sent(council), council.id["gus"]
    seen = {"noted_by": "Agency", "answer": "yes"}
    told = note(council.ann, briefing, gus, "yes")
    assert told.status_code == 200 and seen.items() <= told.json().items(), told.text
    assert note(council.pat, briefing, gus, "yes").json() == told.json()
    rows = council.pat.get(f"/briefings/{briefing}/answers").json()
    assert rows["counts"] == {"invited": 3, "yes": 1, "no": 0, "delegate": 0, "open": 2}
    assert told.json() in rows["items"]
    mine = council.gus.get(f"/briefings/{briefing}").json()["my_answer"]
    assert seen.items() <= mine.items()
    readers = {name for name in council.secrets
               if "briefing-reply" in types_read(council, name, briefing)}
    assert readers == {"ann", "abe", "pat", "gus"}
    for who, whom, said, status in (
            (council.abe, gus, "no", 403), (council.oda, gus, "no", 404),
            (council.ray, gus, "no", 404), (council.ann, council.id["ole"], "yes", 404),
            (council.ann, gus, "delegate", 422), (council.ann, gus, None, 422)):
        assert note(who, briefing, whom, said).status_code == status, (who, whom, said)
    assert answer(council.gus, briefing, answer="no").status_code == 200
    late = note(council.ann, briefing, gus, "yes")
    assert late.status_code == 409 and "Gus has answered already" in late.text, late.text
    assert council.ann.get(f"/briefings/{briefing}").json()["counts"]["no"] == 1
    verbs = [r["verb"] for r in council.x.rows("audit", "show") if r["object"] == briefing]
    assert verbs.count("briefing.note-answer") == 1


def test_answers_come_in_pages(council):
    briefing = sent(council)
    seen, cursor = [], ""
    while cursor is not None:
        page = council.ann.get(f"/briefings/{briefing}/answers?limit=1{cursor}").json()
        seen += [i["person"]["name"] for i in page["items"]]
        cursor = "&cursor=" + page["next"] if "next" in page else None
    assert sorted(seen) == ["Cal", "Gus", "Oda"]


def test_of_two_hosts_at_once_the_second_is_told(council):
    """B7: with the state as it is now."""
    briefing = made(council.ann, hosts=[council.org["platform"]])
    seen = council.ann.get(f"/briefings/{briefing}").headers["ETag"]
    path = f"/briefings/{briefing}"
    assert council.pat.patch(path, {"title": "First"}, If_Match=seen).status_code == 200
    late = council.ann.patch(path, {"title": "Second"}, If_Match=seen)
    assert late.status_code == 412 and late.json()["current"]["title"] == "First"
    assert council.ann.patch(path, {"title": "Second"}).status_code == 428
    now = council.ann.get(path).headers["ETag"]
    assert council.ann.patch(path, {"title": "Second"}, If_Match=now).json()["title"] == "Second"


def test_an_answer_in_between_is_no_conflict(council):
    briefing = sent(council)
    seen = council.ann.get(f"/briefings/{briefing}").headers["ETag"]
    answer(council.oda, briefing, answer="yes")
    assert council.ann.get(f"/briefings/{briefing}").headers["ETag"] != seen
    done = council.ann.patch(f"/briefings/{briefing}", {"title": "Still"}, If_Match=seen)
    assert done.status_code == 200, done.text


def test_what_is_called_off_says_why_and_takes_no_answers(council):
    briefing = sent(council)
    seen = council.ann.get(f"/briefings/{briefing}").headers["ETag"]
    done = council.ann.post(f"/briefings/{briefing}/cancel", {"reason": "A storm"}, If_Match=seen)
    assert done.json()["status"] == "cancelled"
    assert council.gus.get(f"/briefings/{briefing}").json()["cancelled_because"] == "A storm"
    assert answer(council.gus, briefing, answer="yes").status_code == 409


def test_how_to_join_opens_half_an_hour_before(council):
    """B17: to those invited; attendance is taken from then on (B20)."""
    briefing = sent(council, when=in_hours(0.2))
    assert council.oda.get(f"/briefings/{briefing}").json()["join"] == "Call 555-0100, code 1234"
    assert council.ray.get(f"/briefings/{briefing}").status_code == 404
    taken = council.ann.put(f"/briefings/{briefing}/attendance", {"items": [
        {"person": council.id["oda"], "was_there": True, "joined": "2026-08-29T18:00:00Z"},
        {"person": council.id["gus"], "was_there": False}]})
    assert taken.status_code == 200 and taken.json()["present"] == 1
    missing = {m["reason"] for m in taken.json()["missing"]}
    assert missing == {"invited-and-absent", "not-reached", "not-asked"}
    assert council.oda.get(f"/briefings/{briefing}/attendance").status_code == 404


def test_who_came_without_an_invitation_is_noted_and_reads_nothing_more(council):
    """B20, O1: out of the directory or by a name; an id that is not in it is as good as none."""
    briefing = sent(council, when=in_hours(0.2))
    path = f"/briefings/{briefing}/guests"
    lou = {"person": council.id["lou"], "organization": council.org["low"]}
    done = council.ann.post(path, lou)
    assert done.status_code == 201, done.text
    (guest,) = done.json()["guests"]
    assert guest["person"] == {"id": council.id["lou"], "name": "Lou", "organization": "Low Office"}
    twice = [council.pat.post(path, {"name": "Nia Osei"}, Idempotency_Key="a note of one guest")
             for _ in range(2)]
    assert [t.status_code for t in twice] == [201, 201]
    assert [g["person"]["name"] for g in twice[1].json()["guests"]] == ["Lou", "Nia Osei"]
    nobody = "identity--00000000-0000-4000-8000-000000000000"
    refused = [council.ann.post(path, {"person": who, "organization": council.org["idle"]})
               for who in (council.id["ida"], nobody)]
    assert {r.status_code for r in refused} == {422}
    assert refused[0].json()["detail"] == refused[1].json()["detail"]
    assert council.ann.post(path, {"person": council.id["lou"]}).status_code == 422
    assert council.oda.post(path, {"name": "Me"}).status_code == 404
    assert council.lou.get(f"/briefings/{briefing}").status_code == 404
    feed = Client(council.x.server.base, council.secrets["lou"])
    assert feed.objects("briefings", id=guest["id"]).json() == {}
    told = council.ann.get(f"/briefings/{briefing}/record/document").text
    assert "without an invitation\n\n- Lou, Low Office\n- Nia Osei\n" in told
    assert council.oda.call("DELETE", f"{path}/{guest['id']}").status_code == 404
    assert council.pat.call("DELETE", f"{path}/{guest['id']}").status_code == 204
    left = council.ann.get(f"/briefings/{briefing}/attendance").json()["guests"]
    assert [g["person"] for g in left] == [{"name": "Nia Osei"}]


def test_home_asks_for_what_is_open(council):
    """P8: until it is answered."""
    briefing = sent(council, title="Home")

    def asked(who):
        return [q["kind"] for q in who.get("/home").json()["questions"]
                if q["briefing"]["id"] == briefing]
    assert asked(council.gus) == ["invitation"] and asked(council.ray) == []
    answer(council.gus, briefing, answer="yes")
    assert asked(council.gus) == []
    assert briefing in [c.get("briefing") for c in council.gus.get("/home").json()["coming"]]
    assert council.gus.get("/briefings?limit=1").json()["items"]


def test_making_twice_with_one_key_makes_one(council):
    body = answers(title="Once")
    first, second = (council.ann.post("/briefings", body, Idempotency_Key="a key of one's own")
                     for _ in range(2))
    assert first.json()["id"] == second.json()["id"]


def test_an_audience_tells_nobody_but_the_hosts_who_else_is_in_it(council):
    """B9, B20: who was invited, and who was there, is no secret that a definition gives away."""
    briefing = sent(council, when=in_hours(0.4), items=[
        {"title": "One", "minutes": 5, "organizations": [council.org["ohio"],
                                                         council.org["guam"]]}])
    council.ann.put(f"/briefings/{briefing}/attendance", {"items": [
        {"person": council.id[who], "was_there": True} for who in ("oda", "gus")]})
    done = council.ann.post(f"/briefings/{briefing}/commitments",
                            {"content": "A list", "organization": council.org["platform"]})
    assert done.status_code == 200, done.text
    named = {}
    for who in ("ann", "oda"):
        answer = getattr(council, who).session.get(
            council.x.server.base + "/exchange/collections/briefings/objects/",
            params={"match[type]": "marking-definition", "limit": 1000},
            headers={"Accept": "application/taxii+json;version=2.1"}).json()
        named[who] = {o["name"] for o in answer["objects"]}
    told = {"Those invited", "Invited to one item", "Those who were there"}
    assert told <= named["ann"]
    assert not told & named["oda"] and "Ohio Office" in named["oda"]


def test_an_association_sees_whom_of_its_members_was_reached(council):
    """B2: reached and not reached, and why; to nobody else, and before it is sent to nobody."""
    x = council.x
    league = x.org("League", "association")
    x.run("person", "add", "--org", league, "--email", "lea@example.org", "--name", "Lea",
          "--role", "member")
    x.run("person", "duty", "lea@example.org", "--org", league, "--verified", "2018-08-14")
    council.secrets["lea"] = x.token(league, "of lea", person="lea@example.org")[1]
    for name in ("ohio", "idle", "low", "stranger"):
        x.run("org", "link", council.org[name], "member-of", league)
    plan = {"associations": [league], "organizations": [league]}
    draft = made(council.ann, audience=plan)
    assert council.lea.get(f"/briefings/{draft}/reached").status_code == 404
    briefing = sent(council, audience=plan)
    found = council.lea.get(f"/briefings/{briefing}/reached").json()
    assert (found["reached"], found["members"]) == (1, 4)
    rows = {r["organization"]["name"]: r for r in found["items"]}
    assert rows["Ohio Office"] == {"organization": rows["Ohio Office"]["organization"],
                                   "is_reached": True}
    assert {name: rows[name]["why"] for name in rows if name != "Ohio Office"} == {
        "Idle Office": "no-duty-officer", "Low Office": "ceiling", "Stranger Office": "not-asked"}
    assert council.lea.get(f"/briefings/{briefing}").json()["has_reached"]
    for name in ("oda", "ann", "pat", "gus"):  # a member, its hosts, somebody not invited
        who = getattr(council, name)
        assert who.get(f"/briefings/{briefing}/reached").status_code == 404
        assert "has_reached" not in who.get(f"/briefings/{briefing}").json()
    other = sent(council, audience={"sectors": ["state"], "organizations": [league]})
    assert "has_reached" not in council.lea.get(f"/briefings/{other}").json()
    assert council.lea.get(f"/briefings/{other}/reached").status_code == 404  # not for its members


def test_a_state_sees_which_of_its_counties_were_reached(council):
    """B2: whose parts the hosts named, of whatever kind it is."""
    ohio = council.org["ohio"]
    briefing = sent(council, audience={"associations": [ohio], "organizations": [ohio]})
    assert council.oda.get(f"/briefings/{briefing}").json()["has_reached"]
    found = council.oda.get(f"/briefings/{briefing}/reached").json()
    assert [(r["organization"]["name"], r["is_reached"]) for r in found["items"]] == [
        ("County Office", True)]
    assert "has_reached" not in council.cal.get(f"/briefings/{briefing}").json()


def test_a_ceiling_of_amber_hears_what_is_amber_and_strict(council):
    """B10, G3: the list of who will get it, and who may go instead, go by the gate's own rule."""
    x = council.x
    office = x.org("Amber Office", "vendor", ceiling="amber")
    ids = [x.id_of("person", "add", "--org", office, "--email", f"{name}@example.org", "--name",
                   name.title(), "--role", "member") for name in ("amy", "abby")]
    x.run("person", "duty", "amy@example.org", "--org", office, "--verified", "2018-08-14")
    council.secrets["amy"] = x.token(office, "of amy", person="amy@example.org")[1]
    named = made(council.ann, audience={"people": [ids[1]]}, label="amber+strict")
    assert council.ann.get(f"/briefings/{named}/audience").json()["people"] == 1
    strict = made(council.ann, audience={"organizations": [office]}, label="amber+strict")
    found = council.ann.get(f"/briefings/{strict}/audience").json()
    assert (found["people"], found["misses"]) == (1, [])
    assert council.ann.post(f"/briefings/{strict}/send", {"people": 1}).status_code == 202
    wait_until_sent(council.ann, strict)
    [other] = council.amy.get(f"/briefings/{strict}/delegates").json()["items"]
    assert other["name"] == "Abby"


def test_what_is_on_the_record_reads_back(council):
    """B27, S15: nothing was left half done by all of the above."""
    briefing = sent(council)
    text = council.ann.get(f"/briefings/{briefing}/record/document").text
    assert "TLP:AMBER" in text and "Hosts: Agency, Platform" in text
    council.x.run("fsck")
    assert council.x.json("rebuild")["was_equal"]


def test_invitations_go_on_after_a_kill(tmp_path):
    """The order is on the record; the server that comes back carries it out."""
    town = Council(tmp_path / "data")
    try:
        briefing = made(town.ann)
        town.ann.post(f"/briefings/{briefing}/send", {"people": 3})
        town.x.server.kill()
        town.x.serve()
        town.people.clear()
        sent = wait_until_sent(town.ann, briefing)
        assert (sent["total"], sent["written"], sent["is_done"]) == (3, 3, True)
    finally:
        town.x.stop()


def test_an_observer_answers_and_asks_by_an_invitation_of_their_own(council):
    """G9, B12: and writes nothing else."""
    briefing = sent(council)
    gia = council.add("gia", "guam", "observer")
    ask = f"/briefings/{briefing}/questions", {"content": "Since when?"}
    assert gia.get(f"/briefings/{briefing}").status_code == 200
    assert answer(gia, briefing, answer="yes").status_code == 404
    assert gia.post(*ask).status_code == 404
    gone = answer(council.gus, briefing, answer="delegate", delegate=council.id["gia"])
    assert gone.status_code == 200, gone.text
    assert answer(gia, briefing, answer="yes").json()["my_answer"]["answer"] == "yes"
    assert gia.post(*ask).status_code == 201
    assert gia.post("/briefings", answers()).status_code == 403
