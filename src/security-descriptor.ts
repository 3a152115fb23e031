/**
 * The security descriptor: an immutable document with doors for SDDL text and self-relative bytes. [MS-DTYP] 2.4.6
 *
 * Joins the rooms of text and bytes, which do not know each other. Does not know the engine, nor who may do what.
 */

import {
  LAST_KNOWN_ACE_TYPE,
  SYSTEM_ALARM_ACE_TYPE,
  SYSTEM_ALARM_OBJECT_ACE_TYPE,
  SYSTEM_AUDIT_ACE_TYPE,
  SYSTEM_AUDIT_CALLBACK_ACE_TYPE,
  SYSTEM_AUDIT_OBJECT_ACE_TYPE,
} from "../assembly/shared/ace.js";
import {
  SD_MAX_SIZE,
  SE_DACL_PRESENT,
  SE_SACL_PRESENT,
  SE_SELF_RELATIVE,
} from "../assembly/shared/security-descriptor.js";
import type { Ace } from "./ace.js";
import { Acl } from "./acl.js";
import { copyBytes } from "./binary/byte-input.js";
import { decodeDescriptor } from "./binary/decode.js";
import { encodeDescriptor } from "./binary/encode.js";
import { type AclState, type DescriptorParts, daclState, saclState } from "./descriptor-parts.js";
import { printDescriptor } from "./descriptor-printing.js";
import { ArgumentError } from "./errors.js";
import { parseDescriptor } from "./sddl/parse.js";
import { Sid } from "./sid.js";
import type { SidContext } from "./well-known-sids.js";

/** What `with` may change. Members left out stay. */
export type DescriptorChanges = Partial<DescriptorParts>;

/** Key of the bytes inside a descriptor: reached through `bytesOf` alone. */
const BYTES = Symbol("self-relative bytes");

/** Owner, group, DACL and SACL of an object. Immutable; a change is a new value. */
export class SecurityDescriptor implements DescriptorParts {
  /** Where the engine remembers the compiled record. Private: neither a copy's property nor a proxy can stand for it. */
  #residency: unknown = undefined;
  readonly #parts: DescriptorParts;
  /** The bytes this descriptor was read from. */
  readonly #source: Uint8Array | undefined;
  /** The bytes it encodes to, once asked for. */
  #encoded: Uint8Array | undefined;

  private constructor(parts: DescriptorParts, source?: Uint8Array) {
    this.#parts = parts;
    this.#source = source;
    Object.freeze(this);
  }

  /** @internal Whether this class made `value`: a proxy of one, or an object of its prototype alone, passes `instanceof`. */
  static is(value: unknown): value is SecurityDescriptor {
    return typeof value === "object" && value !== null && #parts in value;
  }

  /** @internal What `keepResidency` was given last; undefined for what is no descriptor. For wasm/residency alone. */
  static residencyOf(value: unknown): unknown {
    return typeof value === "object" && value !== null && #residency in value ? value.#residency : undefined;
  }

  /** @internal */
  static keepResidency(descriptor: SecurityDescriptor, residency: unknown): void {
    descriptor.#residency = residency;
  }

  /**
   * Reads SDDL. `context` gives the SIDs for aliases that need one (`DA`, `EA`, `LA` …). formats.md 7
   *
   * @throws SddlError with the position of the first unit that cannot be read; ArgumentError ERR_ARGUMENT for no text.
   */
  static parse(sddl: string, options: { readonly context?: SidContext } = {}): SecurityDescriptor {
    if (typeof sddl !== "string") throw new ArgumentError("ERR_ARGUMENT", ["sddl"], "expected text");
    return new SecurityDescriptor(checkedParts(parseDescriptor(sddl, options?.context)));
  }

  /**
   * Reads self-relative bytes, which are copied. formats.md 3 to 5
   *
   * @throws FormatError ERR_DESCRIPTOR with the byte of the field at fault, ERR_LIMIT beyond 1 MiB; ArgumentError
   *   ERR_ARGUMENT for anything but a Uint8Array or an ArrayBuffer.
   */
  static fromBytes(bytes: Uint8Array | ArrayBuffer): SecurityDescriptor {
    const copy = copyBytes(bytes, SD_MAX_SIZE);
    return new SecurityDescriptor(Object.freeze(decodeDescriptor(copy)), copy);
  }

  /**
   * A descriptor of these parts; those left out are absent. The PRESENT bits follow the ACLs that are given: a bit
   * set in `control` without its ACL makes a NULL ACL (for the DACL: everything granted).
   *
   * @throws ArgumentError ERR_ARGUMENT naming the part that is no Sid, Acl or number in range.
   */
  static of(parts: Partial<DescriptorParts>): SecurityDescriptor {
    return new SecurityDescriptor(checkedParts(parts));
  }

  get owner(): Sid | null {
    return this.#parts.owner;
  }

  get group(): Sid | null {
    return this.#parts.group;
  }

  /** SE_… bits, 16 of them. */
  get control(): number {
    return this.#parts.control;
  }

  /** The resource-manager byte; written only with RM_CONTROL_VALID. */
  get sbz1(): number {
    return this.#parts.sbz1;
  }

  /** null: no DACL, or a NULL one; `daclState` tells. Both grant everything. */
  get dacl(): Acl | null {
    return this.#parts.dacl;
  }

  get sacl(): Acl | null {
    return this.#parts.sacl;
  }

  /** `absent` and `null` grant everything, `empty` grants nothing, `present` has ACEs. formats.md 3 */
  get daclState(): AclState {
    return daclState(this.#parts);
  }

  get saclState(): AclState {
    return saclState(this.#parts);
  }

  /**
   * This descriptor with some parts changed. `dacl: null` (and `sacl: null`) removes the ACL, unless `control` is
   * given as well and its PRESENT bit says that the ACL is a NULL one.
   *
   * @throws ArgumentError ERR_ARGUMENT as `of` does
   */
  with(changes: DescriptorChanges): SecurityDescriptor {
    const { owner = this.owner, group = this.group, sbz1 = this.sbz1, dacl, sacl, control } = changes;
    const removed = (dacl === null ? SE_DACL_PRESENT : 0) | (sacl === null ? SE_SACL_PRESENT : 0);
    return SecurityDescriptor.of({
      owner,
      group,
      sbz1,
      control: control ?? this.control & ~removed,
      dacl: dacl === undefined ? this.dacl : dacl,
      sacl: sacl === undefined ? this.sacl : sacl,
    });
  }

  /** With this DACL; null removes it, and then everything is granted. @throws ArgumentError ERR_ARGUMENT */
  withDacl(dacl: Acl | null): SecurityDescriptor {
    return this.with({ dacl });
  }

  /** With this SACL; null removes it. @throws ArgumentError ERR_ARGUMENT */
  withSacl(sacl: Acl | null): SecurityDescriptor {
    return this.with({ sacl });
  }

  /**
   * With `ace` inserted before `index` (at the end by default) in the ACL its type belongs to: SACL for audit, label
   * and attribute types, DACL for the others. An ACL that was absent or NULL becomes one with this ACE alone; nothing is sorted.
   *
   * @throws ArgumentError ERR_ARGUMENT
   */
  addAce(ace: Ace, index?: number): SecurityDescriptor {
    const place = belongsInSacl(ace.type) ? "sacl" : "dacl";
    return this.with({ [place]: (this[place] ?? Acl.of([])).with(ace, index) });
  }

  /**
   * Canonical SDDL, as Windows prints it; aliases that need a SID of `context` are used only where one is given.
   * formats.md 7.2
   *
   * @throws FormatError where printing is refused: an ACE type without a spelling (ERR_DESCRIPTOR), application data
   *   that is no condition or claim (ERR_CONDITION, ERR_CLAIM), a claim whose shared values would fill more than an
   *   ACL (ERR_LIMIT). `offset` is the place in the bytes this descriptor was read from, or else in `toBytes()`.
   */
  toString(context?: SidContext): string {
    return printDescriptor(this.#parts, () => this[BYTES](), context);
  }

  /**
   * Self-relative bytes in the layout of Windows: SACL, DACL, owner, group, no gaps. The caller's own copy.
   *
   * @throws FormatError ERR_LIMIT for an ACE or an ACL beyond 65,532 bytes
   */
  toBytes(): Uint8Array {
    return this.#encode().slice();
  }

  /** @internal See `bytesOf`. */
  [BYTES](): Uint8Array {
    return this.#source ?? this.#encode();
  }

  #encode(): Uint8Array {
    this.#encoded ??= encodeDescriptor(this.#parts);
    return this.#encoded;
  }
}

/**
 * @internal Self-relative bytes of `descriptor`, without a copy: the ones it was read from, else the ones it encodes
 * to. Not to be changed. Throws FormatError ERR_LIMIT like `toBytes`.
 */
export function bytesOf(descriptor: SecurityDescriptor): Uint8Array {
  return descriptor[BYTES]();
}

/** Audits, alarms, labels, attributes, policies and filters. formats.md 7 */
function belongsInSacl(type: number): boolean {
  return (
    type === SYSTEM_AUDIT_ACE_TYPE ||
    type === SYSTEM_ALARM_ACE_TYPE ||
    type === SYSTEM_AUDIT_OBJECT_ACE_TYPE ||
    type === SYSTEM_ALARM_OBJECT_ACE_TYPE ||
    (type >= SYSTEM_AUDIT_CALLBACK_ACE_TYPE && type <= LAST_KNOWN_ACE_TYPE)
  );
}

/** Each part read once and checked. */
function checkedParts(parts: Partial<DescriptorParts>): DescriptorParts {
  if (typeof parts !== "object" || parts === null)
    throw new ArgumentError("ERR_ARGUMENT", [], "expected the parts of a descriptor");
  const { owner = null, group = null, control = 0, sbz1 = 0, dacl = null, sacl = null } = parts;
  expectPart(owner === null || owner instanceof Sid, "owner", "a Sid or null");
  expectPart(group === null || group instanceof Sid, "group", "a Sid or null");
  expectPart(isIntegerUpTo(control, 0xffff), "control", "16 bits");
  expectPart(isIntegerUpTo(sbz1, 0xff), "sbz1", "a byte");
  expectPart(dacl === null || dacl instanceof Acl, "dacl", "an Acl or null");
  expectPart(sacl === null || sacl instanceof Acl, "sacl", "an Acl or null");
  const present = (dacl === null ? 0 : SE_DACL_PRESENT) | (sacl === null ? 0 : SE_SACL_PRESENT);
  return Object.freeze({ owner, group, control: control | present | SE_SELF_RELATIVE, sbz1, dacl, sacl });
}

function expectPart(sound: boolean, name: string, wanted: string): void {
  if (!sound) throw new ArgumentError("ERR_ARGUMENT", [name], `expected ${wanted}`);
}

function isIntegerUpTo(value: unknown, max: number): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= max;
}
