"""STIX objects for the tests: valid, small, and distinct."""

import json
import random
import uuid

TLP = {
    "clear": "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    "green": "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "amber": "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "amber+strict": "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    "red": "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}
TLP1 = {
    "clear": "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",
    "green": "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da",
    "amber": "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
    "red": "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed",
}
OPENCTI_STRICT = "marking-definition--826578e1-40ad-459f-bc73-ede076f81f37"
AUDIENCE_EXTENSION = "extension-definition--1c8ccade-bbc7-4bc2-bcbf-90b15c58db60"
SCO_NAMESPACE = uuid.UUID("00abedb4-aa42-466c-9c23-fed01a23d9cc")
DAY = "2026-03-01T00:00:00.000Z"


def new_id(kind, dice=None):
    bits = (dice or random).getrandbits(128)
    return f"{kind}--{uuid.UUID(int=bits, version=4)}"


def at(second):
    """A time, `second` seconds into the day the tests play on."""
    return f"2026-03-01T{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}.000Z"


def refs(markings):
    """Labels by name, other markings by id."""
    return [TLP.get(m, m) for m in markings]


def sdo(kind, markings=(), id=None, modified=0, dice=None, **more):
    out = {"type": kind, "spec_version": "2.1", "id": id or new_id(kind, dice), "created": at(0),
           "modified": at(modified)}
    if kind == "indicator":
        out |= {"pattern": "[domain-name:value = 'vote.example']", "pattern_type": "stix",
                "valid_from": DAY, "indicator_types": ["malicious-activity"]}
    if kind == "malware":
        out |= {"is_family": False, "malware_types": ["trojan"]}
    if kind not in ("indicator", "relationship", "sighting", "note", "opinion"):
        out |= {"name": "a name"}
    if markings:
        out["object_marking_refs"] = refs(markings)
    return out | more


def campaign(*markings, **more):
    return sdo("campaign", markings, **more)


def indicator(*markings, **more):
    return sdo("indicator", markings, **more)


def relationship(source, target, *markings, **more):
    return sdo("relationship", markings, relationship_type="related-to", source_ref=source,
               target_ref=target, **more)


def sighting(of, *markings, **more):
    return sdo("sighting", markings, sighting_of_ref=of, **more)


def note(about, *markings, **more):
    return sdo("note", markings, content="a word", object_refs=list(about), **more)


def opinion(about, *markings, **more):
    return sdo("opinion", markings, opinion="agree", object_refs=list(about), **more)


def report(content, *markings, **more):
    return sdo("report", markings, published=DAY, report_types=["campaign"],
               object_refs=list(content), **more)


def grouping(content, *markings, **more):
    return sdo("grouping", markings, context="suspicious-activity", object_refs=list(content),
               **more)


def domain(value, *markings, **more):
    key = json.dumps({"value": value}, separators=(",", ":"))
    out = {"type": "domain-name", "spec_version": "2.1",
           "id": f"domain-name--{uuid.uuid5(SCO_NAMESPACE, key)}", "value": value}
    if markings:
        out["object_marking_refs"] = refs(markings)
    return out | more


def old_campaign(*markings, **more):
    """STIX 2.0: no spec_version."""
    out = campaign(*markings, **more)
    del out["spec_version"]
    return out


def statement(text="(c) the office", **more):
    return {"type": "marking-definition", "spec_version": "2.1",
            "id": new_id("marking-definition"), "created": DAY, "definition_type": "statement",
            "definition": {"statement": text}} | more


def audience(org, dice=None, id=None, name="an audience", markings=(), **lists):
    """A named audience (G4)."""
    out = {"type": "marking-definition", "spec_version": "2.1",
           "id": id or new_id("marking-definition", dice), "created_by_ref": org, "created": DAY,
           "name": name,
           "extensions": {AUDIENCE_EXTENSION: {"extension_type": "property-extension", **lists}}}
    if markings:
        out["object_marking_refs"] = refs(markings)
    return out


def granular(label, *selectors):
    return {"marking_ref": TLP.get(label, label), "selectors": list(selectors)}


def envelope(*things):
    return json.dumps({"objects": list(things)})


def bundle(*things):
    return json.dumps({"type": "bundle", "id": new_id("bundle"), "objects": list(things)})
