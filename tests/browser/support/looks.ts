/*
 * Invented looks at receipts (R2): at a thing that may be asked about by name.
 */
import type { Look, LooksOf } from "../../../web/src/api/types";
import type { Exchange } from "./exchange";

const ASKED = "2018-08-24T14:00:00Z";

export const WAITS: Look = {
  id: "look-2",
  state: "waits",
  object: "indicator--1",
  title: "Imitation of a county’s sign-in page",
  label: "amber+strict",
  is_exercise: true,
  asked: ASKED,
  asked_by: "Marisol Quade",
  source: "Northwatch Agency",
  is_own: true,
  reason: "Two of its addresses belong to a school",
  due: "2018-08-31T14:00:00Z",
  is_alone: false,
};

const TOLD: Look = {
  ...WAITS,
  id: "look-1",
  state: "told",
  reason: "It named the wrong county",
  due: undefined,
  is_alone: undefined,
  decided: "2018-08-24T16:30:00Z",
  decided_by: "Odalys Renner",
  names: [
    { id: "identity--1", name: "Alder County Clerk" },
    { id: "identity--2", name: "Larkmoor Social" },
  ],
};

const COUNTED: Look = {
  ...WAITS,
  id: "look-0",
  state: "counted",
  title: undefined,
  label: undefined,
  reason: undefined,
  due: undefined,
  is_own: false,
  asked_by: undefined,
};

/* Tells the pages; asking makes it wait. */
export function tellLooks(exchange: Exchange): void {
  let looks: LooksOf = { may_name: true, items: [TOLD] };
  const path = "/objects/indicator--1";
  exchange
    .on(`GET ${path}/looks`, () => ({ body: looks }))
    .on(`POST ${path}/looks`, () => {
      looks = { may_name: true, items: [WAITS, TOLD] };
      return { body: looks };
    })
    .on(`POST ${path}/has-seen`, {
      sectors: [{ sector: "state", count: 12 }],
    })
    .on("GET /looks", { items: [{ ...WAITS, is_own: false }, TOLD, COUNTED] });
}
