/**
 * Reading what the command line names: files, standard input, descriptors in any form, tokens, contexts.
 *
 * Everything ends as a value of the library or as an InputFault that says where. Does not know commands or answers.
 */
import { readFile } from "node:fs/promises";
import {
  AccessToken,
  type CarriedDescriptor,
  readDescriptors,
  SecurityDescriptor,
  Sid,
  type SidContext,
  type TokenInput,
} from "../index.js";
import { parseRequest } from "../interchange/index.js";
import { InputFault, reading } from "./failure.js";

/**
 * The forms of a descriptor. `binary` is for files: self-relative bytes as they are. `auto` is any of the others and
 * what tools save: .reg, LDIF, Get-Acl, icacls, sc.
 */
export const descriptorForms = ["sddl", "hex", "base64", "binary", "auto"] as const;
export type DescriptorForm = (typeof descriptorForms)[number];

/** Which descriptor is meant, and how it is written. */
export interface DescriptorOptions {
  readonly from: DescriptorForm;
  /** Where a file holds several: a name, or a number from 0. */
  readonly entry?: string;
}

/** A descriptor twice: as a value, and as the interchange writes it. */
export interface DescriptorInput {
  readonly descriptor: SecurityDescriptor;
  readonly request: string | { readonly hex: string };
}

/** A token twice: as a value, and as the interchange writes it. */
export interface TokenSource {
  readonly token: AccessToken;
  readonly request: object;
}

/** The options that make a token. */
export interface TokenOptions {
  readonly token?: string;
  readonly user?: string;
  readonly group?: readonly string[];
  readonly denyOnly?: readonly string[];
  readonly restricted?: readonly string[];
  readonly writeRestricted?: boolean;
  readonly privilege?: readonly string[];
  readonly integrity?: string;
  /** The AccessCheck… calls take impersonation tokens, so a quick token for them is one. */
  readonly call?: string;
}

/** What standard input gave; it can be read once. */
export class Inputs {
  #used = false;

  /** The bytes of standard input. */
  async standardInput(what: string): Promise<Uint8Array> {
    if (this.#used) throw new InputFault(`${what}: standard input was read already; only one argument can be "-"`);
    this.#used = true;
    if (process.stdin.isTTY) process.stderr.write(`${what}: reading from the keyboard; Ctrl+D ends\n`);
    const chunks: Uint8Array[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
    return Buffer.concat(chunks);
  }

  /** The bytes of `path`, or of standard input for "-". */
  async bytes(path: string, what: string): Promise<Uint8Array> {
    if (path === "-") return this.standardInput(what);
    try {
      return await readFile(path);
    } catch (error) {
      throw new InputFault(`${what}: cannot read ${path}: ${reasonOf(error)}`);
    }
  }

  /** The text of `path`: UTF-8, or UTF-16 where a byte order mark says so, as Windows' own tools write it. */
  async text(path: string, what: string): Promise<string> {
    const bytes = await this.bytes(path, what);
    const encoding =
      bytes[0] === 0xff && bytes[1] === 0xfe
        ? "utf-16le"
        : bytes[0] === 0xfe && bytes[1] === 0xff
          ? "utf-16be"
          : "utf-8";
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      throw new InputFault(
        `${what}: ${path === "-" ? "standard input" : path} is not text in ${encoding.toUpperCase()}`,
      );
    }
  }

  /** JSON given as text, as a file, or as "-". */
  async json(given: string, what: string): Promise<{ readonly name: string; readonly value: unknown }> {
    const inline = /^\s*[{[]/.test(given);
    const path = given.startsWith("@") ? given.slice(1) : given;
    const text = inline ? given : await this.text(path, what);
    const name = inline ? what : path === "-" ? "standard input" : path;
    if (text.trim() === "") throw new InputFault(`${name}: it is empty`);
    return { name, value: reading(name, text, () => parseRequest(text)) };
  }

  /** `given` is the descriptor itself in the form of `options`, `@file`, or "-". `what` is what it is called. */
  async descriptor(
    given: string,
    { from: form, entry }: DescriptorOptions,
    context: SidContext | undefined,
    what = "descriptor",
  ): Promise<DescriptorInput> {
    const path = given === "-" ? "-" : given.startsWith("@") ? given.slice(1) : undefined;
    const name = path === undefined ? what : path === "-" ? "standard input" : path;
    if (entry !== undefined && form !== "auto") throw new InputFault("--entry is for --from auto");
    if (form === "auto") {
      const input = path === undefined ? given : await this.bytes(path, what);
      return carried(input, entry, name, context);
    }
    if (form === "binary") {
      if (path === undefined) throw new InputFault(`${what}: binary comes from @file or standard input (-)`);
      return ofBytes(await this.bytes(path, what), name);
    }
    const text = (path === undefined ? given : await this.text(path, what)).trim();
    // SDDL may be empty, and then grants everything: on a command line that is a slip.
    if (text === "") throw new InputFault(`${name}: it is empty`);
    if (form === "sddl") {
      const hint = (): string => (looksLikeHex(text) ? "these look like hexadecimal bytes: --from hex reads them" : "");
      return {
        descriptor: reading(name, text, () => SecurityDescriptor.parse(text, { context }), hint),
        request: text,
      };
    }
    return ofBytes(bytesOfText(text.replace(/\s+/g, ""), form, name), name);
  }

  /** The token of `--token`, or of `--user` and its companions. */
  async token(options: TokenOptions, context: SidContext | undefined): Promise<TokenSource> {
    const short = shorthand(options);
    if (options.token !== undefined && short !== undefined) {
      throw new InputFault(`--token already says everything: ${short.names.join(", ")} cannot stand beside it`);
    }
    if (options.token === undefined && short === undefined) {
      throw new InputFault("a token is needed: --token <file or JSON>, or --user S-1-… with --group S-1-… and others");
    }
    const { name, value } =
      options.token === undefined ? { name: "token", value: short?.token } : await this.json(options.token, "--token");
    const request = unwrapped(value, name);
    const dacl = (request as { defaultDacl?: unknown } | null)?.defaultDacl;
    const text = typeof dacl === "string" ? dacl : undefined;
    return {
      token: reading(name, text, () => AccessToken.create(request as TokenInput, context)),
      request: request as object,
    };
  }
}

/** The SIDs that aliases such as `DA` are relative to. */
export function contextFrom(domain: string | undefined): SidContext | undefined {
  return domain === undefined ? undefined : { domain: reading("--context-domain", undefined, () => Sid.parse(domain)) };
}

/** A token of `--user` and its companions; undefined when none was given. */
function shorthand(options: TokenOptions): { readonly token: object; readonly names: readonly string[] } | undefined {
  const { user, group, denyOnly, restricted, writeRestricted, privilege, integrity } = options;
  const given = {
    user,
    group,
    "deny-only": denyOnly,
    restricted,
    "write-restricted": writeRestricted,
    privilege,
    integrity,
  };
  const names = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`]));
  if (names.length === 0) return undefined;
  if (user === undefined && options.token === undefined) throw new InputFault(`${names[0]} needs --user S-1-…`);
  const groups = [...(group ?? []), ...(denyOnly ?? []).map((sid) => ({ sid, attributes: ["USE_FOR_DENY_ONLY"] }))];
  const type = options.call?.startsWith("AccessCheck") ? "impersonation" : undefined;
  return {
    token: { type, user, groups, restrictedSids: restricted, writeRestricted, privileges: privilege, integrity },
    names,
  };
}

/** The answer of `sallyport filter --json` is taken for the token it holds. */
function unwrapped(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, "status")) return value;
  const { token, status } = value as { token?: unknown; status: unknown };
  if (token === undefined) throw new InputFault(`${name}: this is an answer without a token: ${status}`);
  return token;
}

function ofBytes(bytes: Uint8Array, name: string): DescriptorInput {
  const descriptor = reading(name, undefined, () => SecurityDescriptor.fromBytes(bytes));
  return { descriptor, request: { hex: Buffer.from(bytes).toString("hex") } };
}

/** Most entries that a complaint names. */
const NAMED = 8;

/** The descriptor in whatever carries it. */
function carried(
  input: string | Uint8Array,
  entry: string | undefined,
  name: string,
  context: SidContext | undefined,
): DescriptorInput {
  const text = typeof input === "string" ? input : undefined;
  if (input.length === 0) throw new InputFault(`${name}: it is empty`);
  const { entries } = reading(name, text, () => readDescriptors(input, context));
  const { descriptor } = pick(entries, entry, name);
  const bytes = reading(name, undefined, () => descriptor.toBytes());
  return { descriptor, request: { hex: Buffer.from(bytes).toString("hex") } };
}

function pick(entries: readonly CarriedDescriptor[], wanted: string | undefined, name: string): CarriedDescriptor {
  if (wanted === undefined && entries.length === 1) return entries[0];
  if (wanted !== undefined) {
    // Names first: a file may well be called 1.
    const named = entries.find(({ name }) => name === wanted);
    const found = named ?? (/^\d+$/.test(wanted) ? entries[Number(wanted)] : undefined);
    if (found !== undefined) return found;
  }
  const names = entries.slice(0, NAMED).map((entry, index) => `  ${index}  ${entry.name ?? "(no name)"}`);
  if (entries.length > NAMED) names.push(`  … ${entries.length - NAMED} more`);
  const why = wanted === undefined ? `it holds ${entries.length} descriptors` : `it holds no descriptor ${wanted}`;
  throw new InputFault([`${name}: ${why}; --entry picks one by name or number:`, ...names].join("\n"));
}

function looksLikeHex(text: string): boolean {
  return text.length >= 40 && /^[0-9A-Fa-f\s]+$/.test(text);
}

function bytesOfText(text: string, form: "hex" | "base64", name: string): Uint8Array {
  const isSound =
    form === "hex" ? /^(?:[0-9A-Fa-f]{2})*$/.test(text) : text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
  if (isSound) return Buffer.from(text, form);
  throw new InputFault(
    `${name}: ERR_ARGUMENT: expected ${form === "hex" ? "pairs of hexadecimal digits" : "base64, padded"}`,
  );
}

/** "no such file or directory", of what Node throws. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  switch (code) {
    case "ENOENT":
      return "no such file";
    case "EISDIR":
      return "it is a directory";
    case "EACCES":
      return "permission denied";
    default:
      return String(message ?? error);
  }
}
