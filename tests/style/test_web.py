"""The pages: what they are made of, what they may weigh, what they never do (P1 to P4, P8, P9)."""

import json
import re

import pytest

from source import ROOT, expect_none, text_of, tracked

WEB = [name for name in tracked() if name.startswith("web/src/")]
PACKAGES = json.loads(text_of("web/package.json"))
RULES = text_of("docs/rules.md")


def lines_with(pattern, names):
    return [f"{name}: {line.strip()}" for name in names for line in text_of(name).splitlines()
            if re.search(pattern, line)]


def test_packages_are_pinned_and_locked():
    """P1: each by its version, in a lockfile, and no engine is demanded."""
    asked = PACKAGES["dependencies"] | PACKAGES["devDependencies"]
    expect_none([f"{k}: {v}" for k, v in asked.items() if not re.fullmatch(r"\d+\.\d+\.\d+", v)])
    locked = json.loads(text_of("web/package-lock.json"))["packages"]
    expect_none([k for k, v in asked.items() if locked["node_modules/" + k]["version"] != v])
    assert "engine-strict" not in text_of("web/.npmrc") and "engines" not in PACKAGES


def test_the_compiler_is_strict():
    """P1."""
    options = json.loads(text_of("web/tsconfig.json"))["compilerOptions"]
    assert options["strict"] and options["noUncheckedIndexedAccess"]


def test_the_design_system_is_compiled_from_its_sources():
    """P1: never its finished style sheet, and by the parts in use."""
    expect_none(lines_with(r"uswds/dist/css|uswds(\.min)?\.css", WEB + ["web/build.mjs"]))
    forwarded = re.findall(r'@forward "([^"]+)"', text_of("web/src/styles/uswds.scss"))
    assert forwarded and "uswds" not in forwarded, "all of it"


@pytest.mark.parametrize("name, words", [
    ("FIRST_SCRIPT_BYTES_MAX = 140 * KB", "140 kB"), ("STYLE_BYTES_MAX = 30 * KB", "30 kB"),
    ("CHUNK_BYTES_MAX = 160 * KB", "160 kB"), ("ALL_BYTES_MAX = 3000 * KB", "3 MB"),
    ("FONTS_MAX = 3", "three font files"), ("FIRST_REQUESTS_MAX = 6", "six requests")])
def test_the_budgets_are_those_of_the_rule(name, words):
    """P2: a build that weighs more fails."""
    rule = RULES[RULES.index("**P2."):RULES.index("**P3.")]
    assert f"const {name};" in text_of("web/budgets.mjs") and words in " ".join(rule.split())
    assert "budgetFaults(" in text_of("web/build.mjs")


def test_nothing_lives_on_in_a_browser():
    """P3: no service worker, and nothing but the language in what a browser keeps."""
    kept = lines_with(r"serviceWorker|indexedDB|(local|session)Storage\.[sg]et|caches\.open", WEB)
    expect_none([line for line in kept if "KEPT_AS" not in line])  # the language one chose


def test_no_page_makes_style_or_script():
    """P4: what the policy would refuse is not tried."""
    expect_none(lines_with(r"dangerouslySetInnerHTML|createElement\(.(style|script)|\beval\(|"
                           r"new Function\(|innerHTML\s*=", [n for n in WEB if n.endswith("x")]))


def test_the_program_and_the_browser_tests_know_one_policy():
    """P4: what a browser test breaks, the program's pages would."""
    def policy(name, begin):
        text = text_of(name)
        text = text[text.index(begin):]
        return "".join(re.findall(r'"([^"]*)"', text[:re.search(r";\n\n|\n\n", text).start()]))
    assert policy("src/api/web.c", "#define POLICY") == \
        policy("tests/browser/support/policy.ts", "export const POLICY")


def test_words_are_those_of_whom_they_are_for():
    """P8: none of ours where a person reads."""
    jargon = r"\b(lineage|entity|payload|endpoint|null|undefined|UUID|bitmap|commit)\b"
    spoken = [n for n in WEB if n.startswith(("web/src/words/en/", "web/src/words/es/"))]
    said = [f"{name}: {text}" for name in spoken for text in re.findall(r'"([^"]*)"', text_of(name))
            if " " in text and re.search(jargon, text)]
    expect_none(said)


def test_what_a_person_does_says_so():
    """P9: no button is called OK, Submit or Continue."""
    expect_none(lines_with(r'"(OK|Ok|Submit|Continue|Click here|Proceed)"', WEB))


def test_every_part_is_shown_among_the_patterns():
    """P6: a page of patterns shows what pages are made of."""
    pages = "".join(text_of(n) for n in WEB if n.startswith("web/src/pages/patterns/"))
    assert pages, f"no page of patterns below {ROOT / 'web/src/pages'}"
    for state in ("empty", "loading", "failing", "offline", "long", "rtl"):
        assert re.search(state, pages, re.I), state
