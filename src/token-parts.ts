/**
 * The parts a token is made of, as values. tokens.md 1.1
 *
 * Types only: what the doors (token-input, token-output) and the token image share. Knows nothing of JSON or bytes.
 */

import type { Claim } from "./claim.js";
import type { Privilege } from "./privilege.js";
import type { Sid } from "./sid.js";

/** A SID and its SE_GROUP_… attributes, 0…4294967295. */
export interface SidAndAttributes {
  readonly sid: Sid;
  readonly attributes: number;
}

export type TokenType = "primary" | "impersonation";
export type ImpersonationLevel = "Anonymous" | "Identification" | "Impersonation" | "Delegation";
export type ElevationType = "Default" | "Full" | "Limited";

/** access-check.md 8 */
export interface AppContainer {
  /** S-1-15-2-… */
  readonly sid: Sid;
  /** S-1-15-3-…, each with SE_GROUP_… attributes. */
  readonly capabilities: readonly SidAndAttributes[];
  /** LPAC: ALL APPLICATION PACKAGES does not apply. */
  readonly lowPrivilege: boolean;
  /** null where the source gave none. */
  readonly number: number | null;
}

/** TOKEN_SOURCE; a member is null where the source gave none. */
export interface TokenSource {
  readonly name: string | null;
  readonly id: bigint | null;
}

/** What a token image holds: all that decides access. */
export interface TokenImageParts {
  readonly user: SidAndAttributes;
  /** null: the user. */
  readonly owner: Sid | null;
  readonly groups: readonly SidAndAttributes[];
  /** null: not restricted; empty: restricted to nothing. */
  readonly restrictedSids: readonly Sid[] | null;
  readonly writeRestricted: boolean;
  readonly sandboxInert: boolean;
  readonly privileges: readonly Privilege[];
  /** RID of the level, 0…4294967295. */
  readonly integrity: number;
  /** TOKEN_MANDATORY_POLICY_… bits. */
  readonly mandatoryPolicy: number;
  readonly type: TokenType;
  readonly impersonationLevel: ImpersonationLevel;
  readonly appContainer: AppContainer | null;
  /** S-1-19-<type>-<level> */
  readonly trustLevel: Sid | null;
  readonly userClaims: readonly Claim[];
  readonly deviceClaims: readonly Claim[];
  readonly localClaims: readonly Claim[];
  readonly deviceGroups: readonly SidAndAttributes[];
}

/** What filtering can change, as the kernel answers it. tokens.md 2.2 */
export interface FilteredParts {
  readonly user: SidAndAttributes;
  /** null: the user. */
  readonly owner: Sid | null;
  readonly groups: readonly SidAndAttributes[];
  readonly restrictedSids: readonly Sid[] | null;
  readonly writeRestricted: boolean;
  readonly sandboxInert: boolean;
  readonly privileges: readonly Privilege[];
}
