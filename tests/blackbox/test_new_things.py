"""What came in, as it is asked for: by kind, by whom, by label, by collection and by when; and
nothing of what is hidden, by any of them."""

import re
import sqlite3

import pytest

import objects as stix
from council import Council, Person, in_hours, sent
from exchange import poll

KINDS = ("action", "answer", "campaign", "channel", "course-of-action", "grouping", "incident",
         "intrusion-set", "narrative", "note", "report", "threat-actor")


def reader(town, name):
    return Person(town.base, town.tokens[name][1])


def items(who, query=""):
    """All pages, three things at a time."""
    found, more = [], ""
    while more is not None:
        answer = who.get(f"/new?limit=3&{query}{more}")
        assert answer.status_code == 200, answer.text
        found += answer.json()["items"]
        more = "&cursor=" + answer.json()["next"] if "next" in answer.json() else None
    return found


def ids(who, query=""):
    return [one["id"] for one in items(who, query)]


def bare(answer):
    """Status, headers and body without what may differ: the request's own id and the date."""
    headers = {k: v for k, v in answer.headers.items() if k not in ("Date", "X-Request-Id")}
    own = re.escape(answer.headers.get("X-Request-Id", "\0"))
    return answer.status_code, headers, re.sub(own, "REQUEST", answer.text)


def days_ago(town, days):
    """All that was shared came so much earlier."""
    with sqlite3.connect(town.x.data / "tocsin.db") as db:
        shift_us = (days * 86_400_000_000,)
        db.execute("UPDATE entry SET added = added - ?", shift_us)
        db.execute("UPDATE state SET last_added = last_added - ?", shift_us)


@pytest.fixture(name="filled", scope="module")
def fixture_filled(town):
    """Things of two members, under three labels, in two collections, one of them in both."""
    other = town.collection("Second", alias="second", read=("fed", "plat", "ohio"),
                            write=("fed", "plat"))
    both = stix.campaign("green", name="In both")
    town.f1.post(town.k, stix.campaign("green"), stix.sdo("incident", ["amber"]), both)
    town.p1.post(town.k, stix.campaign("clear"), stix.sdo("narrative", ["green"]))
    noted = stix.campaign("amber")
    town.f1.post(town.k, noted)
    town.p1.post(town.k, stix.note([noted["id"]], "green"), stix.note([both["id"]], "green"))
    town.f1.post(other, both, stix.campaign("green", name="There alone"))
    town.second, town.both = other, both["id"]
    return town


def test_each_question_leaves_what_is_like_that_in_the_same_order(filled):
    o1 = reader(filled, "o1")
    everything = items(o1)
    assert len(everything) == 9
    for kind in KINDS:
        assert ids(o1, "kind=" + kind) == [t["id"] for t in everything if t["type"] == kind]
    for label in ("clear", "green", "amber", "amber%2Bstrict", "red"):
        word = label.replace("%2B", "+")
        assert ids(o1, "label=" + label) == [t["id"] for t in everything if t["label"] == word]
    for name, source in (("fed", "Federal Office"), ("plat", "Platform"), ("out", "Out")):
        assert ids(o1, "organization=" + filled.org[name]) == [
            t["id"] for t in everything if t["source"] == source]
    both = f"organization={filled.org['fed']}&label=green&kind=campaign"
    assert ids(o1, both) == [t["id"] for t in everything if
                             (t["source"], t["label"], t["type"]) ==
                             ("Federal Office", "green", "campaign")]
    assert ids(o1, "kind=&label=&collection=&since=&organization=") == ids(o1)


@pytest.mark.parametrize("asked", [
    {"type": ("campaign", "note")}, {"label": ("green", "amber")},
    {"source": ("Platform", "Federal Office", "Out")}, {"type": ("incident", "narrative"),
                                                        "source": ("Platform",)},
    {"type": ("campaign", "note", "incident"), "label": ("amber", "clear", "red")}])
def test_of_several_values_of_one_question_any_will_do(filled, asked):
    """Each question must be true of a thing, by one of its values."""
    names = {"type": "kind", "source": "organization", "label": "label"}
    orgs = {"Platform": "plat", "Federal Office": "fed", "Out": "out"}
    o1 = reader(filled, "o1")
    query = "&".join(f"{names[key]}={filled.org[orgs[v]] if v in orgs else v}"
                     for key, values in asked.items() for v in values)
    wanted = [t["id"] for t in items(o1) if all(t[key] in asked[key] for key in asked)]
    assert wanted and ids(o1, query) == wanted
    assert ids(o1, query + "&kind=&label=&" + query) == wanted, "one that is there twice is one"


def test_of_several_collections_it_is_what_came_last_in_one_of_them(filled):
    o1 = reader(filled, "o1")
    assert ids(o1, f"collection=kay&collection={filled.second}") == ids(o1)
    third = filled.collection("Third", read=("ohio",), write=("fed",))
    assert ids(o1, f"collection={third}&collection=second") == ids(o1, "collection=second")


def test_of_one_collection_it_is_what_came_last_there(filled):
    o1 = reader(filled, "o1")
    assert len(ids(o1, "collection=" + filled.second)) == 2
    assert ids(o1, "collection=second") == ids(o1, "collection=" + filled.second)
    in_k = ids(o1, "collection=kay")
    assert len(in_k) == 8 and filled.both in in_k, "though it came to the other one later"


def test_what_came_since_is_counted_from_now_or_from_the_last_visit(own_town):
    town = own_town
    o1 = reader(town, "o1")
    town.f1.post(town.k, stix.campaign("green"))
    assert len(ids(o1, "since=last-visit")) == 1, "who never looked has seen nothing"
    assert len(ids(o1, "since=24h")) == len(ids(o1, "since=7d")) == 1
    town.x.stop()
    days_ago(town, 3)
    town.x.serve()
    o1 = reader(town, "o1")
    assert (len(ids(o1, "since=24h")), len(ids(o1, "since=7d"))) == (0, 1)


def test_what_is_asked_wrongly_is_told_beside_its_field(town):
    o1 = reader(town, "o1")
    wrong = {"kind": "indicator", "organization": "Platform", "label": "purple",
             "collection": "nowhere", "since": "yesterday"}
    answer = o1.get("/new?" + "&".join(f"{k}={v}" for k, v in wrong.items()))
    assert answer.status_code == 422
    told = {e["field"]: e["message"] for e in answer.json()["errors"]}
    assert set(told) == {"/" + name for name in wrong}
    assert "threat-actor" in told["/kind"] and "/api/organizations" in told["/organization"]
    assert "amber+strict" in told["/label"] and "/api/collections" in told["/collection"]
    assert "last-visit, 24h, 7d" in told["/since"]
    several = o1.get("/new?kind=note&kind=foo&kind=report&label=red&label=blue&since=24h&since=7d")
    assert several.status_code == 422
    assert [e["field"] for e in several.json()["errors"]] == ["/kind/1", "/label/1", "/since"]


def test_at_most_twenty_values_of_one_question_are_taken(town):
    o1 = reader(town, "o1")
    values = {"kind": "note", "label": "green", "collection": "kay",
              "organization": stix.new_id("identity")}
    most = "&".join(f"{name}={value}" for name, value in values.items() for _ in range(20))
    assert o1.get("/new?" + most).status_code == 200
    for name, value in values.items():
        answer = o1.get(f"/new?{most}&{name}={value}")
        assert answer.status_code == 422
        [fault] = answer.json()["errors"]
        assert fault["field"] == "/" + name and "at most 20" in fault["message"]


def test_a_cursor_of_no_list_is_refused(town):
    o1 = reader(town, "o1")
    assert o1.get("/new?kind=note&cursor=x").status_code == 400


def asked_of(town):
    orgs = [town.org[name] for name in ("fed", "plat", "ohio", "out")]
    several = ["kind=note&kind=report&label=red&label=green",
               f"organization={orgs[0]}&organization={orgs[1]}",
               f"kind=note&organization={orgs[0]}"]
    return [f"limit=2&{query}" for query in
            ["", "since=24h", "collection=kay"] + ["kind=" + k for k in KINDS] +
            ["label=" + word for word in ("clear", "green", "amber", "red")] +
            ["organization=" + org for org in orgs] + several]


def test_what_is_hidden_leaves_every_answer_as_it_was(filled):
    """O1, V1: by no filter, count, order or page does it show."""
    town = filled
    o1 = reader(town, "o1")
    before = {query: bare(o1.get("/new?" + query)) for query in asked_of(town)}
    first = ids(o1)
    closed = town.collection("Closed", read=("plat", "out"), write=("plat", "out"))
    hidden = stix.sdo("incident", ["red"])
    for _ in range(5):
        town.f1.post(town.k, stix.campaign("red"), stix.sdo("report", ["red"], published=stix.DAY,
                                                            object_refs=[stix.new_id("campaign")]))
        town.p1.post(closed, stix.campaign("green"), stix.sdo("narrative", ["clear"]))
    town.f1.post(town.k, hidden, stix.note([hidden["id"]], "green"))
    assert {query: bare(o1.get("/new?" + query)) for query in asked_of(town)} == before
    assert ids(o1) == first
    assert bare(o1.get("/new?collection=" + closed)) == bare(
        o1.get("/new?collection=" + stix.new_id("x")[3:])), "closed and absent are the same"


def test_an_organization_that_shows_nothing_is_like_one_that_is_not_there(filled):
    o1 = reader(filled, "o1")
    filled.f1.post(filled.k, stix.campaign("red"))
    nobody = bare(o1.get("/new?organization=" + stix.new_id("identity")))
    for org in ("low", "out"):
        assert bare(o1.get("/new?organization=" + filled.org[org])) == nobody


@pytest.fixture(name="asked", scope="module")
def fixture_asked(tmp_path_factory):
    """A briefing with two questions that were answered: by name and without."""
    council = Council(tmp_path_factory.mktemp("council") / "data")
    council.briefing = sent(council, when=in_hours(5), label="amber+strict")
    at = f"/briefings/{council.briefing}/questions"
    council.questions = {}
    council.texts = {False: "Which counties saw the letters?", True: "Who paid for them?"}
    for is_unattributed, content in council.texts.items():
        done = council.oda.post(at, {"content": content, "is_unattributed": is_unattributed})
        assert done.status_code == 201, done.text
        council.questions[is_unattributed] = done.json()["id"]
    for row in council.ann.get(at).json()["items"]:
        done = council.ann.put(f"{at}/{row['id']}/answer", {"words": "Of " + row["content"]})
        assert done.status_code == 200, done.text
    yield council
    council.x.stop()


def test_answers_and_other_kinds_are_asked_for_together(asked):
    answers = ids(asked.gus, "kind=answer")
    everything = ids(asked.gus)
    assert ids(asked.gus, "kind=answer&kind=report&kind=action") == [
        one["id"] for one in items(asked.gus) if one["id"] in answers or
        one["type"] in ("report", "action")]
    assert [one for one in everything if one in answers] == ids(asked.gus, "kind=note&kind=answer")


def test_an_answer_shows_the_question_that_it_answers(asked):
    found = items(asked.gus, "kind=answer")
    assert [one["part_of"]["question"] for one in found] == list(reversed(asked.texts.values()))
    assert all(one["title"] == "Of " + one["part_of"]["question"] for one in found)
    own = items(asked.oda, "kind=answer")
    assert [one["part_of"]["is_to_mine"] for one in own] == [False, True]
    home = asked.gus.get("/home", X_Background="1").json()["new"]["items"]
    assert [t["part_of"]["question"] for t in home if t.get("part_of", {}).get("is_answer")] == [
        one["part_of"]["question"] for one in found]


def test_answers_are_no_notes_and_are_shared_by_all_their_hosts(asked):
    answers_found = ids(asked.gus, "kind=answer")
    assert len(answers_found) == 2 and not set(answers_found) & set(ids(asked.gus, "kind=note"))
    for org in ("agency", "platform"):
        mine = ids(asked.gus, "organization=" + asked.org[org])
        shown = [t["id"] for t in items(asked.gus) if org.title() in t.get("source", "")]
        assert mine == shown
    assert ids(asked.gus, "kind=answer&collection=briefings") == answers_found
    assert ids(asked.ray, "kind=answer") == [], "who is not invited"


def test_a_question_that_is_shown_has_been_obtained_unless_it_has_no_name(asked):
    """R1, B18: of one without a name, whoever asked would be the first."""
    steward = next(r["id"] for r in asked.x.rows("org", "list") if r["name"] == "Council")

    def holders(is_unattributed):
        return asked.x.run("who", "has-seen", asked.questions[is_unattributed], "--as", steward,
                           "--reason", "a test", "--json", check=False).stdout
    assert len(ids(asked.cal, "kind=answer")) == 2
    assert poll(lambda: asked.org["county"] in holders(False))
    assert asked.org["county"] not in holders(True)
