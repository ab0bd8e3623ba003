/*
 * The words of the page that shows one thing, whatever it is.
 */
import type { Use } from "../../api/types";
import { count } from "./count";

/* What a property is called; one that is not here is called by its own name. */
const properties: Record<string, string> = {
  abstract: "In short",
  advice: "What you can do now",
  aliases: "Also known as",
  channel_types: "Kind of channel",
  concerns: "What it concerned",
  confidence: "Confidence, of 100",
  content: "In words",
  count: "How often",
  created: "Made",
  description: "In words",
  explanation: "Why",
  reason: "Why",
  first_seen: "First seen",
  goals: "Goals",
  indicator_types: "What it points to",
  labels: "Keywords",
  last_seen: "Last seen",
  modified: "Changed",
  name: "Name",
  narrative_types: "Kind of narrative",
  opinion: "Opinion",
  pattern: "Pattern",
  pattern_type: "Language of the pattern",
  published: "Published",
  relationship_type: "How they are related",
  report_types: "Kind of report",
  taken: "Done",
  valid_from: "Holds from",
  valid_until: "Holds until",
  value: "Value",
};

const ends: Record<string, string> = {
  audience_refs: "Only for",
  briefing_ref: "Part of the briefing",
  candidate_ref: "Who is to host too",
  delegate_ref: "Who goes instead",
  follows_ref: "The edition before",
  host_refs: "Hosted by",
  invitation_ref: "The invitation",
  item_ref: "The agenda item",
  object_ref: "About",
  object_refs: "About",
  observed_data_refs: "Seen in",
  organization_ref: "Organization",
  person_ref: "Person",
  presenter_ref: "Presented by",
  sighting_of_ref: "A sighting of",
  source_ref: "From",
  target_ref: "To",
  widening_ref: "The request",
  where_sighted_refs: "Seen by",
};

/* As whoever contributed it says (G4). */
export const use: Record<Use, string> = {
  none: "Read it; do not act on it",
  ask: "Ask before you act on it",
  internal: "Act on it where nobody outside sees that you do",
  visible: "Act on it openly",
};

/* Relationships that are no verbs by themselves; others are: "indicates", "uses". */
const being: Record<string, string> = {
  "attributed-to": "is attributed to",
  "authored-by": "is authored by",
  "based-on": "is based on",
  "derived-from": "is derived from",
  "duplicate-of": "is a duplicate of",
  "located-at": "is located at",
  "related-to": "is related to",
  "revoked-by": "is replaced by",
  "subtechnique-of": "is a sub-technique of",
  "variant-of": "is a variant of",
};

const verb = (relationship: string) => being[relationship] ?? relationship.replaceAll("-", " ");

/* "alternate_name" as words. */
function plain(name: string): string {
  const said = name.replace(/_refs?$/, "").replaceAll("_", " ");
  return said.charAt(0).toUpperCase() + said.slice(1);
}

export const thing = {
  from: (source: string) => `From ${source}`,
  toBriefing: "Go to the briefing",
  uses: "What you may do with it",
  use,
  forAudience: (name: string) => `For: ${name}`,
  says: "What it says",
  saysNothing: "It says nothing in words. Its own bytes stand below.",
  times: "Times",
  ends: "What it refers to",
  relations: "What refers to it",
  noRelations: "Nothing that you may read refers to it.",
  itDoes: (relationship: string) => `It ${verb(relationship)}`,
  doesIt: (relationship: string) => `${verb(relationship)} it`,
  unknownEnd: "Not here, or not for you",
  raw: "As it was contributed (STIX)",
  tooLong: "It is too long to be shown here. TAXII gives it whole.",
  whoSees: "Who may see it",
  whoSeesAbout: "Told to whoever contributed it and to stewards, by organization",
  whoSeesCount: (n: number) => count(n, "organization"),
  showThem: (n: number) => `Show the ${count(n, "organization")}`,
  othersInvited:
    "Others read it since the hosts of a briefing invited them. Whom they invited is for " +
    "hosts, so that here they are counted by sector:",
  nobodyElse: "Nobody may see it but its author.",
  byName: "some of its people or tokens",
  property: (name: string) => properties[name] ?? plain(name),
  end: (name: string) => ends[name] ?? plain(name),
};
