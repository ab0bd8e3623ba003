"""Exercises (B25): whatever belongs to one says so, on every surface, and goes to no other
exchange."""

import json

import pytest

import objects as stix
from council import Council, answer, give, sent
from exchange import poll, tocsin
from house import House
from taxii import Client

MARKING = "marking-definition--0eef7ad1-6929-40a2-bc4b-4fb8910db4cb"
ACTION = {"deeds": [{"deed": "warned"}], "taken": "2018-08-23", "label": "amber",
          "happened": "We warned them, for the exercise."}


class Played(Council):
    """One exercise with all that hangs on a briefing, and a real briefing beside it."""

    def __init__(self, data):
        super().__init__(data)
        self.k = self.x.collection("K", default="green")
        for org in ("agency", "ohio"):
            self.x.grant(self.k, self.org[org], read=True, write=True)
        self.real = sent(self, title="The real call")
        self.exercise = sent(self, title="Harbour drill", is_exercise=True,
                             items=[{"title": "Drilled item", "minutes": 5, "label": "amber"}])
        answer(self.oda, self.exercise, answer="yes")
        assert give(self.ann, self.exercise).status_code == 201
        asked = [self.oda.post(f"/briefings/{self.exercise}/questions",
                               {"content": words, "is_unattributed": hides})
                 for words, hides in (("Drill which letters?", False), ("Drill when?", True))]
        assert [a.status_code for a in asked] == [201, 201], [a.text for a in asked]
        self.action = self.pat.post("/actions", {
            **ACTION, "briefing": self.exercise,
            "people": self.pat.get("/reach?label=amber").json()["people"]}).json()
        done = self.ann.post(f"/briefings/{self.exercise}/next", {"items": []})
        assert done.status_code == 201, done.text
        self.next = done.json()["id"]

    def taxii(self, org):
        return Client(self.x.server.base, self.x.token(self.org[org])[1])

    def collection(self, alias):
        return next(c["id"] for c in self.x.rows("collection", "list") if c["alias"] == alias)


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    made = Played(tmp_path_factory.mktemp("exercise") / "data")
    yield made
    made.x.stop()


def is_marked(thing):
    return MARKING in thing.get("object_marking_refs", [])


def test_every_object_of_an_exercise_is_marked_and_no_other(played):
    """B25: over TAXII too; the marking itself is read in Members."""
    reader = played.taxii("agency")
    things = reader.walk(reader.path(played.collection("briefings"), "objects"))
    groups = {t["created_by_ref"] for t in things if t["type"] == "briefing" and is_marked(t)}
    of_it = [t for t in things if t.get("created_by_ref") in groups or t["type"] == "artifact"
             or played.exercise in json.dumps(t) or t["id"] == played.action["id"]]
    assert {t["type"] for t in of_it} >= {
        "briefing", "briefing-plan", "briefing-join", "briefing-item", "briefing-invitation",
        "briefing-reply", "question", "approval", "action", "identity", "marking-definition",
        "briefing-material", "artifact"}
    assert [t["id"] for t in of_it if not is_marked(t)] == []
    assert not any(is_marked(t) for t in things if played.real in json.dumps(t))
    members = played.collection("members")
    shown = reader.object(members, MARKING).json()["objects"][0]
    assert "EXERCISE" in shown["definition"]["statement"]


def test_a_marking_of_exercises_narrows_nobody(played):
    """B25, G5: the id says what it means, whoever has its definition."""
    thing = stix.campaign("green", MARKING)
    played.taxii("agency").post(played.k, thing)
    assert played.taxii("ohio").reads(played.k, thing["id"])


def test_the_next_edition_is_an_exercise_too(played):
    assert played.ann.get(f"/briefings/{played.next}").json()["is_exercise"]
    assert not played.ann.get(f"/briefings/{played.real}").json()["is_exercise"]


def test_pages_lists_and_the_record_say_so(played):
    """B25: what lists several things says it of each."""
    rows = {b["title"]: b["is_exercise"] for b in played.oda.get("/briefings").json()["items"]}
    assert rows == {"Harbour drill": True, "The real call": False}
    home = played.oda.get("/home").json()
    assert {c["title"]: c.get("is_exercise") for c in home["coming"] if "briefing" in c} == rows
    assert all(n["is_exercise"] for n in home["new"]["items"] if n["type"] == "action")
    assert played.oda.get("/actions").json()["items"][0]["is_exercise"]
    assert played.ann.get(f"/briefings/{played.exercise}/attendance").json()["is_exercise"]
    assert poll(lambda: [h["is_exercise"] for h in
                         played.oda.get("/search?q=drilled").json()["items"]] == [True])
    record = played.ann.get(f"/briefings/{played.exercise}/record")
    assert all(is_marked(t) for t in record.json()["objects"])
    text = played.ann.get(f"/briefings/{played.exercise}/record/document").text
    assert text.startswith("EXERCISE EXERCISE EXERCISE\n")


def test_what_points_at_an_exercise_belongs_to_it(played):
    """B25: whoever posts it is told, since its bytes stay as they came."""
    campaign = stix.campaign("green", MARKING)
    note = stix.note([campaign["id"]], "green")
    beside = stix.note([stix.campaign("green")["id"]], "green")
    played.taxii("agency").post(played.k, campaign)
    status = played.taxii("agency").post(played.k, note, beside)
    said = {s["id"]: s.get("message", "") for s in status["successes"]}
    assert MARKING in said[note["id"]] and said[beside["id"]] == ""
    shown = {n["id"]: n["is_exercise"] for n in
             played.oda.get("/home").json()["new"]["items"]}
    assert (shown[note["id"]], shown[beside["id"]]) == (True, False)


def test_an_end_that_comes_late_makes_it_one_too(played):
    """B25, G6."""
    campaign = stix.campaign("green", MARKING)
    note = stix.note([campaign["id"]], "green")
    played.taxii("agency").post(played.k, note)
    played.taxii("agency").post(played.k, campaign)
    shown = {n["id"]: n["is_exercise"] for n in played.oda.get("/home").json()["new"]["items"]}
    assert shown[note["id"]]


def test_no_exercise_is_pushed_and_an_export_counts_it(own_house, tmp_path):
    """B25: never federated; what leaves by export carries its marking."""
    h = own_house
    other = House(tmp_path / "other")
    campaign = stix.campaign("green", MARKING)
    note = stix.note([campaign["id"]], "green")
    real = stix.campaign("green")
    other.put(campaign, note, real)
    secret = tmp_path / "token"
    secret.write_text(h.x.token(h.fed)[1] + "\n")
    h.x.serve()
    to = [h.x.server.base + "/exchange/", "--collection", h.k, "--token-file", secret]
    done = other.x.run("push", *to, "--collection", other.k, "--as", other.fed)
    assert "2 left out because they belong to an exercise" in done.stderr
    file = tmp_path / "file.json"
    file.write_text(stix.bundle(campaign, stix.campaign("green")))
    assert "1 left out because" in tocsin("push", *to, file).stderr
    assert not h.reads(campaign["id"]) and not h.reads(note["id"]) and h.reads(real["id"])
    assert "EXERCISE: 2 of them" in other.x.run("export", "--as", other.plat, "--collection",
                                                other.k).stderr
