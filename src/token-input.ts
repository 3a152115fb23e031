/**
 * A token as a caller gives it, read into values once. tokens.md 1.1, interchange.md "Token"
 *
 * Members are judged in the order of the interchange. Does not know how a token is used, printed or encoded.
 */

import {
  SE_GROUP_DEFAULT_ATTRIBUTES,
  SE_GROUP_ENABLED,
  SE_GROUP_INTEGRITY,
  SECURITY_MANDATORY_MEDIUM_RID,
  TOKEN_MANDATORY_POLICY_NO_WRITE_UP,
  TOKEN_MANDATORY_POLICY_VALID_MASK,
} from "../assembly/shared/token.js";
import { readClaims, toBigInt } from "./claim-input.js";
import { ArgumentError, SddlError } from "./errors.js";
import { mandatoryPolicyNames, readFlagWord, readU32 } from "./flag-word.js";
import { integrityByName } from "./integrity.js";
import { isTaken, type Path, type Taken } from "./member-shape.js";
import { readPrivilege } from "./privilege-input.js";
import { SecurityDescriptor } from "./security-descriptor.js";
import { Sid } from "./sid.js";
import {
  isCapabilitySid,
  isIntegritySid,
  isPackageSid,
  isTrustSid,
  kindOf,
  readList,
  readSid,
  readSidEntry,
} from "./sid-input.js";
import type { TokenFields } from "./token-fields.js";
import type {
  AppContainer,
  ElevationType,
  ImpersonationLevel,
  SidAndAttributes,
  TokenSource,
  TokenType,
} from "./token-parts.js";
import type { SidContext } from "./well-known-sids.js";

const tokenTypes: readonly TokenType[] = ["primary", "impersonation"];
const impersonationLevels: readonly ImpersonationLevel[] = [
  "Anonymous",
  "Identification",
  "Impersonation",
  "Delegation",
];
const elevationTypes: readonly ElevationType[] = ["Default", "Full", "Limited"];

/**
 * @param input what `take(…, tokenShape, …)` made
 * @throws ArgumentError ERR_TOKEN, ERR_SID, ERR_SDDL_ALIAS, ERR_CLAIM, ERR_LIMIT; SddlError for the default DACL
 */
export function readToken(input: unknown, context: SidContext | undefined): TokenFields {
  if (!isTaken(input)) throw fault([], `expected a token, found ${kindOf(input)}`);
  const source: Taken = input;
  /** `read` on the member when it is there. */
  function optional<T>(name: string, read: (value: unknown, path: Path) => T): T | undefined {
    return source[name] === undefined ? undefined : read(source[name], [name]);
  }
  const sid = (value: unknown, path: Path): Sid => readSid(value, path, context);
  const groupEntry = (value: unknown, path: Path): SidAndAttributes =>
    readSidEntry(value, path, context, "ERR_TOKEN", SE_GROUP_DEFAULT_ATTRIBUTES);
  const groupList = (value: unknown, path: Path): readonly SidAndAttributes[] =>
    readList(value, path, "ERR_TOKEN", groupEntry);
  const claims = (value: unknown, path: Path) => readClaims(value, path, context);

  const user = readUser(source.user, context);
  const groups = optional("groups", groupList) ?? Object.freeze([]);
  const restrictedSids = optional("restrictedSids", (value, path) => readRestrictedSids(value, path, context)) ?? null;
  const writeRestricted = optional("writeRestricted", readBoolean) ?? false;
  const privileges = optional("privileges", readPrivileges) ?? Object.freeze([]);
  const integrity = optional("integrity", readIntegrity) ?? integrityOf(groups);
  return Object.freeze({
    user,
    groups,
    restrictedSids,
    writeRestricted: writeRestricted && restrictedSids !== null,
    privileges,
    integrity,
    mandatoryPolicy: optional("mandatoryPolicy", readPolicy) ?? TOKEN_MANDATORY_POLICY_NO_WRITE_UP,
    owner: optional("owner", sid),
    primaryGroup: optional("primaryGroup", sid),
    defaultDacl: optional("defaultDacl", (value, path) => readDefaultDacl(value, path, context)),
    type: optional("type", (value, path) => readName(value, path, tokenTypes)) ?? "primary",
    impersonationLevel: optional("impersonationLevel", (value, path) => readName(value, path, impersonationLevels)),
    appContainer: optional("appContainer", (value, path) => readAppContainer(value, path, context)),
    trustLevel: optional("trustLevel", (value, path) =>
      ofKind(sid(value, path), path, isTrustSid, "S-1-19-<type>-<level>"),
    ),
    userClaims: optional("userClaims", claims),
    deviceClaims: optional("deviceClaims", claims),
    localClaims: optional("localClaims", claims),
    deviceGroups: optional("deviceGroups", groupList),
    sandboxInert: optional("sandboxInert", readBoolean) ?? false,
    uiAccess: optional("uiAccess", readBoolean),
    sessionId: optional("sessionId", readNumber),
    elevation: optional("elevation", (value, path) => readName(value, path, elevationTypes)),
    tokenId: optional("tokenId", readLuid),
    modifiedId: optional("modifiedId", readLuid),
    parentTokenId: optional("parentTokenId", readLuid),
    authenticationId: optional("authenticationId", readLuid),
    origin: optional("origin", readLuid),
    expiration: optional("expiration", readExpiration),
    source: optional("source", readSource),
  });
}

function readUser(value: unknown, context: SidContext | undefined): SidAndAttributes {
  if (value === undefined) throw fault([], "`user` is missing");
  return isTaken(value)
    ? readSidEntry(value, ["user"], context, "ERR_TOKEN", 0, 0)
    : Object.freeze({ sid: readSid(value, ["user"], context), attributes: 0 });
}

function readRestrictedSids(value: unknown, path: Path, context: SidContext | undefined): readonly Sid[] | null {
  if (value === null) return null;
  return readList(value, path, "ERR_TOKEN", (entry, at) => {
    const { sid, attributes } = readSidEntry(entry, at, context, "ERR_TOKEN", SE_GROUP_DEFAULT_ATTRIBUTES);
    if (attributes !== 0 && attributes !== SE_GROUP_DEFAULT_ATTRIBUTES) {
      throw fault([...at, "attributes"], "a restricting SID has attributes 0 or 7");
    }
    return sid;
  });
}

function readPrivileges(value: unknown, path: Path): TokenFields["privileges"] {
  const held = new Set<bigint>();
  return readList(value, path, "ERR_TOKEN", (entry, at) => {
    const privilege = readPrivilege(entry, at, "ERR_TOKEN");
    if (held.has(privilege.luid)) throw fault(at, "this privilege stands twice");
    held.add(privilege.luid);
    return privilege;
  });
}

function readIntegrity(value: unknown, path: Path): number {
  const rid = readU32(value);
  if (rid !== null) return rid;
  if (typeof value === "string" && Object.hasOwn(integrityByName, value)) return integrityByName[value];
  if (value instanceof Sid || (typeof value === "string" && /^[Ss]-/.test(value))) {
    return ofKind(readSid(value, path, undefined), path, isIntegritySid, "S-1-16-<rid>").subAuthorities[0];
  }
  throw fault(path, `expected ${Object.keys(integrityByName).join(", ")}, S-1-16-<rid> or a number 0…4294967295`);
}

/** The label among the groups, else Medium. */
function integrityOf(groups: readonly SidAndAttributes[]): number {
  const label = groups.find(({ sid, attributes }) => (attributes & SE_GROUP_INTEGRITY) !== 0 && isIntegritySid(sid));
  return label === undefined ? SECURITY_MANDATORY_MEDIUM_RID : label.sid.subAuthorities[0];
}

function readPolicy(value: unknown, path: Path): number {
  const policy = readFlagWord(value, mandatoryPolicyNames);
  if (policy === null || (policy & ~TOKEN_MANDATORY_POLICY_VALID_MASK) !== 0) {
    throw fault(path, "expected a number 0…3 or the names NO_WRITE_UP, NEW_PROCESS_MIN");
  }
  return policy;
}

function readDefaultDacl(value: unknown, path: Path, context: SidContext | undefined): SecurityDescriptor {
  let descriptor: SecurityDescriptor;
  if (value instanceof SecurityDescriptor) descriptor = value;
  else if (typeof value === "string") descriptor = parseDacl(value, path, context);
  else throw fault(path, `expected SDDL text, found ${kindOf(value)}`);
  const { owner, group, daclState, saclState } = descriptor;
  if (owner !== null || group !== null || daclState === "absent" || saclState !== "absent") {
    throw fault(path, "expected a DACL (`D:…`) and nothing else");
  }
  return descriptor;
}

/** The position of a fault counts inside the DACL's own text. */
function parseDacl(text: string, path: Path, context: SidContext | undefined): SecurityDescriptor {
  try {
    return SecurityDescriptor.parse(text, { context });
  } catch (error) {
    if (error instanceof ArgumentError) throw new ArgumentError(error.code, path, error.message);
    if (!(error instanceof SddlError)) throw error;
    const suffix = ` (at ${error.position})`;
    const plain = error.message.endsWith(suffix) ? error.message.slice(0, -suffix.length) : error.message;
    throw new SddlError(error.code, error.position, `${path.join(".")}: ${plain}`);
  }
}

function readAppContainer(value: unknown, path: Path, context: SidContext | undefined): AppContainer {
  if (!isTaken(value))
    throw fault(path, `expected { sid, capabilities, lowPrivilege, number }, found ${kindOf(value)}`);
  if (value.sid === undefined) throw fault(path, "`sid` is missing");
  const at = [...path, "sid"];
  const sid = ofKind(readSid(value.sid, at, context), at, isPackageSid, "a package, S-1-15-2-…");
  const capability = (entry: unknown, where: Path): SidAndAttributes => {
    const read = readSidEntry(entry, where, context, "ERR_TOKEN", SE_GROUP_ENABLED);
    ofKind(read.sid, where, isCapabilitySid, "a capability, S-1-15-3-…");
    return read;
  };
  return Object.freeze({
    sid,
    capabilities:
      value.capabilities === undefined
        ? Object.freeze([])
        : readList(value.capabilities, [...path, "capabilities"], "ERR_TOKEN", capability),
    lowPrivilege: value.lowPrivilege === undefined ? false : readBoolean(value.lowPrivilege, [...path, "lowPrivilege"]),
    number: value.number === undefined ? null : readNumber(value.number, [...path, "number"]),
  });
}

function readSource(value: unknown, path: Path): TokenSource {
  if (!isTaken(value)) throw fault(path, `expected { name, id }, found ${kindOf(value)}`);
  const { name, id } = value;
  if (name !== undefined && typeof name !== "string")
    throw fault([...path, "name"], `expected text, found ${kindOf(name)}`);
  return Object.freeze({ name: name ?? null, id: id === undefined ? null : readLuid(id, [...path, "id"]) });
}

function ofKind(sid: Sid, path: Path, isKind: (sid: Sid) => boolean, expected: string): Sid {
  if (!isKind(sid)) throw fault(path, `expected ${expected}, found ${sid}`);
  return sid;
}

function readName<T extends string>(value: unknown, path: Path, names: readonly T[]): T {
  const name = names.find((candidate) => candidate === value);
  if (name === undefined) throw fault(path, `expected one of ${names.join(", ")}`);
  return name;
}

function readBoolean(value: unknown, path: Path): boolean {
  if (typeof value !== "boolean") throw fault(path, `expected true or false, found ${kindOf(value)}`);
  return value;
}

function readNumber(value: unknown, path: Path): number {
  const number = readU32(value);
  if (number === null) throw fault(path, "expected a whole number 0…4294967295");
  return number;
}

function readLuid(value: unknown, path: Path): bigint {
  return readInteger(value, path, 0n, 0xffff_ffff_ffff_ffffn);
}

/** 100 ns since 1601, or null: never. */
function readExpiration(value: unknown, path: Path): bigint | null {
  return value === null ? null : readInteger(value, path, -0x8000_0000_0000_0000n, 0x7fff_ffff_ffff_ffffn);
}

function readInteger(value: unknown, path: Path, least: bigint, most: bigint): bigint {
  const integer = toBigInt(value);
  if (integer === null || integer < least || integer > most) {
    throw fault(path, "expected a 64-bit integer: decimal digits as text, or a safe integer");
  }
  return integer;
}

function fault(path: Path, message: string): ArgumentError {
  return new ArgumentError("ERR_TOKEN", path, message);
}
