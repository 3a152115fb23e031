/**
 * The token image: how a token crosses the WASM boundary. The format is drawn in assembly/shared/token-image.ts.
 *
 * Bytes only. Does not know what a token may do, nor who reads the image.
 */

import {
  SE_GROUP_DEFAULT_ATTRIBUTES,
  SE_GROUP_ENABLED,
  SECURITY_ANONYMOUS,
  SECURITY_DELEGATION,
  SECURITY_IDENTIFICATION,
  SECURITY_IMPERSONATION,
  TOKEN_IMPERSONATION,
  TOKEN_PRIMARY,
} from "../../assembly/shared/token.js";
import {
  IMAGE_APP_CONTAINER,
  IMAGE_CAPABILITY_COUNT,
  IMAGE_DEVICE_CLAIM_COUNT,
  IMAGE_DEVICE_GROUP_COUNT,
  IMAGE_FLAGS,
  IMAGE_GROUP_COUNT,
  IMAGE_HAS_OWNER,
  IMAGE_HAS_TRUST_LEVEL,
  IMAGE_HEADER_SIZE,
  IMAGE_IMPERSONATION_LEVEL,
  IMAGE_INTEGRITY,
  IMAGE_LOCAL_CLAIM_COUNT,
  IMAGE_LOW_PRIVILEGE,
  IMAGE_MAGIC,
  IMAGE_MANDATORY_POLICY,
  IMAGE_PRIVILEGE_COUNT,
  IMAGE_PRIVILEGE_SIZE,
  IMAGE_RESTRICTED,
  IMAGE_RESTRICTED_COUNT,
  IMAGE_SANDBOX_INERT,
  IMAGE_SIGNATURE,
  IMAGE_SIZE,
  IMAGE_TOKEN_TYPE,
  IMAGE_TRUST_LEVEL,
  IMAGE_TRUST_TYPE,
  IMAGE_USER_CLAIM_COUNT,
  IMAGE_WRITE_RESTRICTED,
} from "../../assembly/shared/token-image.js";
import { EngineError } from "../errors.js";
import type { Sid } from "../sid.js";
import type { FilteredParts, ImpersonationLevel, SidAndAttributes, TokenImageParts } from "../token-parts.js";
import { claimSize, packClaim } from "./claim-encode.js";
import { paddedSize, readU32, writeU32 } from "./little-endian.js";
import { readSid, writeSid } from "./sid.js";

const levels: Readonly<Record<ImpersonationLevel, number>> = /* @__PURE__ */ Object.freeze({
  Anonymous: SECURITY_ANONYMOUS,
  Identification: SECURITY_IDENTIFICATION,
  Impersonation: SECURITY_IMPERSONATION,
  Delegation: SECURITY_DELEGATION,
});

/** The image of `token`, of exactly the size it states. */
export function encodeTokenImage(token: TokenImageParts): Uint8Array {
  const { user, owner, groups, privileges, appContainer, deviceGroups, trustLevel } = token;
  const restricting = token.restrictedSids ?? [];
  const capabilities = appContainer?.capabilities ?? [];
  const claims = [token.userClaims, token.deviceClaims, token.localClaims].map((list) =>
    list.map((claim) => packClaim(claim, claimSize(claim))),
  );

  const entries: SidAndAttributes[] = [user];
  if (owner !== null) entries.push({ sid: owner, attributes: 0 });
  entries.push(...groups, ...restricting.map((sid) => ({ sid, attributes: SE_GROUP_DEFAULT_ATTRIBUTES })));
  const packageEntries: SidAndAttributes[] = [];
  if (appContainer !== null) packageEntries.push({ sid: appContainer.sid, attributes: SE_GROUP_ENABLED });
  packageEntries.push(...capabilities, ...deviceGroups);

  const size =
    IMAGE_HEADER_SIZE +
    sizeOfEntries(entries) +
    IMAGE_PRIVILEGE_SIZE * privileges.length +
    sizeOfEntries(packageEntries) +
    claims.flat().reduce((sum, claim) => sum + 4 + paddedSize(claim.length), 0);
  const image = new Uint8Array(size);

  const flags =
    (owner === null ? 0 : IMAGE_HAS_OWNER) |
    (token.restrictedSids === null ? 0 : IMAGE_RESTRICTED) |
    (token.writeRestricted ? IMAGE_WRITE_RESTRICTED : 0) |
    (token.sandboxInert ? IMAGE_SANDBOX_INERT : 0) |
    (appContainer === null ? 0 : IMAGE_APP_CONTAINER) |
    (appContainer?.lowPrivilege ? IMAGE_LOW_PRIVILEGE : 0) |
    (trustLevel === null ? 0 : IMAGE_HAS_TRUST_LEVEL);
  writeU32(image, IMAGE_SIGNATURE, IMAGE_MAGIC);
  writeU32(image, IMAGE_SIZE, size);
  writeU32(image, IMAGE_FLAGS, flags);
  writeU32(image, IMAGE_TOKEN_TYPE, token.type === "primary" ? TOKEN_PRIMARY : TOKEN_IMPERSONATION);
  writeU32(image, IMAGE_IMPERSONATION_LEVEL, levels[token.impersonationLevel]);
  writeU32(image, IMAGE_INTEGRITY, token.integrity);
  writeU32(image, IMAGE_MANDATORY_POLICY, token.mandatoryPolicy);
  writeU32(image, IMAGE_TRUST_TYPE, trustLevel === null ? 0 : trustLevel.subAuthorities[0]);
  writeU32(image, IMAGE_TRUST_LEVEL, trustLevel === null ? 0 : trustLevel.subAuthorities[1]);
  writeU32(image, IMAGE_GROUP_COUNT, groups.length);
  writeU32(image, IMAGE_RESTRICTED_COUNT, restricting.length);
  writeU32(image, IMAGE_PRIVILEGE_COUNT, privileges.length);
  writeU32(image, IMAGE_CAPABILITY_COUNT, capabilities.length);
  writeU32(image, IMAGE_DEVICE_GROUP_COUNT, deviceGroups.length);
  writeU32(image, IMAGE_USER_CLAIM_COUNT, token.userClaims.length);
  writeU32(image, IMAGE_DEVICE_CLAIM_COUNT, token.deviceClaims.length);
  writeU32(image, IMAGE_LOCAL_CLAIM_COUNT, token.localClaims.length);

  let at = writeEntries(image, IMAGE_HEADER_SIZE, entries);
  for (const { luid, attributes } of privileges) {
    writeU32(image, at, Number(luid & 0xffff_ffffn));
    writeU32(image, at + 4, Number(luid >> 32n));
    writeU32(image, at + 8, attributes);
    at += IMAGE_PRIVILEGE_SIZE;
  }
  at = writeEntries(image, at, packageEntries);
  for (const claim of claims.flat()) {
    writeU32(image, at, claim.length);
    image.set(claim, at + 4);
    at += 4 + paddedSize(claim.length);
  }
  return image;
}

function sizeOfEntries(entries: readonly SidAndAttributes[]): number {
  return entries.reduce((sum, { sid }) => sum + 4 + sid.byteLength, 0);
}

function writeEntries(image: Uint8Array, start: number, entries: readonly SidAndAttributes[]): number {
  let at = start;
  for (const { sid, attributes } of entries) {
    writeU32(image, at, attributes);
    at = writeSid(image, at + 4, sid);
  }
  return at;
}

/**
 * Reads what filtering answered: user, owner, groups, restricting SIDs, privileges and flags.
 *
 * @throws EngineError when the bytes are no such image: they come from the engine, never from a caller
 */
export function decodeFilteredImage(bytes: Uint8Array): FilteredParts {
  if (bytes.length < IMAGE_HEADER_SIZE || readU32(bytes, IMAGE_SIGNATURE) !== IMAGE_MAGIC) {
    throw new EngineError("the filtered token is no token image");
  }
  const end = readU32(bytes, IMAGE_SIZE);
  if (end > bytes.length) throw new EngineError("the filtered token is cut short");
  const flags = readU32(bytes, IMAGE_FLAGS);
  let at: number = IMAGE_HEADER_SIZE;

  function entry(): SidAndAttributes {
    if (end - at < 4) throw new EngineError("the filtered token is cut short");
    const attributes = readU32(bytes, at);
    const sid = readSid(bytes, at + 4, end, "ERR_ENGINE");
    at += 4 + sid.byteLength;
    return Object.freeze({ sid, attributes });
  }

  const user = entry();
  const owner = (flags & IMAGE_HAS_OWNER) === 0 ? null : entry().sid;
  const groups = repeat(readU32(bytes, IMAGE_GROUP_COUNT), entry);
  const list = repeat(readU32(bytes, IMAGE_RESTRICTED_COUNT), () => entry().sid);
  const privileges = repeat(readU32(bytes, IMAGE_PRIVILEGE_COUNT), () => {
    if (end - at < IMAGE_PRIVILEGE_SIZE) throw new EngineError("the filtered token is cut short");
    const luid = (BigInt(readU32(bytes, at + 4)) << 32n) | BigInt(readU32(bytes, at));
    const attributes = readU32(bytes, at + 8);
    at += IMAGE_PRIVILEGE_SIZE;
    return Object.freeze({ luid, attributes });
  });
  const restrictedSids: readonly Sid[] | null = (flags & IMAGE_RESTRICTED) === 0 ? null : list;
  return {
    user,
    owner,
    groups,
    restrictedSids,
    writeRestricted: restrictedSids !== null && (flags & IMAGE_WRITE_RESTRICTED) !== 0,
    sandboxInert: (flags & IMAGE_SANDBOX_INERT) !== 0,
    privileges,
  };
}

/** `read` stops a count that lies: it throws at the end of the bytes. */
function repeat<T>(count: number, read: () => T): readonly T[] {
  const list: T[] = [];
  for (let i = 0; i < count; i++) list.push(read());
  return Object.freeze(list);
}
