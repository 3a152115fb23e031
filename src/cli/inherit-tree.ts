/**
 * `sallyport inherit --children`: what a change at a parent makes of the objects below it.
 *
 * Reads a tree from JSON, shows it with what changed. Walks without recursion. Does not know how ACEs are inherited.
 */
import { type Acl, type ObjectTree, propagateInheritance, SecurityDescriptor, type SidContext } from "../index.js";
import { aceText, controlWords } from "./ace-words.js";
import { InputFault, reading } from "./failure.js";
import { contextFrom, type Inputs } from "./input.js";
import { mappingFrom } from "./question.js";
import type { Finish } from "./run.js";
import { wrapped } from "./table.js";
import { shown, type Terminal } from "./terminal.js";

/** The members of an object in the JSON. */
const MEMBERS: readonly string[] = ["name", "descriptor", "container", "objectTypes", "children"];
/** Deepest object, and longest name: more than any file system has. */
const MAX_LEVELS = 256;
const MAX_NAME = 255;

/** An object of the JSON, and what became of it. */
interface Entry {
  readonly name: string;
  /** 0 for the children of the parent itself. */
  readonly level: number;
  /** "children[0].children[2]", for complaints. */
  readonly place: string;
  readonly before: SecurityDescriptor;
  readonly tree: Omit<ObjectTree, "children"> & { readonly children: ObjectTree[] };
  readonly children: Entry[];
  after: SecurityDescriptor;
}

/** Shows what propagation of `parent` makes of the objects in `given`, a JSON file or text. */
export async function propagate(
  parent: SecurityDescriptor,
  given: string,
  options: { readonly mapping: string; readonly contextDomain?: string; readonly json?: boolean },
  inputs: Inputs,
  finish: Finish,
): Promise<void> {
  const context = contextFrom(options.contextDomain);
  const { request: mapping } = mappingFrom(options.mapping);
  const { name, value } = await inputs.json(given, "--children");
  const roots: Entry[] = [];
  const entries = readTree(value, roots, name, context);
  const root = { descriptor: parent, container: true, children: roots.map(({ tree }) => tree) };
  note(
    roots,
    reading(name, undefined, () => propagateInheritance(root, { mapping })),
  );
  return finish(0, (terminal) =>
    options.json === true ? [treeJson(roots, entries, context)] : treeLines(entries, context, terminal),
  );
}

/** Reads the objects of the JSON into `roots`; all of them, each before those below it. */
function readTree(value: unknown, roots: Entry[], file: string, context: SidContext | undefined): readonly Entry[] {
  const entries: Entry[] = [];
  const open = listed(value, "children", file).map((each, index) => ({ each, index, holder: null as Entry | null }));
  open.reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { each, index, holder } = next;
    const place = `${holder === null ? "" : `${holder.place}.`}children[${index}]`;
    const level = holder === null ? 0 : holder.level + 1;
    if (level === MAX_LEVELS) throw new InputFault(`${file}: ERR_LIMIT: at most ${MAX_LEVELS} levels of objects`);
    const { members, ...read } = readObject(each, index, place, file, context);
    const entry = { ...read, place, level, children: [] };
    entries.push(entry);
    (holder?.children ?? roots).push(entry);
    holder?.tree.children.push(entry.tree);
    const below = members.children === undefined ? [] : listed(members.children, `${place}.children`, file);
    for (let i = below.length - 1; i >= 0; i--) open.push({ each: below[i], index: i, holder: entry });
  }
  return entries;
}

function listed(value: unknown, place: string, file: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new InputFault(`${file}: ERR_ARGUMENT: ${place}: expected a list of objects`);
}

function readObject(value: unknown, index: number, place: string, file: string, context: SidContext | undefined) {
  const fault = (code: string, message: string) => new InputFault(`${file}: ${code}: ${place}: ${message}`);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw fault("ERR_ARGUMENT", "expected an object");
  }
  const members = value as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(members).find((member) => !MEMBERS.includes(member));
  if (unknown !== undefined)
    throw fault("ERR_UNKNOWN_MEMBER", `unknown member ${JSON.stringify(unknown.slice(0, 40))}`);
  const { name = String(index), descriptor, container = members.children !== undefined, objectTypes } = members;
  if (typeof name !== "string") throw fault("ERR_ARGUMENT", "name: expected text");
  if (name.length > MAX_NAME) throw fault("ERR_LIMIT", `name: at most ${MAX_NAME} units`);
  if (typeof descriptor !== "string") throw fault("ERR_ARGUMENT", "descriptor: expected SDDL");
  if (typeof container !== "boolean") throw fault("ERR_ARGUMENT", "container: expected true or false");
  const before = reading(`${file}: ${place}.descriptor`, descriptor, () =>
    SecurityDescriptor.parse(descriptor, { context }),
  );
  // The library judges the GUIDs.
  const types = objectTypes === undefined ? {} : { objectTypes: objectTypes as readonly string[] };
  const children: ObjectTree[] = [];
  return { members, name, before, after: before, tree: { descriptor: before, container, ...types, children } };
}

/** Writes down what became of each object. */
function note(roots: readonly Entry[], after: ObjectTree): void {
  const open = [{ entries: roots, after }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { children = [] } = next.after;
    next.entries.forEach((entry, index) => {
      entry.after = children[index].descriptor;
      open.push({ entries: entry.children, after: children[index] });
    });
  }
}

/** The tree as it was given, with what became of each descriptor. */
function treeJson(roots: readonly Entry[], entries: readonly Entry[], context: SidContext | undefined): string {
  const made = new Map<Entry, object>();
  // From the last to the first: what stands below an object is made before it.
  for (const entry of [...entries].reverse()) {
    const [was, is] = [entry.before, entry.after].map((each) =>
      reading(entry.place, undefined, () => each.toString(context)),
    );
    const children = entry.children.map((child) => made.get(child));
    const { name, tree } = entry;
    const { container, objectTypes } = tree;
    made.set(entry, { name, container, objectTypes, changed: was !== is, descriptor: is, children });
  }
  return JSON.stringify({ children: roots.map((entry) => made.get(entry)) });
}

function treeLines(entries: readonly Entry[], context: SidContext | undefined, terminal: Terminal): string[] {
  const { colours, width } = terminal;
  const told = entries.map((entry) => ({ entry, lines: differenceOf(entry.before, entry.after, context) }));
  const changed = told.filter(({ lines }) => lines.length > 0).length;
  return [
    `${told.length} ${told.length === 1 ? "object" : "objects"}, ${changed} changed`,
    "",
    ...told.flatMap(({ entry, lines }) => {
      const margin = "  ".repeat(entry.level);
      const isProtected = controlWords(entry.before.control).includes("SE_DACL_PROTECTED");
      const same = colours.dim(isProtected ? "as before, protected" : "as before");
      return [
        `${margin}${colours.bold(shown(entry.name))}  ${lines.length > 0 ? colours.yellow("changed") : same}`,
        ...lines.map((line) => {
          const text = wrapped(`${margin}  ${shown(line)}`, width, margin.length + 4);
          return line.startsWith("+") ? colours.green(text) : line.startsWith("-") ? colours.red(text) : text;
        }),
      ];
    }),
  ];
}

/** "- (A;ID;FR;;;BU)" for what went, "+ …" for what came, and what the control bits gained. */
function differenceOf(
  before: SecurityDescriptor,
  after: SecurityDescriptor,
  context: SidContext | undefined,
): string[] {
  const lines: string[] = [];
  for (const place of ["dacl", "sacl"] as const) {
    const [was, is] = [before, after].map((each) => texts(each[place], place, context));
    const [gone, come] = [missing(was, is), missing(is, was)];
    lines.push(...gone.map((text) => `- ${text}`), ...come.map((text) => `+ ${text}`));
    if (gone.length + come.length === 0 && was.some((text, index) => text !== is[index])) {
      lines.push(`the ACEs of the ${place.toUpperCase()} in another order`);
    }
  }
  const marks = controlWords(after.control & ~before.control);
  if (marks.length > 0) lines.push(`now ${marks.join(" | ")}`);
  return lines;
}

function texts(acl: Acl | null, place: "dacl" | "sacl", context: SidContext | undefined): readonly string[] {
  const unspelled = (type: number): string => `(type 0x${type.toString(16)}, no spelling in SDDL)`;
  return acl?.aces.map((ace) => aceText(ace, place, context) ?? unspelled(ace.type)) ?? [];
}

/** The entries of `texts` that `others` has fewer of. */
function missing(texts: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const text of others) left.set(text, (left.get(text) ?? 0) + 1);
  return texts.filter((text) => {
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count <= 0;
  });
}
