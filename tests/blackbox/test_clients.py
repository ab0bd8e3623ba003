"""Clients in the field and their quirks, imitated by small code of our own; and the OASIS client
itself where TAXII2CLIENT names a checkout of it."""

import json
import os
import subprocess
import sys
from datetime import datetime, timezone

import pytest
import requests

import objects as stix

TAXII2CLIENT = os.environ.get("TAXII2CLIENT")


@pytest.fixture(scope="module")
def feed(town):
    """120 indicators that plat may read, with things between them that it may not."""
    k = town.collection("feed", read=("plat", "fed"), write=("fed",))
    things = [stix.indicator("green", modified=i) for i in range(120)]
    for i in range(0, 120, 30):
        town.f1.post(k, *things[i:i + 30], stix.indicator("red"))
    return k, [t["id"] for t in things]


def bearer(town):
    return {"Authorization": "Bearer " + town.tokens["plat"][1]}


def fetch(town, target, accept, **more):
    session = requests.Session()
    session.trust_env = False
    return session.get(town.base + target, headers=bearer(town) | {"Accept": accept}, timeout=20,
                       **more)


def test_a_connector_that_pages_by_the_manifests_date_added_ends_and_has_all(town, feed):
    """OpenCTI's connector: loops when added_after is inclusive."""
    k, ids = feed
    got, after = [], None
    for _ in range(20):
        params = {"limit": 25} | ({"added_after": after} if after else {})
        page = fetch(town, f"/exchange/collections/{k}/manifest/",
                     "application/taxii+json;version=2.1,application/stix+json;version=2.1",
                     params=params).json()
        if not page.get("objects"):
            break
        got += [r["id"] for r in page["objects"]]
        after = page["objects"][-1]["date_added"]
    else:
        pytest.fail("never ended")
    assert got == ids


def test_an_ingester_without_the_trailing_slash_sends_next_and_added_after_together(town, feed):
    """OpenCTI's ingester."""
    k, ids = feed
    got, params = [], {"limit": 50, "added_after": "2020-01-01T00:00:00.000Z"}
    while True:
        answer = fetch(town, f"/exchange/collections/{k}/objects",
                       "application/taxii+json;version=2.1", params=params)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        got += [o["id"] for o in page.get("objects", [])]
        if not page.get("more"):
            break
        params["next"] = page["next"]
    assert got == ids


def test_a_siem_with_api_root_collection_id_and_basic_polls_new_indicators(town, feed):
    """Microsoft Sentinel: no discovery, Basic, indicators only; XSOAR and ThreatConnect: Basic."""
    k, ids = feed
    town.x.grant(k, town.org["plat"], read=True)
    auth = ("p1@example.org", "correct horse battery")
    url = f"{town.base}/exchange/collections/{k}/objects/"
    first = requests.get(url, auth=auth, timeout=20, params={"match[type]": "indicator"},
                         headers={"Accept": "application/taxii+json;version=2.1"})
    assert [o["id"] for o in first.json()["objects"]][:10] == ids[:10]
    last = first.headers["X-TAXII-Date-Added-Last"]
    datetime.fromisoformat(last.replace("Z", "+00:00")).astimezone(timezone.utc)
    again = requests.get(url, auth=auth, timeout=20, params={"added_after": last},
                         headers={"Accept": "application/taxii+json;version=2.1"})
    assert len(again.json().get("objects", [])) == 120 - len(first.json()["objects"])


def test_a_duplicate_posted_again_is_not_fed_again(town, feed):
    """Sentinel re-ingests at a cost: date_added never moves on a duplicate (L2)."""
    k, ids = feed
    last = fetch(town, f"/exchange/collections/{k}/objects/", "application/taxii+json",
                 params={"limit": 1000}).headers["X-TAXII-Date-Added-Last"]
    old = town.f1.object(k, ids[0]).json()["objects"]
    town.f1.post(k, *old)
    assert town.plat.objects(k, added_after=last).json() == {}


def test_fifty_a_page_and_next(town, feed):
    """MISP: limit=50 and next."""
    k, ids = feed
    got, params = [], {"limit": 50}
    while True:
        page = fetch(town, f"/exchange/collections/{k}/objects/",
                     "application/taxii+json; version=2.1", params=params).json()
        got += [o["id"] for o in page["objects"]]
        if not page.get("next"):
            break
        params["next"] = page["next"]
    assert got == ids


def test_a_client_that_asks_while_there_is_a_next_ends_on_manifest_and_versions(town, feed):
    """The OASIS client's as_pages uses next alone, and takes an empty one for the first page."""
    k, ids = feed
    for path in (f"/exchange/collections/{k}/manifest/",
                 f"/exchange/collections/{k}/objects/{ids[0]}/versions/"):
        token, count = "", 0
        for _ in range(10):
            page = fetch(town, path, "application/taxii+json;version=2.1",
                         params={"limit": 60, "next": token}).json()
            count += len(page.get("objects", page.get("versions", [])))
            if not page.get("more"):
                break
            token = page["next"]
        else:
            pytest.fail("never ended")
        assert count == (120 if "manifest" in path else 1)


def test_a_push_client_posts_and_reads_its_status(town):
    """MISP's and Splunk's push: envelope, then the status by its id."""
    k = town.collection("pushed", read=("plat",), write=("plat",))
    body = json.dumps({"objects": [stix.indicator("green") for _ in range(3)]})
    url = f"{town.base}/exchange/collections/{k}/objects/"
    kind = "application/taxii+json;version=2.1"
    answer = requests.post(url, data=body, timeout=20,
                           headers=bearer(town) | {"Accept": kind, "Content-Type": kind})
    assert answer.status_code == 202
    id = answer.json()["id"]
    status = fetch(town, f"/exchange/status/{id}/", kind).json()
    assert (status["status"], status["success_count"]) == ("complete", 3)


OASIS = """
import json, sys
from taxii2client.common import TokenAuth
from taxii2client.v21 import Server, Collection, as_pages
base, token, k, thing = sys.argv[1], sys.argv[2], sys.argv[3], json.loads(sys.argv[4])

class Bearer(TokenAuth):
    def __call__(self, r):
        r.headers["Authorization"] = "Bearer " + self.key
        return r

server = Server(base + "/taxii2/", auth=Bearer(token))
root = server.api_roots[0]
collection = next(c for c in root.collections if c.id == k)
ids = [o["id"] for page in as_pages(collection.get_objects, per_request=50)
       for o in page.get("objects", [])]
listed = [o["id"] for page in as_pages(collection.get_manifest, per_request=50)
          for o in page.get("objects", [])]
status = collection.add_objects({"objects": [thing]})
status.wait_until_final()
got = collection.get_object(thing["id"])["objects"]
versions = collection.object_versions(thing["id"])["versions"]
collection.delete_object(thing["id"])
print(json.dumps({"ids": ids, "listed": listed, "status": status.status, "got": got,
                  "succeeded": status.success_count, "versions": versions}))
"""


@pytest.mark.skipif(not TAXII2CLIENT, reason="TAXII2CLIENT names no checkout of the OASIS client")
def test_the_oasis_python_client_reads_writes_and_deletes(town):
    k = town.collection("oasis", read=("plat",), write=("plat", "fed"))
    things = [stix.indicator("green") for _ in range(120)]
    town.fed.post(k, *things)
    new = stix.indicator("green")
    env = dict(os.environ, PYTHONPATH=TAXII2CLIENT, no_proxy="127.0.0.1", NO_PROXY="127.0.0.1")
    done = subprocess.run([sys.executable, "-c", OASIS, town.base, town.tokens["plat"][1], k,
                           json.dumps(new)], capture_output=True, text=True, env=env, timeout=60)
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    ids = [t["id"] for t in things]
    assert (told["ids"], told["listed"]) == (ids, ids)
    assert (told["status"], told["succeeded"], told["got"]) == ("complete", 1, [new])
    assert told["versions"] == [new["modified"]]
