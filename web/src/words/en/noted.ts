/*
 * What somebody said by phone and a host noted, until they answer themselves.
 */
export const noted = {
  noted: {
    said: {
      yes: (host: string) => `Yes, by phone (noted by ${host})`,
      no: (host: string) => `No, by phone (noted by ${host})`,
    },
    call: (phone: string) => `Call ${phone}`,
    begin: "Note an answer",
    again: "Note another answer",
    ask: (name: string) => `What did ${name} say?`,
    hint: "If they answer themselves, their own answer counts over this.",
    choices: { yes: "Will join", no: "Cannot join" },
    needsChoice: "Say which it was.",
    either: (name: string) => `Note what ${name} said`,
    act: {
      yes: (name: string) => `Note that ${name} will join`,
      no: (name: string) => `Note that ${name} cannot join`,
    },
    notice:
      "So that the hosts know whom to expect; nothing has to be noted. They and the office in " +
      "whose name it stands see it, and that your organization noted it.",
    leave: "Leave it",
    notNoted: "This answer is not noted yet.",
    mine: {
      yes: "A host noted: you said yes by phone",
      no: "A host noted: you said no by phone",
    },
    mineTo: (said: string, title: string) => `${said} to “${title}”`,
    notRight: (host: string) => `Noted by ${host}. Not right? Answer here.`,
  },
};
