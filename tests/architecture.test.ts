/**
 * The house keeps its own rules: who imports whom, what shared constants look like, what the kernel shows outside.
 *
 * Each rule is also fed a breach, so that a rule that cannot fail is itself a failure.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { definedMemory, describeAbi } from "./architecture/abi.js";
import { type Room, rooms } from "./architecture/rooms.js";
import {
  boundToNode,
  brokenImports,
  importsOf,
  impureShared,
  moduleState,
  roomOf,
  type SourceFile,
  tooLong,
  unwanted,
  withoutPurpose,
} from "./architecture/rules.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const limits = JSON.parse(readFileSync(join(root, "tools/limits.json"), "utf8")) as Record<string, number>;

function readFolder(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.split("\\").join("/")}`)
    .filter((path) => path.endsWith(".ts") && !path.includes("/node_modules/"))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

const sources = [...readFolder("assembly"), ...readFolder("src")];
const exists = (path: string): boolean => existsSync(join(root, path)) && !path.endsWith("/");
const file = (path: string, text: string): SourceFile => ({ path, text });

describe("sources", () => {
  it("are read: both sides of the boundary hold files", () => {
    expect(sources.filter(({ path }) => path.startsWith("assembly/")).length).toBeGreaterThan(10);
    expect(sources.filter(({ path }) => path.startsWith("src/")).length).toBeGreaterThan(10);
  });

  it("import only what their room may know", () => {
    expect(brokenImports(sources, rooms, exists)).toEqual([]);
  });

  it("keep assembly/shared to literals", () => {
    expect(impureShared(sources)).toEqual([]);
  });

  it("open with their purpose", () => {
    expect(withoutPurpose([...sources, ...readFolder("tests")])).toEqual([]);
  });

  it("run without Node, the command line aside", () => {
    expect(boundToNode(sources)).toEqual([]);
  });

  it("keep no state in modules", () => {
    expect(moduleState(sources)).toEqual([]);
  });

  it(`have at most ${limits.sourceFileLines} lines`, () => {
    expect(tooLong([...sources, ...readFolder("tests")], limits.sourceFileLines as number)).toEqual([]);
  });

  it("have names that say something, no default exports, no enums", () => {
    expect(unwanted(sources)).toEqual([]);
  });
});

describe.each([
  ["kernel", "./abi.snapshot.txt"],
  ["check-kernel", "./abi-of-checks.snapshot.txt"],
])("the shipped %s.wasm", (name, snapshot) => {
  const bytes = readFileSync(join(root, `build/${name}.wasm`));

  it("imports nothing", () => {
    expect(WebAssembly.Module.imports(new WebAssembly.Module(bytes))).toEqual([]);
  });

  it("defines a memory with the declared maximum", () => {
    expect(definedMemory(bytes)?.maximum).toBe(limits.memoryPages);
  });

  it("shows the exports of its snapshot (after a wanted change: npm run update-abi-snapshot)", async () => {
    await expect(describeAbi(bytes)).toMatchFileSnapshot(snapshot);
  });
});

describe("the rules can fail", () => {
  const house: readonly Room[] = [
    { name: "low", holds: ["src/low.ts"], imports: [] },
    { name: "high", holds: ["src/high/"], imports: ["low"], packages: ["node:", "commander"] },
    { name: "face", holds: ["src/high/index.ts"], imports: ["high"] },
  ];
  const there = (path: string): boolean =>
    ["src/low.ts", "src/high/a.ts", "src/high/index.ts", "src/lost.ts"].includes(path);
  const breaches = (path: string, text: string): string[] => brokenImports([file(path, text)], house, there);

  it("on an import against the table, in every form it may take", () => {
    expect(breaches("src/high/a.ts", 'import { a } from "../low.js";')).toEqual([]);
    const wanted = ["src/low.ts (low) may not import src/high/a.ts (high)"];
    expect(breaches("src/low.ts", 'import { a } from "./high/a.js";')).toEqual(wanted);
    expect(breaches("src/low.ts", 'import type {\n  A,\n  B,\n} from "./high/a.js";')).toEqual(wanted);
    expect(breaches("src/low.ts", 'export * from "./high/a.js";')).toEqual(wanted);
    expect(breaches("src/low.ts", 'import "./high/a";')).toEqual(wanted);
    expect(breaches("src/low.ts", 'const a = await import("./high/a.js");')).toEqual(wanted);
  });

  it("on a package, a missing file and a file without a room", () => {
    expect(breaches("src/high/a.ts", 'import { Command } from "commander";\nimport fs from "node:fs";')).toEqual([]);
    expect(breaches("src/low.ts", 'import { Command } from "commander";')).toHaveLength(1);
    expect(breaches("src/low.ts", 'import { a } from "./gone.js";')).toHaveLength(1);
    expect(breaches("src/lost.ts", "")).toEqual(["src/lost.ts is in no room"]);
    expect(breaches("src/high/a.ts", 'import { a } from "../lost.js";')).toHaveLength(1);
  });

  it("and know prose from code, and the most exact room", () => {
    expect(importsOf('// import { a } from "./a.js";\n/* import "./b.js" */\n')).toEqual([]);
    expect(importsOf('const text = "http://x"; \nimport { a } from "./a.js";')).toEqual(["./a.js"]);
    expect(roomOf("src/high/index.ts", house)?.name).toBe("face");
    expect(roomOf("assembly/memory/records.ts", rooms)?.name).toBe("records");
    expect(roomOf("src/cli/main.ts", rooms)?.name).toBe("cli");
  });

  it("on anything but a literal in assembly/shared", () => {
    const shared = (text: string): string[] => impureShared([file("assembly/shared/a.ts", text)]);
    expect(shared("/** a */\nexport const A_1: u32 = 0x80000000; // b\nexport const B: u32 = 7;\n")).toEqual([]);
    for (const text of [
      "export const A: i32 = 1;",
      "export const A: u32 = 1 << 31;",
      "export const A = 1;",
      "export const A: u32 = B;",
      "export function a(): void {}",
      'import { A } from "./b";',
      "export const A: u32 = 1; export let b = 2;",
    ]) {
      expect(shared(text), text).toHaveLength(1);
    }
    expect(impureShared([file("assembly/shared/case-table.ts", "const a = [1];")])).toEqual([]);
  });

  it("on a file without purpose, with Node's things, with state, too long, or badly named", () => {
    expect(
      withoutPurpose([file("src/a.ts", "/** What it is. */\n"), file("src/b.ts", "const a = 1;\n/** late */")]),
    ).toHaveLength(1);
    expect(withoutPurpose([file("src/a.ts", "/** */\nconst a = 1; /** late */")])).toHaveLength(1);
    for (const text of ["Buffer.from([])", "process.exit(1)", 'import fs from "node:fs";', 'require("x")']) {
      expect(boundToNode([file("src/a.ts", text)]), text).toHaveLength(1);
      expect(boundToNode([file("src/cli/a.ts", text)]), text).toEqual([]);
    }
    const harmless =
      '// Buffer\nthis.process.token; const process = "a"; "process.x"; ArrayBuffer; interface A { process: number }';
    expect(boundToNode([file("src/a.ts", harmless)])).toEqual([]);
    expect(
      moduleState([file("src/a.ts", "export let a = 1;"), file("src/b.ts", "function f() {\n  let a = 1;\n}")]),
    ).toHaveLength(1);
    expect(tooLong([file("src/a.ts", "a\n".repeat(5)), file("src/b.ts", "a\n".repeat(6))], 5)).toHaveLength(1);
    expect(
      unwanted([
        file("src/utils.ts", ""),
        file("src/aB.ts", ""),
        file("src/a.ts", "export default 1;\nconst enum A {}"),
      ]),
    ).toHaveLength(4);
    expect(unwanted([file("src/a-b2.ts", "export const a = 1;")])).toEqual([]);
  });

  it("on a memory without a maximum and on an import of the kernel", () => {
    const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
    expect(definedMemory(Uint8Array.from([...header, 5, 3, 1, 0, 2]))).toEqual({ initial: 2, maximum: null });
    expect(definedMemory(Uint8Array.from([...header, 5, 5, 1, 1, 2, 0x80, 0x20]))).toEqual({
      initial: 2,
      maximum: 4096,
    });
    expect(definedMemory(Uint8Array.from(header))).toBeNull();
    const importing = Uint8Array.from([...header, 2, 8, 1, 1, 0x61, 1, 0x62, 2, 0, 1]);
    expect(describeAbi(importing)).toBe("import memory a.b\n1 imports, 0 exports\n");
  });
});
