/*
 * Signing in, and setting what one signs in with.
 */
export const signIn = {
  title: "Sign in",
  overTitle: "Sign in again",
  over:
    "Your session has ended: it was idle too long, was ended from another place, or your access " +
    "was stopped. What you typed on the page is kept. Sign in and go on.",
  overShared:
    "Your session has ended, as it does on a shared computer after 15 minutes without a click. " +
    "What you had open is gone from this screen; drafts are kept by the exchange.",
  email: "E-mail address",
  password: "Password",
  shared: "This computer is used by others too",
  sharedHint: "You are signed out after 15 minutes without a click.",
  act: "Sign in with a password",
  passkeyTitle: "With a passkey",
  passkeyAbout: "Your device asks for your finger, face or PIN. Nothing to type.",
  passkeyAct: "Sign in with a passkey",
  passwordTitle: "With e-mail address and password",
  failed: "You are not signed in yet.",
  noPasskeys: "This browser has no passkeys. Use your password.",
  chairsTitle: "Whose chair do you want to take?",
  chairsAbout:
    "This is an exercise on this machine alone. Each chair shows the same story from another " +
    "side; take one, sign out, and take the next.",
  take: (title: string) => `Sit down as ${title}`,
  withPassword: "Sign in with a password instead",
  second: {
    title: "One more step",
    about: "Your password was right. Your account asks for a second proof that it is you.",
    passkey: "Use your passkey",
    code: "Code of your authenticator app",
    codeHint: "Six digits that change every 30 seconds.",
    act: "Sign in with this code",
    recovery: "Recovery code",
    recoveryHint: "One of the ten you printed. Each works once.",
    recoveryAct: "Sign in with this recovery code",
    toCode: "Use a code of your authenticator app",
    toRecovery: "Use a recovery code",
    toPasskey: "Use your passkey instead",
    back: "Sign in as somebody else",
  },
  help: {
    title: "If you cannot get in",
    order: [
      "A recovery code stands in for a lost phone or key: sign in with your " +
        "password, then choose “Use a recovery code”.",
      "Another passkey or app that you added works as well as the lost one.",
      "Else call the person who manages your office’s accounts. They call you back " +
        "on the number on file and make you a sign-in link.",
    ],
    steward: (contact: string) => `If nobody in your office can, call the stewards: ${contact}.`,
    noContact: "If nobody in your office can, call whoever runs this exchange.",
    suspended:
      "A suspended account is refused with the same words as a wrong password. The " +
      "person who manages your accounts can tell you.",
    never: "Nobody from here asks for your password, by mail or by phone.",
  },
};

export const passkeys = {
  cancelled: "The device did not finish. Nothing was changed; press the button when you are ready.",
  known: "This device holds a passkey for this account already.",
  unusable: "This browser cannot use passkeys here.",
};

export const link = {
  steps: (n: number) => `Step ${n} of 3`,
  looking: "Your link",
  invited: (by: string, exchange: string) => `${by} invites you to ${exchange}`,
  invitedPlain: (exchange: string) => `You are invited to ${exchange}`,
  again: (organization: string) => `Set a new sign-in for ${organization}`,
  by: (person: string | undefined, organization: string) =>
    person ? `${person} of ${organization}` : organization,
  forWhom: (name: string, organization: string) => `${name}, for ${organization}`,
  until: (when: string) => `The link is good until ${when}`,
  nothingYet:
    "Nothing has happened yet: opening the link changes nothing until you press the button.",
  aboutNew:
    "Here agencies, election offices and companies brief each other. You set how " +
    "you sign in, and " +
    "then see what is meant for your office.",
  aboutAgain:
    "What you set now takes the place of the password, passkeys, app and recovery codes that you " +
    "had, and signs you out everywhere else.",
  kept: {
    title: "What is kept of you, and who sees it",
    rows: [
      ["Name and office", "Whoever reads what you answer, host or write."],
      [
        "E-mail address and phone",
        "The people who manage your office’s accounts, and stewards. If you are a " +
          "duty officer: members, to reach you. If you answer for a host: other hosts, the number.",
      ],
      [
        "What you sign in with",
        "Nobody. A password is kept as a scrambled form, a passkey as its public half.",
      ],
      ["When you signed in", "Stewards, in the audit log."],
      ["From where", "You, under your account."],
      [
        "What you were shown",
        "Noted in receipts, so that corrections reach you. Whoever shared a thing, and stewards, " +
          "may ask how many were given it, and of a few things who.",
      ],
    ] as readonly (readonly [what: string, who: string])[],
    voluntary: "Joining is up to you. If you do not want to, close this page.",
  },
  begin: (name: string) => `Begin as ${name}`,
  notBegun: "Nothing has been opened yet.",
  waits: (when: string) => `This link opens on ${when}`,
  waitsAbout:
    "It was made for an account that has a sign-in already, so it waits 24 hours: the owner is " +
    "told and may refuse it. A second steward can confirm it sooner. Open it again then.",
  dead: "This link opens nothing any more",
  deadReasons: [
    "It was used: once a password or passkey is set, the link ends. Then just sign in.",
    "It is older than 14 days. Ask whoever sent it for another.",
    "It was cut short by your mail program. Copy it whole.",
    "The owner of the account refused it.",
  ],
  toSignIn: "Go to sign in",
  wrongTitle: "Somebody else is signed in here",
  wrong: (signedIn: string, meant: string) =>
    `This browser is signed in as ${signedIn}. The link is for ${meant}.`,
  wrongAct: (name: string) => `Sign ${name} out and go on`,
  set: {
    title: "How will you sign in?",
    passkeyTitle: "A passkey, the safest and the quickest",
    passkeyAbout:
      "Your phone, computer or security key keeps it, behind your finger, face or " +
      "PIN. It cannot be guessed, or given away to a false page.",
    passkeyAct: "Make a passkey on this device",
    noPasskeys: "This browser has no passkeys, so a password and an app it is.",
    notMade: "No passkey is set yet.",
    passwordTitle: "Or a password and an app on your phone",
    passwordChoose: "Use a password and an app instead",
    password: "A new password",
    passwordHint: "At least 12 characters. A few words that do not belong together will do.",
    passwordAct: "Set this password",
    notSet: "No password is set yet.",
    shared: "On a shared computer, do not make a passkey: whoever uses it next would have it.",
  },
  app: {
    title: "Add the app on your phone",
    later: "Do it later, under your account",
  },
  done: {
    title: "You are in. Keep these ten codes",
    next: "Go to what needs your answer",
  },
};

/* What a recovery leaves as it was. */
export const tokensLeft = {
  head: "Your password is set",
  title: "Tokens of yours that still work",
  count: (n: number) => (n === 1 ? "1 token" : `${n} tokens`),
  about:
    "Programs that have one of these go on signing in as you: setting a new sign-in does not " +
    "stop them. Revoke them if somebody else may have them, or if you do not know them.",
  end: (n: number) => (n === 1 ? "Revoke this token" : `Revoke all ${n} tokens`),
  endAll: "Revoke all of these tokens",
  notEnded: "The tokens still work.",
  notShown: "Whether tokens of yours still work is not known.",
  ended: "No token of yours works any more.",
  next: "Go to your account",
};

export const app = {
  scan: "Scan this with an authenticator app on your phone.",
  image: "QR code with the key below",
  type: "Or type this key into the app:",
  onPhone: "Open the app on this phone",
  code: "The code the app shows now",
  codeHint: "Six digits. They prove that the app has the key.",
  act: "Add this app",
  notAdded: "The app is not added yet.",
};

export const codes = {
  about:
    "Each code stands in once for a lost phone or key. Keep them on paper, away " +
    "from the device. They are not shown again.",
  list: "Recovery codes",
  print: "Print the codes",
  save: "Save as a text file",
  file: "tocsin-recovery-codes.txt",
  fileHead: (exchange: string, email: string) => `${exchange}\nRecovery codes of ${email}\n`,
  notMade: "No codes were made.",
};

/* Instead of what the exchange says of a field, by its pointer: it speaks this language itself. */
export const faults: Record<string, string> = {};
