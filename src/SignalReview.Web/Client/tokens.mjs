// The design system names 2,780 tokens; a page uses a few hundred. This plugin answers `@import "design-tokens"` with the
// tokens that our style sheets and the imported components mention, and those these tokens mention in turn.
import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const theme = "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css";

const mentioned = (text) => [...text.matchAll(/var\(\s*(--[\w-]+)/g)].map((match) => match[1]);

async function readSheets(folder) {
  const own = (await readdir(folder)).filter((name) => name.endsWith(".css"));
  const sheets = await Promise.all(own.map((name) => readFile(join(folder, name), "utf8")));
  const imports = sheets.join("\n").matchAll(/@import\s+"(@[^"]+\.css)"/g);
  const components = await Promise.all([...imports].map((match) => readFile(require.resolve(match[1]), "utf8")));
  return [...sheets, ...components].join("\n");
}

async function tokenSheet(folder) {
  const source = await readFile(require.resolve(theme), "utf8");
  const values = new Map([...source.matchAll(/^\s*(--[\w-]+):\s*([^;]+);/gm)].map((match) => [match[1], match[2]]));
  const used = new Set();
  const open = mentioned(await readSheets(folder));
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const value = values.get(name);
    if (value !== undefined && !used.has(name)) {
      used.add(name);
      open.push(...mentioned(value));
    }
  }

  const lines = [...used].sort().map((name) => `  ${name}: ${values.get(name)};`);
  return `:root {\n${lines.join("\n")}\n}\n`;
}

export function usedTokens(folder) {
  return {
    name: "used-tokens",
    setup(build) {
      build.onResolve({ filter: /^design-tokens$/ }, () => ({ path: "design-tokens", namespace: "tokens" }));
      build.onLoad({ filter: /.*/, namespace: "tokens" }, async () => ({ contents: await tokenSheet(folder), loader: "css" }));
    },
  };
}
