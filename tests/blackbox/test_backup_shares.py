"""Backups to k of n keys (S15): any k holders together, never fewer; what was changed is named."""

import itertools

import pytest

import objects as stix
from exchange import Exchange, tocsin

N, K = 4, 3


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """An exchange, four pairs of keys, a backup that takes three of them, and each one's share."""
    folder = tmp_path_factory.mktemp("kept")
    x = Exchange(folder / "data")
    x.init()
    org = x.org("Ohio", "state")
    x.import_text(x.collection("K"), org, stix.bundle(stix.campaign("green", name="Lanterns")))
    publics = [tocsin("backup", "--make-key", folder / f"key{i}").stdout.strip()
               for i in range(N)]
    x.run("backup", "--to", folder / "b", *flags("--key", publics), "--threshold", K)
    shares = []
    for i in range(N):
        opened = tocsin("backup", "open-share", folder / "b", "--key", folder / f"key{i}")
        shares.append(folder / f"share{i}")
        shares[-1].write_text(opened.stdout)
    return {"folder": folder, "x": x, "publics": publics, "shares": shares}


def flags(name, values):
    return [w for v in values for w in (name, v)]


def restore(kept, shares, to, check=False):
    return tocsin("restore", "--from", kept["folder"] / "b", *flags("--share", shares),
                  "--data", to, check=check)


def refused(done, word, status=None):
    assert done.returncode and word in done.stderr, done.stderr
    assert status is None or done.returncode == status


@pytest.mark.parametrize("who", list(itertools.combinations(range(N), K)) + [(3, 0, 2, 1)])
def test_any_k_holders_restore_it(kept, who, tmp_path):
    restore(kept, [kept["shares"][i] for i in who], tmp_path / "back", check=True)
    back = Exchange(tmp_path / "back")
    assert back.run("org", "list", "--json").stdout == kept["x"].run("org", "list", "--json").stdout
    assert "Lanterns" in back.run("export", "--as", "Ohio", "--jsonl").stdout


@pytest.mark.parametrize("who", [()] + list(itertools.combinations(range(N), K - 1)))
def test_fewer_never_do(kept, who, tmp_path):
    done = restore(kept, [kept["shares"][i] for i in who], tmp_path / "back")
    refused(done, "takes 3 shares together, and 2 are given" if who else "--share FILE")
    assert not (tmp_path / "back").exists()
    twice = restore(kept, [kept["shares"][0]] * 3, tmp_path / "back")
    refused(twice, "given twice")


def test_a_share_that_was_changed_is_named(kept, tmp_path):
    """Whichever of its parts, and so is one of another backup."""
    line = kept["shares"][1].read_text().split()
    for part, value in ((4, ("0" if line[4][0] != "0" else "1") + line[4][1:]), (3, "1"),
                        (3, "300")):
        bad = tmp_path / "bad"
        bad.write_text(" ".join(line[:part] + [value] + line[part + 1:]) + "\n")
        done = restore(kept, [kept["shares"][0], bad, kept["shares"][2]], tmp_path / "back")
        refused(done, f"the share in {bad} was changed", 8)
    other = kept["folder"] / "other"
    kept["x"].run("backup", "--to", other, *flags("--key", kept["publics"]), "--threshold", 2)
    strange = tmp_path / "strange"
    strange.write_text(tocsin("backup", "open-share", other, "--key",
                              kept["folder"] / "key1").stdout)
    done = restore(kept, [kept["shares"][0], strange, kept["shares"][2]], tmp_path / "back")
    refused(done, f"the share in {strange} is of another backup", 5)
    (tmp_path / "none").write_text("hello\n")
    refused(restore(kept, [tmp_path / "none"], tmp_path / "back"), "does not hold a share")
    refused(restore(kept, [kept["shares"][0].read_text()], tmp_path / "back"), "never arguments")
    assert not (tmp_path / "back").exists()


def test_whose_key_it_is_not_has_no_share(kept, tmp_path):
    tocsin("backup", "--make-key", tmp_path / "stranger")
    done = tocsin("backup", "open-share", kept["folder"] / "b", "--key", tmp_path / "stranger",
                  check=False)
    refused(done, "no share for this key", 5)


def test_one_key_alone_says_what_it_takes(kept, tmp_path):
    done = tocsin("restore", "--from", kept["folder"] / "b", "--key", kept["folder"] / "key0",
                  "--data", tmp_path / "back", check=False)
    refused(done, "takes 3 of 4 keys together", 5)


def test_a_changed_head_is_named(kept, tmp_path):
    """A holder whose sealed share was changed, and a head that is cut short."""
    data = bytearray((kept["folder"] / "b").read_bytes())
    data[16 + 2 + 32 + 145 - 1] ^= 1
    (tmp_path / "b").write_bytes(data)
    refused(tocsin("backup", "open-share", tmp_path / "b", "--key", kept["folder"] / "key0",
                   check=False), "damaged", 8)
    assert tocsin("backup", "open-share", tmp_path / "b", "--key", kept["folder"] / "key1").stdout
    (tmp_path / "c").write_bytes(data[:100])
    refused(tocsin("backup", "open-share", tmp_path / "c", "--key", kept["folder"] / "key1",
                   check=False), "damaged", 8)


def test_what_keys_and_thresholds_do_not_fit_is_refused(kept, tmp_path):
    def back(*more):
        done = kept["x"].run("backup", "--to", tmp_path / "x", *more, check=False)
        assert done.returncode == 2 and not (tmp_path / "x").exists()
        return done.stderr
    two = flags("--key", kept["publics"][:2])
    assert "--threshold 1 to 2" in back(*two)
    assert "--threshold 1 to 2" in back(*two, "--threshold", 3)
    assert "given twice" in back(*flags("--key", [kept["publics"][0]] * 2), "--threshold", 2)
    many = [f"{i:064x}" for i in range(1, 34)]
    assert "at most 32" in back(*flags("--key", many), "--threshold", 2)


def test_a_backup_to_one_key_is_as_it_was(kept, tmp_path):
    kept["x"].run("backup", "--to", tmp_path / "one", "--key", kept["publics"][0])
    assert (tmp_path / "one").read_bytes().startswith(b"tocsin-backup 1\n")
    tocsin("restore", "--from", tmp_path / "one", "--key", kept["folder"] / "key0", "--data",
           tmp_path / "back")
    refused(tocsin("restore", "--from", tmp_path / "one", "--share", kept["shares"][0], "--data",
                   tmp_path / "c", check=False), "restore it with --key")


def test_whatever_is_changed_in_the_head_ends_in_words(kept, tmp_path):
    """Each kind of byte: counts, keys, digests, shares; never a crash, never a wrong share."""
    whole = (kept["folder"] / "b").read_bytes()
    right = kept["shares"][2].read_text()
    for at in (0, 14, 16, 17, 18, 49, 50, 50 + 2 * 145, 50 + 2 * 145 + 40, 50 + 3 * 145 - 1,
               50 + N * 145 - 1):
        data = bytearray(whole)
        data[at] ^= 0x81
        (tmp_path / "b").write_bytes(data)
        done = tocsin("backup", "open-share", tmp_path / "b", "--key", kept["folder"] / "key2",
                      check=False)
        assert done.returncode in (0, 3, 5, 8), (at, done.stderr)
        assert done.returncode or done.stdout == right, at
