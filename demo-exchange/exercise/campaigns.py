"""Chapter 1: intrusion sets, personas, campaigns, malware and tools, and how they hang together."""

from . import cast, story
from .stix import TLP, stamp

OWNERS = {"heron": cast.BUREAU, "kestrel": cast.CYBER, "osprey": cast.CYBER}


def write(world):
    write_groups(world)
    for campaign in story.CAMPAIGNS:
        write_campaign(world, campaign)
    write_software(world)
    write_weakness(world)
    write_narratives(world)


def write_groups(world):
    dice = world.ids.dice("groups")
    for key, name, aliases, motive, resources, text in story.SETS:
        desk = world.desk("security", OWNERS[key])
        made = world.clock.between(dice, 118, 100)
        world.keep("set/" + key, desk.named(
            "intrusion-set", key, "green", made, name=name, aliases=list(aliases),
            description=text, primary_motivation=motive, resource_level=resources,
            first_seen=stamp(world.clock.ago(200)), confidence=70))
    for key, name, kinds, roles, skill, resources, text, group in story.PERSONAS:
        desk = world.desk("security", OWNERS[group])
        made = world.clock.between(dice, 99, 90)
        actor = world.keep("actor/" + key, desk.named(
            "threat-actor", key, "amber", made, name=name, threat_actor_types=list(kinds),
            roles=list(roles), sophistication=skill, resource_level=resources, description=text,
            confidence=60))
        desk.link(world.get("set/" + group), "attributed-to", actor, made,
                  "Same invoices, same hours, same way of writing dates.", confidence=55)


def write_campaign(world, campaign):
    desk = world.desk("security", OWNERS[campaign.group])
    dice = world.ids.dice("campaign/" + campaign.key)
    seen = world.clock.ago(campaign.first_day, dice.randrange(24), dice.randrange(60))
    made = world.clock.ago(campaign.first_day - 9, dice.randrange(20))
    thing = world.keep("campaign/" + campaign.key, desk.named(
        "campaign", campaign.key, campaign.label, made, name=campaign.name,
        description=campaign.text, objective=campaign.objective, first_seen=stamp(seen),
        confidence=campaign.confidence))
    desk.link(thing, "attributed-to", world.get("set/" + campaign.group), made,
              "Shared servers and working hours.", confidence=campaign.confidence - 10)
    for technique in campaign.disarm + campaign.attack:
        desk.link(thing, "uses", world.get("technique/" + technique),
                  world.clock.between(dice, campaign.first_day - 10, 5))
    for place in campaign.places:
        desk.link(thing, "targets", world.get("place/" + place),
                  world.clock.between(dice, campaign.first_day - 10, 5))
    desk.revise(thing, world.clock.ago(2, dice.randrange(20)), confidence=campaign.confidence + 5,
                description=campaign.text + " Still running when the second briefing was called.",
                last_seen=stamp(world.clock.ago(3, dice.randrange(20))))


def write_software(world):
    dice = world.ids.dice("software")
    desk = world.desk("security", cast.CYBER)
    for key, name, kinds, campaign, text in story.MALWARE:
        made = world.clock.between(dice, 60, 30)
        thing = world.keep("malware/" + key, desk.named(
            "malware", key, "amber", made, name=name, malware_types=list(kinds), is_family=True,
            description=text))
        desk.link(world.get("campaign/" + campaign), "uses", thing, made)
    desk.link(world.get("malware/nutmeg"), "downloads", world.get("malware/dripstone"),
              world.clock.ago(29), "Seen in the same mailbox, twelve seconds apart.")
    for key, name, kinds, campaign, text in story.TOOLS:
        made = world.clock.between(dice, 60, 30)
        thing = world.keep("tool/" + key, desk.named(
            "tool", key, "green", made, name=name, tool_types=list(kinds), description=text))
        desk.link(world.get("campaign/" + campaign), "uses", thing, made)


def write_weakness(world):
    desk = world.desk("security", "ballots")
    weak = world.keep("weakness/export", desk.named(
        "vulnerability", "export", "amber", world.clock.ago(41),
        name="Export page of Palfrey Rolls 4 answers without a session",
        description="Versions before 4.2.7 send the export to anyone who knows the address. Fixed "
        "in 4.2.7; until then take the page off the public network. Found by the vendor after a "
        "question from a state office."))
    fix = desk.named(
        "course-of-action", "palfrey-427", "amber", world.clock.ago(40),
        name="Install Palfrey Rolls 4.2.7", description="Takes ten minutes and no restart of the "
        "poll books. 31 of 34 customers had it two weeks before the second briefing.")
    desk.link(fix, "remediates", weak, world.clock.ago(40))
    cyber = world.desk("security", cast.CYBER)
    cyber.link(world.get("campaign/ledger"), "targets", weak, world.clock.ago(38),
               "Question seven of the eleven asks for this very page.", confidence=80)


def write_narratives(world):
    """A type of the community's own, by an extension definition that travels with it."""
    desk = world.desk("security", "institute")
    made = world.clock.ago(50)
    definition = desk.put({
        "type": "extension-definition", "spec_version": "2.1",
        "id": world.ids.of("extension-definition", "narrative"),
        "created_by_ref": world.names.org("institute"), "created": stamp(made),
        "modified": stamp(made), "name": "EXERCISE: Narrative",
        "description": "A story that is told again and again, apart from who tells it.",
        "schema": "https://larkmoor.exercise.example/schemas/narrative.json",
        "version": "1.0.0", "extension_types": ["new-sdo"],
        "object_marking_refs": [TLP["green"]]})
    tales = (("field", "Ballots in a field", "lantern"),
             ("early", "Voting ended yesterday", "tuesday"),
             ("stamp", "You need a document with a stamp", "tuesday"),
             ("nobody", "Nobody in town trusts the count any more", "cannery"))
    for key, name, campaign in tales:
        tale = desk.named(
            "narrative", key, "green", world.clock.ago(45), name=name,
            description="Told in the posts of " + world.get("campaign/" + campaign)["name"][10:]
            + "; older than the campaign and retold by people who mean no harm.",
            extensions={definition["id"]: {"extension_type": "new-sdo"}})
        desk.link(tale, "related-to", world.get("campaign/" + campaign), world.clock.ago(44))
