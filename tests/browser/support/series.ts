/*
 * Invented answers about a series: who was missing, corrections, passing on. Told with the rest of
 * the story.
 */
import type {
  AgendaItem,
  Onward,
  Sector,
  Series,
} from "../../../web/src/api/types";
import type { Exchange } from "./exchange";

const DAY_MS = 24 * 60 * 60 * 1000;

function missingRow(
  name: string,
  sector: Sector,
  states: Series["items"][number]["states"],
): Series["items"][number] {
  const isMissing = (state: string) =>
    state !== "there" && state !== "not-meant";
  return {
    organization: { id: `identity--${name}`, name, sector },
    states,
    missing: states.filter(isMissing).length,
    in_a_row: [...states].reverse().findIndex((state) => !isMissing(state)),
    answers: [],
  };
}

const SERIES: Series = {
  editions: [1, 2, 3, 4].map((edition) => ({
    id: `briefing--${edition}`,
    title: `Joint briefing ${edition}`,
    edition,
    start: new Date(Date.now() - (60 - edition * 14) * DAY_MS).toISOString(),
  })),
  items: [
    {
      ...missingRow("State Election Division, Vermont", "state", [
        "there",
        "invited-and-absent",
        "not-reached",
        "invited-and-absent",
      ]),
      answers: [
        {
          content: "We were on another line with the state.",
          person: { name: "Nadia Farrow-Pike" },
          answered: new Date(Date.now() - DAY_MS).toISOString(),
          reason: "invited-and-absent",
          is_later: false,
        },
      ],
    },
    missingRow("Mossgate Video", "platform", [
      "not-meant",
      "not-a-member",
      "there",
      "not-asked",
    ]),
    missingRow("Harrow County, Texas", "local", [
      "declined",
      "there",
      "there",
      "there",
    ]),
  ],
};

function onward(items: readonly AgendaItem[]): Onward {
  return {
    organizations: 3,
    label: "amber",
    passes_words: true,
    may_make: true,
    items: items.map(({ id, title, label }) => ({
      id,
      title,
      label,
      may_pass: label !== "red" && label !== "amber+strict",
    })),
  };
}

export function tellSeries(
  exchange: Exchange,
  at: string,
  isHost: boolean,
  items: readonly AgendaItem[],
): void {
  exchange
    .on(`GET ${at}/absence`, { items: [] })
    .on(`GET ${at}/series`, SERIES)
    .on(`GET ${at}/widenings`, { may_answer: isHost, items: [] })
    .on(`GET ${at}/onward`, onward(items))
    .on(`GET ${at}/corrections`, { may_correct: isHost, items: [] });
}
