"""Fixtures: an empty exchange, and the community that most tests play with."""

import os
import warnings

import pytest

from exchange import TOCSIN, Exchange
from house import House
from odd_server import OddServer
from pages import Browser
from taxii import Client

warnings.filterwarnings("ignore", message="Unverified HTTPS request")


def pytest_sessionstart(session):
    if not os.access(TOCSIN, os.X_OK):
        pytest.exit(f"no program at {TOCSIN}: build it, or name it in TOCSIN", returncode=2)


class Community:
    """Fed, Plat, Ohio, County and Low hold K; Out does not (log-and-gate, worked examples)."""

    def __init__(self, data):
        x = self.x = Exchange(data)
        self.made = x.init()
        self.org = {
            "fed": x.org("Federal Office", "federal", ["us"]),
            "plat": x.org("Platform", "platform"),
            "ohio": x.org("Ohio", "state", ["us-39"]),
            "county": x.org("County", "local", ["us-39-c035"]),
            "low": x.org("Low", "vendor", ceiling="green"),
            "out": x.org("Out", "research"),
        }
        self.person = {}
        self.k = x.collection("K", alias="kay", description="what we share")
        for name in ("fed", "plat", "ohio", "county", "low"):
            x.grant(self.k, self.org[name], read=True, write=name in ("fed", "plat", "ohio"))
        self.tokens = {name: x.token(org) for name, org in self.org.items()}
        for name, org, roles in (("f1", "fed", ["publisher"]), ("f2", "fed", ["publisher"]),
                                 ("p1", "plat", ["publisher"]), ("o1", "ohio", ["member"]),
                                 ("c1", "county", ["observer"])):
            email = name + "@example.org"
            self.person[name] = x.person(self.org[org], email, roles)
            self.tokens[name] = x.token(self.org[org], "of " + name, person=email)
        x.serve()
        self.clients = {}

    @property
    def base(self):
        return self.x.server.base

    def __getattr__(self, name):
        """A client for the organization or person of that name; `nobody` is anonymous."""
        if name.startswith("_") or name in ("clients", "tokens"):
            raise AttributeError(name)
        if name not in self.clients:
            token = None if name == "nobody" else self.tokens[name][1]
            self.clients[name] = Client(self.base, token)
        return self.clients[name]

    def client(self, **how):
        return Client(self.base, **how)

    def readers(self, id, among=("f1", "f2", "fed", "p1", "plat", "ohio", "county", "low"),
                collection=None):
        return {n for n in among if getattr(self, n).reads(collection or self.k, id)}

    def collection(self, title, read=(), write=(), **how):
        made = self.x.collection(title, **how)
        for name in set(read) | set(write):
            self.x.grant(made, self.org[name], read=name in read, write=name in write)
        return made


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """The community, served; shared by a module's tests, which make their own objects."""
    made = Community(tmp_path_factory.mktemp("town") / "data")
    yield made
    made.x.stop()


@pytest.fixture
def own_town(tmp_path):
    """A community of this test alone."""
    made = Community(tmp_path / "data")
    yield made
    made.x.stop()


@pytest.fixture(scope="module")
def offices(town):
    """A steward, another, an admin of Ohio (of which County is part), and a plain member."""
    steward_org = next(r["id"] for r in town.x.rows("org", "list")
                       if r["name"] == "Election Exchange")
    town.x.person(steward_org, "st1@exchange.example", ["steward"])
    town.x.person(steward_org, "st2@exchange.example", ["steward"])
    town.x.person(town.org["ohio"], "ad@ohio.example", ["admin"])
    town.x.run("org", "link", town.org["county"], "part-of", town.org["ohio"])
    plain = Browser(town.base)
    plain.sign_in("o1@example.org")
    return {"steward": Browser.strong(town.base, "st1@exchange.example"),
            "other": Browser.strong(town.base, "st2@exchange.example"),
            "admin": Browser.strong(town.base, "ad@ohio.example"), "plain": plain}


@pytest.fixture
def shelf(town):
    """A fresh collection that fed writes and everybody but Out reads."""
    return town.collection("shelf", read=("fed", "plat", "ohio", "county", "low"),
                           write=("fed", "plat", "ohio"))


@pytest.fixture
def bare(tmp_path):
    """An exchange after init, not served."""
    x = Exchange(tmp_path / "data")
    x.init()
    yield x
    x.stop()


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    made = House(tmp_path_factory.mktemp("house") / "data")
    yield made
    made.x.stop()


@pytest.fixture
def own_house(tmp_path):
    made = House(tmp_path / "data")
    yield made
    made.x.stop()


@pytest.fixture
def odd():
    """A TAXII server with habits."""
    server = OddServer()
    yield server
    server.close()
