"""What may be kept of an answer: of RED nothing, anywhere; of the rest it is asked by its ETag
whether it is still so (G3, O3, R1)."""

import pytest

import objects as stix
from council import Council, Person, give, sent

PACKED = {"Accept_Encoding": "gzip"}
PLAIN = {"Accept_Encoding": "identity"}
BY_ITSELF = {"X_Background": "1"}
LONG = "Lights over the harbour. " * 60


def reader(town, name):
    return Person(town.base, town.tokens[name][1])


def is_packed(answer):
    return answer.headers.get("Content-Encoding") == "gzip"


def keeps(answer):
    return [word.strip() for word in answer.headers["Cache-Control"].split(",")]


@pytest.fixture(scope="module")
def red(town):
    """RED for one person of Ohio, among enough for all to make a long answer."""
    marking = stix.audience(town.org["fed"], people=[town.person["o1"]])
    thing = stix.campaign("red", marking["id"], description=LONG)
    others = [stix.campaign("green", description=LONG) for _ in range(6)]
    town.f1.post(town.k, marking, *others, thing)
    return thing


@pytest.mark.parametrize("path", ["/objects/{}", "/new", "/home", "/session?with=home"])
def test_what_holds_red_is_neither_compressed_nor_stored(town, red, path):
    """G3: over the API too, with 304 and HEAD alike."""
    o1 = reader(town, "o1")
    answer = o1.get(path.format(red["id"]), **PACKED, **BY_ITSELF)
    assert red["id"] in answer.text and len(answer.content) > 1000
    assert not is_packed(answer) and "no-store" in keeps(answer)
    tag = answer.headers["ETag"]
    for again in (o1.call("HEAD", path.format(red["id"]), **PACKED, **BY_ITSELF),
                  o1.get(path.format(red["id"]), If_None_Match=tag, **PACKED, **BY_ITSELF)):
        assert again.content == b"" and "no-store" in keeps(again)
        assert again.headers["ETag"] == tag


@pytest.mark.parametrize("path", ["/new", "/home", "/session?with=home"])
def test_red_that_a_reader_may_not_read_changes_nothing_of_how_they_are_answered(town, red, path):
    """G3, O1: only what the answer itself holds counts."""
    c1 = reader(town, "c1")
    answer = c1.get(path, **PACKED, **BY_ITSELF)
    assert red["id"] not in answer.text and is_packed(answer)
    assert keeps(answer) == ["private", "no-cache"]


def test_pages_of_taxii_that_hold_red_are_not_stored(town, red):
    """G3, O3: such a page, and the word that it is unchanged."""
    answer = town.o1.objects(town.k)
    assert red["id"] in answer.text
    again = town.o1.objects(town.k, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert keeps(answer) == keeps(again) == ["private", "no-cache", "no-store"]
    assert keeps(town.plat.objects(town.k)) == ["private", "no-cache"]


# By the ETag.

@pytest.fixture(scope="module")
def council(tmp_path_factory):
    made = Council(tmp_path_factory.mktemp("council") / "data")
    yield made
    made.x.stop()


@pytest.fixture(scope="module")
def briefing(council):
    """With an item, a question, its answer and a file: every list has something in it."""
    made = sent(council, items=[{"title": "Odd domains", "minutes": 10}])
    asked = council.oda.post(f"/briefings/{made}/questions", {"content": "Which domains?"})
    assert asked.status_code == 201, asked.text
    assert give(council.ann, made).status_code == 201
    return made


POLLED = ("/home", "/new", "/briefings/{}", *("/briefings/{}/" + part for part in (
    "questions", "materials", "answers", "approvals")))


def test_what_pages_ask_again_is_answered_by_its_etag(council, briefing):
    """P3: 304 without a body until there is something else to say."""
    ann, paths = council.ann, [path.format(briefing) for path in POLLED]
    tags = {path: ann.get(path, **BY_ITSELF).headers["ETag"] for path in paths}
    assert len(set(tags.values())) == len(paths)
    for path, tag in tags.items():
        same = ann.get(path, If_None_Match=tag, **BY_ITSELF)
        assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", tag), path
    change_everything(council, briefing)
    for path, tag in tags.items():
        other = ann.get(path, If_None_Match=tag, **BY_ITSELF)
        assert other.status_code == 200 and other.headers["ETag"] != tag, path


def change_everything(council, briefing):
    base = f"/briefings/{briefing}"
    reach = council.pat.get("/reach?label=green").json()["people"]
    deed = {"deeds": [{"deed": "warned"}], "taken": "2018-08-23", "label": "green",
            "happened": "We warned those whose accounts they wrote to.", "people": reach}
    for done in (council.gus.put(base + "/answer", {"answer": "yes"}),
                 council.gus.post(base + "/questions", {"content": "Since when?"}),
                 give(council.pat, briefing, name="more.pdf"),
                 council.pat.put(base + "/approvers", {"approver": council.id["pat"]}),
                 council.pat.post("/actions", deed)):
        assert done.status_code in (200, 201, 204), done.text


def test_an_etag_is_of_one_encoding_and_one_reader(council, briefing):
    """O3."""
    path = f"/briefings/{briefing}/approvals"
    packed, plain = (council.ann.get(path, **how) for how in (PACKED, PLAIN))
    assert is_packed(packed) and not is_packed(plain) and packed.text == plain.text
    assert packed.headers["ETag"] != plain.headers["ETag"]
    tag = plain.headers["ETag"]
    assert council.ann.get(path, If_None_Match=tag, **PACKED).status_code == 200
    assert council.pat.get(path, If_None_Match=tag, **PLAIN).status_code == 200
    assert council.oda.get(path, If_None_Match=tag, **PLAIN).status_code == 404
