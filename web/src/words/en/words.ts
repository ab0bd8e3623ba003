/*
 * English, as spoken in the United States: plain words, and buttons that say their act.
 */
import { absence } from "./absence";
import { briefings } from "./briefings";
import { common } from "./common";
import { corrections } from "./corrections";
import { delegate } from "./delegate";
import { looks } from "./looks";
import { materials } from "./materials";
import { needs } from "./needs";
import { noted } from "./noted";
import { onward } from "./onward";
import { patterns } from "./patterns";
import { questions } from "./questions";
import { shared } from "./shared";
import { shell } from "./shell";
import { together } from "./together";
import { whom } from "./whom";

export const words = {
  ...common,
  ...shell,
  ...briefings,
  ...absence,
  ...corrections,
  ...noted,
  ...needs,
  ...onward,
  ...delegate,
  ...looks,
  ...shared,
  ...questions,
  ...materials,
  ...patterns,
  ...together,
  ...whom,
};

export type Words = typeof words;
