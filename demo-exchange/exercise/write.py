"""Writes the whole exercise into a world, chapter by chapter, in the order in which it refers."""

import json

from . import briefings, campaigns, cast, field, indicators, reference
from .stix import Clock, World

CHAPTERS = (reference, campaigns, indicators, field, briefings)


def whole(seed, now, names):
    world = World(seed, Clock(now), names)
    for chapter in CHAPTERS:
        chapter.write(world)
    return world


def bundle(world, batch):
    made = {"type": "bundle", "id": world.ids.of("bundle", batch.name)}
    if batch.spec == "2.0":
        made["spec_version"] = "2.0"
    return {**made, "objects": batch.objects}


def save(world, folder):
    """One bundle per batch; returns (batch, path) in the order in which they are to go in."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for number, batch in enumerate(world.log.batches.values()):
        path = folder / f"{number:02d}-{batch.name}.json"
        text = json.dumps(bundle(world, batch), ensure_ascii=False, indent=1)
        path.write_text(text + "\n", encoding="utf-8")
        written.append((batch, path))
    return written


def definition(names, audience, created):
    """The marking definition of a named audience, as the exchange itself would write it."""
    lists = {"organizations": [names.org(o) for o in audience.orgs],
             "people": [names.person(p) for p in audience.people],
             "sectors": list(audience.sectors), "jurisdictions": list(audience.jurisdictions)}
    extension = {"extension_type": "property-extension"}
    extension.update({key: value for key, value in lists.items() if value})
    return {
        "type": "marking-definition", "spec_version": "2.1", "id": names.audience(audience.key),
        "created_by_ref": names.org(audience.org), "created": created, "name": audience.name,
        "extensions": {cast.AUDIENCE_EXTENSION: extension}}
