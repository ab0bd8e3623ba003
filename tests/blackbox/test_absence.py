"""Who was missing, over the API: to itself, to the hosts over the series, to nobody else (B20)."""

import pytest

from council import Council, agree, answer, in_hours, made, sent, wait_until_sent


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    made_one = Council(tmp_path_factory.mktemp("council") / "data")
    yield made_one
    made_one.x.stop()


def hold(council, briefing, *there):
    """Those were there, and it is over."""
    taken = council.ann.put(f"/briefings/{briefing}/attendance", {"items": [
        {"person": council.id[name], "was_there": True} for name in there]})
    assert taken.status_code == 200, taken.text
    change(council, briefing, when=in_hours(-2))


def change(council, briefing, **what):
    now = council.ann.get(f"/briefings/{briefing}").headers["ETag"]
    done = council.ann.patch(f"/briefings/{briefing}", what, If_Match=now)
    assert done.status_code == 200, done.text


@pytest.fixture(scope="module")
def first(council):
    """GREEN, to states, territories, localities: Ohio came, County had said no."""
    briefing = sent(council, label="green", when=in_hours(0.2), title="The first one")
    assert answer(council.cal, briefing, answer="no").status_code == 200
    hold(council, briefing, "oda")
    return briefing


@pytest.fixture(scope="module")
def second(council, first):
    """AMBER, to Ohio; then the hosts mean all states and territories, and ask nobody else."""
    briefing = made(council.ann, hosts=[council.org["platform"]], follows=first,
                    when=in_hours(0.2), title="The second one",
                    audience={"organizations": [council.org["ohio"]]})
    agree(council.pat, briefing)
    assert council.ann.post(f"/briefings/{briefing}/send", {"people": 1}).status_code == 202
    wait_until_sent(council.pat, briefing)
    change(council, briefing, audience={"sectors": ["state", "territorial"]})
    hold(council, briefing, "oda")
    return briefing


def noted(who, briefing):
    items = who.get(f"/briefings/{briefing}/absence").json()["items"]
    return [(n["reason"], n["is_later"]) for n in items]


def at_home(who):
    return [(q["briefing"]["title"], q["absence"]["reason"], q["absence"]["is_later"])
            for q in who.get("/home").json()["questions"] if q["kind"] == "absence"]


def test_each_learns_what_is_noted_about_itself_and_nothing_of_what_is_not_theirs(
        council, first, second):
    """B20, B9: of an edition above their ceiling, or not meant for them, nothing at all."""
    assert noted(council.gus, first) == [("invited-and-absent", False), ("not-asked", True)]
    assert noted(council.cal, first) == [("declined", False)]
    assert noted(council.lou, first) == [("invited-and-absent", False)]
    for who in (council.oda, council.ole, council.ann, council.pat):
        assert noted(who, first) == []
    assert noted(council.oda, second) == []
    for path in ("absence", "series"):
        for who, briefing in ((council.gus, second), (council.ray, first), (council.lou, second)):
            assert who.get(f"/briefings/{briefing}/{path}").status_code == 404
    assert at_home(council.gus) == [("The first one", "invited-and-absent", False),
                                    ("The first one", "not-asked", True)]
    assert at_home(council.lou) == [("The first one", "invited-and-absent", False)]
    assert at_home(council.oda) == at_home(council.ray) == []
    told = council.gus.get(f"/briefings/{first}/absence").text + council.gus.get("/home").text
    for hidden in (second, "The second one", '"edition":2'):
        assert hidden not in told


def test_what_they_answer_is_for_the_hosts_and_themselves(council, first, second):
    path = f"/briefings/{first}/absence"
    said = council.gus.put(path, {"content": "We were on another line", "is_later": False})
    assert said.status_code == 200, said.text
    assert said.json()["items"][0]["answer"]["content"] == "We were on another line"
    assert council.gus.put(path, {"content": "Do ask us", "is_later": True}).status_code == 200
    assert council.gus.put(path, {"content": ""}).status_code == 422
    refused = council.oda.put(path, {"content": "x"})
    assert refused.status_code == 409 and "Nothing is noted" in refused.text
    assert council.ray.put(path, {"content": "x"}).status_code == 404
    assert at_home(council.gus) == []
    for who in (council.oda, council.cal, council.lou):
        for seen in (f"/briefings/{first}", path, f"/briefings/{first}/record"):
            assert "another line" not in who.get(seen).text
    assert "another line" in council.gus.get(f"/briefings/{first}/record").text


def test_an_observer_of_the_office_neither_finds_nor_answers_it(council, first):
    """G9: the office replies by its members."""
    gil = council.add("gil", "guam", "observer")
    assert gil.get(f"/briefings/{first}").status_code == 200
    assert noted(gil, first) == at_home(gil) == []
    assert gil.put(f"/briefings/{first}/absence", {"content": "Sorry"}).status_code == 409


def test_hosts_see_it_over_the_series(council, first, second):
    """B20: hosts only; 'not asked' is theirs, also where a ceiling was too low."""
    for briefing in (first, second):
        series = council.pat.get(f"/briefings/{briefing}/series").json()
        assert [e["title"] for e in series["editions"]] == ["The first one", "The second one"]
    rows = {i["organization"]["name"]: i for i in series["items"]}
    assert rows["Guam Office"]["states"] == ["invited-and-absent", "not-asked"]
    assert (rows["Guam Office"]["missing"], rows["Guam Office"]["in_a_row"]) == (2, 2)
    assert rows["Low Office"]["states"] == ["invited-and-absent", "not-asked"]
    assert rows["County Office"]["states"] == ["declined", "not-meant"]
    assert rows["Idle Office"]["states"] == ["not-reached", "not-reached"]
    assert [a["content"] for a in rows["Guam Office"]["answers"]] == [
        "We were on another line", "Do ask us"]
    assert "Ohio Office" not in rows
    assert council.oda.get(f"/briefings/{second}/series").status_code == 404
