/**
 * The rules of the house over source text. Each function takes files and answers with its complaints, one line each;
 * none means kept. Reads text only; which files there are is the caller's business.
 */
import { posix } from "node:path";
import type { Room } from "./rooms.js";

export interface SourceFile {
  /** From the root of the project, "/" as separator. */
  readonly path: string;
  readonly text: string;
}

/** Text with comments blanked out, so that a rule about code never reads prose. Strings stay. */
export function withoutComments(text: string): string {
  const token = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
  return text.replace(token, (found) =>
    found.startsWith("/*") || found.startsWith("//") ? found.replace(/[^\n]/g, " ") : found,
  );
}

/** What a file imports or re-exports, as written; dynamic imports too. */
export function importsOf(text: string): string[] {
  const code = withoutComments(text);
  const forms = [
    /^[ \t]*(?:import|export)\b[^;"'`]*?\bfrom\s*["']([^"']+)["']/gm,
    /^[ \t]*import\s*["']([^"']+)["']/gm,
    /\bimport\s*\(\s*["'`]([^"'`]+)["'`]/g,
    /\brequire\s*\(\s*["'`]([^"'`]+)["'`]/g,
  ];
  return forms.flatMap((form) => [...code.matchAll(form)].map((match) => match[1] ?? ""));
}

/** The room that holds `path`: the most exact claim wins, so a file may stand apart from its folder. */
export function roomOf(path: string, rooms: readonly Room[]): Room | undefined {
  let best: { room: Room; length: number } | undefined;
  for (const room of rooms) {
    for (const claim of room.holds) {
      const held = claim.endsWith("/") ? path.startsWith(claim) : path === claim;
      if (held && claim.length > (best?.length ?? 0)) best = { room, length: claim.length };
    }
  }
  return best?.room;
}

/** The file an import of `from` means, without extension questions: AssemblyScript writes none, TypeScript ".js". */
function target(from: string, specifier: string, exists: (path: string) => boolean): string | undefined {
  const path = posix.join(posix.dirname(from), specifier);
  return [path, `${path}.ts`, path.replace(/\.js$/, ".ts")].find(exists);
}

/** Imports that break the table, point nowhere, or come from a file without a room. */
export function brokenImports(
  files: readonly SourceFile[],
  rooms: readonly Room[],
  exists: (path: string) => boolean,
): string[] {
  const complaints: string[] = [];
  for (const { path, text } of files) {
    const room = roomOf(path, rooms);
    if (room === undefined) {
      complaints.push(`${path} is in no room`);
      continue;
    }
    for (const specifier of importsOf(text)) {
      if (!specifier.startsWith(".")) {
        const allowed = room.packages?.some(
          (name) => specifier === name || (name.endsWith(":") && specifier.startsWith(name)),
        );
        if (allowed !== true) complaints.push(`${path} (${room.name}) may not import the package ${specifier}`);
        continue;
      }
      const imported = target(path, specifier, exists);
      if (imported === undefined) {
        complaints.push(`${path} imports ${specifier}, which does not exist`);
        continue;
      }
      const other = roomOf(imported, rooms);
      if (other === undefined) complaints.push(`${path} imports ${imported}, which is in no room`);
      else if (other !== room && !room.imports.includes(other.name)) {
        complaints.push(`${path} (${room.name}) may not import ${imported} (${other.name})`);
      }
    }
  }
  return complaints;
}

/** Lines of assembly/shared that are not `export const NAME: u32 = <literal>;`. The generated case table and .d.ts aside. */
export function impureShared(files: readonly SourceFile[]): string[] {
  const literal = /^export const [A-Z][A-Z0-9_]*: u32 = (?:0x[0-9a-fA-F]+|\d+);$/;
  return files
    .filter(({ path }) => path.startsWith("assembly/shared/"))
    .filter(({ path }) => !path.endsWith(".d.ts") && !path.endsWith("/case-table.ts"))
    .flatMap(({ path, text }) =>
      withoutComments(text)
        .split("\n")
        .flatMap((line, index) =>
          line.trim() === "" || literal.test(line.trimEnd()) ? [] : [`${path}:${index + 1}: ${line.trim()}`],
        ),
    );
}

/** Files that do not open with a comment saying what they are. */
export function withoutPurpose(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ text }) => !/[A-Za-z]/.test(/^(?:#![^\n]*\n)?\/\*\*([\s\S]*?)\*\//.exec(text)?.[1] ?? ""))
    .map(({ path }) => `${path} does not open with its purpose`);
}

/** Use of Node's own things in src outside src/cli: the library runs in browsers and at the edge. */
export function boundToNode(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => path.startsWith("src/") && !path.startsWith("src/cli/"))
    .flatMap(({ path, text }) => {
      const code = withoutComments(text).replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, '""');
      const named = /\bBuffer\b|(?<![.\w"'])(?:process|require|__dirname|__filename)\s*[.[(]/.exec(code);
      const imported = importsOf(text).filter((specifier) => specifier.startsWith("node:"));
      return [...(named === null ? [] : [named[0].trim()]), ...imported].map((what) => `${path} uses ${what}`);
    });
}

/** Mutable state at the level of a module of src: `let` or `var`, outside every function. */
export function moduleState(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => path.startsWith("src/"))
    .filter(({ text }) => /^(?:export\s+)?(?:let|var)\s/m.test(withoutComments(text)))
    .map(({ path }) => `${path} keeps state in its module`);
}

/** Files longer than `limit` lines; generated tables aside. */
export function tooLong(files: readonly SourceFile[], limit: number): string[] {
  return files
    .filter(({ path }) => !path.endsWith("/case-table.ts"))
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split("\n").length }))
    .filter(({ lines }) => lines > limit)
    .map(({ path, lines }) => `${path} has ${lines} lines, more than ${limit}`);
}

/** Names nobody can guess the content of, default exports, and enums. */
export function unwanted(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const code = withoutComments(text);
    const complaints: string[] = [];
    if (/(?:^|\/)(?:utils?|helpers?|common|manager)\.ts$/.test(path))
      complaints.push(`${path} has a name that says nothing`);
    if (!/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.d)?\.ts$/.test(posix.basename(path)))
      complaints.push(`${path} is not kebab-case`);
    if (!path.endsWith(".d.ts") && /^export default\b/m.test(code)) complaints.push(`${path} has a default export`);
    if (/^(?:export\s+)?(?:declare\s+)?(?:const\s+)?enum\s/m.test(code)) complaints.push(`${path} has an enum`);
    return complaints;
  });
}
