"""What tests of tocsin match over logs share."""

import json
import subprocess

from exchange import TOCSIN

IDS = "indicator--00000000-0000-4000-8000-00000000000"


def tocsin(*words, text=None, **more):
    return subprocess.run([TOCSIN, *map(str, words)], input=text, capture_output=True, check=False,
                          **more)


def hits(done):
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def indicator(number, pattern, **more):
    return {"type": "indicator", "spec_version": "2.1", "id": f"{IDS}{number}",
            "created": "2026-01-01T00:00:00.000Z", "modified": "2026-01-01T00:00:00.000Z",
            "pattern_type": "stix", "valid_from": "2026-01-01T00:00:00Z", "pattern": pattern} | more


def write(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
