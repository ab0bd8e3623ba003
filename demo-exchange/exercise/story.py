"""The story as data: sets, personas, campaigns, tools and the words people report.

All of it is invented. The messages are about how to vote, never about a party or a candidate.
"""

from dataclasses import dataclass

SETS = (
    ("heron", "Glass Heron", ("GLASS HERON", "Set 14"), "organizational-gain", "organization",
     "Runs invented local news pages and the people who answer in their comments. Works in shifts "
     "that match office hours nine time zones east of Ohio, and pauses on public holidays of the "
     "invented state of Veldania."),
    ("kestrel", "Tin Kestrel", ("TIN KESTREL", "Letterhead crew"), "dominance", "government",
     "Registers names that look like election offices, four to six weeks before they are used, "
     "and asks staff for their passwords in the voice of their own help desk."),
    ("osprey", "Paper Osprey", ("PAPER OSPREY",), "personal-gain", "team",
     "Sells amplification to anyone who pays. Its networks repeat the same sentence across "
     "platforms within minutes, with the same spelling mistakes."),
)
PERSONAS = (
    ("bureau-nine", "Dispatch Nine", ("crime-syndicate",), ("agent",), "intermediate",
     "organization", "A contractor that staffs comment desks. Advertises for 'regional writers, "
     "night shift'.", "osprey"),
    ("marigold", "Marigold Research Bureau", ("nation-state",), ("sponsor",), "advanced",
     "government", "A front that pays invoices and never publishes research. Its street address "
     "is a parcel shop.", "heron"),
    ("cartographer", "The Cartographer", ("nation-state",), ("infrastructure-operator",),
     "advanced", "government", "The persona that registers domains and renews certificates for "
     "Tin Kestrel; names servers after rivers.", "kestrel"),
)


@dataclass(frozen=True)
class Campaign:
    key: str
    name: str
    group: str
    label: str
    confidence: int
    first_day: int
    objective: str
    text: str
    disarm: tuple
    attack: tuple
    places: tuple


CAMPAIGNS = (
    Campaign(
        "lantern", "Hollow Lantern", "heron", "green", 80, 96,
        "Make neighbours believe that their own town no longer trusts the count.",
        "Forty pages that present themselves as small-town news. For two months they post weather "
        "and school menus; then one story in five says that ballots were found in a field. The "
        "photographs are of other years and other countries.",
        ("T0097.202", "T0098.001", "T0101", "T0084.004", "T0143.002", "T0115", "T0119.001",
         "T0049.007", "T0129.007", "T0145.001"), ("T1585", "T1583"),
        ("OH", "PA", "MI", "WI", "NC", "GA", "VA", "IA")),
    Campaign(
        "letterhead", "Borrowed Letterhead", "kestrel", "amber", 85, 71,
        "Obtain working passwords of people who post results.",
        "Names that differ from an election office's by one word, each with a copy of the "
        "office's sign-in page. The mail says that an observer's credential expires tonight. Six "
        "offices received it; two people typed a password and both said so within the hour.",
        ("T0149.003", "T0097.206", "T0143.003"),
        ("T1583", "T1598", "T1566", "T1056", "T1078", "T1114", "T1589", "T1594", "T1036"),
        ("OH", "AZ", "MI", "WI", "FL", "NV", "TX", "CO", "MN")),
    Campaign(
        "tuesday", "Wrong Tuesday", "heron", "green", 70, 44,
        "Keep people at home by giving them another day, another place or another rule.",
        "Short messages with a false date, a closed polling place or a document that nobody needs. "
        "The Spanish ones come first and are better written. Election offices correct the fact "
        "under their own names; only the foreign accounts behind it are intelligence.",
        ("T0023", "T0097.201", "T0101", "T0115.001", "T0124", "T0139.001", "T0072.001",
         "T0151.007", "T0119.002"), ("T1585",),
        ("AZ", "TX", "NV", "FL", "NM", "PR", "CA", "GU")),
    Campaign(
        "receipt", "Long Receipt", "heron", "amber+strict", 60, 58,
        "Pay for reach without a name on the invoice.",
        "Advertising bought through four companies that share one mailbox and one way of writing "
        "dates. Each spends just less than the sum at which anyone asks. The advertisements lead "
        "to the pages of Hollow Lantern.",
        ("T0018", "T0114.001", "T0130.001", "T0130.003", "T0130.005", "T0148.003", "T0072.005"),
        ("T1583",), ("OH", "PA", "WI")),
    Campaign(
        "ledger", "Quiet Ledger", "kestrel", "amber", 75, 83,
        "Learn which public pages of voter registration answer to a badly formed question.",
        "Slow, polite probing: one request every ninety seconds from addresses that change each "
        "night. It asks the same eleven questions everywhere. Nothing was changed anywhere; in two "
        "places an export page answered more than it should and was closed the same day.",
        ("T0081.008",), ("T1595", "T1590", "T1190", "T1213", "T1090", "T1071", "T1587"),
        ("IL", "AZ", "OH", "NC", "LA", "KY", "WA", "OR")),
    Campaign(
        "cannery", "Echo Cannery", "osprey", "green", 65, 37,
        "Make a handful of posts look like a crowd.",
        "Bought accounts that repeat one sentence within four minutes of each other, on three "
        "platforms. One of the three has not been asked to this exchange yet, so what happens "
        "there is seen from outside only.",
        ("T0049.003", "T0049.001", "T0084.001", "T0093.002", "T0119.002", "T0121", "T0146.007",
         "T0150.006", "T0015.002", "T0102.002"), ("T1586",),
        ("OH", "FL", "GA", "MI", "PA", "TX", "NY")),
)

MALWARE = (
    ("dripstone", "Dripstone", ("backdoor", "spyware"), "letterhead",
     "A small program in a document named like an observers' handbook. Takes passwords the browser "
     "has kept, sends them once a day in the body of an ordinary web form."),
    ("nutmeg", "Nutmeg", ("downloader",), "letterhead",
     "Fetches Dripstone from one of three addresses, in an order that depends on the day."),
    ("tallyghost", "Tallyghost", ("webshell",), "ledger",
     "A page left behind on a test server of a registration system. It was never called again."),
)
TOOLS = (
    ("mailmill", "Mailmill", ("credential-exploitation",), "letterhead",
     "A kit that copies a sign-in page, with its old seal, and forwards what is typed."),
    ("eleven", "Eleven Questions", ("vulnerability-scanning",), "ledger",
     "The scanner behind Quiet Ledger, named for its fixed list of eleven requests."),
    ("carousel", "Carousel", ("information-gathering",), "cannery",
     "A scheduler that hands the same sentence to many accounts, four minutes apart at most."),
)
COURSES = (
    ("watch-lookalikes", "Watch for names like your own",
     "Once a week, list newly registered names that contain your office's name. Report them here; "
     "a company that hosts one can decide by its own rules.", ("T0149.003", "T1583", "T1036")),
    ("second-factor", "Ask for a second factor at every sign-in",
     "Passkeys where you can, a code where you cannot. Results posting first, mail second.",
     ("T1078", "T1110", "T1566", "T1056")),
    ("call-back", "Call back on the number you already have",
     "A message that hurries you is answered by telephone, on a number from your own list.",
     ("T1598", "T1566", "T1199")),
    ("correct-fact", "Correct the fact, do not repeat the rumor",
     "Say what is true in the first sentence: the day, the hours, the place. Publish it on your "
     "own page and give partners the address.", ("T0023", "T0139.001", "T0097.201")),
    ("close-export", "Close what answers too much",
     "Take export pages of the registration system off the public network; log what asks.",
     ("T1190", "T1595", "T1213")),
    ("rehearse-paper", "Rehearse the paper way",
     "Print the poll book the evening before; practise the hand-over with one precinct.",
     ("T1498", "T1565")),
    ("page-history", "Look at a page's past before you trust it",
     "Pages that changed their name, country of managers or subject in the last ninety days "
     "deserve a second look.", ("T0098.001", "T0097.202", "T0150.006")),
    ("keep-evidence", "Keep what you saw",
     "Save the whole message with its headers, and write down when and how it came.",
     ("T0129.007", "T1114")),
)

# What offices report: name, words, and the campaign an analyst later tied it to (or none).
SIGHTS = (
    ("Mail that asks observers to confirm a password",
     "Came to the shared mailbox at {hour}. It says the observer credential ends tonight and "
     "links to a page that looks like ours, with our old seal. Nobody typed anything.",
     "letterhead"),
    ("Caller wanted the results laptop's serial number",
     "A polite caller said they were from the vendor. We called the vendor back on the number we "
     "have; they had not called.", "letterhead"),
    ("Post with the wrong day for early voting",
     "A page we do not know says early voting ended on Monday. It has {count} shares. We put the "
     "right dates on our own page and told the radio station.", "tuesday"),
    ("Flyer in Spanish with a false document rule",
     "Photographed on a notice board. It says voters need two documents with a stamp. They do not. "
     "The web address on it does not belong to us.", "tuesday"),
    ("Slow requests to the lookup page",
     "Our contractor saw {count} requests over ten nights, one every minute and a half, all with "
     "the same odd quotation mark at the end. All were refused.", "ledger"),
    ("Local news page nobody here has heard of",
     "It has the name of our town and {count} followers. The office it gives as its own is the "
     "feed store. It ran a picture of ballots that are not ours.", "lantern"),
    ("The same sentence under every post of ours",
     "{count} replies within a few minutes, word for word the same, including the misspelling.",
     "cannery"),
    ("Printer sent two boxes of the wrong envelopes",
     "Not an attack: the print shop mixed up two orders. Reported because a photograph of the "
     "boxes is going round. Right envelopes arrive on Thursday.", ""),
    ("Advertisement that sends voters to a closed school",
     "The school closed last year. The advertisement was seen {count} times before it was gone. "
     "We have the invoice name from the page's own library.", "receipt"),
)
REPLIES = (
    "Checked against our own logs: the same address asked here two nights earlier.",
    "We blocked it at the mail gateway and told the counties. No one had opened it.",
    "This is the third office with the same wording. The clock on the sender's server is wrong by "
    "the same eleven minutes in all of them.",
    "Nothing here. We looked at ninety days of logs and say so, because 'nothing' is also news.",
    "The page is gone by the company's own decision. The office's correction stays up.",
    "We read this as ordinary advertising fraud that happens to mention an election. Low "
    "confidence in any foreign hand.",
    "The telephone number in it belongs to a bakery, which has asked us to say so.",
    "Please see the corrected version: the second address belonged to a library and was withdrawn.",
)
OPINIONS = (
    ("strongly-agree", "It let us act before the weekend."),
    ("agree", "We see the same in our own logs, with the same clock error."),
    ("agree", "Plain enough to hand to a county clerk as it is."),
    ("neutral", "True, but we had it from the vendor two days earlier."),
    ("disagree", "The address is shared hosting; blocking it would block a church and two shops."),
    ("strongly-disagree", "False alarm: this is our own contractor's test server."),
)
