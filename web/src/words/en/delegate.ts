/*
 * Sending someone else to a call.
 */
export const delegate = {
  delegate: {
    who: "Who goes in your place?",
    rule:
      "A colleague with an account here, or a checked duty officer of the state or association " +
      "that your office belongs to, is invited at once.",
    nobody:
      "Nobody else of your office has an account here, and your state or association has no duty " +
      "officer whom we have checked. You can still send somebody of your office.",
    newcomer: "Somebody of my office who has no account",
    notice:
      "It tells the hosts who comes instead of you; they and your office see it. You need not " +
      "send anybody.",
    act: (name: string) => `Send ${name} in my place`,
    close: "Leave my answer as it is",
    closeUnanswered: "Answer for myself",
  },
  newcomer: {
    about:
      "They get an account of your office, which reads up to GREEN until a second person has " +
      "called them. To a CLEAR or GREEN call they are invited at once, to another one after " +
      "that, if it is before the call begins.",
    name: "Their name",
    email: "Their e-mail address",
    phone: "Their phone number",
    phoneHint: "Somebody other than you calls it, to be sure that it is them.",
    vouch: "I know this person and vouch for them",
    notice:
      "The address gets the link by which they join. Those who manage your office’s accounts, " +
      "and stewards, see all of it; the hosts and your office see the name, and hosts who are " +
      "to call the number and who vouched. You need not send anybody.",
    send: (name: string) => `Vouch for ${name || "them"} and send them in my place`,
    notSent: "Nobody is sent yet.",
    waitsFor: (name: string) => `${name} goes in your place after a second person has called them.`,
    lapsed: (name: string) =>
      `Nobody had called ${name} before the call began, so they are not sent.`,
    refused: (name: string) =>
      `${name} is not sent: whoever goes without an account is called first, and has to be ` +
      "confirmed.",
    call: (name: string, phone: string) =>
      `Call ${name} at ${phone.replaceAll(" ", "\u00a0")}, then say whether it was them`,
    from: (office: string, voucher?: string) =>
      voucher ? `${voucher} of ${office} vouched for them.` : `They are to act for ${office}.`,
    waits: "They are to go to a call in somebody's place, and wait for this.",
    upTo: "You read up to",
    called:
      "until somebody has called you, at the number given for you; then you read what your " +
      "office reads. If nobody calls, ask whoever runs this exchange.",
    before: "They are invited once you have called; after it has begun they are not.",
    itWas: (name: string) => `I called, and it was ${name}`,
    itWasNot: "I could not confirm it",
    refusing: (name: string) => `${name} then has no access any more, and is not sent.`,
    refuse: (name: string) => `End the access of ${name}`,
    notSaid: "What you said is not kept yet.",
    later: "Not now",
    notCalled: (label: string) => `Nobody has called them yet: reads up to ${label}`,
    vouchedBy: (name: string, phone: string) =>
      `${name} vouched for them and gave ${phone}. Call it before you say that it was them.`,
    onFile: (phone: string) => `Call ${phone} before you say that it was them.`,
  },
};
