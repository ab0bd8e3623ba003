/*
 * What the application may weigh, packed with gzip (P2). A page that asks for more than this is
 * slow in the offices that have the least.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const KB = 1000;
const FIRST_SCRIPT_BYTES_MAX = 140 * KB;
const CHUNK_BYTES_MAX = 160 * KB;
const STYLE_BYTES_MAX = 30 * KB;
const ALL_BYTES_MAX = 3000 * KB;
const FONTS_MAX = 3;
const FIRST_REQUESTS_MAX = 6;

function packedBytes(dist, path) {
  return gzipSync(readFileSync(join(dist, path)), { level: 9 }).length;
}

function over(what, is, max, unit = "bytes") {
  return is > max ? [`${what}: ${is} ${unit}, and ${max} is the most`] : [];
}

/* The sentences of what is too much; `first` names what loads before anything is painted. */
export function budgetFaults(dist, first) {
  const assets = readdirSync(join(dist, "assets")).map((name) => `assets/${name}`);
  const bytes = new Map(assets.map((path) => [path, packedBytes(dist, path)]));
  const sum = (paths) => paths.reduce((total, path) => total + bytes.get(path), 0);
  const later = assets.filter((path) => path.endsWith(".js") && path !== first.script);
  const fonts = assets.filter((path) => path.endsWith(".woff2"));
  return [
    ...over("the first page's script", sum([first.script]), FIRST_SCRIPT_BYTES_MAX),
    ...over("the style sheet", sum([first.style]), STYLE_BYTES_MAX),
    ...later.flatMap((path) => over(path, bytes.get(path), CHUNK_BYTES_MAX)),
    ...over("the whole application", sum(assets), ALL_BYTES_MAX),
    ...over("fonts", fonts.length, FONTS_MAX, "files"),
    ...over("before the first paint", first.requests, FIRST_REQUESTS_MAX, "requests"),
  ];
}
