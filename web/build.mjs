/*
 * Builds the application into dist/: script and style sheet with a hash of their content in their
 * names, the fonts, the page that loads them, and the notices of the parts that are in it. Fails
 * where a budget is exceeded (budgets.mjs).
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { compileString } from "sass";
import { budgetFaults } from "./budgets.mjs";
import { notices } from "./notices.mjs";

const ROOT = dirname(fileURLToPath(import.meta.url));
const DIST = join(ROOT, "dist");
const ASSETS = join(DIST, "assets");
const BASE = "/app/";
const USWDS = join(ROOT, "node_modules/@uswds/uswds");
const FONTS = ["Regular", "SemiBold", "Bold"]; // 400, 600, 700
const FIRST_SHEETS = ["styles/uswds.scss", "styles/base.scss"];
const TARGET = ["chrome109", "firefox115", "safari16"];

function hashed(name, content) {
  const [stem, ending] = name.split(/\.(?=[^.]+$)/);
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
  return `${stem}-${hash}.${ending}`;
}

function writeAsset(name, content) {
  const path = hashed(name, content);
  writeFileSync(join(ASSETS, path), content);
  return `assets/${path}`;
}

function filesBelow(folder, ending) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path, ending);
      return entry.name.endsWith(ending) ? [path] : [];
    });
}

/* The design system first, then every part's own sheet, then the pages'. */
function styleSource() {
  const source = join(ROOT, "src");
  const own = ["parts", "shell", "pages"].flatMap((name) =>
    filesBelow(join(source, name), ".scss"),
  );
  const sheets = ["styles/theme", ...FIRST_SHEETS, ...own.map((path) => relative(source, path))];
  return [...new Set(sheets)].map((path, n) => `@use "${path}" as sheet${n};`).join("\n");
}

function fontFaces(fonts) {
  const face = ({ weight, path }) =>
    `@font-face{font-family:"Public Sans";font-weight:${weight};font-display:swap;` +
    `src:url("${BASE}${path}") format("woff2")}`;
  return fonts.map(face).join("\n");
}

async function buildStyle(fonts) {
  const { css } = compileString(styleSource(), {
    url: pathToFileURL(join(ROOT, "src/all.scss")),
    loadPaths: [join(ROOT, "src"), join(ROOT, "src/styles"), join(USWDS, "packages")],
    style: "compressed",
    quietDeps: true,
  });
  const packed = await build({
    stdin: {
      contents: `${fontFaces(fonts)}\n${css}`,
      loader: "css",
      resolveDir: join(USWDS, "dist/css"),
    },
    bundle: true,
    minify: true,
    target: TARGET,
    external: [`${BASE}*`],
    loader: { ".svg": "dataurl", ".png": "empty" },
    write: false,
  });
  return writeAsset("style.css", packed.outputFiles[0].contents);
}

function buildFonts() {
  const weights = { Regular: 400, SemiBold: 600, Bold: 700 };
  return FONTS.map((name) => {
    const content = readFileSync(join(USWDS, `dist/fonts/public-sans/PublicSans-${name}.woff2`));
    return { weight: weights[name], path: writeAsset(`public-sans-${name}.woff2`, content) };
  });
}

async function buildScript() {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ["src/main.tsx"],
    outdir: "dist/assets",
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    jsx: "automatic",
    minify: true,
    target: TARGET,
    define: { "process.env.NODE_ENV": '"production"' },
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  });
  return metafile;
}

/*
 * The one script that comes before the first paint. Every later chunk names src/main.tsx, so that
 * what they share with it stands in one file; what is left of the entry only loads that file, and
 * the page does so itself.
 */
function firstScript({ outputs }) {
  const entry = Object.keys(outputs).find((path) => outputs[path].entryPoint === "src/main.tsx");
  const loads = outputs[entry].imports.filter(({ kind }) => kind === "import-statement");
  const own = Object.values(outputs[entry].inputs).some(({ bytesInOutput }) => bytesInOutput > 0);
  const [only] = loads;
  const further = outputs[only?.path]?.imports.filter(({ kind }) => kind === "import-statement");
  if (own || loads.length !== 1 || further.length > 0)
    throw new Error("the first script is cut: does every chunk of pages import ../main?");
  rmSync(join(ROOT, entry));
  return relative("dist", only.path);
}

/* A later page is one request for its script: what it shares with others came with the first. */
function cutChunks({ outputs }, script) {
  return Object.keys(outputs).flatMap((path) => {
    const further = outputs[path].imports
      .filter(({ kind }) => kind === "import-statement")
      .filter(({ path: loaded }) => relative("dist", loaded) !== script);
    return further.map(
      ({ path: loaded }) =>
        `${path} loads ${loaded}: name what is in it in src/shell/with-the-first.ts`,
    );
  });
}

function page(style, script, fonts) {
  const early = fonts.filter(({ weight }) => weight !== 600);
  const links = [
    `<link rel="stylesheet" href="${BASE}${style}">`,
    ...early.map(
      ({ path }) =>
        `<link rel="preload" as="font" type="font/woff2" href="${BASE}${path}" crossorigin>`,
    ),
    `<script type="module" src="${BASE}${script}"></script>`,
  ];
  const template = readFileSync(join(ROOT, "src/index.html"), "utf8");
  return template.replace("    <!-- links -->\n", links.map((link) => `    ${link}\n`).join(""));
}

rmSync(DIST, { recursive: true, force: true });
mkdirSync(ASSETS, { recursive: true });
const fonts = buildFonts();
const [style, metafile] = await Promise.all([buildStyle(fonts), buildScript()]);
const script = firstScript(metafile);
writeFileSync(join(DIST, "index.html"), page(style, script, fonts));
writeFileSync(join(DIST, "notices.txt"), notices(ROOT, metafile));
const early = fonts.length - 1;
const requests = 4 + early; // the page, its style, its script; and who is signed in
const faults = [...budgetFaults(DIST, { script, style, requests }), ...cutChunks(metafile, script)];
if (faults.length) {
  console.error(faults.join("\n"));
  process.exit(1);
}
