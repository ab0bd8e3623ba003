"""Elections that the steward keeps, on the console and over the API, and the days to them."""

import datetime

import pytest

from council import Council, Person

ROW = {"name": "Ohio primary", "jurisdiction": "us-39", "kind": "primary", "date": "2098-05-06"}


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    made = Council(tmp_path_factory.mktemp("elections") / "data")
    yield made
    made.x.stop()


@pytest.fixture(scope="module")
def sue(council):
    steward = next(o["id"] for o in council.x.rows("org", "list") if o["name"] == "Council")
    council.x.run("person", "add", "--org", steward, "--email", "sue@example.org", "--name", "Sue",
                  "--role", "steward")
    secret = council.x.token(steward, "of sue", person="sue@example.org")[1]
    return Person(council.x.server.base, secret)


def in_days(days):
    return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()


def test_the_console_adds_lists_imports_and_removes(council, tmp_path):
    x = council.x
    x.run("election", "add", "--name", "Guam primary", "--jurisdiction", "66", "--kind", "primary",
          "--date", "2098-08-01")
    twice = x.run("election", "add", "--name", "Again", "--jurisdiction", "us-66", "--kind",
                  "primary", "--date", "2098-08-01", check=False)
    assert twice.returncode != 0 and "Guam primary; change that one" in twice.stderr
    wrong = x.run("election", "add", "--name", "W", "--jurisdiction", "66", "--kind", "caucus",
                  "--date", "2098-08-01", check=False)
    assert "The kind is one of: primary, runoff" in wrong.stderr
    sheet = tmp_path / "elections.csv"
    sheet.write_text("name,jurisdiction,kind,date\nLevy,39035,special,2098-03-01\n"
                     "Bad,39035,special,soon\n")
    bad = x.run("election", "import", sheet, check=False)
    assert bad.returncode != 0 and "Line 3: The day is such as" in bad.stderr
    sheet.write_text("name,jurisdiction,kind,date\nLevy,39035,special,2098-03-01\n")
    x.run("election", "import", sheet)
    rows = x.rows("election", "list")
    assert [(r["date"], r["jurisdiction"]) for r in rows] == [
        ("2098-03-01", "us-39-c035"), ("2098-08-01", "us-66")]
    for row in rows:
        x.run("election", "remove", row["id"])
    assert x.rows("election", "list") == []
    assert x.run("election", "remove", rows[0]["id"], check=False).returncode != 0


def test_stewards_keep_them_over_the_api_and_nobody_else(council, sue):
    """B3; each change leaves its audit row (R3)."""
    assert council.ann.post("/elections", ROW).status_code == 403
    faulty = sue.post("/elections", {**ROW, "jurisdiction": "Ohio", "date": "May"})
    assert faulty.status_code == 422
    assert {e["field"] for e in faulty.json()["errors"]} == {"/jurisdiction", "/date"}
    made = sue.post("/elections", ROW)
    assert made.status_code == 201, made.text
    id = made.json()["id"]
    assert sue.post("/elections", ROW).status_code == 409
    moved = {**ROW, "date": "2098-05-13"}
    assert sue.put("/elections/" + id, moved).status_code == 204
    place = {"code": "us-39", "state": "Ohio"}
    assert council.oda.get("/elections").json()["items"] == [{"id": id, "place": place, **moved}]
    csv = "name,jurisdiction,kind,date\nThe vote,39,primary,2098-05-13\n"
    look = sue.post("/elections/sheet", {"csv": csv, "is_preview": True}).json()
    assert (look["is_done"], look["lines"][0]["change"]) == (False, "named")
    assert sue.post("/elections/sheet", {"csv": csv}).json()["is_done"]
    assert council.oda.get("/elections").json()["items"][0]["name"] == "The vote"
    assert sue.call("DELETE", "/elections/" + id).status_code == 204
    assert sue.call("DELETE", "/elections/" + id).status_code == 404
    assert sue.put("/elections/" + id, ROW).status_code == 404
    verbs = [r["verb"] for r in council.x.rows("audit", "show", "--verb", "election")
             if id in str(r)]
    assert sorted(verbs) == ["election.add", "election.edit", "election.edit", "election.remove"]


def test_home_counts_the_days_to_what_concerns_the_reader(council, sue):
    """P8: a county hears of its own, its state's and the federal; others only of the federal."""
    federal = council.ray.get("/session").json()["exchange"]["election"]
    for name, where, days in (("Levy", "us-39-c035", 3), ("Ohio vote", "us-39", 5)):
        sue.post("/elections", {"name": name, "jurisdiction": where, "kind": "special",
                                "date": in_days(days)})
    def next_of(who):
        shown = who.get("/session").json()["exchange"]["election"]
        return shown["name"], shown["date"]
    assert next_of(council.cal) == ("Levy", in_days(3))
    assert next_of(council.oda) == ("Ohio vote", in_days(5))
    assert next_of(council.ray) == (federal["name"], federal["date"])
    coming = [c["title"] for c in council.cal.get("/home").json()["coming"]
              if "briefing" not in c]
    assert coming == ["Levy", federal["name"]]
