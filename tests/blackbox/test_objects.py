"""One thing on a page of its own, for whoever may read it, and who else may (R2)."""

import time

import objects as stix
from council import Person


def reader(town, name):
    return Person(town.base, town.tokens[name][1])


def said_of(answer):
    return answer.status_code, {k: v for k, v in answer.json().items()
                                if k not in ("instance", "request_id")}


def test_a_thing_is_shown_in_words_with_its_own_bytes(town):
    a = stix.campaign("green", name="Harbour lights")
    b = stix.indicator("green", name="A sign of it", labels=["seen", "twice"])
    link = stix.relationship(b["id"], a["id"], "green")
    town.f1.post(town.k, a, b, link)
    o1 = reader(town, "o1")
    shown = o1.get("/objects/" + b["id"]).json()
    assert (shown["title"], shown["label"], shown["type"]) == ("A sign of it", "green", "indicator")
    assert shown["source"] and b["id"] in shown["raw"] and not shown["may_ask_who_sees"]
    texts = {t["name"]: t["text"] for t in shown["texts"]}
    assert texts["labels"] == "seen, twice" and texts["pattern"] == b["pattern"]
    assert {t["name"] for t in shown["times"]} >= {"created", "modified", "valid_from"}
    ends = {e["name"]: e.get("title") for e in o1.get("/objects/" + link["id"]).json()["ends"]}
    assert ends == {"source_ref": "A sign of it", "target_ref": "Harbour lights"}


def test_a_narrative_of_others_is_among_what_is_new_and_is_shown_in_words(town):
    tale = {**stix.campaign("green", name="Ballots in a field"), "id": stix.new_id("narrative"),
            "type": "narrative", "narrative_types": ["conspiracy", "old"], "aliases": ["The field"]}
    town.f1.post(town.k, tale)
    o1 = reader(town, "o1")
    [new] = [n for n in o1.get("/new").json()["items"] if n["id"] == tale["id"]]
    assert (new["type"], new["title"]) == ("narrative", "Ballots in a field")
    texts = {t["name"]: t["text"] for t in o1.get("/objects/" + tale["id"]).json()["texts"]}
    assert texts["narrative_types"] == "conspiracy, old" and texts["aliases"] == "The field"


def test_what_may_be_done_with_a_thing_is_shown_to_its_readers(town):
    """G4: as the audience says that it carries; nobody else's definition says anything of it."""
    def audience(name, as_org, *more):
        return town.x.id_of("audience", "add", "--as", town.org[as_org], "--name", name,
                            "--organization", town.org["ohio"], *more)
    mark = audience("Ohio", "fed", "--use", "internal", "--use-text", "Not in public yet.")
    other = audience("Any", "plat", "--use", "visible")
    thing = stix.campaign("green", mark, name="For Ohio")
    town.f1.post(town.k, thing, stix.campaign("green", name="Plain"))
    o1 = reader(town, "o1")
    assert o1.get("/objects/" + thing["id"]).json()["uses"] == [
        {"audience": "Ohio", "use": "internal", "text": "Not in public yet."}]
    kept = {a["name"]: a for a in town.x.rows("audience", "list")}
    assert (kept["Ohio"]["use"], kept["Any"]["use"]) == ("internal", "visible") and other
    for wrong in (("--use", "burn"), ("--use-text", "Words alone")):
        done = town.x.run("audience", "add", "--as", town.org["fed"], "--name", "X", "--sector",
                          "state", *wrong, check=False)
        assert done.returncode and "none, ask, internal" in done.stderr


def test_what_is_hidden_is_told_like_what_is_not_there(town):
    """O1: the thing itself, what others point at, and who may see it."""
    secret = stix.campaign("red", name="For nobody else")
    absent = stix.new_id("campaign")
    town.f1.post(town.k, secret)
    o1 = reader(town, "o1")
    for path in ("/objects/%s", "/objects/%s/may-see"):
        assert said_of(o1.get(path % secret["id"])) == said_of(o1.get(path % absent))
        assert o1.get(path % secret["id"]).status_code == 404
    report = stix.note([secret["id"], absent], "green")
    reader_of_plat = town.p1
    reader_of_plat.post(town.k, report)
    assert [sorted(e) for e in o1.get("/objects/" + report["id"]).json()["ends"]] == [
        ["id", "name"], ["id", "name"]]


def relations(who, id, query=""):
    """Once the index has what they may read."""
    for _ in range(200):
        page = who.get(f"/objects/{id}/relations{query}").json()
        if page.get("behind") == 0:
            return page
        time.sleep(0.05)
    raise AssertionError(page)


def test_what_points_at_a_thing_is_shown_beside_it(town):
    """P8, G6, O1: newest first, in pages, and nothing of what is hidden."""
    a = stix.campaign("green", name="Piers at dawn")
    b = stix.indicator("green", name="A sign of dawn")
    hidden = stix.campaign("red", name="For f1 alone")
    link = stix.relationship(b["id"], a["id"], "green")
    to_hidden = stix.relationship(hidden["id"], a["id"], "green")
    said = {**stix.note([a["id"]], "green"), "content": "We saw it too"}
    town.f1.post(town.k, a, b, hidden, link, to_hidden, said)
    o1 = reader(town, "o1")
    [first, second] = relations(o1, a["id"])["items"]
    assert (first["id"], first["type"], first["title"], first["property"]) == (
        said["id"], "note", "We saw it too", "object_refs")
    assert (second["id"], second["relationship"], second["property"]) == (
        link["id"], link["relationship_type"], "target_ref")
    assert second["other"] == {"id": b["id"], "title": "A sign of dawn"}
    page = relations(o1, a["id"], "?limit=1")
    rest = relations(o1, a["id"], "?limit=1&cursor=" + page["next"])
    assert [page["items"][0]["id"], rest["items"][0]["id"]] == [said["id"], link["id"]]
    assert "next" not in rest
    assert {r["id"] for r in relations(reader(town, "f1"), a["id"])["items"]} == {
        link["id"], to_hidden["id"], said["id"]}
    absent = o1.get("/objects/" + stix.new_id("campaign") + "/relations")
    assert said_of(o1.get(f"/objects/{hidden['id']}/relations")) == said_of(absent)
    assert absent.status_code == 404


def test_its_contributor_hears_which_organizations_may_see_it(town):
    """R2: the contributor, of what they may read themselves; other readers do not."""
    thing = stix.campaign("green", name="Who sees this")
    town.f1.post(town.k, thing)
    f2 = reader(town, "f2")
    assert f2.get("/objects/" + thing["id"]).json()["may_ask_who_sees"]
    names = {v["name"] for v in f2.get(f"/objects/{thing['id']}/may-see").json()["items"]}
    assert names == {"Federal Office", "Platform", "Ohio", "County", "Low"}
    assert reader(town, "o1").get(f"/objects/{thing['id']}/may-see").status_code == 404
    secret = stix.campaign("red", name="A colleague's")
    town.f1.post(town.k, secret)
    assert f2.get(f"/objects/{secret['id']}/may-see").status_code == 404
