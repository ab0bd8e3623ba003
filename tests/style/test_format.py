"""The layout of C is clang-format's, by the .clang-format of the root."""

import re
import subprocess

import pytest

from source import ROOT, c_files

FAULT = re.compile(r"^([^:\n]+):\d+:\d+: .*", re.M)


@pytest.fixture(scope="module")
def faults():
    """What is wrong, by file; one process reads them all, since starting it takes the time."""
    done = subprocess.run(["clang-format", "--dry-run", "--Werror", *c_files()], cwd=ROOT,
                          text=True, capture_output=True)
    found = {}
    for match in FAULT.finditer(done.stderr):
        found.setdefault(match[1], []).append(match[0])
    assert bool(found) == (done.returncode != 0), done.stderr
    return found


@pytest.mark.parametrize("name", c_files())
def test_is_formatted(name, faults):
    assert "\n".join(faults.get(name, [])) == ""
