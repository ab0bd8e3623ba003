/*
 * What organizations told, who would read it, and questions to the call: invented, too.
 */
import type { Action, Questions, Reach } from "../../../web/src/api/types";
import type { Exchange } from "./exchange";
import { tellMaterials } from "./materials";

function hoursAgo(hours: number): string {
  return new Date(Date.now() - hours * 60 * 60 * 1000).toISOString();
}

const ACTIONS: { items: Action[] } = {
  items: [
    {
      is_exercise: true,
      id: "action--1",
      title:
        "Removed 212 accounts and warned 3,400 people: Paper Lantern, campaign",
      deeds: ["removed", "warned"],
      taken: hoursAgo(40).slice(0, 10),
      concerns: "Paper Lantern, campaign",
      happened:
        "Accounts posing as county clerks posted pictures of the false “office moved” letters. " +
        "We removed them and told everyone who had shared one.",
      advice: "Look for the same 38 pictures on your own pages.",
      label: "green",
      source: "Larkmoor Social",
      is_own: false,
      added: hoursAgo(30),
    },
    {
      is_exercise: true,
      id: "action--2",
      title: "Seized 14 domains",
      deeds: ["seized"],
      taken: hoursAgo(90).slice(0, 10),
      happened: "Names that imitated state election offices.",
      label: "amber",
      source: "National Infrastructure Watch",
      is_own: true,
      added: hoursAgo(80),
    },
  ],
};

const REACH: Reach = {
  people: 1204,
  organizations: 311,
  sectors: [
    { sector: "federal", people: 61 },
    { sector: "state", people: 318 },
    { sector: "local", people: 742 },
    { sector: "association", people: 31 },
    { sector: "platform", people: 52 },
  ],
  missed: 27,
  missed_sectors: [{ sector: "research", people: 27 }],
};

const QUESTIONS: Questions = {
  may_ask: false,
  may_answer: false,
  items: [
    {
      id: "question--1",
      item: "briefing-item--1",
      content: "Do the letters carry a postmark we can look for?",
      asked_by: {
        name: "Odalys Renner",
        organization: "State Election Division, Idaho",
      },
      label: "amber",
      asked: hoursAgo(20),
      answer: {
        words: "Yes: all that we have seen are from one sorting center.",
        is_on_call: false,
        answered: hoursAgo(4),
      },
    },
    {
      id: "question--2",
      content: "Has any office been tricked?",
      label: "amber",
      asked: hoursAgo(3),
    },
  ],
};

export function tellShared(
  exchange: Exchange,
  at: string,
  isHost: boolean,
): void {
  tellMaterials(exchange, at, isHost);
  exchange
    .on("GET /actions", ACTIONS)
    .on("GET /reach", REACH)
    .on("GET /reach/people", {
      items: [
        {
          id: "identity--1",
          name: "Odalys Renner",
          organization: "State Election Division, Idaho",
        },
      ],
    })
    .on(`GET ${at}/delegates`, {
      items: [
        {
          id: "identity--2",
          name: "Teague Lindqvist",
          organization: "State Election Division, Nebraska",
        },
      ],
    })
    .on(
      `GET ${at}/questions`,
      isHost
        ? { ...QUESTIONS, may_answer: true }
        : {
            ...QUESTIONS,
            may_ask: true,
            is_few: false,
            few_items: ["briefing-item--2"],
          },
    );
}
