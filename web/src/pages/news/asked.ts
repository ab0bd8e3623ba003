/*
 * What of the list is asked for, as the address has it and the API is asked.
 */
export const ASKED = ["kind", "organization", "label", "collection", "since"] as const;

export type Asked = Partial<Record<(typeof ASKED)[number], string>>;

export function askedIn(path: string): Asked {
  const query = new URLSearchParams(path.split("?")[1] ?? "");
  return Object.fromEntries(
    ASKED.flatMap((name) => {
      const value = query.get(name)?.trim();
      return value ? [[name, value]] : [];
    }),
  );
}

export function isNarrowed(asked: Asked): boolean {
  return ASKED.some((name) => asked[name]);
}

export function addressFor(asked: Asked): string {
  const query = new URLSearchParams();
  for (const name of ASKED) if (asked[name]) query.set(name, asked[name]);
  const text = query.toString();
  return text ? `/new?${text}` : "/new";
}
