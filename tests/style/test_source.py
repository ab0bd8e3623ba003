"""Sizes, names and words of the source. The reasons are in CONTRIBUTING.md."""

import re
import subprocess

import pytest

from source import C, ROOT, c_files, code_of, expect_none, text_of, tracked

LINES_MAX = 600
COLUMNS_MAX = 100
WEB = (".ts", ".tsx", ".mjs", ".scss")
CODE = (*C, *WEB, ".py", ".sh", ".sql")
BANNED = ("strcpy", "strcat", "sprintf", "vsprintf", "gets", "strtok", "strncpy", "goto")
UNFINISHED = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")
# Folders in which a checkout may lie without its name saying anything about a machine.
COMMON = {"/", "/root", "/home", "/tmp", "/srv", "/opt", "/usr/src", "/var/tmp", "/mnt"}

CODE_FILES = [name for name in tracked() if name.endswith(CODE)]


def lines(name, pattern, text):
    """Where a pattern stands: "file:line: text"."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if re.search(pattern, line):
            found.append(f"{name}:{number}: {line.strip()}")
    return found


def all_lines(names, pattern, read=text_of):
    return [hit for name in names for hit in lines(name, pattern, read(name))]


def test_files_are_short():
    long = {name: text_of(name).count("\n") for name in CODE_FILES}
    expect_none([f"{name}: {count}" for name, count in long.items() if count > LINES_MAX])


def test_lines_are_short():
    expect_none(all_lines(CODE_FILES, f"^.{{{COLUMNS_MAX + 1},}}$"))


def test_nothing_is_marked_as_unfinished():
    pattern = r"\b(" + "|".join(UNFINISHED) + r")\b"
    texts = [name for name in tracked() if not name.endswith(".png")]  # bytes are no words
    expect_none(all_lines(texts, pattern))


@pytest.mark.parametrize("word", BANNED)
def test_no_code_uses(word):
    expect_none(all_lines(c_files(), rf"\b{word}\b", code_of))


def test_files_say_what_they_are_for():
    """The first comment is a paragraph of purpose."""
    scripts = [name for name in tracked() if name.endswith((".ts", ".tsx", ".mjs"))]
    files = [*c_files(), *scripts]
    expect_none([name for name in files if not text_of(name).startswith("/*\n * ")])


def test_the_pages_types_have_no_holes():
    """Neither `any` nor a silenced compiler."""
    scripts = [name for name in tracked() if name.endswith((".ts", ".tsx"))]
    expect_none(all_lines(scripts, r"@ts-|\bas any\b|: any\b|<any\b", code_of))


def test_words_stand_in_their_own_folder():
    """What a person reads is translated in one place (P5): no sentence in a page or part."""
    pages = [name for name in tracked() if name.endswith(".tsx") and name.startswith("web/src/")]
    expect_none(all_lines(pages, r">[^<>{}]*[a-z]{3,} [a-z]{2,}[^<>{}]*</|"
                                 r'(?:title|label|aria-label)="[A-Z]', text_of))


def test_headers_are_guarded_by_their_path():
    bad = []
    for name in c_files("src/"):
        if name.endswith(".h"):
            guard = "TOCSIN_" + re.sub(r"\W", "_", name.removeprefix("src/")).upper()
            if f"#ifndef {guard}\n#define {guard}\n" not in text_of(name):
                bad.append(f"{name}: {guard}")
    expect_none(bad)


def test_headers_stand_alone():
    bad = []
    for name in c_files("src/"):
        if name.endswith(".h"):
            done = subprocess.run(
                ["gcc", "-std=gnu17", "-D_GNU_SOURCE", "-fsyntax-only", "-Isrc", "-xc", name],
                cwd=ROOT, text=True, capture_output=True)
            if done.returncode:
                bad.append(f"{name}: {done.stderr}")
    expect_none(bad)


def test_nothing_names_the_machine_it_was_written_on():
    places = [str(ROOT) + r"\b"]
    if str(ROOT.parent) not in COMMON:
        places.append(str(ROOT.parent) + "/")
    places.append(r"/home/[a-z]\w*/")
    expect_none(all_lines(tracked(), "|".join(places)))


def test_no_file_ends_lines_with_white_space():
    expect_none(all_lines(CODE_FILES, r"[ \t\r]$"))
