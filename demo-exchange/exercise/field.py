"""Chapter 3: what offices saw, what others said about it, and what turned out to be wrong."""

from . import cast, story
from .stix import stamp

ANALYSTS = (cast.CYBER, cast.BUREAU)


def write(world):
    reporters = [*cast.REPORTING_STATES, *(key for key, *_ in cast.LOCAL)]
    for reporter in reporters:
        write_incidents(world, reporter)
    for usps in cast.REPORTING_STATES:
        write_sightings(world, usps)
        write_opinions(world, usps)
    write_corrections(world)


def place_of(reporter):
    by_key = {key: usps for key, _, usps, _, _ in cast.LOCAL}
    return by_key.get(reporter, reporter)


def write_incidents(world, reporter):
    dice = world.ids.dice("incidents/" + reporter)
    desk = world.desk("field", reporter)
    for number in range(7):
        title, words, campaign = story.SIGHTS[(number + dice.randrange(9)) % len(story.SIGHTS)]
        made = world.clock.between(dice, 34, 0.2)
        text = words.format(hour=f"{dice.randint(6, 11)}:{dice.randrange(60):02d}",
                            count=dice.randint(12, 2400))
        label = dice.choice(("amber", "amber", "green", "amber+strict"))
        report = desk.named("incident", f"{reporter}/{number}", label, made, name=title,
                            description=text)
        world.keep(f"incident/{reporter}/{number}", report)
        desk.link(report, "related-to", world.get("place/" + place_of(reporter)), made)
        write_answer(world, dice, report, campaign, made)


def write_answer(world, dice, report, campaign, made):
    """An analyst's note to two reports of three, and the tie to a campaign where there is one."""
    if dice.random() < 0.34:
        return
    desk = world.desk("field", dice.choice(ANALYSTS))
    later = made + (world.clock.now - made) * dice.uniform(0.1, 0.8)
    desk.sdo("note", f"{report['id']}/answer", "amber", later, object_refs=[report["id"]],
             abstract="EXERCISE: answer to a field report",
             content="EXERCISE. " + dice.choice(story.REPLIES), authors=["Duty analyst (exercise)"])
    if campaign:
        desk.link(report, "related-to", world.get("campaign/" + campaign), later,
                  "Same wording, same hours.", confidence=dice.choice((40, 55, 70)))


def write_sightings(world, usps):
    dice = world.ids.dice("sightings/" + usps)
    desk = world.desk("indicators", usps)
    targets = [f"lookalike/{usps}/{form}" for form in range(5)]
    targets += [f"probe/{number}" for number in dice.sample(range(90), 9)]
    for target in targets:
        seen = world.get("indicator/" + target)
        last = world.clock.between(dice, 0.9, 0.05)
        desk.sdo("sighting", f"{usps}/{target}", "green", last, sighting_of_ref=seen["id"],
                 where_sighted_refs=[world.names.org(usps)], count=dice.randint(1, 60),
                 first_seen=stamp(world.clock.between(dice, 0.99, 0.95)), last_seen=stamp(last),
                 description="EXERCISE. From our own logs; nothing else about them left the "
                 "office.", confidence=90)


def write_opinions(world, usps):
    dice = world.ids.dice("opinions/" + usps)
    desk = world.desk("indicators", usps)
    for number in dice.sample(range(90), 8):
        verdict, words = dice.choice(story.OPINIONS)
        desk.sdo("opinion", f"{usps}/{number}", "green", world.clock.between(dice, 0.9, 0.1),
                 object_refs=[world.get(f"indicator/probe/{number}")["id"]], opinion=verdict,
                 explanation="EXERCISE. " + words)


def write_corrections(world):
    """Two corrected indicators, three revoked ones, one field report the office takes back."""
    desk = world.desk("indicators", cast.CYBER)
    for number in (3, 41):
        wrong = world.get(f"indicator/probe/{number}")
        desk.revise(wrong, world.clock.ago(0, 9, number), confidence=20,
                    description="Corrected: the address is shared by a church and two shops. "
                    "Watch it, do not block it.")
    for number in (17, 18, 62):
        wrong = world.get(f"indicator/probe/{number}")
        desk.revise(wrong, world.clock.ago(0, 7, number), revoked=True, description="Withdrawn: "
                    "this is the test server of an office's own contractor.")
    office = world.desk("field", "vinton")
    mistake = world.get("incident/vinton/0")
    office.revise(mistake, world.clock.ago(0, 3), revoked=True, description="Taken back: "
                  "we looked again, and it was our own doing. Sorry for the noise.")
