/**
 * What GENERIC_READ, WRITE, EXECUTE and ALL mean for a kind of object. interchange.md, "Named mappings"
 *
 * Does not know what the specific bits are called.
 */
import {
  GENERIC_ALL,
  GENERIC_BITS,
  GENERIC_EXECUTE,
  GENERIC_READ,
  GENERIC_WRITE,
  MAXIMUM_ALLOWED,
} from "../assembly/shared/access-mask.js";
import { ArgumentError } from "./errors.js";

export type MappingName =
  | "file"
  | "directory"
  | "pipe"
  | "share"
  | "key"
  | "service"
  | "scm"
  | "process"
  | "thread"
  | "token"
  | "job"
  | "section"
  | "event"
  | "semaphore"
  | "timer"
  | "mutant"
  | "object_directory"
  | "symbolic_link"
  | "window_station"
  | "desktop"
  | "printer"
  | "ds_object"
  | "wmi_namespace"
  | "event_log";

/** Four masks of 32 bits, without generic bits or MAXIMUM_ALLOWED. */
export interface GenericMappingFields {
  readonly read: number;
  readonly write: number;
  readonly execute: number;
  readonly all: number;
}

type Row = readonly [name: MappingName, read: number, write: number, execute: number, all: number];

const rows: readonly Row[] = [
  ["file", 0x120089, 0x120116, 0x1200a0, 0x1f01ff],
  ["directory", 0x120089, 0x120116, 0x1200a0, 0x1f01ff],
  ["pipe", 0x120089, 0x120116, 0x1200a0, 0x1f01ff],
  ["share", 0x120089, 0x120116, 0x1200a0, 0x1f01ff],
  ["key", 0x20019, 0x20006, 0x20019, 0xf003f],
  ["service", 0x2008d, 0x20002, 0x20170, 0xf01ff],
  ["scm", 0x20014, 0x20022, 0x20009, 0xf003f],
  ["process", 0x20410, 0x20bea, 0x121001, 0x1fffff],
  ["thread", 0x20048, 0x20437, 0x121800, 0x1fffff],
  ["token", 0x20008, 0x200e0, 0x20000, 0xf01ff],
  ["job", 0x20004, 0x2000b, 0x120000, 0x1f003f],
  ["section", 0x20005, 0x20002, 0x20008, 0xf001f],
  ["event", 0x20001, 0x20002, 0x120000, 0x1f0003],
  ["semaphore", 0x20001, 0x20002, 0x120000, 0x1f0003],
  ["timer", 0x20001, 0x20002, 0x120000, 0x1f0003],
  ["mutant", 0x20001, 0x20000, 0x120000, 0x1f0001],
  ["object_directory", 0x20003, 0x2000c, 0x20003, 0xf000f],
  ["symbolic_link", 0x20001, 0x20000, 0x20001, 0xf0001],
  ["window_station", 0x20303, 0x2001c, 0x20060, 0xf037f],
  ["desktop", 0x20041, 0x200be, 0x20100, 0xf01ff],
  ["printer", 0x20008, 0x20008, 0x20008, 0xf000c],
  ["ds_object", 0x20094, 0x20028, 0x20004, 0xf01ff],
  ["wmi_namespace", 0x20001, 0x2001c, 0x20022, 0x6003f],
  ["event_log", 0x20001, 0x20002, 0x20000, 0xf0007],
];

/** Four masks that the generic bits stand for. Immutable; a named one is the same instance every time. */
export class GenericMapping {
  readonly read: number;
  readonly write: number;
  readonly execute: number;
  readonly all: number;
  /** The name in the table of interchange.md; null for a mapping of the caller's own. */
  readonly name: MappingName | null;

  /** No other object has it: four masks that may change are read again each time. */
  readonly #made = true;

  private constructor(name: MappingName | null, read: number, write: number, execute: number, all: number) {
    this.name = name;
    this.read = read;
    this.write = write;
    this.execute = execute;
    this.all = all;
    Object.freeze(this);
  }

  /**
   * The mapping of this name, or of these four masks, each read once.
   *
   * @throws ArgumentError ERR_ARGUMENT for an unknown name, a mask that is no number 0…4294967295, or one that holds a
   *   generic bit or MAXIMUM_ALLOWED. `path` goes into the error.
   */
  static of(mapping: MappingName | GenericMappingFields, path: readonly (string | number)[] = []): GenericMapping {
    if (typeof mapping === "object" && mapping !== null && #made in mapping) return mapping;
    if (typeof mapping === "string") {
      const named = mappings.get(mapping);
      if (named === undefined) throw new ArgumentError("ERR_ARGUMENT", path, "unknown mapping name");
      return named;
    }
    if (typeof mapping !== "object" || mapping === null) {
      throw new ArgumentError("ERR_ARGUMENT", path, "expected a mapping name or { read, write, execute, all }");
    }
    const { read, write, execute, all } = mapping;
    return new GenericMapping(
      null,
      mappedMask(read, path, "read"),
      mappedMask(write, path, "write"),
      mappedMask(execute, path, "execute"),
      mappedMask(all, path, "all"),
    );
  }

  /** @internal */
  static named(row: Row): GenericMapping {
    return new GenericMapping(...row);
  }

  /** `mask` with its generic bits replaced by what they stand for. Unsigned. */
  map(mask: number): number {
    let mapped = mask & ~GENERIC_BITS;
    if ((mask & GENERIC_READ) !== 0) mapped |= this.read;
    if ((mask & GENERIC_WRITE) !== 0) mapped |= this.write;
    if ((mask & GENERIC_EXECUTE) !== 0) mapped |= this.execute;
    if ((mask & GENERIC_ALL) !== 0) mapped |= this.all;
    return mapped >>> 0;
  }
}

const mappings: ReadonlyMap<string, GenericMapping> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ rows.map((row) => [row[0], GenericMapping.named(row)]),
);

/** Every mapping name, in the order of interchange.md. */
export const mappingNames: readonly MappingName[] = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ rows.map(([name]) => name),
);

function mappedMask(mask: unknown, path: readonly (string | number)[], member: string): number {
  if (typeof mask !== "number" || mask >>> 0 !== mask) {
    throw new ArgumentError("ERR_ARGUMENT", [...path, member], "expected a mask 0…4294967295");
  }
  if ((mask & (GENERIC_BITS | MAXIMUM_ALLOWED)) !== 0) {
    throw new ArgumentError("ERR_ARGUMENT", [...path, member], "a mapping holds no generic bit and no MAXIMUM_ALLOWED");
  }
  // `>>> 0` turns -0 into 0.
  return mask >>> 0;
}
