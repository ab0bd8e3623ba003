"""Chapter 2: what to look for: lookalike names, probing addresses, accounts, pages, files."""

import hashlib
from datetime import timedelta

from . import cast
from .stix import LABELS, label_of, stamp

LOOKALIKES = (
    ("{slug}-elections-office.example", "one word added to the office's name"),
    ("my-{slug}-ballot.test", "promises to track a ballot"),
    ("{slug}-observer-login.example", "asks observers for a password"),
    ("results-{slug}.test", "a page for results that shows none yet"),
    ("{slug}vote-help.example", "offers help and asks for a birth date"),
)
NETWORKS = ("192.0.2.{}", "198.51.100.{}", "203.0.113.{}")
RIVERS = ("tamar", "yarrow", "brock", "lune", "swale", "wharfe", "esk", "till", "coquet", "nidd")
NEWSPAPERS = ("bell", "lantern", "weathervane", "porchlamp")
HANDLES = ("main_street", "county_watch", "neighbors_of", "good_morning", "old_mill", "porch_talk",
           "town_bell", "riverbend", "plain_facts", "first_precinct")
STORIES = ("ballots-found-in-field", "machines-left-open", "county-runs-out-of-paper",
           "lines-closed-early", "clerk-will-not-answer", "no-one-trusts-the-count",
           "early-voting-ended", "bring-two-documents", "polling-place-moved", "list-purged")


def write(world):
    write_lookalikes(world)
    write_probes(world)
    write_pages(world)
    write_account_clusters(world)
    write_files(world)
    write_mail(world)
    write_groupings(world)


def indicator(desk, key, label, made, campaign, days=120, **properties):
    """An indicator valid for some days, and the relationship that says of what."""
    thing = desk.named(
        "indicator", key, label, made, pattern_type="stix", valid_from=stamp(made),
        valid_until=stamp(made + timedelta(days=days)),
        **properties)
    desk.link(thing, "indicates", campaign, made, confidence=properties.get("confidence", 50))
    return thing


def slug(row):
    return row["name"].lower().replace(".", "").replace(" ", "-")


def write_lookalikes(world):
    campaign = world.get("campaign/letterhead")
    for index, row in enumerate(cast.states()):
        dice = world.ids.dice("lookalike/" + row["usps"])
        server = NETWORKS[index % 2].format(10 + index * 4)
        for form, (shape, why) in enumerate(LOOKALIKES):
            desk = world.desk("indicators", cast.CLOUD if form % 2 else cast.CYBER)
            made = world.clock.between(dice, 60, 1)
            value = shape.format(slug=slug(row))
            domain = desk.sco("domain-name", "green", value=value)
            address = desk.sco("ipv4-addr", "green", value=server)
            desk.link(domain, "resolves-to", address, made)
            seen = observe(desk, f"{value}/dns", made, [domain, address], dice.randint(1, 40))
            thing = indicator(
                desk, value, "green", made, campaign, indicator_types=["malicious-activity"],
                name=f"Lookalike of the {row['name']} election office: {value}",
                description=f"Registered {dice.randint(2, 30)} days before it was first seen; "
                f"{why}. The server is named after a river ({dice.choice(RIVERS)}).",
                pattern=f"[domain-name:value = '{value}' OR url:value LIKE 'https://{value}/%']",
                confidence=dice.choice((60, 70, 80, 85)), kill_chain_phases=[
                    {"kill_chain_name": "mitre-attack", "phase_name": "resource-development"}])
            desk.link(thing, "based-on", seen, made)
            world.keep(f"indicator/lookalike/{row['usps']}/{form}", thing)


def observe(desk, key, made, things, count):
    label = max((label_of(t) for t in things), key=LABELS.index)
    first = made - timedelta(days=2, hours=5)
    return desk.sdo("observed-data", key, label, made, first_observed=stamp(first),
                    last_observed=stamp(made), number_observed=count,
                    object_refs=[t["id"] for t in things])


def write_probes(world):
    """Quiet Ledger: addresses seen by states, each with the nights on which it asked."""
    campaign = world.get("campaign/ledger")
    dice = world.ids.dice("probes")
    for number in range(90):
        desk = world.desk("indicators", cast.CYBER)
        six = number % 10 == 9
        value = f"2001:db8:{0x1ed0 + number:x}::{dice.randrange(2, 99):x}" if six else (
            NETWORKS[2].format(number + 20))
        kind = "ipv6-addr" if six else "ipv4-addr"
        made = world.clock.between(dice, 70, 1)
        address = desk.sco(kind, "green", value=value)
        seen = observe(desk, value + "/probe", made, [address], dice.randint(11, 400))
        thing = indicator(
            desk, value, "green", made, campaign, days=30, name=f"Address that asks the eleven "
            f"questions: {value}", indicator_types=["anomalous-activity"],
            description=f"Asked {dice.randint(11, 44)} times between one and four at night, local "
            "time. Rented by the hour: do not block for longer than thirty days.",
            pattern=f"[{kind}:value = '{value}']", confidence=dice.choice((40, 50, 60)),
            kill_chain_phases=[{"kill_chain_name": "mitre-attack",
                                "phase_name": "reconnaissance"}])
        desk.link(thing, "based-on", seen, made)
        world.keep(f"indicator/probe/{number}", thing)


def write_pages(world):
    """Articles of the invented local news, and the posts that carry them round."""
    dice = world.ids.dice("pages")
    campaigns = ("lantern", "lantern", "tuesday", "receipt", "cannery")
    for number in range(90):
        key = campaigns[number % len(campaigns)]
        desk = world.desk("indicators", cast.SOCIAL)
        row = dice.choice(cast.states())
        host = f"the-{slug(row)}-{dice.choice(NEWSPAPERS)}.example"
        story = dice.choice(STORIES)
        value = f"https://{host}/news/{story}-{number}"
        label = "amber+strict" if key == "receipt" else "green"
        made = world.clock.between(dice, 35, 1)
        page = desk.sco("url", label, value=value)
        thing = indicator(
            desk, value, label, made, world.get("campaign/" + key),
            name=f"Page of an invented newspaper: {host}, \"{story.replace('-', ' ')}\"",
            indicator_types=["attribution" if key == "receipt" else "anomalous-activity"],
            description=f"Shared {dice.randint(40, 9000)} times in two days, half of it by "
            "accounts younger than a month. The photograph is from another year.",
            pattern=f"[url:value = '{value}']", confidence=dice.choice((55, 65, 75)),
            kill_chain_phases=[{"kill_chain_name": "disarm", "phase_name": "deliver-content"}])
        seen = observe(desk, value + "/shares", made, [page], dice.randint(40, 9000))
        desk.link(thing, "based-on", seen, made)


def write_account_clusters(world):
    """What a company saw on its own service: between platforms and the federal agencies only."""
    dice = world.ids.dice("accounts")
    for cluster in range(28):
        company = cast.SOCIAL if cluster % 4 else cast.CLOUD
        desk = world.desk("platforms", company)
        campaign = world.get("campaign/" + ("lantern", "tuesday", "cannery")[cluster % 3])
        made = world.clock.between(dice, 40, 2)
        accounts = [account(desk, dice, company, cluster, n) for n in range(dice.randint(9, 13))]
        seen = observe(desk, f"cluster/{cluster}", made, accounts, dice.randint(300, 9000))
        group = desk.named(
            "infrastructure", f"cluster/{cluster}", "amber+strict", made,
            name=f"Cluster {cluster + 1} of accounts on {company_name(company)}",
            infrastructure_types=["amplification"], first_seen=stamp(made),
            description=f"{len(accounts)} accounts made within {dice.randint(3, 9)} minutes of "
            "each other. Same first post, same sleeping hours. Acted on by the company under its "
            "own rules; listed so that others can look for the same habit.")
        desk.link(group, "consists-of", seen, made)
        desk.link(campaign, "uses", group, made, confidence=70)
        world.keep(f"cluster/{cluster}", group)


def company_name(company):
    return next(o.name for o in cast.NATIONAL if o.key == company).removesuffix(" (exercise)")


def account(desk, dice, company, cluster, number):
    handle = f"{dice.choice(HANDLES)}_{cluster:02d}{number:02d}"
    return desk.sco("user-account", "amber+strict",
                    user_id=f"{company}:{dice.randrange(10**9, 10**10)}", account_login=handle,
                    display_name="EXERCISE " + handle.replace("_", " ").title())


def write_files(world):
    dice = world.ids.dice("files")
    desk = world.desk("indicators", cast.CYBER)
    for number in range(24):
        family = ("dripstone", "nutmeg")[number % 2]
        digest = hashlib.sha256(f"exercise/{family}/{number}".encode()).hexdigest()
        name = dice.choice(("observer-handbook", "precinct-map", "training-dates", "results-form"))
        made = world.clock.between(dice, 28, 1)
        sample = desk.sco("file", "amber", hashes={"SHA-256": digest},
                          name=f"EXERCISE-{name}-{number}.doc", size=dice.randrange(40000, 900000))
        thing = indicator(
            desk, digest, "amber", made, world.get("malware/" + family),
            name=f"{family.title()} in a document called {name}",
            indicator_types=["malicious-activity"], description="Came by mail with the words "
            "'as discussed'. The hash is of no real file.",
            pattern=f"[file:hashes.'SHA-256' = '{digest}']", confidence=90)
        seen = observe(desk, digest + "/seen", made, [sample], dice.randint(1, 9))
        desk.link(thing, "based-on", seen, made)


def write_mail(world):
    """The senders of Borrowed Letterhead, for the offices whose names were borrowed."""
    dice = world.ids.dice("mail")
    desk = world.desk("indicators", cast.CLOUD)
    for number in range(40):
        value = f"help-desk-{dice.choice(RIVERS)}{number}@observer-credential.example"
        made = world.clock.between(dice, 30, 1)
        sender = desk.sco("email-addr", "amber", audiences=["letterhead"], value=value)
        thing = desk.named(
            "indicator", value, "amber", made, audiences=["letterhead"], pattern_type="stix",
            name=f"Sender that borrows a letterhead: {value}", valid_from=stamp(made),
            indicator_types=["malicious-activity"], pattern=f"[email-addr:value = '{value}']",
            description=f"Wrote to {dice.randint(2, 14)} mailboxes of election offices. Shown to "
            "the offices whose names it used, nobody else.", confidence=85)
        desk.link(thing, "indicates", world.get("campaign/letterhead"), made)
        desk.link(sender, "related-to", thing, made)


def write_groupings(world):
    """One bundle of things to look at tonight for each state that reports."""
    dice = world.ids.dice("groupings")
    desk = world.desk("indicators", cast.CYBER)
    for usps in cast.REPORTING_STATES:
        things = [world.get(f"indicator/lookalike/{usps}/{form}") for form in (0, 2, 4)]
        things += [world.get(f"indicator/probe/{n}") for n in dice.sample(range(90), 4)]
        place = world.get("place/" + usps)["name"]
        desk.container(
            "grouping", "tonight/" + usps, world.clock.ago(0, 13, dice.randrange(60)), things,
            name=f"What to look for in {place} tonight", context="suspicious-activity",
            description="Three names and four addresses. Search mail, name service and web logs "
            "of the last thirty days, and say what you found, also if it is nothing.")
