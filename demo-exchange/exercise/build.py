"""Makes the demo exchange through the command line alone, as any community would make its own."""

import csv
import io
import json
import os
import secrets
import subprocess
import tempfile
from datetime import timedelta
from pathlib import Path

from . import calls, cast, write
from .stix import Ids, stamp

STEWARD_KEY = "steward"
SUMMARY = "demo.json"
SECRETS = "demo-secrets.json"
COMMAND_SECONDS_MAX = 120
DAYS_TO_ELECTION = 74


class Failed(Exception):
    """A command said no; the text says which and why."""


class Exchange:
    """One data directory and the binary that keeps it."""

    def __init__(self, binary, data):
        self.binary = str(binary)
        self.data = str(data)

    def run(self, command, *words, given=None):
        """Runs `tocsin COMMAND --data DIR --json WORDS`; returns what it printed, as text."""
        line = [self.binary, command, "--data", self.data, "--json", *words]
        done = subprocess.run(line, input=given, capture_output=True, text=True,
                              timeout=COMMAND_SECONDS_MAX, check=False)
        if done.returncode:
            said = done.stderr.strip() or done.stdout.strip()
            raise Failed(f"tocsin {command} {' '.join(words)}: exit {done.returncode}: {said}")
        return done.stdout

    def one(self, command, *words, given=None):
        return records(self.run(command, *words, given=given))[0]

    def all(self, command, *words):
        return records(self.run(command, *words))


def records(text):
    """The objects in a command's output: a list, one object that holds a list, or JSON Lines."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    if isinstance(found, list):
        return found
    lists = [value for value in found.values() if isinstance(value, list)]
    return lists[0] if "id" not in found and len(lists) == 1 else [found]


def exists(data):
    return (data / SUMMARY).is_file()


def make(binary, data, asked, now):
    """Everything, in an empty or absent directory. Returns the summary."""
    exchange = Exchange(binary, data)
    first = exchange.one("init", "--name", cast.EXCHANGE, "--demo")
    settle(data / "tocsin.conf", now)
    with tempfile.TemporaryDirectory(prefix="tocsin-demo-") as scratch:
        org_ids = add_orgs(exchange, Path(scratch))
        person_ids = add_people(exchange, Path(scratch), org_ids, now)
        collection_ids = add_collections(exchange, Ids(asked.seed), org_ids)
        audience_ids = add_audiences(exchange, org_ids)
        names = cast.Names(org_ids, person_ids, audience_ids)
        world = write.whole(asked.seed, now, names)
        import_all(exchange, world, collection_ids, Path(scratch))
    steps = calls.steps(names, Ids(asked.seed), now, asked.address)
    exchange.run("demo", "-", given=json.dumps(steps))
    chairs = add_chairs(exchange, org_ids)
    add_seats(exchange)
    keep_secrets(data / SECRETS, first, chairs)
    return keep_summary(data, world, collection_ids, chairs)


def settle(settings, now):
    """An election to count the days to. Whoever looks at the demo is in front of its terminal: no
    line for each request."""
    day = (now + timedelta(days=DAYS_TO_ELECTION)).strftime("%Y-%m-%d")
    with settings.open("a", encoding="utf-8") as out:
        out.write(f"\nlog_level = warn\nelection_day = {day}\n"
                  "election_name = General election (exercise)\n"
                  f"contact = {steward_email()}\n")


def write_csv(path, header, rows):
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(header)
    lines.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


def org_rows():
    return [(o.name, o.sector, ";".join(o.jurisdictions), o.ceiling, o.status, o.note)
            for o in cast.orgs()]


def person_row(person, org, now):
    checked = (now - timedelta(days=person.checked_days_ago)).strftime("%Y-%m-%d")
    return (person.email, person.name, org, person.roles, person.phone, person.zone,
            person.duties, checked if person.duties else "")


def person_rows(names, now):
    return [person_row(person, names(person.org), now) for person in cast.people()]


ORG_HEADER = ("name", "sector", "jurisdictions", "ceiling", "status", "note")
PERSON_HEADER = ("email", "name", "org", "roles", "phone", "timezone", "duties", "verified")


def add_orgs(exchange, scratch):
    """The organizations and their links. The one that is there already is the steward's."""
    path = scratch / "orgs.csv"
    write_csv(path, ORG_HEADER, org_rows())
    exchange.run("org", "import", str(path))
    by_name = {row["name"]: row["id"] for row in exchange.all("org", "list")}
    ids = {org.key: by_name.pop(org.name) for org in cast.orgs()}
    ids[STEWARD_KEY] = next(iter(by_name.values()))
    for org in cast.orgs():
        for body in org.member_of:
            exchange.run("org", "link", ids[org.key], "member-of", ids[body])
        if org.part_of:
            exchange.run("org", "link", ids[org.key], "part-of", ids[org.part_of])
    return ids


def steward_email():
    return cast.address(cast.STEWARD[0], STEWARD_KEY)


def add_people(exchange, scratch, org_ids, now):
    path = scratch / "people.csv"
    name, role = cast.STEWARD
    steward = (steward_email(), name, org_ids[STEWARD_KEY], role, cast.phone(199),
               "America/New_York", "", "")
    write_csv(path, PERSON_HEADER, [*person_rows(org_ids.get, now), steward])
    exchange.run("person", "import", str(path))
    return {row["email"]: row["id"] for row in exchange.all("person", "list")}


def add_collections(exchange, ids, org_ids):
    found = {}
    for each in cast.COLLECTIONS:
        words = ["add", "--title", each.title, "--id", ids.uuid("collection", each.key),
                 "--alias", each.key, "--description", each.description,
                 "--default-tlp", each.label]
        words += ["--public"] if each.is_public else []
        words += ["--publisher", org_ids[each.publisher]] if each.publisher else []
        found[each.key] = exchange.one("collection", *words)["id"]
        for to, rights in each.grants:
            exchange.run("grant", "--collection", found[each.key], "--to", to,
                         *(f"--{right}" for right in rights.split()))
    return found


def add_audiences(exchange, org_ids):
    found = {}
    for each in cast.audiences():
        words = ["add", "--as", org_ids[each.org], "--name", each.name]
        lists = (("organization", [org_ids[o] for o in each.orgs]), ("person", each.people),
                 ("sector", each.sectors), ("jurisdiction", each.jurisdictions))
        for flag, values in lists:
            for value in values:
                words += [f"--{flag}", value]
        found[each.key] = exchange.one("audience", *words)["id"]
    return found


def import_all(exchange, world, collection_ids, scratch):
    for batch, path in write.save(world, scratch / "bundles"):
        words = ["--collection", collection_ids[batch.collection],
                 "--as", world.names.org(batch.org)]
        words += ["--author", batch.author] if batch.author else []
        exchange.run("import", *words, str(path))


def add_chairs(exchange, org_ids):
    """A password and a token for each chair. Secrets are the one thing the seed does not decide."""
    seats = [*cast.CHAIRS, (STEWARD_KEY, *cast.STEWARD)]
    titles = {org.key: org.name for org in cast.orgs()} | {STEWARD_KEY: cast.EXCHANGE}
    chairs = []
    for org, name, roles in seats:
        email = cast.address(name, org)
        password = secrets.token_urlsafe(15)
        exchange.run("person", "passwd", email, "--password-stdin", given=password + "\n")
        token = exchange.one("token", "add", "--org", org_ids[org], "--name", f"Demo: {name}",
                             "--person", email)
        chairs.append({"name": name, "organization": titles[org], "roles": roles.split(";"),
                       "email": email, "password": password, "token": token["secret"],
                       "token_id": token["id"]})
    return chairs


def add_seats(exchange):
    """Whose chair a visitor may take without a password."""
    for seat, org, title, about in cast.SEATS:
        email = cast.chair(org) if org else steward_email()
        exchange.run("person", "chair", email, "--id", seat, "--title", title, "--about", about)


def keep_secrets(path, first, chairs):
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        json.dump({"init": first, "chairs": chairs}, out, indent=1)


def keep_summary(data, world, collection_ids, chairs):
    secret = ("password", "token")
    batches = world.log.batches.values()
    summary = {
        "data": str(data), "exchange": cast.EXCHANGE, "secrets": str(data / SECRETS),
        "collections": collection_ids, "objects": sum(len(b.objects) for b in batches),
        "chairs": [{k: v for k, v in c.items() if k not in secret} for c in chairs]}
    (data / SUMMARY).write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")
    return summary


def summary_of(data):
    return json.loads((data / SUMMARY).read_text(encoding="utf-8"))


def dump(asked, now):
    """The same content as files, without an exchange: bundles, audiences, the member lists, and
    the calls."""
    folder = asked.dump
    ids = Ids(asked.seed)
    names = cast.names_from(ids)
    world = write.whole(asked.seed, now, names)
    write.save(world, folder / "bundles")
    titles = {org.key: org.name for org in cast.orgs()}
    write_csv(folder / "orgs.csv", ORG_HEADER, org_rows())
    write_csv(folder / "people.csv", PERSON_HEADER, person_rows(titles.get, now))
    created = stamp(world.clock.ago(100))
    marks = [write.definition(names, each, created) for each in cast.audiences()]
    bundle = {"type": "bundle", "id": f"bundle--{ids.uuid('bundle', 'audiences')}",
              "objects": marks}
    text = json.dumps(bundle, ensure_ascii=False, indent=1)
    (folder / "audiences.json").write_text(text + "\n", encoding="utf-8")
    text = json.dumps(calls.steps(names, ids, now, asked.address), ensure_ascii=False, indent=1)
    (folder / "calls.json").write_text(text + "\n", encoding="utf-8")
    return world
