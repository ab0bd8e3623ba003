/*
 * What hosts do together: approvals, hosts, the agenda, and editing at the same time as others.
 */
import { count, list, spelled } from "./count";

type Scope = "audience" | "agenda" | "release";

const scopes: Record<Scope, string> = {
  audience: "Audience",
  agenda: "Agenda",
  release: "Release to public",
};

const inSentence: Record<Scope, string> = {
  audience: "the audience",
  agenda: "the agenda",
  release: "what may be public",
};

export const together = {
  approvals: {
    title: "Hosts and their approvals",
    alone: "You host this alone, so nobody is asked.",
    everyHost: (n: number) =>
      n === 2 ? "Both hosts approved it" : `All ${spelled(n, "host").toLowerCase()} approved it`,
    given: (given: number, all: number) => `${given} of ${all} given`,
    host: "Host and approver",
    scopes,
    you: "you",
    nobodyNamed: "Any publisher answers",
    named: (name: string, deputies: number) =>
      deputies === 0 ? name : `${name}, ${count(deputies, "deputy", "deputies")}`,
    yes: (day: string) => `Yes, ${day}`,
    no: (day: string) => `No, ${day}`,
    open: "Still open",
    never: "Not answered",
    without: (day: string) => `Went on without, ${day}`,
    asked: (day: string) => `asked ${day}`,
    askedAgain: (day: string) => `changed, asked ${day}`,
    onlyHosts: "Only the hosts see this.",
    covers: {
      audience: "Whom to invite, and up to which label.",
      agenda: "Title, what it is about, length, and every item.",
      release: "That it takes place may be public: hosts, day, and titles that are TLP:CLEAR.",
    } satisfies Record<Scope, string>,
    mine: (n: number) =>
      `${spelled(n, "answer")} from your organization ${n === 1 ? "is" : "are"} open`,
    approve: (scope: Scope) => `Approve ${inSentence[scope]}`,
    refuseOf: (scope: Scope) => `No to ${inSentence[scope]}`,
    reason: "What would have to change?",
    notice:
      "It goes out in the name of your organization too. The hosts see your answer, with your " +
      "name and, of a no, the reason; those invited do not. You may leave it open, but silence " +
      "is never a yes.",
    sayNo: (scope: Scope) => `Say no to ${inSentence[scope]}`,
    close: "Keep it open",
    notKept: "Your answer is not kept.",
    whoWillGet: "Who would get it",
    notYours: "Your approver and deputies answer for you.",
  },
  waiting: {
    others: (host: string, scope: Scope, isAgain: boolean, n: number) =>
      `${spelled(n, "answer is", "answers are")} still open: ${host} has not approved ` +
      `${isAgain ? "the changed " : "the "}${scope === "release" ? "release to public" : scope}.`,
    no: (host: string, scope: Scope) => `${host} said no to ${inSentence[scope]}.`,
    why: (reason: string) => `“${reason}”`,
    waysOn: {
      audience:
        "A no holds until they say yes. Change whom you invite or the label, and they are asked " +
        "again; or they may leave the hosts by themselves; or you call it off.",
      agenda:
        "A no holds until they say yes. Change the agenda or take the item out, and they are " +
        "asked again; or they may leave the hosts by themselves; or you call it off.",
      release:
        "A no holds until they say yes: it is not made public. Invitations do not wait for this.",
    } satisfies Record<Scope, string>,
    change: {
      audience: "Change the audience",
      agenda: "Change the agenda",
      release: "Change the briefing",
    } satisfies Record<Scope, string>,
    who: (name: string, deputies: number) =>
      deputies === 0 ? name : `${name} and ${count(deputies, "deputy", "deputies")}`,
    told: (who: string, when: string) => `${who} will be told again ${when}.`,
    notTold: (who: string) => `${who} has been told three times.`,
    from: (when: string) =>
      `From ${when}, you may go on without what hangs on this answer; until then, move the ` +
      "briefing or ask.",
    call: (name: string, phone: string) => `Call ${name}, ${phone}`,
    whomToCall: "Whom to call there",
    goOn: (host: string) => `Go on without ${host}`,
    goOnMore: "Items they present, and those they have not seen, are left out.",
    notGone: "Nothing was left out.",
    lacks: (host: string, scope: Scope) => `${host} has not approved ${inSentence[scope]} yet.`,
    blocked: "Nothing is sent before every host has approved audience and agenda.",
    urgent: "Is it urgent?",
    urgentMore:
      "All hosts have agreed to this audience before, so one of you may brief it without waiting.",
    urgentWhy: "Why can it not wait?",
    urgentNotice:
      "The other hosts are shown your reason, and as a part of the briefing everyone invited may " +
      "read it. Nobody has to hurry: without a reason it waits for all hosts.",
    sendUrgent: (n: number) => `Send to ${count(n, "person", "people")} without waiting`,
  },
  hosts: {
    also: "Also host with",
    alsoHint: "A member of this exchange.",
    alsoNotice:
      "Every host is asked, and sees whom you propose; the one proposed sees nothing before all " +
      "have said yes. You need nobody else to host.",
    proposalNotice: (name: string) =>
      "Every host has a say in who hosts with them. The hosts see your answer, and " +
      `${name} would too, once a host. While you leave it open, ${name} does not host.`,
    answersNotice:
      "So that the other hosts know whom to ask; they see the names and phone numbers, and those " +
      "invited do not. If you name nobody, any publisher of yours answers.",
    alsoMakeHint: "Members of this exchange. They own it with you from the start.",
    ask: (name: string) => `Ask ${name} to host with you`,
    askAny: "Ask them to host with you",
    noSuch: "There is no member of this name. Choose one of the list.",
    add: "Add",
    takeOut: "Take out",
    proposed: (name: string) => `Shall ${name} host it too?`,
    voices: (yes: readonly string[], open: readonly string[]) =>
      `${list(yes)} said yes.${open.length ? ` ${list(open)} still to answer.` : ""}`,
    voiceNo: (name: string, why: string) => `${name} said no: ${why}`,
    yes: (name: string) => `Yes, host it with ${name}`,
    no: (name: string) => `No, not with ${name}`,
    why: "Why not?",
    notKept: "Your answer is not kept.",
    who: "Who answers for you",
    approver: "Approver",
    deputy: (n: number) => `Deputy ${n}`,
    nobody: "Nobody",
    keep: "Keep who answers",
    notNamed: "Who answers is not kept.",
    leave: "Leave the hosts",
    leaveMore:
      "You will see this briefing only if you are invited. The others go on; what you wrote stays.",
    leaveAct: "Leave, and let the others go on",
    notLeft: "You are still a host.",
    stay: "Stay",
  },
  agenda: {
    title: "Agenda",
    item: (n: number) => `Item ${n}`,
    titleOf: "Title",
    about: "What it says",
    minutes: "Minutes",
    label: "Label",
    presenter: "Who presents it",
    presenterHint: "Somebody of the list, or any words.",
    redHint: "Before the call only its place is kept: who holds it, and for how long.",
    onlyFor: "Only for",
    onlyForHint: "Everyone invited, unless you name some of them. The others see no gap.",
    up: "Move up",
    down: "Move down",
    takeOut: "Take it out",
    add: "Add an item",
    moved: (n: number, to: number) => `Item ${n} is item ${to} now.`,
    taken: (n: number) => `Item ${n} is taken out.`,
    onlySome: (n: number) => `Only ${count(n, "organization")}`,
    all: "All invited",
    byName: "By name, in the call",
    holder: "Its text opens in the call",
    changed: (day: string) => `Changed ${day}`,
    more: "More about this item",
  },
  commitments: {
    title: "Commitments",
    open: (n: number) => `${n} still open`,
    none: "Nothing was promised. If something was, note it here: what, who, and by when.",
    add: "Add one",
    columns: { what: "What and who", by: "By", state: "State" },
    what: "What was promised",
    who: "Who promised it",
    day: "By which day",
    keep: "Keep the promise",
    notice:
      "So that it is not forgotten: whoever promised finds it on home until it is done. The " +
      "hosts and every organization that was there read it. Nobody has to promise or note " +
      "anything.",
    settleNotice:
      "Say what became of it if you like. The hosts and every organization that was there see it.",
    notKept: "It is not kept yet.",
    noDay: "No date yet",
    from: (day: string) => `From ${day}`,
    carried: "carried over",
    stillOpen: "Still open",
    late: "Late",
    done: "Done",
    dropped: "Dropped",
    isDone: "It is done",
    otherDay: "Set the date",
    setDay: "Keep this date",
    drop: "Drop it",
    mine: (what: string) => `You promised: ${what}`,
    look: "Say what became of it",
  },
  series: {
    title: "Next edition",
    there: "See the next edition",
    isThere: "The next edition is made already.",
    another: "Make another one",
    carry: "What is carried over?",
    about:
      "The same hosts, audience and way to join, a fortnight on. It is a draft; what was " +
      "promised and is open goes with it by itself.",
    make: (n: number) => `Make edition ${n}`,
    notMade: "The next edition is not made.",
    before: "The edition before",
    after: "The next edition",
  },
  edit: {
    act: "Edit",
    crumb: "Edit",
    title: (title: string) => `Change “${title}”`,
    facts: "What the others approved is asked again only where you change it.",
    factsSent: "Those invited are told by mail if title or time change.",
    keep: "Keep the changes",
    notice: (isDraft: boolean) =>
      (isDraft
        ? "The hosts read what you write; once you send it, those invited do too"
        : "Those invited read what you write as soon as you keep it") +
      ", an item only those it is for, and how to join from 30 minutes before. You need not " +
      "change anything.",
    back: "Back without changing it",
    failed: "Your changes are not kept yet.",
    fields: {
      title: "Title",
      about: "What it is about",
      join: "How to join",
      when: "When",
      audience: "With whom",
      items: "Agenda",
      label: "Label",
    },
    what: "What is different",
    raced: "Somebody else changed this briefing while you did.",
    racedMore:
      "What you typed is still here. Look at what is different, then press the button again.",
    theirs: "They wrote",
    yours: "You have",
    takeTheirs: "Take theirs",
    empty: "nothing",
    onlyTheirs: "You did not change this, so theirs stands.",
  },
};
