"""The model itself against the worked examples: a model that is wrong proves nothing."""

import json

import pytest

import objects as stix
from model import Collection, Model, Org, Reader

FED = Org("identity--fed", "Fed", "federal", ("us",))
PLAT = Org("identity--plat", "Plat", "platform", ())
OHIO = Org("identity--ohio", "Ohio", "state", ("us-39",))
COUNTY = Org("identity--county", "County", "local", ("us-39-c035",))
LOW = Org("identity--low", "Low", "vendor", (), "green")
OUT = Org("identity--out", "Out", "research", ())
READERS = [Reader("F1", FED, person="p-f1", roles=("publisher",)),
           Reader("F2", FED, person="p-f2", roles=("publisher",)),
           Reader("P1", PLAT, person="p-p1", roles=("publisher",)),
           *[Reader(o.name, o, token="token--" + o.name) for o in (PLAT, OHIO, COUNTY, LOW, OUT)]]
K = Collection("k", "K")


@pytest.fixture
def model():
    made = Model()
    for org in (FED, PLAT, OHIO, COUNTY, LOW):
        made.grants[K.id, org.id] = (True, True)
    return made


def post(model, by, *things):
    reader = next(r for r in READERS if r.name == by)
    return model.post(reader, K, things, [json.dumps(t) for t in things])


def readers(model, thing):
    return {r.name for r in READERS
            if any(e.id == thing["id"] for e in model.select(r, K))}


def named(**lists):
    return stix.audience(FED.id, **lists)


P1 = named(people=["p-p1"])
PLATFORM = named(organizations=[PLAT.id])
IN_OHIO = named(jurisdictions=["us-39"])
LOCAL = named(sectors=["local"])
HOME = {"F1", "F2"}
ALL = HOME | {"P1", "Plat", "Ohio", "County", "Low"}


@pytest.mark.parametrize("thing,with_it,want", [
    (stix.campaign(), (), ALL - {"Low"}),
    (stix.campaign("clear", granular_markings=[stix.granular("red", "name")]), (), {"F1"}),
    (stix.campaign("red", P1["id"]), (P1,), {"F1", "P1"}),
    (stix.campaign("red", PLATFORM["id"]), (PLATFORM,), {"F1"}),
    (stix.campaign("green", IN_OHIO["id"]), (IN_OHIO,), HOME | {"Ohio", "County"}),
    (stix.campaign("green", IN_OHIO["id"], LOCAL["id"]), (IN_OHIO, LOCAL), HOME | {"County"}),
    (stix.campaign("clear", stix.new_id("marking-definition")), (), HOME),
], ids=["unmarked", "granular", "red+person", "red+org", "state", "both", "unknown"])
def test_the_model_reads_labels_as_the_worked_examples_do(model, thing, with_it, want):
    """G1, G3, G4, G5."""
    assert post(model, "F1", *with_it, thing) == set()
    assert readers(model, thing) == want


def test_the_model_hides_what_points_at_hidden_things(model):
    """G6."""
    end, secret = stix.campaign("clear"), stix.indicator("red")
    ours, theirs = (stix.relationship(end["id"], secret["id"], "clear") for _ in range(2))
    post(model, "F1", ours, end, secret)
    post(model, "Plat", theirs)
    assert readers(model, ours) == {"F1"}
    assert readers(model, theirs) == ALL


def test_the_model_refuses_what_contains_stricter_things(model):
    """G7."""
    content = stix.indicator("amber")
    report = stix.report([content["id"]], "clear")
    assert post(model, "F1", report, content) == {report["id"]}


def test_the_model_keeps_versions_and_lineages_apart(model):
    """L6, L7, G8."""
    old = stix.campaign("amber")
    new = old | {"modified": stix.at(5), "object_marking_refs": [stix.TLP["red"]]}
    post(model, "F1", old)
    post(model, "F1", new)
    last = {r.name: [e.version for e in model.select(r, K)] for r in READERS[:3]}
    assert last == {"F1": [stix.at(5)], "F2": [stix.at(0)], "P1": [stix.at(0)]}
    secret = stix.campaign("red", name="of fed")
    post(model, "F1", secret)
    assert post(model, "Plat", secret | {"name": "of plat",
                                         "object_marking_refs": [stix.TLP["amber"]]}) == set()
    seen = {r.name: model.select(r, K, ids=[secret["id"]])[0].thing["name"] for r in READERS[:4]}
    assert seen == {"F1": "of fed", "F2": "of plat", "P1": "of plat", "Plat": "of plat"}


def test_the_model_deletes_as_it_should(model):
    """L8."""
    seen, secret = stix.campaign("green"), stix.campaign("red")
    post(model, "F1", seen, secret)
    f1, f2, p1 = READERS[:3]
    assert model.delete(p1, K, seen["id"]) == 403
    assert model.delete(p1, K, secret["id"]) == 404
    assert model.delete(f2, K, secret["id"]) == 404
    assert model.delete(f2, K, seen["id"]) == 200
    assert model.delete(f1, K, seen["id"]) == 404
