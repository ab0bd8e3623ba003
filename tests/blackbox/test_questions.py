"""What organizations did, told to the others (B23), and questions to the hosts (B18), over the
API."""

import pytest

import objects as stix
from council import Council, answer, in_hours, made, sent
from exchange import poll

ACTION = {"deeds": [{"deed": "removed", "count": 212, "what": "accounts"},
                    {"deed": "warned", "count": 3400, "what": "people"}],
          "taken": "2018-08-23", "concerns": "Paper Lantern", "label": "green",
          "happened": "Accounts posing as county clerks. We removed them.",
          "advice": "Look for the same pictures on your own pages."}


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    made = Council(tmp_path_factory.mktemp("council") / "data")
    yield made
    made.x.stop()


def reach(who, label):
    done = who.get("/reach?label=" + label)
    assert done.status_code == 200, done.text
    return done.json()


def tell(who, **changed):
    body = {**ACTION, **changed}
    if "people" not in body:
        body["people"] = reach(who, body["label"])["people"]
    return who.post("/actions", body)


def titles(who):
    return [i["title"] for i in who.get("/actions").json()["items"]]


def stored(council, id):
    shown = council.x.json("show", id, "--as", council.org["ohio"])
    return shown["items"][0]["object"]


# ---- what we did


def test_who_will_see_it_is_who_reads_it(council):
    """B23: the number and the names before it is told are those of the gate."""
    green, amber = reach(council.pat, "green"), reach(council.pat, "amber")
    assert green["people"] == 9 and green["missed"] == 0 and green["organizations"] == 7
    assert amber["people"] == 8 and amber["missed_sectors"] == [{"sector": "state", "people": 1}]
    names, cursor = [], ""
    while cursor is not None:
        page = council.pat.get("/reach/people?label=amber&limit=3" + cursor).json()
        names += [i["name"] for i in page["items"]]
        cursor = "&cursor=" + page["next"] if "next" in page else None
    assert names == ["Abe", "Ann", "Cal", "Gus", "Ida", "Oda", "Ole", "Ray"]
    told = tell(council.pat, label="amber", concerns="What the gate says").json()["title"]
    seen = {n for n in ("ann", "abe", "pat", "oda", "ole", "gus", "cal", "lou", "ida", "ray")
            if told in titles(getattr(council, n))}
    assert seen == {"pat"} | {n.lower() for n in names}
    assert council.pat.get("/reach?label=red").status_code == 400


def test_what_was_done_is_told_newest_first(council):
    done = tell(council.pat)
    assert done.status_code == 201, done.text
    assert done.json()["title"] == \
        "Removed 212 accounts and warned 3,400 people: Paper Lantern"
    assert tell(council.ann, deeds=[{"deed": "other"}], concerns="").status_code == 201
    assert titles(council.lou)[:2] == ["Acted otherwise", done.json()["title"]]
    first = council.lou.get("/actions?limit=1").json()
    assert len(first["items"]) == 1
    then = council.lou.get("/actions?limit=1&cursor=" + first["next"]).json()["items"]
    assert [(i["title"], i["source"], i["is_own"], i["advice"]) for i in then] == \
        [(done.json()["title"], "Platform", False, ACTION["advice"])]
    fresh = council.oda.get("/home").json()["new"]["items"]
    assert ACTION["advice"] in [i.get("words") for i in fresh]
    raw = stored(council, done.json()["id"])
    assert raw["counts"] == {"removed": 212, "warned": 3400} and raw["deeds"] == [
        "removed", "warned"] and raw["counted"]["removed"] == "accounts"


@pytest.mark.parametrize("changed, status, words", [
    ({"people": 4}, 409, "9 people would see this now"),
    ({"deeds": []}, 422, "at least one of the ten"),
    ({"deeds": [{"deed": "praised"}]}, 422, "one of"),
    ({"happened": " "}, 422, "needed"),
    ({"taken": "2099-01-01"}, 422, "a day that has come"),
    ({"label": "red", "people": 1}, 422, "one of"),
    ({"briefing": "briefing--00000000-0000-4000-8000-000000000000"}, 404, ""),
])
def test_what_is_wrong_tells_nobody(council, changed, status, words):
    before = titles(council.pat)
    done = tell(council.pat, **changed)
    assert done.status_code == status and words in done.text, done.text
    assert titles(council.pat) == before


def test_who_may_not_publish_tells_nothing(council):
    done = tell(council.abe, people=9)
    assert done.status_code == 403 and "publisher" in done.text


def test_one_click_puts_it_on_the_agenda(council):
    """B23: of a briefing that one hosts, whatever else is on it."""
    briefing = sent(council, items=[
        {"title": "First", "minutes": 10},
        {"minutes": 5, "label": "red", "presenter": council.id["ann"]}])
    done = tell(council.pat, briefing=briefing, concerns="On the agenda")
    assert done.status_code == 201, done.text
    items = council.oda.get(f"/briefings/{briefing}").json()["items"]
    assert [i["title"] for i in items] == ["First", "An item from Agency", done.json()["title"]]
    assert items[2]["label"] == "green" and items[2]["presenter"]["name"] == "Pat"
    assert items[2]["refs"] == [done.json()["id"]]


def test_who_would_see_it_is_told_to_those_who_may_tell(council):
    """B23: the names of everybody are nobody else's."""
    for path in ("/reach?label=green", "/reach/people?label=green"):
        assert council.pat.get(path).status_code == 200
        refused = council.gus.get(path)
        assert refused.status_code == 403 and "publisher" in refused.text


def test_an_item_tells_only_hosts_for_whom_it_is(council):
    """B9: in its bytes neither, once it is sent; hosts still see and change it."""
    only = [council.org["ohio"], council.org["guam"]]
    briefing = sent(council, items=[{"title": "For two", "minutes": 5, "organizations": only}])
    raw = council.oda.session.get(
        council.x.server.base + "/exchange/collections/briefings/objects/",
        params={"match[type]": "briefing-item", "limit": 1000},
        headers={"Accept": "application/taxii+json;version=2.1"}).json()["objects"]
    item = next(o for o in raw if o["briefing_ref"] == briefing)
    assert item["name"] == "For two" and council.org["guam"] not in str(item)
    assert "organizations" not in council.oda.get(f"/briefings/{briefing}").json()["items"][0]
    seen = council.ann.get(f"/briefings/{briefing}")
    assert sorted(seen.json()["items"][0]["organizations"]) == sorted(only)
    assert questions(council.oda, briefing)["few_items"] == [item["id"]]


# ---- questions


def ask(who, briefing, **what):
    return who.post(f"/briefings/{briefing}/questions", {"content": "Which letters?", **what})


def test_what_the_hosts_answer_comes_from_them_by_name(council):
    """B7, P8: their group has no name that would tell anybody anything."""
    briefing = sent(council, title="Where zebras vote")
    asked = ask(council.oda, briefing, content="Are the zebras real?").json()["id"]
    council.pat.put(f"/briefings/{briefing}/questions/{asked}/answer", {"words": "No zebra is."})

    def new(who):
        items = who.get("/home").json()["new"]["items"]
        return next(n for n in items if n["title"] == "No zebra is.")
    assert new(council.oda)["source"] == "Agency and Platform"
    part_of = {"briefing": briefing, "title": "Where zebras vote", "is_answer": True,
               "question": "Are the zebras real?"}
    assert new(council.oda)["part_of"] == {**part_of, "is_to_mine": True}
    assert new(council.ole)["part_of"] == {**part_of, "is_to_mine": False}

    def found():
        hits = council.oda.get("/search?q=zebra").json()["items"]
        return {h["type"]: (h.get("source"), h["briefing"], h.get("is_answer")) for h in hits}
    assert poll(lambda: len(found()) == 3)
    assert found() == {"briefing": ("Agency and Platform", briefing, None),
                       "note": ("Agency and Platform", briefing, True),
                       "question": ("Ohio Office", briefing, None)}
    shown = council.oda.get("/objects/" + new(council.oda)["id"]).json()
    assert shown["is_answer"] and shown["briefing"] == briefing


def test_what_only_looks_like_an_answer_is_called_none(council):
    """B18: the hosts alone answer; anybody may write a note about a question that they see."""
    briefing = sent(council)
    asked = ask(council.oda, briefing).json()["id"]
    open_to_all = council.x.collection("open")
    council.x.grant(open_to_all, "all", read=True, write=True)
    note = stix.note([asked, briefing], "green")
    council.x.import_text(open_to_all, council.org["ohio"], stix.bundle(note))
    shown = council.oda.get("/objects/" + note["id"]).json()
    assert shown["briefing"] == briefing and "is_answer" not in shown
    [new] = [n for n in council.oda.get("/home").json()["new"]["items"] if n["id"] == note["id"]]
    assert new["part_of"]["briefing"] == briefing and not new["part_of"]["is_answer"]


def questions(who, briefing):
    return who.get(f"/briefings/{briefing}/questions").json()


def item_ids(council, briefing):
    return [i["id"] for i in council.ann.get(f"/briefings/{briefing}").json()["items"]]


def two_items(council, **changed):
    briefing = sent(council, items=[
        {"title": "For Ohio", "minutes": 10, "organizations": [council.org["ohio"]]},
        {"title": "For all", "minutes": 5}], **changed)
    return briefing, item_ids(council, briefing)


def test_a_question_is_read_by_who_reads_its_item(council):
    """B9, B18: hosts too, who answer in words or on the call."""
    briefing, (ohio, everyone) = two_items(council)
    narrow = ask(council.oda, briefing, item=ohio)
    wide = ask(council.gus, briefing, item=everyone, content="And the sites?")
    assert narrow.status_code == wide.status_code == 201, narrow.text
    assert wide.json()["asked_by"] == {"id": council.id["gus"], "name": "Gus",
                                       "organization": "Guam Office"}
    seen = {n: {q["content"] for q in questions(getattr(council, n), briefing)["items"]}
            for n in ("ann", "pat", "oda", "ole", "gus")}
    both = {"Which letters?", "And the sites?"}
    assert seen == {"ann": both, "pat": both, "oda": both, "ole": both, "gus": {"And the sites?"}}
    hidden = ask(council.gus, briefing, item=ohio)
    absent = ask(council.gus, briefing, item="briefing-item--00000000-0000-4000-8000-000000000000")
    assert hidden.status_code == absent.status_code == 422
    assert hidden.json()["title"] == absent.json()["title"]
    at = f"/briefings/{briefing}/questions/"
    done = council.pat.put(at + wide.json()["id"] + "/answer", {"words": "They are down."})
    assert done.json()["answer"]["words"] == "They are down.", done.text
    council.ann.put(at + narrow.json()["id"] + "/answer", {"is_on_call": True})
    answers = [q["answer"] for q in questions(council.oda, briefing)["items"]]
    assert [(a.get("words"), a["is_on_call"]) for a in answers] == [
        (None, True), ("They are down.", False)]
    assert council.gus.put(at + wide.json()["id"] + "/answer",
                           {"words": "No"}).status_code == 404
    assert council.abe.put(at + wide.json()["id"] + "/answer",
                           {"words": "No"}).status_code == 403
    assert council.ann.put(at + wide.json()["id"] + "/answer", {}).status_code == 422


def readers(who, briefing, of=""):
    return who.get(f"/briefings/{briefing}/readers?of={of}")


def names(who, briefing, of=""):
    done = who.get(f"/briefings/{briefing}/readers/people?limit=500&of={of}")
    return {p["name"].lower() for p in done.json()["items"]} if done.ok else done.status_code


def test_who_will_see_it_is_told_before_it_is_said(council):
    """Rule 4, B18: exactly who reads the question then; names are for hosts who publish (B9)."""
    briefing, (ohio, everyone) = two_items(council)
    told = {of: readers(council.oda, briefing, of).json() for of in ("", ohio, everyone)}
    assert told[""] == told[everyone] == {"people": 5, "organizations": 4, "has_names": False}
    assert told[ohio] == {"people": 3, "organizations": 2, "has_names": False}
    assert names(council.ann, briefing, ohio) == {"pat", "oda", "ole"}
    narrow = ask(council.oda, briefing, item=ohio, content="Seen by whom?").json()["id"]
    for of, item in ((narrow, ohio), (ask(council.gus, briefing).json()["id"], None)):
        shown = names(council.pat, briefing, of) | {"pat"}
        assert shown == {n for n in council.secrets if of in
                         [q["id"] for q in questions(getattr(council, n), briefing)
                          .get("items", [])]}, item
    assert readers(council.ann, briefing).json()["has_names"]
    assert not readers(council.abe, briefing).json()["has_names"]
    assert names(council.abe, briefing) == names(council.oda, briefing) == 404
    for who, of in ((council.ole, ""), (council.ray, ""), (council.gus, ohio),
                    (council.gus, narrow), (council.ann, "question--of-nobody")):
        assert readers(who, briefing, of).status_code == 404


def test_a_question_about_a_red_item_reaches_the_hosts(council):
    """B19: of the item there is only its place, which everybody invited sees."""
    briefing = sent(council, items=[
        {"minutes": 5, "label": "red", "presenter": council.id["ann"]}])
    item, = item_ids(council, briefing)
    done = ask(council.gus, briefing, item=item)
    assert done.status_code == 201 and done.json()["label"] == "amber", done.text
    assert readers(council.gus, briefing, item).json()["people"] == 6
    assert len(questions(council.pat, briefing)["items"]) == 1


def test_an_unattributed_question_names_the_group_alone(council):
    """B18: object, audit row and key say nothing of who asked."""
    briefing, (_, everyone) = two_items(council)
    key = {"Idempotency_Key": "a key of gus alone"}
    body = {"content": "Who else was hit?", "item": everyone, "is_unattributed": True}
    path = f"/briefings/{briefing}/questions"
    done, again = (council.gus.post(path, body, **key) for _ in range(2))
    assert done.status_code == 201 and done.json()["id"] == again.json()["id"]
    assert "asked_by" not in questions(council.ann, briefing)["items"][0]
    kept = stored(council, done.json()["id"])
    group = kept["created_by_ref"]
    assert not {"person_ref", "organization_ref"} & set(kept)
    assert group not in council.org.values()
    rows = council.x.rows("audit", "show", "--verb", "question.ask")
    row = next(r for r in rows if r["object"] == done.json()["id"])
    assert council.id["gus"] not in str(row) and council.org["guam"] not in str(row)
    assert group in str(row) or "Hosts" in str(row)


def test_who_asked_without_a_name_is_not_found_by_receipts(council):
    """B18, R1: whoever asked is the first to be shown the question; hosts may ask who had it."""
    briefing = sent(council, label="amber+strict")
    asked = {hides: ask(council.gus, briefing, content=f"Hidden: {hides}", is_unattributed=hides)
             for hides in (True, False)}
    for reader in (council.gus, council.oda):
        questions(reader, briefing)

    steward = next(r["id"] for r in council.x.rows("org", "list") if r["name"] == "Council")

    def holders(hides):
        return council.x.run("who", "has-seen", asked[hides].json()["id"], "--as",
                             steward, "--reason", "a test",
                             "--json", check=False).stdout
    assert poll(lambda: council.org["ohio"] in holders(False)), "who may read it left a receipt"
    assert council.org["guam"] not in holders(True)


def test_a_host_who_is_shown_an_answer_to_an_invitation_has_obtained_it(council):
    """R1: whoever replied may ask who had the reply."""
    briefing = sent(council, label="amber+strict")
    assert answer(council.oda, briefing, answer="yes").status_code == 200
    reply = council.x.rows("list", "--as", council.org["agency"], "--type",
                           "briefing-reply")[-1]["id"]

    def holders():
        return council.x.run("who", "has-seen", reply, "--as", council.org["ohio"], "--reason",
                             "a test", "--json").stdout
    assert "Agency" not in holders()
    assert council.ann.get(f"/briefings/{briefing}/answers").status_code == 200
    assert poll(lambda: "Agency" in holders())


def test_few_who_could_have_asked_are_warned(council):
    """B18: under five; of an item by those who see it."""
    briefing, (ohio, everyone) = two_items(council)
    told = questions(council.oda, briefing)
    assert told["is_few"] and set(told["few_items"]) == {ohio, everyone}
    assert "is_few" not in questions(council.ann, briefing)


def test_questions_are_asked_by_who_is_invited_until_the_end(council):
    briefing, _ = two_items(council)
    assert ask(council.ray, briefing).status_code == 404
    assert ask(council.ole, briefing).status_code == 404
    assert not questions(council.ann, briefing)["may_ask"]
    assert ask(council.oda, briefing, content="").status_code == 422
    council.ann.post(f"/briefings/{briefing}/cancel", {"reason": "A storm"},
                     If_Match=council.ann.get(f"/briefings/{briefing}").headers["ETag"])
    late = ask(council.oda, briefing)
    assert late.status_code == 409 and "called off" in late.text
    assert council.oda.get(f"/briefings/{made(council.ann)}/questions").status_code == 404


def test_home_asks_hosts_for_answers(council):
    """B18, P8."""
    briefing, _ = two_items(council, when=in_hours(30))

    def asked(who):
        return [q.get("count") for q in who.get("/home").json()["questions"]
                if q["briefing"]["id"] == briefing and q["kind"] == "questions"]
    assert asked(council.pat) == []
    question = ask(council.oda, briefing).json()["id"]
    ask(council.gus, briefing)
    assert asked(council.pat) == asked(council.ann) == [2] and asked(council.oda) == []
    council.ann.put(f"/briefings/{briefing}/questions/{question}/answer", {"words": "Soon."})
    assert asked(council.pat) == [1]


def test_what_is_on_the_record_reads_back(council):
    """B27, S15."""
    briefing, _ = two_items(council)
    answer(council.oda, briefing, answer="yes")
    question = ask(council.oda, briefing).json()["id"]
    council.ann.put(f"/briefings/{briefing}/questions/{question}/answer", {"words": "Soon."})
    record = council.gus.get(f"/briefings/{briefing}/record").json()["objects"]
    assert {"question", "note"} <= {o["type"] for o in record}
    council.x.run("fsck")
    assert council.x.json("rebuild")["was_equal"]
