/**
 * What the documents promise is true: every sample and command of README.md runs and prints what it says, and every
 * path any document names exists.
 *
 * Runs against the finished build, as a user of the package would. The two commands that install are reduced to what
 * they run afterwards; `npm test` is this very run.
 */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blocksOf, commandsOf, pathsOf, samplesOf } from "./documents/markdown.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const readme = readFileSync(join(root, "README.md"), "utf8");
const blocks = blocksOf(readme);
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };

const documents = [
  ...["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"],
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];

let folder = "";

beforeAll(() => {
  // Inside the package, so that `import "sallyport"` means this package through its own `exports`.
  mkdirSync(join(root, "build"), { recursive: true });
  folder = mkdtempSync(join(root, "build", "readme-"));
  mkdirSync(join(folder, "bin"));
  const command = `#!/bin/sh\nexec "${process.execPath}" "${join(root, "build", "cli.js")}" "$@"\n`;
  writeFileSync(join(folder, "bin", "sallyport"), command);
  chmodSync(join(folder, "bin", "sallyport"), 0o755);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs shell text with `sallyport` on the path; answers with output, errors included. */
function shell(text: string, cwd: string): string {
  const env = { ...process.env, NO_COLOR: "1", PATH: `${join(folder, "bin")}${delimiter}${process.env.PATH}` };
  delete (env as Record<string, string | undefined>).FORCE_COLOR;
  const { stdout, error } = spawnSync("bash", ["-c", `exec 2>&1\n${text}`], { cwd, env, encoding: "utf8", input: "" });
  if (error !== undefined) throw error;
  return stdout;
}

describe("README.md", () => {
  it("shows both commands, a sample of the library and the command line", () => {
    expect(blocks.filter(({ language }) => language === "sh").map(({ text }) => text)).toEqual([
      "npm ci && npm start",
      "npm ci && npm test",
    ]);
    expect(samplesOf(blocks).length).toBeGreaterThan(0);
    expect(blocks.filter(({ language }) => language === "console").length).toBeGreaterThan(0);
  });

  it("has no block that nothing here runs", () => {
    const known = ["sh", "ts", "text", "console"];
    expect(blocks.filter(({ language }) => !known.includes(language))).toEqual([]);
  });

  it("npm start runs the bundled example", () => {
    expect(scripts.start).toMatch(/^npm run --silent build && node \S+$/);
    const script = (scripts.start ?? "").split(" ").at(-1) ?? "";
    const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
      cwd: root,
      encoding: "utf8",
      input: "",
    });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout.trim()).not.toBe("");
  });

  for (const { block, output } of samplesOf(blocks)) {
    it(`the sample of line ${block.line} type-checks, runs and prints what it says`, () => {
      const source = join(folder, `sample-${block.line}.mts`);
      writeFileSync(source, block.text);
      const tsc = join(root, "node_modules/typescript/bin/tsc");
      const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--types", "node"];
      const types = spawnSync(process.execPath, [tsc, ...options, "--ignoreConfig", source], {
        cwd: root,
        encoding: "utf8",
      });
      expect(types.stdout).toBe("");
      const script = source.replace(/\.mts$/, ".mjs");
      writeFileSync(script, transformSync(block.text, { loader: "ts", format: "esm" }).code);
      const { stdout, stderr } = spawnSync(process.execPath, [script], { cwd: folder, encoding: "utf8", input: "" });
      expect(stderr).toBe("");
      expect(stdout.trimEnd()).toBe(output);
    });
  }

  for (const block of blocks.filter(({ language }) => language === "console")) {
    it(`the commands of line ${block.line} print what they say`, () => {
      const commands = commandsOf(block);
      const separator = "@@ end of a command @@";
      // One shell for the block, so that `$?` and files pass from command to command.
      const text = commands.map(({ command }) => `${command}\n{ s=$?; echo "${separator}"; (exit $s); }`).join("\n");
      const outputs = shell(text, root).split(`${separator}\n`);
      const printed = commands.map(({ command }, index) => ({ command, output: (outputs[index] ?? "").trimEnd() }));
      expect(printed).toEqual(commands);
    });
  }
});

describe("documents", () => {
  for (const name of documents) {
    it(`${name} names only paths and scripts that exist`, () => {
      const text = readFileSync(join(root, name), "utf8");
      const missing = pathsOf(text).filter((path) => {
        const places = [join(root, path), join(root, dirname(name), path)];
        return !places.some((place) => existsSync(place));
      });
      expect(missing).toEqual([]);
      const unknown = [...text.matchAll(/npm run ([\w-]+)/g)]
        .map((match) => match[1] ?? "")
        .filter((name) => !(name in scripts));
      expect(unknown).toEqual([]);
    });
  }

  it("are read as they should be", () => {
    const text =
      "a\n```console\n$ one \\\n  two\nout\n\n$ three\n```\n[x](docs/no.md#y) `src/no.ts` [z](https://a.b)\n";
    const [block] = blocksOf(text);
    expect(block).toMatchObject({ language: "console", line: 2 });
    expect(commandsOf(block as NonNullable<typeof block>)).toEqual([
      { command: "one \\\n  two", output: "out" },
      { command: "three", output: "" },
    ]);
    expect(pathsOf(text)).toEqual(["docs/no.md", "src/no.ts"]);
    expect(() => blocksOf("```ts\nconst a = 1;")).toThrow("has no end");
    const samples = samplesOf(blocksOf("```ts\na\n```\n```text\nb\n```\n```ts\nc\n```\n"));
    expect(samples.map(({ output }) => output)).toEqual(["b", ""]);
  });
});
