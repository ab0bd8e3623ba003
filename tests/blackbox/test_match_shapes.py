"""tocsin match over logs as other programs write them: their times, their files."""

import bz2
import gzip
import json
import lzma
import os
import subprocess

import pytest

from exchange import TOCSIN
from sweeping import hits, tocsin, write

# Lines of logs, and the time that each gives for itself where clocks show UTC.
TIMES = {
    "squid": ("1780000000.123 200 10.0.0.1 TCP_MISS/200 5 GET http://evil.example/ - D/192.0.2.1 -",
              "2026-05-28T20:26:40.123000Z"),
    "zeek": ("1780000000.5\tCHhAvV\t10.0.0.1\t53\twww.evil.example", "2026-05-28T20:26:40.500000Z"),
    "eve": ('{"timestamp":"2026-05-28T20:26:40.25+0200","dns":{"rrname":"evil.example"}}',
            "2026-05-28T18:26:40.250000Z"),
    "apache": ('10.0.0.1 - - [28/May/2026:20:26:40 +0000] "GET /?u=http%3A%2F%2Fevil.example%2F"',
               "2026-05-28T20:26:40.000000Z"),
    "bind": ("28-May-2026 20:26:40.100 queries: info: client query: evil.example IN A",
             "2026-05-28T20:26:40.100000Z"),
    "csv": ("2026-05-28 20:26:40,198.51.100.7,evil.example", "2026-05-28T20:26:40.000000Z"),
    "no time": ("evil.example 1780000000", None),
}


@pytest.mark.parametrize("shape", TIMES)
def test_a_hit_and_what_is_sent_back_have_the_time_of_the_line(tmp_path, shape):
    line, time = TIMES[shape]
    report = tmp_path / "report"
    done = tocsin("match", "--indicators", write(tmp_path / "list", "evil.example\n"), "--json",
                  "--report", report, write(tmp_path / "log", line + "\n"),
                  env=os.environ | {"TZ": "UTC"})
    assert [hit.get("time") for hit in hits(done)] == [time]
    met = json.loads(report.read_text())["met"]
    assert [(row.get("first_seen"), row.get("last_seen")) for row in met] == [(time, time)]


def sweep(tmp_path, *words, text=None):
    return tocsin("match", "--indicators", write(tmp_path / "list", "evil.example\n"), "--json",
                  *words, text=text)


@pytest.mark.parametrize("coding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_logs_in_utf_16_are_read(tmp_path, coding, pack):
    text = "\ufeff" + "b\u00fccher \U0001f600 line\r\n" * 30000 + "at evil.example now\r\n"
    done = sweep(tmp_path, write(tmp_path / "log", pack(text.encode(coding))))
    assert [(hit["line"], hit["context"]) for hit in hits(done)] == [(30001, "at evil.example now")]
    odd = write(tmp_path / "odd", "\ufeffevil.example\n".encode("utf-16-le") + b"\x00\xd8A\x00\x01")
    assert [hit["line"] for hit in hits(sweep(tmp_path, odd))] == [1]


UNREAD = {
    "bzip2 -dc": bz2.compress(b"evil.example\n"),
    "xz -dc": lzma.compress(b"evil.example\n"),
    "lz4 -dc": b"\x04\x22\x4d\x18evil.example\n",
    "7z x": b"7z\xbc\xaf\x27\x1cevil.example\n",
    "unzip -p": b"PK\x03\x04evil.example\n",
    "Get-WinEvent": b"ElfFile\0evil.example\n",
    "journalctl": b"LPKSHHRHevil.example\n",
    "zeek -r": b"\xd4\xc3\xb2\xa1evil.example\n",
}


@pytest.mark.parametrize("tool", UNREAD)
def test_a_file_in_which_nothing_would_be_found_is_named_with_what_reads_it(tmp_path, tool):
    """Silence about it would be taken for good news."""
    log = write(tmp_path / "log", UNREAD[tool])
    done = sweep(tmp_path, log, write(tmp_path / "good", "evil.example\n"))
    assert [hit["file"] for hit in hits(done)] == [str(tmp_path / "good")]
    assert done.returncode == 2
    assert tool.encode() in done.stderr and str(log).encode() in done.stderr


def test_a_folder_is_walked_once_whatever_links_and_pipes_are_in_it(tmp_path):
    below = tmp_path / "logs" / "below"
    below.mkdir(parents=True)
    write(below / "a.log", "evil.example\n")
    write(below / ".hidden", "evil.example\n")
    (below / "b.log").symlink_to("a.log")
    (below / "loop").symlink_to("..")
    os.mkfifo(below / "pipe")
    (below / "gone").symlink_to("nowhere")
    done = sweep(tmp_path, "--logs", tmp_path / "logs", below / "a.log")
    assert [hit["file"] for hit in hits(done)] == [str(below / "a.log")]
    assert b"pipe is no regular file and passed over" in done.stderr
    assert b"cannot open" in done.stderr and b"gone" in done.stderr and done.returncode == 2


def test_where_there_is_no_file_to_sweep_that_is_trouble(tmp_path):
    (tmp_path / "empty").mkdir()
    done = sweep(tmp_path, "--logs", tmp_path / "empty")
    assert done.returncode == 2 and b"no file to sweep" in done.stderr


def test_follows_a_log_that_is_not_there_yet_and_counts_each_new_one_from_its_beginning(tmp_path):
    log = tmp_path / "log"
    words = ["match", "--indicators", write(tmp_path / "list", "evil.example\n"), "--follow",
             "--json", log]
    with subprocess.Popen([TOCSIN, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True) as run:
        assert "cannot open" in run.stderr.readline()
        write(log, "no\nevil.example 1\nevil.exa")
        first = json.loads(run.stdout.readline())
        log.rename(tmp_path / "log.1")
        write(log, "evil.example 2\n")
        second = json.loads(run.stdout.readline())
        write(log, "evil.example\n")  # cut short in place
        third = json.loads(run.stdout.readline())
        run.terminate()
        assert run.wait(timeout=60) == 2
    assert [(hit["line"], hit["offset"]) for hit in (first, second, third)] == [
        (2, 3), (1, 0), (1, 0)]
    assert "time" in third


def test_follows_standard_input_which_may_be_many_logs(tmp_path):
    words = ["match", "--indicators", write(tmp_path / "list", "evil.example\n"), "--follow",
             "--json", "-"]
    with subprocess.Popen([TOCSIN, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True) as run:
        run.stdin.write("evil.example 1\n")
        run.stdin.flush()
        assert json.loads(run.stdout.readline())["context"] == "evil.example 1"
        run.stdin.close()
        assert run.wait(timeout=60) == 0
