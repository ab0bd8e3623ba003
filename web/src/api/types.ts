/*
 * The names of the contract's types (api/openapi.yaml), and what a path answers and takes.
 */
import type { components, paths } from "./schema";

type Schemas = components["schemas"];
export type AbsenceNote = Schemas["AbsenceNote"];
export type AbsenceReason = Schemas["AbsenceReason"];
export type Action = Schemas["Action"];
export type ActionInput = Schemas["ActionInput"];
export type Account = Schemas["Account"];
export type Affiliation = Schemas["Affiliation"];
export type AgendaItem = Schemas["AgendaItem"];
export type AgendaItemInput = Schemas["AgendaItemInput"];
export type Answer = Schemas["Answer"];
export type AnswerWord = Schemas["AnswerWord"];
export type Approvals = Schemas["Approvals"];
export type ApprovalScope = Schemas["ApprovalScope"];
export type Attendance = Schemas["Attendance"];
export type Audience = Schemas["Audience"];
export type AudienceNames = Schemas["AudienceNames"];
export type AudienceRule = Schemas["AudienceRule"];
export type AuditHead = Schemas["AuditHead"];
export type AuditRow = Schemas["AuditRow"];
export type Briefing = Schemas["Briefing"];
export type BriefingChange = Schemas["BriefingChange"];
export type BriefingInput = Schemas["BriefingInput"];
export type BriefingRow = Schemas["BriefingRow"];
export type Chair = Schemas["Chair"];
export type Collection = Schemas["Collection"];
export type CollectionInput = Schemas["CollectionInput"];
export type Commitment = Schemas["Commitment"];
export type Correction = Schemas["Correction"];
export type Counts = Schemas["Counts"];
export type Deed = Schemas["Deed"];
export type Duty = Schemas["Duty"];
export type Election = Schemas["Election"];
export type ElectionSheet = Schemas["ElectionSheet"];
export type Grant = Schemas["Grant"];
export type Hold = Schemas["Hold"];
export type Home = Schemas["Home"];
export type Invitee = Schemas["Invitee"];
export type KeptHead = Schemas["KeptHead"];
export type Label = Schemas["Label"];
export type Look = Schemas["Look"];
export type LooksOf = Schemas["LooksOf"];
export type Material = Schemas["Material"];
export type Message = Schemas["Message"];
export type MissGroup = Schemas["MissGroup"];
export type NamedAudience = Schemas["NamedAudience"];
export type NewcomerSent = Schemas["NewcomerSent"];
export type NewThing = Schemas["NewThing"];
export type Organization = Schemas["Organization"];
export type OddHours = Schemas["OddHours"];
export type Onward = Schemas["Onward"];
export type OrganizationInput = Schemas["OrganizationInput"];
export type OrganizationStatus = Schemas["OrganizationStatus"];
export type OrganizationWhole = Schemas["OrganizationWhole"];
export type PersonName = Schemas["PersonName"];
export type Place = Schemas["Place"];
export type ProblemBody = Schemas["Problem"];
export type Question = Schemas["Question"];
export type Questions = Schemas["Questions"];
export type Reach = Schemas["Reach"];
export type Reached = Schemas["Reached"];
export type SeenCounts = Schemas["SeenCounts"];
export type SearchHit = Schemas["SearchHit"];
export type Sector = Schemas["Sector"];
export type Use = Schemas["Use"];
export type Sending = Schemas["Sending"];
export type Series = Schemas["Series"];
export type Session = Schemas["Session"];
export type Sheet = Schemas["Sheet"];
export type Thing = Schemas["Thing"];
export type Met = Schemas["Met"];
export type MetThing = Schemas["MetThing"];
export type Relation = Schemas["Relation"];
export type Viewer = Schemas["Viewer"];
export type Person = Schemas["Person"];
export type Role = Schemas["Role"];
export type Token = Schemas["Token"];
export type TokenInput = Schemas["TokenInput"];
export type Usefulness = Schemas["Usefulness"];
export type UsefulnessInput = Schemas["UsefulnessInput"];
export type Widening = Schemas["Widening"];
export type When = Schemas["When"];

/* Somebody is signed in. */
export type SignedIn = Session & Required<Pick<Session, "person" | "acting_for">>;

export type Method = "get" | "post" | "put" | "patch" | "delete";
export type Path<M extends Method> = {
  [P in keyof paths]: paths[P][M] extends object ? P : never;
}[keyof paths];

type Operation<P extends keyof paths, M extends Method> = paths[P][M];
type Success<O> = O extends { responses: infer R }
  ? { [S in keyof R]: S extends 200 | 201 | 202 ? R[S] : never }[keyof R]
  : never;
type Json<T> = T extends { content: { "application/json": infer B } } ? B : undefined;

/* What comes back; undefined: nothing does. */
export type Reply<P extends keyof paths, M extends Method> = [Success<Operation<P, M>>] extends [
  never,
]
  ? undefined
  : Json<Success<Operation<P, M>>>;

export type Body<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { requestBody: { content: { "application/json": infer B } } }
    ? B
    : undefined;

export type Coverage = Reply<"/coverage", "get">;
export type Chain = Reply<"/audit/chain", "get">;
export type Officer = Reply<"/directory", "get">["items"][number];
