"""tocsin match and tocsin pattern over observed data: the shared vectors, and what is broken."""

import json
import subprocess
from collections import defaultdict

import pytest

from exchange import SHARED, TOCSIN

VECTORS = SHARED / "vectors"


def tocsin(*words, text=None):
    return subprocess.run([TOCSIN, *map(str, words)], input=text, text=True, capture_output=True,
                          check=False)


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def write_lines(path, values):
    path.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf-8")
    return path


OBSERVED = {"type": "bundle", "id": "bundle--1", "objects": [
    {"type": "url", "id": "url--1", "value": "http://a.example/x"},
    {"type": "observed-data", "id": "observed-data--1", "first_observed": "2026-01-01T00:00:00Z",
     "last_observed": "2026-01-01T00:00:00Z", "number_observed": 1, "object_refs": ["url--1"]}]}


@pytest.fixture(name="observed")
def observed_file(tmp_path):
    path = tmp_path / "observed.json"
    path.write_text(json.dumps(OBSERVED), encoding="utf-8")
    return path


@pytest.mark.skipif(not VECTORS.exists(), reason="no ../shared/vectors beside the checkout")
def test_agrees_with_every_vector(tmp_path):
    cases = defaultdict(list)
    for case in lines(VECTORS / "patterns.jsonl"):
        cases[case["observed"]].append(case)
    for scene in lines(VECTORS / "pattern_observed.jsonl"):
        here = cases[scene["observed"]]
        observed = tmp_path / "observed.json"
        observed.write_text(json.dumps(scene["bundle"]), encoding="utf-8")
        patterns = write_lines(tmp_path / "patterns.jsonl",
                               [{"index": i, "pattern": case["pattern"]}
                                for i, case in enumerate(here)])
        done = tocsin("match", "--patterns", patterns, "--observed", observed, "--json")
        found = [json.loads(line)["index"] for line in done.stdout.splitlines()]
        wanted = [i for i, case in enumerate(here) if case["match"]]
        assert found == wanted
        assert done.returncode == (0 if wanted else 1), done.stderr


@pytest.mark.skipif(not VECTORS.exists(), reason="no ../shared/vectors beside the checkout")
def test_check_agrees_with_every_verdict_on_syntax(tmp_path):
    cases = lines(VECTORS / "pattern_syntax.jsonl")
    done = tocsin("pattern", "check", write_lines(tmp_path / "p.jsonl", cases), "--json")
    bad = {int(line["place"].rsplit(":", 1)[1]) for line in map(json.loads,
                                                               done.stdout.splitlines())
           if "error" in line}
    assert bad == {i + 1 for i, case in enumerate(cases) if not case["valid"]}
    assert done.returncode == 3


def test_a_broken_pattern_and_a_broken_line_are_named_and_the_rest_runs(tmp_path, observed):
    patterns = tmp_path / "p.jsonl"
    patterns.write_text('{"index": "a", "pattern": "[url:value = "}\n'
                        "no json\n"
                        '{"index": "b", "pattern": "[url:value LIKE \'http:%\']"}\n'
                        '{"index": 7}\n', encoding="utf-8")
    done = tocsin("match", "--patterns", patterns, "--observed", observed, "--json")
    assert done.returncode == 2
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["index"] == "a" and first["error"].startswith("column ")
    assert second == {"index": "b", "observed": ["observed-data--1"]}
    assert f"{patterns}:2: " in done.stderr and f"{patterns}:4: " in done.stderr


@pytest.mark.parametrize("pattern, status", [("[url:value = 'http://a.example/x']", 0),
                                             ("[url:value = 'http://b.example/x']", 1)])
def test_exits_as_grep_does(tmp_path, observed, pattern, status):
    patterns = write_lines(tmp_path / "p.jsonl", [{"index": 0, "pattern": pattern}])
    assert tocsin("match", "--patterns", patterns, "--observed", observed).returncode == status


def test_an_expression_of_a_billion_steps_is_given_up_and_named(tmp_path, observed):
    patterns = write_lines(tmp_path / "p.jsonl", [
        {"index": 0, "pattern": "[url:value MATCHES '^([a-z:/.]+)+[0-9]$']"},
        {"index": 1, "pattern": "[url:value LIKE '%/x']"}])
    text = json.dumps(OBSERVED).replace("http://a.example/x", "http://" + "a" * 60 + "/x")
    observed.write_text(text, encoding="utf-8")
    done = tocsin("match", "--patterns", patterns, "--observed", observed, "--json")
    assert done.returncode == 2
    assert "steps" in json.loads(done.stdout.splitlines()[0])["error"]
    assert json.loads(done.stdout.splitlines()[1])["index"] == 1


def test_a_missing_file_is_trouble(tmp_path, observed):
    done = tocsin("match", "--patterns", tmp_path / "none", "--observed", observed)
    assert done.returncode == 2 and "none" in done.stderr


def test_explains_in_plain_english():
    done = tocsin("pattern", "explain", "[url:value LIKE '%.exe'] REPEATS 5 TIMES")
    assert done.returncode == 0
    assert done.stdout == ("Looks for a URL whose value is like '%.exe', 5 times.\n\n"
                           "5 times, each with different observations:\n"
                           "  one observation with an object of which:\n"
                           "    url:value is like '%.exe' (% is any text, _ any character)\n\n"
                           "In logs it is not looked for: logs cannot be searched for this "
                           "pattern: it asks for several observations, or for times.\n")


def test_only_the_newest_version_of_an_indicator_is_evaluated(tmp_path, observed):
    old = {"type": "indicator", "id": "indicator--00000000-0000-4000-8000-000000000001",
           "pattern_type": "stix", "pattern": "[url:value = 'http://a.example/x']",
           "modified": "2026-01-01T00:00:00Z"}
    for change in ({"pattern": "[url:value = 'http://b.example/']"}, {"revoked": True}):
        new = old | {"modified": "2026-02-01T00:00:00Z"} | change
        for order in ([old, new], [new, old]):
            path = write_lines(tmp_path / "i.jsonl", order)
            done = tocsin("match", "--indicators", path, "--observed", observed, "--json")
            assert (done.stdout, done.returncode) == ("", 1), done.stderr
    path = write_lines(tmp_path / "i.jsonl", [old])
    done = tocsin("match", "--indicators", path, "--observed", observed, "--json")
    assert len(done.stdout.splitlines()) == 1 and done.returncode == 0
