"""Backups to k of n keys (S15): any k holders together, never fewer; what was changed is named."""

import itertools
import os
import re
import signal
import subprocess

import pytest

import objects as stix
from exchange import ROOT, TOCSIN, Exchange, poll, tocsin

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
    assert "from 1 to 2: --threshold" in back(*two)
    assert "from 1 to 2: --threshold" in back(*two, "--threshold", 3)
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


def settings(kept, *lines):
    """The sample file with these lines behind it."""
    path = kept["x"].data / "tocsin.conf"
    sample = path.read_text().split("\n# here\n")[0]
    path.write_text(sample + "\n# here\n" + "".join(f"{line}\n" for line in lines))


@pytest.fixture(name="timed")
def fixture_timed(kept):
    """The setting of three of four keys, one of them in a file."""
    (kept["folder"] / "last.pub").write_text(kept["publics"][-1] + "\n")
    keys = "; ".join([*kept["publics"][:-1], str(kept["folder"] / "last.pub")])
    settings(kept, f"backup_key = {keys}", f"backup_threshold = {K}")
    yield kept
    settings(kept)


def timer_command(data, folder):
    """What docs/operate.md has a timer run, on other folders."""
    [line] = re.findall(r"(?m)^ +ExecStart=/bin/sh -c '(exec tocsin backup .*)'$",
                        (ROOT / "docs" / "operate.md").read_text())
    assert "/var/lib/tocsin" in line and "/backups/" in line
    return (line.replace("%%", "%").replace("/var/lib/tocsin", str(data))
            .replace("/backups", str(folder)))


def test_a_timed_backup_goes_to_the_keys_of_the_settings_and_three_of_them_restore_it(
        timed, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    path = f"{os.path.dirname(os.path.abspath(TOCSIN))}:{os.environ['PATH']}"
    subprocess.run(["/bin/sh", "-c", timer_command(timed["x"].data, folder)], check=True,
                   env={**os.environ, "PATH": path})
    [made] = folder.iterdir()
    shares = []
    for i in (3, 0, 2):
        shares.append(tmp_path / f"share{i}")
        shares[-1].write_text(tocsin("backup", "open-share", made, "--key",
                                     timed["folder"] / f"key{i}").stdout)
    few = tocsin("restore", "--from", made, *flags("--share", shares[:2]), "--data",
                 tmp_path / "back", check=False)
    refused(few, "takes 3 shares together, and 2 are given")
    tocsin("restore", "--from", made, *flags("--share", shares), "--data", tmp_path / "back")
    back = Exchange(tmp_path / "back")
    assert "Lanterns" in back.run("export", "--as", "Ohio", "--jsonl").stdout
    again = back.run("backup", "--to", tmp_path / "again")
    assert again.returncode == 0, "the settings came along"
    assert (tmp_path / "again").read_bytes().startswith(b"tocsin-backup 2\n\x03\x04")


def test_keys_on_the_command_line_leave_those_of_the_settings_aside(timed, tmp_path):
    timed["x"].run("backup", "--to", tmp_path / "one", "--key", timed["publics"][0])
    assert (tmp_path / "one").read_bytes().startswith(b"tocsin-backup 1\n")
    done = timed["x"].run("backup", "--to", tmp_path / "two", "--threshold", 2, check=False)
    assert done.returncode == 2 and "backup_threshold" in done.stderr


def test_settings_of_which_no_backup_could_be_made_are_refused_before_one_is_missing(
        kept, tmp_path):
    """At the start of the server, by the backup, and on a reload, which keeps what was."""
    two = "; ".join(kept["publics"][:2])
    for lines, word in (([f"backup_key = {two}"], "from 1 to 2"),
                        ([f"backup_key = {two}", "backup_threshold = 3"], "from 1 to 2"),
                        (["backup_threshold = 2"], "set both or neither"),
                        (["backup_key = lost.pub"], "neither a public key")):
        settings(kept, *lines)
        for command in (("serve", "--listen", "127.0.0.1:0"), ("backup", "--to", tmp_path / "b")):
            done = kept["x"].run(*command, check=False)
            assert done.returncode == 3 and word in done.stderr and "tocsin.conf" in done.stderr
    settings(kept)
    server = kept["x"].serve()
    try:
        settings(kept, "backup_threshold = 2")
        server.signal(signal.SIGHUP)
        poll(lambda: "the settings in force stay: backup_threshold" in server.words())
    finally:
        kept["x"].stop()
        settings(kept)
