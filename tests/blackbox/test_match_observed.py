"""tocsin match --observed: files as they come, compressed, by standard input, broken off."""

import gzip
import json
import shutil
import subprocess

import pytest

from sweeping import hits, tocsin, write

COUNT = 3000


def observation(number):
    name = f"domain-name--{number:08x}-0000-4000-8000-000000000001"
    return [{"type": "domain-name", "id": name, "value": f"n{number}.example"},
            {"type": "observed-data", "id": f"observed-data--{number}", "object_refs": [name],
             "number_observed": 1, "first_observed": "2026-01-01T00:00:00Z",
             "last_observed": "2026-01-01T00:00:00Z"}]


OBJECTS = [item for number in range(COUNT) for item in observation(number)]
BUNDLE = json.dumps({"type": "bundle", "id": "bundle--1", "objects": OBJECTS}).encode()
LINES = "".join(json.dumps(item) + "\n" for item in OBJECTS).encode()


@pytest.fixture(name="patterns")
def patterns_file(tmp_path):
    return write(tmp_path / "p.jsonl", "".join(
        json.dumps({"index": n, "pattern": f"[domain-name:value = 'n{n}.example']"}) + "\n"
        for n in (0, 7, COUNT - 1)))


def zstd(text):
    if shutil.which("zstd") is None:
        pytest.skip("there is no zstd to make such a file with")
    return subprocess.run(["zstd", "-q", "-c"], input=text, capture_output=True, check=True).stdout


@pytest.mark.parametrize("text", [BUNDLE, LINES], ids=["bundle", "lines"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstd])
def test_observed_data_may_be_compressed_and_come_by_standard_input(tmp_path, patterns, pack, text):
    packed = pack(text)
    observed = write(tmp_path / "o", packed)
    done = tocsin("match", "--patterns", patterns, "--observed", observed, "--json")
    assert [hit["index"] for hit in hits(done)] == [0, 7, COUNT - 1] and done.returncode == 0
    piped = tocsin("match", "--patterns", patterns, "--observed", "-", "--json", text=packed)
    assert piped.stdout == done.stdout and piped.returncode == 0


@pytest.mark.parametrize("text", [BUNDLE, LINES], ids=["bundle", "lines"])
@pytest.mark.parametrize("pack", [gzip.compress, zstd])
def test_of_data_that_is_cut_off_what_came_before_counts_and_the_status_tells(
        tmp_path, patterns, pack, text):
    observed = write(tmp_path / "o", pack(text)[:-300])
    done = tocsin("match", "--patterns", patterns, "--observed", observed, "--json")
    assert [hit["index"] for hit in hits(done)] == [0, 7] and done.returncode == 2
    assert done.stderr.count(b"the compressed data ends too early; what came before was read") == 1
    assert done.stderr.count(str(observed).encode() + b": the compressed") == 1


def test_of_several_files_one_that_is_not_there_is_named_and_the_others_count(tmp_path, patterns):
    observed = write(tmp_path / "o", BUNDLE)
    done = tocsin("match", "--patterns", patterns, "--observed", tmp_path / "none", "--observed",
                  observed, "--json")
    assert len(hits(done)) == 3 and done.returncode == 2 and b"none: No such file" in done.stderr


def test_that_there_is_no_observed_data_is_trouble(tmp_path, patterns):
    observed = write(tmp_path / "o", json.dumps(OBJECTS[0]))
    done = tocsin("match", "--patterns", patterns, "--observed", observed)
    assert b"there is no observed data to look in" in done.stderr and done.returncode == 2


@pytest.mark.parametrize("text", [
    json.dumps({"response": [{"Event": {"info": "x", "Attribute": [
        {"type": "domain", "value": "n7.example", "to_ids": True}]}}]}),
    json.dumps({"type": "bundle", "id": "bundle--1", "objects": []})], ids=["MISP", "no indicator"])
def test_that_there_is_no_pattern_to_evaluate_is_trouble(tmp_path, text):
    done = tocsin("match", "--indicators", write(tmp_path / "i", text), "--observed",
                  write(tmp_path / "o", BUNDLE))
    assert b"there is no pattern to evaluate" in done.stderr and done.returncode == 2


def test_data_in_a_form_that_is_not_read_is_named_with_what_reads_it(tmp_path, patterns):
    observed = write(tmp_path / "o", b"\xfd7zXZ\0\0\4" + b"x" * 100)
    done = tocsin("match", "--patterns", patterns, "--observed", observed)
    assert b"is compressed by xz" in done.stderr and done.returncode == 2
