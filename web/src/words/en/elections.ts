/*
 * The words of the page on which stewards keep elections.
 */
import { count } from "./count";

export const elections = {
  head: (n: number) =>
    n === 0
      ? "Only the federal day is counted down to"
      : `${count(n, "election")} besides the federal day`,
  about:
    "Home counts the days to the first in its reader’s place, in the state round it, or federal",
  none: "Primaries and special elections stand here once you add them.",
  columns: { name: "Election", where: "Where", kind: "Kind", date: "Day", next: "Next step" },
  kinds: {
    primary: "Primary",
    runoff: "Runoff",
    special: "Special election",
    general: "General election",
    other: "Other",
  },
  over: "Over",
  change: "Change",
  remove: "Remove",
  add: "Add an election",
  edit: (name: string) => `Change “${name}”`,
  name: "Name",
  nameHint: "As readers see it, such as Ohio primary",
  where: "Place",
  whereHint: "Type the beginning of a state’s name, or of the office whose area it is",
  kind: "Kind",
  date: "Day",
  addAct: "Add this election",
  editAct: "Keep these changes",
  leave: "Leave it as it is",
  addFailed: "The election is not added yet.",
  editFailed: "The election is not changed yet.",
  sheet: {
    title: "Bring a sheet",
    about: "What is not in the sheet stays. An election that is known gets the name it has there.",
    file: "The sheet (CSV)",
    fileHint: "Columns: name, jurisdiction, kind, date. Nothing changes yet.",
    notRead: "The sheet was not read.",
    notDone: "Nothing was changed.",
    preview: (changes: number, faults: number) =>
      faults
        ? `${count(faults, "line")} cannot stand; nothing can be changed before.`
        : changes
          ? `${count(changes, "line")} would change the elections.`
          : "All of this is known already.",
    done: (changes: number) => `${count(changes, "line")} changed the elections.`,
    act: (changes: number) => `Keep ${count(changes, "election")}`,
    columns: { line: "Line", what: "Election", date: "Day", change: "What it does" },
    changes: {
      new: "A new election",
      named: "Another name",
      same: "Known already",
      faulty: "Cannot stand",
    },
  },
};
