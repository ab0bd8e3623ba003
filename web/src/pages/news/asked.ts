/*
 * What of the list is asked for, as the address has it and the API is asked: of each question but
 * the last any number of values, of which any will do.
 */
export const SEVERAL = ["kind", "organization", "label", "collection"] as const;

/* As many values of one question does the API take. */
export const VALUES_MAX = 20;

type Several = (typeof SEVERAL)[number];

export type Asked = Readonly<Record<Several, readonly string[]>> & { readonly since?: string };

export const NOTHING: Asked = { kind: [], organization: [], label: [], collection: [] };

function valuesOf(query: URLSearchParams, name: string): string[] {
  const values = query.getAll(name).map((value) => value.trim());
  return [...new Set(values)].filter((value) => value !== "");
}

export function askedIn(path: string): Asked {
  const query = new URLSearchParams(path.split("?")[1] ?? "");
  const several = SEVERAL.map((name) => [name, valuesOf(query, name)] as const);
  const [since] = valuesOf(query, "since");
  return { ...NOTHING, ...Object.fromEntries(several), ...(since && { since }) };
}

export function isNarrowed({ since, ...several }: Asked): boolean {
  return !!since || SEVERAL.some((name) => several[name].length > 0);
}

export function addressFor({ since, ...several }: Asked): string {
  const query = new URLSearchParams();
  for (const name of SEVERAL) for (const value of several[name]) query.append(name, value);
  if (since) query.set("since", since);
  const text = query.toString();
  return text ? `/new?${text}` : "/new";
}
