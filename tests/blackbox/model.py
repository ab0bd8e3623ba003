"""Who may read what: rules G1 to G9, L2 and L6 to L8, as slowly and plainly as they can be said.

The model keeps every entry in one list and asks each rule of each entry. It shares nothing with the
program. Where the rules leave a choice open, the object is noted in `unsure` and not compared.
"""

import json
from dataclasses import dataclass, field

from objects import AUDIENCE_EXTENSION, OPENCTI_STRICT, TLP, TLP1

LABELS = ["clear", "green", "amber", "amber+strict", "red"]
LABEL_OF = ({v: k for k, v in TLP.items()} | {v: k for k, v in TLP1.items()} |
            {OPENCTI_STRICT: "amber+strict"})
POINTERS = {"relationship": ("source_ref", "target_ref"), "sighting": ("sighting_of_ref",),
            "note": ("object_refs",), "opinion": ("object_refs",)}
CONTAINERS = ("report", "grouping")


def strictness(label):
    return LABELS.index(label)


def within(label, ceiling):
    """G3: AMBER+STRICT reads like AMBER."""
    level = {"clear": 0, "green": 1, "amber": 2, "amber+strict": 2, "red": 3}
    return level[label] <= level[ceiling]


def place_within(place, area):
    """G4: by whole parts; `us` holds `us-39` holds `us-39-c035`."""
    return place.split("-")[:len(area.split("-"))] == area.split("-")


@dataclass(eq=False)
class Org:
    id: str
    name: str
    sector: str
    jurisdictions: tuple
    ceiling: str = "red"
    suspended: bool = False


@dataclass(eq=False)
class Reader:
    """A person for an organization, a token, a bare organization (command line), or nobody."""
    name: str
    org: Org = None
    person: str = None
    own: str = "red"  # B12: a person's own ceiling, above every way to read
    roles: tuple = ()
    token: str = None
    read_only: bool = False
    collections: tuple = None
    how: dict = field(default_factory=dict)  # how to sign in

    def actor(self):
        if self.person:
            return ("person", self.person, self.org.id)  # B1: for one organization
        return ("token", self.token) if self.token else None

    def may_publish(self):
        if self.org is None or self.read_only:
            return False
        return "publisher" in self.roles if self.person else self.token is not None


@dataclass(eq=False)
class Collection:
    id: str
    title: str
    default: str = "amber"
    public: bool = False
    publisher: Org = None


@dataclass(eq=False)
class Named:
    """A named audience: the definition as its contributor posted it."""
    id: str
    organizations: tuple = ()
    people: tuple = ()
    tokens: tuple = ()
    sectors: tuple = ()
    jurisdictions: tuple = ()
    roles: tuple = ()

    def names(self, reader):
        return bool((reader.person and reader.person in self.people) or
                    (reader.token and reader.token in self.tokens))

    def admits(self, reader):
        if self.names(reader) or reader.org.id in self.organizations:
            return True
        if not (self.sectors or self.jurisdictions or self.roles):
            return False
        if self.sectors and reader.org.sector not in self.sectors:
            return False
        if self.jurisdictions and not any(place_within(p, a) for p in reader.org.jurisdictions
                                          for a in self.jurisdictions):
            return False
        return not self.roles or bool(set(self.roles) & set(reader.roles))


NOBODY = Named("nobody")  # G5: what is not understood stays at home


@dataclass(frozen=True)
class Clause:
    collection: Collection
    label: str
    contributor: Org
    author: tuple
    named: frozenset


@dataclass(eq=False)
class Entry:
    number: int
    collection: Collection
    contributor: Org
    author: Reader
    thing: dict
    text: str
    clause: Clause
    clauses: set
    awaited: set = field(default_factory=set)
    lacks_definition: bool = False
    live: bool = True
    born: int = 0  # number of the first entry of these bytes, for what has no version of its own

    @property
    def id(self):
        return self.thing["id"]

    @property
    def version(self):
        return self.thing.get("modified") or self.thing.get("created")

    def order_as_end(self):
        """The newest version; of two entries of one version, the earlier (L2, G6)."""
        return (self.version or "", "" if self.version else self.born, -self.number)

    def order(self):
        """Versions of one id in their order; without one, that of the log (L2)."""
        return (self.version or "", self.born, self.number)

    @property
    def spec(self):
        if "spec_version" in self.thing:
            return self.thing["spec_version"]
        return "2.0" if "created" in self.thing else "2.1"  # L4

    def definition(self):
        """The named audience that this marking definition is, or None."""
        ext = self.thing.get("extensions", {}).get(AUDIENCE_EXTENSION)
        return ext if self.thing["type"] == "marking-definition" else None


class Model:
    def __init__(self):
        self.entries = []
        self.grants = {}   # (collection id, whom) -> [read, write]
        self.named = {}    # (org id, marking id) -> Named
        self.orgs = []
        self.unsure = set()

    # What a reader holds.

    def rights(self, reader, collection):
        """(read, write) by grants, in the words of G2 and G9."""
        org = reader.org
        if org is None or org.suspended:
            return False, False
        if reader.collections is not None and collection.id not in reader.collections:
            return False, False
        whom = (org.id, "all", "sector:" + org.sector)
        held = [self.grants.get((collection.id, w), (False, False)) for w in whom]
        return any(h[0] for h in held), any(h[1] for h in held) and reader.may_publish()

    def holds(self, reader, collection):
        if self.rights(reader, collection)[0]:
            return "read"
        return "public" if collection.public else "nothing"

    # G1.

    def clause_holds(self, clause, reader):
        held = self.holds(reader, clause.collection)
        if reader.org is None:
            return held == "public" and clause.label == "clear" and not clause.named
        if reader.org.suspended or not within(clause.label, reader.own):
            return False
        if clause.contributor is reader.org and clause.label != "red":
            return True                                                     # a
        if clause.label == "red" and clause.author and clause.author == reader.actor():
            return True                                                     # b
        if held == "public":
            return clause.label == "clear" and not clause.named
        if held != "read" or not within(clause.label, reader.org.ceiling):
            return False
        if NOBODY in clause.named or not all(n.admits(reader) for n in clause.named):
            return False
        if clause.label == "red":
            return bool(clause.named) and all(n.names(reader) for n in clause.named)
        return True                                                         # c

    def may_read(self, reader, entry):
        return entry.live and all(self.clause_holds(c, reader) for c in entry.clauses)

    # Choosing among what may be read.

    def lineage(self, entries):
        """L6: the one lineage that a reader of all these gets; all of one id and collection."""
        by_org = {}
        for e in sorted(entries, key=lambda e: e.number):
            by_org.setdefault(e.contributor.id, []).append(e)
        for mine in by_org.values():
            if any(e.thing.get("created_by_ref") == e.contributor.id for e in mine):
                return mine
        publisher = entries[0].collection.publisher
        if publisher is not None and publisher.id in by_org:
            return by_org[publisher.id]
        return next(iter(by_org.values()), [])

    def page_source(self, reader, collection):
        """What the collection holds for this reader before filters, in the order of the log."""
        mine = {}
        for e in self.entries:
            if e.collection is collection and self.may_read(reader, e):
                mine.setdefault(e.id, []).append(e)
        out = []
        for entries in mine.values():
            seen = set()
            for e in self.lineage(entries):
                key = e.version or e.born
                if key not in seen:  # L2: a reader of both gets the earlier
                    seen.add(key)
                    out.append(e)
        return sorted(out, key=lambda e: e.number)

    def select(self, reader, collection, ids=None, types=None, specs=None, versions=("last",),
               after=0):
        """L7: last and the newest spec_version are among what the other filters leave."""
        left = [e for e in self.page_source(reader, collection)
                if e.number > after and (not ids or e.id in ids)
                and (not types or e.thing["type"] in types)
                and (not specs or e.spec in specs)]
        out = []
        for id in {e.id for e in left}:
            mine = [e for e in left if e.id == id]
            if not specs:
                newest = max(e.spec for e in mine)
                mine = [e for e in mine if e.spec == newest]
            mine.sort(key=Entry.order)
            if "all" in versions:
                out += mine
                continue
            wanted = [e for e in mine if e.version in versions]
            wanted += mine[:1] if "first" in versions else []
            wanted += mine[-1:] if "last" in versions else []
            out += {e.number: e for e in wanted}.values()
        return sorted(out, key=lambda e: e.number)

    def listed_by_command(self, reader):
        """Ids for `tocsin list`: every collection, one's own things too."""
        return {e.id for e in self.entries if self.may_read(reader, e)}

    def exported(self, org):
        """Newest of what the organization may read, less RED and STRICT, own or carried (G3)."""
        reader = Reader("bare", org)
        newest = {}
        for e in self.entries:
            if self.may_read(reader, e):
                newest.setdefault(e.id, []).append(e)
        out, doubtful = set(), set()
        for id, entries in newest.items():
            barred = [any(c.label in ("red", "amber+strict") for c in e.clauses) for e in entries]
            if not any(barred):
                out.add(id)
            elif not all(barred):
                doubtful.add(id)  # newest first or barred first: versions differ
        return out, doubtful

    # Writing.

    def resolve_markings(self, author, thing, collection, submission):
        """G3, G5: label, named audiences, whether a definition was missing."""
        refs = list(thing.get("object_marking_refs", []))
        refs += [g["marking_ref"] for g in thing.get("granular_markings", []) if "marking_ref" in g]
        labels, named, missing = [], set(), False
        if not any(r in LABEL_OF for r in thing.get("object_marking_refs", [])):
            labels.append(collection.default)
        for ref in refs:
            if ref in LABEL_OF:
                labels.append(LABEL_OF[ref])
            elif (author.org.id, ref) in self.named and self.knows(author, ref, submission):
                named.add(self.named[author.org.id, ref])
            elif self.is_statement(author, ref, submission):
                pass
            else:
                named.add(NOBODY)
                missing = True
        return max(labels, key=strictness), frozenset(named), missing

    def knows(self, author, ref, submission):
        """G5: whose definition it is; those made on the command line are GREEN."""
        held = [e for e in self.entries if e.id == ref and e.contributor is author.org]
        return (any(t["id"] == ref for t in submission) or
                any(self.may_read(author, e) for e in held) or
                (not held and within("green", author.own)))

    def is_statement(self, author, ref, submission):
        if any(t["id"] == ref and t.get("definition_type") == "statement" for t in submission):
            return True
        return any(e.id == ref and e.thing.get("definition_type") == "statement"
                   and self.may_read(author, e) for e in self.entries)

    def learn_definitions(self, author, submission):
        for thing in submission:
            ext = thing.get("extensions", {}).get(AUDIENCE_EXTENSION)
            if thing["type"] == "marking-definition" and ext is not None:
                lists = {k: tuple(v) for k, v in ext.items() if isinstance(v, list)}
                self.named.setdefault((author.org.id, thing["id"]), Named(thing["id"], **lists))

    def post(self, author, collection, things, texts):
        """The submission as a whole; returns the ids that fail."""
        self.learn_definitions(author, things)
        failed, new = set(), []
        for thing, text in zip(things, texts):
            made, fails = self.append(author, collection, thing, text, things)
            if fails:
                failed.add(thing["id"])
            elif made:
                new.append(made)
            else:
                self.doubt_again(author, thing)
        for e in [e for e in new if e.thing["type"] in CONTAINERS]:
            if self.contains_stricter(author, e):
                failed.add(e.id)
                self.entries.remove(e)
                new.remove(e)
        pointing = [e for e in new if e.thing["type"] in POINTERS]
        for e in sorted(pointing, key=lambda e: e.thing["type"] in ("note", "opinion")):
            self.carry_ends(author, e)
        self.arrive(new)
        return failed

    def append(self, author, collection, thing, text, submission):
        label, named, missing = self.resolve_markings(author, thing, collection, submission)
        if thing["type"] == "marking-definition" and (author.org.id, thing["id"]) in self.named:
            named |= {self.named[author.org.id, thing["id"]]}  # G5: by those it admits
        clause = Clause(collection, label, author.org,
                        author.actor() if label == "red" else None, named)
        number = self.entries[-1].number + 1 if self.entries else 1
        entry = Entry(number, collection, author.org, author, thing, text, clause, {clause},
                      lacks_definition=missing, born=0 if "created" in thing else number)
        for old in self.entries:
            if (old.id != entry.id or old.contributor is not author.org
                    or old.version != entry.version or not self.may_read(author, old)):
                continue
            if json.loads(old.text) == json.loads(text):
                healed = old.lacks_definition and not missing
                if old.collection is collection and not healed:
                    return None, False
                entry.born = min(entry.born, old.born)
            elif entry.version is not None:
                return None, True
        self.entries.append(entry)
        return entry, False

    def doubt_again(self, author, thing):
        """L2 or G7: it is there, from a colleague who could not read all that it contains."""
        for e in [e for e in self.entries if e.id == thing["id"] and e.contributor is author.org]:
            if thing["type"] in CONTAINERS and self.contains_stricter(author, e):
                self.unsure.add(e.id)

    def contains_stricter(self, author, container):
        """G7."""
        for ref in container.thing["object_refs"]:
            readable = [e for e in self.entries if e.id == ref and self.may_read(author, e)]
            if not readable:
                continue
            same = [e for e in readable if e.collection is container.collection]
            content = max(self.lineage(same or readable), key=Entry.order)
            if len({(strictness(e.clause.label), e.clause.named) for e in readable}) > 1:
                self.unsure.add(container.id)  # several candidates that differ
            if not (content.thing.get("object_marking_refs")
                    or content.thing.get("granular_markings")):
                continue
            if strictness(content.clause.label) > strictness(container.clause.label):
                return True
            if content.clause.named - container.clause.named:
                return True
        return False

    def ends(self, entry):
        for key in POINTERS[entry.thing["type"]]:
            value = entry.thing.get(key, [])
            yield from [value] if isinstance(value, str) else value

    def carry_ends(self, author, entry):
        """G6: the audience of each end the author could read; others add nothing."""
        for id in self.ends(entry):
            readable = [e for e in self.entries
                        if e.id == id and e is not entry and self.may_read(author, e)]
            if not readable:
                entry.awaited.add(id)
                if any(e.id == id and e.contributor is author.org for e in self.entries):
                    self.unsure.add(entry.id)  # a colleague's: was it there?
                continue
            same = [e for e in readable if e.collection is entry.collection]
            if not same and len({(e.contributor.id, e.collection.id) for e in readable}) > 1:
                self.unsure.add(entry.id)
            end = max(self.lineage(same or readable), key=Entry.order_as_end)
            if end.id in self.unsure:
                self.unsure.add(entry.id)
            entry.clauses |= end.clauses

    def arrive(self, new):
        """G6: an awaited end that comes from the same contributor is carried from then on."""
        for end in new:
            for e in self.entries:
                if (end.id in e.awaited and e is not end and e.contributor is end.contributor
                        and self.may_read(e.author, end)):
                    e.awaited.discard(end.id)
                    e.clauses |= end.clauses
                    self.mark_carriers_unsure(e)

    def mark_carriers_unsure(self, changed):
        for e in self.entries:
            if e.thing["type"] in POINTERS and changed.id in set(self.ends(e)):
                self.unsure.add(e.id)

    def delete(self, reader, collection, id, version=None):
        """L8: the answer's status, after doing it."""
        read, write = self.rights(reader, collection)
        if not (read or write or collection.public):
            return 404
        if not (read and write):
            return 403
        readable = [e for e in self.entries
                    if e.collection is collection and e.id == id and self.may_read(reader, e)]
        mine = [e for e in readable if e.contributor is reader.org
                and (version is None or e.version == version)]
        for e in mine:
            e.live = False
        if mine:
            return 200
        return 403 if readable and not any(e.contributor is reader.org for e in readable) else 404
