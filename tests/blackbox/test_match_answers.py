"""tocsin match: what its answers say, and what is refused before anything takes long."""

import json

import pytest

from sweeping import IDS, hits, indicator, tocsin, write

GREEN = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"
COUNTY = "identity--00000000-0000-4000-8000-000000000001"
ABOUT = {"name": "A trap", "confidence": 80, "object_marking_refs": [GREEN],
         "created_by_ref": COUNTY, "valid_until": "2099-01-01T00:00:00Z",
         "kill_chain_phases": [{"kill_chain_name": "disarm", "phase_name": "conduct"}]}
OBSERVED = [
    {"type": "domain-name", "id": "domain-name--1", "value": "evil.example"},
    {"type": "observed-data", "id": "observed-data--1", "first_observed": "2026-01-01T00:00:00Z",
     "last_observed": "2026-01-02T00:00:00Z", "number_observed": 3,
     "object_refs": ["domain-name--1"]}]


def bundle(path, objects):
    return write(path, json.dumps({"type": "bundle", "id": "bundle--1", "objects": objects}))


@pytest.fixture(name="indicators")
def indicator_file(tmp_path):
    return bundle(tmp_path / "i.json", [
        indicator(1, "[domain-name:value = 'evil.example']", **ABOUT),
        indicator(2, "[domain-name:value = 'evil.example']", revoked=True),
        {"type": "identity", "id": COUNTY, "name": "County"}])


@pytest.fixture(name="observed")
def observed_file(tmp_path):
    return bundle(tmp_path / "o.json", OBSERVED)


def test_over_observed_data_an_answer_says_as_much_of_an_indicator_as_over_logs(
        tmp_path, indicators, observed):
    report = tmp_path / "report"
    done = tocsin("match", "--indicators", indicators, "--observed", observed, "--json",
                  "--report", report)
    log = write(tmp_path / "log", "evil.example\n")
    over_log = hits(tocsin("match", "--indicators", indicators, "--json", log))[0]
    hit = hits(done)[0]
    assert hit["index"] == IDS + "1" and hit["observed"] == ["observed-data--1"]
    for key in ("indicator", "name", "label", "confidence", "valid_from", "valid_until", "revoked",
                "phases", "shared_by", "from_file"):
        assert hit[key] == over_log[key]
    assert b"1 of 1 patterns match; 1 observed data; 1 silent" in done.stderr
    assert b"TLP:GREEN at the strictest" in done.stderr and done.returncode == 0
    read = json.loads(report.read_text())
    assert (read["label"], read["hits"], read["silent"]) == ("TLP:GREEN", 1, 1)
    assert read["met"][0]["indicator"] == IDS + "1" and read["met"][0]["count"] == 1
    assert read["met"][0]["first_seen"] == "2026-01-01T00:00:00.000000Z"
    assert read["met"][0]["last_seen"] == "2026-01-02T00:00:00.000000Z"
    plain = tocsin("match", "--indicators", indicators, "--observed", observed)
    assert b"TLP:GREEN  A trap  (from County)  matches observed-data--1" in plain.stdout


def test_the_report_on_patterns_names_them_by_their_index(tmp_path, observed):
    patterns = write(tmp_path / "p", json.dumps(
        {"index": "a", "pattern": "[domain-name:value LIKE 'evil%']"}) + "\n")
    report = tmp_path / "report"
    tocsin("match", "--patterns", patterns, "--observed", observed, "--report", report)
    met = json.loads(report.read_text())["met"]
    assert [(row["kind"], row["value"], row["count"]) for row in met] == [("pattern", '"a"', 1)]


def test_over_observed_data_sightings_are_shown_too(tmp_path, indicators, observed):
    done = tocsin("match", "--indicators", indicators, "--observed", observed, "--cache",
                  tmp_path / "cache", "--push-sightings", "http://127.0.0.1:1/",
                  "--push-collection", "c", text=b"")
    assert f"sighting of {IDS}1: 1 time, from 2026-01-01T00:00:00".encode() in done.stderr
    assert b"nothing was sent" in done.stderr and done.returncode == 0


def test_the_words_and_the_summary_say_who_shared_what_under_which_label(tmp_path, indicators):
    done = tocsin("match", "--indicators", indicators,
                  write(tmp_path / "log", "at evil.example\n" * 2))
    first = done.stdout.decode().splitlines()[0]
    assert first.endswith(f"log:1: domain evil.example TLP:GREEN {IDS}1 (A trap) from County, "
                          "confidence 80, disarm/conduct")
    said = [" ".join(line.split()) for line in done.stderr.decode().splitlines()]
    assert said[:4] == ["tocsin: hits kind value",
                        "tocsin: 2 domain evil.example TLP:GREEN A trap (from County)",
                        "tocsin: 2 hits of 1 value; 2 silent (expired, revoked or allowed)",
                        "tocsin: 2 indicators with 2 values; 0 of them cannot be looked for in "
                        "logs"]
    assert said[4].startswith("tocsin: 1 file, 2 lines, 32 bytes in ")


def test_the_report_says_what_was_swept(tmp_path, indicators):
    report = tmp_path / "report"
    tocsin("match", "--indicators", indicators, "--report", report, "--summary",
           write(tmp_path / "a", "evil.example\n"), write(tmp_path / "b", "no\n"))
    read = json.loads(report.read_text())
    assert [read[key] for key in ("files", "lines", "bytes", "indicators")] == [2, 2, 16, 2]


MISFITS = {
    "--report goes with logs and observed data": ["--compile", "x", "--report", "y"],
    "--follow goes with logs, not with observed": ["--observed", "x", "--follow"],
    "--patterns goes with observed data": ["--patterns", "x", "log"],
    "log files go not with observed data": ["--observed", "x", "log"],
    "--collection goes with --from": ["--collection", "x", "log"],
    "--yes goes with --push-sightings URL": ["--yes", "log"],
    "--anew goes with --from URL": ["--anew", "log"],
    "which collection? --from": ["--from", "http://127.0.0.1:1/", "log"],
    "which collection do sightings go to": ["--push-sightings", "http://127.0.0.1:1/", "log"],
    "say where to look": [],
    "an index is all that is looked for": ["--index", "x", "log"],
    "the report cannot be written": ["--report", "/nowhere/x", "log"],
    "that is a folder": ["--report", "/tmp", "log"],
}


@pytest.mark.parametrize("words", MISFITS)
def test_what_does_not_fit_together_is_refused_before_anything_is_read(words):
    """A flag that did nothing would be taken for one that did what it says."""
    done = tocsin("match", "--indicators", "missing", *MISFITS[words])
    assert done.returncode == 2 and words.encode() in done.stderr and b"missing" not in done.stderr


def test_what_signs_in_at_one_server_is_not_shown_to_another(tmp_path):
    token = write(tmp_path / "token", "secret\n")
    words = ["match", "--from", "http://127.0.0.1:1/", "--collection", "c", "--token-file", token,
             "--cache", tmp_path / "cache", "--push-sightings", "http://127.0.0.1:2/", "log"]
    done = tocsin(*words)
    assert done.returncode == 2 and b"give --push-token-file FILE" in done.stderr
    done = tocsin(*words, "--push-token-file", token)
    assert b"cannot reach http://127.0.0.1:1/" in done.stderr


def test_nothing_to_look_for_is_trouble_not_good_news(tmp_path):
    log = write(tmp_path / "log", "evil.example\n")
    for content in ("", json.dumps(indicator(1, "[file:size = 5]"))):
        done = tocsin("match", "--indicators", write(tmp_path / "i", content), log)
        assert done.returncode == 2 and b"no indicator that logs can be searched" in done.stderr


def test_what_a_list_says_twice_counts_once(tmp_path):
    one = write(tmp_path / "list", "evil.example\nEVIL.example # once more\nevil.example\n")
    other = write(tmp_path / "table", "value,name\nevil.example,A trap\nevil.example,A trap\n"
                                      "evil.example,Another\n")
    log = write(tmp_path / "log", "www.evil.example\n")
    report, index = tmp_path / "report", tmp_path / "index"
    done = tocsin("match", "--indicators", one, "--indicators", other, "--json", "--report", report,
                  log)
    told = [(hit["from_file"], hit.get("name")) for hit in hits(done)]
    assert sorted(told, key=str) == [(str(one), None), (str(other), "A trap"),
                                     (str(other), "Another")]
    assert b"6 indicators with 6 values; 0 of them cannot be looked for in logs, 3 are given " \
        b"again and count once" in done.stderr
    assert json.loads(report.read_text())["repeated"] == 3
    compiled = tocsin("match", "--indicators", one, "--indicators", other, "--compile", index)
    assert compiled.returncode == 0 and b"compiled: 6 indicators with 6 values; " in compiled.stderr
    again = tocsin("match", "--index", index, "--json", log)
    assert again.stdout == done.stdout and b"3 are given again and count once" in again.stderr
