/*
 * The people of one's own office, for who manages their accounts.
 */
import { count, spelled } from "./count";

export const office = {
  title: "People",
  notYours: "You keep nobody’s account here",
  head: (n: number, hasMore: boolean) =>
    `${spelled(n, "person", "people")}${hasMore ? " and more" : ""} in your care`,
  about: "You manage these accounts. What they read you do not read by that.",
  empty: "Nobody is here yet. Invite the first person.",
  waiting: (n: number) => `${count(n, "recovery", "recoveries")} waiting`,
  toTokens: "Tokens of your programs",
  toAccount: "Add a second step under your account",
  invite: {
    act: "Invite somebody",
    title: "Invite somebody",
    organization: "Office",
    name: "Name",
    email: "E-mail address",
    phone: "Phone number",
    phoneHint: "One you looked up yourself. It is how you know them if they lose their phone.",
    roles: "What may they do?",
    role: {
      member: "Read what the office may read, and answer invitations",
      publisher: "Publish, and host briefings",
      observer: "Read only",
      admin: "Manage the people of this office",
      steward: "Steward of the exchange",
    },
    send: (name: string) => (name ? `Invite ${name}` : "Invite them"),
    notInvited: "Nobody was invited yet.",
    cancel: "Not now",
    notice:
      "This makes their account. Those who manage this office’s accounts, and stewards, see it. " +
      "Joining is up to them, and before it they are shown who invites them, what is kept, and " +
      "who sees it.",
    affiliated: (name: string) =>
      `${name} has an account already and now acts for this office too.`,
  },
  made: {
    title: (name: string) => `The link for ${name}`,
    about: "Give it to them yourself. It is not shown again, and whoever has it sets the sign-in.",
    link: "Link",
    copy: "Copy the link",
    copied: "Copied.",
    until: (when: string) => `Good until ${when}, or until a sign-in is set.`,
    waits: (when: string) =>
      `It opens on ${when}: the account has a sign-in, so its owner is told and ` +
      "has 24 hours to refuse. Another steward can confirm it sooner.",
    done: "I have passed it on",
  },
  row: {
    suspended: "Suspended",
    noPhone: "no number on file",
    waits: (who: string, when: string) => `Sign-in link by ${who} opens ${when}`,
    console: "the operator",
  },
  recover: {
    act: "New sign-in link",
    title: (name: string) => `A new sign-in link for ${name}`,
    call: (phone: string) =>
      `Call ${phone}, the number on file, and speak with them. Do not use a number ` +
      "from the request.",
    noPhone: "No number is on file. Meet them, or ask a steward.",
    called: "I called the number on file and spoke with them",
    met: "I have met them in person",
    calledNeeded: "Say how you know that it is them.",
    send: (name: string) => `Make the link for ${name}`,
    notMade: "No link was made.",
    cancel: "Not now",
  },
  confirm: {
    act: "Confirm the link",
    about: (phone: string) =>
      `Call ${phone} yourself before you confirm. The link then opens at once.`,
    send: (name: string) => `I spoke with ${name}: open the link now`,
    notConfirmed: "The link still waits.",
    mine: "You made it; another steward can confirm it.",
    cancel: "Not now",
  },
  suspend: {
    act: "Suspend",
    about: "It ends all access at once: sessions, tokens, everything. What they wrote stays.",
    send: (name: string) => `Suspend ${name} now`,
    back: "Give access back",
    notDone: "Nothing was changed.",
    cancel: "Not now",
  },
};
