"""tocsin match: indicators and allow lists as other programs write them."""

import gzip
import json

import pytest

from sweeping import hits, indicator, tocsin, write

UUID = "00000000-0000-4000-8000-00000000000"
SHA1 = "a" * 40


def values(done):
    return [hit["value"] for hit in hits(done)]


def sweep(tmp_path, indicators, log, *more):
    return tocsin("match", "--indicators", write(tmp_path / "indicators", indicators), "--json",
                  write(tmp_path / "log", log), *more)


def attributes(*pairs):
    return [{"uuid": f"{UUID}{i}", "type": kind, "value": value, "to_ids": True}
            for i, (kind, value) in enumerate(pairs)]


BUNDLE = json.dumps({"type": "bundle", "objects": [
    indicator(1, "[domain-name:value = 'evil.example']")]}).encode()


def test_stix_may_be_compressed_or_come_by_standard_input(tmp_path):
    log = write(tmp_path / "log", "www.evil.example\n")
    packed = write(tmp_path / "bundle.json.gz", gzip.compress(BUNDLE))
    assert values(tocsin("match", "--indicators", packed, "--json", log)) == ["evil.example"]
    piped = tocsin("match", "--indicators", "-", "--json", log, text=BUNDLE)
    assert values(piped) == ["evil.example"]


@pytest.mark.parametrize("content, words", [
    (b"[" + BUNDLE + b"]", b'put {"objects": before it and } behind it'),
    (gzip.compress(BUNDLE, mtime=0)[:60], b"the compressed data ends too early"),
], ids=["a list", "cut off"])
def test_stix_that_cannot_be_read_says_what_to_do(tmp_path, content, words):
    broken = write(tmp_path / "broken", content)
    done = tocsin("match", "--indicators", broken, write(tmp_path / "log", "evil.example\n"))
    assert done.returncode == 2 and done.stderr.count(b"broken") == 1 and words in done.stderr


def test_an_indicator_whose_end_is_no_time_is_named_and_not_looked_for(tmp_path):
    bundle = json.dumps({"type": "bundle", "objects": [
        indicator(1, "[domain-name:value = 'evil.example']", valid_until="soon"),
        indicator(2, "[domain-name:value = 'worse.example']", valid_until="2999-01-01T00:00:00Z"),
        indicator(3, "[domain-name:value = 'old.example']", valid_until="1970-01-01T00:00:00Z"),
        indicator(4, "[domain-name:value = 'older.example']", valid_until="1961-01-01T00:00:00Z")]})
    done = sweep(tmp_path, bundle, "evil.example worse.example old.example older.example\n")
    assert values(done) == ["worse.example"] and done.returncode == 2
    assert b"its valid_until is no time" in done.stderr


def test_of_a_pair_of_misp_each_part_that_can_be_looked_for_is(tmp_path):
    event = {"Event": {"info": "Campaign", "Attribute": attributes(
        ("filename|sha1", f"a name.exe|{SHA1}"), ("ip-dst|port", "198.51.100.7|80"),
        ("malware-sample", "trap.exe|" + "b" * 32), ("ssdeep", "3:a:b"),
        ("link", "http://evil.example/a"))}}
    done = sweep(tmp_path, json.dumps(event),
                 f"{SHA1}\n198.51.100.7:443\ntrap.exe\nhttp://evil.example/a\n")
    assert values(done) == [SHA1, "198.51.100.7", "trap.exe", "http://evil.example/a"]
    assert b"not looked for: indicator--" + UUID.encode() + b"3 (Campaign)" in done.stderr
    assert done.returncode == 0


def test_attributes_that_a_search_in_misp_found_are_read(tmp_path):
    found = attributes(("domain", "evil.example"))
    found[0] |= {"Event": {"info": "Campaign"}, "Tag": [{"name": "tlp:amber+strict"}]}
    hit = hits(sweep(tmp_path, json.dumps({"response": {"Attribute": found}}), "evil.example\n"))[0]
    assert (hit["name"], hit["label"]) == ("Campaign", "TLP:AMBER+STRICT")


def test_of_a_table_of_misp_what_is_only_context_is_left_out(tmp_path):
    table = ("uuid,event_id,category,type,value,comment,to_ids,tlp\n"
             "1,1,Network activity,domain,evil.example,seen,1,TLP:GREEN\n"
             "2,1,Network activity,domain,fine.example,seen,0,\n"
             "3,1,Network activity,ip-dst|port,198.51.100.7|80,seen,1,\n")
    done = sweep(tmp_path, table, "fine.example evil.example 198.51.100.7\n")
    assert values(done) == ["evil.example", "198.51.100.7"] and done.returncode == 0
    assert hits(done)[0]["label"] == "TLP:GREEN" and "label" not in hits(done)[1]


def test_a_list_may_say_something_behind_a_value(tmp_path):
    listed = "198.51.100.0/24 ; SBL1\nevil.example # seen twice\nhttp://evil.example/#a\n"
    done = sweep(tmp_path, listed, "198.51.100.7 evil.example http://evil.example/#a\n")
    assert set(values(done)) == {"198.51.100.0/24", "evil.example", "http://evil.example/#a"}
    assert done.returncode == 0


@pytest.mark.parametrize("value, words", [("198.51.100.7:80", b"a port is not looked for"),
                                          ("evil.example/a", b"with its scheme, such as http://")])
def test_says_what_to_write_instead(tmp_path, value, words):
    done = sweep(tmp_path, value + "\nevil.example\n", "x\n")
    assert words in done.stderr and done.returncode == 2


# A warninglist, and which of evil.example, www.evil.example and 198.51.100.7 it allows.
WARNINGLISTS = [
    ({"type": "string", "list": ["evil.example"]}, {"evil.example"}),
    ({"type": "hostname", "list": ["evil.example"]}, {"evil.example", "www.evil.example"}),
    ({"type": "hostname", "list": [".evil.example"]}, {"evil.example", "www.evil.example"}),
    ({"type": "cidr", "list": ["198.51.100.0/24"]}, {"198.51.100.7"}),
    ({"type": "substring", "list": ["W.EVIL"]}, {"www.evil.example"}),
    ({"type": "regex", "list": ["/^w+\\.evil/i", "/(/"]}, {"www.evil.example"}),
]


@pytest.mark.parametrize("warninglist, allowed", WARNINGLISTS)
def test_warninglists_of_misp_allow_what_their_type_says(tmp_path, warninglist, allowed):
    wanted = ["evil.example", "www.evil.example", "198.51.100.7"]
    allow = write(tmp_path / "allow.json", json.dumps({"name": "w"} | warninglist))
    done = sweep(tmp_path, "\n".join(wanted), "www.evil.example 198.51.100.7\n", "--allow", allow)
    assert set(values(done)) == set(wanted) - allowed
    is_broken = "/(/" in warninglist["list"]
    assert (b"parenthesis" in done.stderr) == is_broken
    assert done.returncode == (2 if is_broken else 0)
