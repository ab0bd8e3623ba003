/*
 * One's own account.
 */
import { count, list, spelled } from "./count";

export const account = {
  crumb: "Your account",
  titles: {
    inOrder: "Your account is in order",
    onePassword: "Only a password guards your account",
    noCodes: "You have no recovery codes",
    linkMade: "Somebody made a sign-in link for your account",
    contactWaits: "How you are reached is about to change",
  },
  office: "Admins and stewards need a second step to do what only they may.",
  for: (name: string, organization: string) => `${name}, for ${organization}`,
  steps: {
    second: "Add a passkey, or an app on your phone. A stolen password then opens nothing.",
    codes: "Make ten recovery codes and keep them on paper.",
    codesMore:
      "Without them, a lost phone means calling the people who manage your office’s accounts.",
  },
  links: {
    by: (who: string, when: string) => `Made by ${who}, ${when}.`,
    console: "the exchange’s operator",
    opens: (when: string) => `It opens on ${when}.`,
    open: "It can be used now.",
    refuse: "I did not ask for this: end it",
    notRefused: "The link still stands.",
  },
  who: {
    title: "For whom you act",
    about: "Each office has a session of its own. You never see two offices’ things at once.",
    current: "You act for them now",
    roles: {
      steward: "steward",
      admin: "manages accounts",
      publisher: "publishes and hosts",
      member: "member",
      observer: "reads",
    },
  },
  contact: {
    title: "How you are called and reached",
    name: "Name",
    email: "E-mail address",
    phone: "Phone",
    noPhone: "none on file",
    change: "Change name, address or phone",
    about:
      "A change counts after 24 hours. We tell your address of now, which can stop " +
      "it: so nobody takes your account over unseen. A new address is mailed a link " +
      "by which you confirm that it is yours.",
    phoneHint: "The number you are called on to be sure that it is you.",
    notice:
      "Whoever reads what you answer, host or write sees your name. Those who manage your " +
      "office’s accounts, and stewards, see address and number; members do if you are a duty " +
      "officer, and other hosts see the number if you answer for a host. The number may stay " +
      "empty: then no mailed link takes your answer.",
    act: "Ask for the change",
    notChanged: "Nothing was changed.",
    waits: (when: string) => `From ${when} on:`,
    told: (email: string) => `${email} was told and can stop it.`,
    unconfirmed: (email: string) =>
      `Open the link that we mailed to ${email} before then. Without it nothing changes.`,
    withdraw: "Withdraw the change",
    keep: "Leave it as it is",
  },
  zone: {
    label: "Times are shown in",
    browser: (zone: string) => `This browser’s time zone (${zone})`,
    kept: "Kept.",
    notKept: "The time zone is not kept yet.",
  },
  signIn: {
    title: "What you sign in with",
    password: "Password",
    has: "Set",
    none: "None",
    change: "Change the password",
    set: "Set a password",
    old: "The password you have now",
    next: "A new password",
    nextHint: "At least 12 characters. It signs you out everywhere else.",
    act: "Set this password",
    notSet: "The password is as it was.",
    wasSet: "The new password is set. Other sessions were ended.",
    passkey: "Passkey",
    app: "Authenticator app",
    added: (when: string) => `added ${when}`,
    used: (when: string) => `last used ${when}`,
    never: "not used yet",
    remove: "Remove",
    confirm: (name: string) => `Remove “${name}”`,
    removeAbout: "It will not open your account any more.",
    keep: "Keep it",
    notRemoved: "It is still there.",
    weak: "You signed in with the password alone. Sign in with the second step to remove anything.",
    name: "What do you want to call it?",
    addPasskey: "Add a passkey",
    addApp: "Add an authenticator app",
    makePasskey: "Make the passkey",
    notAdded: "Nothing was added.",
    wasAdded: (name: string) => `“${name}” is added.`,
    cancel: "Not now",
    codes: "Recovery codes",
    codesLeft: (n: number) => (n === 0 ? "None" : `${n} of 10 left`),
    codesLater: "Each stands in once for a lost passkey or app. Add one of those first.",
    newCodes: "Make ten new codes",
    newCodesAbout: "The ones you have end.",
  },
  sessions: {
    title: "Where you are signed in",
    this: "this browser",
    shared: "shared computer",
    since: (when: string) => `since ${when}`,
    used: (when: string) => `last used ${when}`,
    end: "Sign out there",
    endOthers: (n: number) => `Sign out ${count(n, "other session")}`,
    notEnded: "It is still signed in.",
  },
  connect: {
    title: "Where programs connect",
    discovery: "TAXII 2.1 discovery",
    root: "TAXII 2.1 API root",
    how: "The token is sent as a bearer token, or as the password of the user “token”.",
    tools: "What to set in OpenCTI, MISP, Sentinel, Splunk and others",
    collections: "Collections, by id",
  },
  tokens: {
    title: "Tokens for programs",
    about: "A program with a token acts as you, for this office. Give each program its own.",
    none: "No program acts as you.",
    name: "What is it for?",
    nameHint: "The program’s name, so that you know what to revoke.",
    readOnly: "It may only read",
    expires: "It ends after",
    days: (n: number) => count(n, "day"),
    never: "It does not end by itself",
    add: "Make a token",
    act: "Make this token",
    notMade: "No token was made.",
    made: "Copy the token now. It is not shown again.",
    secret: "Token",
    copy: "Copy it",
    copied: "Copied.",
    done: "I have it",
    shownBefore:
      "The token was made, and its secret was on its way to you before. It is not shown twice: " +
      "revoke the token, and make another.",
    where: "Only in these collections",
    whereHint: "None ticked: in all that it may use.",
    noCollections: "The collections to choose from did not come.",
    notice:
      "A program that has it reads what you read, also what is under TLP:RED for you, and writes " +
      "in your name unless it only reads. Nobody need make one. You and the stewards see its " +
      "name, what it may do and when it ends; nobody sees the secret again.",
    certificate: "certificate",
    only: (titles: readonly string[]) => `only in ${list(titles)}`,
    forever: "does not end by itself",
    reads: "reads",
    writes: "reads and writes",
    until: (when: string) => `until ${when}`,
    revoked: "Revoked",
    over: "Over: it opens nothing any more",
    revoke: "Revoke",
    revokeAbout: "The program that has it is refused from the next request on.",
    confirm: (name: string) => `Revoke “${name}”`,
    keep: "Keep it",
    notRevoked: "The token still works.",
    revokeAll: (n: number) => `Revoke all ${n}`,
    revokeAllAbout: "Every program that signs in as you is refused from the next request on.",
    confirmAll: (n: number) => `Revoke all ${n} tokens`,
    keepAll: "Keep them",
    notRevokedAll: "The tokens still work.",
  },
};

/* Of an organization and of no person. */
export const organizationTokens = {
  here: "Tokens",
  organizations: "Organizations",
  head: (n: number, hasMore: boolean, name: string) =>
    `${spelled(n, "program")}${hasMore ? " and more" : ""} may act for ${name}`,
  about: "Each token is one program’s. The id under each names it in an audience",
  notYours: (name: string) => `The tokens of ${name} are not open to you yet`,
  none:
    "No program acts for this organization. A token lets one in: a threat-intelligence platform " +
    "that pulls over TAXII, or a sweep of your own logs.",
  notice: (name: string) =>
    `A program that has it reads what ${name} reads, but nothing under TLP:RED, and writes where ` +
    "it may write, unless it only reads. Nobody need make one. Admins of the organization and " +
    "stewards see its name, what it may do and when it ends; nobody sees the secret again.",
};

/* Whoever reads the new address confirms that it is theirs. */
export const contactConfirm = {
  title: "Is this your address?",
  about:
    "Somebody who is signed in to an account of this exchange gave this address as " +
    "theirs. If that was you, say so here. It counts 24 hours after you asked for it.",
  else: "If it was not you, close this page: nothing changes.",
  act: "It was me: this is my address",
  failed: "The address is not confirmed.",
  done: "The address is confirmed",
  then:
    "Once the 24 hours are over you sign in with it, and mail about your account " +
    "goes there. Until then the old address can still stop the change.",
  toAccount: "Go to your account",
};

/* Whoever reads the old address stops a change. */
export const contactStop = {
  title: "Was it you who changed this account?",
  about:
    "Somebody who was signed in to the account of this address has changed its " +
    "name, address or phone number. It counts 24 hours after that.",
  else: "If it was you, close this page. Nothing more is needed.",
  act: "It was not me: stop the change",
  failed: "The change is not stopped.",
  done: "The change is stopped",
  then:
    "Now sign in, end the sessions you do not know, and set another password. If " +
    "you cannot, call the people who manage your accounts.",
  toAccount: "Go to your account",
};
