"""The files of the project, for the tests of its style."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
C = (".c", ".h", ".cc")


def tracked():
    """Paths under version control, and new ones that are not ignored, relative to the root."""
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"],
                            cwd=ROOT, text=True, capture_output=True, check=True)
    return sorted(name for name in set(listed.stdout.splitlines()) if (ROOT / name).is_file())


def c_files(*folders):
    return [name for name in tracked() if name.endswith(C) and name.startswith(folders or "")]


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8", errors="replace")


def code_of(name):
    """Without comments and the insides of strings; lines stay where they are."""
    def blank(found):
        return re.sub(r"[^\n]", " ", found.group(0))
    pattern = r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''
    return re.sub(pattern, blank, text_of(name), flags=re.S)


def includes(name):
    """(line number, "x/y.h" or <x.h> with its marks) of each #include."""
    for number, line in enumerate(text_of(name).splitlines(), 1):
        found = re.match(r'\s*#\s*include\s+(["<][^">]+[">])', line)
        if found:
            yield number, found.group(1)


def expect_none(bad):
    """Fails with all of them, one a line."""
    if bad:
        pytest.fail("\n".join(map(str, bad)), pytrace=False)
