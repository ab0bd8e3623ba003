"""What the public reference matcher says: python3 reference_matcher.py PATTERNS.jsonl OBSERVED.json

Prints a JSON line a pattern: its index and whether it matches, or the error. To be run with the
reference and what it needs on PYTHONPATH.
"""

import json
import signal
import sys
from pathlib import Path

from stix2matcher.matcher import MatchListener, Pattern

SECONDS_MAX = 5  # it may try all ways to bind observations


class TooLongError(Exception):
    """The reference did not come to an end."""


def stop(_signal, _frame):
    raise TooLongError


def verdict(text, bundle):
    listener = MatchListener([bundle], False, stix_version="2.1")
    Pattern(text, "2.1").walk(listener)
    return next(listener.matched(), None) is not None


def main():
    bundle = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    signal.signal(signal.SIGALRM, stop)
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        asked = json.loads(line)
        answer = {"index": asked["index"]}
        signal.alarm(SECONDS_MAX)
        try:
            answer["match"] = verdict(asked["pattern"], bundle)
        except Exception as failure:  # whatever it raises is its answer
            answer["error"] = f"{type(failure).__name__}: {failure}"
        signal.alarm(0)
        print(json.dumps(answer))


main()
