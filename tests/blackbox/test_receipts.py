"""What people are given over the API is noted in receipts, like what machines are given (R1)."""

import objects as stix
from council import Person
from exchange import poll


def named(town, thing, author="fed"):
    """Who had it, as the contributor is told; the server must stand still for that."""
    return town.x.run("who", "has-seen", thing["id"], "--as", town.org[author],
                      "--reason", "a test", "--json").stdout


def secret_for_ohio(town, **more):
    marking = stix.audience(town.org["fed"], people=[town.person["o1"]])
    return marking, stix.campaign("red", marking["id"], **more)


def reader(town, name):
    return Person(town.base, town.tokens[name][1])


def test_what_points_at_a_thing_is_noted_with_its_other_end(own_town):
    """R1: the title of the other end is told, too."""
    town = own_town
    marking, thing = secret_for_ohio(town, name="Harbour lights")
    marks = ("red", marking["id"])
    other = stix.campaign(*marks, name="Quay lanterns")
    link = stix.relationship(thing["id"], other["id"], *marks)
    town.f1.post(town.k, marking, thing, other, link)
    o1 = reader(town, "o1")
    [row] = poll(lambda: o1.get(f"/objects/{thing['id']}/relations").json()["items"])
    assert row["other"]["title"] == "Quay lanterns"
    town.x.stop()
    assert all("o1@example.org" in named(town, given) for given in (link, other))
    assert "o1@example.org" not in named(town, thing), "only what points at it was given"


def test_home_and_search_note_whom_they_gave_a_red_thing(own_town):
    town = own_town
    marking, on_home = secret_for_ohio(town, name="Harbour lights")
    town.f1.post(town.k, marking, on_home)
    _, other = secret_for_ohio(town, name="Quay lanterns")
    other["object_marking_refs"] = on_home["object_marking_refs"]
    town.f1.post(town.k, other)
    o1 = reader(town, "o1")
    found = poll(lambda: o1.get("/search?q=quay").json()["items"])
    assert [hit["id"] for hit in found] == [other["id"]]
    town.x.stop()
    assert "o1@example.org" in named(town, other)
    assert "o1@example.org" not in named(town, on_home), "nobody was given this one"
    town.x.serve()
    shown = reader(town, "o1").get("/home", X_Background="1")
    assert on_home["id"] in [item["id"] for item in shown.json()["new"]["items"]]
    town.x.stop()
    assert "o1@example.org" in named(town, on_home)


def test_the_list_behind_home_notes_whom_it_gave_a_red_thing(own_town):
    town = own_town
    marking, thing = secret_for_ohio(town)
    town.f1.post(town.k, marking, thing)
    shown = reader(town, "o1").get("/new")
    assert [item["id"] for item in shown.json()["items"]] == [thing["id"]]
    town.x.stop()
    assert "o1@example.org" in named(town, thing)


def test_head_and_not_modified_note_nothing(own_town):
    town = own_town
    marking, thing = secret_for_ohio(town)
    town.f1.post(town.k, marking, thing)
    o1 = reader(town, "o1")
    head = o1.call("HEAD", "/home", X_Background="1")
    again = o1.get("/home", X_Background="1", If_None_Match=head.headers["ETag"])
    assert (head.status_code, again.status_code) == (200, 304)
    town.x.stop()
    assert "o1@example.org" not in named(town, thing)


def test_a_receipt_of_red_is_durable_before_the_bytes_leave(own_town):
    town = own_town
    marking, thing = secret_for_ohio(town)
    town.f1.post(town.k, marking, thing)
    shown = reader(town, "o1").get("/home", X_Background="1")
    town.x.server.kill()
    assert thing["id"] in shown.text
    assert "o1@example.org" in named(town, thing)
