"""pull and push between two exchanges, and validate."""

import json
import re
import time
import uuid

import pytest
import requests

import objects as stix
from exchange import SHARED, parse_output, tocsin
from house import House, fails

VECTORS = SHARED / "vectors" / "stix_objects.jsonl"


# Between exchanges.

def posts_logged(house):
    """Lines are written in groups: once that of a request made now is there, all before it are."""
    mark = uuid.uuid4().hex
    requests.get(f"{house.x.server.base}/{mark}", timeout=10)
    for _ in range(500):
        text = house.x.server.log.read_text(errors="replace")
        if mark in text:
            return text.count("POST")
        time.sleep(0.01)
    raise AssertionError("the line of a request is not written")


def test_a_secret_goes_to_no_other_machine_in_the_clear(tmp_path):
    secret = tmp_path / "token"
    secret.write_text("secret\n")
    fails(tocsin("pull", "http://exchange.example/exchange/", "--collection", "c", "--out",
                 tmp_path / "out", "--token-file", secret, check=False),
          "not sent to http://exchange.example", "give its https:// address")


def test_pull_takes_everything_once_and_goes_on_where_it_stopped(own_house, tmp_path):
    """The contract of pull: resumable, never losing."""
    h = own_house
    things = [stix.campaign("green") for _ in range(30)]
    h.put(*things, stix.campaign("amber+strict"))
    secret = tmp_path / "token"
    secret.write_text(h.x.token(h.plat)[1] + "\n")
    other = House(tmp_path / "other")
    h.x.serve()
    argv = ["pull", h.x.server.base + "/exchange/", "--collection", h.k, "--into", other.k, "--as",
            other.fed, "--token-file", secret]
    other.x.run(*argv)
    want = {t["id"] for t in things}
    assert want <= {r["id"] for r in other.x.rows("list", "--as", other.plat)}
    late = stix.campaign("green")
    h.put(late)
    other.x.run(*argv)
    lines = other.x.run("export", "--as", other.plat, "--jsonl", "--collection", other.k,
                        "--all-versions").stdout.splitlines()
    assert sorted(json.loads(x)["id"] for x in lines) == sorted(want | {late["id"]})
    out = tmp_path / "out.json"
    tocsin("pull", h.x.server.base + "/exchange/", "--collection", h.k, "--out", out,
           "--token-file", secret)
    assert all(t["id"] in out.read_text() for t in things)
    secret.write_text("wrong\n")
    fails(tocsin("pull", h.x.server.base + "/exchange/", "--collection", h.k, "--out", out,
                 "--token-file", secret, check=False))


def test_what_is_pulled_without_a_label_is_not_widened(own_house, tmp_path):
    """G3: the server's own default is not known here; AMBER unless the operator says otherwise."""
    h = own_house
    h.put(stix.campaign(), stix.campaign("clear"))
    secret = tmp_path / "token"
    secret.write_text(h.x.token(h.plat)[1] + "\n")
    other = House(tmp_path / "other")
    low = other.x.org("Low", "vendor", ceiling="clear")
    places = {"safe": ("clear", []), "told": ("clear", ["--default-tlp", "clear"]),
              "strict": ("red", ["--default-tlp", "clear"])}
    h.x.serve()
    for alias, (default, more) in places.items():
        into = other.x.collection(alias, default=default)
        other.x.grant(into, low, read=True)
        other.x.run("pull", h.x.server.base + "/exchange/", "--collection", h.k, "--into", into,
                    "--as", other.fed, "--token-file", secret, *more,
                    check=default != "red")
        places[alias] = len(other.x.rows("list", "--as", low, "--collection", into))
    assert places == {"safe": 1, "told": 2, "strict": 1}


def test_push_sends_everything_once(own_house, tmp_path):
    """The contract of push: never sending twice; RED and STRICT never leave (G3)."""
    h = own_house
    secret = tmp_path / "token"
    secret.write_text(h.x.token(h.fed)[1] + "\n")
    other = House(tmp_path / "other")
    things = [stix.campaign("green") for _ in range(20)]
    strict = stix.campaign("amber+strict")
    other.put(*things, strict)
    h.x.serve()
    argv = ["push", h.x.server.base + "/exchange/", "--collection", h.k, "--token-file", secret]
    # --collection names the remote one first, then the local one.
    local = ["--data", other.x.data, "--collection", other.k, "--as", other.fed]
    tocsin(*argv, *local)
    got = {r["id"] for r in h.x.rows("list", "--as", h.plat, "--collection", h.k)}
    assert got == {t["id"] for t in things}
    posts = posts_logged(h)
    assert posts > 0
    tocsin(*argv, *local)
    assert posts_logged(h) == posts
    file = tmp_path / "more.json"
    more = stix.campaign("green")
    file.write_text(stix.bundle(more))
    tocsin(*argv, file)
    assert h.reads(more["id"])


# Validation.


def vectors():
    return [json.loads(line) for line in VECTORS.read_text().splitlines()]


@pytest.mark.skipif(not VECTORS.exists(), reason="no ../shared/vectors beside the checkout")
def test_validate_agrees_with_the_vectors(tmp_path):
    """L5: what is refused is refused, what is warned of is taken."""
    wrong = []
    for case in vectors():
        path = tmp_path / f"{case['case']}.json"
        path.write_bytes(case["text"].encode("utf-8", "surrogatepass"))
        done = tocsin("validate", path, check=False)
        if (done.returncode == 0) != case["valid"]:
            wrong.append((case["case"], case["valid"], case["reason"], done.stdout[:200],
                          done.stderr[:200]))
        elif case["level"] == "SHOULD" and "should" not in (done.stdout + done.stderr).lower():
            wrong.append((case["case"], "no warning", case["reason"], done.stdout[:200]))
    assert not wrong, "\n".join(map(str, wrong))


def test_validate_names_object_path_rule_and_section(tmp_path):
    path = tmp_path / "bad.json"
    bad = stix.campaign("green", confidence=1000)
    path.write_text(stix.bundle(bad))
    done = tocsin("validate", path, check=False)
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert bad["id"] in said and "confidence" in said and re.search(r"\d\.\d", said)
    shown = parse_output(tocsin("validate", "--json", path, check=False).stdout)
    assert "confidence" in json.dumps(shown)


def test_validate_judges_by_2_1_unless_told(tmp_path):
    """L4."""
    path = tmp_path / "old.json"
    path.write_text(json.dumps(stix.old_campaign("green", x_any=1)))
    tocsin("validate", "--spec", "2.0", path)
    assert tocsin("validate", path, check=False).returncode != 0
    fails(tocsin("validate", "--spec", "3", path, check=False))
