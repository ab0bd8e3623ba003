"""Audit, backup, rebuild and fsck, and data directories that are wrong (R3, S13 to S15)."""

import re
import shutil
import sqlite3
import uuid

import pytest

import objects as stix
from exchange import Exchange, rows, tocsin
from house import House, fails

# Audit.


def audit_table(db):
    """The table whose rows are the audit log, found by its name."""
    names = [r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = [n for n in names if "audit" in n and "head" not in n]
    assert len(found) == 1, names
    return found[0]


def database(data):
    files = [p for p in data.iterdir() if p.read_bytes()[:15] == b"SQLite format 3"]
    for path in files:
        db = sqlite3.connect(path)
        names = {r[0] for r in db.execute("SELECT name FROM sqlite_master")}
        if any("audit" in n for n in names):
            return db
        db.close()
    raise AssertionError(f"no audit log in {files}")


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    """An exchange with some history; tests tamper with copies of it."""
    folder = tmp_path_factory.mktemp("record")
    h = House(folder / "data")
    for i in range(5):
        h.x.org(f"Org {i}", "state")
    h.put(stix.campaign("green"))
    head = h.x.run("audit", "head").stdout.strip()
    h.x.org("After", "state")
    h.x.run("audit", "verify")
    return h.x.data, head


@pytest.fixture
def copy(record, tmp_path):
    shutil.copytree(record[0], tmp_path / "data")
    return Exchange(tmp_path / "data")


def test_the_audit_chain_verifies_and_shows_who_did_what(record):
    """R3."""
    x = Exchange(record[0])
    x.run("audit", "verify")
    x.run("audit", "verify", "--against", record[1])
    assert "org" in x.run("audit", "show").stdout
    assert all("verb" in r or "action" in r for r in rows(x.json("audit", "show")))


@pytest.mark.parametrize("harm", ["change", "remove", "swap", "insert"])
def test_a_changed_removed_or_reordered_row_is_found(copy, harm):
    """R3: and the first is named."""
    db = database(copy.data)
    table = audit_table(db)
    columns = [r[1] for r in db.execute(f"PRAGMA table_info({table})")]
    n, third = columns[0], db.execute(f"SELECT * FROM {table} ORDER BY 1 LIMIT 1 OFFSET 2"
                                      ).fetchone()
    if harm == "change":
        text = next(c for c, v in zip(columns, third) if isinstance(v, str) and v and c != n)
        db.execute(f"UPDATE {table} SET {text} = {text} || 'x' WHERE {n} = ?", (third[0],))
    elif harm == "remove":
        db.execute(f"DELETE FROM {table} WHERE {n} = ?", (third[0],))
    elif harm == "swap":
        db.execute(f"UPDATE {table} SET {n} = -1 WHERE {n} = ?", (third[0],))
        db.execute(f"UPDATE {table} SET {n} = ? WHERE {n} = ?", (third[0], third[0] + 1))
        db.execute(f"UPDATE {table} SET {n} = ? WHERE {n} = -1", (third[0] + 1,))
    else:
        marks = ",".join("?" * len(columns))
        last = db.execute(f"SELECT max({n}) FROM {table}").fetchone()[0]
        db.execute(f"INSERT INTO {table} VALUES ({marks})", (last + 1, *third[1:]))
    db.commit()
    db.close()
    done = fails(copy.run("audit", "verify", check=False))
    if harm in ("change", "remove", "swap"):
        numbers = {int(w) for w in re.findall(r"\d+", done.stdout + done.stderr)}
        assert numbers & {third[0], third[0] + 1}, done.stderr


def test_cutting_the_end_is_found_against_a_kept_head(copy, record):
    """R3."""
    db = database(copy.data)
    table = audit_table(db)
    db.execute(f"DELETE FROM {table} WHERE rowid > 3")
    db.commit()
    db.close()
    fails(copy.run("audit", "verify", "--against", record[1], check=False))


def test_a_forged_head_is_refused(record):
    x = Exchange(record[0])
    head = record[1]
    i = len(head) - 10
    forged = head[:i] + ("0" if head[i] != "0" else "1") + head[i + 1:]
    fails(x.run("audit", "verify", "--against", forged, check=False))
    fails(x.run("audit", "verify", "--against", "nonsense", check=False))


# Keeping.


def make_key(x, folder):
    """A pair of keys for backups: the public one as text, the secret one as a file."""
    done = tocsin("backup", "--make-key", folder / "key")
    return done.stdout.strip(), folder / "key"


def test_a_backup_restores_to_the_same_exchange(own_house, tmp_path):
    """S15: encrypted to a key the operator names; restore proves it."""
    h = own_house
    mark = "zanzibar-" + uuid.uuid4().hex
    h.put(*[stix.campaign("green", description=mark) for _ in range(20)])
    keys = tmp_path / "keys"
    keys.mkdir()
    public, secret = make_key(h.x, keys)
    out = tmp_path / "backup"
    h.x.serve()
    h.x.run("backup", "--to", out, "--key", public)
    h.x.stop()
    assert mark.encode() not in out.read_bytes()
    tocsin("restore", "--from", out, "--key", secret, "--data", tmp_path / "restored")
    other = Exchange(tmp_path / "restored")
    for command in (("export", "--as", h.plat, "--jsonl"), ("org", "list", "--json")):
        assert other.run(*command).stdout == h.x.run(*command).stdout
    other.run("fsck")
    other.run("audit", "verify")
    broken = tmp_path / "broken"
    data = bytearray(out.read_bytes())
    data[len(data) // 2] ^= 1
    broken.write_bytes(data)
    fails(tocsin("restore", "--from", broken, "--key", secret, "--data", tmp_path / "r2",
                 check=False))
    fails(tocsin("restore", "--from", out, "--key", secret, "--data", tmp_path / "restored",
                 check=False))


def test_rebuild_gives_what_was_there_and_fsck_agrees(own_house):
    """S15."""
    h = own_house
    things = [stix.campaign(x) for x in ("green", "amber", "clear")]
    h.put(*things, stix.note([things[0]["id"]], "green"), stix.campaign("amber"))
    h.x.run("withdraw", things[1]["id"], "--as", h.fed)
    before = h.x.run("export", "--as", h.plat, "--jsonl", "--all-versions").stdout
    h.x.run("fsck")
    h.x.run("rebuild")
    h.x.run("fsck")
    assert h.x.run("export", "--as", h.plat, "--jsonl", "--all-versions").stdout == before


def test_fsck_finds_a_lost_body(own_house):
    """S15: log, bytes, views and chains against each other."""
    h = own_house
    h.put(*[stix.campaign("green") for _ in range(3)])
    db = database(h.x.data)
    blobs = [(t, c) for (t,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'"
                                           ).fetchall()
             for c in [r[1] for r in db.execute(f"PRAGMA table_info({t})")] if c == "bytes"]
    assert blobs
    table, column = blobs[0]
    db.execute(f"UPDATE {table} SET {column} = x'7b7d' WHERE rowid = (SELECT max(rowid) "
               f"FROM {table})")
    db.commit()
    db.close()
    fails(h.x.run("fsck", check=False))


@pytest.mark.parametrize("kind", ["absent", "empty", "file", "foreign", "text", "newer"])
def test_a_wrong_foreign_or_newer_data_directory_is_named_as_such(tmp_path, kind):
    """S14."""
    data = tmp_path / "data"
    if kind == "file":
        data.write_text("x")
    elif kind in ("empty", "text"):
        data.mkdir()
        if kind == "text":
            Exchange(tmp_path / "real").init()
            for p in (tmp_path / "real").iterdir():
                if p.is_file():
                    (data / p.name).write_text("no database, but words " * 100)
    elif kind in ("foreign", "newer"):
        Exchange(data).init()
        path = next(p for p in data.iterdir() if p.read_bytes()[:15] == b"SQLite format 3")
        if kind == "foreign":
            path.unlink()
            sqlite3.connect(path).executescript("CREATE TABLE other (a); INSERT INTO other "
                                                "VALUES (1); PRAGMA user_version = 3;")
        else:
            make_newer(path)
    done = fails(Exchange(data).run("org", "list", check=False), "data")
    if kind == "newer":
        assert "newer" in done.stderr.lower()


def make_newer(path):
    """As a later release would leave it: its schema's number is higher, wherever that is kept."""
    db = sqlite3.connect(path)
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version:
        db.execute(f"PRAGMA user_version = {version + 1000}")
    for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if "migration" in table or "schema" in table:
            columns = db.execute(f"PRAGMA table_info({table})").fetchall()
            values = [9999 if "INT" in c[2].upper() else "9999_from_the_future" for c in columns]
            db.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(values))})", values)
    db.commit()
    db.close()


def test_a_locked_database_is_named_as_such(own_house):
    """S14."""
    db = database(own_house.x.data)
    db.execute("PRAGMA locking_mode = exclusive")
    db.isolation_level = None
    db.execute("BEGIN EXCLUSIVE")
    done = fails(own_house.x.run("org", "add", "--name", "X", "--sector", "state", check=False,
                                 timeout=60))
    assert re.search("lock|busy|in use", done.stderr.lower())
    db.execute("ROLLBACK")
    db.close()
    own_house.x.org("X", "state")


def test_every_command_works_while_the_server_runs(own_house):
    """S13, G10."""
    h = own_house
    h.x.serve()
    thing = stix.campaign("green")
    h.put(thing)
    h.x.person(h.fed, "f@example.org")
    assert h.reads(thing["id"])
    h.x.run("export", "--as", h.plat)
    h.x.run("withdraw", thing["id"], "--as", h.fed)
    h.x.run("purge")
    h.x.run("audit", "verify")
    h.x.run("fsck")
    assert h.x.server.is_running()
