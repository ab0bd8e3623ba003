"""The worked examples of the gate, one test each, and the rules that they do not show."""

import json

import pytest

import objects as stix
from taxii import check_error

HOLDERS = {"f1", "f2", "fed", "p1", "plat", "ohio", "county"}
ALL = HOLDERS | {"low"}
FED = {"f1", "f2", "fed"}


def posted(town, *things, by="f1", of=0):
    getattr(town, by).post(town.k, *things)
    return town.readers(things[of]["id"])


def test_unmarked_is_amber_so_a_green_ceiling_does_not_read_it(town):
    """G1, G3."""
    assert posted(town, stix.campaign()) == HOLDERS


def test_the_strictest_of_granular_and_object_markings_decides(town):
    """G3: RED without names is the author's."""
    thing = stix.campaign("clear", granular_markings=[stix.granular("red", "name")])
    assert posted(town, thing) == {"f1"}


def test_red_with_an_audience_that_names_a_person_is_read_by_author_and_person(town):
    """G1b, G1c, G4: not the colleague, not the platform's token."""
    named = stix.audience(town.org["fed"], people=[town.person["p1"]])
    thing = stix.campaign("red", named["id"])
    assert posted(town, thing, named) == {"f1", "p1"}


def test_red_with_an_audience_that_names_a_token_is_read_by_author_and_token(town):
    """G1c."""
    named = stix.audience(town.org["fed"], tokens=[town.tokens["plat"][0]])
    assert posted(town, stix.campaign("red", named["id"]), named) == {"f1", "plat"}


def test_an_organization_in_an_audience_does_not_open_red_and_a_warning_says_so(town):
    """G1c and the worked example."""
    named = stix.audience(town.org["fed"], organizations=[town.org["plat"]])
    thing = stix.campaign("red", named["id"])
    status = town.f1.post(town.k, thing, named)
    assert town.readers(thing["id"]) == {"f1"}
    said = {one["id"]: one.get("message", "") for one in status["successes"]}
    assert "organizations, sectors and roles do not open RED" in said[thing["id"]]
    assert said[named["id"]] == ""


def test_a_county_lies_within_its_state(town):
    """G4; the contributor always."""
    named = stix.audience(town.org["fed"], jurisdictions=["us-39"])
    assert posted(town, stix.campaign("green", named["id"]), named) == FED | {"ohio", "county"}


def test_of_several_named_audiences_each_must_admit(town):
    """G4."""
    one = stix.audience(town.org["fed"], jurisdictions=["us-39"])
    two = stix.audience(town.org["fed"], sectors=["local"])
    thing = stix.campaign("green", one["id"], two["id"])
    assert posted(town, thing, one, two) == FED | {"county"}


def test_lists_of_one_audience_that_match_are_all_asked(town):
    """G4: sectors and jurisdictions and roles; a token has no role."""
    named = stix.audience(town.org["fed"], sectors=["platform"], roles=["publisher"])
    assert posted(town, stix.campaign("green", named["id"]), named) == FED | {"p1"}


def test_an_audience_without_lists_admits_nobody(town):
    """G4: three absent lists match nobody."""
    named = stix.audience(town.org["fed"])
    assert posted(town, stix.campaign("green", named["id"]), named) == FED


def test_a_place_is_within_another_by_whole_parts_only(town):
    """G4: us-3 is no part of us-39."""
    named = stix.audience(town.org["fed"], jurisdictions=["us-39-c03"])
    status = town.f1.try_post(town.k, named)
    if status["success_count"]:  # refused is as good: it is no county
        assert posted(town, stix.campaign("green", named["id"])) == FED


def test_what_points_at_a_hidden_thing_is_hidden(town):
    """G6."""
    end, secret = stix.campaign("clear"), stix.indicator("red")
    rel = stix.relationship(end["id"], secret["id"], "clear")
    assert posted(town, rel, end, secret) == {"f1"}


def test_an_end_that_its_author_cannot_read_adds_nothing(town):
    """G6: no oracle."""
    end, secret = stix.campaign("clear"), stix.indicator("red")
    town.f1.post(town.k, end, secret)
    rel = stix.relationship(end["id"], secret["id"], "clear")
    assert posted(town, rel, by="plat") == ALL


def test_carried_audiences_carry_theirs(town):
    """G6: a note on a relationship that points at a RED object."""
    end, secret = stix.campaign("clear"), stix.indicator("red")
    rel = stix.relationship(end["id"], secret["id"], "clear")
    assert posted(town, stix.note([rel["id"]], "clear"), rel, end, secret) == {"f1"}


@pytest.mark.parametrize("make", [
    lambda i: stix.sighting(i, "clear"), lambda i: stix.note([i], "clear"),
    lambda i: stix.opinion([i], "clear")], ids=["sighting", "note", "opinion"])
def test_whatever_points_carries(town, make):
    """G6."""
    secret = stix.indicator("red")
    assert posted(town, make(secret["id"]), secret) == {"f1"}


def test_an_end_that_comes_later_is_carried_from_then_on(town):
    """G6: from the same contributor, readable by the author of the pointing object."""
    secret = stix.campaign("red")
    note = stix.note([secret["id"]], "clear")
    assert posted(town, note) == ALL
    town.f1.post(town.k, secret)
    assert town.readers(note["id"]) == {"f1"}


def test_a_newer_version_of_an_end_changes_nothing(town):
    """G6, G8."""
    end = stix.campaign("green")
    note = stix.note([end["id"]], "clear")
    assert posted(town, note, end) == ALL
    town.f1.post(town.k, stix.campaign("red", id=end["id"], modified=5))
    assert town.readers(note["id"]) == ALL


def test_a_report_may_not_list_what_is_stricter_and_the_refusal_names_it(town):
    """G7."""
    content = stix.indicator("amber")
    town.f1.post(town.k, content)
    words = town.f1.refused(town.k, stix.report([content["id"]], "clear"))
    assert content["id"] in words


@pytest.mark.parametrize("container", ["report", "grouping"])
def test_content_of_the_same_submission_counts(town, container):
    """G7."""
    content = stix.indicator("amber")
    holder = getattr(stix, container)([content["id"]], "green")
    status = town.f1.try_post(town.k, holder, content)
    assert [f["id"] for f in status["failures"]] == [holder["id"]]


def test_a_report_without_the_audience_of_its_content_is_refused(town):
    """G7: a named audience that the container lacks."""
    named = stix.audience(town.org["fed"], jurisdictions=["us-39"])
    content = stix.indicator("green", named["id"])
    town.f1.post(town.k, named, content)
    town.f1.refused(town.k, stix.report([content["id"]], "green"))
    assert posted(town, stix.report([content["id"]], "green", named["id"])) == \
        FED | {"ohio", "county"}


def test_content_that_the_submitter_cannot_read_never_refuses(town):
    """G7: no oracle."""
    content = stix.indicator("red")
    town.f1.post(town.k, content)
    assert posted(town, stix.report([content["id"]], "clear"), by="plat") == ALL


def test_unmarked_content_never_refuses(town):
    """G7: content that carries an explicit marking."""
    content = stix.indicator()
    assert posted(town, stix.report([content["id"]], "clear"), content) == ALL


def test_a_marking_of_unknown_id_stays_at_home(town):
    """G5."""
    assert posted(town, stix.campaign("clear", stix.new_id("marking-definition"))) == FED


def test_an_audience_defined_by_somebody_else_stays_at_home(town):
    """G5: definitions count from the entry's own contributor."""
    named = stix.audience(town.org["fed"], sectors=["platform", "federal", "state", "local"])
    town.f1.post(town.k, named)
    assert posted(town, stix.campaign("green", named["id"]), by="plat") == {"p1", "plat"}


def test_a_statement_does_not_restrict_whoever_made_it(town):
    """G5."""
    words = stix.statement(object_marking_refs=[stix.TLP["clear"]])
    town.plat.post(town.k, words)
    assert posted(town, stix.campaign("clear", words["id"])) == ALL


def test_posted_again_with_its_definition_an_object_leaves_home(town):
    """G5, L2."""
    named = stix.audience(town.org["fed"], sectors=["platform"])
    thing = stix.campaign("green", named["id"])
    assert posted(town, thing) == FED
    assert posted(town, thing, named) == FED | {"plat", "p1"}


def test_the_ids_of_tlp_cannot_be_redefined(town):
    """G5."""
    forged = stix.audience(town.org["fed"], id=stix.TLP["red"], sectors=["platform"])
    town.f1.try_post(town.k, forged)
    assert posted(town, stix.campaign("red")) == {"f1"}


@pytest.mark.parametrize("label", ["clear", "green", "amber", "red"])
def test_tlp_1_reads_as_tlp_2(town, label):
    """G3: WHITE is CLEAR."""
    want = {"clear": ALL, "green": ALL, "amber": HOLDERS, "red": {"f1"}}[label]
    assert posted(town, stix.campaign(stix.TLP1[label])) == want


def test_amber_strict_reads_like_amber(town):
    """G3, in both spellings."""
    assert posted(town, stix.campaign("amber+strict")) == HOLDERS
    spelled = stix.statement("TLP:AMBER+STRICT", id=stix.OPENCTI_STRICT, name="TLP:AMBER+STRICT",
                             x_opencti_definition_type="TLP",
                             x_opencti_definition="TLP:AMBER+STRICT")
    town.f1.try_post(town.k, spelled)
    assert posted(town, stix.campaign(stix.OPENCTI_STRICT)) == HOLDERS


def test_an_older_version_stays_readable_when_the_newer_is_red(town):
    """L7, G8."""
    old = stix.campaign("amber", name="old")
    new = stix.campaign("red", id=old["id"], modified=9, name="new")
    town.f1.post(town.k, old)
    town.f1.post(town.k, new)
    for who, name in ((town.plat, "old"), (town.f2, "old"), (town.f1, "new")):
        assert [o["name"] for o in who.object(town.k, old["id"]).json()["objects"]] == [name]
    assert town.plat.versions(town.k, old["id"]).json() == {"versions": [old["modified"]]}


def test_a_platform_may_post_the_id_of_a_hidden_object_as_its_own(town):
    """L6: its readers get its own; who holds both gets the earlier contributor's."""
    secret = stix.campaign("red", name="of fed")
    town.f1.post(town.k, secret)
    town.plat.post(town.k, stix.campaign("amber", id=secret["id"], name="of plat"))
    for who, name in ((town.ohio, "of plat"), (town.f2, "of plat"), (town.f1, "of fed")):
        assert [o["name"] for o in who.object(town.k, secret["id"]).json()["objects"]] == [name]


def test_the_lineage_of_the_named_creator_comes_first(town):
    """L6: a foreign created_by_ref gains nothing."""
    id = stix.new_id("campaign")
    town.plat.post(town.k, stix.campaign("green", id=id, created_by_ref=town.org["fed"],
                                         name="of plat"))
    assert town.ohio.object(town.k, id).json()["objects"][0]["name"] == "of plat"
    town.f1.post(town.k, stix.campaign("green", id=id, created_by_ref=town.org["fed"],
                                       name="of fed"))
    assert town.ohio.object(town.k, id).json()["objects"][0]["name"] == "of fed"


def test_the_publisher_of_record_comes_before_the_earliest(town):
    """L6."""
    k = town.collection("of record", read=("fed", "plat", "ohio"), write=("fed", "plat"),
                        publisher=town.org["fed"])
    id = stix.new_id("campaign")
    town.plat.post(k, stix.campaign("green", id=id, name="of plat"))
    town.f1.post(k, stix.campaign("green", id=id, name="of fed"))
    assert town.ohio.object(k, id).json()["objects"][0]["name"] == "of fed"
    town.x.run("collection", "edit", k, "--publisher", town.org["plat"])
    assert town.ohio.object(k, id).json()["objects"][0]["name"] == "of plat"


def test_equal_json_is_a_duplicate_and_other_json_fails(town):
    """L2: member order and white space aside; numbers compared by their text."""
    thing = stix.campaign("green", x_number=1)
    town.f1.post(town.k, thing)
    first = town.f1.manifest(town.k, id=thing["id"]).json()
    turned = json.dumps(dict(reversed(thing.items())), indent=2)
    answer = town.f1.post_text(town.k, '{"objects": [' + turned + "]}")
    assert answer.json()["success_count"] == 1
    assert town.f1.manifest(town.k, id=thing["id"]).json() == first, "date_added never moves"
    for other in (thing | {"x_number": 1.0}, thing | {"name": "other"}):
        assert "modified" in town.f1.refused(town.k, other)
    assert town.f2.refused(town.k, thing | {"name": "a colleague's"})


def test_an_object_without_a_version_gets_a_new_one_instead(town):
    """L2."""
    thing = stix.domain("versions.example", "green")
    town.f1.post(town.k, thing)
    town.f1.post(town.k, thing)
    assert len(town.f1.versions(town.k, thing["id"]).json()["versions"]) == 1
    town.f1.post(town.k, thing | {"x_seen": 2})
    assert len(town.f1.versions(town.k, thing["id"]).json()["versions"]) == 2
    assert town.plat.object(town.k, thing["id"]).json()["objects"][0]["x_seen"] == 2


def test_the_clear_of_a_public_collection_is_read_by_anyone(own_town):
    """G2: the anonymous, and members without a grant, read just so: ceiling CLEAR, in no list."""
    t = own_town
    open_k = t.collection("open", read=("fed", "plat"), write=("fed",), public=True)
    named = stix.audience(t.org["fed"], organizations=[t.org["out"]])
    things = {label: stix.campaign(label) for label in ("clear", "green", "amber", "red")}
    listed = stix.campaign("clear", named["id"])
    t.f1.post(open_k, named, listed, *things.values())
    for who in (t.nobody, t.out, t.ohio):
        assert who.ids(open_k) == [things["clear"]["id"]]
    assert set(t.plat.ids(open_k)) == {things[x]["id"] for x in ("clear", "green", "amber")}


def test_over_taxii_a_collection_must_be_held_to_read_ones_own(town):
    """G2; on the command line one's own things need no grant."""
    k = town.collection("drop", write=("fed",), read=("plat",))
    thing = stix.campaign("amber")
    town.f1.post(k, thing)
    check_error(town.f1.objects(k), (403, 404))
    assert town.plat.reads(k, thing["id"])
    town.x.run("show", thing["id"], "--as", town.org["fed"])


def test_a_carried_clause_asks_for_its_own_collection(town):
    """G6: the clause of an end names the collection it lies in."""
    closed = town.collection("closed", read=("fed",), write=("fed",))
    end = stix.campaign("green")
    town.f1.post(closed, end)
    assert posted(town, stix.note([end["id"]], "green")) == FED


@pytest.mark.parametrize("role,may", [("publisher", True), ("member", False), ("observer", False),
                                      ("steward", False), ("admin", False)])
def test_roles_decide_who_posts_and_add_no_reading(town, role, may):
    """G9, B3."""
    email = role + "@roles.example"
    town.x.person(town.org["fed"], email, [role])
    client = town.client(token=town.x.token(town.org["fed"], role, person=email)[1])
    answer = client.post_text(town.k, stix.envelope(stix.campaign("green")))
    assert answer.status_code == (202 if may else 403), answer.text
    thing = stix.campaign("red")
    town.f1.post(town.k, thing)
    assert not client.reads(town.k, thing["id"])
    mine = next(c for c in client.collections() if c["id"] == town.k)
    assert (mine["can_read"], mine["can_write"]) == (True, may)


def test_the_steward_reads_nothing_for_administering(town):
    """Rule of B3: no reading right from it."""
    secrets = [v for v in json.dumps(town.made).split('"') if len(v) > 30]
    steward = town.client(token=town.made.get("secret") or secrets[-1])
    answer = steward.objects(town.k)
    check_error(answer, 404)


def test_a_read_only_token_does_not_write(town):
    """G9."""
    client = town.client(token=town.x.token(town.org["fed"], "ro", read_only=True)[1])
    check_error(client.post_text(town.k, stix.envelope(stix.campaign("green"))), 403)
    assert client.objects(town.k).status_code == 200


def test_a_narrowed_token_knows_no_other_collection(town):
    """G9: as if its organization held only these."""
    other = town.collection("other", read=("fed",), write=("fed",))
    client = town.client(token=town.x.token(town.org["fed"], "n", collections=[town.k])[1])
    check_error(client.objects(other), 404)
    assert client.objects(town.k).status_code == 200
    assert {c["id"] for c in client.collections()} >= {town.k}
    assert other not in {c["id"] for c in client.collections()}


def test_a_persons_token_is_that_person_and_an_organizations_is_not(town):
    """Words of the log: a token made for a person is that person."""
    second = town.client(token=town.x.token(town.org["fed"], "f1 too",
                                            person="f1@example.org")[1])
    thing = stix.campaign("red")
    town.f1.post(town.k, thing)
    assert second.reads(town.k, thing["id"])
    by_token = stix.campaign("red")
    town.fed.post(town.k, by_token)
    assert town.readers(by_token["id"]) == {"fed"}


def test_somebody_with_two_organizations_is_another_actor_in_each(town):
    """B1, S12: what one reads is never a union; Basic cannot say for whom, and is told so."""
    town.x.person(town.org["fed"], "two@example.org", ["publisher"], "a good password")
    town.x.run("person", "add", "--org", town.org["plat"], "--email", "two@example.org", "--name",
               "two", "--role", "publisher", "--password-stdin", stdin="a good password\n")
    clients = [town.client(token=town.x.token(town.org[o], "two", person="two@example.org")[1])
               for o in ("fed", "plat")]
    thing = stix.campaign("red")
    clients[0].post(town.k, thing)
    assert [c.reads(town.k, thing["id"]) for c in clients] == [True, False]
    basic = town.client(basic=("two@example.org", "a good password"))
    words = check_error(basic.objects(town.k), 403)
    assert "token" in json.dumps(words).lower()


def test_members_are_entries_of_the_built_in_collection(town):
    """L11: so that created_by_ref resolves; people are not in it."""
    members = next(c for c in town.plat.collections() if c["title"].lower() == "members")
    ids = town.plat.ids(members["id"])
    assert set(town.org.values()) <= set(ids)
    assert not set(town.person.values()) & set(ids)
    assert stix.TLP["green"] in ids
    assert town.out.ids(members["id"]) == ids


def test_whoever_was_not_called_yet_reads_up_to_their_own_ceiling(own_town):
    """B12, G1: by no way anything above it, not what is their office's own and not RED that names
    them; once somebody has called them, as everybody of their office."""
    town, email = own_town, "f3@example.org"
    f3 = town.x.person(town.org["fed"], email, ["publisher"], ceiling="green")
    town.tokens["f3"] = town.x.token(town.org["fed"], "of f3", person=email)
    green, amber = stix.campaign("green"), stix.campaign("amber")
    named = stix.audience(town.org["fed"], people=[f3])
    red = stix.campaign("red", named["id"])
    town.f1.post(town.k, green, amber, named, red)
    told = {id: town.f3.reads(town.k, id) for id in (green["id"], amber["id"], red["id"])}
    assert told == {green["id"]: True, amber["id"]: False, red["id"]: False}
    hidden, absent = (town.f3.object(town.k, id) for id in
                      (amber["id"], "campaign--00000000-0000-4000-8000-000000000000"))
    check_error(hidden, 404)
    check_error(absent, 404)
    town.x.run("person", "confirm", email)
    assert all(town.f3.reads(town.k, id) for id in (green["id"], amber["id"], red["id"]))
