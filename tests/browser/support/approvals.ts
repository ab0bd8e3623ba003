/*
 * What the hosts of the story have approved: one has not, all have, one said no, one's own is open.
 */
import type { Approvals } from "../../../web/src/api/types";
import { affiliation, inDays } from "./basics";

const SCOPES = ["audience", "agenda", "release"] as const;

function host(
  name: string,
  approver: string,
  open?: "agenda",
): Approvals["hosts"][number] {
  const { organization } = affiliation(name, "platform");
  return {
    organization,
    is_own: name === "National Infrastructure Watch",
    approver: {
      id: `identity--${approver}`,
      name: approver,
      organization: name,
      phone: "555-0127",
    },
    deputies: [1, 2].map((n) => ({
      id: `identity--deputy-${n}`,
      name: `Deputy ${n}`,
      organization: name,
    })),
    cells: SCOPES.map((scope) => ({
      scope,
      word: scope === open ? "open" : "yes",
      is_again: scope === open,
      at: inDays(-1, "16:00"),
      due: scope === open ? inDays(1, "22:00") : undefined,
    })),
  };
}

function approvals(open?: "agenda"): Approvals {
  return {
    hosts: [
      host("National Infrastructure Watch", "Lena Vogt-Amari"),
      host("Bureau of Counter-Interference", "Tomas Reyhan"),
      host("Larkmoor Social", "Adaeze Brandt"),
      host("Osterby Cloud", "Ines Marchetti", open),
    ],
    states: { audience: "a", agenda: "b", release: "c" },
    open: open ? 1 : 0,
    may_answer: true,
    is_closed: false,
    is_standing_audience: true,
    without_from: inDays(4, "16:30"),
    colleagues: [{ id: "identity--Lena", name: "Lena Vogt-Amari" }],
    proposals: [],
  };
}

/* One host has not approved the agenda; all have; and the reader's own answer is open. */
export const WAITING = approvals("agenda");
export const AGREED = approvals();
export const REFUSED: Approvals = {
  ...WAITING,
  hosts: WAITING.hosts.map((one) => ({
    ...one,
    cells: one.cells.map((cell) =>
      cell.word === "open"
        ? {
            ...cell,
            word: "no",
            is_again: false,
            due: undefined,
            reason: "Item 2 is ours to tell",
          }
        : cell,
    ),
  })),
};
export const MINE_OPEN: Approvals = {
  ...AGREED,
  hosts: AGREED.hosts.map((one) =>
    one.is_own
      ? host("National Infrastructure Watch", "Lena Vogt-Amari", "agenda")
      : one,
  ),
  open: 1,
  proposals: [
    {
      organization: affiliation("Tidewater University", "research")
        .organization,
      voices: [
        {
          organization: "National Infrastructure Watch",
          is_own: true,
          word: "open",
        },
        { organization: "Larkmoor Social", is_own: false, word: "yes" },
      ],
    },
  ],
};
