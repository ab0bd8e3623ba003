/*
 * The record of a briefing as the exchange writes it: what leaves, and what stays.
 */
import type { Sent } from "./exchange";

const leaves = (title: string) => `EXERCISE EXERCISE EXERCISE

# ${title}

TLP:AMBER

When: Wednesday, August 29, 2018, 2:30 to 3:15 p.m. EDT
State: held
Hosts: National Infrastructure Watch, Larkmoor Social

What both of us saw in the last two weeks.

## Agenda

- What changed since the last call (5 minutes, TLP:GREEN, Ines Okafor)
  Plain words for every office.

## Questions

- Do the letters name our office? (Odalys Renner, State office)
  Answered: None of those that we have seen does.

## Who was missing

### Invited and absent

- Brackwater County

## Was it useful? 6 answers

- County and local offices: very useful 6, useful 0, in between 0, not very useful 0

> We moved our registration page the same day. (Cape Merrow County)

## In all

16 objects on the record, 2 of them stay in the exchange
`;

const STAYS = `EXERCISE EXERCISE EXERCISE

# What stays in the exchange

TLP:AMBER+STRICT

## Agenda

- Names of the two registrants (10 minutes, TLP:AMBER+STRICT, Ines Okafor)
  Not beyond your office.
`;

/* For "GET …/record/document", of a briefing with that title. */
export const recordOf =
  (title: string) =>
  ({ query }: Sent): { body: string } => ({
    body: query.part === "stays" ? STAYS : leaves(title),
  });

/* Of one that is TLP:AMBER+STRICT itself. */
export const recordThatStays =
  (title: string) =>
  ({ query }: Sent): { body: string } => ({
    body:
      query.part === "stays"
        ? STAYS.replace("What stays in the exchange", title)
        : "# The record of a briefing\n\nAll of it stays in the exchange\n",
  });
