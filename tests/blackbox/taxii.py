"""A TAXII 2.1 client for the tests, strict about what it gets back."""

import json

import requests

TAXII = "application/taxii+json;version=2.1"
ALL_SPECS = "2.0,2.1"


def normal_type(header):
    return header.replace(" ", "").replace('"', "").lower()


def check_error(answer, status=None):
    """Every error is TAXII's own resource, on every surface of TAXII (TAXII 2.1 s. 3.6.1)."""
    if status is not None:
        wanted = (status,) if isinstance(status, int) else status
        assert answer.status_code in wanted, (answer.status_code, answer.text[:500])
    assert normal_type(answer.headers["Content-Type"]) == TAXII
    body = answer.json()
    assert isinstance(body["title"], str) and body["title"]
    if "http_status" in body:
        assert body["http_status"] == str(answer.status_code)
    return body


class Client:
    def __init__(self, base, token=None, basic=None, verify=None):
        self.base = base
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Accept"] = TAXII
        if verify is not None:
            self.session.verify = verify
        if token:
            self.session.headers["Authorization"] = "Bearer " + token
        if basic:
            self.session.auth = basic

    def get(self, path, params=None, headers=None, method="GET", **more):
        return self.session.request(method, self.base + path, params=params, headers=headers,
                                    timeout=30, allow_redirects=False, **more)

    def collections(self):
        answer = self.get("/exchange/collections/")
        assert answer.status_code == 200, answer.text
        return answer.json().get("collections", [])

    def path(self, collection, *rest):
        return "/exchange/collections/" + "/".join([collection, *rest]) + "/"

    def objects(self, collection, headers=None, **params):
        return self.get(self.path(collection, "objects"), wire(params), headers)

    def manifest(self, collection, headers=None, **params):
        return self.get(self.path(collection, "manifest"), wire(params), headers)

    def object(self, collection, id, headers=None, **params):
        return self.get(self.path(collection, "objects", id), wire(params), headers)

    def versions(self, collection, id, headers=None, **params):
        return self.get(self.path(collection, "objects", id, "versions"), wire(params), headers)

    def delete(self, collection, id, **params):
        return self.get(self.path(collection, "objects", id), wire(params), method="DELETE")

    def post_text(self, collection, text, headers=None):
        data = text.encode() if isinstance(text, str) else text
        return self.get(self.path(collection, "objects"), method="POST", data=data,
                        headers={"Content-Type": TAXII} | (headers or {}))

    def post(self, collection, *things):
        """Posts, and expects every object to be taken."""
        status = self.try_post(collection, *things)
        assert status["failure_count"] == 0, status
        assert status["success_count"] == len(things)
        return status

    def try_post(self, collection, *things):
        """Posts, and returns the status resource."""
        answer = self.post_text(collection, json.dumps({"objects": list(things)}))
        assert answer.status_code == 202, (answer.status_code, answer.text[:1000])
        status = answer.json()
        assert status["status"] == "complete", "L9: answered after the commit"
        return status

    def refused(self, collection, thing):
        """Posts one object that must fail; returns the words."""
        status = self.try_post(collection, thing)
        assert (status["success_count"], status["failure_count"]) == (0, 1), status
        assert status["failures"][0]["id"] == thing["id"]
        return status["failures"][0]["message"]

    def pages(self, path, **params):
        """All answers of a walk by `next`."""
        params = wire(params)
        while True:
            answer = self.get(path, params)
            assert answer.status_code == 200, (answer.status_code, answer.text[:500])
            yield answer
            body = answer.json()
            if not body.get("more"):
                assert "next" not in body or not body["next"]
                return
            assert body["next"], "more without next"
            params["next"] = body["next"]

    def walk(self, path, **params):
        """All items of a walk; pages are full until the last (L7)."""
        items = []
        limit = int(params.get("limit", 0))
        sizes = []
        for answer in self.pages(path, **params):
            body = answer.json()
            got = body.get("objects", body.get("versions", []))
            assert not (got == [] and ("objects" in body or "versions" in body)), "empty list sent"
            sizes.append(len(got))
            items += got
        if limit:
            assert all(n == limit for n in sizes[:-1]), sizes
            assert sizes[-1] <= limit
            assert sizes[-1] > 0 or len(sizes) == 1, "an empty last page"
        return items

    def ids(self, collection, **params):
        return [o["id"] for o in self.walk(self.path(collection, "objects"), **params)]

    def reads(self, collection, id):
        """True if the object is readable; every route must agree."""
        one = self.object(collection, id)
        several = self.objects(collection, id=id)
        listed = self.manifest(collection, id=id)
        versions = self.versions(collection, id)
        assert one.status_code == versions.status_code
        assert one.status_code in (200, 404), one.text
        seen = one.status_code == 200
        assert seen == bool(several.json().get("objects"))
        assert seen == bool(listed.json().get("objects"))
        return seen


def wire(params):
    """limit, next and added_after as they are; the match fields in brackets; lists by comma."""
    out = {}
    for key, value in params.items():
        if isinstance(value, (list, tuple)):
            value = ",".join(value)
        out[key if key in ("limit", "next", "added_after") else f"match[{key}]"] = value
    return out
