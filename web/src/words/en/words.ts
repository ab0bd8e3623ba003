/*
 * English, as spoken in the United States: plain words, and buttons that say their act.
 */
import { briefings } from "./briefings";
import { common } from "./common";
import { delegate } from "./delegate";
import { materials } from "./materials";
import { patterns } from "./patterns";
import { questions } from "./questions";
import { shared } from "./shared";
import { shell } from "./shell";
import { together } from "./together";

export const words = {
  ...common,
  ...shell,
  ...briefings,
  ...delegate,
  ...shared,
  ...questions,
  ...materials,
  ...patterns,
  ...together,
};

export type Words = typeof words;
