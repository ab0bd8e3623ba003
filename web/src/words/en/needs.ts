/*
 * What people need in order to take part.
 */
import { count } from "./count";

export const needs = {
  needs: {
    begin: "I need something to take part",
    what: "What do you need?",
    hint: "Captions, an interpreter, a phone number instead of video, for example.",
    yours: (said: string) => `You wrote: “${said}”`,
    title: "What people need to take part",
    people: (n: number) => count(n, "person", "people"),
  },
};
