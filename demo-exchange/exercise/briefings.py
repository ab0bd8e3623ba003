"""Chapter 4: the papers of two joint briefings, what is for few eyes only, and an old feed."""

from . import cast
from .stix import TLP, stamp

TLP1_GREEN = "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da"


def write(world):
    write_first(world)
    write_second(world)
    write_narrow(world)
    write_red(world)
    write_old_feed(world)


def campaigns(world, *keys):
    return [world.get("campaign/" + key) for key in keys]


def write_first(world):
    desk = world.desk("security", cast.CYBER)
    held = world.clock.ago(18)
    report = world.keep("briefing/1", desk.container(
        "report", "briefing-1", world.clock.ago(19), campaigns(world, "lantern", "tuesday"),
        name="Read-ahead of the first joint briefing", label="green", published=stamp(held),
        report_types=["campaign"], description="Hosted by two agencies and two companies for the "
        "two associations of state election officials. Two campaigns, what each host did by its "
        "own decision, and where to call. 47 of 56 offices were reached; one large platform was "
        "not asked."))
    desk.sdo("note", "briefing-1-record", "green", world.clock.ago(17),
             abstract="EXERCISE: record of the first joint briefing",
             content="EXERCISE. Held with 47 of 56 offices present or represented. Asked most: "
             "'Is my county in it?' Promised: lookalike names by state, within a week. Kept: five "
             "days later.", object_refs=[report["id"]])
    deeds = world.desk("security", cast.SOCIAL)
    deeds.sdo("note", "social-deed", "green", world.clock.ago(16),
              abstract="EXERCISE: what Fennimore Social did",
              content="EXERCISE. By our own decision and under our own rules we removed 32 pages "
              "and 28 clusters of accounts, and told everyone who had followed a removed event. "
              "What you can do now: look at the pages that share your town's name.",
              object_refs=[world.get("campaign/lantern")["id"]])


def write_second(world):
    desk = world.desk("security", cast.CYBER)
    start = world.clock.ahead(minutes=20)
    election = world.clock.ahead(days=74)
    report = desk.container(
        "report", "briefing-2", world.clock.ago(1, 6),
        campaigns(world, "letterhead", "ledger", "lantern", "cannery"), label="amber",
        name="Read-ahead of the second joint briefing", published=stamp(world.clock.ago(1, 5)),
        report_types=["campaign", "indicator"], description="Begins at "
        f"{start:%H:%M} UTC on {start:%d %B %Y}; the election is on {election:%d %B %Y}. Four "
        "campaigns, new since the first call: names that imitate offices in all 56 places, and "
        "an export page to close. Bring one question; say whether it helped.")
    world.keep("briefing/2", report)
    company = world.desk("security", cast.CLOUD)
    company.sdo("note", "cloud-deed", "green", world.clock.ago(3),
                abstract="EXERCISE: what Quillon Systems did",
                content="EXERCISE. A court gave us six of the lookalike names; they now lead to a "
                "page that says so. 112 more are watched. We wrote to each office concerned.",
                object_refs=[world.get("campaign/letterhead")["id"]])
    liaison = world.desk("security", "secretaries")
    liaison.sdo("note", "secretaries-gap", "green", world.clock.ago(2),
                abstract="EXERCISE: who was not on the first call",
                content="EXERCISE. Nine offices were not reached, two are not members yet. A large "
                "platform for short posts has been asked by nobody. We offer to introduce.",
                granular_markings=[{"marking_ref": TLP["amber"], "selectors": ["content"]}],
                object_refs=[world.get("briefing/1")["id"]])


def write_narrow(world):
    """Things for a named audience: Ohio, the two agencies, the two companies."""
    cyber = world.desk("security", cast.CYBER)
    forms = [world.get(f"indicator/lookalike/OH/{form}") for form in (0, 2, 4)]
    cyber.sdo("note", "ohio-call", "amber", world.clock.ago(0, 11), audiences=["ohio"],
              abstract="EXERCISE: for Ohio's duty officers tonight",
              content="EXERCISE. Three names that imitate your offices went live together at "
              "02:10. Please check tonight whether anyone signed in from outside the office.",
              object_refs=[thing["id"] for thing in forms])
    asked = cyber.sdo(
        "note", "agencies-sources", "amber", world.clock.ago(4), audiences=["agencies"],
        abstract="EXERCISE: between the two host agencies",
        content="EXERCISE. We would like to name the registrar on the call. Does that disturb "
        "your inquiry? No answer needed before noon.",
        object_refs=[world.get("campaign/letterhead")["id"]])
    bureau = world.desk("security", cast.BUREAU)
    bureau.sdo("note", "agencies-answer", "amber", world.clock.ago(3, 20),
               audiences=["agencies-bureau"], abstract="EXERCISE: between the two host agencies",
               content="EXERCISE. Name it. Two of the names we ask you to leave out; which ones "
               "our colleague tells you in person.", object_refs=[asked["id"]])
    social = world.desk("platforms", cast.SOCIAL)
    social.sdo("note", "companies-habit", "amber+strict", world.clock.ago(5),
               audiences=["companies"], abstract="EXERCISE: between the two host companies",
               content="EXERCISE. Cluster 9 signs in through the same eleven machines as three of "
               "your tenants. Addresses follow by the usual way if your lawyers agree.",
               object_refs=[world.get("cluster/9")["id"]])
    ohio = world.desk("field", "OH")
    ohio.sdo("note", "ohio-to-counties", "amber", world.clock.ago(0, 10),
             audiences=["ohio-counties"], abstract="EXERCISE: to all Ohio counties",
             content="EXERCISE. Sign-in to results posting now wants a second factor. If yours "
             "fails, telephone us; do not answer mail about it.",
             object_refs=[world.get("incident/cuyahoga/0")["id"]])


def write_red(world):
    """For the people named and their author: the organizations' colleagues do not see it."""
    chair = cast.chair(cast.CYBER)
    desk = world.desk("security", cast.CYBER, author=chair)
    target = desk.named(
        "intrusion-set", "red-kestrel", "red", world.clock.ago(6), audiences=["four-people"],
        name="Tin Kestrel: the office behind it", primary_motivation="dominance",
        resource_level="government", confidence=60, description="The invented Ministry of Roads "
        "of Veldania pays for the servers. Rests on one source. To be opened on the second call "
        "only if both agencies agree.")
    desk.link(target, "related-to", world.get("set/kestrel"), world.clock.ago(6),
              audiences=["four-people"])
    desk.container(
        "report", "red-report", world.clock.ago(5), [target],
        name="For four people: who pays for Tin Kestrel", report_types=["intrusion-set"],
        published=stamp(world.clock.ago(5)), description="Read here, do not copy. The fifth "
        "person on the call hears that there is an item and not what it says.")
    inquiry = world.desk("security", cast.BUREAU, author=cast.chair(cast.BUREAU))
    inquiry.sdo("note", "red-inquiry", "red", world.clock.ago(2), audiences=["inquiry"],
                abstract="EXERCISE: please leave two names alone until Friday",
                content="EXERCISE. Two of the lookalike names are part of an inquiry. This is a "
                "request for care between three people, not a notice to anybody.",
                object_refs=[world.get("campaign/letterhead")["id"]])


def write_old_feed(world):
    """The vendor's older tool still speaks STIX 2.0: no spec_version, labels for types."""
    desk = world.desk("indicators", "ballots", spec="2.0")
    dice = world.ids.dice("old-feed")
    for number in range(12):
        made = world.clock.between(dice, 60, 10)
        value = f"support-palfrey-{number + 1}.example"
        desk.put({
            "type": "indicator", "id": world.ids.of("indicator", "old/" + value),
            "created_by_ref": world.names.org("ballots"), "created": stamp(made),
            "modified": stamp(made), "name": f"EXERCISE: false support page {value}",
            "description": "Looks like our support page and asks for the customer number. From our "
            "older tool, which writes STIX 2.0.", "labels": ["malicious-activity"],
            "pattern": f"[domain-name:value = '{value}']", "valid_from": stamp(made),
            "object_marking_refs": [TLP1_GREEN]})
