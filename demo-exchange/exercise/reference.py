"""Chapter 0, public: places, techniques with their owners' notices, advice, corrections."""

import csv

from . import cast, story

DISARM_NOTICE = ("DISARM Red Framework technique ids, names, tactics and phases: DISARM "
                 "Foundation, CC BY-SA 4.0. Descriptions left out.")
ATTACK_NOTICE = ("© 2025 The MITRE Corporation. This work is reproduced and distributed with the "
                 "permission of The MITRE Corporation. ATT&CK technique ids, names and tactics; "
                 "provided as is, without warranty.")


def write(world):
    desk = world.desk("public", cast.CYBER)
    write_places(world, desk)
    write_disarm(world, desk)
    write_attack(world, desk)
    write_courses(world, desk)
    write_advisories(world, desk)


def write_places(world, desk):
    made = world.clock.ago(120)
    country = desk.sdo("location", "us", "clear", made, name="United States",
                       region="northern-america", country="US")
    world.keep("place/US", country)
    for row in cast.states():
        if row["kind"] == "territory":
            codes = {"country": row["usps"]}
        else:
            codes = {"country": "US", "administrative_area": f"US-{row['usps']}"}
        place = desk.sdo(
            "location", row["usps"], "clear", made, name=row["name"], region=row["region"], **codes,
            external_references=[{"source_name": "fips", "external_id": row["fips"]}])
        world.keep("place/" + row["usps"], place)


def statement(world, desk, key, text):
    """A plain statement restricts nothing; it goes where the data goes."""
    desk.put({
        "type": "marking-definition", "spec_version": "2.1",
        "id": world.ids.of("marking-definition", "statement/" + key),
        "created": "2018-08-01T00:00:00.000Z", "definition_type": "statement",
        "definition": {"statement": text}})
    return world.ids.of("marking-definition", "statement/" + key)


def table(name):
    with open(cast.DATA / name, encoding="utf-8") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def phase(text):
    return text.lower().replace(" ", "-")


def write_disarm(world, desk):
    notice = statement(world, desk, "disarm", DISARM_NOTICE)
    for row in table("disarm_techniques.csv"):
        references = [{"source_name": "DISARM", "external_id": row["id"]}]
        if row["parent_id"]:
            references.append({"source_name": "DISARM", "external_id": row["parent_id"],
                               "description": "The technique this one belongs to."})
        technique = desk.sdo(
            "attack-pattern", row["id"], "clear", world.clock.ago(119), statements=[notice],
            name=row["name"], external_references=references,
            kill_chain_phases=[{"kill_chain_name": "disarm", "phase_name": phase(row["tactic"])}])
        world.keep("technique/" + row["id"], technique)


def write_attack(world, desk):
    notice = statement(world, desk, "attack", ATTACK_NOTICE)
    for row in table("attack_techniques.csv"):
        technique = desk.sdo(
            "attack-pattern", row["id"], "clear", world.clock.ago(119), statements=[notice],
            name=row["name"],
            external_references=[{"source_name": "mitre-attack", "external_id": row["id"]}],
            kill_chain_phases=[{"kill_chain_name": "mitre-attack", "phase_name": row["tactic"]}])
        world.keep("technique/" + row["id"], technique)


def write_courses(world, desk):
    dice = world.ids.dice("courses")
    for key, name, text, techniques in story.COURSES:
        made = world.clock.between(dice, 90, 40)
        course = world.keep("course/" + key, desk.named(
            "course-of-action", key, "clear", made, name=name, description=text))
        for technique in techniques:
            desk.link(course, "mitigates", world.get("technique/" + technique), made)


def write_advisories(world, desk):
    """What the public reads: three advisories, one in Spanish too, one of them corrected."""
    courses = [world.get("course/" + key) for key, *_ in story.COURSES]
    dates = desk.container(
        "report", "advisory-dates", world.clock.ago(30, 4), [world.get("course/correct-fact")],
        name="Ask your own election office for the day, the hours and the place",
        description="False dates are going round in several states. Your own election office has "
        "the right ones on its own page and by telephone. This exercise invents the dates, the "
        "offices and the rumor.", report_types=["campaign"],
        published=world.clock.ago(30).strftime("%Y-%m-%dT%H:%M:%S.000Z"))
    write_spanish(world, desk, dates)
    advice = desk.container(
        "report", "advisory-eight-steps", world.clock.ago(26), courses[:6],
        name="Six steps for an office with one person", report_types=["attack-pattern"],
        description="Each takes less than an hour. Begin with the second factor.",
        published=world.clock.ago(26).strftime("%Y-%m-%dT%H:%M:%S.000Z"))
    desk.revise(advice, world.clock.ago(12), name="EXERCISE: Eight steps for an office with one "
                "person", object_refs=[c["id"] for c in courses],
                description="Each takes less than an hour. Begin with the second factor. "
                "Corrected: two steps were added after the first joint briefing.")


def write_spanish(world, desk, report):
    desk.sdo("language-content", "advisory-dates-es", "clear", world.clock.ago(29),
             object_ref=report["id"], object_modified=report["modified"],
             contents={"es": {
                 "name": "EJERCICIO: Pregunte a su propia oficina electoral el día, la hora y el "
                         "lugar",
                 "description": "En varios estados circulan fechas falsas. Su propia oficina "
                 "electoral tiene las correctas en su página y por teléfono. Este ejercicio "
                 "inventa las fechas, las oficinas y el rumor."}})
