"""The page of patterns shows every part that pages share (P6)."""

import re

from source import expect_none, text_of, tracked

PARTS = "web/src/parts/"
PAGE = "web/src/pages/patterns/"

# Parts that have no look of their own, and why.
UNSEEN = {
    "Drafted": "waits for a draft, and is its form or Loading",
    "Frame": "stands round every field, with its label, hint and fault",
    "Focused": "moves the focus; Opened shows it",
    "MetBy": "rows with a Chip each, whose words come with the pages of sightings",
    "MetWhen": "a line of two times, whose words come with the pages of sightings",
    "OwnWayOn": "a link to a steward's page, as WhomToCall is one",
    "Sheet": "stands round every page, on paper",
    "TwiceNote": "Times shows it",
    "WayOn": "a mail to whoever runs the exchange, for a reader who is signed in",
    "WhoReads": "asks for what Readers shows",
}


def exported():
    """Components: what a part exports that begins as a component's name does."""
    return {name for path in tracked() if path.startswith(PARTS) and path.endswith(".tsx")
            for name in re.findall(r"export function ([A-Z]\w*)", text_of(path))}


def shown():
    page = [text_of(path) for path in tracked() if path.startswith(PAGE)]
    return {name for text in page for name in re.findall(r"<([A-Z]\w*)", text)}


def test_every_part_is_on_the_page_of_patterns():
    """P6: a part that is not looked at there is looked at by nobody."""
    expect_none(sorted(exported() - shown() - set(UNSEEN)))


def test_what_is_left_out_is_a_part_that_is_not_there():
    """The list of reasons names nothing that is gone, or is shown by now."""
    expect_none(sorted(name for name in UNSEEN if name not in exported() or name in shown()))
