"""tocsin match over logs: what is found and what is not, shapes of files, bad input, threads."""

import gzip
import json
import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from exchange import TOCSIN
from sweeping import IDS, hits, indicator, tocsin
from sweeping import write as write_to

STRICT = "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"


@pytest.fixture(name="write")
def write_file(tmp_path):
    def write(name, content):
        return write_to(tmp_path / name, content)
    return write


def sweep(write, values, log, *more):
    done = tocsin("match", "--indicators", write("list.txt", "\n".join(values)), "--logs",
                  write("log.txt", log), "--json", *more)
    return [(hit["line"], hit["value"]) for hit in hits(done)]


# One value, and a line in which it is or is not.
FOUND = [
    ("evil.example", "GET http://evil.example/ 200"),
    ("evil.example", "www.evil.example"),
    ("evil.example", "WWW.EVIL.EXAMPLE."),
    ("evil.example", "https://user@evil.example:8443/x"),
    ("evil.example", "hxxp://evil[.]example/x"),
    ("evil.example", "evil[dot]example"),
    ("evil.example", "u=http%3A%2F%2Fevil%2Eexample%2F"),
    ("evil.example", '{"rrname":"evil.example","x":"\\u00e4"}'),
    ("hxxp://evil[.]example/a", "http://evil.example/a."),
    ("http://evil.example/a", '{"url":"http:\\/\\/evil.example\\/a"}'),
    ("http://evil.example/a", "hxxp://evil.example/a"),
    ("http://evil.example/", "GET http://evil.example 200"),
    ("http://evil.example", "GET http://evil.example/ 200"),
    ("http://evil.example/a", "GET http://evil.example:80/a"),
    ("https://evil.example:443", "https://Evil.example/"),
    ("http://evil.example:8080/", "http://evil.example:8080"),
    ("http://xn--bcher-kva.example/a", "http://b\u00fccher.example:80/a"),
    ("evil.example", "u=http%253A%252F%252Fevil.example%252Fa"),
    ("http://evil.example/a%20b", "u=http%3A%2F%2Fevil.example%2Fa%2520b"),
    ("http://evil.example/a", '"message":"{\\"url\\":\\"http:\\\\/\\\\/evil.example\\\\/a\\"}"'),
    ("evil.example", "UDP Rcv 192.0.2.1 0002 Q [0001 D NOERROR] A (3)www(4)evil(7)example(0)"),
    ("www.evil.example", "(3)www(4)evil(7)example(0)"),
    ("b\u00fccher.example", "xn--bcher-kva.example"),
    ("xn--bcher-kva.example", "see www.b\u00fccher.example now"),
    ("198.51.100.7", "198.51.100.7:443"),
    ("198.51.100.0/24", "from 198.51.100.200"),
    ("2001:db8::1", "[2001:DB8:0:0:0:0:0:1]:53"),
    ("2001:db8::/32", "addr=2001:db8:ffff::"),
    ("bob@evil.example", "to=<Bob@Evil.example>,"),
    ("@troll", "user=Troll posted"),
    ("d41d8cd98f00b204e9800998ecf8427f", "md5:D41D8CD98F00B204E9800998ECF8427F"),
]
NOT_FOUND = [
    ("evil.example", "notevil.example"),
    ("evil.example", "evil.example.com"),
    ("evil.example", "evil.example-x.test"),
    ("www.evil.example", "evil.example"),
    ("http://evil.example/a", "http://evil.example/A"),
    ("http://evil.example/a", "http://evil.example/ab"),
    ("https://evil.example/", "http://evil.example/"),
    ("http://evil.example/", "http://evil.example/a"),
    ("http://evil.example/", "http://evil.example:8080/"),
    ("http://evil.example/", "http://evil.example:443/"),
    ("evil.example", "(3)not(4)evil(8)examples(0)"),
    ("evil.example", "(4)evil(7)example(3)com(0)"),
    ("evil.example", "f(4)evil(2)example(0)"),
    ("198.51.100.7", "198.51.100.77"),
    ("198.51.100.7", "1198.51.100.7"),
    ("198.51.100.0/24", "198.51.101.1"),
    ("2001:db8::1", "2001:db8::11"),
    ("bob@evil.example", "notbob@evil.example"),
    ("d41d8cd98f00b204e9800998ecf8427f", "xd41d8cd98f00b204e9800998ecf8427f"),
]


@pytest.mark.parametrize("value, line", FOUND)
def test_finds(write, value, line):
    assert [number for number, _ in sweep(write, [value], "first\n" + line + "\nlast\n")] == [2]


@pytest.mark.parametrize("value, line", NOT_FOUND)
def test_does_not_find(write, value, line):
    assert sweep(write, [value], line + "\n") == []


def test_says_all_about_an_indicator(write):
    bundle = {"type": "bundle", "id": "bundle--1", "objects": [
        indicator(1, "[domain-name:value = 'evil.example']", name="A trap", confidence=80,
                  valid_until="2099-01-01T00:00:00Z", object_marking_refs=[STRICT],
                  created_by_ref="identity--00000000-0000-4000-8000-000000000001",
                  kill_chain_phases=[{"kill_chain_name": "disarm", "phase_name": "conduct"}]),
        {"type": "identity", "id": "identity--00000000-0000-4000-8000-000000000001",
         "name": "County"}]}
    done = tocsin("match", "--indicators", write("b.json", json.dumps(bundle)), "--json",
                  write("log", "x\nat evil.example now\n"))
    hit = hits(done)[0]
    assert (hit["line"], hit["offset"], hit["match"]) == (2, 5, "evil.example")
    assert hit["context"] == "at evil.example now"
    assert hit["indicator"] == IDS + "1" and hit["name"] == "A trap" and hit["confidence"] == 80
    assert hit["label"] == "TLP:AMBER+STRICT" and hit["shared_by"] == "County"
    assert hit["phases"] == ["disarm/conduct"] and hit["revoked"] is False
    assert hit["valid_until"].startswith("2099-01-01")
    assert b"TLP:AMBER+STRICT at the strictest" in done.stderr and done.returncode == 0


def test_expired_revoked_replaced_and_allowed_are_silent(write):
    lines = [indicator(1, "[url:value = 'http://a.example/']", valid_until="2026-02-01T00:00:00Z"),
             indicator(2, "[domain-name:value = 'b.example']", revoked=True),
             indicator(3, "[domain-name:value = 'c.example']"),
             indicator(3, "[domain-name:value = 'd.example']", modified="2026-03-01T00:00:00.000Z"),
             indicator(4, "[domain-name:value = 'x.allowed.example']"),
             indicator(5, "[ipv4-addr:value = '8.8.8.8']")]
    indicators = write("i.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    allow = write("allow.json", json.dumps({"name": "w", "list": [".allowed.example"]}))
    log = write("log", "http://a.example/ b.example c.example d.example x.allowed.example "
                       "8.8.8.8\n")
    done = tocsin("match", "--indicators", indicators, "--allow", allow, "--json", log)
    assert [hit["value"] for hit in hits(done)] == ["d.example"]


def test_an_or_of_equalities_is_swept_and_others_are_named(write):
    lines = [indicator(1, "[domain-name:value = 'a.example' OR ipv4-addr:value IN ('192.0.2.1')]"),
             indicator(2, "[url:value = 'http://b.example/'] OR [file:name = 'x.exe']"),
             indicator(3, "[file:size = 5]"), indicator(4, "[file:name = ")]
    indicators = write("i.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    done = tocsin("match", "--indicators", indicators, "--json",
                  write("log", "a.example 192.0.2.1 http://b.example/ X.EXE\n"))
    assert [hit["indicator"][-1] for hit in hits(done)] == ["1", "1", "2", "2"]
    assert done.returncode == 2 and f"{indicators}:4: {IDS}4: ".encode() in done.stderr
    assert b"2 of them cannot be looked for in logs" in done.stderr


def test_a_newer_version_that_cannot_be_looked_for_replaces_the_older(write):
    for newer in ("[file:size = 5]", "[file:name = ", "[domain-name:value = 'nodot']"):
        versions = [indicator(1, "[domain-name:value = 'evil.example']"),
                    indicator(1, newer, modified="2026-03-01T00:00:00.000Z")]
        for lines in (versions, versions[::-1]):
            indicators = write("i.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
            done = tocsin("match", "--indicators", indicators, "--json",
                          write("log", "evil.example\n"))
            assert hits(done) == [] and b"1 of them cannot be looked for" in done.stderr


@pytest.mark.parametrize("name", ["example", "example.", ".example", "EXAMPLE"])
def test_a_name_without_a_dot_does_not_match_all_below_it(write, name):
    log = write("log", "GET http://evil.example/ example www.example.\n")
    reason = b"a name without a dot stands for all names below it and is not looked for"
    pattern = json.dumps(indicator(1, f"[domain-name:value = '{name}']"))
    done = tocsin("match", "--indicators", write("i.jsonl", pattern), "--json", log)
    assert hits(done) == [] and done.returncode == 2
    assert b"not looked for: " + f"{IDS}1".encode() in done.stderr
    assert reason in done.stderr or name.startswith(".")
    done = tocsin("match", "--indicators", write("list.txt", name), "--json", log)
    assert hits(done) == [] and done.returncode == 2
    assert reason in done.stderr or name.startswith(".")


def test_like_and_matches_are_tried_on_every_value_of_their_kind(write, tmp_path):
    lines = [indicator(1, "[domain-name:value LIKE 'evil-%.example']"),
             indicator(2, "[url:value MATCHES '/login[0-9]+$' OR file:name LIKE '%.exe']"),
             indicator(3, "[domain-name:value MATCHES '^c[ad]n']")]
    indicators = write("i.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    log = write("log", "www.EVIL-1.example hxxp://a.test/login7, Setup.EXE cdn.fine.example\n")
    allow = write("allow", "fine.example\n")
    index = tmp_path / "index"
    tocsin("match", "--indicators", indicators, "--compile", index)
    direct = tocsin("match", "--indicators", indicators, "--allow", allow, "--json", log)
    assert [hit["match"] for hit in hits(direct)] == [
        "www.EVIL-1.example", "hxxp://a.test/login7", "Setup.EXE"]
    assert [hit["kind"] for hit in hits(direct)] == ["like", "matches", "like"]
    assert b"0 of them cannot be looked for" in direct.stderr and direct.returncode == 0
    mapped = tocsin("match", "--index", index, "--allow", allow, "--json", log)
    assert mapped.stdout == direct.stdout


def test_a_regular_expression_of_a_billion_steps_is_named_and_passed_over(write):
    lines = [indicator(1, "[domain-name:value MATCHES '^(a+a?)+$']"),
             indicator(2, "[domain-name:value = 'evil.example']")]
    indicators = write("i.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    log = write("log", ("a" * 60 + ".example evil.example\n") * 20000)
    answers = [tocsin("match", "--indicators", indicators, "--json", "--threads", n, log)
               for n in (1, 2, 3)]
    assert {answer.returncode for answer in answers} == {2}
    assert len(hits(answers[0])) == 20000 and len({answer.stdout for answer in answers}) == 1
    assert answers[0].stderr.count(b"takes too many steps") == 1
    assert f"{log}:1: MATCHES '^(a+a?)+$'".encode() in answers[0].stderr


def test_a_public_suffix_is_met_itself_unless_more_is_asked_for(write):
    log = "a.github.io github.io\n"
    assert sweep(write, ["github.io"], log) == [(1, "github.io")]
    assert sweep(write, ["*.github.io"], log) == [(1, "github.io")] * 2


def test_names_that_look_like_protected_ones_are_reported_with_a_score(write, tmp_path):
    protect = write("protect", "# ours\nspringfield.example\nnodot\n")
    log = write("log", "GET http://spr1ngfield.example/ www.springfield.example spring-field.com\n"
                       "springfeild.example fine.springfeild.example\n")
    allow = write("allow", "fine.springfeild.example\n")
    done = tocsin("match", "--protect", protect, "--allow", allow, "--json", log)
    assert [(hit["match"], hit["value"], hit["score"], hit["likeness"]) for hit in hits(done)] == [
        ("spr1ngfield.example", "springfield.example", 95, "homoglyph"),
        ("spring-field.com", "springfield.example", 70, "hyphen"),
        ("springfeild.example", "springfield.example", 80, "edit")]
    assert done.returncode == 2 and f"{protect}:3: ".encode() in done.stderr
    index = tmp_path / "index"
    tocsin("match", "--protect", protect, "--compile", index)
    assert tocsin("match", "--index", index, "--allow", allow, "--json", log).stdout == done.stdout
    plain = tocsin("match", "--protect", protect, log)
    assert b"spr1ngfield.example score 95 (homoglyph)" in plain.stdout


def test_names_what_cannot_be_looked_for(write, tmp_path):
    lines = [indicator(i, "[file:size = 5]", name=f"Large {i}", id=f"{IDS[:-1]}{i}")
             for i in range(10, 35)]
    lines.append(indicator(8, "x", pattern_type="yara", name="A rule"))
    looked_for = indicator(9, "[domain-name:value = 'evil.example']", name="Looked for")
    text = "".join(json.dumps(line) + "\n" for line in [looked_for, *reversed(lines)])
    indicators = write("i.jsonl", text)
    index = tmp_path / "index"
    done = tocsin("match", "--indicators", indicators, "--compile", index)
    assert f"not looked for: {IDS}8 (A rule): its pattern is of type yara".encode() in done.stderr
    report = tmp_path / "report"
    done = tocsin("match", "--index", index, "--report", report, write("log", "nothing\n"))
    assert done.stderr.count(b"not looked for: ") == 20
    assert b"and 6 more are not looked for" in done.stderr and done.returncode == 1
    rows = json.loads(report.read_text())["not_looked_for"]
    assert {row["name"] for row in rows} == {line["name"] for line in lines}
    assert rows[0] == {"indicator": IDS + "8", "name": "A rule", "from_file": str(indicators),
                       "why": "its pattern is of type yara, not STIX"}


def test_reads_misp_and_csv(write):
    event = {"Event": {"info": "Campaign", "Orgc": {"name": "CERT"}, "Tag": [{"name": "tlp:green"}],
                       "Attribute": [
                           {"type": "domain", "value": "m.example", "to_ids": True,
                            "uuid": "00000000-0000-4000-8000-000000000009"},
                           {"type": "domain", "value": "no.example", "to_ids": False},
                           {"type": "filename|md5", "to_ids": True,
                            "value": "a.exe|d41d8cd98f00b204e9800998ecf8427f"}]}}
    csv = 'domain,description,confidence\ncsv.example,"a, b",70\n'
    done = tocsin("match", "--indicators", write("m.json", json.dumps(event)), "--indicators",
                  write("c.csv", csv), "--json",
                  write("log", "m.example no.example a.exe csv.example\n"))
    found = {hit["value"]: hit for hit in hits(done)}
    assert set(found) == {"m.example", "a.exe", "csv.example"}
    assert found["m.example"]["label"] == "TLP:GREEN" and found["m.example"]["shared_by"] == "CERT"
    assert found["csv.example"]["name"] == "a, b" and found["csv.example"]["confidence"] == 70


def test_folders_compressed_files_and_standard_input_answer_alike(write, tmp_path):
    folder = tmp_path / "logs"
    folder.mkdir()
    log = b"one\nevil.example\n"
    (folder / "a.gz").write_bytes(gzip.compress(log) + gzip.compress(log))
    if shutil.which("zstd"):
        subprocess.run(["zstd", "-q", "-o", folder / "b.zst"], input=log, check=True)
    (folder / "c.log").write_bytes(log[:-1])
    indicators = write("list.txt", "evil.example\n")
    done = tocsin("match", "--indicators", indicators, "--logs", folder, "--json")
    by_file = [(hit["file"].rsplit("/", 1)[1], hit["line"]) for hit in hits(done)]
    assert by_file[:2] == [("a.gz", 2), ("a.gz", 4)] and by_file[-1] == ("c.log", 2)
    done = tocsin("match", "--indicators", indicators, "--json", "-", text=log)
    assert [hit["line"] for hit in hits(done)] == [2]


def test_what_is_broken_is_named_and_the_rest_is_swept(write, tmp_path):
    indicators = write("list.txt", "evil.example\nnot a value\n")
    whole = gzip.compress(b"evil.example\n" * 100000)
    cut = write("cut.gz", whole[:-20])
    done = tocsin("match", "--indicators", indicators, "--json", "--logs", tmp_path / "none",
                  "--logs", cut, "--logs", write("good", "\0\xff evil.example \0\n"))
    assert done.returncode == 2
    assert {hit["file"] for hit in hits(done)} == {str(cut), str(tmp_path / "good")}
    assert f"{indicators}:2: ".encode() in done.stderr and b"cut.gz: " in done.stderr
    assert b"none" in done.stderr


def test_a_line_longer_than_any_piece_is_swept(write):
    log = b"x" * 700000 + b" evil.example " + b"y" * 700000 + b"\nevil.example\n"
    done = tocsin("match", "--indicators", write("l", "evil.example"), "--json",
                  write("log", log))
    assert [(hit["line"], hit["offset"]) for hit in hits(done)] == [(1, 700001), (2, 1400015)]


def test_an_endless_line_takes_no_more_memory_than_a_piece(write, tmp_path):
    indicators = write("l", "evil.example\n")
    with open(tmp_path / "out", "wb") as out, subprocess.Popen(
            [TOCSIN, "match", "--indicators", indicators, "--json", "-"], stdin=subprocess.PIPE,
            stdout=out, stderr=subprocess.DEVNULL) as run:
        for _ in range(100):
            run.stdin.write(b"a" * 1000000)
        peak = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{run.pid}/status").read_text("utf-8"))
        run.stdin.write(b" evil.example ")
        run.stdin.close()
        run.wait()
    hit = json.loads((tmp_path / "out").read_text(encoding="utf-8"))
    assert (hit["line"], hit["offset"], run.returncode) == (1, 100000001, 0)
    assert int(peak[1]) < 64 * 1024


def test_a_line_of_a_list_that_is_no_indicator_is_named_however_long(write):
    indicators = write("l", "a.example\n" + "x" * 3000000 + "\nb.example\n")
    done = tocsin("match", "--indicators", indicators, "--json",
                  write("log", "a.example b.example\n"))
    assert [hit["value"] for hit in hits(done)] == ["a.example", "b.example"]
    assert f"{indicators}:2: the line is longer than any".encode() in done.stderr


def random_log(rng):
    parts = ["evil.example", "www.evil.example", "hxxp://evil[.]example/a", "198.51.100.7",
             "http://x.test/a?b=c%2Fd", "notevil.example", "2001:db8::1", "a@evil.example", ".",
             "-", "\u00fc",
             "e3b0c44298fc1c149afbf4c8996fb924", "x" * 70, '"', "[", "(.)", "%2e", "\\/", ":", "_"]
    lines = ("".join(rng.choice(parts) + rng.choice([" ", "", "\t", "/"])
                     for _ in range(rng.randrange(12))) for _ in range(20000))
    return "\n".join(lines) + "\n"


def test_the_answer_does_not_depend_on_the_number_of_threads(write):
    seed = random.randrange(1 << 30)
    print("seed", seed)
    indicators = write("l", "evil.example\n198.51.100.7\nhttp://x.test/a?b=c%2Fd\n2001:db8::/32\n"
                            "a@evil.example\ne3b0c44298fc1c149afbf4c8996fb924\n")
    log = write("log", random_log(random.Random(seed)))
    answers = {tocsin("match", "--indicators", indicators, "--json", "--threads", n, log).stdout
               for n in (1, 2, 7)}
    assert len(answers) == 1 and answers.pop()


def test_a_compiled_index_answers_alike_and_a_broken_one_is_refused(write, tmp_path):
    indicators = write("l", "evil.example\n198.51.100.0/24\nhttp://x.test/a\n")
    log = write("log", "www.evil.example 198.51.100.9 http://x.test/a\n")
    index = tmp_path / "index"
    assert tocsin("match", "--indicators", indicators, "--compile", index).returncode == 0
    direct = tocsin("match", "--indicators", indicators, "--json", log)
    compiled = tocsin("match", "--index", index, "--json", log)
    assert compiled.stdout == direct.stdout and compiled.returncode == 0
    index.write_bytes(index.read_bytes()[:-64])
    refused = tocsin("match", "--index", index, log)
    assert refused.returncode == 2 and b"make it anew with --compile" in refused.stderr


def test_damage_of_an_index_is_said_where_it_is_met(write, tmp_path):
    names = [f"host-{n}.some-longer-name.example" for n in range(30000)]
    log = write("log", "\n".join(names) + "\n")
    index = tmp_path / "index"
    tocsin("match", "--indicators", write("l", "\n".join(names)), "--compile", index)
    whole = tocsin("match", "--index", index, "--json", log)
    assert whole.returncode == 0 and whole.stdout.count(b"\n") == len(names)
    content = bytearray(index.read_bytes())
    content[len(content) * 3 // 4] ^= 1
    index.write_bytes(content)
    # What it is not asked for does not matter.
    assert tocsin("match", "--index", index, write("quiet", "nothing here\n")).returncode == 1
    done = tocsin("match", "--index", index, "--threads", 1, "--json", log)
    assert done.returncode == 2 and b"index is damaged" in done.stderr
    assert b"make it anew with --compile" in done.stderr
    assert whole.stdout.startswith(done.stdout[:100]) and len(done.stdout) < len(whole.stdout)


def test_the_report_counts_and_dates(write, tmp_path):
    log = write("log", "2026-05-01T00:00:00Z evil.example\n2026-05-03T10:00:00.5Z evil.example\n")
    report = tmp_path / "report.json"
    tocsin("match", "--indicators", write("l", "evil.example\n"), "--summary", "--report", report,
           log)
    met = json.loads(report.read_text(encoding="utf-8"))["met"]
    assert len(met) == 1 and met[0]["count"] == 2
    assert met[0]["first_seen"] == "2026-05-01T00:00:00.000000Z"
    assert met[0]["last_seen"] == "2026-05-03T10:00:00.500000Z"
    assert "context" not in met[0]


def test_follows_a_log_that_grows_and_is_rotated(write, tmp_path):
    log = write("log", "evil.example 1\n")
    indicators = write("l", "evil.example\n")
    with subprocess.Popen([TOCSIN, "match", "--indicators", indicators, "--follow", "--json", log],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as run:
        assert json.loads(run.stdout.readline())["context"] == "evil.example 1"
        with open(log, "a", encoding="utf-8") as more:
            more.write("evil.example 2\n")
        assert json.loads(run.stdout.readline())["context"] == "evil.example 2"
        log.rename(tmp_path / "log.1")
        write("log", "evil.example 3\n")
        assert json.loads(run.stdout.readline())["context"] == "evil.example 3"
        run.terminate()
        assert run.wait(timeout=60) == 0


@pytest.mark.parametrize("words", [[], ["--logs", "x"], ["--indicators", "x"],
                                   ["--indicators", "x", "--index", "y", "--logs", "z"]])
def test_asks_for_what_and_where(words):
    done = tocsin("match", *words)
    assert done.returncode == 2 and b"--indicators FILE" in done.stderr
