/*
 * Sending someone else to a call.
 */
export const delegate = {
  delegate: {
    who: "Who goes in your place?",
    rule:
      "A colleague with an account here, or a checked duty officer of the state or association " +
      "that your office belongs to. They are invited at once.",
    nobody:
      "Nobody else of your office has an account here, and your state or association has no duty " +
      "officer whom we have checked. Call the hosts.",
    act: (name: string) => `Send ${name} in my place`,
    close: "Leave my answer as it is",
  },
};
