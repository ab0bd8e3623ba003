"""Every type of a briefing and every kind of reader (B9), on the record and over TAXII."""

import pytest

from council import Council, answer, give, in_hours, sent, types_read


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    made = Council(tmp_path_factory.mktemp("council") / "data")
    yield made
    made.x.stop()


# The types of a briefing and who reads them over TAXII and the API: hosts, invitee, a colleague of
# the invitee and a publisher there, another invitee, a member who was not invited, a steward.
WALK = {
    "briefing": "ann pat oda ole gus",
    "briefing-plan": "ann pat",
    "briefing-join": "ann pat",
    "briefing-host": "ann pat",
    "approval": "ann pat",
    "briefing-item": "ann pat oda ole gus",
    "briefing-invitation": "ann pat oda ole gus",
    "briefing-reply": "ann pat oda ole",
    "attendance": "ann pat oda",
    "commitment": "ann pat oda ole",
    "question": "ann pat oda ole gus",
    "note": "ann pat oda ole gus",
    "correction": "ann pat oda ole gus",
    "briefing-material": "ann pat oda ole gus",
    "artifact": "ann pat oda ole gus",
    "opinion": "ann pat oda",
    "absence": "ann pat gus",
    "identity": "ann pat oda ole gus",
    "action": "ann pat oda ole opa gus",
}
# What hosts are asked to widen is AMBER+STRICT, and so is the asking: it stands in no record. What
# was told for the agenda is every member's.
FED = {
    "widening": "ann pat oda ole opa",
    "widening-answer": "ann pat oda ole opa",
    "action": "ann pat oda ole opa gus ray sue",
}
KINDS = ("ann", "pat", "oda", "ole", "opa", "gus", "ray", "sue")


def widen(council, briefing):
    """A publisher of an office asks the hosts to let an item go further, and they do."""
    path = f"/briefings/{briefing}/widenings"
    items = {i["title"]: i for i in council.opa.get(f"/briefings/{briefing}").json()["items"]}
    asked = council.opa.post(path, {"item": items["Kept"]["id"], "words": "Our county"})
    assert asked.status_code == 200, asked.text
    one = asked.json()["items"][0]["id"]
    done = council.ann.put(f"{path}/{one}/answer", {"is_granted": True, "label": "amber"})
    assert done.status_code == 200, done.text
    return one


def fed(council, name, kind, of):
    """Whether this one is given such a thing, about this one, over TAXII."""
    found = getattr(council, name).session.get(
        council.x.server.base + "/exchange/collections/briefings/objects/",
        params={"match[type]": kind, "limit": 1000},
        headers={"Accept": "application/taxii+json;version=2.1"}).json().get("objects", [])
    return any(of in (o["id"], o.get("widening_ref")) for o in found)


def test_the_walk_over_types_and_readers(council):
    """B9, on the record; and over TAXII the same objects and no other (B27, G2)."""
    council.org["council"] = next(r["id"] for r in council.x.rows("org", "list")
                                  if r["name"] == "Council")
    council.add("sue", "council", "steward")
    council.add("opa", "ohio", "publisher")
    briefing = sent(council, when=in_hours(0.4), items=[
        {"title": "One", "minutes": 5}, {"title": "Kept", "minutes": 5, "label": "amber+strict"}])
    answer(council.oda, briefing, answer="yes")
    widening = widen(council, briefing)
    told = council.ann.post("/actions", {
        "deeds": [{"deed": "warned", "count": 3, "what": "people"}], "taken": "2018-08-23",
        "happened": "We called them.", "label": "amber", "briefing": briefing,
        "people": council.ann.get("/reach?label=amber").json()["people"]})
    assert told.status_code == 201, told.text
    council.pat.put(f"/briefings/{briefing}/approvers", {"approver": council.id["pat"]})
    asked = council.gus.post(f"/briefings/{briefing}/questions", {"content": "Which?"}).json()
    council.ann.put(f"/briefings/{briefing}/questions/{asked['id']}/answer", {"words": "These."})
    wrong = {"object": briefing, "words": "What it is about", "reason": "It said nothing",
             "version": council.ann.get(f"/briefings/{briefing}").json()["modified"]}
    council.ann.post(f"/briefings/{briefing}/corrections", wrong)
    council.ann.put(f"/briefings/{briefing}/attendance",
                    {"items": [{"person": council.id["oda"], "was_there": True}]})
    council.ann.post(f"/briefings/{briefing}/commitments",
                     {"content": "A list", "organization": council.org["platform"]})
    give(council.ann, briefing)
    now = council.ann.get(f"/briefings/{briefing}").headers["ETag"]
    council.ann.patch(f"/briefings/{briefing}", {"when": in_hours(-2)}, If_Match=now)
    council.oda.put(f"/briefings/{briefing}/usefulness", {"value": 5})
    council.gus.put(f"/briefings/{briefing}/absence", {"content": "A storm"})
    readers = {name: types_read(council, name, briefing) for name in KINDS}
    for kind, names in WALK.items():
        whole = set(names.split()) | ({"opa"} if "ole" in names else set())
        assert {n for n, types in readers.items() if kind in types} == whole, kind
    for kind, names in FED.items():
        of = told.json()["id"] if kind == "action" else widening
        assert {n for n in KINDS if fed(council, n, kind, of)} == set(names.split()), kind
    own = {o["id"] for o in council.gus.get(f"/briefings/{briefing}/record").json()["objects"]
           if o["type"] == "briefing-invitation"}
    assert len(own) == 1
    taxii = council.gus.session.get(
        council.x.server.base + "/exchange/collections/briefings/objects/",
        params={"match[type]": "briefing-invitation,briefing-reply,attendance"},
        headers={"Accept": "application/taxii+json;version=2.1"}).json()
    shown = [o for o in taxii.get("objects", []) if o["briefing_ref"] == briefing]
    assert {o["id"] for o in shown} == own
