/*
 * Words of the exchange as what one may choose from.
 */
import type { Sector } from "../api/types";
import { words } from "../words";
import type { Choice } from "./field";

export function choicesOf<V extends string>(names: Record<V, string>): Choice<V>[] {
  return (Object.keys(names) as V[]).map((value) => ({ value, name: names[value] }));
}

export const SECTORS = choicesOf<Sector>(words.sectors);
