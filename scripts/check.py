"""Runs the suites of ./check and counts. To add a suite: one row in SUITES, one function.

usage: check.py [--list] [SUITE...]

A suite is a function that returns a Count. It fails where anything in it fails, and where it ran
nothing. What was skipped is named. Whole outputs are kept in build/check/SUITE.log.
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
LOGS = BUILD / "check"
JOBS = os.cpu_count() or 1
WORDS_LINES_MAX = 60

MESON = "/usr/bin/meson"
NINJA = "/usr/bin/ninja"
PYTHON = "/usr/bin/python3"
CLANG_TIDY = "/usr/bin/clang-tidy"
CPPCHECK = "/usr/bin/cppcheck"
LAST = ("nice", "-n", "19")  # what runs beside tests takes only what they leave of the processor


@dataclass
class Count:
    passed: int = 0
    failed: int = 0
    skipped: list = field(default_factory=list)
    words: str = ""  # of what failed
    bad: list = field(default_factory=list)  # its names, where it has names

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.words += other.words
        self.bad += other.bad


def failure(words, name=None):
    return Count(failed=1, words=words, bad=[name] if name else [])


def run(*command, **more):
    """Runs to the end; output and errors together as text."""
    return subprocess.run(list(map(str, command)), cwd=ROOT, text=True, errors="replace",
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more)


def tracked(*patterns):
    """Files under version control, and new ones that are not ignored."""
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns)
    return sorted({name for name in listed.stdout.splitlines() if (ROOT / name).is_file()})


# Building.

def configure(folder, options, env=None):
    """A meson build folder with these options; None, or what meson said."""
    made_with = folder / "check-options"
    asked = " ".join(options)
    is_ready = (folder / "build.ninja").exists()
    if is_ready and (not options or made_with.exists() and made_with.read_text() == asked):
        return None
    for part in ("meson-private", "meson-info", "meson-logs", "build.ninja"):
        remove(folder / part)
    done = run(MESON, "setup", folder, *options, env=env)
    if done.returncode:
        return done.stdout
    made_with.write_text(asked)
    return None


def remove(path):
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def build(folder, options, before=()):
    words = configure(folder, options)
    if words is None:
        done = run(*before, NINJA, "-C", folder, "--quiet")
        words = done.stdout if done.returncode else None
    return words


def suite_build():
    web = run(ROOT / "scripts/build-web", "--with-checks")
    words = web.stdout if web.returncode else build(BUILD, [])
    if words is None and not os.access(BUILD / "tocsin", os.X_OK):
        words = "there is no build/tocsin after the build"
    return failure(words) if words else Count(passed=1)


# Programs of cmocka, run by meson.

CMOCKA_RAN = re.compile(r"^\[==========\] (\d+) test\(s\) run\.", re.M)
CMOCKA_PASSED = re.compile(r"^\[  PASSED  \] (\d+) test\(s\)\.", re.M)
CMOCKA_SKIPPED = re.compile(r"^\[  SKIPPED \] ([a-z]\w+)$", re.M)


def count_program(test):
    """One program's tests by what cmocka printed; a program of another kind is one test."""
    output = test.get("stdout", "") + "\n" + test.get("stderr", "")
    is_good = test["result"] in ("OK", "EXPECTEDFAIL", "SKIP")
    skipped = sorted({f"{test['name']}: {name}" for name in CMOCKA_SKIPPED.findall(output)})
    groups = CMOCKA_RAN.findall(output)
    ran = sum(map(int, groups))
    if groups and ran == 0:
        return failure("this program ran no test\n", test["name"])
    passed = sum(map(int, CMOCKA_PASSED.findall(output)))
    if test["result"] == "SKIP":
        return Count(skipped=skipped or [test["name"]])
    if ran == 0:
        passed, ran = int(is_good), 1
    failed = ran - passed - len(skipped)
    if not is_good and failed <= 0:
        failed = 1
    words = "" if is_good else f"{test['name']}: {test['result']}\n{output.strip()}\n"
    return Count(passed, max(failed, 0), skipped, words, [test["name"]] if words else [])


def meson_tests(folder, options, chosen, env=None):
    words = configure(folder, options)
    if words:
        return failure(words)
    log = folder / "meson-logs" / "testlog.json"
    log.unlink(missing_ok=True)
    done = run(MESON, "test", "-C", folder, "--timeout-multiplier", "4", *chosen,
               env=os.environ | (env or {}))
    if not log.exists():
        return failure(done.stdout)
    count = Count()
    for line in log.read_text(encoding="utf-8").splitlines():
        count.add(count_program(json.loads(line)))
    if done.returncode and not count.failed:
        count.add(failure(done.stdout))
    return count


def suite_unit():
    return meson_tests(BUILD, [], [])


SANITIZER_OPTIONS = ["--buildtype=debug", "-Doptimization=1", "-Db_lundef=false"]
# Here warnings are errors; the thread sanitizer's own code makes gcc warn of nothing.
ASAN = (ROOT / "build-asan",
        [*SANITIZER_OPTIONS, "-Dwerror=true", "-Db_sanitize=address,undefined",
         "-Dc_args=-fno-sanitize-recover=all", "-Dcpp_args=-fno-sanitize-recover=all"])
TSAN = (ROOT / "build-tsan", [*SANITIZER_OPTIONS, "-Db_sanitize=thread"])


def suite_asan():
    return meson_tests(*ASAN, [],
                       {"UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1",
                        "ASAN_OPTIONS": "detect_stack_use_after_return=1"})


def suite_tsan():
    """Only the folders with threads of their own, without the programs that begin none."""
    folders = [part for name in ("http", "store", "service") for part in ("--suite", name)]
    return meson_tests(*TSAN, [*folders, "--no-suite", "one-thread"],
                       {"TSAN_OPTIONS": "halt_on_error=1:second_deadlock_stack=1"})


# Tests in Python.

def count_junit(report):
    count = Count()
    for case in xml.etree.ElementTree.parse(report).getroot().iter("testcase"):
        name = f"{case.get('classname')}::{case.get('name')}"
        bad = case.findall("failure") + case.findall("error")
        skips = case.findall("skipped")
        if bad:
            count.add(failure(f"{name}\n{bad[0].text or bad[0].get('message')}\n", name))
        elif skips:
            count.skipped.append(f"{name}: {skips[0].get('message')}")
        else:
            count.passed += 1
    return count


def pytest(folder, *more):
    report = LOGS / (Path(folder).name + ".xml")
    report.unlink(missing_ok=True)
    done = run(PYTHON, "-m", "pytest", "-q", "--tb=short", "-p", "no:cacheprovider",
               f"--junitxml={report}", *more, folder,
               env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"})
    if not report.exists():
        return failure(done.stdout)
    count = count_junit(report)
    if done.returncode and not count.failed:
        count.add(failure(done.stdout))
    return count


def suite_style():
    return pytest("tests/style")


def suite_demo():
    return pytest("tests/demo")


def suite_blackbox():
    """Its tests wait more than they compute. A file shares its exchange, and stays together."""
    return pytest("tests/blackbox", "-n", max(2, JOBS), "--dist", "loadfile")


# The web application.

NODE_COUNT = re.compile(r"^# (pass|fail) (\d+)$", re.M)


def npm_run(script):
    """One script of web/package.json; a program that prints no counts is one test."""
    done = run("/usr/bin/npm", "run", "--silent", script, "--prefix", "web")
    counts = dict(NODE_COUNT.findall(done.stdout))
    failed = int(counts.get("fail", 0)) or int(done.returncode != 0)
    words = done.stdout if failed else ""
    passed = int(counts.get("pass", not failed))
    return Count(passed, failed, words=words, bad=[f"web: {script}"] if failed else [])


def suite_web():
    """The build fails where a budget is exceeded."""
    built = run(ROOT / "scripts/build-web", "--with-checks")
    if built.returncode:
        return failure(built.stdout, "web: build")
    count = Count(passed=1)
    for script in ("types", "typecheck", "format:check", "test"):
        count.add(npm_run(script))
    return count


def suite_browser():
    built = run(ROOT / "scripts/build-web", "--with-checks")
    if built.returncode:
        return failure(built.stdout, "web: build")
    report = LOGS / "browser.xml"
    report.unlink(missing_ok=True)
    done = run("/usr/bin/npm", "run", "--silent", "browser", "--prefix", "web",
               env=os.environ | {"PLAYWRIGHT_JUNIT_OUTPUT_FILE": str(report)})
    if not report.exists():
        return failure(done.stdout)
    count = count_junit(report)
    if done.returncode and not count.failed:
        count.add(failure(done.stdout))
    return count


SOAK_ROUND = re.compile(r"^round \d+/\d+: ", re.M)


def suite_soak():
    done = run(ROOT / "soak", "--short")
    return failure(done.stdout) if done.returncode else Count(len(SOAK_ROUND.findall(done.stdout)))


# Readers of the source.

def hash_of(*parts):
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def tidy_stamps(names):
    """For each file a hash of everything its verdict depends on; any header counts for all."""
    common = hash_of(run(CLANG_TIDY, "--version").stdout.encode(),
                     TIDY_MODEL.read_bytes(), (ROOT / "meson.build").read_bytes(),
                     *[(ROOT / name).read_bytes()
                       for name in tracked("*.clang-tidy", "src/*.h", "tests/*.h")])
    return {name: hash_of(common.encode(), name.encode(), (ROOT / name).read_bytes())
            for name in names}


TIDY_MODEL = ROOT / "scripts" / "tidy_model.h"
MODELLED = ("src/base/error.c", "src/base/file.c")  # define what the model wraps


# How far it follows one function's paths: beyond, it takes four times as long to find the same.
TIDY_DEPTH = [f"--extra-arg={part}" for part in
              ("-Xclang", "-analyzer-config", "-Xclang", "max-nodes=75000")]


def tidy_one(folder, name):
    model = [] if name in MODELLED else [f"--extra-arg=-include{TIDY_MODEL}"]
    done = run(*LAST, CLANG_TIDY, "--quiet", "-p", folder, *TIDY_DEPTH, *model, name)
    return name, done.returncode == 0 and "warning:" not in done.stdout, done.stdout


def suite_tidy():
    """A file that was clean is not read again until it, a header or the rules change."""
    folder = ROOT / "build-tidy"
    env = os.environ | {"CC": "clang", "CXX": "clang++"}
    words = configure(folder, ["--buildtype=debug"], env)
    if words:
        return failure(words)
    generated = run(NINJA, "-C", folder, "--quiet", "src/store/migrations.c")
    if generated.returncode:
        return failure(generated.stdout)
    known = LOGS / "tidy-clean"
    clean = set(known.read_text().split()) if known.exists() else set()
    names = tracked("src/*.c", "tests/*.c")
    stamps = tidy_stamps(names)
    count = Count(passed=sum(stamps[name] in clean for name in names))
    with ThreadPoolExecutor(JOBS) as pool:
        todo = [name for name in names if stamps[name] not in clean]
        for name, is_clean, output in pool.map(lambda n: tidy_one(folder, n), todo):
            count.add(Count(passed=1) if is_clean else failure(output))
            if is_clean:
                clean.add(stamps[name])
    known.write_text("\n".join(sorted(clean & set(stamps.values()))))
    return count


CPPCHECK_STUMBLES = {"(str){0}": "str_none()", "(json){0}": "json_none()",
                     "__VA_OPT__(, ) __VA_ARGS__": "", "__VA_OPT__(, )__VA_ARGS__": ""}


def copy_for_cppcheck():
    """The source in words that it can read; lines stay where they are."""
    copy = LOGS / "cppcheck"
    remove(copy)
    for name in tracked("src/*.c", "src/*.h"):
        text = (ROOT / name).read_text(encoding="utf-8")
        if name == "src/base/error.h":
            text += (ROOT / "scripts/cppcheck_model.h").read_text(encoding="utf-8")
        for stumble, plain in CPPCHECK_STUMBLES.items():
            text = text.replace(stumble, plain)
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text(text, encoding="utf-8")
    return copy


CPPCHECK_FINDING = re.compile(r"^(src/\S+\.c):\d+:\d+: (?:warning|error|note): .*", re.M)
CPPCHECK_UNREAD = re.compile(
    r"^(src/\S+\.c):\d+:\d+: .*\[(?:internalAstError|syntaxError)\]$", re.M)


def suite_cppcheck():
    """What it cannot read is named as skipped. uninitvar: it takes no call for an assignment."""
    names = tracked("src/*.c")
    done = subprocess.run(
        [*LAST, CPPCHECK, "--enable=warning,performance,portability", "--inline-suppr", "--quiet",
         "--suppress=uninitvar", "--std=c11", f"-j{JOBS}", "-Isrc", "--template=gcc", *names],
        cwd=copy_for_cppcheck(), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    unread = set(CPPCHECK_UNREAD.findall(done.stdout))
    bad = set(CPPCHECK_FINDING.findall(done.stdout)) - unread
    if done.returncode or (done.stdout and not bad and not unread):
        return failure(done.stdout)
    return Count(len(names) - len(bad) - len(unread), len(bad),
                 [f"cppcheck cannot read {name}" for name in sorted(unread)],
                 done.stdout if bad else "")


@dataclass
class Suite:
    name: str
    about: str
    run: object
    is_aside: bool = False  # runs beside the others
    built: tuple = ()  # what is built for it beside those before it


SUITES = [
    Suite("build", "the program, in build/", suite_build),
    Suite("style", "floors, sizes, formatting, words", suite_style),
    Suite("unit", "unit tests and the fuzzers' inputs", suite_unit),
    Suite("blackbox", "the program over its command line and sockets", suite_blackbox),
    Suite("web", "the web application: types, layout, unit tests, budgets", suite_web),
    Suite("browser", "the pages in a browser, with axe", suite_browser),
    Suite("demo", "the content of the demo exchange", suite_demo),
    Suite("soak", "writing while the program is killed, short", suite_soak),
    Suite("asan", "the same unit tests, watching memory and undefined behaviour", suite_asan,
          built=ASAN),
    Suite("tsan", "unit tests with threads, watching for races", suite_tsan, built=TSAN),
    Suite("cppcheck", "the source, read by cppcheck", suite_cppcheck, is_aside=True),
    Suite("tidy", "the source and the tests' sizes, read by clang-tidy", suite_tidy, is_aside=True),
]


def last_lines(text):
    lines = text.rstrip().splitlines()
    return "\n".join(lines[-WORDS_LINES_MAX:])


def run_suite(suite):
    began = time.monotonic()
    count = suite.run()
    if count.passed + count.failed == 0:
        count.add(failure("this suite ran nothing"))
    (LOGS / f"{suite.name}.log").write_text(count.words, encoding="utf-8")
    if count.words:
        print(last_lines(count.words), file=sys.stderr)
    for name in count.bad:
        print(f"failed: {name}")
    for name in count.skipped:
        print(f"skipped: {name}")
    skipped = f", {len(count.skipped)} skipped" if count.skipped else ""
    print(f"{suite.name}: {count.passed} good, {count.failed} bad{skipped} "
          f"({time.monotonic() - began:.0f} s)", flush=True)
    return count


def chosen_suites():
    parser = argparse.ArgumentParser(prog="./check", description="Runs the tests.")
    parser.add_argument("--list", action="store_true", help="name the suites")
    parser.add_argument("suite", nargs="*", help="all of them unless named")
    asked = parser.parse_args()
    if asked.list:
        for suite in SUITES:
            print(f"{suite.name:10} {suite.about}")
        sys.exit(0)
    unknown = set(asked.suite) - {suite.name for suite in SUITES}
    if unknown:
        parser.error("there is no suite " + ", ".join(sorted(unknown)))
    return [suite for suite in SUITES if not asked.suite or suite.name in asked.suite]


def run_suites(suites):
    """Many tests wait more than they compute: meanwhile others are built and the source read."""
    total = Count()
    if suites[0].name == "build":
        total.add(run_suite(suites.pop(0)))
        if total.failed:
            return total
    with ThreadPoolExecutor(1) as aside:
        built = {suite.name: aside.submit(build, *suite.built, LAST)
                 for suite in suites if suite.built}
        beside = [aside.submit(run_suite, suite) for suite in suites if suite.is_aside]
        for suite in suites:
            if suite.built:
                built[suite.name].result()  # what failed is said by the suite, which tries again
            if not suite.is_aside:
                total.add(run_suite(suite))
        for done in beside:
            total.add(done.result())
    return total


def main():
    suites = chosen_suites()
    LOGS.mkdir(parents=True, exist_ok=True)
    total = run_suites(suites)
    print(f"{total.passed} passed, {total.failed} failed")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
