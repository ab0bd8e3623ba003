"""A storm of POSTs with a kill -9 in the middle, and the account of what was acknowledged.

Shared by test_crash.py and ./soak. What was acknowledged must be there, once; what was in flight
may be there, whole; what was never sent may not.
"""

import json
import random
import threading
import time

import requests

import objects as stix
from exchange import Exchange
from taxii import Client


class Account:
    """What was sent and what was acknowledged: (id, version) -> the object."""

    def __init__(self):
        self.lock = threading.Lock()
        self.sent = {}
        self.acknowledged = {}
        self.fresh = {}          # of these, what no check has seen yet
        self.withdrawn = set()   # acknowledged deletions, by id
        self.withdrawing = set()  # sent, not answered


class Storm:
    def __init__(self, data, seed):
        self.dice = random.Random(seed)
        self.x = Exchange(data)
        self.x.init()
        self.org = self.x.org("Fed", "federal")
        self.k = self.x.collection("K")
        self.x.grant(self.k, self.org, read=True, write=True)
        self.secret = self.x.token(self.org)[1]
        self.account = Account()
        self.cursor = None  # when the newest entry was added that an earlier check saw

    def client(self):
        return Client(self.x.server.base, self.secret)

    def round(self, writers=4, seconds=(0.05, 0.5), whole=True):
        """Serve, storm, kill; then serve again and compare, from the start or what is new."""
        server = self.x.serve()
        ends = threading.Event()
        threads = [threading.Thread(target=self.write, args=(random.Random(self.dice.random()),
                                                             ends)) for _ in range(writers)]
        for t in threads:
            t.start()
        time.sleep(self.dice.uniform(*seconds))  # the moment of the kill is the chance in it
        server.kill()
        ends.set()
        for t in threads:
            t.join()
        server.forget()
        self.x.serve()
        self.check(whole)
        self.x.stop()

    def write(self, dice, ends):
        client = self.client()
        mine = []
        while not ends.is_set():
            try:
                if mine and dice.random() < 0.1:
                    self.withdraw(client, mine.pop(dice.randrange(len(mine))))
                    continue
                things = self.things(dice, mine)
                self.note(self.account.sent, things)
                if self.post(client, things):
                    mine += [t["id"] for t in things if t["id"] not in mine]
            except (requests.RequestException, ValueError):
                return

    def things(self, dice, mine):
        made = [stix.campaign("green", dice=dice, description="x" * dice.randrange(2000))
                for _ in range(dice.choice((1, 1, 2, 20, 200)))]
        if mine and dice.random() < 0.3:
            made.append(stix.campaign("green", id=dice.choice(mine),
                                      modified=dice.randrange(1, 86_000)))
        return made

    def note(self, where, things):
        with self.account.lock:
            where.update({(t["id"], t["modified"]): t for t in things})

    def post(self, client, things):
        answer = client.post_text(self.k, json.dumps({"objects": things}))
        status = answer.json()
        if answer.status_code != 202:
            return False
        failed = {f["id"] for f in status.get("failures", [])}
        taken = [t for t in things if t["id"] not in failed]
        self.note(self.account.acknowledged, taken)
        self.note(self.account.fresh, taken)
        return not failed

    def withdraw(self, client, id):
        with self.account.lock:
            self.account.withdrawing.add(id)
        if client.delete(self.k, id).status_code == 200:
            with self.account.lock:
                self.account.withdrawn.add(id)

    def check(self, whole):
        """Every acknowledged version is there, once, whole; nothing that was never sent."""
        client, a = self.client(), self.account
        if whole or self.cursor is None:
            a.fresh = dict(a.acknowledged)
        asked = {} if whole or self.cursor is None else {"added_after": self.cursor}
        things = []
        for page in client.pages(client.path(self.k, "objects"), version="all", limit=1000,
                                 **asked):
            things += page.json().get("objects", [])
            self.cursor = page.headers.get("X-TAXII-Date-Added-Last", self.cursor)
        there = [(t["id"], t["modified"]) for t in things]
        assert len(there) == len(set(there)), "a version twice"
        for key, thing in zip(there, things):
            assert a.sent[key] == thing, "other bytes than were sent"
            assert key[0] not in a.withdrawn, f"withdrawn, yet there: {key}"
        seen = set(there)
        lost = [k for k in a.fresh if k not in seen and k[0] not in a.withdrawing]
        assert not lost, f"acknowledged and lost: {lost[:5]} of {len(lost)}"
        a.acknowledged.update({k: a.sent[k] for k in there})
        a.fresh = {}

    def check_deep(self):
        self.x.run("fsck")
        self.x.run("audit", "verify")
