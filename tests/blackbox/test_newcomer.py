"""Somebody without an account goes to a briefing: vouched for, called by a second person (B12)."""

import pytest

from council import Council, Person, answer, sent
from exchange import poll

NO_PERSON = "identity--00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    made = Council(tmp_path_factory.mktemp("council") / "data")
    made.x.run("person", "add", "--org", made.org["ohio"], "--email", "oma@example.org", "--name",
               "Oma", "--role", "admin")
    made.secrets["oma"] = made.x.token(made.org["ohio"], "of oma", person="oma@example.org")[1]
    steward = next(o["id"] for o in made.x.rows("org", "list") if o["name"] == "Council")
    made.x.run("person", "add", "--org", steward, "--email", "sue@example.org", "--name", "Sue",
               "--role", "steward")
    made.secrets["sue"] = made.x.token(steward, "of sue", person="sue@example.org")[1]
    yield made
    made.x.stop()


def newcomer(first, **changed):
    return {"name": first + " Reyes", "email": first.lower() + "@county.example",
            "phone": "+1 202 555 0133", "is_vouched_for": True} | changed


def vouch(who, briefing, first, **changed):
    return who.post(f"/briefings/{briefing}/newcomer", newcomer(first, **changed))


def as_newcomer(council, first, org="county"):
    """The account as a client, and its identity."""
    email = first.lower() + "@county.example"
    id = next(p["id"] for p in council.x.rows("person", "list") if p["email"] == email)
    secret = council.x.token(council.org[org], "of " + first, person=email)[1]
    return Person(council.x.server.base, secret), id


def call(who, id, council, is_them=True, org="county"):
    return who.put(f"/people/{id}/call", {"organization": council.org[org], "is_them": is_them})


def test_an_amber_briefing_is_read_after_a_second_person_has_called(council):
    """G1, O1: hidden before like an absent one; whoever vouched is no second person."""
    briefing = sent(council)
    told = vouch(council.cal, briefing, "Nola")
    assert told.status_code == 200, told.text
    assert told.json()["my_answer"] == {"newcomer": {"name": "Nola Reyes", "standing": "waits"}}
    nola, id = as_newcomer(council, "Nola")
    assert nola.get("/home").json()["reads_up_to"] == "green"
    hidden, absent = (nola.get(f"/briefings/{b}") for b in
                      (briefing, "briefing--00000000-0000-4000-8000-000000000000"))
    assert hidden.status_code == absent.status_code == 404
    assert {**hidden.json(), "request_id": ""} == {**absent.json(), "request_id": ""}
    for who in ("pat", "oma", "sue"):
        asked = getattr(council, who).get("/home").json()["newcomers"]
        assert [(n["id"], n["phone"], n["vouched_by"]) for n in asked] == [
            (id, "+1 202 555 0133", "Cal")], who
        assert ("title" in asked[0]) == (who != "sue"), who  # only to who reads it
    for who in (council.cal, council.ole):
        assert who.get("/home").json()["newcomers"] == []
    for who in ("cal", "ole", "ray"):
        assert call(getattr(council, who), id, council).status_code == 404
        assert call(getattr(council, who), NO_PERSON, council).status_code == 404
    assert call(council.pat, id, council).status_code == 204
    assert call(council.oma, id, council).status_code == 204  # the same word twice
    assert call(council.oma, id, council, is_them=False).status_code == 409
    seen = nola.get(f"/briefings/{briefing}").json()
    assert seen["my_answer"] == {} and "reads_up_to" not in seen
    mine = council.cal.get(f"/briefings/{briefing}").json()["my_answer"]
    assert (mine["answer"], mine["delegate"]) == ("delegate", "Nola Reyes")
    listed = council.ann.get(f"/briefings/{briefing}/answers").json()["items"]
    assert "Nola Reyes" in [i["person"]["name"] for i in listed]
    assert answer(nola, briefing, answer="yes").status_code == 200


def test_a_green_briefing_is_read_at_once_and_nothing_above_it(council):
    """B12, G1: also not what their own office contributed; they send nobody on."""
    green = sent(council, label="green", items=[{"title": "For all", "minutes": 5}])
    amber = sent(council)
    assert vouch(council.cal, green, "Gale").json()["my_answer"]["delegate"] == "Gale Reyes"
    gale, id = as_newcomer(council, "Gale")
    seen = gale.get(f"/briefings/{green}").json()
    assert seen["items"][0]["title"] == "For all" and seen["reads_up_to"] == "green"
    assert "reads_up_to" not in council.cal.get(f"/briefings/{green}").json()
    assert gale.get(f"/briefings/{amber}").status_code == 404
    assert gale.get(f"/briefings/{green}/delegates").json()["items"] == []
    onward = vouch(gale, green, "Nell")
    assert onward.status_code == 403 and "until somebody has called them" in onward.text
    assert id not in [p["id"] for p in
                      council.cal.get(f"/briefings/{amber}/delegates").json()["items"]]
    reached = council.ann.get("/reach?label=amber").json()["people"]
    council.x.run("person", "confirm", "gale@county.example")
    assert council.ann.get("/reach?label=amber").json()["people"] == reached + 1
    assert gale.get(f"/briefings/{amber}").status_code == 200  # as their office reads


def test_who_could_not_be_confirmed_is_shut_out_and_the_rule_is_told(council):
    briefing = sent(council, label="green")
    vouch(council.cal, briefing, "Rita")
    rita, id = as_newcomer(council, "Rita")
    people = {p["id"]: p for p in council.oma.get("/people").json()["items"]}
    assert people[id]["newcomer"]["vouched_by"] == "Cal" and people[id]["newcomer"]["may_say"]
    assert call(council.oma, id, council, is_them=False).status_code == 204
    assert rita.get(f"/briefings/{briefing}").status_code == 401
    mine = council.cal.get(f"/briefings/{briefing}").json()["my_answer"]
    assert mine == {"newcomer": {"name": "Rita Reyes", "standing": "refused"}}
    again = vouch(council.cal, briefing, "Rita")
    assert again.status_code == 422 and "could not be confirmed" in again.text
    assert not [w for w in ("Rita", "Oma", "suspended") if w in again.text]


def test_what_is_wrong_is_told_at_its_field(council):
    """A colleague's account is told, since one may send them; of one elsewhere nothing is."""
    briefing = sent(council, label="green")
    wrong = vouch(council.oda, briefing, "Nell", email="nell", phone="0133", is_vouched_for=False)
    assert {e["field"] for e in wrong.json()["errors"]} == {"/email", "/phone", "/is_vouched_for"}
    colleague = vouch(council.oda, briefing, "Ole", email="OLE@example.org")
    assert [e["field"] for e in colleague.json()["errors"]] == ["/email"]
    fresh = vouch(council.oda, briefing, "Nora")
    elsewhere = vouch(council.gus, briefing, "Ray", email="ray@example.org")
    same = [{**r.json(), "modified": "", "my_answer": {**r.json()["my_answer"], "answered": "",
             "delegate": "", "newcomer": r.json()["my_answer"]["newcomer"]["standing"]}}
            for r in (fresh, elsewhere)]
    assert fresh.status_code == elsewhere.status_code == 200 and same[0] == same[1]
    assert council.id["ray"] in [n["id"] for n in council.sue.get("/home").json()["newcomers"]]
    assert council.pat.get("/home").json()["newcomers"] == []
    assert call(council.pat, council.id["ray"], council, org="guam").status_code == 404
    assert council.ray.get(f"/briefings/{briefing}").status_code == 404


def test_the_mail_names_nobody_and_opens_the_account(council):
    """B11, B15: neutral; the link itself is shown to nobody."""
    briefing = sent(council, label="green")
    vouch(council.oda, briefing, "Mina")
    mails = poll(lambda: [m for m in council.sue.get("/outbox?limit=100").json()["items"]
                          if m["to"] == "mina@county.example" and
                          m["kind"] == "notice"])
    text = council.sue.get("/outbox/" + mails[0]["id"]).json()["text"]
    assert "/app/link#" in text and "Set a passkey" in text, text
    assert not [w for w in ("Mina", "Oda", "Ohio", "GREEN", "What we see") if w in text]


def test_who_is_asked_to_call_is_mailed_once_and_told_nothing_of_it(council):
    """B12, B15: hosts' publishers, who manages the office, stewards; no name, label or topic."""
    def told():
        mails = council.sue.get("/outbox?limit=100").json()["items"]
        return sorted(m["to"] for m in mails if m["kind"] == "call")
    green = sent(council, label="green")
    before = told()
    vouch(council.cal, green, "Hana")
    assert told() == before, "nobody is asked to call"
    amber = sent(council, title="Letters in Ohio")
    vouch(council.cal, amber, "Hana")
    assert sorted(before + [who + "@example.org" for who in ("ann", "oma", "pat", "sue")]) == told()
    vouch(council.oda, amber, "Ivo", email="ray@example.org")
    now = told()
    assert now.count("sue@example.org") == before.count("sue@example.org") + 2
    assert now.count("pat@example.org") == before.count("pat@example.org") + 1, "not hers to call"
    (last, *_) = [m for m in council.sue.get("/outbox?limit=100").json()["items"]
                  if m["kind"] == "call" and m["to"] == "pat@example.org"]
    text = council.sue.get("/outbox/" + last["id"]).json()["text"]
    assert "/app/" in text and last["subject"] == "Somebody waits for your call"
    assert not [w for w in ("Hana", "Cal", "County", "AMBER", "Letters", "Agency") if w in text]


def test_the_console_shows_who_waits_for_a_call(council):
    briefing = sent(council, label="green")
    vouch(council.gus, briefing, "Cora", email="cora@guam.example")
    row = next(p for p in council.x.rows("person", "list") if p["email"] == "cora@guam.example")
    assert row["called"] == "not yet (green in Guam Office)"
    refused = council.x.run("person", "add", "--org", council.org["guam"], "--email",
                            "x@guam.example", "--name", "X", "--role", "member", "--ceiling",
                            "amber", check=False)
    assert refused.returncode and "tocsin person confirm" in refused.stderr
    council.x.run("person", "confirm", "cora@guam.example")
    row = next(p for p in council.x.rows("person", "list") if p["email"] == "cora@guam.example")
    assert "called" not in row or not row["called"]
    verbs = [r["verb"] for r in council.x.rows("audit", "show")]
    assert "person.confirm" in verbs and "person.vouch" in verbs
