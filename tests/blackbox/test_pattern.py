"""tocsin pattern: what it says of patterns, and of what they were probably meant to be."""

import json

import pytest

from sweeping import indicator, tocsin, write

SENTENCES = {
    "[domain-name:value = 'a.example']": "a domain name whose value is 'a.example'",
    "[file:name = 'a' AND file:size > 5]":
        "a file whose name is 'a' and whose size is greater than 5",
    "[file:name NOT = 'a' OR file:size IN (1, 2) AND file:size != 3]":
        "a file of which it is not so that its name is 'a' or (whose size is one of 1, 2 and whose "
        "size is not 3)",
    "[url:value = 'a' OR x-thing:value = 'b']":
        "a URL whose value is 'a' or an object of type x-thing whose value is 'b'",
    "[ipv4-addr:value ISSUBSET '198.51.100.0/24'] WITHIN 5 SECONDS":
        "an IPv4 address whose value lies in the network '198.51.100.0/24', all within less than 5 "
        "seconds",
    "([mutex:name = 'a'] AND [mutex:name = 'b']) REPEATS 2 TIMES FOLLOWEDBY [mutex:name = 'c']":
        "(a mutex whose name is 'a', and in another observation a mutex whose name is 'b'), 2 "
        "times, followed in another observation by a mutex whose name is 'c'",
    "[NOT EXISTS process:pid] START t'2026-01-01T00:00:00Z' STOP t'2026-02-01T00:00:00Z'":
        "a process of which it is not so that its pid is there, from 2026-01-01T00:00:00Z until "
        "before 2026-02-01T00:00:00Z",
}


@pytest.mark.parametrize("pattern", SENTENCES)
def test_reads_a_pattern_aloud(pattern):
    done = tocsin("pattern", "explain", pattern)
    assert done.stdout.decode().split("\n")[0] == f"Looks for {SENTENCES[pattern]}."
    assert done.returncode == 0


IN_LOGS = {
    "[domain-name:value IN ('a.example', 'b.example')]": "  domain a.example\n  domain b.example\n",
    "[file:size = 5]": "file:size is no value that is looked for in them",
    "[file:name = 'abc' AND file:size = 5]": "several things of one object (AND)",
    "[file:name = 'abc'] FOLLOWEDBY [file:name = 'abd']": "several observations, or for times",
    "[file:name != 'abc']": "are tried, not !=",
    "[file:name NOT = 'abc']": "what is not so is not found",
}


@pytest.mark.parametrize("pattern", IN_LOGS)
def test_says_what_a_sweep_does_with_a_pattern(pattern):
    assert IN_LOGS[pattern] in tocsin("pattern", "explain", pattern).stdout.decode()


DOUBTS = {
    "[domain:value = 'a']": "column 2: no observable of STIX 2.1 is called domain",
    "[indicator:name = 'a']": "column 2: no observable of STIX 2.1 is called indicator",
    "[domain-name:vlue = 'a']": "column 2: domain-name has no property vlue; it has value",
    "[ipv4-addr:value = '198.51.100.0/24']": "column 20: = compares text",
    "[ipv6-addr:value ISSUBSET '2001:db8::/129']": "column 27: this is no network",
}


@pytest.mark.parametrize("pattern", DOUBTS)
def test_doubts_a_pattern_that_is_good_and_never_matches(tmp_path, pattern):
    done = tocsin("pattern", "check", write(tmp_path / "p", pattern + "\n"))
    assert f"p:1: warning: {DOUBTS[pattern]}" in done.stdout.decode() and done.returncode == 0
    assert f"warning: {DOUBTS[pattern]}" in tocsin("pattern", "explain", pattern).stderr.decode()


@pytest.mark.parametrize("pattern", ["[x-thing:any = 1]", "[file:x_mine = 1]", "[file:id = 'a']",
                                     "[ipv4-addr:value = '198.51.100.7']",
                                     "[windows-registry-key:values[*].data = 'a']"])
def test_does_not_doubt_what_may_well_be(tmp_path, pattern):
    done = tocsin("pattern", "check", write(tmp_path / "p", pattern + "\n"))
    assert done.stdout == b"" and done.returncode == 0


@pytest.mark.parametrize("indent", [None, 2])
def test_checks_the_indicators_of_a_bundle(tmp_path, indent):
    objects = [{"type": "identity", "id": "identity--1"},
               indicator(1, "[file:name = 'a']"), indicator(2, "[file:name = "),
               indicator(3, "rule x {}", pattern_type="yara"),
               indicator(4, "[file:name = 'a'] START '2026-01-01T00:00:00Z' STOP "
                            "'2026-02-01T00:00:00Z'", pattern_version="2.0")]
    path = write(tmp_path / "b.json", json.dumps({"type": "bundle", "objects": objects},
                                                 indent=indent))
    done = tocsin("pattern", "check", path, "--json")
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["place"].rsplit(":", 1)[0] for line in said if "error" in line] == [str(path)]
    assert said[0]["error"].startswith("column 14: a constant")
    assert b"1 of 3 patterns cannot be read" in done.stderr and done.returncode == 3
    assert b"of other languages, which are not checked: 1" in done.stderr


def test_a_list_of_patterns_may_have_comments(tmp_path):
    done = tocsin("pattern", "check", write(tmp_path / "p", "# ours\n[file:size = 5]\n"))
    assert done.returncode == 0 and b"1 patterns are good" in done.stderr
