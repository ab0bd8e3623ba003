"""The public tools, timed as bench_pattern is: python3 peers.py read|match|validate FILE…

Prints lines "PART SECONDS COUNT", seconds of the processor. To be run with the reference matcher
(stix2matcher) or the validator (stix2validator), and what they need, on PYTHONPATH.
"""

import json
import sys
import time
from pathlib import Path


def patterns_of(path):
    return [json.loads(line)["pattern"] for line in Path(path).read_text("utf-8").splitlines()]


def show(part, begun, count):
    print(part, f"{time.process_time() - begun:.5f}", count, flush=True)


def read(patterns):
    from stix2matcher.matcher import Pattern
    begun = time.process_time()
    made = [Pattern(text, "2.1") for text in patterns]
    show("read", begun, len(patterns))
    return made


def match(patterns, observed):
    from stix2matcher.matcher import MatchListener
    bundles = [json.loads(line) for line in Path(observed).read_text("utf-8").splitlines()]
    made = read(patterns)
    begun = time.process_time()
    for pattern in made:
        listener = MatchListener(bundles, False, stix_version="2.1")
        pattern.walk(listener)
        next(listener.matched(), None)
    show("match", begun, len(made) * len(bundles))


def validate(path):
    from stix2validator import ValidationOptions, validate_file
    count = len(json.loads(Path(path).read_text("utf-8"))["objects"])
    begun = time.process_time()
    validate_file(path, ValidationOptions(version="2.1"))
    show("validate", begun, count)


def main():
    verb, path = sys.argv[1:3]
    if verb == "read":
        read(patterns_of(path))
    elif verb == "match":
        match(patterns_of(path), sys.argv[3])
    else:
        validate(path)


main()
