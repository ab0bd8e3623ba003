"""A community around a briefing: two hosts, states and a county, those who cannot be invited, and
people with duties; served, with one API client for each person."""

import datetime
import time

import requests

from exchange import Exchange

CHECKED = "2018-08-14"
PDF = b"%PDF-1.4\nbriefing slides\n%%EOF\n"


class Person:
    """Calls the API as one person, by their token."""

    def __init__(self, base, secret):
        self.base = base + "/api"
        self.session = requests.Session()
        self.session.headers["Authorization"] = "Bearer " + secret

    def call(self, method, path, body=None, **headers):
        names = {k.replace("_", "-"): v for k, v in headers.items()}
        return self.session.request(method, self.base + path, json=body, headers=names, timeout=60)

    def get(self, path, **headers):
        return self.call("GET", path, **headers)

    def post(self, path, body=None, **headers):
        return self.call("POST", path, body, **headers)

    def put(self, path, body=None, **headers):
        return self.call("PUT", path, body, **headers)

    def patch(self, path, body=None, **headers):
        return self.call("PATCH", path, body, **headers)


def agree(who, briefing):
    """Yes of one host to every scope that is open for it (B8)."""
    seen = who.get(f"/briefings/{briefing}/approvals").json()
    own = next(h for h in seen["hosts"] if h["is_own"])
    for cell in own["cells"]:
        if cell["word"] == "open":
            done = who.put(f"/briefings/{briefing}/approvals", {
                "scope": cell["scope"], "state": seen["states"][cell["scope"]],
                "is_approved": True})
            assert done.status_code == 200, done.text


def hand_in(who, briefing, content=PDF, said="application/octet-stream"):
    return who.session.post(f"{who.base}/briefings/{briefing}/files", data=content,
                            headers={"Content-Type": said}, timeout=60)


def give(who, briefing, content=PDF, name="slides.pdf", **more):
    handed = hand_in(who, briefing, content)
    assert handed.status_code == 200, handed.text
    return who.post(f"/briefings/{briefing}/materials",
                    {"file": handed.json()["file"], "name": name, **more})


class Council:
    def __init__(self, data):
        x = self.x = Exchange(data)
        x.init("Council")
        self.org = {
            "agency": x.org("Agency", "federal", ["us"]),
            "platform": x.org("Platform", "platform"),
            "ohio": x.org("Ohio Office", "state", ["us-39"]),
            "guam": x.org("Guam Office", "territorial", ["us-66"]),
            "county": x.org("County Office", "local", ["us-39-c035"]),
            "low": x.org("Low Office", "state", ["us-18"], ceiling="green"),
            "idle": x.org("Idle Office", "state", ["us-19"]),
            "research": x.org("Research", "research"),
        }
        self.org["stranger"] = x.id_of("org", "add", "--name", "Stranger Office", "--sector",
                                       "state", "--jurisdiction", "us-20", "--status", "known")
        x.run("org", "link", self.org["county"], "part-of", self.org["ohio"])
        self.id, self.secrets = {}, {}
        for name, org, roles, zone in (
                ("ann", "agency", ("publisher",), "America/New_York"),
                ("abe", "agency", ("member",), "America/New_York"),
                ("pat", "platform", ("publisher",), "America/Los_Angeles"),
                ("oda", "ohio", ("member",), "America/New_York"),
                ("ole", "ohio", ("member",), "America/New_York"),
                ("gus", "guam", ("member",), "Pacific/Guam"),
                ("cal", "county", ("member",), "America/New_York"),
                ("lou", "low", ("member",), "America/New_York"),
                ("ida", "idle", ("member",), "America/Chicago"),
                ("ray", "research", ("member",), "America/Denver")):
            email = name + "@example.org"
            self.id[name] = x.id_of(
                "person", "add", "--org", self.org[org], "--email", email, "--name", name.title(),
                "--timezone", zone, *[w for r in roles for w in ("--role", r)])
            self.secrets[name] = x.token(self.org[org], "of " + name, person=email)[1]
        for name, org in (("oda", "ohio"), ("gus", "guam"), ("cal", "county"), ("lou", "low")):
            x.run("person", "duty", name + "@example.org", "--org", self.org[org], "--verified",
                  CHECKED)
        x.serve()
        self.people = {}

    def add(self, name, org, role):
        """One more person of an organization, who may be called by name from now on."""
        email = name + "@example.org"
        self.id[name] = self.x.id_of("person", "add", "--org", self.org[org], "--email", email,
                                     "--name", name.title(), "--role", role)
        self.secrets[name] = self.x.token(self.org[org], "of " + name, person=email)[1]
        return getattr(self, name)

    def __getattr__(self, name):
        if name.startswith("_") or name in ("people", "secrets"):
            raise AttributeError(name)
        if name not in self.people:
            self.people[name] = Person(self.x.server.base, self.secrets[name])
        return self.people[name]


def in_hours(hours, zone="America/New_York", minutes=45):
    """A wall clock some hours from now, to the minute."""
    from zoneinfo import ZoneInfo
    then = datetime.datetime.now(ZoneInfo(zone)) + datetime.timedelta(hours=hours)
    return {"local": then.strftime("%Y-%m-%dT%H:%M"), "timezone": zone, "minutes": minutes}


def answers(**changed):
    """The four answers of which a briefing is made."""
    made = {"when": in_hours(48), "title": "What we see before the election",
            "audience": {"sectors": ["state", "territorial", "local"]},
            "join": "Call 555-0100, code 1234"}
    made.update(changed)
    return made


def made(who, **changed):
    done = who.post("/briefings", answers(**changed))
    assert done.status_code == 201, done.text
    return done.json()["id"]


def wait_until_sent(who, briefing):
    for _ in range(200):
        progress = who.get(f"/briefings/{briefing}/send").json()
        if progress["is_done"]:
            return progress
        time.sleep(0.05)
    raise AssertionError(progress)


def sent(council, **changed):
    briefing = made(council.ann, hosts=[council.org["platform"]], **changed)
    agree(council.pat, briefing)
    people = council.ann.get(f"/briefings/{briefing}/audience").json()["people"]
    done = council.ann.post(f"/briefings/{briefing}/send", {"people": people})
    assert done.status_code == 202, done.text
    assert wait_until_sent(council.pat, briefing)["written"] == people
    return briefing


def answer(who, briefing, **what):
    return who.put(f"/briefings/{briefing}/answer", what)


def note(who, briefing, person, said):
    """What somebody said by phone, noted by a host (B11)."""
    return who.put(f"/briefings/{briefing}/answers/{person}", {"answer": said})


def types_read(council, name, briefing):
    """The types of what somebody finds in the record of a briefing."""
    record = getattr(council, name).get(f"/briefings/{briefing}/record")
    return {o["type"] for o in record.json()["objects"]} if record.status_code == 200 else set()
