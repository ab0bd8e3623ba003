"""Passing it on, over the API: what may go, to whom, and asking for the rest (B13)."""

import pytest

from council import Council, in_hours, sent, wait_until_sent


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    """Ohio has a publisher, an admin, and County as its part; it is a member of an association."""
    made = Council(tmp_path_factory.mktemp("council") / "data")
    x = made.x
    made.org["assoc"] = x.org("Association", "association")
    x.run("org", "link", made.org["ohio"], "member-of", made.org["assoc"])
    for name, org, role in (("opal", "ohio", "publisher"), ("adam", "ohio", "admin"),
                            ("asa", "assoc", "publisher"), ("ada", "assoc", "admin")):
        email = name + "@example.org"
        made.id[name] = x.id_of("person", "add", "--org", made.org[org], "--email", email,
                                "--name", name.title(), "--role", role)
        made.secrets[name] = x.token(made.org[org], "of " + name, person=email)[1]
    yield made
    made.x.stop()


@pytest.fixture(scope="module")
def briefing(council):
    return sent(council, title="What we saw", about="Two things", items=[
        {"title": "Open", "about": "For anybody", "minutes": 5, "label": "clear"},
        {"title": "Inside", "about": "For members", "minutes": 5, "label": "amber"},
        {"title": "Kept", "about": "Not further", "minutes": 5, "label": "amber+strict"},
        {"title": "For Guam", "minutes": 5, "label": "green",
         "organizations": [council.org["guam"]]}])


def at_home(who):
    return [q["count"] for q in who.get("/home").json()["questions"] if q["kind"] == "widening"]


def test_who_may_brief_it_on(council, briefing):
    """Publishers of who was invited; an admin's role and an association add no reading (B3, B9)."""
    seen = council.opal.get(f"/briefings/{briefing}/onward").json()
    assert [(i["title"], i["may_pass"]) for i in seen["items"]] == [
        ("Open", True), ("Inside", True), ("Kept", False)], "and no gap where another stands"
    assert (seen["organizations"], seen["label"], seen["may_make"]) == (1, "amber", True)
    for who, status in ((council.oda, 403), (council.adam, 403), (council.gus, 403),
                        (council.ann, 403), (council.ray, 404), (council.asa, 404),
                        (council.ada, 404), (council.lou, 404)):
        assert who.get(f"/briefings/{briefing}/onward").status_code == status
        made = who.post(f"/briefings/{briefing}/onward", {"when": in_hours(9), "join": "x"})
        assert made.status_code == status
    for who in (council.ray, council.asa, council.ada):
        for path in ("widenings", "corrections", "absence"):
            assert who.get(f"/briefings/{briefing}/{path}").status_code == 404


def test_the_hosts_are_asked_and_a_yes_lets_it_go(council, briefing):
    """G8: the same item, under another label; nobody else learns who asked."""
    path = f"/briefings/{briefing}/widenings"
    items = {i["title"]: i for i in council.opal.get(f"/briefings/{briefing}").json()["items"]}
    asked = council.opal.post(path, {"item": items["Kept"]["id"], "words": "Our county asks"})
    assert asked.status_code == 200, asked.text
    assert council.opal.post(path, {"item": items["Kept"]["id"]}).status_code == 409
    assert council.opal.post(path, {"item": items["Open"]["id"]}).status_code == 409
    assert council.opal.post(path, {"item": "briefing-item--x"}).status_code == 422
    assert at_home(council.ann) == at_home(council.pat) == [1]
    assert at_home(council.opal) == []
    for who, count in ((council.pat, 1), (council.oda, 1), (council.gus, 0), (council.cal, 0)):
        assert len(who.get(path).json()["items"]) == count
        assert "Our county" not in who.get(f"/briefings/{briefing}/record").text, "it is STRICT"
    one = asked.json()["items"][0]["id"]
    assert council.opal.put(f"{path}/{one}/answer", {"is_granted": True}).status_code == 404
    assert council.abe.put(f"{path}/{one}/answer", {"is_granted": True}).status_code == 403
    assert council.ann.put(f"{path}/{one}/answer", {"is_granted": False}).status_code == 422
    done = council.pat.put(f"{path}/{one}/answer", {"is_granted": True, "label": "amber"})
    assert done.status_code == 200 and done.json()["items"][0]["state"] == "granted"
    assert at_home(council.ann) == []
    now = {i["title"]: i for i in council.gus.get(f"/briefings/{briefing}").json()["items"]}
    assert (now["Kept"]["id"], now["Kept"]["label"]) == (items["Kept"]["id"], "amber")


def test_an_edition_of_ones_own_names_its_source(council, briefing):
    """AMBER goes to one's own parts alone, whoever else is invited afterwards."""
    made = council.opal.post(f"/briefings/{briefing}/onward",
                             {"when": in_hours(48), "join": "Call 555-0101"})
    assert made.status_code == 201, made.text
    own = made.json()
    assert (own["status"], own["is_host"], own["title"]) == ("draft", True, "What we saw")
    assert own["audience"]["associations"] == [council.org["ohio"]]
    assert [(i["title"], i["source"], i.get("organizations")) for i in own["items"]] == [
        ("Open", "Agency and Platform", None),
        ("Inside", "Agency and Platform", [council.org["county"]]),
        ("Kept", "Agency and Platform", [council.org["county"]])]
    at = f"/briefings/{own['id']}"
    for who in (council.ann, council.gus, council.cal):
        assert who.get(at).status_code == 404
    items = [{k: i[k] for k in ("id", "title", "minutes", "label", "organizations") if k in i}
             for i in own["items"]]
    changed = council.opal.patch(at, {"audience": {"associations": [council.org["ohio"]],
                                                   "sectors": ["territorial"]}, "items": items},
                                 If_Match=made.headers["ETag"])
    assert changed.json()["items"][1]["source"] == "Agency and Platform", changed.text
    assert council.opal.post(f"{at}/send", {"people": 2}).status_code == 202
    wait_until_sent(council.opal, own["id"])
    assert [i["title"] for i in council.cal.get(at).json()["items"]] == ["Open", "Inside", "Kept"]
    assert [i["title"] for i in council.gus.get(at).json()["items"]] == ["Open"]
    assert council.ann.get(at).status_code == council.ray.get(at).status_code == 404
    lonely = council.opal.post(f"{at}/onward", {"when": in_hours(48), "join": "x"})
    assert lonely.status_code == 403
