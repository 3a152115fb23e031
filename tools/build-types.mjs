/**
 * The declarations of the package: build/types, made by tsc, and a .d.cts twin of each for CommonJS.
 *
 * tsconfig.build.json compiles the library without Node's types, so a stray `Buffer` or `process` fails here. Only what
 * the public entries reach is kept, and that may show nothing which users do not have.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { posix } from "node:path";
import { filesBelow, inProject, runNode, toolScript } from "./project.mjs";

const entries = ["index", "interchange/index", "hono/index", "parallel/index"].map(
  (name) => `build/types/src/${name}.d.ts`,
);
/** What an entry may show beside its own: its optional peers. */
const peersOf = (file) => (file.startsWith("build/types/src/hono/") ? ["hono", "jose"] : []);
const specifier = /((?:from|import)\s*\(?\s*["'])([^"']+)(["'])/g;

/** The files that `entries` reach through their imports, with their texts. Throws for an import that leaves them. */
function reachable() {
  const texts = new Map();
  const pending = [...entries];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (texts.has(file)) continue;
    const text = readFileSync(inProject(file), "utf8");
    texts.set(file, text);
    const code = text.replace(/\/\*[\s\S]*?\*\//g, "");
    const kernelType = /:\s*u(?:8|16|32)\b/.exec(code);
    if (kernelType !== null) throw new Error(`${file} shows a type of the kernel: ${kernelType[0]}`);
    for (const [, , path] of code.matchAll(specifier)) {
      if (peersOf(file).includes(path)) continue;
      if (!path.startsWith(".") || path.includes("/assembly/"))
        throw new Error(`${file} shows ${path}, which users lack`);
      pending.push(posix.join(posix.dirname(file), path.replace(/\.js$/, ".d.ts")));
    }
  }
  return texts;
}

/** Writes the declarations. Throws when the sources do not type-check. */
export async function emitDeclarations() {
  const { code, output } = await runNode([toolScript("typescript", "tsc"), "-p", "tsconfig.build.json"], {
    capture: true,
  });
  if (output.trim() !== "") console.log(output.trimEnd());
  if (code !== 0) throw new Error("the sources do not type-check");
  const texts = reachable();
  for (const file of filesBelow("build/types", (path) => !texts.has(path))) rmSync(inProject(file));
  for (const [file, text] of texts) {
    // jose is an ES module alone; its types are shown to CommonJS by name.
    const twin = text
      .replace(specifier, (_, before, path, after) => before + path.replace(/\.js$/, ".cjs") + after)
      .replaceAll('from "jose";', 'from "jose" with { "resolution-mode": "import" };');
    writeFileSync(inProject(file.replace(/\.d\.ts$/, ".d.cts")), twin);
  }
}
