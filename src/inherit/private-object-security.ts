/**
 * The descriptor of a new object, from its parent's, its creator's and the creator's token: CreatePrivateObjectSecurityEx.
 * formats.md 9; [MS-DTYP] 2.5.3.4.1
 *
 * Values in, a value or a status out. Does not know memory, and asks nobody whether the creator may create.
 */
import { OBJECT_TYPES_MAX } from "../../assembly/shared/abi.js";
import { SYSTEM_MANDATORY_LABEL_ACE_TYPE } from "../../assembly/shared/ace.js";
import { SE_SECURITY_PRIVILEGE } from "../../assembly/shared/privilege.js";
import {
  SE_DACL_AUTO_INHERITED,
  SE_DACL_DEFAULTED,
  SE_DACL_PRESENT,
  SE_DACL_PROTECTED,
  SE_SACL_AUTO_INHERITED,
  SE_SACL_DEFAULTED,
  SE_SACL_PRESENT,
  SE_SACL_PROTECTED,
} from "../../assembly/shared/security-descriptor.js";
import { SE_GROUP_OWNER, SE_GROUP_USE_FOR_DENY_ONLY, SE_PRIVILEGE_ENABLED } from "../../assembly/shared/token.js";
import { AccessToken } from "../access-token.js";
import { Ace } from "../ace.js";
import { ArgumentError } from "../errors.js";
import { readFlagWord } from "../flag-word.js";
import { GenericMapping, type GenericMappingFields, type MappingName } from "../generic-mapping.js";
import { flagWord, isTaken, leaf, listOf, objectOf, type Path, readingInput, take } from "../member-shape.js";
import { SecurityDescriptor } from "../security-descriptor.js";
import { Sid } from "../sid.js";
import type { Heir } from "./inherit-ace.js";
import { ABSENT, type AceOrigin, type AclSlot, makeAcl } from "./inherit-acl.js";
import {
  inheritanceFlagNames,
  KNOWN_INHERITANCE_FLAGS,
  SEF_AVOID_OWNER_CHECK,
  SEF_AVOID_PRIVILEGE_CHECK,
  SEF_DACL_AUTO_INHERIT,
  SEF_DEFAULT_DESCRIPTOR_FOR_OBJECT,
  SEF_DEFAULT_GROUP_FROM_PARENT,
  SEF_DEFAULT_OWNER_FROM_PARENT,
  SEF_MACL_NO_EXECUTE_UP,
  SEF_MACL_NO_READ_UP,
  SEF_MACL_NO_WRITE_UP,
  SEF_MACL_SHIFT,
  SEF_SACL_AUTO_INHERIT,
} from "./inheritance-flags.js";
import { checkedObjectTypes } from "./object-types.js";

/** What CreatePrivateObjectSecurityEx is given. */
export interface ObjectCreation {
  /** Of the container the object comes into. */
  readonly parent?: SecurityDescriptor | null;
  /** What the creator asks for. */
  readonly creator?: SecurityDescriptor | null;
  /** The creator's. Without one, both checks must be avoided by flags. */
  readonly token?: AccessToken | null;
  /** Whether the new object can have children. */
  readonly container: boolean;
  /** GUIDs of the object's types, at most 1,024. */
  readonly objectTypes?: readonly string[];
  /** InheritanceFlags, ORed; or their names without `SEF_`. */
  readonly flags?: number | string | readonly string[];
  /** What generic rights mean for the object. */
  readonly mapping: GenericMapping | GenericMappingFields | MappingName;
}

/** Why no object is made. */
export type CreationRefusal =
  | "STATUS_NO_TOKEN"
  | "STATUS_INVALID_OWNER"
  | "STATUS_INVALID_PRIMARY_GROUP"
  | "STATUS_PRIVILEGE_NOT_HELD";

export type ObjectCreationResult =
  | {
      readonly status: "STATUS_SUCCESS";
      readonly descriptor: SecurityDescriptor;
      /** Where each ACE of the two ACLs comes from. */
      readonly origins: { readonly dacl: readonly AceOrigin[]; readonly sacl: readonly AceOrigin[] };
    }
  | { readonly status: CreationRefusal; readonly descriptor: null };

const creationShape = /* @__PURE__ */ objectOf({
  parent: leaf,
  creator: leaf,
  token: leaf,
  container: leaf,
  objectTypes: /* @__PURE__ */ listOf(leaf, OBJECT_TYPES_MAX),
  flags: flagWord,
  mapping: leaf,
});

/**
 * The security descriptor that a new object gets.
 *
 * @throws ArgumentError ERR_UNKNOWN_MEMBER; ERR_ARGUMENT naming a member that is missing or wrong; ERR_LIMIT for more
 *   than 1,024 object types
 * @throws FormatError ERR_LIMIT when an ACL would grow beyond 65,532 bytes
 */
export function createPrivateObjectSecurity(creation: ObjectCreation): ObjectCreationResult {
  const { parent, creator, token, flags, container, objectTypes, mapping } = readingInput(() =>
    checkedCreation(creation),
  );
  const checksOwner = (flags & SEF_AVOID_OWNER_CHECK) === 0;
  const checksPrivilege = (flags & SEF_AVOID_PRIVILEGE_CHECK) === 0;
  const policy = flags & (SEF_MACL_NO_WRITE_UP | SEF_MACL_NO_READ_UP | SEF_MACL_NO_EXECUTE_UP);
  if (token === null && (checksOwner || checksPrivilege || policy !== 0)) return refusal("STATUS_NO_TOKEN");

  const ownerBefore = (flags & SEF_DEFAULT_OWNER_FROM_PARENT) !== 0 ? parent?.owner : null;
  const groupBefore = (flags & SEF_DEFAULT_GROUP_FROM_PARENT) !== 0 ? parent?.group : null;
  const owner = creator?.owner ?? ownerBefore ?? token?.owner ?? token?.user.sid;
  const group = creator?.group ?? groupBefore ?? token?.primaryGroup;
  if (owner === undefined) return refusal("STATUS_INVALID_OWNER");
  if (group === undefined || group === null) return refusal("STATUS_INVALID_PRIMARY_GROUP");
  if (checksOwner && !mayOwn(token, owner)) return refusal("STATUS_INVALID_OWNER");
  const asked = creator?.control ?? 0;
  const asksSacl = (asked & SE_SACL_PRESENT) !== 0;
  if (checksPrivilege && asksSacl && !holdsSecurity(token)) return refusal("STATUS_PRIVILEGE_NOT_HELD");

  const heir: Heir = { container, objectTypes, owner, group, mapping };
  const isDefaultForObject = (flags & SEF_DEFAULT_DESCRIPTOR_FOR_OBJECT) !== 0;
  const inheritsDacl = (flags & SEF_DACL_AUTO_INHERIT) !== 0;
  const inheritsSacl = (flags & SEF_SACL_AUTO_INHERIT) !== 0;
  const dacl = makeAcl(
    {
      parent: parent?.dacl ?? null,
      creator: { present: (asked & SE_DACL_PRESENT) !== 0, acl: creator?.dacl ?? null },
      isProtected: (asked & SE_DACL_PROTECTED) !== 0,
      isDefaulted: (asked & SE_DACL_DEFAULTED) !== 0,
      isDefaultForObject,
      autoInherit: inheritsDacl,
      fallback: defaultDacl(token),
      label: null,
    },
    heir,
  );
  const sacl = makeAcl(
    {
      parent: parent?.sacl ?? null,
      creator: { present: asksSacl, acl: creator?.sacl ?? null },
      isProtected: (asked & SE_SACL_PROTECTED) !== 0,
      isDefaulted: (asked & SE_SACL_DEFAULTED) !== 0,
      isDefaultForObject,
      autoInherit: inheritsSacl,
      fallback: ABSENT,
      label: policy === 0 || token === null ? null : labelOf(token, policy),
    },
    heir,
  );
  const control =
    (asked & (SE_DACL_PROTECTED | SE_SACL_PROTECTED)) |
    (dacl.present ? SE_DACL_PRESENT | (inheritsDacl ? SE_DACL_AUTO_INHERITED : 0) : 0) |
    (sacl.present ? SE_SACL_PRESENT | (inheritsSacl ? SE_SACL_AUTO_INHERITED : 0) : 0);
  const descriptor = SecurityDescriptor.of({ owner, group, control, dacl: dacl.acl, sacl: sacl.acl });
  return { status: "STATUS_SUCCESS", descriptor, origins: { dacl: dacl.origins, sacl: sacl.origins } };
}

function refusal(status: CreationRefusal): ObjectCreationResult {
  return { status, descriptor: null };
}

/** The token's user, or a group that may own and is not deny-only. */
function mayOwn(token: AccessToken | null, owner: Sid): boolean {
  if (token === null) return false;
  const marks = SE_GROUP_OWNER | SE_GROUP_USE_FOR_DENY_ONLY;
  return (
    token.user.sid.equals(owner) ||
    token.groups.some(({ sid, attributes }) => (attributes & marks) === SE_GROUP_OWNER && sid.equals(owner))
  );
}

function holdsSecurity(token: AccessToken | null): boolean {
  const luid = BigInt(SE_SECURITY_PRIVILEGE);
  return (
    token?.privileges.some((held) => held.luid === luid && (held.attributes & SE_PRIVILEGE_ENABLED) !== 0) ?? false
  );
}

function defaultDacl(token: AccessToken | null): AclSlot {
  const descriptor = token?.defaultDacl ?? null;
  return descriptor === null ? ABSENT : { present: true, acl: descriptor.dacl };
}

/** A label of the token's level with the policy bits that the MACL flags stand for. */
function labelOf(token: AccessToken, policy: number): Ace {
  const level = Sid.of(16, [token.integrity]);
  return Ace.create({ type: SYSTEM_MANDATORY_LABEL_ACE_TYPE, mask: policy >>> SEF_MACL_SHIFT, sid: level });
}

interface CheckedCreation {
  readonly parent: SecurityDescriptor | null;
  readonly creator: SecurityDescriptor | null;
  readonly token: AccessToken | null;
  readonly container: boolean;
  readonly objectTypes: ReadonlySet<string>;
  readonly flags: number;
  readonly mapping: GenericMapping;
}

/** Every member read once, then judged. */
function checkedCreation(creation: ObjectCreation): CheckedCreation {
  const taken = take(creation, creationShape, [], true);
  if (!isTaken(taken)) throw wrong([], "expected what is created");
  const { parent = null, creator = null, token = null, container, objectTypes, flags, mapping } = taken;
  const word = flags === undefined ? 0 : readFlagWord(flags, inheritanceFlagNames);
  if (parent !== null && !SecurityDescriptor.is(parent)) throw wrong(["parent"], "expected a SecurityDescriptor");
  if (creator !== null && !SecurityDescriptor.is(creator)) throw wrong(["creator"], "expected a SecurityDescriptor");
  if (token !== null && !AccessToken.is(token)) throw wrong(["token"], "expected an AccessToken");
  if (typeof container !== "boolean") throw wrong(["container"], "expected true or false");
  const types = checkedObjectTypes(objectTypes, ["objectTypes"]);
  if (word === null || (word & ~KNOWN_INHERITANCE_FLAGS) !== 0) throw wrong(["flags"], "expected inheritance flags");
  const checkedMapping = GenericMapping.of(mapping as ObjectCreation["mapping"], ["mapping"]);
  return { parent, creator, token, container, objectTypes: types, flags: word, mapping: checkedMapping };
}

function wrong(path: Path, message: string): ArgumentError {
  return new ArgumentError("ERR_ARGUMENT", path, message);
}
