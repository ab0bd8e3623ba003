"""Mail goes out by a relay, one recipient a message, with a calendar file that others can read
(B14, B15) and a neutral text (B11); without a relay it is kept and shown."""

import json
import re
from datetime import datetime, timedelta

import icalendar
import pytest

from council import in_hours
from exchange import poll
from invited import Invited
from post_office import NameServer, PostOffice


@pytest.fixture
def office():
    o = PostOffice().open()
    yield o
    o.close()


def settings(office):
    return f"mail_relay = {office.url}\nmail_from = calls@exchange.example\n"


@pytest.fixture
def invited(tmp_path, office):
    i = Invited(tmp_path / "x", settings(office))
    yield i
    i.x.stop()


@pytest.fixture
def demo(tmp_path):
    i = Invited(tmp_path / "x", demo=True)
    yield i
    i.x.stop()


def event_of(raw):
    calendar = icalendar.Calendar.from_ical(raw)
    events = [c for c in calendar.walk("VEVENT")]
    assert len(events) == 1 and len(calendar.walk("VTIMEZONE")) == 1
    return calendar, events[0]


def patch(invited, id, change):
    ann = invited.person("ann")
    tag = ann.get("/briefings/" + id).headers["ETag"]
    done = ann.patch("/briefings/" + id, change, If_Match=tag)
    assert done.status_code == 200, done.text
    return done.json()


def test_each_invitee_gets_one_message_that_says_nothing_of_the_call_but_when(invited, office):
    id = invited.invite(title="Secret topic", label="amber")
    assert sorted(x.recipients[0] for x in office.letters) == ["gus@example.org", "oda@example.org"]
    for letter in office.letters:
        assert len(letter.recipients) == 1
        assert letter.message["Auto-Submitted"] == "auto-generated"
        said = letter.text + letter.calendar.decode() + str(letter.message)
        said = re.sub(r"http\S+|[0-9a-f-]{20,}", "", said)  # random: may hold any digits
        for word in ("Secret", "topic", "Agency", "Ohio", "Ann", "Oda", "AMBER"):
            assert word not in said, word
        for number in ("555", "1234"):  # not a part of a time
            assert not re.search(rf"(?<!\d){number}(?!\d)", said), number
    senders = {x.sender for x in office.letters}
    assert len(senders) == 2
    assert all(re.fullmatch(r"calls\+message--[0-9a-f-]{36}@exchange\.example", s)
               for s in senders), senders
    assert len({x.message["Message-ID"] for x in office.letters}) == 2
    told = office.to("oda@example.org")[0]
    assert "Mountain" in told.text and "Eastern" in told.text and "Sí, participaré" in told.text
    calendar, event = event_of(told.calendar)
    assert calendar["METHOD"] == "REQUEST" and told.part("text/calendar").get_param(
        "method") == "REQUEST"
    assert event["UID"] == id and event["SEQUENCE"] == 0 and "RRULE" not in event
    assert str(event["ATTENDEE"]) == "mailto:oda@example.org"
    planned = invited.person("ann").get("/briefings/" + id).json()
    assert event["DTSTART"].dt.isoformat()[:16] == planned["when"]["local"]
    assert str(event["DTSTART"].params["TZID"]) == "America/New_York"


def test_a_moved_call_raises_the_sequence_and_a_cancelled_one_is_taken_out(invited, office):
    id = invited.invite()
    patch(invited, id, {"when": in_hours(72)})
    assert poll(lambda: len(office.letters) == 4), invited.x.server.words()
    changed = office.to("oda@example.org")[-1]
    calendar, event = event_of(changed.calendar)
    assert (calendar["METHOD"], event["UID"], event["SEQUENCE"]) == ("REQUEST", id, 1)
    # What nobody would notice in a calendar is not mailed.
    patch(invited, id, {"about": "More of it"})
    ann = invited.person("ann")
    tag = ann.get("/briefings/" + id).headers["ETag"]
    gone = ann.post(f"/briefings/{id}/cancel", {"reason": "Storm"}, If_Match=tag)
    assert gone.status_code == 200, gone.text
    assert poll(lambda: len(office.letters) == 6), invited.x.server.words()
    calendar, event = event_of(office.to("oda@example.org")[-1].calendar)
    assert (calendar["METHOD"], event["STATUS"], event["UID"]) == ("CANCEL", "CANCELLED", id)
    assert event["SEQUENCE"] == 2
    assert "Storm" not in office.letters[-1].text and "/rsvp/" not in office.letters[-1].text


def test_a_host_sees_when_reminders_go_and_cannot_ask_again_at_once(invited, office):
    """B23: a day before the call by themselves; a host asks again after 20 hours at the least."""
    id = invited.invite()
    ann, oda = invited.person("ann"), invited.person("oda")
    seen = ann.get("/briefings/" + id).json()
    begins, due, asks = (datetime.fromisoformat(t.replace("Z", "+00:00")) for t in (
        seen["when"]["start"], seen["reminder"]["due"], seen["reminder"]["from"]))
    sent = datetime.fromisoformat(seen["sent"].replace("Z", "+00:00"))
    assert (begins - due, asks - sent) == (timedelta(hours=24), timedelta(hours=20))
    assert "asked" not in seen["reminder"]
    early = ann.post(f"/briefings/{id}/remind")
    assert early.status_code == 409 and "less than 20 hours ago" in early.text
    assert "reminder" not in oda.get("/briefings/" + id).json()
    assert oda.post(f"/briefings/{id}/remind").status_code == 404
    assert len(office.letters) == 2


def test_a_relay_that_is_away_costs_no_message(invited, office):
    office.close()
    ann = invited.person("ann")
    made = ann.post("/briefings", {"when": in_hours(48), "title": "T",
                                   "audience": {"sectors": ["state"]}, "join": "Call 555-0100"})
    id = made.json()["id"]
    assert ann.post(f"/briefings/{id}/send", {"people": 1}).status_code == 202
    steward = invited.steward()
    assert poll(lambda: [m for m in invited.messages(steward) if m.get("failure")])
    (waiting,) = invited.messages(steward)
    assert waiting["state"] == "waiting" and waiting["tries"] == 1
    assert "relay" in waiting["failure"], waiting
    office.open()  # the next try is a minute later: a restart does not lose or hurry it
    invited.x.stop()
    invited.x.serve()
    steward.base = invited.x.server.base + "/api"
    assert invited.messages(steward)[0]["state"] == "waiting"


def test_what_the_relay_refuses_for_good_is_not_tried_again(invited, office):
    office.refuses["gus@example.org"] = "550 no such person"
    ann = invited.person("ann")
    made = ann.post("/briefings", {"when": in_hours(48), "title": "T", "join": "Call 555-0100",
                                   "audience": {"sectors": ["state", "territorial"]}})
    id = made.json()["id"]
    assert ann.post(f"/briefings/{id}/send", {"people": 2}).status_code == 202
    steward = invited.steward()
    assert poll(lambda: sorted(m["state"] for m in invited.messages(steward)) ==
                ["failed", "sent"]), invited.x.server.words()
    refused = next(m for m in invited.messages(steward) if m["state"] == "failed")
    assert refused["to"] == "gus@example.org" and refused["tries"] == 1


def test_a_demo_keeps_what_would_have_gone_and_shows_it_to_its_hosts(demo):
    demo.invite()
    ann = demo.person("ann")
    shown = demo.messages(ann)
    assert {m["state"] for m in shown} == {"kept"} and len(shown) == 2
    whole = ann.get("/outbox/" + shown[0]["id"]).json()
    assert whole["calendar"].startswith("BEGIN:VCALENDAR\r\n") and "/rsvp/" in whole["text"]
    assert whole["subject"].startswith("EXERCISE") and "EXERCISE" in whole["text"]
    # Who hosts nothing sees no message, and no difference from one that is not there.
    ole = demo.person("ole")
    assert demo.messages(ole) == []
    hidden = ole.get("/outbox/" + shown[0]["id"])
    absent = ole.get("/outbox/message--" + "0" * 8 + "-0000-4000-8000-" + "0" * 12)
    assert hidden.status_code == absent.status_code == 404
    said = [{k: v for k, v in x.json().items() if k not in ("instance", "request_id")}
            for x in (hidden, absent)]
    assert said[0] == said[1]


def test_pages_of_the_outbox_lose_and_repeat_nothing(demo):
    demo.invite()
    demo.invite(title="Another")
    ann = demo.person("ann")
    seen, cursor = [], ""
    while cursor is not None:
        page = ann.get("/outbox?limit=1" + cursor).json()
        seen += [m["id"] for m in page["items"]]
        cursor = "&cursor=" + page["next"] if "next" in page else None
    assert len(seen) == len(set(seen)) == 4


def test_on_an_exchange_that_mails_a_steward_sees_no_link_and_a_host_no_outbox(invited, office):
    invited.invite()
    steward = invited.steward()
    whole = steward.get("/outbox/" + invited.messages(steward)[0]["id"]).json()
    link = re.search(r"/rsvp/([\w-]{43})\?", office.letters[0].text).group(1)
    assert "/rsvp/…?" in whole["text"] and link not in json.dumps(whole)
    assert invited.person("ann").get("/outbox").status_code == 404


def test_mail_check_tries_the_relay_and_reads_what_the_domain_says(tmp_path, office):
    names = NameServer({"exchange.example": ["v=spf1 include:relay.example -all", "other"],
                        "relay._domainkey.exchange.example": ["v=DKIM1; p=" + "A" * 300]})
    i = Invited(tmp_path / "x", settings(office))
    try:
        done = i.x.run("mail", "check", "--name-server", names.address, "--dkim-selector", "relay",
                       "--to", "ops@example.org", check=False)
        assert done.returncode != 0  # DMARC is not there
        assert "v=spf1" in done.stdout and "v=DKIM1" in done.stdout
        assert "_dmarc.exchange.example says nothing" in done.stdout, done.stdout
        assert [x.recipients for x in office.letters] == [["ops@example.org"]]
        names.texts["_dmarc.exchange.example"] = ["v=DMARC1; p=reject"]
        i.x.run("mail", "check", "--name-server", names.address, "--dkim-selector", "relay")
        office.close()
        gone = i.x.run("mail", "check", "--name-server", names.address, check=False)
        assert gone.returncode != 0 and "relay" in gone.stdout
    finally:
        names.close()
        i.x.stop()


def test_mail_check_says_what_the_settings_lack(tmp_path):
    i = Invited(tmp_path / "x")
    try:
        done = i.x.run("mail", "check", check=False)
        assert done.returncode == 3 and "mail_relay is not set" in done.stderr
        with (i.x.data / "tocsin.conf").open("a", encoding="utf-8") as f:
            f.write("mail_relay = smtp://127.0.0.1:2\nmail_from = nobody\n")
        done = i.x.run("mail", "check", check=False)
        assert done.returncode == 3 and "mail_from in tocsin.conf is no address" in done.stderr
    finally:
        i.x.stop()
