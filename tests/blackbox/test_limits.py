"""An organization's limits, as its people and programs meet them over HTTP (S7)."""

import pytest

import objects as stix
from council import Person
from exchange import Exchange
from pages import problem
from taxii import Client, check_error

SETTINGS = "requests_per_minute_max = 10\nstored_bytes_max = 1MB\n"  # the least there may be


@pytest.fixture(scope="module")
def tight(tmp_path_factory):
    x = Exchange(tmp_path_factory.mktemp("tight") / "data")
    x.init()
    with (x.data / "tocsin.conf").open("a", encoding="utf-8") as conf:
        conf.write(SETTINGS)
    k = x.collection("K")
    secrets = {}
    for name in ("busy", "full", "quiet"):
        org = x.org(name, "platform")
        x.grant(k, org, read=True, write=True)
        secrets[name] = x.token(org)[1]
        x.person(org, name + "@example.org")
        secrets["person of " + name] = x.token(org, "own", person=name + "@example.org")[1]
    x.serve()
    yield x, k, secrets
    x.stop()


def test_an_organization_that_asks_too_often_waits_and_no_other_does(tight):
    """S7: 429 with words and a time to wait, over TAXII and the API alike."""
    x, _, secrets = tight
    busy = Client(x.server.base, secrets["busy"])
    answers = [busy.get("/exchange/")]
    while answers[-1].status_code == 200 and len(answers) < 40:  # a minute may end in between
        answers.append(busy.get("/exchange/"))
    assert len(answers) > 10
    told = check_error(answers[-1], 429)
    assert "asked too often this minute" in told["description"]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 61
    refused = Person(x.server.base, secrets["person of busy"]).get("/home")
    problem(refused, 429, "asked too often")
    assert int(refused.headers["Retry-After"]) >= 1
    assert Client(x.server.base, secrets["quiet"]).get("/exchange/").status_code == 200


def test_an_organization_that_is_full_is_told_so_and_no_other_is(tight):
    """S7: 507 in words; nothing of that POST is kept, and what is there is read and withdrawn."""
    x, k, secrets = tight
    full, quiet = (Client(x.server.base, secrets[name]) for name in ("full", "quiet"))
    big = [stix.campaign("green", description="x" * 600_000) for _ in range(2)]
    full.post(k, big[0])
    told = check_error(full.post_text(k, stix.envelope(big[1])), 507)
    assert "may keep here" in told["description"] and "withdraw" in told["description"]
    assert full.ids(k) == [big[0]["id"]]
    quiet.post(k, big[1])
    assert full.delete(k, big[0]["id"]).status_code == 200
    x.run("purge")
    full.post(k, stix.campaign("green", description="x" * 600_000))
