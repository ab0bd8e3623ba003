"""An exchange under test: its data directory, its command line and its server.

Everything here goes through the program's public surface. The one place that knows how flags are
ordered is Exchange.argv.
"""

import json
import os
import re
import signal
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = ROOT.parent / "shared"
TOCSIN = os.environ.get("TOCSIN", str(ROOT / "build" / "tocsin"))
TIMEOUT_S = 60


class CommandFailed(AssertionError):
    pass


def clean_environment():
    """No proxies, no stray data directory, plain words."""
    keep = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
    keep.pop("TOCSIN_DATA", None)
    keep["LC_ALL"] = "C.UTF-8"
    return keep


def tocsin(*args, stdin=None, check=True, env=None, timeout=TIMEOUT_S):
    """Runs the program as it stands; text in, text out."""
    done = subprocess.run([TOCSIN, *map(str, args)], input=stdin, text=True, capture_output=True,
                          timeout=timeout, env=env or clean_environment())
    if check and done.returncode != 0:
        raise CommandFailed(f"tocsin {' '.join(map(str, args))}: exit {done.returncode}\n"
                            f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done


def parse_output(text):
    """One JSON document, or JSON Lines as a list."""
    try:
        return json.loads(text)
    except ValueError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def rows(value):
    """The rows of a printed list, whether bare, wrapped in an object, or one object alone."""
    if isinstance(value, list):
        return value
    lists = [v for v in value.values() if isinstance(v, list)]
    if "id" not in value and len(lists) == 1:
        return lists[0]
    return [value] if "id" in value else []


class Exchange:
    """A data directory with its commands; `serve` starts the server over it."""

    def __init__(self, data):
        self.data = Path(data)
        self.server = None

    def argv(self, command, *args, as_json=False):
        return [command, "--data", str(self.data), *(["--json"] if as_json else []),
                *map(str, args)]

    def init(self, name="Election Exchange"):
        return self.json("init", "--name", name)

    def run(self, command, *args, stdin=None, check=True, timeout=TIMEOUT_S):
        return tocsin(*self.argv(command, *args), stdin=stdin, check=check, timeout=timeout)

    def json(self, command, *args, stdin=None, timeout=TIMEOUT_S):
        done = tocsin(*self.argv(command, *args, as_json=True), stdin=stdin, timeout=timeout)
        return parse_output(done.stdout)

    def rows(self, command, *args):
        return rows(self.json(command, *args))

    def id_of(self, command, *args, stdin=None):
        return self.json(command, *args, stdin=stdin)["id"]

    def org(self, name, sector, jurisdictions=(), ceiling=None):
        more = [x for j in jurisdictions for x in ("--jurisdiction", j)]
        more += ["--ceiling", ceiling] if ceiling else []
        return self.id_of("org", "add", "--name", name, "--sector", sector, *more)

    def person(self, org, email, roles=("publisher",), password="correct horse battery",
               ceiling=None):
        more = [x for r in roles for x in ("--role", r)]
        more += ["--ceiling", ceiling] if ceiling else []
        return self.id_of("person", "add", "--org", org, "--email", email, "--name",
                          email.split("@")[0], *more, "--password-stdin", stdin=password + "\n")

    def token(self, org, name="feed", person=None, read_only=False, collections=()):
        """(id, secret)"""
        more = ["--person", person] if person else []
        more += ["--read-only"] if read_only else []
        more += [x for c in collections for x in ("--collection", c)]
        made = self.json("token", "add", "--org", org, "--name", name, *more)
        return made["id"], made["secret"]

    def collection(self, title, default=None, public=False, publisher=None, alias=None,
                   description=None):
        more = ["--default-tlp", default] if default else []
        more += ["--public"] if public else []
        more += ["--publisher", publisher] if publisher else []
        more += ["--alias", alias] if alias else []
        more += ["--description", description] if description else []
        return self.id_of("collection", "add", "--title", title, *more)

    def grant(self, collection, to, read=True, write=False, revoke=False):
        more = (["--read"] if read else []) + (["--write"] if write else [])
        if revoke:
            more = ["--revoke"]
        self.run("grant", "--collection", collection, "--to", to, *more)

    def import_text(self, collection, org, text, author=None, check=True):
        more = ["--author", author] if author else []
        return self.run("import", "--collection", collection, "--as", org, *more, "-",
                        stdin=text, check=check)

    def serve(self, *more, scheme="http", port=0, listen="127.0.0.1", preexec_fn=None):
        assert self.server is None or not self.server.is_running(), "already serving"
        self.server = Server(self.argv("serve", "--listen", f"{listen}:{port}", *more), scheme,
                             preexec_fn)
        return self.server

    def stop(self):
        if self.server is not None:
            self.server.stop()
            self.server.forget()
            self.server = None


class Server:
    """`tocsin serve` on loopback, ready when it says at which port it listens."""

    def __init__(self, argv, scheme="http", preexec_fn=None):
        out, name = tempfile.mkstemp(prefix="tocsin-serve-", suffix=".log")
        self.log = Path(name)
        self.process = subprocess.Popen([TOCSIN, *argv], stdin=subprocess.DEVNULL, stdout=out,
                                        stderr=out, env=clean_environment(), preexec_fn=preexec_fn)
        os.close(out)
        self.port = self.wait_ready()
        self.base = f"{scheme}://127.0.0.1:{self.port}"

    def wait_ready(self, patience_s=20):
        """The port that it listens at."""
        until = time.monotonic() + patience_s
        while time.monotonic() < until:
            said = re.search(r"^tocsin serves .*:(\d+)\n", self.words(), re.M)
            if said:
                return int(said[1])
            if self.process.poll() is not None:
                raise CommandFailed(f"serve ended with {self.process.returncode}:\n{self.words()}")
            time.sleep(0.01)
        self.kill()
        raise CommandFailed(f"serve was not ready in {patience_s} s:\n{self.words()}")

    def words(self):
        return self.log.read_text(errors="replace")[-4000:]

    def forget(self):
        self.log.unlink(missing_ok=True)

    def is_running(self):
        return self.process.poll() is None

    def signal(self, number):
        self.process.send_signal(number)

    def kill(self):
        if self.is_running():
            self.process.kill()
        self.process.wait(timeout=10)

    def stop(self, patience_s=20):
        if self.is_running():
            self.signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=patience_s)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError("serve did not end on SIGTERM:\n" + self.words())


def poll(question, patience_s=10, every_s=0.02):
    """Asks until the answer is true; returns it."""
    until = time.monotonic() + patience_s
    while True:
        answer = question()
        if answer or time.monotonic() > until:
            return answer
        time.sleep(every_s)
