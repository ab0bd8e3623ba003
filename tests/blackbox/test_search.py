"""Search over what one may read: rights, filters, pages, and that a hidden hit leaves every byte as
if it were not there (G1, O1, O2, O6)."""

import time

import pytest

import objects as stix
from council import Person
from pages import problem


class Asker:
    """Searches as one person; waits until the index has what they may read."""

    def __init__(self, town, name):
        self.person = Person(town.base, town.tokens[name][1])

    def answer(self, query):
        for _ in range(200):
            found = self.person.get("/search?" + query)
            if found.status_code != 200 or found.json()["behind"] == 0:
                return found
            time.sleep(0.05)
        raise AssertionError(found.text)

    def ids(self, query):
        found = self.answer(query)
        assert found.status_code == 200, found.text
        return [hit["id"] for hit in found.json()["items"]]


@pytest.fixture(scope="module")
def asks(town):
    return {name: Asker(town, name) for name in ("f1", "f2", "p1", "o1", "c1")}


def post(town, name, *things):
    done = getattr(town, name).post(town.k, *things)
    assert done["failure_count"] == 0, done
    return [thing["id"] for thing in things]


def headers_of(answer):
    return {k: v for k, v in answer.headers.items() if k not in ("Date", "X-Request-Id")}


def test_a_hit_says_what_it_is_and_how_far_it_may_go(town, asks):
    """P8: a title, a few words, the label, from whom and when."""
    [id] = post(town, "f1", stix.campaign("green", name="Quay lanterns",
                                          description="Seen at night. " * 40))
    [hit] = asks["o1"].answer("q=QUAY%20lant").json()["items"]
    assert (hit["id"], hit["title"], hit["label"], hit["source"]) == (
        id, "Quay lanterns", "green", "Federal Office")
    assert hit["type"] == "campaign" and hit["added"].endswith("Z")
    assert hit["words"].startswith("Seen at night.") and len(hit["words"]) < 310


def test_only_persons_search(town):
    problem(Person(town.base, "none").get("/search?q=x"), 401)
    problem(Person(town.base, town.tokens["ohio"][1]).get("/search?q=x"), 403, "of a person")


@pytest.mark.parametrize("query, words", [("", "at least one word"), ("q=--", "at least one word"),
                                          ("q=" + "a%20b%20c%20" * 3, "")])
def test_what_cannot_be_searched_for_is_said(asks, query, words):
    found = asks["o1"].answer(query)
    if words:
        problem(found, 400, words)
    else:
        assert found.status_code == 200  # said three times, the words are three


def test_too_many_words_are_refused(asks):
    problem(asks["o1"].answer("q=a%20b%20c%20d%20e%20f%20g%20h%20i"), 400, "8 words")
    problem(asks["o1"].answer("q=" + "x" * 201), 400, "200")


def test_types_narrow(town, asks):
    one, two = post(town, "f1", stix.campaign("green", name="Gantry"),
                    stix.sdo("malware", ("green",), name="Gantry"))
    assert asks["o1"].ids("q=gantry") == [two, one]
    assert asks["o1"].ids("q=gantry&type=malware") == [two]
    assert asks["o1"].ids("q=gantry&type=campaign&type=malware") == [two, one]
    assert asks["o1"].ids("q=gantry&type=no-such-type") == []


def test_pages_give_each_hit_once(town, asks):
    ids = post(town, "f1", *[stix.campaign("green", name=f"Bollard {n}") for n in range(7)])
    found, query = [], "q=bollard&limit=3"
    while query:
        page = asks["o1"].answer(query).json()
        assert len(page["items"]) == 3 or "next" not in page
        found += [hit["id"] for hit in page["items"]]
        query = page.get("next") and "q=bollard&limit=3&cursor=" + page["next"]
    assert found == ids[::-1]
    cursor = asks["o1"].answer("q=bollard&limit=3").json()["next"]
    problem(asks["p1"].answer("q=bollard&limit=3&cursor=" + cursor), 400, "cursor")


def test_a_hidden_hit_leaves_every_byte_as_if_absent(town, asks):
    """O1: the answer about a word that stands in hidden things alone is that about no word at all;
    and hits, pages and cursors stay what they were when hidden ones come between."""
    post(town, "f1", stix.campaign("red", name="Xebec under cover"))
    post(town, "f1", stix.campaign("green", name="Capstan 1"), stix.campaign("green",
                                                                           name="Capstan 2"))
    assert asks["f1"].answer("q=xebec").json()["items"]
    hidden, absent = asks["o1"].answer("q=xebec"), asks["o1"].answer("q=zebec")
    assert hidden.content == absent.content
    assert headers_of(hidden) == headers_of(absent)
    before = asks["o1"].answer("q=capstan&limit=1").json()
    for n in range(30):
        post(town, "f1", stix.campaign("red", name=f"Capstan hidden {n}"))
    assert asks["f1"].ids("q=capstan%20hidden&limit=500")
    after = asks["o1"].answer("q=capstan&limit=1").json()
    assert after["items"] == before["items"] and after["behind"] == 0
    assert len(after["next"]) == len(before["next"])
    rest = asks["o1"].answer("q=capstan&limit=1&cursor=" + after["next"]).json()
    assert [hit["title"] for hit in rest["items"]] == ["Capstan 1"] and "next" not in rest


def test_a_withdrawn_and_a_superseded_text_are_not_found(town, asks):
    """L7, L8."""
    [id] = post(town, "f1", stix.campaign("green", name="Hawser"))
    assert asks["o1"].ids("q=hawser") == [id]
    post(town, "f1", stix.campaign("green", id=id, name="Painter", modified=5))
    assert asks["o1"].ids("q=hawser") == [] and asks["o1"].ids("q=painter") == [id]
    assert town.f1.delete(town.k, id).status_code == 200
    assert asks["o1"].ids("q=painter") == []


def test_fsck_and_rebuild_find_the_index_as_the_log_has_it(town, asks):
    """S15."""
    asks["f1"].answer("q=anything")
    town.x.run("fsck")
    assert town.x.json("rebuild")["was_equal"]
