"""The page behind a mailed link (B11): no script, no signing in, nothing told before the digits,
the reader's own time first (B16)."""

import re

import icalendar
import pytest

from council import in_hours, note
from exchange import poll
from invited import Invited, Page

NEUTRAL = ("Agency", "Ohio Office", "What we see", "AMBER", "GREEN", "Oda", "555-0100")


@pytest.fixture
def demo(tmp_path):
    i = Invited(tmp_path / "x", demo=True)
    yield i
    i.x.stop()


@pytest.fixture
def briefing(demo):
    return demo.invite()


@pytest.fixture
def page(demo, briefing):
    return Page(demo.link(demo.person("ann"), "oda@example.org"))


def rows_of(demo, id):
    return demo.person("ann").get(f"/briefings/{id}/answers").json()["items"]


def answers_of(demo, id):
    return {a["person"]["name"]: a["answer"] for a in rows_of(demo, id)}


def test_asking_for_the_page_changes_nothing_and_tells_only_when(demo, briefing, page):
    before = answers_of(demo, briefing)
    for query in ("", "?answer=yes", "?answer=no", "?answer=delegate&lang=es"):
        got = page.get(query)
        assert got.status_code == 200
        assert not [w for w in NEUTRAL if w in got.text]
        assert "<script" not in got.text
        assert got.headers["Referrer-Policy"] == "no-referrer"
        assert got.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in got.headers["Content-Security-Policy"]
    assert 'value="yes" required checked' in page.get("?answer=yes").text
    assert "Mountain" in page.get().text and "EXERCISE" in page.get().text
    assert answers_of(demo, briefing) == before


def test_the_digits_and_one_press_answer_and_the_answer_can_be_changed(demo, briefing, page):
    kept = page.post(answer="yes", digits="0127")
    assert kept.status_code == 200 and "You will join" in kept.text
    assert answers_of(demo, briefing)["Oda"] == "yes"
    changed = page.post(answer="no", digits="0127")
    assert "You will not join" in changed.text
    assert answers_of(demo, briefing)["Oda"] == "no"


def test_an_answer_by_the_link_counts_over_what_a_host_noted(demo, briefing, page):
    oda = next(row for row in rows_of(demo, briefing) if row["person"]["name"] == "Oda")
    assert oda["answer"] == "open" and oda["phone"].endswith("0127")  # a duty officer's
    assert note(demo.person("ann"), briefing, oda["person"]["id"], "yes").status_code == 200
    assert answers_of(demo, briefing)["Oda"] == "yes"
    assert "You will not join" in page.post(answer="no", digits="0127").text
    now = next(row for row in rows_of(demo, briefing) if row["person"]["name"] == "Oda")
    assert now["answer"] == "no" and not {"noted_by", "phone"} & set(now)


def test_what_one_needs_is_written_on_the_page_and_shown_on_no_page(demo, briefing, page):
    """B9, B11: the link alone tells nobody what somebody needs; an empty field keeps it."""
    def note_of_oda():
        return next(r for r in rows_of(demo, briefing) if r["person"]["name"] == "Oda").get("note")
    assert '<details class="needs">' in page.get().text
    wrong = page.post(answer="yes", digits="9999", note="A <b>phone</b> number")
    assert wrong.status_code == 422 and "A &lt;b&gt;phone&lt;/b&gt; number</textarea>" in wrong.text
    assert '<details class="needs" open>' in wrong.text and note_of_oda() is None
    kept = page.post(answer="yes", digits="0127", note="Captions + a phone\r\nnumber\x1b ")
    assert kept.status_code == 200 and note_of_oda() == "Captions + a phone\nnumber"
    assert "Captions +" not in kept.text + page.get().text
    page.post(answer="yes", digits="0127", note="")
    assert note_of_oda() == "Captions + a phone\nnumber"
    choosing = page.post(answer="delegate", digits="0127", note="Ask Ole")
    assert 'name="note" value="Ask Ole"' in choosing.text
    page.post(answer="no", digits="0127")
    assert note_of_oda() is None
    long = page.post("?lang=es", answer="yes", digits="0127", note="é" * 2001)
    assert long.status_code == 422 and "Dígalo con menos palabras" in long.text
    assert note_of_oda() is None


def test_after_five_wrong_tries_the_page_takes_no_answer(demo, briefing, page):
    tokens = page.token()
    for left in ("four tries", "three tries", "two tries", "one try"):
        got = page.post(answer="yes", digits="9999", token=tokens)
        assert got.status_code == 422
        assert f"You have {left} left" in got.text and "not sent yet" in got.text
        assert 'value="yes" required checked' in got.text
    assert page.post(answer="yes", digits="9999", token=tokens).status_code == 403
    right = page.post(answer="yes", digits="0127", token=tokens)
    assert right.status_code == 403 and "takes no more answers" in right.text
    assert answers_of(demo, briefing)["Oda"] == "open"


def test_right_digits_give_the_tries_back(page):
    page.post(answer="yes", digits="9999")
    page.post(answer="yes", digits="0127")
    assert "four tries" in page.post(answer="yes", digits="9999").text


def test_without_the_token_of_the_page_nothing_counts(demo, briefing, page):
    for token in ("", "x" * 43):
        assert page.post(answer="yes", digits="0127", token=token).status_code == 403
    assert answers_of(demo, briefing)["Oda"] == "open"
    assert "five tries" in page.get().text


def test_someone_else_is_chosen_among_colleagues_after_the_digits(demo, briefing, page):
    """B12."""
    got = page.post(answer="delegate", digits="0127")
    assert got.status_code == 200 and "Ole" in got.text and "Gus" not in got.text
    proof = re.search(r'name="proof" value="([^"]+)"', got.text).group(1)
    ole = re.search(r'value="(identity--[^"]+)"', got.text).group(1)
    assert ole == demo.id["ole"]
    forged = page.post(answer="delegate", proof="x" + proof, delegate=ole)
    assert forged.status_code == 422
    stranger = page.post(answer="delegate", proof=proof, delegate=demo.id["gus"])
    assert stranger.status_code == 422 and "colleague" in stranger.text
    assert "no account" in got.text  # B12: where one vouches for somebody
    kept = page.post(answer="delegate", proof=proof, delegate=ole)
    assert "Someone else will join" in kept.text
    assert answers_of(demo, briefing)["Oda"] == "delegate"
    # Whoever goes instead is mailed a link of their own.
    assert Page(demo_link(demo, "ole@example.org")).get().status_code == 200


def demo_link(demo, to):
    ann = demo.person("ann")
    assert poll(lambda: [m for m in demo.messages(ann) if m["to"] == to])
    return demo.link(ann, to)


def test_who_left_no_number_is_sent_to_sign_in(demo, briefing):
    gus = Page(demo.link(demo.person("ann"), "gus@example.org"))
    assert "Sign in to answer" in gus.get().text and "<form method=\"post\"" not in gus.get().text


def test_spanish_by_the_browser_or_by_the_link(page):
    spanish = page.get("", **{"Accept-Language": "fr, es-MX;q=0.9, en;q=0.4"})
    assert '<html lang="es">' in spanish.text and "¿Participará en la llamada?" in spanish.text
    assert "English" in spanish.text
    assert '<html lang="en">' in page.get("", **{"Accept-Language": "en, es;q=0.9"}).text
    assert '<html lang="es">' in page.get("?lang=es", **{"Accept-Language": "en"}).text
    wrong = page.post("?lang=es", answer="yes", digits="0")
    assert "cuatro intentos" in wrong.text


def test_another_zone_shows_another_time(page):
    assert "ChST" in page.get("?zone=Pacific/Guam").text
    assert "Mountain" in page.get("?zone=Nowhere/Else").text


def test_the_calendar_file_says_only_when(page, briefing):
    got = page.session.get(page.link + "/calendar", timeout=30)
    assert got.headers["Content-Type"].startswith("text/calendar")
    (event,) = icalendar.Calendar.from_ical(got.content).walk("VEVENT")
    assert event["UID"] == briefing and "ATTENDEE" not in event
    assert not [w for w in NEUTRAL if w in got.text]


def test_a_link_ends_with_its_call_and_opens_nothing_else(demo, briefing, page):
    assert Page(page.link[:-1] + "_").get().status_code in (404,)
    assert page.session.get(page.link + "/other", timeout=30).status_code in (400, 404)
    secret = page.link.rsplit("/", 1)[1]
    base = demo.x.server.base
    asked = page.session.get(base + "/api/account", headers={"Authorization": "Bearer " + secret},
                             timeout=30)
    assert asked.status_code == 401
    ann = demo.person("ann")
    tag = ann.get("/briefings/" + briefing).headers["ETag"]
    ann.post(f"/briefings/{briefing}/cancel", {"reason": "Storm"}, If_Match=tag)
    gone = page.get()
    assert gone.status_code == 410 and "cancelled" in gone.text and "Storm" not in gone.text


def test_a_moved_call_is_shown_under_the_old_link_too(demo, briefing, page):
    ann = demo.person("ann")
    tag = ann.get("/briefings/" + briefing).headers["ETag"]
    moved = in_hours(24 * 40)
    ann.patch("/briefings/" + briefing, {"when": moved}, If_Match=tag)
    assert str(int(moved["local"][8:10])) in page.get("?zone=America/New_York").text
    assert page.post(answer="yes", digits="0127").status_code == 200


# S7
def test_the_secret_is_in_no_log(demo, page):
    page.get()
    page.post(answer="yes", digits="0127")
    assert poll(lambda: demo.x.server.words().count("/rsvp/") >= 2)
    assert page.link.rsplit("/", 1)[1] not in demo.x.server.words()
