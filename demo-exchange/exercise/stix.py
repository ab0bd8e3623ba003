"""How the demo writes STIX 2.1: ids from the seed, times from the day, labels, and batches.

Every id of a domain object is shaped from a hash of (seed, type, key), so that adding an object
never changes the id of another; cyber observables take the deterministic ids of STIX 2.1 s. 2.9.
"""

import hashlib
import json
import random
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta

SCO_NAMESPACE = uuid.UUID("00abedb4-aa42-466c-9c23-fed01a23d9cc")
SCO_ID_PROPERTIES = {
    "autonomous-system": ("number",),
    "domain-name": ("value",),
    "email-addr": ("value",),
    "email-message": ("from_ref", "subject", "body"),
    "file": ("hashes", "name"),
    "ipv4-addr": ("value",),
    "ipv6-addr": ("value",),
    "url": ("value",),
    "user-account": ("account_type", "user_id", "account_login"),
}
TLP = {
    "clear": "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    "green": "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "amber": "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "amber+strict": "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    "red": "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}
LABELS = tuple(TLP)  # from the widest to the strictest
NAME_BY_ID = {marking: label for label, marking in TLP.items()}


class Ids:
    """UUIDs and random generators that depend on the seed and a key alone."""

    def __init__(self, seed):
        self.seed = seed

    def uuid(self, kind, key):
        digest = hashlib.sha256(f"{self.seed}/{kind}/{key}".encode()).digest()
        return str(uuid.UUID(bytes=digest[:16], version=4))

    def of(self, kind, key):
        return f"{kind}--{self.uuid(kind, key)}"

    def dice(self, key):
        return random.Random(f"{self.seed}/{key}")


class Clock:
    """Times relative to the moment the demo is made."""

    def __init__(self, now):
        self.now = now.replace(microsecond=0)

    def ago(self, days, hours=0, minutes=0):
        return self.now - timedelta(days=days, hours=hours, minutes=minutes)

    def ahead(self, days=0, minutes=0):
        return self.now + timedelta(days=days, minutes=minutes)

    def between(self, dice, days_from, days_to):
        """Some moment from days_from ago (the longer ago) to days_to ago, to the millisecond."""
        seconds = dice.uniform(days_to * 86400, days_from * 86400)
        moment = self.now - timedelta(seconds=seconds)
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def stamp(moment: datetime):
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def canonical(value):
    """RFC 8785 for what stands here: text, whole numbers and dictionaries of text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def label_of(thing):
    """The label among an object's markings; the demo marks every object with exactly one."""
    return next(NAME_BY_ID[m] for m in thing["object_marking_refs"] if m in NAME_BY_ID)


@dataclass
class Batch:
    """What one contributor submits to one collection in one import."""

    collection: str
    org: str
    author: str = ""
    spec: str = "2.1"
    objects: list = field(default_factory=list)

    @property
    def name(self):
        parts = [self.collection, self.org, *([self.author] if self.author else [])]
        if self.spec != "2.1":
            parts.append("stix20")
        return "-".join("".join(c if c.isalnum() else "_" for c in p) for p in parts)


class Log:
    """All batches in the order in which they are first asked for."""

    def __init__(self):
        self.batches = {}

    def batch(self, collection, org, author="", spec="2.1"):
        fresh = Batch(collection, org, author, spec)
        return self.batches.setdefault((collection, org, author, spec), fresh)


class Desk:
    """Where one contributor writes objects of one batch: fills in envelope, author and label."""

    def __init__(self, world, batch):
        self.world = world
        self.batch = batch

    def put(self, thing):
        self.batch.objects.append(thing)
        return thing

    def sdo(self, kind, key, label, created, **properties):
        """One domain or relationship object. `audiences` names audiences of this contributor."""
        audiences = properties.pop("audiences", ())
        statements = properties.pop("statements", ())
        marks = [TLP[label], *(self.world.names.audience(a) for a in audiences), *statements]
        thing = {
            "type": kind,
            "spec_version": "2.1",
            "id": self.world.ids.of(kind, key),
            "created_by_ref": self.world.names.org(self.batch.org),
            "created": stamp(created),
            "modified": stamp(created),
            **properties,
            "labels": ["exercise", *properties.get("labels", [])],
            "object_marking_refs": marks,
        }
        return self.put(thing)

    def named(self, kind, key, label, created, **properties):
        """An object whose name a person reads: says EXERCISE first."""
        properties["name"] = "EXERCISE: " + properties["name"]
        return self.sdo(kind, key, label, created, **properties)

    def sco(self, kind, label, audiences=(), **properties):
        """A cyber observable, once per contributor, collection and value."""
        basis = {p: properties[p] for p in SCO_ID_PROPERTIES[kind] if p in properties}
        thing_id = f"{kind}--{uuid.uuid5(SCO_NAMESPACE, canonical(basis))}"
        known = self.world.observables.get((self.batch.name, thing_id))
        if known:
            return known
        marks = [TLP[label], *(self.world.names.audience(a) for a in audiences)]
        thing = {"type": kind, "spec_version": "2.1", "id": thing_id, **properties}
        thing["object_marking_refs"] = marks
        self.world.observables[(self.batch.name, thing_id)] = thing
        return self.put(thing)

    def link(self, source, verb, target, created, why="", **properties):
        """A relationship as strict as the stricter of its ends."""
        label = max(label_of(source), label_of(target), key=LABELS.index)
        if why:
            properties["description"] = "EXERCISE: " + why
        key = f"{self.batch.name}/{source['id']}/{verb}/{target['id']}"
        return self.sdo(
            "relationship", key, label, created, relationship_type=verb,
            source_ref=source["id"], target_ref=target["id"], **properties)

    def revise(self, thing, modified, **changes):
        """A later version of an object of this desk; `revoked=True` withdraws what it said."""
        return self.put({**thing, "modified": stamp(modified), **changes})

    def container(self, kind, key, created, contents, **properties):
        """A report or grouping no wider than what it holds, by label and by named audience."""
        label = max((label_of(c) for c in contents), key=LABELS.index)
        label = max(label, properties.pop("label", label), key=LABELS.index)
        refs = list(dict.fromkeys(c["id"] for c in contents))
        named = {m for c in contents for m in c["object_marking_refs"]}
        properties["audiences"] = [key for key, marking in self.world.names.audience_ids.items()
                                   if marking in named]
        return self.named(kind, key, label, created, object_refs=refs, **properties)


class World:
    """Everything the chapters share: who is who, the clock, the ids, what was written so far."""

    def __init__(self, seed, clock, names):
        self.ids = Ids(seed)
        self.clock = clock
        self.names = names
        self.log = Log()
        self.observables = {}
        self.known = {}

    def desk(self, collection, org, author="", spec="2.1"):
        return Desk(self, self.log.batch(collection, org, author, spec))

    def keep(self, key, thing):
        """Remembers an object that another chapter points at."""
        self.known[key] = thing
        return thing

    def get(self, key):
        return self.known[key]
