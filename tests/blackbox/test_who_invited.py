"""Who may see what is about a briefing (R2), where whom else the hosts invited is for hosts (B9):
on the API, whose data the pages show, and on the console."""

import pytest

import objects as stix
from council import CHECKED, Council, give, sent
from exchange import poll

HOSTS = {"Agency", "Platform"}
STATES = ["us-04", "us-05", "us-06", "us-08", "us-09"]


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    """The council, five more states, and a steward who is invited to nothing."""
    made = Council(tmp_path_factory.mktemp("council") / "data")
    for place in STATES:
        made.org[place] = made.x.org("Office of " + place, "state", [place])
        made.add("in-" + place, place, "member")
        made.x.run("person", "duty", f"in-{place}@example.org", "--org", made.org[place],
                   "--verified", CHECKED)
    made.org["steward"] = next(r["id"] for r in made.x.rows("org", "list")
                               if r["name"] == "Council")
    made.add("sue", "steward", "steward")
    yield made
    made.x.stop()


@pytest.fixture(scope="module")
def briefing(council):
    return sent(council, label="amber+strict")


@pytest.fixture(scope="module")
def question(council, briefing):
    made = council.oda.post(f"/briefings/{briefing}/questions", {"content": "Which letters?"})
    assert made.status_code == 201, made.text
    return made.json()["id"]


def seen_by(who, thing):
    done = who.get(f"/objects/{thing}/may-see")
    assert done.status_code == 200, done.text
    told = done.json()
    return {v["name"] for v in told["items"]}, told.get("sectors")


def rows(council, thing, org):
    return [(r["name"], r.get("sector")) for r in council.x.rows("who", "may-see", thing, "--as",
                                                                 council.org[org])]


# Six states are invited, Ohio among them; Guam and the county are alone in their sectors.
OTHERS = [{"sector": "state", "count": 5}]


def test_who_asks_a_question_learns_how_many_others_were_invited_and_no_names(council, question):
    """R2, B9: hosts and one's own are named."""
    named, others = seen_by(council.oda, question)
    assert named == HOSTS | {"Ohio Office"}
    assert others == OTHERS
    told = council.oda.get(f"/objects/{question}/may-see").text
    assert "Guam" not in told and "us-04" not in told


def test_the_console_tells_no_more_in_that_offices_name(council, question):
    assert rows(council, question, "ohio") == [
        ("Agency", "federal"), ("Platform", "platform"), ("Ohio Office", "state"),
        ("5", "state")]


def test_a_steward_who_is_no_host_is_told_no_names_either(council, question):
    said = rows(council, question, "steward")
    assert [n for n, _ in said] == ["Agency", "Platform", "6"]
    assert council.sue.get(f"/objects/{question}/may-see").status_code == 404


def test_hosts_are_told_the_names_of_whom_they_invited(council, briefing):
    """R2 as it is: of what their group contributed."""
    material = give(council.ann, briefing).json()["id"]
    named, others = seen_by(council.pat, material)
    assert named >= HOSTS | {"Ohio Office", "Guam Office", "County Office", "Office of us-04"}
    assert others is None


def test_what_points_at_a_briefing_from_elsewhere_is_counted_too(council, briefing):
    """G6: a note in an open collection carries the briefing's audience."""
    shelf = council.x.collection("open")
    council.x.grant(shelf, "all", read=True, write=True)
    note = stix.note([briefing], "green")
    council.x.import_text(shelf, council.org["ohio"], stix.bundle(note))
    assert seen_by(council.oda, note["id"]) == (HOSTS | {"Ohio Office"}, OTHERS)
    free = stix.note([stix.new_id("campaign")], "green")
    council.x.import_text(shelf, council.org["ohio"], stix.bundle(free))
    named, others = seen_by(council.oda, free["id"])
    assert others is None and {"Guam Office", "Research"} <= named


def test_names_of_who_has_been_given_it_are_not_the_way_round(council, briefing, question):
    """R2: of AMBER+STRICT names are told with a reason: here all of them to stewards and hosts, to
    others those of the hosts and their own. Counts stay."""
    for who in (council.gus, council.ann):
        assert who.get(f"/objects/{question}").status_code == 200

    def told(org):
        return {r["name"] for r in council.x.rows("who", "has-seen", question, "--as",
                                                  council.org[org], "--reason", "to call them")}
    assert poll(lambda: {"Agency", "Guam Office"} <= told("steward"))
    assert told("ohio") == {"Agency"}
    for place in STATES:
        assert getattr(council, "in-" + place).get(f"/objects/{question}").status_code == 200
    assert poll(lambda: council.oda.post(f"/objects/{question}/has-seen").json()["sectors"]
                == [{"sector": "state", "count": 5}])
