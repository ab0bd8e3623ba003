"""tocsin match: what an operator does in the middle of it, and files that are odd."""

import json
import os
import resource
import signal
import subprocess

from exchange import TOCSIN
from sweeping import IDS, hits, indicator, tocsin, write

SECONDS = 60
# More than is read at once, with less to say than fits into a pipe.
PIECES = b"evil.example\n" * 200 + (b"x" * 99 + b"\n") * 6000


def start(*words, **more):
    return subprocess.Popen([TOCSIN, "match", *map(str, words)], stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)


def feed(run, text):
    run.stdin.write(text)
    run.stdin.flush()


def test_it_ends_once_nobody_reads_what_it_finds(tmp_path):
    """As before `| head -1`; a log may have no end."""
    for more in ([], ["--follow"]):
        with start("--indicators", write(tmp_path / "l", "evil.example\n"), "--json", *more,
                   "-") as run:
            feed(run, PIECES)
            assert json.loads(run.stdout.readline())["line"] == 1
            run.stdout.close()
            try:
                for _ in range(1000):
                    feed(run, PIECES)
                raise AssertionError("it reads on and on")
            except BrokenPipeError:
                pass
            assert b"pipe" not in run.stderr.read()
            assert run.wait(timeout=SECONDS) == 2
            run.stdin = None


def test_stopped_in_the_middle_it_says_so_and_the_report_too(tmp_path):
    report = tmp_path / "report"
    with start("--indicators", write(tmp_path / "l", "evil.example\n"), "--json", "--report",
               report, "-") as run:
        feed(run, PIECES)
        run.stdout.readline()
        run.send_signal(signal.SIGINT)
        _, said = run.communicate(timeout=SECONDS)
    assert b"stopped as asked: not all was swept" in said and run.returncode == 2
    assert b"hits of 1 value" in said
    read = json.loads(report.read_text())
    assert read["stopped"] is True and read["hits"] == 200
    done = tocsin("match", "--indicators", tmp_path / "l", "--report", report,
                  write(tmp_path / "log", "evil.example\n"))
    assert "stopped" not in json.loads(report.read_text()) and done.returncode == 0


def test_stopped_while_indicators_are_read_it_leaves_no_file(tmp_path):
    index = tmp_path / "index"
    with start("--indicators", "-", "--compile", index) as run:
        feed(run, b"evil.example\n" * 300000)
        run.send_signal(signal.SIGINT)
        _, said = run.communicate(timeout=SECONDS)
    # What asks it to end may come before it knows how to: then it just ends.
    assert run.returncode in (2, -signal.SIGINT) and list(tmp_path.iterdir()) == []
    assert run.returncode != 2 or b"stopped as asked, before all indicators were read" in said


def small_files():
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def test_where_there_is_no_room_nothing_half_is_left(tmp_path):
    folder = tmp_path / "full"
    folder.mkdir()
    names = write(tmp_path / "l", "".join(f"n{i}.example\n" for i in range(1000)))
    log = write(tmp_path / "log", names.read_bytes())
    index = write(folder / "index", "old")
    report = write(folder / "report", "old")
    for words in (["--compile", index], ["--report", report, "--summary", log]):
        done = tocsin("match", "--indicators", names, *words, preexec_fn=small_files)
        assert done.returncode == 2 and b"File too large" in done.stderr
        assert sorted(os.listdir(folder)) == ["index", "report"]
        assert index.read_text() == report.read_text() == "old"
    with open("/dev/full", "wb") as full:
        done = subprocess.run([TOCSIN, "match", "--indicators", names, "--json", log], stdout=full,
                              stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2 and b"No space left on device" in done.stderr


def test_a_list_whose_lines_end_by_carriage_returns_is_read(tmp_path):
    for text in ("a.example\rb.example\r", "a.example\r\nb.example\r\n",
                 "value,name\ra.example,A\rb.example,B"):
        done = tocsin("match", "--indicators", write(tmp_path / "l", text), "--json",
                      write(tmp_path / "log", "a.example b.example\n"))
        assert [hit["value"] for hit in hits(done)] == ["a.example", "b.example"]
        assert done.returncode == 0


def test_of_a_cell_doubled_quotes_are_one_and_a_long_name_is_cut_for_people(tmp_path):
    text = f'value,name\na.example,"say ""trap"", x"\nb.example,{"y" * 5000}\n'
    indicators = write(tmp_path / "c.csv", text)
    log = write(tmp_path / "log", "a.example b.example\n")
    found = hits(tocsin("match", "--indicators", indicators, "--json", log))
    assert [hit["name"] for hit in found] == ['say "trap", x', "y" * 5000]
    done = tocsin("match", "--indicators", indicators, log)
    assert f'({"y" * 200}…)'.encode() in done.stdout and b"y" * 201 not in done.stderr


def test_a_network_of_all_addresses_is_not_looked_for(tmp_path):
    log = write(tmp_path / "log", "192.0.2.1 2001:db8::1\n")
    for network in ("0.0.0.0/0", "::/0", "192.0.2.1/0"):
        lines = [indicator(1, f"[ipv4-addr:value ISSUBSET '{network}']")]
        for text in (network, json.dumps(lines[0])):
            done = tocsin("match", "--indicators", write(tmp_path / "l", text), "--json", log)
            assert hits(done) == [] and done.returncode == 2
            assert b"a network of all addresses is not looked for" in done.stderr


def test_what_an_indicator_lacks_is_said(tmp_path):
    lines = [indicator(1, 5), indicator(2, "[file:name = "), indicator(3, None),
             indicator(4, "[url:value = 'a\\0b' OR url:value = 'http://evil.example/']")]
    del lines[1]["id"], lines[2]["pattern"]
    lines[3]["pattern"] = lines[3]["pattern"].replace("\\0", "\0")
    indicators = write(tmp_path / "i", "".join(json.dumps(line) + "\n" for line in lines))
    done = tocsin("match", "--indicators", indicators, "--json",
                  write(tmp_path / "log", "http://evil.example/\n"))
    assert [hit["value"] for hit in hits(done)] == ["http://evil.example/"]
    for said in (f":1: {IDS}1: it has no pattern", ":2: an indicator without an id: column 14",
                 f":3: {IDS}3: it has no pattern",
                 f":4: {IDS}4: in part: url:value = 'a?b': a URL is looked for with scheme"):
        assert f"{indicators}{said}".encode() in done.stderr, (said, done.stderr)


def test_the_last_line_counts_though_nothing_ends_it(tmp_path):
    indicators = write(tmp_path / "l", "evil.example\n")
    for text, lines in (("a\nevil.example", "2 lines"), ("evil.example\n", "1 line,"),
                        ("", "0 lines"), ("\n\n", "2 lines")):
        done = tocsin("match", "--indicators", indicators, write(tmp_path / "log", text))
        assert f"1 file, {lines}".encode() in done.stderr
