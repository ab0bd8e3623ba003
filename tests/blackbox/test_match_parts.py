"""tocsin match: patterns that logs can be searched for in part, and all phases of an indicator."""

import json

import pytest

from sweeping import IDS, hits, indicator, tocsin, write

LOG = "a.example b.example c.example 192.0.2.1\n"
PART = "[domain-name:value = 'a.example' OR file:size = 5]"
OBSERVATIONS = ("[domain-name:value = 'b.example'] OR ([domain-name:value = 'c.example'] "
                "FOLLOWEDBY [ipv4-addr:value = '192.0.2.1'])")


def stix(path, *objects):
    return write(path, "".join(json.dumps(item) + "\n" for item in objects))


@pytest.fixture(name="indicators")
def indicators_file(tmp_path):
    return stix(tmp_path / "i.jsonl", indicator(1, PART, name="A trap"),
                indicator(2, OBSERVATIONS), indicator(3, "[file:size = 5]"),
                indicator(4, "[ipv4-addr:value = '192.0.2.1']"))


def modes(tmp_path, indicators):
    """From the file, and from an index that was compiled of it."""
    index = tmp_path / "index"
    done = tocsin("match", "--indicators", indicators, "--compile", index)
    assert b"1 of them cannot be looked for in logs, 2 in part only" in done.stderr
    return [("--indicators", indicators), ("--index", index)]


def test_of_an_or_the_parts_that_can_be_searched_for_are_swept_and_the_others_named(
        tmp_path, indicators):
    log = write(tmp_path / "log", LOG)
    report = tmp_path / "report"
    for mode in modes(tmp_path, indicators):
        done = tocsin("match", *mode, "--json", "--report", report, log)
        found = [(hit["value"], hit["indicator"][-1], hit.get("looked_for_in_part", False))
                 for hit in hits(done)]
        assert found == [("a.example", "1", True), ("b.example", "2", True),
                         ("192.0.2.1", "4", False)]
        # It is named, as one that is not looked for at all; that is no trouble.
        assert done.returncode == 0
        assert (f"looked for in part: {IDS}1 (A trap): without file:size = 5: file:size is no "
                "value that is looked for in them\n").encode() in done.stderr
        assert f"not looked for: {IDS}3 (no name): ".encode() in done.stderr
        assert b"1 of them cannot be looked for in logs, 2 in part only" in done.stderr
        read = json.loads(report.read_text())
        assert [row["indicator"] for row in read["not_looked_for"]] == [IDS + "3"]
        assert [row["indicator"] for row in read["looked_for_in_part"]] == [IDS + "1", IDS + "2"]
        assert read["looked_for_in_part"][1]["why"] == (
            "[domain-name:value = 'c.example'] FOLLOWEDBY [ipv4-addr:value = '192.0.2.1']: it asks "
            "for several observations, or for times")
        assert [row.get("looked_for_in_part") for row in read["met"]] == [True, True, None]


def test_a_part_alone_met_by_nothing_still_names_the_rest(tmp_path, indicators):
    done = tocsin("match", "--indicators", indicators, write(tmp_path / "log", "nothing\n"))
    assert done.returncode == 1 and done.stderr.count(b"looked for in part: ") == 2


@pytest.mark.parametrize("pattern", [
    "([domain-name:value = 'a.example'] OR [file:size = 5]) WITHIN 5 SECONDS",
    "([domain-name:value = 'a.example'] OR [file:size = 5]) REPEATS 2 TIMES",
    "[domain-name:value = 'a.example'] AND ([file:size = 5] OR [domain-name:value = 'b.example'])",
    "[domain-name:value = 'a.example' AND (file:size = 5 OR domain-name:value = 'b.example')]",
    "[domain-name:value NOT IN ('a.example', 'b.example')]"])
def test_below_what_is_no_or_no_part_is_enough(tmp_path, pattern):
    done = tocsin("match", "--indicators", stix(tmp_path / "i", indicator(1, pattern)), "--json",
                  write(tmp_path / "log", LOG))
    assert hits(done) == [] and b"not looked for: " in done.stderr
    assert b"in part" not in done.stderr


def test_a_part_with_a_fault_is_trouble_and_the_rest_is_swept(tmp_path):
    indicators = stix(tmp_path / "i", indicator(
        1, "[domain-name:value IN ('nodot', 'a.example') OR domain-name:value MATCHES '(']"))
    done = tocsin("match", "--indicators", indicators, "--json", write(tmp_path / "log", LOG))
    assert [hit["value"] for hit in hits(done)] == ["a.example"] and done.returncode == 2
    assert (f"{indicators}:1: {IDS}1: in part: domain-name:value = 'nodot': a name without a dot "
            "stands").encode() in done.stderr
    assert b"; domain-name:value MATCHES '(': " in done.stderr


def test_a_newer_version_in_part_replaces_an_older_and_gives_way_to_a_newer(tmp_path):
    older = indicator(1, "[domain-name:value = 'b.example']")
    part = indicator(1, PART, modified="2026-02-01T00:00:00.000Z")
    newest = indicator(1, "[domain-name:value = 'c.example']", modified="2026-03-01T00:00:00.000Z")
    log = write(tmp_path / "log", LOG)
    for lines in ([older, part], [part, older]):
        done = tocsin("match", "--indicators", stix(tmp_path / "i", *lines), "--json", log)
        assert [hit["value"] for hit in hits(done)] == ["a.example"]
        assert b"0 of them cannot be looked for in logs, 1 in part only" in done.stderr
    done = tocsin("match", "--indicators", stix(tmp_path / "i", part, newest), "--json", log)
    assert [hit["value"] for hit in hits(done)] == ["c.example"] and b"part" not in done.stderr


def test_only_some_of_those_in_part_are_named_on_standard_error(tmp_path):
    lines = [indicator(0, PART, id=f"{IDS[:-2]}{n}") for n in range(10, 35)]
    done = tocsin("match", "--indicators", stix(tmp_path / "i", *lines),
                  write(tmp_path / "log", LOG))
    assert done.stderr.count(b"looked for in part: ") == 20
    assert b"and 5 more are looked for in part only; the file of --report" in done.stderr


def test_of_a_pair_of_misp_the_part_that_is_not_looked_for_is_named(tmp_path):
    uuid = "00000000-0000-4000-8000-00000000000"
    attributes = [("domain|ip", "a.example|nothing"), ("filename|ssdeep", "setup.exe|3:abc:abc"),
                  ("ip-dst|port", "192.0.2.1|443"), ("filename|md5", "x.exe|" + "0" * 32)]
    event = {"Event": {"info": "Campaign", "Attribute": [
        {"type": kind, "value": value, "to_ids": True, "uuid": uuid + str(n)}
        for n, (kind, value) in enumerate(attributes)]}}
    done = tocsin("match", "--indicators", write(tmp_path / "m", json.dumps(event)), "--json",
                  write(tmp_path / "log", LOG + "setup.exe x.exe\n"))
    assert [hit["value"] for hit in hits(done)] == ["a.example", "192.0.2.1", "setup.exe", "x.exe"]
    assert [hit.get("looked_for_in_part", False) for hit in hits(done)] == [True, False, True,
                                                                             False]
    named = [line for line in done.stderr.decode().splitlines() if "looked for in part: " in line]
    assert len(named) == 2 and "0 (Campaign): without ip: this is no address" in named[0]
    assert "1 (Campaign): without ssdeep: logs cannot be searched for this type" in named[1]
    assert done.returncode == 0


def test_of_a_pair_in_a_list_the_part_that_is_not_looked_for_is_named(tmp_path):
    indicators = write(tmp_path / "list", "a.example|3:abc:abc\n192.0.2.1|443\n")
    done = tocsin("match", "--indicators", indicators, "--json", write(tmp_path / "log", LOG))
    assert [hit["value"] for hit in hits(done)] == ["a.example", "192.0.2.1"]
    assert done.stderr.count(b"looked for in part: ") == 1 and done.returncode == 0
    assert b"without 3:abc:abc: this is no domain" in done.stderr


def test_pattern_explain_says_which_parts_logs_are_not_searched_for():
    done = tocsin("pattern", "explain", PART)
    assert (b"In logs these are looked for:\n  domain a.example\n"
            b"In logs it is looked for in part, without file:size = 5: file:size is no value that "
            b"is looked for in them.\n") in done.stdout


def phases(*names):
    return [{"kill_chain_name": chain, "phase_name": phase} for chain, phase in names]


def test_all_phases_of_an_indicator_are_told(tmp_path):
    some = phases(("disarm", "plan"), ("mitre-attack", "impact"))
    many = phases(*(("chain", f"phase-{n}") for n in range(11)))
    indicators = stix(tmp_path / "i",
                      indicator(1, "[domain-name:value = 'a.example']", kill_chain_phases=some),
                      indicator(2, "[domain-name:value = 'b.example']", kill_chain_phases=many),
                      indicator(3, "[domain-name:value = 'c.example']"))
    index = tmp_path / "index"
    report = tmp_path / "report"
    log = write(tmp_path / "log", LOG)
    tocsin("match", "--indicators", indicators, "--compile", index)
    for mode in (("--indicators", indicators), ("--index", index)):
        done = tocsin("match", *mode, "--json", "--report", report, log)
        for found in (hits(done), json.loads(report.read_text())["met"]):
            assert found[0]["phases"] == ["disarm/plan", "mitre-attack/impact"]
            assert found[1]["phases"] == [f"chain/phase-{n}" for n in range(8)]
            assert [hit.get("phases_not_kept") for hit in found] == [None, 3, None]
            assert "phases" not in found[2]
        plain = tocsin("match", *mode, log).stdout
        assert b", disarm/plan, mitre-attack/impact\n" in plain
        assert b", chain/phase-7 and 3 more phases\n" in plain
    observed = stix(tmp_path / "o",
                    {"type": "domain-name", "id": "domain-name--1", "value": "b.example"},
                    {"type": "observed-data", "id": "observed-data--1",
                     "object_refs": ["domain-name--1"], "number_observed": 1,
                     "first_observed": "2026-01-01T00:00:00Z",
                     "last_observed": "2026-01-01T00:00:00Z"})
    hit = hits(tocsin("match", "--indicators", indicators, "--observed", observed, "--json"))[0]
    assert hit["phases"][7] == "chain/phase-7" and hit["phases_not_kept"] == 3


def test_what_is_no_text_is_no_list_of_indicators(tmp_path):
    index = tmp_path / "index"
    tocsin("match", "--indicators", write(tmp_path / "l", "a.example\n"), "--compile", index)
    done = tocsin("match", "--indicators", index, write(tmp_path / "log", LOG))
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"is compiled already: give it with --index" in done.stderr
    other = tmp_path / "other"
    other.write_bytes(b"\x7fELF\0\0\0\n" * 100)
    done = tocsin("match", "--indicators", other, write(tmp_path / "log", LOG))
    assert done.returncode == 2
    assert b"other is no text: indicators come as STIX, MISP, CSV or one value a line" \
        in done.stderr


def test_an_index_of_an_older_version_is_refused_in_words(tmp_path):
    index = tmp_path / "index"
    tocsin("match", "--indicators", write(tmp_path / "l", "a.example\n"), "--compile", index)
    content = bytearray(index.read_bytes())
    assert content[:8] == b"tcnsex09"
    content[7] -= 1
    index.write_bytes(content)
    done = tocsin("match", "--index", index, write(tmp_path / "log", LOG))
    assert b"no index of this version of tocsin; make it anew" in done.stderr
    assert done.returncode == 2
