"""A small community that is invited to a call by mail: a host, two offices, people with phones."""

import re

import requests

from council import Person, answers
from exchange import Exchange, poll

CHECKED = "2018-08-14"
PEOPLE = (("ann", "agency", "publisher", "America/New_York", "555-0101"),
          ("oda", "ohio", "member", "America/Denver", "555-0127"),
          ("ole", "ohio", "member", "America/New_York", "555-0128"),
          ("gus", "guam", "member", "Pacific/Guam", ""))


class Invited:
    def __init__(self, data, settings="", demo=False):
        x = self.x = Exchange(data)
        x.json("init", "--name", "Council", *(["--demo"] if demo else []))
        with (x.data / "tocsin.conf").open("a", encoding="utf-8") as f:
            f.write(settings)
        self.org = {"agency": x.org("Agency", "federal", ["us"]),
                    "ohio": x.org("Ohio Office", "state", ["us-39"]),
                    "guam": x.org("Guam Office", "territorial", ["us-66"])}
        self.id, self.secret = {}, {}
        for name, org, role, zone, phone in PEOPLE:
            address = name + "@example.org"
            self.id[name] = x.id_of(
                "person", "add", "--org", self.org[org], "--email", address, "--name",
                name.title(), "--timezone", zone, "--role", role,
                *(["--phone", phone] if phone else []))
            self.secret[name] = x.token(self.org[org], "of " + name, person=address)[1]
        for name, org in (("oda", "ohio"), ("gus", "guam")):
            x.run("person", "duty", name + "@example.org", "--org", self.org[org], "--verified",
                  CHECKED)
        x.serve()

    def person(self, name):
        return Person(self.x.server.base, self.secret[name])

    def steward(self):
        made = self.x.rows("org", "list")
        org = next(o["id"] for o in made if o["name"] == "Council")
        self.x.run("person", "add", "--org", org, "--email", "sue@example.org", "--name", "Sue",
                   "--role", "steward")
        return Person(self.x.server.base, self.x.token(org, "of sue", person="sue@example.org")[1])

    def invite(self, **changed):
        ann = self.person("ann")
        made = ann.post("/briefings", answers(**changed))
        assert made.status_code == 201, made.text
        id = made.json()["id"]
        sent = ann.post(f"/briefings/{id}/send", {"people": 2})
        assert sent.status_code == 202, sent.text
        assert poll(lambda: ann.get(f"/briefings/{id}/send").json()["mailed"] == 2), \
            self.x.server.words()
        return id

    def messages(self, who):
        return who.get("/outbox").json()["items"]

    def link(self, who, to):
        """The address of the page for that invitee, as a demo exchange shows it."""
        m = next(m for m in self.messages(who) if m["to"] == to)
        return find_link(who.get("/outbox/" + m["id"]).json()["text"])


def find_link(text):
    return re.search(r"(http://\S+/rsvp/[\w-]{43})\?answer=yes", text).group(1)


class Page:
    """One link, opened as a browser without script would."""

    def __init__(self, link):
        self.link = link
        self.session = requests.Session()
        self.session.trust_env = False

    def get(self, query="", **headers):
        return self.session.get(self.link + query, headers=headers, timeout=30)

    def token(self):
        return re.search(r'name="token" value="([^"]+)"', self.get().text).group(1)

    def post(self, query="", **form):
        if "token" not in form:
            form["token"] = self.token()
        return self.session.post(self.link + query, data=form, timeout=30)
