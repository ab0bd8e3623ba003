"""Kill -9 at any moment, and a full disk: nothing acknowledged is lost (S13 to S15)."""

import json
import os
import re
import resource
import shutil
import subprocess

import pytest

import objects as stix
import rawhttp
from exchange import TOCSIN, Exchange, clean_environment, poll
from storm import Storm
from taxii import Client, check_error


def test_after_kill_minus_9_every_acknowledged_object_is_there_once(tmp_path):
    """Three rounds over one exchange, then fsck, the audit chain and rebuild agree (S15)."""
    storm = Storm(tmp_path / "data", seed=5)
    try:
        for _ in range(3):
            storm.round()
        storm.check_deep()
        before = storm.x.run("export", "--as", storm.org, "--jsonl", "--all-versions").stdout
        storm.x.run("rebuild")
        storm.x.run("fsck")
        assert storm.x.run("export", "--as", storm.org, "--jsonl",
                           "--all-versions").stdout == before
    finally:
        storm.x.stop()
    assert storm.account.acknowledged, "a storm that posted nothing proves nothing"


def test_an_import_that_is_killed_is_simply_run_again(tmp_path):
    """L10."""
    x = Exchange(tmp_path / "data")
    x.init()
    org, k = x.org("Fed", "federal"), x.collection("K")
    x.grant(k, org, read=True, write=True)
    things = [stix.campaign("green") for _ in range(20_000)]
    path = tmp_path / "things.json"
    path.write_text(stix.bundle(*things))
    argv = [TOCSIN, "import", "--data", str(x.data), "--collection", k, "--as", org, str(path)]
    running = subprocess.Popen(argv, env=clean_environment(), stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    size = size_of(x.data)
    poll(lambda: running.poll() is not None or size_of(x.data) > size + 4_000_000, 20, 0.002)
    running.kill()
    running.wait()
    x.run("fsck")
    x.run("import", "--collection", k, "--as", org, path)
    lines = x.run("export", "--as", org, "--jsonl", "--all-versions", "--collection", k)
    got = [json.loads(line)["id"] for line in lines.stdout.splitlines()]
    assert len(got) == len(things) and set(got) == {t["id"] for t in things}
    x.run("fsck")


def size_of(folder):
    return sum(p.stat().st_size for p in folder.iterdir() if p.is_file())


def full_disk(tmp_path, made):
    """A file system of 24 MB when root may mount one; else a limit on the size of any file."""
    if os.geteuid() == 0:
        small = tmp_path / "small"
        small.mkdir()
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "none", str(small)],
                              capture_output=True)
        if done.returncode == 0:
            made.append(small)
            return small / "data", None
    return tmp_path / "data", lambda: resource.setrlimit(resource.RLIMIT_FSIZE,
                                                         (6_000_000, 6_000_000))


@pytest.fixture
def mounts():
    made = []
    yield made
    for small in made:
        subprocess.run(["umount", str(small)], check=True)


def test_a_full_disk_is_a_refusal_in_words_and_reading_goes_on(tmp_path, mounts):
    """S14: nothing acknowledged is lost, nothing is stored in part."""
    data, limit = full_disk(tmp_path, mounts)
    x = Exchange(data)
    x.init()
    org, k = x.org("Fed", "federal"), x.collection("K")
    x.grant(k, org, read=True, write=True)
    secret = x.token(org)[1]
    x.serve(preexec_fn=limit)
    client = Client(x.server.base, secret)
    held = []
    for _ in range(200):
        things = [stix.campaign("green", description=os.urandom(3000).hex()) for _ in range(50)]
        answer = client.post_text(k, json.dumps({"objects": things}))
        if answer.status_code != 202:
            break
        assert answer.json()["failure_count"] == 0
        held += [t["id"] for t in things]
    words = check_error(answer, (503, 507))
    assert any(w in json.dumps(words).lower() for w in ("full", "space", "disk", "room"))
    assert held and client.ids(k, limit=100) == held
    assert client.get("/exchange/").status_code == 200
    check_error(client.post_text(k, stix.envelope(*things)), (503, 507))
    assert x.server.is_running()
    x.stop()
    whole = tmp_path / "whole"
    shutil.copytree(data, whole)
    y = Exchange(whole)
    y.run("fsck")
    y.run("audit", "verify")
    y.serve()
    client = Client(y.server.base, secret)
    assert client.ids(k, limit=1000) == held
    client.post(k, stix.campaign("green"))
    y.stop()


def test_a_reader_that_goes_away_in_the_middle_does_no_harm(own_town):
    t = own_town
    t.fed.post(t.k, *[stix.campaign("green", description="x" * 3000) for _ in range(500)])
    for _ in range(10):
        with rawhttp.connect(t.x.server.port) as sock:
            sock.sendall(rawhttp.request("GET", t.fed.path(t.k, "objects"), t.tokens["fed"][1]))
            sock.recv(100)
    assert len(t.fed.ids(t.k, limit=500)) == 500


def traced(pid, path):
    """strace at a running program, or a skip where the machine does not let one watch another."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    calls = "trace=fdatasync,fsync,pwrite64,write,writev,sendto,sendmsg"
    watcher = subprocess.Popen([strace, "-f", "-y", "-s", "32", "-e", calls, "-o", str(path), "-p",
                                str(pid)], stderr=subprocess.PIPE, text=True)
    said = watcher.stderr.readline()
    if "attached" not in said:
        watcher.kill()
        pytest.skip(f"this machine lets no program watch another: {said.strip()}")
    return watcher


def test_what_is_acknowledged_was_synced_before(own_town, tmp_path):
    """L9, S13: the 202 leaves after the write-ahead log has come to the disk."""
    town = own_town
    watcher = traced(town.x.server.process.pid, tmp_path / "calls")
    town.f1.post(town.k, stix.campaign("green"))
    watcher.terminate()
    watcher.communicate()
    calls = (tmp_path / "calls").read_text().splitlines()

    def find(pattern):
        return [n for n, call in enumerate(calls) if re.search(pattern, call)]
    [told] = find("HTTP/1.1 202")
    written = find(r"pwrite64\(.*tocsin\.db-wal>")
    synced = find(r"\bf(data)?sync\b.*\) += 0$")
    assert written and written[0] < told, calls
    last = max(n for n in written if n < told)
    assert any(last < n < told for n in synced), calls[last:told + 1]
