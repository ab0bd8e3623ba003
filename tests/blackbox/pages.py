"""A browser as far as the API knows one: a cookie, an origin, the session's CSRF token."""

import base64
import hashlib
import hmac
import struct
import time

import requests


def code_at(secret, step):
    """RFC 6238, written here once more so that the program is not its own judge."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7fffffff) % 1000000:06d}"


class App:
    """An authenticator app: gives each code once, the next step's where this one is used up."""

    def __init__(self, secret):
        self.secret = secret
        self.last = 0

    def code(self):
        self.last = max(int(time.time()) // 30, self.last + 1)
        return code_at(self.secret, self.last)


class Browser:
    """One jar of cookies. `csrf` is sent with whatever changes something, once signed in."""

    def __init__(self, base):
        self.base = base
        self.http = requests.Session()
        self.http.trust_env = False
        self.http.verify = False
        self.csrf = None

    def ask(self, method, path, json=None, headers=None, **more):
        fields = {} if method == "GET" else {"Origin": self.base}
        if self.csrf and method != "GET":
            fields["X-CSRF-Token"] = self.csrf
        fields |= headers or {}
        fields = {k: v for k, v in fields.items() if v is not None}
        return self.http.request(method, f"{self.base}/api{path}", json=json, headers=fields,
                                 timeout=30, **more)

    def get(self, path, **more):
        return self.ask("GET", path, **more)

    def post(self, path, json=None, **more):
        return self.ask("POST", path, json, **more)

    def patch(self, path, json, **more):
        return self.ask("PATCH", path, json, **more)

    def put(self, path, json, **more):
        return self.ask("PUT", path, json, **more)

    def delete(self, path, **more):
        return self.ask("DELETE", path, **more)

    def keep(self, answer):
        """The session of an answer to a sign-in."""
        assert answer.status_code == 200, answer.text
        self.csrf = answer.json().get("csrf")
        return answer.json()

    def sign_in(self, email, password="correct horse battery", **more):
        return self.keep(self.post("/session", {"email": email, "password": password, **more}))

    def add_app(self):
        """Adds an authenticator app; from then on the session is one of two steps."""
        made = self.post("/account/totp", {"name": "Phone"})
        assert made.status_code == 201, made.text
        assert made.json()["uri"].startswith("otpauth://totp/")
        app = App(made.json()["secret"])
        self.keep(self.put("/account/totp", {"code": app.code()}))
        return app

    @classmethod
    def strong(cls, base, email):
        """One that has signed in with two steps."""
        browser = cls(base)
        browser.sign_in(email)
        browser.add_app()
        return browser

    def cookie(self):
        return self.http.cookies.get("tocsin")


def problem(answer, status, word=None):
    """Checks the form of a problem document (RFC 9457) and returns it."""
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    found = answer.json()
    assert found["status"] == status and found["title"] and found["detail"]
    assert found["request_id"] == answer.headers["X-Request-Id"]
    assert found["type"].startswith("/problems/")
    assert word is None or word in found["detail"], found["detail"]
    return found
