"""The documents hold: links lead somewhere, rules and tests name each other, lines fit."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from source import ROOT, expect_none, text_of, tracked

PAGES = [name for name in tracked() if name.endswith(".md")]
RULES = "docs/rules.md"
COLUMNS_MAX = 119
RULE = r"\b([LGVORSBP])(\d{1,2})[a-d]?\b"
WAITING = {"B24"}  # public statements: not there yet
RANGE = RULE + r" to \1(\d{1,2})\b"


def prose(name):
    """The text without blocks of code."""
    text = re.sub(r"^```.*?^```", "", text_of(name), flags=re.S | re.M)
    return re.sub(r"^    .*$", "", text, flags=re.M)


def defined_rules():
    return set(re.findall(r"^\*\*([LGVORSBP]\d{1,2})\.", text_of(RULES), flags=re.M))


def cited(text):
    found = {letter + number for letter, number in re.findall(RULE, text)}
    for letter, first, last in re.findall(RANGE, text):
        found |= {letter + str(n) for n in range(int(first), int(last) + 1)}
    return found


def comments(name):
    """Docstrings and comments, where tests cite rules."""
    pattern = r'""".*?"""|#[^\n]*' if name.endswith(".py") else r"/\*.*?\*/|//[^\n]*"
    return " ".join(re.findall(pattern, text_of(name), flags=re.S))


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file(page):
    folder = (ROOT / page).parent
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", prose(page))
    expect_none([to for to in links if "://" not in to and not to.startswith("mailto:")
                       and not (folder / to).exists()])


def is_for_readers(page):
    return page in ("README.md", "ARCHITECTURE.md") or \
        page.startswith("docs/") and "/adr/" not in page


@pytest.mark.parametrize("page", filter(is_for_readers, PAGES))
def test_lines_fit(page):
    expect_none([f"line {n}: {len(line)} columns"
                       for n, line in enumerate(text_of(page).splitlines(), 1)
                       if len(line) > COLUMNS_MAX and not line.startswith("|")])


def test_a_rule_names_files_that_exist_and_tests_that_cite_it():
    wrong = []
    whole = r"^\*\*([LGVORSBP]\d{1,2})\.[^~]*?^\*Code:\* (.*?)(?=^\*\*|^#|\Z)"
    for rule, files in re.findall(whole, text_of(RULES), flags=re.S | re.M):
        code, _, tests = files.partition("*Tests:*")
        wrong += [f"{rule}: no {name}" for name in re.findall(r"`([^`]+)`", code)
                  if not list((ROOT / "src").glob(name))]
        for name in re.findall(r"`([^`]+)`", tests):
            place = ROOT / name if name.startswith("bench/") else ROOT / "tests" / name
            files = [place] if place.is_file() else filter(Path.is_file, place.rglob("*"))
            text = " ".join(f.read_text(errors="replace") for f in files)
            if rule not in cited(text):
                wrong.append(f"{rule}: {name} does not cite it")
    expect_none(wrong)


def test_no_test_cites_a_rule_that_is_not_there():
    rules, wrong = defined_rules(), defaultdict(set)
    letters = {rule[0] for rule in rules}
    for name in tracked():
        if not name.startswith("tests/") or not name.endswith((".c", ".py")):
            continue
        for rule in cited(comments(name)) - rules:
            if rule[0] in letters and name != "tests/style/test_docs.py":
                wrong[name].add(rule)
    expect_none([f"{name}: {', '.join(sorted(w))}" for name, w in sorted(wrong.items())])


def test_no_rule_is_missing_between_the_first_and_the_last_of_its_letter():
    """And every letter that tests cite has its rules: the pages have theirs, P1 to P9."""
    rules = defaultdict(set)
    for rule in defined_rules():
        rules[rule[0]].add(int(rule[1:]))
    assert set(rules) == set("LGVORSBP") and len(rules["P"]) == 9
    missing = {letter: set(range(1, max(found) + 1)) - found for letter, found in rules.items()}
    gaps = {letter + str(n) for letter, numbers in missing.items() for n in numbers}
    assert gaps == WAITING
