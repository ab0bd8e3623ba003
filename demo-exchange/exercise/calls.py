"""The joint briefings themselves, as steps for `tocsin demo`: who made, sent, answered, was there,
said whether it helped, asked and promised, and when. The first was 18 days ago, the second begins
in 20 minutes, the third is a draft."""

from datetime import timedelta, timezone
from zoneinfo import ZoneInfo

from . import cast
from .stix import stamp

FIRST, SECOND, THIRD = "first", "second", "third"
ZONE = "America/New_York"
ADDRESS = "http://localhost:8018"  # of ./demo
CALL_MINUTES = 45
MADE_WITH = (cast.BUREAU, cast.SOCIAL, cast.CLOUD)
SCOPES = ("audience", "agenda", "release")

# Who was not at the first call.
DECLINED_FIRST = ("washoe",)
SILENT_FIRST = ("dane",)
ABSENT_FIRST = ("LA",)
# Whose answer the second call still waits for, beside those whom chance leaves out.
OPEN_SECOND = ("vinton",)
DECLINED_SECOND = {"MT": "We canvass a recount that day. Please send us what is written.",
                   "kent": "", "NE": "Same hour as our own training.", "travis": ""}
IN_PLACE_SECOND = {"cuyahoga": "OH"}
NOTES_SECOND = {"PA": "Two of us, on one line.", "NV": "I have to leave after thirty minutes.",
                "MI": "Please speak slowly; we have a captioner on the line."}
# Who has not said yet whether the first call was of use.
UNASKED = ("vinton", "OH")
# How many of a sector said 1 (no use) to 5 (very useful), of those who said something.
VALUES = {"state": (0, 2, 6, 17, 14), "local": (0, 0, 0, 2, 4)}
WORDS = {
    "MI": ("The list of pages by town was worth the call.", "attendees"),
    "GA": ("Say sooner which counties are meant; we lost ten minutes asking.", "hosts"),
    "AZ": ("The radio station used our correction the same evening.", "attendees"),
    "maricopa": ("I handed the one-page advice to our clerks as it was.", "attendees"),
    "NC": ("Half of it we had from our vendor two days earlier.", "hosts"),
}

# title, what it is about, minutes, label, who presents, only for these
FIRST_ITEMS = (
    ("Hollow Lantern: forty pages that pretend to be small-town news",
     "What they post, how to tell them, and which towns they name.", 12, "green", cast.CYBER, ()),
    ("What we did about it, and what we left alone",
     "32 pages and 28 clusters of accounts, removed under our own rules.", 8, "green",
     cast.SOCIAL, ()),
    ("Wrong Tuesday: false dates, in Spanish first",
     "Correct the fact under your own name; do not repeat the rumor.", 10, "green", cast.BUREAU,
     ()),
    ("What your office can do this week", "One page of advice, and whom to call at night.", 5,
     "clear", cast.CYBER, ()),
)
FIRST_ADVICE = """EXERCISE EXERCISE EXERCISE

What your office can do this week

1. Say the right date, under your own name, on your own page. Do not repeat the wrong one.
2. Ask two people to look each morning for pages that carry your office's name.
3. Tell your clerks whom to call at night. The number is in the directory.
4. Note what you see with the time and the address, and do not answer it.
"""
# Who asked before the first call, what, and what the hosts wrote.
FIRST_QUESTIONS = (
    ("MI", False, "Do the forty pages name townships, or only counties?",
     "Towns and townships, eleven of them in Michigan. Each office was called."),
    ("kent", True, "May we name the pages when a reporter asks?",
     "The pages that a platform has removed, yes; the others not yet."),
)
LOOKALIKES = "A list of lookalike names for each state, to that state alone"
ADVICE_IN_SPANISH = "The page of advice in Spanish"
LETTERHEAD_STATES = ("OH", "AZ", "MI", "WI")
SECOND_ITEMS = (
    ("What was promised at the first call", "Lookalike names by state: kept, five days later.", 4,
     "green", cast.CYBER, ()),
    ("Borrowed Letterhead: names that imitate your office",
     "112 names, at least one for each of the 56 places; two people typed a password and both said "
     "so within the hour.", 10, "amber", cast.CLOUD, ()),
    ("Letterhead: what the six offices saw", "For the four states where mail went out.", 6,
     "amber", cast.CYBER, LETTERHEAD_STATES),
    ("Quiet Ledger: eleven polite questions", "Close the export page; log who asks.", 8, "amber",
     cast.BUREAU, ()),
    ("Echo Cannery: one sentence, four minutes, three platforms",
     "What is seen from outside where nobody has been asked yet.", 7, "green", cast.SOCIAL, ()),
    ("Your questions", "Bring one.", 10, "amber", cast.CYBER, ()),
)
SECOND_SIGNS = """EXERCISE EXERCISE EXERCISE

Signs of a borrowed letterhead

- The name has one letter more, or a hyphen that yours has not.
- It was registered within the last thirty days.
- It asks for a password before it says what for.
- The reply goes to another name than the letter came from.
"""
SECOND_QUESTIONS = (
    ("PA", False, "Do the 112 names include school boards, which run polling places with us?"),
    ("NV", True, "Has anybody paid for one of these names with our office's card?"),
)
THIRD_ITEMS = (
    ("Who is behind Tin Kestrel, and how sure we are", "", 10, "amber+strict", cast.BUREAU, ()),
    ("What your office can do in the last weeks", "", 10, "clear", cast.CYBER, ()),
)


class Story:
    """Steps, which are sorted by their time at the end."""

    def __init__(self, names, ids, now):
        self.names = names
        self.ids = ids
        self.now = now
        self.address = ADDRESS
        self.steps = []
        self.person_of = {}
        for person in cast.people():
            self.person_of.setdefault(person.org, person.email)

    def person(self, org):
        return self.names.person(self.person_of[org])

    def add(self, at, org, do, **details):
        self.steps.append({"at": stamp(at), "person": self.person(org),
                           "org": self.names.org(org), "do": do, **details})

    def items(self, rows):
        return [{"title": title, "about": about, "minutes": minutes, "label": label,
                 "presenter": self.person(org), "organizations": [self.names.org(o) for o in only]}
                for title, about, minutes, label, org, only in rows]

    def make(self, at, name, start, **details):
        local = start.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(ZONE))
        when = {"local": local.strftime("%Y-%m-%dT%H:%M"), "timezone": ZONE,
                "minutes": CALL_MINUTES}
        hosts = [self.names.org(o) for o in MADE_WITH]
        self.add(at, cast.CYBER, "make", name=name, when=when, hosts=hosts,
                 join="Call 202-555-0142, code 8812 44. Press *6 to be heard.", **details)

    def give(self, at, name, title, file, text, label):
        self.add(at, cast.CYBER, "give", briefing=name, title=title, file=file, text=text,
                 label=label, address=self.address)

    def approve(self, at, name, still_open=None):
        """The hosts beside the one who made it say yes, one after the other."""
        for n, host in enumerate(MADE_WITH):
            scopes = [scope for scope in SCOPES if (host, scope) != still_open]
            self.add(at + timedelta(minutes=25 * n), host, "approve", briefing=name, scopes=scopes)


def audience(names, *more):
    """The members of both associations, the counties and tribes, and whoever else is meant."""
    local = [key for key, *_ in cast.LOCAL]
    return {"associations": [names.org("secretaries"), names.org("directors")],
            "organizations": [names.org(o) for o in ("secretaries", "directors", *local, *more)]}


def invited():
    """The offices whose duty officer was checked: those that an invitation reaches."""
    local = {key for key, *_ in cast.LOCAL} | {"secretaries", "directors"}
    states = {org.key for org in cast.state_orgs() if org.status == "member"}
    on_duty = {person.org for person in cast.people() if person.duties}
    return [org.key for org in cast.orgs() if org.key in on_duty & (states | local)]


def half_past_two(day):
    """2:30 p.m. of that day where the hosts are, in UTC."""
    local = day.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(ZONE))
    local = local.replace(hour=14, minute=30, second=0)
    return local.astimezone(timezone.utc).replace(tzinfo=None)


def moments(story, name, offices, begin, end):
    """A moment for each office between two times, in the order of time."""
    dice = story.ids.dice("calls/" + name)
    span = (end - begin).total_seconds()
    times = sorted(begin + timedelta(seconds=dice.uniform(0, span)) for _ in offices)
    order = list(offices)
    dice.shuffle(order)
    return [(at.replace(microsecond=0), office) for at, office in zip(times, order, strict=True)]


def first_answers(story, start):
    offices = [o for o in invited() if o not in SILENT_FIRST]
    begin = start - timedelta(days=8)
    for at, office in moments(story, "first/answers", offices, begin, start - timedelta(hours=2)):
        answer = "no" if office in DECLINED_FIRST else "yes"
        story.add(at, office, "answer", briefing=FIRST, answer=answer)


def first_attendance(story, start):
    dice = story.ids.dice("calls/first/attendance")
    away = DECLINED_FIRST + SILENT_FIRST + ABSENT_FIRST
    people = []
    for office in invited():
        joined = start + timedelta(minutes=dice.choice((-4, -2, -1, 0, 0, 1, 3, 7)))
        left = start + timedelta(minutes=CALL_MINUTES - dice.choice((0, 0, 0, 2, 9)))
        times = {} if office in away else {"joined": stamp(joined), "left": stamp(left)}
        people.append({"person": story.person(office), "was_there": office not in away, **times})
    at = start + timedelta(minutes=CALL_MINUTES + 10)
    story.add(at, cast.CYBER, "attendance", briefing=FIRST, people=people)


def first_values(story):
    """Who said how useful it was: those with words first, as many of each sector as VALUES has."""
    sector = {org.key: org.sector for org in cast.orgs()}
    left = {name: [i + 1 for i, count in enumerate(counts) for _ in range(count)]
            for name, counts in VALUES.items()}
    for name, values in left.items():
        story.ids.dice("calls/first/useful/" + name).shuffle(values)
    away = DECLINED_FIRST + SILENT_FIRST + ABSENT_FIRST + UNASKED
    offices = sorted((o for o in invited() if o not in away), key=lambda o: o not in WORDS)
    return {office: values.pop() for office in offices
            if (values := left.setdefault(sector[office], [4, 4]))}


def first_usefulness(story, start):
    values = first_values(story)
    begin = start + timedelta(hours=1)
    for at, office in moments(story, "first/useful", values, begin, begin + timedelta(days=2)):
        words, words_for = WORDS.get(office, ("", "hosts"))
        story.add(at, office, "usefulness", briefing=FIRST, value=values[office], words=words,
                  words_for=words_for)


def ask(story, name, rows, begin):
    """Questions, an hour apart; where there are words for it, the answer the day after."""
    for n, (office, is_unattributed, content, *words) in enumerate(rows):
        at = begin + timedelta(hours=n)
        question = f"{name}/question/{n}"
        story.add(at, office, "ask", briefing=name, name=question, content=content,
                  is_unattributed=is_unattributed)
        if words:
            story.add(at + timedelta(days=1), cast.CYBER, "reply", briefing=name,
                      question=question, words=words[0])


def promise(story, at, org, content, due):
    story.add(at, cast.CYBER, "promise", briefing=FIRST, organization=story.names.org(org),
              promised_by=story.person(org), content=content, due=f"{due:%Y-%m-%d}T00:00:00Z")


def first_aftermath(story, start):
    """What was promised and kept, and what an absent office says."""
    after = start + timedelta(hours=2)
    promise(story, after, cast.CLOUD, LOOKALIKES, start + timedelta(days=7))
    promise(story, after, cast.BUREAU, ADVICE_IN_SPANISH, story.now + timedelta(days=3))
    story.add(start + timedelta(days=2), ABSENT_FIRST[0], "missing", briefing=FIRST,
              content="We were on the line with our parishes about the storm.")
    story.add(start + timedelta(days=5), cast.CLOUD, "keep", briefing=FIRST, content=LOOKALIKES)


def write_first(story):
    start = half_past_two(story.now - timedelta(days=18))
    story.make(start - timedelta(days=9), FIRST, start, label="green",
               title="Joint briefing 1: false pages and false dates",
               about="Two campaigns, what each host did by its own decision, and where to call.",
               audience=audience(story.names, "wren"), items=story.items(FIRST_ITEMS))
    story.approve(start - timedelta(days=8, hours=20), FIRST)
    story.add(start - timedelta(days=8, hours=3), cast.CYBER, "send", briefing=FIRST)
    story.give(start - timedelta(days=8), FIRST, "One page of advice", "advice.txt", FIRST_ADVICE,
               "green")
    first_answers(story, start)
    ask(story, FIRST, FIRST_QUESTIONS, start - timedelta(days=3))
    first_attendance(story, start)
    first_usefulness(story, start)
    first_aftermath(story, start)


def second_answers(story, begin):
    dice = story.ids.dice("calls/second/open")
    certain = {*DECLINED_SECOND, *IN_PLACE_SECOND, *NOTES_SECOND, "OH"}
    offices = [o for o in invited()
               if o in certain or (o not in OPEN_SECOND and dice.random() < 0.75)]
    end = story.now - timedelta(hours=3)
    for at, office in moments(story, "second/answers", offices, begin, end):
        if office in IN_PLACE_SECOND:
            story.add(at, office, "answer", briefing=SECOND, answer="delegate",
                      delegate=story.person(IN_PLACE_SECOND[office]))
            continue
        answer = "no" if office in DECLINED_SECOND else "yes"
        note = DECLINED_SECOND.get(office, NOTES_SECOND.get(office, ""))
        story.add(at, office, "answer", briefing=SECOND, answer=answer, note=note)


def write_second(story):
    start = story.now + timedelta(minutes=20)
    sent = story.now - timedelta(days=6, hours=2)
    story.make(story.now - timedelta(days=7), SECOND, start, label="amber", follows=FIRST,
               title="Joint briefing 2: names that imitate your office",
               about="Four campaigns, new since the first call: names that imitate offices in all "
               "56 places, and an export page to close. Bring one question.",
               audience=audience(story.names, "wren", "harbor"), items=story.items(SECOND_ITEMS))
    story.approve(sent - timedelta(hours=16), SECOND)
    story.add(sent, cast.CYBER, "send", briefing=SECOND)
    story.give(sent + timedelta(hours=1), SECOND, "Signs of a borrowed letterhead", "signs.txt",
               SECOND_SIGNS, "amber")
    second_answers(story, sent + timedelta(minutes=20))
    ask(story, SECOND, SECOND_QUESTIONS, story.now - timedelta(hours=2))


def write_third(story):
    start = half_past_two(story.now + timedelta(days=14))
    story.make(story.now - timedelta(hours=2), THIRD, start, label="amber", follows=SECOND,
               title="Joint briefing 3: the last weeks",
               about="Who is behind Tin Kestrel, and what an office can still do.",
               audience=audience(story.names, "wren", "harbor"), items=story.items(THIRD_ITEMS))
    story.approve(story.now - timedelta(minutes=100), THIRD, still_open=(cast.SOCIAL, "agenda"))


def steps(names, ids, now, address=ADDRESS):
    """`address`: where the exchange is served; it stands in what points at files."""
    story = Story(names, ids, now.replace(second=0, microsecond=0))
    story.address = address
    write_first(story)
    write_second(story)
    write_third(story)
    return sorted(story.steps, key=lambda step: step["at"])
