// Bundles Client/ into wwwroot/dist: every Client/*.ts becomes a script of its own (a page loads only what it needs),
// Client/css/app.css the one style sheet.
import { build } from "esbuild";
import { readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { usedTokens } from "./tokens.mjs";

const client = dirname(fileURLToPath(import.meta.url));
const out = join(client, "..", "wwwroot", "dist");
const scripts = (await readdir(client)).filter((name) => name.endsWith(".ts")).map((name) => join(client, name));

await rm(out, { recursive: true, force: true });

const shared = { bundle: true, minify: true, outdir: out, logLevel: "warning", legalComments: "none" };

await build({ ...shared, entryPoints: scripts, format: "esm", target: "es2022" });
await build({
  ...shared,
  entryPoints: [join(client, "css", "app.css")],
  loader: { ".woff2": "file" },
  assetNames: "fonts/[name]-[hash]",
  target: ["chrome120", "firefox121", "safari17"],
  plugins: [usedTokens(join(client, "css"))],
});
