"""Corrections over the API: who is shown which text, who is told at home and by mail (B22, B9)."""

import uuid

import pytest

from council import Council, Person, in_hours, sent
from exchange import poll


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    made = Council(tmp_path_factory.mktemp("council") / "data")
    yield made
    made.x.stop()


@pytest.fixture(scope="module")
def briefing(council):
    item = {"minutes": 10, "about": "Eleven of fourteen are down", "label": "amber"}
    return sent(council, about="Fourteen imitation sites", items=[
        item | {"title": "For all"},
        item | {"title": "For Ohio", "organizations": [council.org["ohio"]]}])


def corrections(who, briefing):
    return who.get(f"/briefings/{briefing}/corrections")


def at_home(who, briefing):
    return [q.get("count") for q in who.get("/home", X_Background="1").json()["questions"]
            if q["kind"] == "correction" and q["briefing"]["id"] == briefing]


def correct(who, briefing, thing, **changed):
    body = {"object": thing["id"], "version": thing["modified"],
            "words": "Twelve of fourteen are down", "reason": "One was counted twice"}
    return who.post(f"/briefings/{briefing}/corrections", body | changed)


def test_who_had_the_old_text_sees_the_difference_once_as_new(council, briefing):
    """An invitee, a colleague who read it, another host; not who is not invited (B22, R1)."""
    for who in (council.oda, council.ole, council.gus, council.pat):
        assert who.get(f"/briefings/{briefing}").status_code == 200
    whole = council.ann.get(f"/briefings/{briefing}").json()
    done = correct(council.ann, briefing, whole["items"][0])
    assert done.status_code == 200, done.text
    assert not done.json()["items"][0]["is_new"], "whoever wrote it has seen it"
    for who in (council.oda, council.ole, council.gus, council.cal, council.pat):
        assert at_home(who, briefing) == [1]
    for who in (council.ann, council.abe, council.ray, council.lou):
        assert at_home(who, briefing) == []
    seen = corrections(council.ole, briefing).json()
    assert not seen["may_correct"]
    one, = seen["items"]
    assert (one["of"], one["object"]) == ("item", whole["items"][0]["id"])
    assert one["before"] == {"title": "For all", "words": "Eleven of fourteen are down"}
    assert one["after"]["words"] == "Twelve of fourteen are down"
    assert one["is_new"] and one["reason"] == "One was counted twice"
    assert at_home(council.ole, briefing) == []
    assert at_home(council.oda, briefing) == [1]
    assert not corrections(council.ole, briefing).json()["items"][0]["is_new"]
    for who in (council.ray, council.lou):
        hidden = corrections(who, briefing)
        absent = corrections(who, f"briefing--{uuid.uuid4()}")
        assert hidden.status_code == absent.status_code == 404
        assert hidden.json()["title"] == absent.json()["title"]


def test_of_an_item_for_some_the_others_learn_nothing(council, briefing):
    """B9: neither at home, nor on the page, nor by mail."""
    whole = council.ann.get(f"/briefings/{briefing}").json()
    before = len(corrections(council.gus, briefing).json()["items"])
    home = at_home(council.gus, briefing)
    assert correct(council.pat, briefing, whole["items"][1]).status_code == 200
    assert len(corrections(council.gus, briefing).json()["items"]) == before
    assert at_home(council.gus, briefing) == home
    assert "For Ohio" in corrections(council.oda, briefing).text
    steward = next(o["id"] for o in council.x.rows("org", "list") if o["name"] == "Council")
    council.x.run("person", "add", "--org", steward, "--email", "sue@example.org", "--name", "Sue",
                  "--role", "steward")
    sue = Person(council.x.server.base,
                 council.x.token(steward, "of sue", person="sue@example.org")[1])

    def mailed():
        items = sue.get("/outbox?limit=100").json()["items"]
        return sorted(m["to"].split("@")[0] for m in items if m["kind"] == "correction")
    assert poll(lambda: mailed() == ["cal", "gus", "oda", "oda"]), mailed()
    message = next(m for m in sue.get("/outbox?limit=100").json()["items"]
                   if m["kind"] == "correction")
    text = sue.get("/outbox/" + message["id"]).json()["text"]
    for told in ("Agency", "Ohio", "fourteen", "AMBER", "555-0100", "Ann"):
        assert told not in text


def test_of_a_corrected_version_the_hosts_learn_who_had_it_by_name(council, briefing):
    """R2: with a reason; of another AMBER text nobody is named."""
    thing = corrections(council.oda, briefing).json()["items"][-1]["object"]

    def named(id, org):
        return council.x.run("who", "has-seen", id, "--as", council.org[org], "--reason",
                             "to call them", check=False).stdout
    assert poll(lambda: "Ohio Office" in named(thing, "platform"))
    assert "Ole" not in named(thing, "platform") and "Research" not in named(thing, "platform")
    assert named(thing, "ohio") == named(briefing, "platform") == ""


def test_only_publishers_of_the_hosts_correct(council, briefing):
    thing = council.ann.get(f"/briefings/{briefing}").json()["items"][0]
    assert correct(council.oda, briefing, thing).status_code == 404
    assert correct(council.abe, briefing, thing, words="x").status_code == 403
    assert correct(council.ann, briefing, thing, reason="").status_code == 422
    same = correct(council.ann, briefing, thing, words=thing["about"])
    assert same.status_code == 422 and "as it stands" in same.text
    stale = correct(council.ann, briefing, thing, words="x", version=in_hours(0)["local"] + ":00Z")
    assert stale.status_code == 409 and "while you did" in stale.text
    assert correct(council.ann, briefing, thing, object="briefing-item--x").status_code == 422


def test_hosts_see_which_offices_have_not_had_a_correction_yet(council):
    """Rule 6, B22: by organization, for hosts alone; of an item for some among those alone.

    The last test here, since one before it counts all mail about corrections.
    """
    about = {"minutes": 10, "about": "Eleven", "label": "amber"}
    briefing = sent(council, about="Fourteen", items=[
        about | {"title": "For Ohio", "organizations": [council.org["ohio"]]}])
    whole = council.ann.get(f"/briefings/{briefing}").json()
    assert correct(council.ann, briefing, whole).status_code == 200
    assert correct(council.ann, briefing, whole["items"][0]).status_code == 200

    def reach(who):
        return {c["of"]: c.get("reach") for c in corrections(who, briefing).json()["items"]}
    everyone = {"of": 3, "has": 0, "without": ["County Office", "Guam Office", "Ohio Office"]}

    def told(who):
        seen = reach(who)
        seen["about"]["without"].sort()
        return seen
    ohio = {"of": 1, "has": 0, "without": ["Ohio Office"]}
    assert told(council.ann) == told(council.pat) == {"about": everyone, "item": ohio}
    assert reach(council.gus) == {"about": None}
    one_office = {"of": 3, "has": 1, "without": ["County Office", "Ohio Office"]}
    assert poll(lambda: told(council.pat) == {"about": one_office, "item": ohio})
    assert reach(council.ole) == {"about": None, "item": None}  # a colleague counts for the office
    assert poll(lambda: reach(council.ann) == {
        "about": {"of": 3, "has": 2, "without": ["County Office"]},
        "item": {"of": 1, "has": 1, "without": []}})
