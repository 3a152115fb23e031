/**
 * A token as answers print it. tokens.md 1.1 "Answers always print", interchange.md "Token"
 *
 * Flag words are numbers, SIDs `S-1-…`, 64-bit integers decimal text; a member the source did not carry stays out,
 * but for the nine that always stand. What is printed reads back to the same token.
 */

import { SE_GROUP_DEFAULT_ATTRIBUTES } from "../assembly/shared/token.js";
import type { Claim, ClaimType, ClaimValue } from "./claim.js";
import { toHex } from "./hex.js";
import { integrityName } from "./integrity.js";
import { type PrivilegeAnswer, privilegeAnswer } from "./privilege-input.js";
import type { TokenFields } from "./token-fields.js";
import type { ElevationType, ImpersonationLevel, SidAndAttributes, TokenType } from "./token-parts.js";

export interface SidEntryAnswer {
  readonly sid: string;
  readonly attributes: number;
}

export interface ClaimAnswer {
  readonly name: string;
  readonly type: ClaimType;
  readonly values: readonly (string | boolean)[];
  readonly flags: number;
}

/** The JSON form of a token in answers. */
export interface TokenAnswer {
  readonly user: SidEntryAnswer;
  readonly groups: readonly SidEntryAnswer[];
  readonly restrictedSids: readonly SidEntryAnswer[] | null;
  readonly writeRestricted: boolean;
  readonly privileges: readonly PrivilegeAnswer[];
  /** The level's name where it has one, else its RID. */
  readonly integrity: string | number;
  readonly mandatoryPolicy: number;
  readonly owner?: string;
  readonly primaryGroup?: string;
  readonly defaultDacl?: string;
  readonly type: TokenType;
  readonly impersonationLevel?: ImpersonationLevel;
  readonly appContainer?: {
    readonly sid: string;
    readonly capabilities: readonly SidEntryAnswer[];
    readonly lowPrivilege: boolean;
    readonly number?: number;
  };
  readonly trustLevel?: string;
  readonly userClaims?: readonly ClaimAnswer[];
  readonly deviceClaims?: readonly ClaimAnswer[];
  readonly localClaims?: readonly ClaimAnswer[];
  readonly deviceGroups?: readonly SidEntryAnswer[];
  readonly sandboxInert: boolean;
  readonly uiAccess?: boolean;
  readonly sessionId?: number;
  readonly elevation?: ElevationType;
  readonly tokenId?: string;
  readonly modifiedId?: string;
  readonly parentTokenId?: string;
  readonly authenticationId?: string;
  readonly origin?: string;
  readonly expiration?: string | null;
  readonly source?: { readonly name?: string; readonly id?: string };
}

/** @throws SddlError or FormatError when a default DACL given as a descriptor cannot be printed */
export function tokenAnswer(token: TokenFields): TokenAnswer {
  const { appContainer, source } = token;
  const answer: TokenAnswer = {
    user: entryAnswer(token.user),
    groups: token.groups.map(entryAnswer),
    restrictedSids:
      token.restrictedSids?.map((sid) => ({ sid: sid.toString(), attributes: SE_GROUP_DEFAULT_ATTRIBUTES })) ?? null,
    writeRestricted: token.writeRestricted,
    privileges: token.privileges.map(privilegeAnswer),
    integrity: integrityName(token.integrity) ?? token.integrity,
    mandatoryPolicy: token.mandatoryPolicy,
    owner: token.owner?.toString(),
    primaryGroup: token.primaryGroup?.toString(),
    defaultDacl: token.defaultDacl?.toString(),
    type: token.type,
    impersonationLevel: token.impersonationLevel,
    appContainer: appContainer && {
      sid: appContainer.sid.toString(),
      capabilities: appContainer.capabilities.map(entryAnswer),
      lowPrivilege: appContainer.lowPrivilege,
      ...(appContainer.number !== null && { number: appContainer.number }),
    },
    trustLevel: token.trustLevel?.toString(),
    userClaims: token.userClaims?.map(claimAnswer),
    deviceClaims: token.deviceClaims?.map(claimAnswer),
    localClaims: token.localClaims?.map(claimAnswer),
    deviceGroups: token.deviceGroups?.map(entryAnswer),
    sandboxInert: token.sandboxInert,
    uiAccess: token.uiAccess,
    sessionId: token.sessionId,
    elevation: token.elevation,
    tokenId: token.tokenId?.toString(),
    modifiedId: token.modifiedId?.toString(),
    parentTokenId: token.parentTokenId?.toString(),
    authenticationId: token.authenticationId?.toString(),
    origin: token.origin?.toString(),
    expiration: token.expiration === null ? null : token.expiration?.toString(),
    source: source && {
      ...(source.name !== null && { name: source.name }),
      ...(source.id !== null && { id: source.id.toString() }),
    },
  };
  return withoutAbsent(answer);
}

function entryAnswer({ sid, attributes }: SidAndAttributes): SidEntryAnswer {
  return { sid: sid.toString(), attributes };
}

function claimAnswer({ name, type, values, flags }: Claim): ClaimAnswer {
  return { name, type, values: values.map(valueAnswer), flags };
}

function valueAnswer(value: ClaimValue): string | boolean {
  if (typeof value === "boolean") return value;
  return value instanceof Uint8Array ? toHex(value) : value.toString();
}

function withoutAbsent<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}
