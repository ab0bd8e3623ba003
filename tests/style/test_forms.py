"""Every form says why it asks, that one need not answer, and who will read it (B27)."""

import re

from source import expect_none, text_of, tracked

PAGES = "web/src/pages/"
FORM = r"<form\b|<FormFrame\b|<Answering\b"
FIELD = r"<(?:\w*Field|PersonFields|CsvFile|LabelChoice|Checkbox|Radio|TextInput|Textarea)\b"
SENDS = r'request\(\s*"(?:post|put|patch)"'
NOTICE = r"<FormNotice\b|\bnotice=\{"

# Pages and folders whose forms carry no notice, and why.
WITHOUT = {
    "account/add-app.tsx": "one's own authenticator app",
    "account/add-means.tsx": "what one calls a passkey or an app of one's own",
    "account/password.tsx": "one's own password",
    "briefing/answering.tsx": "whoever asks it puts the notice below, once for several",
    "closing/next-edition.tsx": "carries over what stands there already",
    "directory/directory.tsx": "a filter",
    "link/set-up.tsx": "one's own password",
    "news/narrow.tsx": "a filter",
    "office/recover.tsx": "makes a link, and says before that the person is called",
    "search/search.tsx": "a search",
    "sign-in/": "signing in",
    "steward/": "the exchange's own books, kept by its stewards",
}


def collects(text):
    return re.search(FORM, text) or re.search(FIELD, text) and re.search(SENDS, text)


def collecting():
    return {name.removeprefix(PAGES) for name in tracked()
            if name.startswith(PAGES) and name.endswith(".tsx") and collects(text_of(name))}


def test_every_form_carries_its_notice():
    """B27."""
    expect_none([name for name in sorted(collecting()) if not name.startswith(tuple(WITHOUT))
                       and not re.search(NOTICE, text_of(PAGES + name))])


def test_what_has_no_notice_is_a_form_without_one():
    """The list of reasons names nothing that is gone, or that has its notice by now."""
    def is_needed(name):
        return any(one.startswith(name) and not re.search(NOTICE, text_of(PAGES + one))
                   for one in collecting())
    expect_none([name for name in WITHOUT if not is_needed(name)])
