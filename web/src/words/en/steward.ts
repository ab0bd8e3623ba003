/*
 * The community's pages: search, the directory, whom an association reached, what stewards keep.
 */
import { count, either, list, number } from "./count";

const statuses = {
  known: "Nobody asked them yet",
  invited: "Asked, not in yet",
  member: "Member",
  left: "Left",
};

/* What a thing is called beside those that one may search for by kind. */
const kinds: Record<string, string> = {
  "absence": "Word on an absence",
  "approval": "Approval by a host",
  "artifact": "File",
  "attendance": "Attendance",
  "autonomous-system": "Network",
  "briefing-host": "Who answers for a host",
  "briefing-invitation": "Invitation to a briefing",
  "briefing-join": "How to join a call",
  "briefing-plan": "Whom a briefing is for",
  "briefing-reply": "Answer to an invitation",
  "course-of-action": "Course of action",
  "email-addr": "E-mail address",
  "email-message": "E-mail",
  "extension-definition": "Extension of STIX",
  "file": "File",
  "grouping": "Grouping",
  "infrastructure": "Infrastructure",
  "intrusion-set": "Intrusion set",
  "ipv4-addr": "IP address",
  "ipv6-addr": "IP address",
  "location": "Place",
  "marking-definition": "Marking",
  "observed-data": "Observation",
  "opinion": "Opinion",
  "relationship": "Relationship",
  "sighting": "Sighting",
  "tool": "Tool",
  "vulnerability": "Vulnerability",
  "widening": "Request to pass an item on",
  "widening-answer": "Answer to a request to pass an item on",
};

export const steward = {
  search: {
    title: "Search what you may read",
    field: "Words to look for",
    hint: "All of them must be there. Three letters of a word are enough.",
    type: "Kind",
    anyType: "Every kind",
    act: "Search",
    found: (n: number, hasMore: boolean, words: string) =>
      n === 0
        ? `Nothing you may read says “${words}”`
        : `${hasMore ? "More than " : ""}${count(n, "thing")} ${
            n === 1 && !hasMore ? "says" : "say"
          } “${words}”`,
    none: "Try fewer words, or the beginning of one. What is not for you is not looked through.",
    start:
      "Names, descriptions, patterns and values of everything you may read are looked through, " +
      "newest first.",
    behind: (n: number) =>
      `${count(n, "newer thing")} ${n === 1 ? "is" : "are"} not looked through yet; try again ` +
      "in a moment.",
    toBriefing: "Open the briefing",
    from: (source: string) => `from ${source}`,
    types: {
      "indicator": "Indicator",
      "briefing": "Briefing",
      "briefing-item": "Agenda item",
      "briefing-material": "Material",
      "question": "Question",
      "commitment": "Promise",
      "correction": "Correction",
      "report": "Report",
      "campaign": "Campaign",
      "narrative": "Narrative",
      "channel": "Channel",
      "incident": "Incident",
      "attack-pattern": "Technique",
      "threat-actor": "Threat actor",
      "malware": "Malware",
      "url": "Address of a page",
      "domain-name": "Domain name",
      "user-account": "Account",
      "note": "Note",
      "action": "What a member did",
      "identity": "Member",
    } as Record<string, string>,
    kind: ({ type, is_answer }: { type: string; is_answer?: boolean }) =>
      is_answer ? "Answer to a question" : (kinds[type] ?? steward.search.types[type] ?? type),
  },
  directory: {
    title: "Directory",
    head: (n: number, hasMore: boolean) =>
      `${hasMore ? "More than " : ""}${count(n, "duty officer")} answer${
        n === 1 && !hasMore ? "s" : ""
      } for the members`,
    about: "Who answers for which office, and when that was last checked",
    none: "Nobody fits. Leave one of the three open, or ask your steward who answers there.",
    words: "Office or name",
    sector: "Sector",
    state: "State or territory",
    everyState: "Everywhere",
    everySector: "Every sector",
    filter: "Show these",
    download: "Take it as a sheet (CSV)",
    upload: "Bring a sheet back",
    columns: {
      office: "Office",
      person: "Who",
      checked: "Checked",
      reach: "Reached by",
    },
    checked: (day: string, by: string | undefined) => (by ? `${day}, by ${by}` : day),
    notChecked: "Nobody checked",
    own: {
      title: "The duties of your office",
      about: "You keep these. Call the person first, and write the day on which you did.",
      organization: "Office",
      email: "E-mail of the person",
      emailHint: "Somebody who belongs to the office",
      duty: "Duty",
      verified: "Checked on",
      notice:
        "So that calls reach somebody: only checked duty officers are invited. Every member sees " +
        "name, address, number, duty, and who checked it on which day. An office need not name " +
        "anybody, and is then not invited.",
      act: "Keep this duty",
      kept: "Kept.",
      failed: "The duty is not kept yet.",
      over: "Their duty is over",
      overFailed: "The duty stands as it was.",
    },
  },
  sheet: {
    title: "Bring a sheet back",
    about:
      "A line says a duty anew with the day on which it was checked; yes in the column is_over " +
      "ends it. What is not in the sheet stays.",
    file: "The sheet (CSV)",
    fileHint:
      "Columns: organization, email, duty, verified, is_over; others that a sheet taken away has " +
      "are not read. Nothing changes yet.",
    look: "Look at what it would change",
    notRead: "The sheet was not read.",
    notDone: "Nothing was changed.",
    preview: (changes: number, faults: number) =>
      faults
        ? `${count(faults, "line")} cannot stand; nothing can be changed before`
        : changes
          ? `${count(changes, "line")} would change the directory`
          : "The directory says all of this already",
    done: (changes: number) => `${count(changes, "line")} changed the directory`,
    act: (changes: number) => `Change ${count(changes, "duty", "duties")}`,
    columns: { line: "Line", who: "Who", duty: "Duty", change: "What it does" },
    changes: {
      new: "A new duty",
      changed: "Another day of the check",
      same: "Known already",
      over: "Ends this duty",
      faulty: "Cannot stand",
    },
  },
  reached: {
    title: (reached: number, members: number) =>
      `${number(reached)} of ${count(members, "member")} reached`,
    about: "Whether they read, answered or came is theirs and the hosts’ to know",
    none: "No organization is linked to yours as a member.",
    missing: "Not reached",
    allReached: "Everybody was reached.",
    there: "Reached",
    columns: { name: "Member", why: "Why", next: "What helps" },
    why: {
      "not-invited": "Not invited",
      "no-duty-officer": "Nobody there is known to be on duty",
      "not-a-member": "Not a member of the exchange",
      "not-asked": "We did not ask them",
      "ceiling": "May not receive this label",
      "suspended": "Suspended",
    },
    next: {
      "not-invited": "Ask the hosts to invite them",
      "no-duty-officer": "Call them, and tell the steward who answers there",
      "not-a-member": "Tell them what the exchange is, and the steward whom to call",
      "not-asked": "Ask them, and tell the steward that you did",
      "ceiling": "Ask the steward what they may receive",
      "suspended": "Ask the steward",
    },
  },
  exchange: {
    title: "Exchange",
    nav: {
      label: "What stewards keep",
      coverage: "Coverage",
      organizations: "Organizations",
      tokens: "Tokens",
      collections: "Collections",
      grants: "Grants",
      elections: "Elections",
      audiences: "Audiences",
      holds: "Holds",
      audit: "Record",
    },
    failed: "Nothing was changed.",
    kept: "Kept.",
    all: "All",
    yes: "Yes",
    no: "No",
  },
  coverage: {
    head: (n: number, of: number) =>
      n === 0
        ? `All ${of} states and territories have somebody on duty`
        : `${number(n)} of ${of} states and territories have nobody on duty`,
    about: "A duty officer counts once somebody checked who it is",
    map: "States and territories",
    officers: (n: number) => `${number(n)} on duty`,
    nobody: "Nobody on duty",
    members: (n: number) => (n ? count(n, "member") : "No member"),
    unverified: "Members where nobody is known to be on duty",
    unverifiedNone: "Every member has somebody whose duty was checked.",
    unverifiedNext: "Say who answers there",
    known: "We did not ask them",
    knownNone: "There is nobody known to us whom nobody asked.",
    knownNext: "Write down who asked them",
    invited: "Asked, and not in yet",
    invitedNone: "Nobody who was asked is still outside.",
    invitedNext: "Write down how it stands",
    noNote: "Nothing is written down",
    columns: { name: "Organization", note: "What is known", next: "Next step" },
  },
  organizations: {
    head: (n: number, hasMore: boolean) =>
      `${hasMore ? "More than " : ""}${count(n, "organization")} ${
        n === 1 && !hasMore ? "is" : "are"
      } known here`,
    none: "No organization of this kind.",
    show: "Show",
    statuses,
    suspended: "Suspended",
    columns: {
      name: "Organization",
      sector: "Sector",
      status: "Where it stands",
      ceiling: "Up to",
    },
    add: "Add an organization",
    name: "Name",
    sector: "Sector",
    status: "Where it stands",
    ceiling: "It may receive up to",
    places: "Places it answers for",
    placesHint: "A state’s name or an office’s; a county nobody has yet by its code, such as 39035",
    note: "Who asked them, and when",
    addAct: "Add this organization",
    addFailed: "The organization is not added yet.",
    keepAct: "Keep these changes",
    links: "Belongs to",
    noLinks: "It is linked to no other organization.",
    linkKinds: { "member-of": "Member of", "part-of": "Part of", "owned-by": "Owned by" },
    linkKind: "How",
    linkTo: "Which organization",
    linkAct: "Link these two",
    linkFailed: "They are not linked yet.",
    tokens: "Tokens of its programs",
    tokensAbout:
      "A program acts for the organization with a token of it, which its admins or you make.",
    toTokens: "See its tokens, and make one",
    access: "Access",
    suspendAbout: "Takes all access from its people and tokens at once. What it shared stays.",
    suspend: (name: string) => `Suspend ${name}`,
    reinstate: (name: string) => `Give ${name} its access back`,
  },
  tokens: {
    head: (n: number, hasMore: boolean) =>
      `${hasMore ? "More than " : ""}${count(n, "token")} let${
        n === 1 && !hasMore ? "s" : ""
      } programs in`,
    none: "No program has a token.",
    columns: { name: "Token", of: "Of", rights: "May", state: "State", next: "Next step" },
    certificate: "Certificate",
    readOnly: "Read only",
    everything: "Read and write",
    make: "Make one on the page of its organization",
    narrowed: (n: number) => `in ${count(n, "collection")} only`,
    until: (day: string) => `Ends ${day}`,
    forever: "Has no end",
    revoked: "Revoked",
    revoke: "Revoke",
  },
  collections: {
    head: (n: number) => `${count(n, "collection")} hold${n === 1 ? "s" : ""} what is shared`,
    columns: { title: "Collection", label: "What has no label is", who: "Who reads it" },
    public: "Anyone what is CLEAR, others by grant",
    granted: "Who has a grant",
    builtIn: "Kept by the exchange itself",
    add: "Add a collection",
    title: "Title",
    alias: "Short name for programs",
    description: "What it is for",
    label: "What comes without a label is treated as",
    isPublic: "Anyone may read what is CLEAR in it, without signing in",
    publisher: "Whose objects count where two say different things",
    publisherHint: "Identity id of an organization",
    addAct: "Add this collection",
    addFailed: "The collection is not added yet.",
    keepAct: "Keep these changes",
  },
  grants: {
    head: (n: number) =>
      `${count(n, "grant")} say${n === 1 ? "s" : ""} who may use which collection`,
    none: "No grant was given. Organizations use only what is public.",
    columns: {
      collection: "Collection",
      to: "To",
      rights: "May",
      until: "Until",
      next: "Next step",
    },
    read: "Read",
    write: "Write",
    rights: (mayRead: boolean, mayWrite: boolean) =>
      list([mayRead ? "read" : "", mayWrite ? "write" : ""].filter(Boolean)),
    forever: "Has no end",
    everyone: "All members",
    sector: (name: string) => `All of: ${name}`,
    take: "Take it back",
    give: "Give a right",
    collection: "Collection",
    to: "To whom",
    toHint: "An organization’s name or id, sector:state and the like, or all",
    purpose: "What for",
    giveAct: "Give this right",
    giveFailed: "The right is not given yet.",
    noRight: "Choose read, write or both.",
  },
  audiences: {
    head: (n: number, hasMore: boolean) =>
      n === 0
        ? "No audience has a name yet"
        : `${hasMore ? "More than " : ""}${count(n, "audience")} ${
            n === 1 && !hasMore ? "has" : "have"
          } a name`,
    about: "Yours, and those that admit you. Administering shows no others",
    none: "An audience says who may read what is marked with it: people, offices, all of a kind.",
    columns: { name: "Audience", of: "Defined by", whom: "Admits", use: "May do" },
    members: (n: number) => count(n, "organization"),
    people: (n: number) => count(n, "person", "people"),
    tokensOf: (n: number) => count(n, "token"),
    matching: (of: readonly string[]) => `everyone ${of.join(", ")}`,
    ofSectors: (names: readonly string[]) =>
      `of ${either(names.map((name) => name.toLowerCase()))}`,
    within: (places: readonly string[]) => `within ${either(places)}`,
    withRole: (names: readonly string[]) => `who ${either(names)}`,
    roleDoes: {
      member: "reads and answers",
      publisher: "publishes",
      observer: "only reads",
      admin: "manages an office’s people",
      steward: "is a steward",
    } as Record<string, string>,
    legend: "Who is admitted",
    admits:
      "Admitted is whoever is named here; and, of those who are not, whoever fits every one of " +
      "the three lists below that says anything: sectors, places, roles. Three absent lists " +
      "match nobody. A program’s token has no role: a list of roles leaves it out, unless it is " +
      "named.",
    named: "Named",
    fitting: "Or whoever fits all of these",
    tokens: "Tokens of programs",
    tokensHint: "Type what a token is for, or the name of its organization",
    sectors: "Sectors",
    sectorsHint: "None ticked: any sector",
    roles: "Roles",
    rolesHint: "None ticked: any role",
    roleNames: {
      member: "Members, who read and answer",
      publisher: "Publishers, who share and host",
      observer: "Observers, who only read",
      admin: "Admins of an office’s people",
      steward: "Stewards",
    },
    add: "Name an audience",
    name: "Name",
    organizations: "Organizations",
    organizationsHint: "Type the beginning of a name",
    peopleField: "People",
    peopleHint:
      "Type the beginning of a name, or a whole e-mail address. TLP:RED opens to people and " +
      "tokens only",
    byEmail: "by this address",
    places: "Places",
    placesHint: "None chosen: anywhere. Type the beginning of a state’s name, or of an office’s",
    use: "What they may do with what is marked so",
    noUse: "Nothing is said of it",
    useText: "The same in words",
    addAct: "Name this audience",
    addFailed: "The audience is not named yet.",
    whom: (names: readonly string[]) => list(names.filter(Boolean)),
  },
  holds: {
    head: (n: number) =>
      n === 0 ? "Nothing is held" : `${count(n, "hold")} keep${n === 1 ? "s" : ""} things here`,
    about: "For requests for records, and for courts: what is held is not removed",
    none:
      "While a hold stands, what it covers is not removed: no bytes, no files, no mail. What was " +
      "taken back is read by nobody all the same.",
    columns: { what: "What is held, and why", placed: "Since", next: "Next step" },
    everything: "Everything",
    unknown: "Something that is not here, or that you may not read:",
    console: "The console",
    released: (when: string) => `Released on ${when}`,
    release: "Release it",
    releasing: "What it covers may then be removed again, if no other hold covers it.",
    releaseAct: "Release this hold",
    notReleased: "The hold still stands.",
    keep: "Leave it",
    place: "Place a hold",
    object: "What is to be held",
    objectHint:
      "Type words of its title, or its whole id. Of a briefing its answers, questions, files and " +
      "mail are held too. Left empty: everything",
    byId: "by this id, whether it is here or not",
    reason: "Why",
    reasonHint: "It goes on the record",
    placeAct: (isAll: boolean) => (isAll ? "Hold everything" : "Hold this"),
    notPlaced: "Nothing is held by this yet.",
  },
  audit: {
    head: "Who did what, newest first",
    none: "No row fits.",
    verb: "What was done begins with",
    verbHint: "Such as org., grant.put or session.",
    object: "On which object",
    filter: "Show these",
    columns: { time: "When", verb: "What", object: "On", who: "Who", outcome: "Outcome" },
    console: "The console",
    verify: "Check the chain of the record",
    whole: (rows: number) => `The chain is whole: ${count(rows, "row")} checked`,
    broken: (fault: string) => `The chain is broken: ${fault}`,
    notChecked: "The chain was not checked.",
  },
};
