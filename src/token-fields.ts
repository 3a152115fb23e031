/**
 * A token's members: what callers may write (`TokenInput`, `tokenShape`) and what is kept (`TokenFields`).
 * interchange.md "Token", tokens.md 1.1
 *
 * Names and types only; the rules are in token-input.ts.
 */

import { TOKEN_MAX_GROUPS, TOKEN_MAX_RESTRICTED_SIDS } from "../assembly/shared/token.js";
import type { Claim } from "./claim.js";
import { type ClaimInput, claimsShape } from "./claim-input.js";
import { flagWord, leaf, listOf, objectOf, type Shape } from "./member-shape.js";
import type { Privilege } from "./privilege.js";
import { privilegeShape } from "./privilege-input.js";
import type { SecurityDescriptor } from "./security-descriptor.js";
import type { Sid } from "./sid.js";
import { sidEntryShape } from "./sid-input.js";
import type {
  AppContainer,
  ElevationType,
  ImpersonationLevel,
  SidAndAttributes,
  TokenSource,
  TokenType,
} from "./token-parts.js";

/** Most privileges a token may list; Windows knows 35. */
const PRIVILEGES_MAX = 4096;

const groupsShape = /* @__PURE__ */ listOf(sidEntryShape, TOKEN_MAX_GROUPS);

/** The members of a token, and of the objects in it. */
export const tokenShape: Shape = /* @__PURE__ */ objectOf({
  user: sidEntryShape,
  groups: groupsShape,
  restrictedSids: listOf(sidEntryShape, TOKEN_MAX_RESTRICTED_SIDS),
  writeRestricted: leaf,
  privileges: listOf(privilegeShape, PRIVILEGES_MAX),
  integrity: leaf,
  mandatoryPolicy: flagWord,
  owner: leaf,
  primaryGroup: leaf,
  defaultDacl: leaf,
  type: leaf,
  impersonationLevel: leaf,
  appContainer: objectOf({ sid: leaf, capabilities: groupsShape, lowPrivilege: leaf, number: leaf }),
  trustLevel: leaf,
  userClaims: claimsShape,
  deviceClaims: claimsShape,
  localClaims: claimsShape,
  deviceGroups: groupsShape,
  sandboxInert: leaf,
  uiAccess: leaf,
  sessionId: leaf,
  elevation: leaf,
  tokenId: leaf,
  modifiedId: leaf,
  parentTokenId: leaf,
  authenticationId: leaf,
  origin: leaf,
  expiration: leaf,
  source: objectOf({ name: leaf, id: leaf }),
});

/** A SID: `S-1-…`, a two-letter alias (which may need a context) or a `Sid`. */
export type SidInput = string | Sid;
/** A flag word: 0…4294967295, `"0x7"`, digits, names joined by `|`, or a list of names. */
export type FlagInput = number | string | readonly string[];
export type SidEntryInput = SidInput | { readonly sid: SidInput; readonly attributes: FlagInput };
export type PrivilegeInput =
  | string
  | { readonly name: string; readonly attributes?: FlagInput }
  | { readonly luid: string; readonly attributes?: FlagInput };
/** A 64-bit integer: bigint, decimal digits or a safe integer. */
export type Integer64Input = bigint | string | number;

/** A token as callers write it. Only `user` is required. */
export interface TokenInput {
  readonly user: SidInput | { readonly sid: SidInput; readonly attributes?: FlagInput };
  /** At most 1,024. A SID alone has attributes 7. */
  readonly groups?: readonly SidEntryInput[];
  /** At most 4,096. null or absent: not restricted; `[]`: restricted to nothing. */
  readonly restrictedSids?: readonly SidEntryInput[] | null;
  readonly writeRestricted?: boolean;
  /** A name alone is enabled. */
  readonly privileges?: readonly PrivilegeInput[];
  /** A level's name, `S-1-16-n` or a RID. Default: the group marked INTEGRITY, else Medium. */
  readonly integrity?: string | number | Sid;
  readonly mandatoryPolicy?: FlagInput;
  readonly owner?: SidInput;
  readonly primaryGroup?: SidInput;
  /** `D:…` */
  readonly defaultDacl?: string | SecurityDescriptor;
  readonly type?: TokenType;
  readonly impersonationLevel?: ImpersonationLevel;
  readonly appContainer?: {
    readonly sid: SidInput;
    readonly capabilities?: readonly SidEntryInput[];
    readonly lowPrivilege?: boolean;
    readonly number?: number;
  };
  readonly trustLevel?: SidInput;
  readonly userClaims?: readonly ClaimInput[];
  readonly deviceClaims?: readonly ClaimInput[];
  readonly localClaims?: readonly ClaimInput[];
  readonly deviceGroups?: readonly SidEntryInput[];
  readonly sandboxInert?: boolean;
  readonly uiAccess?: boolean;
  readonly sessionId?: number;
  readonly elevation?: ElevationType;
  readonly tokenId?: Integer64Input;
  readonly modifiedId?: Integer64Input;
  readonly parentTokenId?: Integer64Input;
  readonly authenticationId?: Integer64Input;
  readonly origin?: Integer64Input;
  readonly expiration?: Integer64Input | null;
  readonly source?: { readonly name?: string; readonly id?: Integer64Input };
}

/** A token as it is kept. A member that the source may leave out, and whose absence shows in answers, is `undefined`. */
export interface TokenFields {
  readonly user: SidAndAttributes;
  readonly groups: readonly SidAndAttributes[];
  readonly restrictedSids: readonly Sid[] | null;
  readonly writeRestricted: boolean;
  readonly privileges: readonly Privilege[];
  readonly integrity: number;
  readonly mandatoryPolicy: number;
  readonly owner: Sid | undefined;
  readonly primaryGroup: Sid | undefined;
  readonly defaultDacl: SecurityDescriptor | undefined;
  readonly type: TokenType;
  readonly impersonationLevel: ImpersonationLevel | undefined;
  readonly appContainer: AppContainer | undefined;
  readonly trustLevel: Sid | undefined;
  readonly userClaims: readonly Claim[] | undefined;
  readonly deviceClaims: readonly Claim[] | undefined;
  readonly localClaims: readonly Claim[] | undefined;
  readonly deviceGroups: readonly SidAndAttributes[] | undefined;
  readonly sandboxInert: boolean;
  readonly uiAccess: boolean | undefined;
  readonly sessionId: number | undefined;
  readonly elevation: ElevationType | undefined;
  readonly tokenId: bigint | undefined;
  readonly modifiedId: bigint | undefined;
  readonly parentTokenId: bigint | undefined;
  readonly authenticationId: bigint | undefined;
  readonly origin: bigint | undefined;
  readonly expiration: bigint | null | undefined;
  readonly source: TokenSource | undefined;
}
