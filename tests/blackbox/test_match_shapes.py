"""tocsin match over logs as other programs write them: their times, their files."""

import json
import os

import pytest

from sweeping import hits, tocsin, write

# Lines of logs, and the time that each gives for itself where clocks show UTC.
TIMES = {
    "squid": ("1780000000.123 200 10.0.0.1 TCP_MISS/200 5 GET http://evil.example/ - D/192.0.2.1 -",
              "2026-05-28T20:26:40.123000Z"),
    "zeek": ("1780000000.5\tCHhAvV\t10.0.0.1\t53\twww.evil.example", "2026-05-28T20:26:40.500000Z"),
    "eve": ('{"timestamp":"2026-05-28T20:26:40.25+0200","dns":{"rrname":"evil.example"}}',
            "2026-05-28T18:26:40.250000Z"),
    "apache": ('10.0.0.1 - - [28/May/2026:20:26:40 +0000] "GET /?u=http%3A%2F%2Fevil.example%2F"',
               "2026-05-28T20:26:40.000000Z"),
    "bind": ("28-May-2026 20:26:40.100 queries: info: client query: evil.example IN A",
             "2026-05-28T20:26:40.100000Z"),
    "csv": ("2026-05-28 20:26:40,198.51.100.7,evil.example", "2026-05-28T20:26:40.000000Z"),
    "no time": ("evil.example 1780000000", None),
}


@pytest.mark.parametrize("shape", TIMES)
def test_a_hit_and_what_is_sent_back_have_the_time_of_the_line(tmp_path, shape):
    line, time = TIMES[shape]
    report = tmp_path / "report"
    done = tocsin("match", "--indicators", write(tmp_path / "list", "evil.example\n"), "--json",
                  "--report", report, write(tmp_path / "log", line + "\n"),
                  env=os.environ | {"TZ": "UTC"})
    assert [hit.get("time") for hit in hits(done)] == [time]
    met = json.loads(report.read_text())["met"]
    assert [(row.get("first_seen"), row.get("last_seen")) for row in met] == [(time, time)]
