"""How far long work is: on a terminal, and on nothing else."""

import os
import pty
import re
import subprocess
import threading
import time

import pytest

import objects as stix
from exchange import TOCSIN, clean_environment
from odd_server import COLLECTION

SHARE = re.compile(r"\[[#.]{24}\] +(\d+) %  (\d+) objects, \d+/s, (?:\d+ \w+ ?)+left")
COUNT = re.compile(r"\[K(\d+) objects, \d+/s")


def on_terminal(*words, reads_after=0.0):
    """Runs it with a terminal for standard error; returns what was shown there."""
    try:
        ours, theirs = pty.openpty()
    except OSError as reason:
        pytest.skip(f"this machine gives no terminals ({reason}); is devpts mounted?")
    shown = []

    def read():
        try:
            while part := os.read(ours, 65536):
                shown.append(part)
        except OSError:
            pass  # the other side is closed

    with subprocess.Popen([TOCSIN, *map(str, words)], stdout=subprocess.PIPE, stderr=theirs,
                          env=clean_environment()) as run:
        os.close(theirs)
        reader = threading.Thread(target=read)
        reader.start()
        time.sleep(reads_after)
        run.stdout.read()
        assert run.wait() == 0
    reader.join()
    os.close(ours)
    return b"".join(shown).decode()


def shares(text):
    return [int(share) for share, _ in SHARE.findall(text)]


def things(count):
    return [stix.campaign("green", description="x" * 300) for _ in range(count)]


def slowly():
    time.sleep(0.2)


def test_export_says_how_far_it_is(own_house, tmp_path):
    file = tmp_path / "bundle.json"
    file.write_text(stix.bundle(*things(4000)))
    own_house.x.run("import", "--collection", own_house.k, "--as", own_house.fed, file)
    words = ["export", "--data", own_house.x.data, "--as", own_house.plat]
    # Its first page fits into no pipe: it waits until that is read.
    text = on_terminal(*words, reads_after=1.3)
    assert shares(text) and all(0 < share <= 100 for share in shares(text)), text
    assert "objects," not in own_house.x.run(*words[:1], *words[3:]).stderr


def test_push_of_a_file_says_how_far_it_is(odd, tmp_path):
    odd.slow_post = slowly
    file = tmp_path / "bundle.json"
    file.write_text(stix.bundle(*things(1500)))
    text = on_terminal("push", odd.base + "/api/", "--collection", COLLECTION, file)
    assert len(shares(text)) > 1 and shares(text) == sorted(shares(text)), text
    assert len(odd.posted) == 1500


def test_push_of_a_collection_says_how_far_it_is(odd, own_house):
    odd.slow_post = slowly
    strict = [stix.campaign("amber+strict", description="x" * 300) for _ in range(100)]
    own_house.put(*things(1000), *strict)
    text = on_terminal("push", odd.base + "/api/", "--collection", COLLECTION, "--data",
                       own_house.x.data, "--collection", own_house.k, "--as", own_house.fed)
    assert len(shares(text)) > 1 and shares(text) == sorted(shares(text)), text
    assert "100 left out" in text and len(odd.posted) == 1000


def test_pull_counts_for_a_server_does_not_tell_how_much_there_is(odd, tmp_path):
    odd.slow = slowly
    odd.page = 10
    for number, thing in enumerate(things(150)):
        odd.add(f"2026-01-01T00:{number // 60:02}:{number % 60:02}.000000Z", thing)
    text = on_terminal("pull", odd.base + "/api/", "--collection", COLLECTION, "--out",
                       tmp_path / "out")
    counts = [int(count) for count in COUNT.findall(text)]
    assert len(counts) > 1 and counts == sorted(counts) and not shares(text), text
