"""tocsin match --follow: several logs at once, folders, rotation in all its ways."""

import gzip
import json
import os
import queue
import subprocess
import threading
import time
from contextlib import contextmanager

import pytest

from exchange import TOCSIN
from sweeping import write

SECONDS = 60  # in which whatever is to come has come


class Following:
    """A run that goes on. Hits are known by the word behind the name that is met."""

    def __init__(self, run, root):
        self.run = run
        self.root = root
        self.lines = queue.Queue()
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.run.stdout:
            self.lines.put(json.loads(line))

    def next(self):
        hit = self.lines.get(timeout=SECONDS)
        path = hit["file"].removeprefix(f"{self.root}/")
        return path, hit["line"], hit["context"].removeprefix("evil.example ")

    def some(self, count):
        return sorted(self.next() for _ in range(count))

    def end(self):
        """What else was met, what was said, and the exit status."""
        self.run.terminate()
        said = self.run.stderr.read()
        status = self.run.wait(timeout=SECONDS)
        self.reader.join(SECONDS)
        rest = []
        while not self.lines.empty():
            rest.append(self.next())
        return rest, said, status


@contextmanager
def following(root, *logs, stdin=subprocess.DEVNULL):
    indicators = write(root.parent / "list.txt", "evil.example\n")
    command = [TOCSIN, "match", "--indicators", indicators, "--follow", "--json", *logs]
    with subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True) as run:
        try:
            yield Following(run, root)
        finally:
            run.kill()


@pytest.fixture(name="root")
def folder_of_logs(tmp_path):
    folder = tmp_path / "logs"
    folder.mkdir()
    return folder


def add(path, *words):
    with open(path, "a", encoding="utf-8") as to:
        to.write("".join(f"evil.example {word}\n" for word in words))


def test_several_logs_are_followed_each_with_its_own_lines(root):
    for name in "ab":
        add(root / name, name + "1")
    with following(root, root / "a", root / "b") as f:
        assert f.some(2) == [("a", 1, "a1"), ("b", 1, "b1")]
        add(root / "b", "b2")
        assert f.next() == ("b", 2, "b2")
        add(root / "a", "a2", "a3")
        assert f.some(2) == [("a", 2, "a2"), ("a", 3, "a3")]
        # Renamed and begun anew; cut short; there only now.
        (root / "a").rename(root / "old")
        add(root / "a", "a4")
        assert f.next() == ("a", 1, "a4")
        os.truncate(root / "b", 0)
        time.sleep(0.5)
        add(root / "b", "b3")
        assert f.next() == ("b", 1, "b3")
        rest, _, status = f.end()
        assert rest == [] and status == 0


def test_a_log_that_is_not_there_is_said_once_and_followed_once_it_is(root):
    add(root / "a", "a1")
    with following(root, root / "a", root / "late") as f:
        assert f.next() == ("a", 1, "a1")
        time.sleep(0.6)
        add(root / "late", "l1")
        assert f.next() == ("late", 1, "l1")
        rest, said, status = f.end()
        assert rest == [] and said.count("late: No such file") == 1 and status == 2


def test_a_file_of_two_names_is_followed_once_also_where_one_comes_later(root):
    add(root / "a", "1")
    (root / "b").symlink_to(root / "a")
    os.link(root / "a", root / "c")
    with following(root, root / "a", root / "b", root / "c", root / "d") as f:
        assert f.next() == ("a", 1, "1")
        (root / "d").symlink_to(root / "a")
        time.sleep(0.6)
        add(root / "a", "2")
        assert f.next() == ("a", 2, "2")
        # From now on it is a file of its own.
        (root / "d").unlink()
        add(root / "d", "3")
        assert f.next() == ("d", 1, "3")
        assert f.end()[0] == []


def test_a_line_is_given_once_it_is_whole_or_its_file_ends(root):
    write(root / "a", "evil.exam")
    write(root / "b", "evil.example b1")
    with following(root, root / "a", root / "b") as f:
        time.sleep(0.5)
        with open(root / "a", "a", encoding="utf-8") as to:
            to.write("ple a1\nevil.example a2")
        assert f.next() == ("a", 1, "a1")
        (root / "a").rename(root / "old")
        add(root / "a", "a3")
        assert f.some(2) == [("a", 1, "a3"), ("a", 2, "a2")]
        assert f.end()[0] == [("b", 1, "b1")]


def test_a_busy_log_does_not_hold_up_the_others(root):
    write(root / "busy", b"busy line without any of that\n" * 3000000)
    add(root / "busy", "last")
    add(root / "quiet", "q1")
    with following(root, root / "busy", root / "quiet") as f:
        assert [f.next()[0], f.next()[0]] == ["quiet", "busy"]
        assert f.end()[0] == []


def test_what_was_written_before_the_end_is_swept(root):
    add(root / "a", "a1")
    with following(root, root / "a") as f:
        assert f.next() == ("a", 1, "a1")
        add(root / "a", "a2")
        rest, said, status = f.end()
        assert rest == [("a", 2, "a2")] and status == 0 and "2 hits of 1 value" in said


def test_of_a_folder_files_that_appear_are_followed_and_hidden_ones_not(root):
    add(root / "a", "a1")
    with following(root, root) as f:
        assert f.next() == ("a", 1, "a1")
        (root / "sub").mkdir()
        add(root / "sub" / "b", "b1")
        assert f.next() == ("sub/b", 1, "b1")
        add(root / ".hidden", "h1")
        write(root / "c.gz", gzip.compress(b"evil.example c1\n"))
        assert f.next() == ("c.gz", 1, "c1")
        add(root / "sub" / "b", "b2")
        assert f.next() == ("sub/b", 2, "b2")
        # One that is deleted and made anew.
        (root / "sub" / "b").unlink()
        time.sleep(2.5)
        add(root / "sub" / "b", "b3")
        assert f.next() == ("sub/b", 1, "b3")
        assert f.end()[0] == []


def test_an_empty_folder_is_followed(root):
    with following(root, root) as f:
        time.sleep(0.3)
        add(root / "a", "a1")
        assert f.next() == ("a", 1, "a1")
        assert f.end()[2] == 0


def rotate(root, word):
    """As logrotate does it: log.1 becomes log.2.gz, log becomes log.1."""
    if (root / "log.1").exists():
        write(root / "log.2.gz", gzip.compress((root / "log.1").read_bytes()))
        (root / "log.1").unlink()
    (root / "log").rename(root / "log.1")
    add(root / "log", word)


def test_of_a_folder_what_was_rotated_is_not_swept_again(root):
    add(root / "log", "1")
    add(root / "log.1", "0")
    with following(root, root) as f:
        assert f.some(2) == [("log", 1, "1"), ("log.1", 1, "0")]
        for word in "234":
            rotate(root, word)
            assert f.next() == ("log", 1, word)
            time.sleep(1.5)
        rest, said, status = f.end()
        assert rest == [] and status == 0
        assert "log.2.gz is taken for what was in " in said


def test_of_a_folder_a_copy_that_was_rotated_is_not_swept_again(root):
    add(root / "log", "1")
    with following(root, root) as f:
        assert f.next() == ("log", 1, "1")
        write(root / "log-20261129", (root / "log").read_bytes())
        os.truncate(root / "log", 0)
        time.sleep(1.5)
        add(root / "log", "2")
        assert f.next() == ("log", 1, "2")
        assert f.end()[0] == []


def test_of_a_folder_what_was_renamed_to_any_name_is_not_swept_again(root):
    add(root / "x.log", "1")
    add(root / "x.0.log", "0")
    with following(root, root) as f:
        assert f.some(2) == [("x.0.log", 1, "0"), ("x.log", 1, "1")]
        (root / "x.0.log").rename(root / "x.1.log")
        (root / "x.log").rename(root / "x.0.log")
        add(root / "x.log", "2")
        assert f.next() == ("x.log", 1, "2")
        time.sleep(2)
        add(root / "x.log", "3")
        assert f.next() == ("x.log", 2, "3")
        assert f.end()[0] == []


def test_standard_input_and_a_log_are_followed_side_by_side(root):
    add(root / "a", "a1")
    with following(root, root / "a", "-", stdin=subprocess.PIPE) as f:
        assert f.next() == ("a", 1, "a1")
        f.run.stdin.write("evil.example s1\n")
        f.run.stdin.flush()
        assert f.next() == ("-", 1, "s1")
        add(root / "a", "a2")
        assert f.next() == ("a", 2, "a2")
        f.run.stdin.close()
        add(root / "a", "a3")
        assert f.next() == ("a", 3, "a3")
        assert f.end()[0] == []


def test_standard_input_alone_ends_with_it(root):
    with following(root, "-", stdin=subprocess.PIPE) as f:
        f.run.stdin.write("evil.example s1\n")
        f.run.stdin.flush()
        assert f.next() == ("-", 1, "s1")
        f.run.stdin.write("evil.example s2")
        f.run.stdin.close()
        assert f.next() == ("-", 2, "s2")
        assert f.run.wait(timeout=SECONDS) == 0


def test_a_pipe_with_a_name_waits_for_whoever_writes_and_holds_up_nobody(root):
    add(root / "a", "a1")
    os.mkfifo(root / "pipe")
    with following(root, root / "pipe", root / "a") as f:
        assert f.next() == ("a", 1, "a1")
        for word in ("p1", "p2"):
            add(root / "pipe", word)
            assert f.next()[2] == word
        assert f.end()[0] == []


def test_a_log_that_is_compressed_or_of_another_kind_is_read_or_named(root):
    write(root / "a.gz", gzip.compress(b"evil.example a1\n"))
    write(root / "b", b"\xfd7zXZ\0\0\4" + b"x" * 100)
    add(root / "c", "c1")
    with following(root, root / "a.gz", root / "b", root / "c") as f:
        assert f.some(2) == [("a.gz", 1, "a1"), ("c", 1, "c1")]
        rest, said, status = f.end()
        assert rest == [] and "is compressed by xz" in said and status == 2


def test_what_was_set_aside_before_is_swept_once_and_named_if_it_is_cut_off(root):
    add(root / "log", "1")
    whole = gzip.compress(b"evil.example 0\n" + os.urandom(100000))
    write(root / "log.2.gz", whole[:-20])
    with following(root, root) as f:
        assert f.some(2) == [("log", 1, "1"), ("log.2.gz", 1, "0")]
        add(root / "log", "2")
        assert f.next() == ("log", 2, "2")
        rest, said, status = f.end()
        assert rest == [] and status == 2
        assert said.count("log.2.gz: the compressed data ends too early") == 1
