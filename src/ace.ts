/**
 * An access control entry of any type. [MS-DTYP] 2.4.4, formats.md 5
 *
 * Knows which parts belong to which type. Does not know sizes, spellings, or what an ACE decides.
 */
import {
  ACCESS_ALLOWED_ACE_TYPE,
  ACCESS_ALLOWED_CALLBACK_ACE_TYPE,
  ACCESS_ALLOWED_CALLBACK_OBJECT_ACE_TYPE,
  ACCESS_ALLOWED_COMPOUND_ACE_TYPE,
  ACCESS_ALLOWED_OBJECT_ACE_TYPE,
  ACCESS_DENIED_ACE_TYPE,
  ACCESS_DENIED_CALLBACK_OBJECT_ACE_TYPE,
  ACE_INHERITED_OBJECT_TYPE_PRESENT,
  ACE_OBJECT_TYPE_PRESENT,
  FAILED_ACCESS_ACE_FLAG,
  INHERIT_ONLY_ACE,
  INHERITED_ACE,
  LAST_KNOWN_ACE_TYPE,
  SUCCESSFUL_ACCESS_ACE_FLAG,
  SYSTEM_ACCESS_FILTER_ACE_TYPE,
  SYSTEM_ALARM_CALLBACK_OBJECT_ACE_TYPE,
  SYSTEM_ALARM_OBJECT_ACE_TYPE,
  SYSTEM_AUDIT_ACE_TYPE,
  SYSTEM_AUDIT_CALLBACK_OBJECT_ACE_TYPE,
  SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE,
} from "../assembly/shared/ace.js";
import { type Claim, claimOf } from "./claim.js";
import { Condition } from "./condition.js";
import { ArgumentError } from "./errors.js";
import { canonicalGuid } from "./guid.js";
import { Sid } from "./sid.js";

/** The extra parts of a compound ACE; its `sid` is the client's. */
export interface CompoundAce {
  /** u16 */
  readonly type: number;
  /** u16, kept. */
  readonly reserved: number;
  readonly serverSid: Sid;
}

/** Everything after the fixed part of an ACE: bytes kept exactly, or what text gave. */
export type AceData = Uint8Array | Condition | Claim | null;

/** What an ACE is made of. Absent members are 0 or null; `objectFlags` follow from the GUIDs. */
export interface AceFields {
  /** 0…255. Types above 0x15 are unknown: their mask is 0, their SID null, and `data` holds all after the header. */
  readonly type: number;
  /** 0…255 */
  readonly flags?: number;
  /** 32 bits */
  readonly mask?: number;
  readonly sid?: Sid | null;
  readonly objectFlags?: number;
  readonly objectType?: string | null;
  readonly inheritedObjectType?: string | null;
  readonly compound?: CompoundAce | null;
  readonly data?: AceData;
}

/** One entry of an ACL. Immutable; a change is a new value. */
export class Ace {
  /** 0…255 */
  readonly type: number;
  /** OBJECT_INHERIT_ACE and its like, 0…255. */
  readonly flags: number;
  /** Access mask, unsigned; 0 for unknown types. */
  readonly mask: number;
  /** null for unknown types only. */
  readonly sid: Sid | null;
  /** 1 ObjectType, 2 InheritedObjectType; 0 for types that are no object types. */
  readonly objectFlags: number;
  /** GUID in lower case. */
  readonly objectType: string | null;
  /** GUID in lower case. */
  readonly inheritedObjectType: string | null;
  /** Type 04 only. */
  readonly compound: CompoundAce | null;
  readonly data: AceData;

  private constructor(
    type: number,
    flags: number,
    mask: number,
    sid: Sid | null,
    objectFlags: number,
    objectType: string | null,
    inheritedObjectType: string | null,
    compound: CompoundAce | null,
    data: AceData,
  ) {
    this.type = type;
    this.flags = flags;
    this.mask = mask;
    this.sid = sid;
    this.objectFlags = objectFlags;
    this.objectType = objectType;
    this.inheritedObjectType = inheritedObjectType;
    this.compound = compound;
    this.data = data;
  }

  /** ACCESS_ALLOWED_ACE. @throws ArgumentError ERR_ARGUMENT when a part is out of range. */
  static allow(mask: number, sid: Sid, flags = 0): Ace {
    return Ace.create({ type: ACCESS_ALLOWED_ACE_TYPE, mask, sid, flags });
  }

  /** ACCESS_DENIED_ACE. @throws ArgumentError ERR_ARGUMENT when a part is out of range. */
  static deny(mask: number, sid: Sid, flags = 0): Ace {
    return Ace.create({ type: ACCESS_DENIED_ACE_TYPE, mask, sid, flags });
  }

  /** SYSTEM_AUDIT_ACE, of success and failure unless `flags` say otherwise. @throws ArgumentError ERR_ARGUMENT */
  static audit(mask: number, sid: Sid, flags = SUCCESSFUL_ACCESS_ACE_FLAG | FAILED_ACCESS_ACE_FLAG): Ace {
    return Ace.create({ type: SYSTEM_AUDIT_ACE_TYPE, mask, sid, flags });
  }

  /**
   * An ACE of its parts, each read once, checked and copied.
   *
   * @throws ArgumentError ERR_ARGUMENT when a part is out of range, missing, or of no meaning for the type; ERR_CLAIM
   *   when the claim of a resource attribute is wrong.
   */
  static create(fields: AceFields): Ace {
    const type = integer(fields.type, 0xff, "type");
    const flags = integer(fields.flags ?? 0, 0xff, "flags");
    const mask = integer(fields.mask ?? 0, 0xffffffff, "mask");
    const sid = fields.sid ?? null;
    const objectType = guid(fields.objectType, "objectType");
    const inheritedObjectType = guid(fields.inheritedObjectType, "inheritedObjectType");
    const presence =
      (objectType === null ? 0 : ACE_OBJECT_TYPE_PRESENT) |
      (inheritedObjectType === null ? 0 : ACE_INHERITED_OBJECT_TYPE_PRESENT);
    const objectFlags = integer(fields.objectFlags ?? presence, 3, "objectFlags");
    const compound = copyCompound(fields.compound ?? null);
    const data = copyData(type, fields.data ?? null);

    if (sid !== null && !(sid instanceof Sid)) throw fault("sid", "expected a Sid");
    if ((sid === null) !== type > LAST_KNOWN_ACE_TYPE) {
      throw fault("sid", sid === null ? "this type needs a SID" : "an unknown type has none");
    }
    if (type > LAST_KNOWN_ACE_TYPE && mask !== 0) throw fault("mask", "an unknown type has none");
    if (presence !== 0 && !isObjectType(type)) throw fault("type", "only object types have GUIDs");
    if (objectFlags !== presence) throw fault("objectFlags", "do not say which GUIDs are present");
    if ((compound === null) === (type === ACCESS_ALLOWED_COMPOUND_ACE_TYPE)) {
      throw fault("compound", compound === null ? "a compound ACE needs its server" : "belongs to type 04 only");
    }
    return new Ace(type, flags, mask, sid, objectFlags, objectType, inheritedObjectType, compound, data);
  }

  /** @internal Takes over parts already known to be right. */
  static trusted(fields: Required<AceFields>): Ace {
    return new Ace(
      fields.type,
      fields.flags,
      fields.mask,
      fields.sid,
      fields.objectFlags,
      fields.objectType,
      fields.inheritedObjectType,
      fields.compound,
      fields.data,
    );
  }

  /**
   * This ACE with some parts changed. `objectFlags` follow the GUIDs unless given.
   *
   * @throws ArgumentError as `create` does
   */
  with(changes: Partial<AceFields>): Ace {
    const { objectFlags: _, ...kept } = this;
    return Ace.create({ ...kept, ...changes });
  }

  /** Whether the type is one of formats.md 5. Unknown types are kept, counted, and never match. */
  get isKnown(): boolean {
    return this.type <= LAST_KNOWN_ACE_TYPE;
  }

  /** Whether the type has room for GUIDs. */
  get isObject(): boolean {
    return isObjectType(this.type);
  }

  /** Whether the type carries application data: a conditional expression, or bytes that are none. */
  get isCallback(): boolean {
    return isCallbackType(this.type);
  }

  get isInherited(): boolean {
    return (this.flags & INHERITED_ACE) !== 0;
  }

  get isInheritOnly(): boolean {
    return (this.flags & INHERIT_ONLY_ACE) !== 0;
  }
}

/** Types 05–08, 0B, 0C, 0F, 10. */
export function isObjectType(type: number): boolean {
  return (
    (type >= ACCESS_ALLOWED_OBJECT_ACE_TYPE && type <= SYSTEM_ALARM_OBJECT_ACE_TYPE) ||
    type === ACCESS_ALLOWED_CALLBACK_OBJECT_ACE_TYPE ||
    type === ACCESS_DENIED_CALLBACK_OBJECT_ACE_TYPE ||
    type === SYSTEM_AUDIT_CALLBACK_OBJECT_ACE_TYPE ||
    type === SYSTEM_ALARM_CALLBACK_OBJECT_ACE_TYPE
  );
}

/** Types 09–10. */
export function isCallbackType(type: number): boolean {
  return type >= ACCESS_ALLOWED_CALLBACK_ACE_TYPE && type <= SYSTEM_ALARM_CALLBACK_OBJECT_ACE_TYPE;
}

function integer(value: unknown, max: number, member: string): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > max) {
    throw fault(member, `expected 0…0x${max.toString(16)}`);
  }
  return value >>> 0;
}

function guid(value: unknown, member: string): string | null {
  if (value === undefined || value === null) return null;
  const canonical = canonicalGuid(value);
  if (canonical === undefined) throw fault(member, "expected a GUID (8-4-4-4-12 hex digits)");
  return canonical;
}

function copyCompound(compound: CompoundAce | null): CompoundAce | null {
  if (compound === null) return null;
  const { type, reserved, serverSid } = compound;
  if (!(serverSid instanceof Sid)) throw fault("compound", "expected a Sid as serverSid");
  return Object.freeze({
    type: integer(type, 0xffff, "compound"),
    reserved: integer(reserved, 0xffff, "compound"),
    serverSid,
  });
}

function copyData(type: number, data: AceData): AceData {
  if (data === null) return null;
  if (data instanceof Uint8Array) return data.slice();
  if (data instanceof Condition) {
    if (isCallbackType(type) || type === SYSTEM_ACCESS_FILTER_ACE_TYPE) return data;
    throw fault("data", "this type has no condition");
  }
  if (typeof data !== "object" || type !== SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE) {
    throw fault("data", "expected bytes, a Condition or the claim of a resource attribute");
  }
  return claimOf(data, ["data"]);
}

function fault(member: string, message: string): ArgumentError {
  return new ArgumentError("ERR_ARGUMENT", [member], message);
}
