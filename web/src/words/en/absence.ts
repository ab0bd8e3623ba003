/*
 * Who was missing: to an organization about itself, and to hosts over a series.
 */
import type { AbsenceNote, AbsenceReason } from "../../api/types";
import { count, number, spelled } from "./count";

const states: Record<AbsenceReason | "there" | "not-meant", string> = {
  "there": "There",
  "not-meant": "Not meant for them",
  "invited-and-absent": "Invited and absent",
  "declined": "Declined",
  "not-reached": "Not reached",
  "not-asked": "We did not ask them",
  "not-a-member": "Not a member",
};

function noted({ reason, is_later }: AbsenceNote): string {
  if (is_later && reason === "not-reached")
    return (
      "A later call of this series was held. It was meant for your office too, and nobody of " +
      "yours was invited: the exchange knows no duty officer of yours whom somebody has checked."
    );
  if (is_later)
    return (
      "A later call of this series was held. It was meant for your office too, and the hosts did " +
      "not ask you. That is their omission, not yours."
    );
  if (reason === "declined")
    return "The hosts noted that your office said beforehand it could not.";
  return "The hosts noted that your office was invited and was not there.";
}

export const absence = {
  absence: {
    states,
    noted,
    title: "What is noted about your office",
    onHome: ({ is_later }: AbsenceNote, title: string) =>
      is_later ? `After “${title}”: a call without your office` : `You were missed at “${title}”`,
    look: "See what is noted",
    privacy: "What is noted here the hosts and your office read, and nobody else.",
    ask: "Would you like to say something about it?",
    hint: "One sentence is enough.",
    notice:
      "So that the hosts know what stood in the way; saying nothing is fine too. The hosts and " +
      "your office read it, with your name.",
    send: "Tell the hosts",
    youSaid: (said: string) => `You told the hosts: “${said}”`,
    change: "Change it",
    close: "Leave it as it is",
    notSent: "The hosts are not told yet.",
    duties: "Have a duty officer checked",
    crumb: "Over the series",
    overTheSeries: "Over the series",
    head: (missing: number, editions: number) =>
      missing === 0
        ? "Nobody was missing"
        : `${count(missing, "organization")} ${missing === 1 ? "was" : "were"} missing at ${
            editions === 1 ? "the one call so far" : `one or more of ${number(editions)} calls`
          }`,
    about: "Only the hosts see this. “We did not ask them” is the hosts’ omission.",
    none: "Nobody was missing that the exchange knows of.",
    noEditions: "Say first who was there. Then it stands here who was missing.",
    columns: { organization: "Organization", missing: "Missing" },
    times: (missing: number, editions: number) => `${number(missing)} of ${number(editions)}`,
    inARow: (n: number) => `${spelled(n, "time")} in a row`,
    stateInARow: (n: number) => `State missing ${number(n)} times in a row: call them`,
    said: (said: string) => `They say: “${said}”`,
    saidOfLater: (said: string) => `They say of a later call: “${said}”`,
    edition: (n: number, day: string) => `Edition ${number(n)}, ${day}`,
  },
};
