/*
 * What a browser calls itself, in the words of who uses it: "Firefox on Windows".
 */
type Names = readonly (readonly [RegExp, string])[];

const BROWSERS: Names = [
  [/Edg/, "Edge"],
  [/Firefox/, "Firefox"],
  [/Chrom/, "Chrome"],
  [/Safari/, "Safari"],
];

const DEVICES: Names = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS/, "Mac"],
  [/Linux|X11/, "Linux"],
];

function find(names: Names, agent: string): string | undefined {
  return names.find(([sign]) => sign.test(agent))?.[1];
}

/* What it says itself where it is none of these. */
export function browserOf(agent: string): string {
  const browser = find(BROWSERS, agent);
  const device = find(DEVICES, agent);
  return browser && device ? `${browser} on ${device}` : agent;
}

/* What a passkey is called that is made here, unless its owner says otherwise. */
export function thisDevice(): string {
  return browserOf(navigator.userAgent).slice(0, 100);
}
