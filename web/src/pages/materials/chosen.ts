/*
 * A file that somebody chose: what it says it is, and what is wrong with it before it is sent.
 */
import { words } from "../../words";

const text = words.materials;

const TYPES: readonly [ending: string, type: string][] = [
  [".pdf", "application/pdf"],
  [".png", "image/png"],
  [".jpg", "image/jpeg"],
  [".jpeg", "image/jpeg"],
  [".txt", "text/plain"],
  [".csv", "text/csv"],
];

export const ACCEPT = TYPES.map(([ending]) => ending).join(",");

/* By its name: what a browser makes of it depends on the programs of that machine. */
export function typeOf({ name }: File): string | undefined {
  return TYPES.find(([ending]) => name.toLowerCase().endsWith(ending))?.[1];
}

export function faultOf(file: File | undefined, bytesMax: number): string | undefined {
  if (!file) return text.needsFile;
  if (file.size > bytesMax) return text.tooLarge(file.size, bytesMax);
  return typeOf(file) ? undefined : text.wrongKind;
}
