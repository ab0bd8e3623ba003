"""Content negotiation to the letter, and the form of every error (TAXII 2.1 s. 1.6.8, 3.1, 3.6)."""

import json

import pytest

import objects as stix
from taxii import TAXII, check_error, normal_type

OLD = "application/vnd.oasis.taxii+json"

ACCEPT = [
    ("application/taxii+json;version=2.1", 200),
    ("application/taxii+json; version=2.1", 200),
    ("application/taxii+json ; version=2.1", 200),
    ('application/taxii+json;version="2.1"', 200),
    ("Application/TAXII+JSON;Version=2.1", 200),
    ("application/taxii+json", 200),
    ("application/taxii+json;q=0.5", 200),
    ("application/taxii+json;version=2.1;q=0.001", 200),
    ("application/taxii+json;version=2.0,application/taxii+json;version=2.1", 200),
    ("application/taxii+json;version=2.0, application/taxii+json", 200),
    ("text/html, application/taxii+json;version=2.1;q=0.1", 200),
    ("application/taxii+json;version=2.1,application/stix+json;version=2.1", 200),
    ("application/stix+json;version=2.1, application/taxii+json;version=2.1", 200),
    ("application/*", 200),
    ("*/*", 200),
    ("text/html, */*;q=0.1", 200),
    (OLD + ";version=2.0, application/taxii+json;version=2.1", 200),
    ("application/taxii+json;version=2.0", 406),
    ("application/taxii+json;version=2.2", 406),
    ("application/taxii+json;version=21", 406),
    (OLD, 406),
    (OLD + "; version=2.0", 406),
    ("application/json", 406),
    ("text/html", 406),
    ("application/taxii+json;version=2.1;q=0", 406),
    ("application/taxii+json;version=2.1;q=0, */*", 406),
    ("application/taxii", 406),
    ("application/taxii+jsonp", 406),
]


@pytest.mark.parametrize("accept,status", ACCEPT, ids=[a for a, _ in ACCEPT])
@pytest.mark.parametrize("route", ["discovery", "root", "collections", "objects", "manifest"])
def test_accept_decides_between_200_and_406(town, route, accept, status):
    """TAXII 2.1 s. 1.6.8, RFC 7231 s. 5.3.2: quotes, case, weights and lists judged whole."""
    path = {"discovery": "/taxii2/", "root": "/exchange/", "collections": "/exchange/collections/",
            "objects": town.fed.path(town.k, "objects"),
            "manifest": town.fed.path(town.k, "manifest")}[route]
    answer = town.fed.get(path, headers={"Accept": accept})
    assert answer.status_code == status, answer.text
    assert normal_type(answer.headers["Content-Type"]) == TAXII
    if status == 406:
        check_error(answer, 406)


def test_a_client_of_taxii_2_0_is_told_that_2_1_is_spoken(town):
    """S9."""
    answer = town.fed.get("/taxii2/", headers={"Accept": OLD + "; version=2.0"})
    assert "2.1" in json.dumps(check_error(answer, 406))


def test_a_request_without_accept_gets_an_answer_of_taxii(town):
    """s. 3.1 asks clients for one; RFC 7231 reads none as any."""
    answer = town.fed.get("/exchange/", headers={"Accept": None})
    assert answer.status_code in (200, 406)
    assert normal_type(answer.headers["Content-Type"]) == TAXII


CONTENT_TYPE = [
    ("application/taxii+json;version=2.1", 202),
    ("application/taxii+json; version=2.1", 202),
    ('application/taxii+json; version="2.1"', 202),
    ("APPLICATION/taxii+JSON;version=2.1", 202),
    ("application/taxii+json", 202),
    ("application/taxii+json;version=2.1;charset=utf-8", 202),
    ("application/taxii+json;version=2.0", 415),
    ("application/taxii+json;version=2.2", 415),
    (OLD + ";version=2.0", 415),
    ("application/json", 415),
    ("text/plain", 415),
    ("application/x-www-form-urlencoded", 415),
    ("application/taxii", 415),
    ("", 415),
]


@pytest.mark.parametrize("media,status", CONTENT_TYPE, ids=[m or "none" for m, _ in CONTENT_TYPE])
def test_content_type_decides_between_202_and_415(town, shelf, media, status):
    """TAXII 2.1 s. 3.1, 5.5."""
    answer = town.fed.post_text(shelf, stix.envelope(stix.campaign("green")),
                                {"Content-Type": media or None})
    assert answer.status_code == status, answer.text
    if status == 415:
        check_error(answer, 415)
        assert town.fed.ids(shelf) == []


def test_a_post_whose_answer_would_not_be_accepted_stores_nothing(town, shelf):
    answer = town.fed.post_text(shelf, stix.envelope(stix.campaign("green")),
                                {"Accept": "text/html"})
    check_error(answer, 406)
    assert town.fed.ids(shelf) == []


PATHS = ["/exchange/nowhere/", "/exchange/collections/no-such/", "/exchange/status/no-such/",
         "/exchange/collections/9c1b2a5e-0f8e-4c0c-9a6f-0d5b5a3f6a11/objects/",
         "/exchange/collections/9c1b2a5e-0f8e-4c0c-9a6f-0d5b5a3f6a11/manifest/",
         "/other-root/collections/", "/taxii2/nothing/", "/nothing"]


@pytest.mark.parametrize("path", PATHS)
def test_unknown_paths_answer_in_the_form_of_taxii(town, path):
    """S9, TAXII 2.1 s. 3.6: 404 with a body of its own."""
    check_error(town.fed.get(path), 404)


@pytest.mark.parametrize("path", ["/exchange/", "/exchange/collections/", "/exchange/status/x/",
                                  "/exchange/nowhere/", "K", "K/objects", "K/manifest",
                                  "K/objects/campaign--1", "absent/objects"])
def test_the_anonymous_get_401_existing_or_not(town, path):
    """O5: without a public collection everything but discovery says the same 401."""
    if not path.startswith("/"):
        path = "/exchange/collections/" + path.replace("K", town.k) + "/"
    answer = town.nobody.get(path)
    check_error(answer, 401)
    assert "WWW-Authenticate" in answer.headers
    again = town.nobody.get("/exchange/collections/")
    assert body_of(answer) == body_of(again)


def body_of(answer):
    return answer.text.replace(answer.headers.get("X-Request-Id", "\0"), "REQUEST")


@pytest.mark.parametrize("how", [{"token": "x" * 43}, {"basic": ("nobody@example.org", "guess")},
                                 {"basic": ("f1@example.org", "guess")}])
def test_wrong_credentials_are_401_everywhere_even_for_discovery_of_the_root(town, how):
    """S11: unknown accounts behave as known ones."""
    check_error(town.client(**how).get("/exchange/collections/"), 401)


def test_an_authorization_of_unknown_scheme_is_401(town):
    answer = town.nobody.get("/exchange/", headers={"Authorization": "Digest a=b"})
    check_error(answer, 401)


def test_basic_signs_a_person_in(town):
    client = town.client(basic=("f1@example.org", "correct horse battery"))
    assert client.objects(town.k).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "PATCH", "POST", "DELETE"])
def test_methods_that_a_resource_lacks_are_refused_in_the_form_of_taxii(town, method):
    answer = town.fed.get("/exchange/collections/", method=method, data=b"{}")
    check_error(answer, (404, 405))


def test_every_answer_names_its_request(town):
    """S7."""
    ids = {town.fed.get(p).headers["X-Request-Id"] for p in ("/taxii2/", "/exchange/", "/none/")}
    assert len(ids) == 3


@pytest.mark.parametrize("path", ["/taxii2", "/exchange", "/exchange/collections",
                                  "/exchange/collections/{k}", "/exchange/collections/{k}/objects",
                                  "/exchange/collections/{k}/manifest"])
def test_a_request_without_the_trailing_slash_is_served_or_sent_on(town, path):
    """Clients in the field leave it out; TAXII 2.1 s. 3.1 wants it."""
    path = path.format(k=town.k)
    with_slash = town.fed.get(path + "/")
    without = town.fed.get(path)
    if without.status_code in (301, 302, 307, 308):
        assert without.headers["Location"].endswith(path + "/")
    else:
        assert (without.status_code, without.text) == (200, with_slash.text)


@pytest.mark.parametrize("path", ["/taxii2/", "/exchange/", "/exchange/collections/",
                                  "/exchange/collections/{k}/objects/",
                                  "/exchange/collections/{k}/manifest/", "/exchange/none/"])
def test_head_is_get_without_a_body(town, path):
    path = path.format(k=town.k)
    get, head = town.fed.get(path), town.fed.get(path, method="HEAD")
    assert (head.status_code, head.content) == (get.status_code, b"")
    for name in ("Content-Type", "ETag", "X-TAXII-Date-Added-Last", "Content-Length"):
        assert head.headers.get(name) == get.headers.get(name), name
