"""What hosts do together, over the API: approvals, one more host, leaving, a silent host."""

import datetime
import sqlite3

import pytest

from council import Council, agree, answers, in_hours


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    made = Council(tmp_path_factory.mktemp("council") / "data")
    yield made
    made.x.stop()


def made(council, **changed):
    done = council.ann.post("/briefings", answers(hosts=[council.org["platform"]], **changed))
    assert done.status_code == 201, done.text
    return done.json()["id"]


def approvals(who, briefing):
    return who.get(f"/briefings/{briefing}/approvals").json()


def words(who, briefing):
    """By host and scope."""
    return {h["organization"]["name"]: {c["scope"]: c["word"] for c in h["cells"]}
            for h in approvals(who, briefing)["hosts"]}


def asked_at_home(who, briefing):
    return [q["kind"] for q in who.get("/home").json()["questions"]
            if q["briefing"]["id"] == briefing]


def send(who, briefing, **more):
    return who.post(f"/briefings/{briefing}/send", {"people": 3, **more})


def test_a_matrix_of_hosts_and_scopes(council):
    """B8: the maker has agreed; the other is asked, at home too, until they answer; P8."""
    briefing = made(council)
    assert words(council.ann, briefing) == {
        "Agency": {"audience": "yes", "agenda": "yes", "release": "yes"},
        "Platform": {"audience": "open", "agenda": "open", "release": "open"}}
    assert approvals(council.ann, briefing)["open"] == 3
    assert asked_at_home(council.pat, briefing) == ["approval"]
    assert asked_at_home(council.ann, briefing) == []
    refused = send(council.ann, briefing)
    assert refused.status_code == 409 and "Platform has not approved" in refused.text
    agree(council.pat, briefing)
    assert asked_at_home(council.pat, briefing) == asked_at_home(council.ann, briefing) == ["send"]
    assert send(council.ann, briefing).status_code == 202
    for who in (council.oda, council.ray):
        assert who.get(f"/briefings/{briefing}/approvals").status_code == 404


def test_a_yes_is_to_what_was_seen(council):
    """B8: a stale yes counts for nothing; a no says why."""
    briefing = made(council)
    path = f"/briefings/{briefing}/approvals"
    seen = approvals(council.pat, briefing)["states"]["agenda"]
    now = council.ann.get(f"/briefings/{briefing}").headers["ETag"]
    council.ann.patch(f"/briefings/{briefing}", {"title": "Another"}, If_Match=now)
    yes = {"scope": "agenda", "state": seen, "is_approved": True}
    stale = council.pat.put(path, yes)
    assert stale.status_code == 409 and "has changed since you looked" in stale.text
    seen = approvals(council.pat, briefing)["states"]["agenda"]
    assert council.pat.put(path, {"scope": "agenda", "state": seen}).status_code == 422
    no = {"scope": "agenda", "state": seen, "is_approved": False}
    assert council.pat.put(path, no).status_code == 422
    told = council.pat.put(path, no | {"reason": "Not that title"}).json()
    assert [c["reason"] for h in told["hosts"] for c in h["cells"] if c["word"] == "no"] == [
        "Not that title"]


def test_approvers_are_ones_own_people(council):
    briefing = made(council)
    path = f"/briefings/{briefing}/approvers"
    wrong = council.pat.put(path, {"approver": council.id["oda"]})
    assert wrong.status_code == 422 and "your own organization" in wrong.text
    named = council.ann.put(path, {"approver": council.id["abe"], "deputies": [council.id["ann"]]})
    own = next(h for h in named.json()["hosts"] if h["is_own"])
    assert (own["approver"]["name"], own["deputies"][0]["name"]) == ("Abe", "Ann")
    assert {p["name"] for p in named.json()["colleagues"]} == {"Abe", "Ann"}


def test_one_more_host_needs_all_and_one_leaves_alone(council):
    """B7: pending until then; whoever left sees nothing."""
    briefing = made(council)
    path = f"/briefings/{briefing}/hosts/{council.org['research']}"
    told = council.ann.put(path, {"is_approved": True}).json()["proposals"]
    assert [(v["organization"], v["word"]) for v in told[0]["voices"]] == [
        ("Agency", "yes"), ("Platform", "open")]
    assert "approval" in asked_at_home(council.pat, briefing)
    assert council.ray.get(f"/briefings/{briefing}").status_code == 404
    assert council.pat.put(path, {"is_approved": False}).status_code == 422
    assert council.pat.put(path, {"is_approved": True}).json()["proposals"] == []
    assert council.ray.get(f"/briefings/{briefing}").json()["is_host"]
    stranger = f"/briefings/{briefing}/hosts/{council.org['stranger']}"
    assert council.ann.put(stranger, {"is_approved": True}).status_code == 422
    assert council.pat.call("DELETE", f"/briefings/{briefing}/hosts").status_code == 204
    assert council.pat.get(f"/briefings/{briefing}").status_code == 404
    hosts = council.ann.get(f"/briefings/{briefing}").json()["hosts"]
    assert [h["organization"]["name"] for h in hosts] == ["Agency", "Research"]


def test_a_host_who_joins_later_counts_the_answers_given_before(council):
    """B7: owners act for the group, to which the answers went."""
    briefing = made(council)
    agree(council.pat, briefing)
    assert send(council.ann, briefing).status_code == 202
    for _ in range(200):
        done = council.oda.put(f"/briefings/{briefing}/answer", {"answer": "yes"})
        if done.status_code == 200:
            break
    for who in (council.ann, council.pat):
        path = f"/briefings/{briefing}/hosts/{council.org['research']}"
        assert who.put(path, {"is_approved": True}).status_code == 200
    told = council.ray.get(f"/briefings/{briefing}/answers").json()
    assert told["counts"]["yes"] == 1
    assert "yes" in [i["answer"] for i in told["items"]]
    assert council.ray.get(f"/briefings/{briefing}").json()["counts"]["yes"] == 1


def age_questions(council, briefing):
    """As if the hosts had been asked half an hour ago."""
    with sqlite3.connect(council.x.data / "tocsin.db") as db:
        db.execute("UPDATE asking SET asked = asked - 1800000000 WHERE briefing = ?", [briefing])
    db.close()


def test_two_hours_before_the_others_go_on(council):
    """B8: what the silent host presents is left out; and who was asked just now is not silent, or a
    briefing would go out in the name of somebody who never saw it."""
    items = [{"title": "Ours", "minutes": 5},
             {"title": "Theirs", "minutes": 5, "presenter": council.id["pat"]}]
    early, late = made(council, items=items), made(council, items=items, when=in_hours(1))
    body = {"organization": council.org["platform"]}
    refused = council.ann.post(f"/briefings/{early}/approvals/without", body)
    assert refused.status_code == 409 and "two hours before" in refused.text
    at_once = council.ann.post(f"/briefings/{late}/approvals/without", body)
    assert at_once.status_code == 409 and "no silence yet" in at_once.text
    people = council.ann.get(f"/briefings/{late}/audience").json()["people"]
    assert council.ann.post(f"/briefings/{late}/send", {"people": people}).status_code == 409
    told = datetime.datetime.fromisoformat(approvals(council.ann, late)["without_from"])
    assert told > datetime.datetime.now(datetime.timezone.utc), "not yet"
    age_questions(council, late)
    gone_on = council.ann.post(f"/briefings/{late}/approvals/without", body)
    assert gone_on.status_code == 200 and gone_on.json()["open"] == 0
    shown = council.pat.get(f"/briefings/{late}").json()["items"]
    assert [i["title"] for i in shown] == ["Ours"]
    assert send(council.ann, late).status_code == 202


def test_in_urgency_a_standing_audience_is_briefed_at_once(council):
    """B8: one that all had agreed to, in this edition or one before."""
    first = made(council)
    assert send(council.ann, first, urgent_because="Now").status_code == 409
    agree(council.pat, first)
    second = made(council, follows=first)
    assert approvals(council.ann, second)["is_standing_audience"]
    assert send(council.ann, second).status_code == 409
    assert send(council.ann, second, urgent_because="It is on now").status_code == 202
    assert council.pat.get(f"/briefings/{second}").json()["urgent_because"] == "It is on now"


def test_of_a_red_item_only_the_place_is_told(council):
    """B19: to its hosts too."""
    red = {"minutes": 5, "label": "red", "presenter": council.id["pat"]}
    refused = council.ann.post("/briefings", answers(items=[red | {"title": "Told"}]))
    assert refused.status_code == 422 and "only its place" in refused.text
    briefing = made(council, items=[red])
    item = council.ann.get(f"/briefings/{briefing}").json()["items"][0]
    assert (item["title"], item["label"]) == ("An item from Platform", "red")
    same = {k: v for k, v in item.items() if k in ("id", "minutes", "label")}
    now = council.ann.get(f"/briefings/{briefing}").headers["ETag"]
    kept = council.ann.patch(f"/briefings/{briefing}", {
        "items": [same | {"presenter": council.id["pat"]}]}, If_Match=now)
    assert kept.status_code == 200 and kept.json()["items"][0]["id"] == item["id"], kept.text


def test_a_promise_is_kept_in_sight(council):
    """B22: told to those who were there, asked of whoever made it, carried on while open."""
    briefing = made(council, when=in_hours(0.4))
    agree(council.pat, briefing)
    assert send(council.ann, briefing).status_code == 202
    path = f"/briefings/{briefing}/commitments"
    promise = {"content": "An address list as a file", "organization": council.org["platform"],
               "due": "2018-09-01"}
    early = council.ann.post(path, promise)
    assert early.status_code == 409 and "who was there" in early.text
    for _ in range(200):
        taken = council.ann.put(f"/briefings/{briefing}/attendance", {"items": [
            {"person": council.id["oda"], "was_there": True}]})
        if taken.status_code == 200:
            break
    assert council.ann.post(path, promise | {"due": "soon"}).status_code == 422
    noted = council.ann.post(path, promise).json()["items"]
    assert [(c["organization"], c["status"], c["is_late"]) for c in noted] == [
        ("Platform", "open", True)]
    for who, count in ((council.oda, 1), (council.ole, 1), (council.gus, 0)):
        assert len(who.get(path).json()["items"]) == count
    asked = [q for q in council.pat.get("/home").json()["questions"] if q["kind"] == "commitment"]
    assert [q["words"] for q in asked] == ["An address list as a file"]
    following = council.ann.post("/briefings", answers(
        hosts=[council.org["platform"]], follows=briefing)).json()["id"]
    carried = council.pat.get(f"/briefings/{following}/commitments").json()["items"]
    assert [c["from"]["id"] for c in carried] == [briefing]
    own = f"/briefings/{following}/commitments/{carried[0]['id']}"
    assert council.oda.patch(own, {"status": "done"}).status_code == 403
    assert council.pat.patch(own, {"status": "done"}).json()["items"] == []
    assert council.oda.get(path).json()["items"][0]["status"] == "done"


def test_the_next_edition_is_made_in_one_go(council):
    """The same hosts and audience, what is carried over, and each edition linked to the other."""
    first = made(council, items=[{"title": "Not reached", "minutes": 7, "label": "green"},
                                 {"title": "Done with", "minutes": 5}])
    items = council.ann.get(f"/briefings/{first}").json()["items"]
    following = council.pat.post(f"/briefings/{first}/next", {"items": [items[0]["id"]]})
    assert following.status_code == 201, following.text
    told = following.json()
    assert (told["edition"], told["follows"], told["status"]) == (2, first, "draft")
    assert [(i["title"], i["minutes"], i["label"]) for i in told["items"]] == [
        ("Not reached", 7, "green")]
    assert {h["organization"]["name"] for h in told["hosts"]} == {"Agency", "Platform"}
    assert told["audience"]["sectors"] == ["state", "local", "territorial"]
    assert told["join"] == "Call 555-0100, code 1234"
    assert council.ann.get(f"/briefings/{first}").json()["followed_by"] == [told["id"]]
    assert words(council.ann, told["id"])["Platform"]["agenda"] == "yes"  # who made it
    wrong = council.ann.post(f"/briefings/{first}/next", {"items": ["briefing-item--none"]})
    assert wrong.status_code == 422
    assert council.oda.post(f"/briefings/{first}/next", {}).status_code == 404
