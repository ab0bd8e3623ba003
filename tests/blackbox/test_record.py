"""The record of a briefing (B27): each kind of thing in its document, for each kind of reader, and
what stays in the exchange."""

import re

import pytest

import objects as stix
from council import Council, answer, give, in_hours, sent

READERS = ("ann", "pat", "oda", "ole", "gus")


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    made = Council(tmp_path_factory.mktemp("council") / "data")
    made.id["opal"] = made.x.id_of("person", "add", "--org", made.org["ohio"], "--email",
                                   "opal@example.org", "--name", "Opal", "--role", "publisher")
    made.secrets["opal"] = made.x.token(made.org["ohio"], "of opal", person="opal@example.org")[1]
    yield made
    made.x.stop()


def done(reply):
    assert reply.ok, reply.text
    return reply.json() if reply.content else None


def ask(who, briefing, content, reply, **more):
    asked = done(who.post(f"/briefings/{briefing}/questions", {"content": content, **more}))
    return asked["id"], {"words": reply}


def before_the_call(council, briefing, items):
    """Replies, questions, materials, what somebody did, a text put right."""
    at = f"/briefings/{briefing}"
    answer(council.oda, briefing, answer="yes", note="Captions, please")
    done(council.pat.put(at + "/approvers", {"approver": council.id["pat"]}))
    for question, said in (
            ask(council.gus, briefing, "Is it ours?", "It is", is_unattributed=False),
            ask(council.oda, briefing, "KEPT QUESTION", "KEPT ANSWER", item=items["KEPT TITLE"]),
            ask(council.oda, briefing, "Which list?", "The plain one", item=items["Open item"],
                is_unattributed=True)):
        done(council.ann.put(f"{at}/questions/{question}/answer", said))
    assert give(council.pat, briefing).status_code == 201
    done(council.pat.post("/actions", {
        "deeds": [{"deed": "removed", "count": 212, "what": "accounts"}], "taken": "2018-08-23",
        "label": "green", "happened": "They posed as county clerks", "briefing": briefing,
        "advice": "Look for their pictures",
        "people": council.pat.get("/reach?label=green").json()["people"]}))
    done(council.ann.post(at + "/corrections", {
        "object": briefing, "words": "What it is about now", "reason": "It said nothing",
        "version": council.ann.get(at).json()["modified"]}))
    done(council.opal.post(at + "/widenings", {"item": items["KEPT TITLE"],
                                               "words": "KEPT REQUEST"}))


def after_the_call(council, briefing):
    at = f"/briefings/{briefing}"
    done(council.ann.put(at + "/attendance", {"items": [
        {"person": council.id["oda"], "was_there": True, "joined": "2026-08-29T18:00:00Z",
         "left": "2026-08-29T18:20:00Z"}]}))
    done(council.ann.post(at + "/commitments", {
        "content": "A list of pages", "organization": council.org["platform"],
        "due": "2026-12-20"}))
    tag = council.ann.get(at).headers["ETag"]
    done(council.ann.patch(at, {"when": in_hours(-2)}, If_Match=tag))
    done(council.oda.put(at + "/usefulness", {"value": 5, "words": "It helped",
                                              "words_for": "hosts"}))
    done(council.gus.put(at + "/absence", {"content": "We were on another line",
                                           "is_later": False}))


@pytest.fixture(scope="module")
def told(council):
    """A briefing under AMBER with an item under AMBER+STRICT, from the draft to what followed."""
    briefing = sent(council, when=in_hours(0.4), items=[
        {"title": "KEPT TITLE", "about": "KEPT TEXT", "minutes": 5, "label": "amber+strict"},
        {"title": "Open item", "about": "Plain words", "minutes": 5, "label": "green"},
        {"title": "Guam alone", "minutes": 5, "organizations": [council.org["guam"]]}])
    items = {i["title"]: i["id"] for i in council.ann.get(f"/briefings/{briefing}").json()["items"]}
    before_the_call(council, briefing, items)
    after_the_call(council, briefing)
    return briefing


def document(council, name, briefing, part="leaves"):
    got = getattr(council, name).get(f"/briefings/{briefing}/record/document?part={part}")
    assert got.status_code == 200, got.text
    return got.text


def bundle(council, name, briefing):
    got = getattr(council, name).get(f"/briefings/{briefing}/record")
    assert got.status_code == 200, got.text
    return got


def readers_of(council, briefing, words, part="leaves"):
    return [n for n in READERS if words in document(council, n, briefing, part)]


# B9: hosts ann and pat, the invitee oda and her colleague ole, another invitee gus.
KINDS = [
    ("What it is about now", "ann pat oda ole gus"),
    ("Whom the hosts meant", "ann pat"),
    ("Call 555-0100", "ann pat"),
    ("- Open item (5 minutes, TLP:GREEN)", "ann pat oda ole gus"),
    ("Guam alone", "ann pat gus"),
    ("slides.pdf", "ann pat oda ole gus"),
    ("- Is it ours? (Gus, Guam Office)\n  Answered: It is", "ann pat oda ole gus"),
    ("- Which list? (asked without a name, about “Open item”)\n  Answered: The plain one",
     "ann pat oda ole gus"),
    ("Because: It said nothing", "ann pat oda ole gus"),
    ("A list of pages (Platform, by Sunday, December 20, 2026: still open)", "ann pat oda ole"),
    ("- Removed 212 accounts (Platform, Thursday, August 23, 2018, TLP:GREEN)",
     "ann pat oda ole gus"),
    ("What you can do now: Look for their pictures", "ann pat oda ole gus"),
    ("- Platform: Pat", "ann pat"),
    ("Platform: yes to the agenda (Pat", "ann pat"),
    ("- Oda, Ohio Office: yes", "ann pat oda ole"),
    ("Their note: Captions, please", "ann pat oda ole"),
    ("; was there, from 2:00 p.m. EDT, until 2:20 p.m. EDT", "ann pat oda"),
    ("- Gus, Guam Office: no answer", "ann pat gus"),
    ("Invited and absent", "ann pat gus"),
    ("They say: We were on another line", "ann pat gus"),
    ("### Invited and absent\n\n- County Office", "ann pat"),
    ("Was it useful? 1 answer\n", "ann pat oda ole gus"),
    ("> It helped (Ohio Office)", "ann pat"),
]


@pytest.mark.parametrize("words, names", KINDS, ids=[k[0][:30] for k in KINDS])
def test_the_document_holds_each_kind_for_whom_it_is(council, told, words, names):
    """B27, B9: questions, promises, corrections, deeds, approvals, notes, times, absences."""
    assert readers_of(council, told, words) == names.split()


def test_the_rule_by_which_guests_were_found_is_told_whole(council):
    """B10, B27: to hosts; an invitee is told nothing of it."""
    narrow = sent(council, audience={"sectors": ["state"], "jurisdictions": ["us-39"],
                                     "duties": ["primary"]})
    rule = "- Sectors: State offices\n- In: us-39\n- Of their duty officers only: primary\n"
    assert rule in document(council, "pat", narrow)
    assert "duty officers" not in document(council, "oda", narrow)


def test_who_was_not_invited_finds_no_record(council, told):
    """O1: as of a briefing that never was."""
    absent = "briefing--00000000-0000-4000-8000-000000000000"
    for path in ("record", "record/document", "record/document?part=stays"):
        assert council.ray.get(f"/briefings/{told}/{path}").status_code == 404
        assert council.ray.get(f"/briefings/{absent}/{path}").status_code == 404
    assert council.ann.get(f"/briefings/{told}/record/document?part=all").status_code == 400


def test_what_is_strict_leaves_by_neither_bundle_nor_document(council, told):
    """G3: nor does what points at it (G6); who may read it does so in the exchange."""
    for name in READERS:
        for leaves in (document(council, name, told), bundle(council, name, told).text):
            assert "KEPT" not in leaves and "STRICT" not in leaves, name
    kept = {"KEPT TITLE": "ann pat oda ole gus", "KEPT TEXT": "ann pat oda ole gus",
            "- KEPT QUESTION (Oda, Ohio Office, about “KEPT TITLE”)\n  Answered: KEPT ANSWER":
                "ann pat oda ole gus", "What for: KEPT REQUEST": "ann pat oda ole"}
    for words, names in kept.items():
        assert readers_of(council, told, words, "stays") == names.split(), words
    stays = document(council, "gus", told, "stays")
    assert stays.startswith("# What stays in the exchange\n\nTLP:AMBER+STRICT\n")
    assert "Open item" not in stays and "What it is about" not in stays


def test_how_much_was_withheld_is_told_to_hosts_alone(council, told):
    """B27: the item, its question, the answer, and the request; no gap tells others of it."""
    for name in ("ann", "pat"):
        given = len(bundle(council, name, told).json()["objects"])
        assert document(council, name, told).endswith(
            f"\n{given + 4} objects on the record, 4 of them stay in the exchange\n")
    for name in ("oda", "ole", "gus"):
        assert "on the record" not in document(council, name, told)
        assert "stay" not in document(council, name, told)


def test_the_document_is_under_the_strictest_label_of_what_it_tells(council, told):
    """B27, G3."""
    assert "\n\nTLP:AMBER\n" in document(council, "oda", told)
    green = sent(council, label="green", items=[
        {"title": "One", "minutes": 5, "label": "clear"}])
    assert "\n\nTLP:GREEN\n" in document(council, "oda", green)
    assert document(council, "oda", green, "stays") == ""


def test_of_a_briefing_that_is_strict_itself_nothing_leaves(council):
    """G3: neither its title nor anything that names it."""
    kept = sent(council, title="KEPT TITLE", about="KEPT TEXT", label="amber+strict", items=[
        {"title": "KEPT ITEM", "minutes": 5}])
    assert document(council, "oda", kept) == (
        "# The record of a briefing\n\nAll of it stays in the exchange\n")
    assert re.fullmatch(r"# The record of a briefing\n\nAll of it stays in the exchange\n\n"
                        r"## In all\n\n14 objects on the record, 13 of them stay in the exchange\n",
                        document(council, "ann", kept))
    for name in READERS:
        assert [o["type"] for o in bundle(council, name, kept).json()["objects"]] == ["identity"]
        whole = document(council, name, kept, "stays")
        assert whole.startswith("# KEPT TITLE\n\nTLP:AMBER+STRICT\n") and "KEPT ITEM" in whole


def test_what_a_material_carries_bars_it_and_is_its_label(council):
    """G6: a note under AMBER about something under AMBER+STRICT, given to a briefing."""
    k = council.x.collection("Shared")
    for org in ("agency", "platform", "ohio"):
        council.x.grant(k, council.org[org], read=True, write=org == "agency")
    thing = stix.campaign("amber+strict", name="Paper Lantern")
    note = stix.note([thing["id"]], "amber", abstract="KEPT NOTE")
    council.x.import_text(k, council.org["agency"], stix.bundle(thing, note), "ann@example.org")
    briefing = sent(council)
    given = done(council.ann.post(f"/briefings/{briefing}/materials", {"object": note["id"]}))
    assert given["label"] == given["object"]["label"] == "amber+strict"
    for name in ("ann", "pat", "oda"):
        assert "KEPT NOTE" not in document(council, name, briefing)
        assert "KEPT NOTE" not in bundle(council, name, briefing).text
        assert "KEPT NOTE" in document(council, name, briefing, "stays")
    assert "1 of them stays in the exchange" in document(council, "ann", briefing)


def had(council, thing):
    """The organizations, as the contributor is told; the server must stand still for that."""
    return council.x.run("who", "has-seen", thing, "--as", council.org["agency"],
                         "--reason", "a test", "--json").stdout


def test_what_a_document_tells_is_given(council):
    """R1: in each part what stands there, and nothing else."""
    kept = sent(council, items=[{"title": "Kept", "minutes": 5, "label": "amber+strict"},
                                {"title": "Open", "minutes": 5}])
    item = council.ann.get(f"/briefings/{kept}").json()["items"][0]["id"]
    document(council, "oda", kept)
    document(council, "gus", kept, "stays")
    council.x.stop()
    assert "Guam Office" in had(council, item) and "Ohio Office" not in had(council, item)
