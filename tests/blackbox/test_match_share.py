"""tocsin match and an exchange: indicators pulled, logs swept, sightings back."""

import json
import os
import re
import time
from concurrent.futures import ThreadPoolExecutor

import objects as stix
from exchange import tocsin

LOG_LINE = "2026-05-01T00:00:00Z 10.9.8.7 GET http://www.evil.example/secret-user-path\n"


def put_indicator(h, label="green"):
    thing = stix.indicator(label, pattern="[domain-name:value = 'evil.example']", name="A trap")
    h.put(thing)
    return thing


def prepare(h, tmp_path):
    secret, log = tmp_path / "token", tmp_path / "proxy.log"
    secret.write_text(h.x.token(h.plat)[1] + "\n")
    log.write_text(LOG_LINE * 3)
    return secret, log


def sweep(h, tmp_path, *more, prepared=None, check=True):
    secret, log = prepared or prepare(h, tmp_path)
    return tocsin("match", "--from", h.x.server.base + "/exchange/", "--collection", h.k,
                  "--token-file", secret, "--cache", tmp_path / "cache", "--json", log, *more,
                  check=check)


def push_words(h):
    return ["--push-sightings", h.x.server.base + "/exchange/"]


def sightings(h, org):
    return [row for row in h.x.rows("list", "--as", org) if row["id"].startswith("sighting--")]


def test_sightings_go_back_with_consent_and_without_the_line(own_house, tmp_path):
    h = own_house
    thing = put_indicator(h)
    h.x.serve()
    done = sweep(h, tmp_path, *push_words(h))
    assert len(done.stdout.splitlines()) == 3 and "--yes agrees to it" in done.stderr
    assert thing["id"] + ": 3 times" in done.stderr
    assert sightings(h, h.fed) == []
    done = sweep(h, tmp_path, *push_words(h), "--yes")
    assert "1 sighting sent" in done.stderr
    rows = sightings(h, h.fed)
    assert len(rows) == 1
    text = h.x.run("show", rows[0]["id"], "--as", h.fed).stdout
    assert thing["id"] in text and "2026-05-01T00:00:00" in text and "3" in text
    for secret in ("secret-user-path", "10.9.8.7", "proxy.log"):
        assert secret not in text


def test_what_must_not_leave_does_not(own_house, tmp_path):
    """G3: a sighting of what is AMBER+STRICT carries that label, and stays."""
    h = own_house
    put_indicator(h, "amber+strict")
    h.x.serve()
    done = sweep(h, tmp_path, *push_words(h), "--yes", check=False)
    assert sightings(h, h.fed) == []
    assert "never leave" in done.stderr or done.stdout == ""


def test_sightings_wait_for_a_server_that_is_down(own_house, tmp_path):
    h = own_house
    put_indicator(h)
    h.x.serve()
    sweep(h, tmp_path)
    base = h.x.server.base
    h.x.stop()
    done = sweep_with(base, h, tmp_path)
    assert done.returncode == 2 and "what was pulled before is used" in done.stderr
    assert len(done.stdout.splitlines()) == 3
    assert "wait in" in done.stderr
    queued = list((tmp_path / "cache").glob("*.sightings.jsonl"))
    assert len(queued) == 1 and json.loads(queued[0].read_text().splitlines()[0])["count"] == 3


def queue_files(tmp_path):
    return list((tmp_path / "cache").glob("*.sightings.jsonl*"))


def test_what_was_sent_is_sent_once(own_house, tmp_path):
    h = own_house
    put_indicator(h)
    h.x.serve()
    done = sweep(h, tmp_path, *push_words(h), "--yes")
    assert "1 sighting sent" in done.stderr and queue_files(tmp_path) == []
    (tmp_path / "proxy.log").write_text("nothing of interest\n")
    done = sweep_with(h.x.server.base, h, tmp_path)
    assert done.returncode == 1 and "no sightings to send" in done.stderr
    (tmp_path / "proxy.log").write_text(LOG_LINE)
    done = sweep_with(h.x.server.base, h, tmp_path)
    assert "1 sighting sent" in done.stderr and queue_files(tmp_path) == []
    assert len(sightings(h, h.fed)) == 2


def test_what_an_earlier_run_left_waiting_is_sent_once_and_later(own_house, tmp_path):
    h = own_house
    put_indicator(h)
    h.x.serve()
    sweep(h, tmp_path)
    base, port = h.x.server.base, h.x.server.port
    h.x.stop()
    assert "wait in" in sweep_with(base, h, tmp_path).stderr
    assert len(queue_files(tmp_path)) == 1
    (tmp_path / "proxy.log").write_text("nothing of interest\n")
    h.x.serve(port=port)
    done = sweep_with(base, h, tmp_path)
    assert "1 sighting sent" in done.stderr and queue_files(tmp_path) == []
    assert len(sightings(h, h.fed)) == 1
    assert "no sightings to send" in sweep_with(base, h, tmp_path).stderr


def sweep_with(base, h, tmp_path):
    return tocsin("match", "--from", base + "/exchange/", "--collection", h.k, "--token-file",
                  tmp_path / "token", "--cache", tmp_path / "cache", "--json",
                  tmp_path / "proxy.log", "--push-sightings", base + "/exchange/", "--yes",
                  check=False)


def test_a_new_version_replaces_the_old_in_the_cache(own_house, tmp_path):
    h = own_house
    thing = put_indicator(h)
    h.x.serve()
    assert sweep(h, tmp_path).returncode == 0
    h.put(thing | {"modified": "2026-12-01T00:00:00.000Z", "revoked": True})
    done = sweep(h, tmp_path, check=False)
    assert done.returncode == 1 and done.stdout == ""


def test_what_was_withdrawn_at_the_server_goes_on_demand_and_after_a_day(own_house, tmp_path):
    """TAXII does not tell of it: only what is pulled anew is without it."""
    h = own_house
    first, second = put_indicator(h), put_indicator(h)
    h.x.serve()
    assert len(sweep(h, tmp_path).stdout.splitlines()) == 6
    h.x.run("withdraw", first["id"], "--as", h.fed)
    done = sweep(h, tmp_path, "--anew")
    assert {json.loads(line)["indicator"] for line in done.stdout.splitlines()} == {second["id"]}
    h.x.run("withdraw", second["id"], "--as", h.fed)
    assert sweep(h, tmp_path).returncode == 0
    for made in (tmp_path / "cache").glob("*.made"):
        made.write_text(re.sub(r"\n20(..-)", r"\n19\1", made.read_text()))
    done = sweep(h, tmp_path, check=False)
    assert done.stdout == "" and "no indicator that logs can be searched for" in done.stderr
    assert len(list((tmp_path / "cache").glob("*.jsonl"))) == 2


def test_a_pull_anew_that_fails_leaves_what_was_pulled_before(own_house, tmp_path):
    h = own_house
    put_indicator(h)
    h.x.serve()
    sweep(h, tmp_path)
    base = h.x.server.base
    h.x.stop()
    done = tocsin("match", "--from", base + "/exchange/", "--collection", h.k, "--token-file",
                  tmp_path / "token", "--cache", tmp_path / "cache", "--json", "--anew",
                  tmp_path / "proxy.log", check=False)
    assert done.returncode == 2 and "what was pulled before is used" in done.stderr
    assert len(done.stdout.splitlines()) == 3


def test_says_by_name_who_shared_it(own_house, tmp_path):
    h = own_house
    h.put(stix.indicator("green", pattern="[domain-name:value = 'evil.example']",
                         created_by_ref=h.fed))
    h.x.serve()
    hit = json.loads(sweep(h, tmp_path).stdout.splitlines()[0])
    names = {row["id"]: row["name"] for row in h.x.rows("org", "list")}
    assert hit["shared_by"] == names[h.fed]


def test_runs_at_the_same_time_share_a_cache(own_house, tmp_path):
    h = own_house
    for _ in range(5):
        put_indicator(h)
    h.x.serve()
    prepared = prepare(h, tmp_path)
    with ThreadPoolExecutor(6) as pool:
        runs = [pool.submit(sweep, h, tmp_path, *(["--anew"] if i % 2 else []), prepared=prepared)
                for i in range(6)]
    for run in runs:
        assert len(run.result().stdout.splitlines()) == 15 and run.result().stderr.count("\n") > 0


def test_a_sighting_counts_a_line_once_however_many_of_the_indicator_s_values_meet_it(
        own_house, tmp_path):
    h = own_house
    thing = stix.indicator("green", name="A trap", pattern=(
        "[domain-name:value = 'evil.example' OR url:value LIKE 'http://www.evil.example/%']"))
    h.put(thing)
    h.x.serve()
    done = sweep(h, tmp_path, *push_words(h), "--yes")
    assert len(done.stdout.splitlines()) == 6 and f"{thing['id']}: 3 times" in done.stderr
    assert len(sightings(h, h.fed)) == 1


def leave(cache, *names, age_s=0):
    for name in names:
        (cache / name).write_text("left\n")
        os.utime(cache / name, (time.time() - age_s,) * 2)


def test_what_a_run_that_was_cut_off_left_in_the_cache_is_cleaned_up(own_house, tmp_path):
    h = own_house
    put_indicator(h)
    h.x.serve()
    sweep(h, tmp_path, *push_words(h), "--yes")
    cache = tmp_path / "cache"
    base = next(name for name in (path.name.removesuffix(".1.jsonl") for path in cache.iterdir())
                if (cache / f"{name}.lock").exists())
    kept = {path.name for path in cache.iterdir()}
    # Between the steps of a pull, of one anew, of a write; and what is of somebody else.
    leave(cache, *(f"{base}.{name}" for name in (
        "0.jsonl", "7.jsonl", "7.jsonl.tocsin-pull", "2.jsonl.tocsin-pull", "made.123.new",
        "1.jsonl.tocsin-pull.123.new", "sightings.jsonl.123.new",
        "sightings.jsonl.tocsin-push.77.new")))
    leave(cache, f"{base}.2.jsonl", age_s=2 * 86400)
    other = f"{'0' * 32}.7.jsonl"
    leave(cache, other, "notes.txt")
    done = sweep(h, tmp_path, *push_words(h), "--yes")
    assert len(done.stdout.splitlines()) == 3
    assert {path.name for path in cache.iterdir()} == kept | {other, "notes.txt"}


def test_a_pull_anew_that_was_cut_off_goes_on_if_it_is_of_today(own_house, tmp_path):
    h = own_house
    put_indicator(h)
    h.x.serve()
    sweep(h, tmp_path)
    cache = tmp_path / "cache"
    for path in list(cache.glob("*.1.jsonl*")):
        (cache / path.name.replace(".1.", ".2.")).write_bytes(path.read_bytes())
    before = {path.name for path in cache.iterdir()}
    assert len(sweep(h, tmp_path).stdout.splitlines()) == 3
    assert {path.name for path in cache.iterdir()} == before
    assert len(sweep(h, tmp_path, "--anew").stdout.splitlines()) == 3
    assert not list(cache.glob("*.1.jsonl*")) and len(list(cache.glob("*.2.jsonl"))) == 2
