"""Random worlds: organizations, people, tokens, collections, objects and changes, from a seed.

A world does everything twice: to the program, and to the model.
"""

import json
import random

import objects as stix
from exchange import Exchange
from model import Collection, Model, Named, Org, Reader
from taxii import Client

CAST = (("Fed", "federal", ("us",)), ("Plat", "platform", ()), ("Ohio", "state", ("us-39",)),
        ("County", "local", ("us-39-c035",)), ("Low", "vendor", ()), ("Out", "research", ()))
PEOPLE = (("f1", "Fed", ("publisher",)), ("f2", "Fed", ("publisher", "member")),
          ("p1", "Plat", ("publisher",)), ("o1", "Ohio", ("member",)),
          ("c1", "County", ("observer", "publisher")), ("l1", "Low", ("steward",)))
SECTORS = ("federal", "platform", "state", "local", "vendor", "research")
PASSWORD = "long enough to pass"


class World:
    def __init__(self, data, seed):
        self.dice = random.Random(seed)
        self.seed = seed
        self.x = Exchange(data)
        self.x.init()
        self.model = Model()
        self.readers = []
        self.posted = {}  # id -> [(thing, text)]
        self.clients = {}
        self.awaited = []
        self.second = 0
        self.script = []
        self.make_people()
        self.make_collections()
        self.make_audiences()
        self.x.serve()

    def log(self, *words):
        self.script.append(" ".join(map(str, words)))

    # The cast.

    def make_people(self):
        for name, sector, places in CAST:
            ceiling = {"Low": "green"}.get(name, "red")
            id = self.x.org(name, sector, places, ceiling)
            org = Org(id, name, sector, places, ceiling)
            self.model.orgs.append(org)
            token, secret = self.x.token(id, name)
            self.readers.append(Reader(name + "'s token", org, token=token,
                                       how={"token": secret}))
        for name, org_name, roles in PEOPLE:
            org = self.org(org_name)
            email = name + "@example.org"
            own = self.dice.choice(("clear", "green", "red", "red", "red"))
            person = self.x.person(org.id, email, roles, PASSWORD, None if own == "red" else own)
            token, secret = self.x.token(org.id, "of " + name, person=email)
            by_token = self.dice.random() < 0.7
            how = {"token": secret} if by_token else {"basic": (email, PASSWORD)}
            self.readers.append(Reader(name, org, person=person, own=own, roles=roles,
                                       token=token if by_token else None, how=how))
        self.readers.append(Reader("nobody"))

    def org(self, name):
        return next(o for o in self.model.orgs if o.name == name)

    def make_collections(self):
        dice = self.dice
        self.collections = []
        for title, default, public in (("K", None, False), ("Open", "green", True),
                                       ("Side", dice.choice(("clear", "amber+strict")), False)):
            publisher = dice.choice([None, *self.model.orgs])
            id = self.x.collection(title, default, public, publisher and publisher.id)
            self.collections.append(Collection(id, title, default or "amber", public, publisher))
        for c in self.collections:
            for org in self.model.orgs[:5]:
                read = dice.random() < 0.8
                write = read and dice.random() < 0.7
                if c.title == "Side" and org.name == "Ohio":
                    read, write = False, True  # write-only
                self.grant(c, org.id, read, write)
        if dice.random() < 0.5:
            self.grant(self.collections[0], dice.choice(("all", "sector:state", "sector:vendor")),
                       True, False)
        self.make_narrow_tokens()

    def make_narrow_tokens(self):
        plat, ohio, k = self.org("Plat"), self.org("Ohio"), self.collections[0]
        token, secret = self.x.token(plat.id, "reads", read_only=True)
        self.readers.append(Reader("Plat's read-only token", plat, token=token, read_only=True,
                                   how={"token": secret}))
        token, secret = self.x.token(ohio.id, "narrow", read_only=True, collections=[k.id])
        self.readers.append(Reader("Ohio's narrow token", ohio, token=token, read_only=True,
                                   collections=(k.id,), how={"token": secret}))

    def grant(self, collection, whom, read, write):
        held = self.model.grants.get((collection.id, whom), (False, False))
        read, write = read or held[0], write or held[1]
        if not (read or write):
            return
        self.x.grant(collection.id, whom, read, write)
        self.model.grants[collection.id, whom] = (read, write)
        self.log("grant", collection.title, whom, read, write)

    def make_audiences(self):
        """Two per contributor: one on the command line, one by posting (later, as any object)."""
        self.markings = {}
        for org in self.model.orgs[:4]:
            lists = self.audience_lists()
            flags = [x for k, vs in lists.items() for v in vs
                     for x in ("--" + {"organizations": "organization", "people": "person",
                                       "tokens": "token", "sectors": "sector",
                                       "jurisdictions": "jurisdiction", "roles": "role"}[k],
                               self.email_of(v) if k == "people" else v)]
            id = self.x.id_of("audience", "add", "--as", org.id, "--name", "of " + org.name, *flags)
            self.model.named[org.id, id] = Named(id, **{k: tuple(v) for k, v in lists.items()})
            self.markings.setdefault(org.id, []).append(id)
            self.log("audience", org.name, id, lists)

    def email_of(self, person):
        return next(r.name for r in self.readers if r.person == person) + "@example.org"

    def audience_lists(self):
        dice = self.dice
        people = [r.person for r in self.readers if r.person]
        tokens = [r.token for r in self.readers if r.token and not r.person]
        choices = {"organizations": [o.id for o in self.model.orgs], "people": people,
                   "tokens": tokens, "sectors": SECTORS, "roles": ("publisher", "member"),
                   "jurisdictions": ("us", "us-39", "us-39-c035", "us-3")}
        kinds = dice.sample(sorted(choices), dice.randint(1, 3))
        if "jurisdictions" in kinds:
            choices["jurisdictions"] = choices["jurisdictions"][:3]
        return {k: dice.sample(sorted(choices[k]), dice.randint(1, 2)) for k in kinds}

    def client(self, reader):
        if reader.name not in self.clients:
            self.clients[reader.name] = Client(self.x.server.base, **reader.how)
        return self.clients[reader.name]

    # Steps.

    def step(self):
        roll = self.dice.random()
        if roll < 0.78:
            self.post()
        elif roll < 0.9:
            self.delete()
        else:
            self.change_policy()

    def writers(self):
        return [(r, c) for r in self.readers for c in self.collections
                if self.model.rights(r, c)[1]]

    def post(self):
        pairs = self.writers()
        if not pairs:
            return
        reader, collection = self.dice.choice(pairs)
        things = {}
        for _ in range(self.dice.randint(1, 4)):
            thing = self.thing(reader, things)
            things.setdefault(thing["id"], thing)
        things = list(things.values())
        texts = [json.dumps(t) for t in things]
        for thing, text in zip(things, texts):
            self.posted.setdefault(thing["id"], []).append((thing, text))
        self.log("post", reader.name, collection.title,
                 *[(t["type"], t["id"][-4:], t.get("modified", "")[14:19],
                    [m[-4:] for m in t.get("object_marking_refs", [])]) for t in things])
        failed = self.model.post(reader, collection, things, texts)
        answer = self.client(reader).post_text(collection.id, '{"objects":[' + ",".join(texts) +
                                               "]}")
        assert answer.status_code == 202, self.story(answer.text)
        got = {f["id"] for f in answer.json().get("failures", [])}
        assert got - self.model.unsure == failed - self.model.unsure, self.story(
            f"failures {got}, expected {failed}: {answer.text}")
        if got != failed:
            self.give_up(got ^ failed)

    def give_up(self, ids):
        """The program decided what the rules leave open; what rests on it is not compared."""
        self.model.unsure |= ids

    def markings_for(self, reader):
        dice = self.dice
        label = dice.choices(stix_labels(), (2, 3, 3, 1, 3))[0]
        roll = dice.random()
        if roll < 0.15:
            return []
        if roll < 0.7:
            return [label]
        own = self.markings.get(reader.org.id, [])
        if roll < 0.9 and own:
            return [label, *dice.sample(own, dice.randint(1, min(2, len(own))))]
        others = [m for o, ms in self.markings.items() if o != reader.org.id for m in ms]
        return [label, dice.choice([*others, stix.new_id("marking-definition", dice)])]

    def thing(self, reader, already):
        dice = self.dice
        kind = dice.choices(("new", "version", "again", "pointer", "container", "sco", "old",
                             "audience", "foreign"), (6, 4, 2, 5, 2, 2, 1, 1, 2))[0]
        bases = [i for i in [*self.posted, *already] if i.split("--")[0] in
                 ("campaign", "indicator", "malware")]
        marks = self.markings_for(reader)
        self.second += 1
        if kind == "again" and self.posted:
            return json.loads(dice.choice(self.posted[dice.choice(list(self.posted))])[1])
        if kind in ("version", "foreign") and bases:
            return self.another(reader, dice.choice(bases), marks, kind == "version")
        if kind == "pointer" and bases:
            return self.pointer(dice.choice(bases), dice.choice(bases), marks)
        if kind == "container" and bases:
            return stix.report(dice.sample(bases, min(len(bases), 2)), *marks, dice=dice,
                               modified=self.second)
        if kind == "sco":
            return stix.domain(f"h{dice.randint(1, 5)}.example", *marks)
        if kind == "old":
            return stix.old_campaign(*marks, dice=dice, modified=self.second)
        if kind == "audience":
            made = stix.audience(reader.org.id, dice, **self.audience_lists())
            self.markings.setdefault(reader.org.id, []).append(made["id"])
            return made
        return self.fresh(reader, marks)

    def fresh(self, reader, marks):
        dice = self.dice
        if self.awaited and dice.random() < 0.4:
            return stix.campaign(*marks, id=self.awaited.pop(), modified=self.second)
        made = stix.sdo(dice.choice(("campaign", "indicator", "malware")), marks, dice=dice,
                        modified=self.second)
        if dice.random() < 0.3:
            made["created_by_ref"] = dice.choice(self.model.orgs).id
        if dice.random() < 0.15:
            made["granular_markings"] = [stix.granular(dice.choice(stix_labels()), "created")]
        return made

    def another(self, reader, id, marks, moves):
        """Another version of an id, or other words under a version that may be taken."""
        old = json.loads(self.dice.choice(self.posted[id])[1]) if id in self.posted else None
        if old is None:
            return self.fresh(reader, marks)
        if moves:
            old["modified"] = stix.at(self.second if self.dice.random() < 0.8 else 1)
        else:
            old["description"] = f"words {self.second}"
        if "spec_version" not in old and self.dice.random() < 0.3:
            old["spec_version"] = "2.1"
        old.pop("object_marking_refs", None)
        old.pop("granular_markings", None)
        if marks:
            old["object_marking_refs"] = stix.refs(marks)
        return old

    def pointer(self, one, two, marks):
        dice, when = self.dice, self.second
        if dice.random() < 0.1:
            two = stix.new_id("campaign", dice)  # an end that is nowhere yet
            self.awaited.append(two)
        kind = dice.choice(("relationship", "sighting", "note"))
        if kind == "relationship":
            return stix.relationship(one, two, *marks, dice=dice, modified=when)
        if kind == "sighting":
            return stix.sighting(one, *marks, dice=dice, modified=when)
        about = [one]
        rels = [i for i in self.posted if i.startswith("relationship--")]
        if rels and dice.random() < 0.3:
            about = [dice.choice(rels)]
        return stix.note(about, *marks, dice=dice, modified=when)

    def delete(self):
        if not self.posted:
            return
        dice = self.dice
        reader = dice.choice([r for r in self.readers if r.org and not r.org.suspended])
        collection, id = dice.choice(self.collections), dice.choice(list(self.posted))
        if id in self.model.unsure or id.startswith("marking-definition"):
            return
        self.log("delete", reader.name, collection.title, id)
        want = self.model.delete(reader, collection, id)
        got = self.client(reader).delete(collection.id, id)
        public_only = collection.public and not any(self.model.rights(reader, collection))
        allowed = (403, 404) if public_only else (want,)
        assert got.status_code in allowed, self.story(f"DELETE {got.status_code}, not {want}")

    def change_policy(self):
        dice = self.dice
        org = dice.choice(self.model.orgs[1:])
        what = dice.choice(("suspend", "ceiling", "revoke", "grant", "call"))
        self.log(what, org.name)
        if what == "suspend":
            self.x.run("org", "reinstate" if org.suspended else "suspend", org.id)
            org.suspended = not org.suspended
        elif what == "ceiling":
            org.ceiling = dice.choice(("clear", "green", "amber", "red"))
            self.x.run("org", "edit", org.id, "--ceiling", org.ceiling)
        elif what == "call":
            self.call_somebody()
        elif what == "revoke":
            c = dice.choice(self.collections)
            if (c.id, org.id) in self.model.grants:
                self.x.grant(c.id, org.id, revoke=True)
                del self.model.grants[c.id, org.id]
        else:
            self.grant(dice.choice(self.collections), org.id, True, dice.random() < 0.5)

    def call_somebody(self):
        """B12: whoever was called reads as their organization does."""
        waiting = [r for r in self.readers if r.own != "red"]
        if waiting:
            called = self.dice.choice(waiting)
            self.x.run("person", "confirm", called.name + "@example.org")
            called.own = "red"

    def story(self, words):
        return f"{words}\nseed {self.seed}; so far:\n" + "\n".join(self.script[-60:])


def stix_labels():
    return list(stix.TLP)
