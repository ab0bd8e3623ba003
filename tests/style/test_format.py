"""The layout of C is clang-format's, by the .clang-format of the root."""

import subprocess

import pytest

from source import ROOT, c_files


@pytest.mark.parametrize("name", c_files())
def test_is_formatted(name):
    done = subprocess.run(["clang-format", "--dry-run", "--Werror", name], cwd=ROOT, text=True,
                          capture_output=True)
    assert done.returncode == 0, done.stderr
