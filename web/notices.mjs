/*
 * Whose work is in the application: each package that has a file in the script, and those of the
 * style sheet and the fonts, with their licenses as they ship them.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const BESIDE_SCRIPT = ["@uswds/uswds"]; // style sheet, and the font Public Sans

function packageOf(path) {
  const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
  return found ? [found[1]] : [];
}

function notice(root, name) {
  const folder = join(root, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
    .map((file) => readFileSync(join(folder, file), "utf8").trim());
  if (texts.length === 0 && !license) throw new Error(`${name} ships no license`);
  return [`${name} ${version} (${license})`, ...texts].join("\n\n");
}

/* `metafile` is esbuild's, with paths relative to `root`. */
export function notices(root, metafile) {
  const bundled = Object.keys(metafile.inputs).flatMap(packageOf);
  const names = [...new Set([...bundled, ...BESIDE_SCRIPT])].sort();
  const rule = `\n\n${"=".repeat(72)}\n\n`;
  return names.map((name) => notice(root, name)).join(rule) + "\n";
}
