/**
 * What the model reads and answers: plain data, no classes, no bytes. access-check.md, "Notation"; interchange.md.
 *
 * SIDs are "S-1-…" texts, GUIDs lower-case texts, octets lower-case hex texts, masks unsigned numbers.
 * Must not know the library: only `from-values.ts` does.
 */

/** "S-1-5-32-544" */
export type SidText = string;

export interface ModelClaim {
  readonly name: string;
  readonly type: "int64" | "uint64" | "string" | "sid" | "boolean" | "octets";
  readonly flags: number;
  /** Integers are bigints, SIDs and octets texts. */
  readonly values: readonly (bigint | string | boolean)[];
}

export type LiteralToken =
  | { readonly kind: "int"; readonly value: bigint }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "octets"; readonly value: string }
  | { readonly kind: "sid"; readonly value: SidText };

export type ExpressionToken =
  | LiteralToken
  | { readonly kind: "composite"; readonly members: readonly LiteralToken[] }
  | { readonly kind: "attribute"; readonly scope: "local" | "user" | "resource" | "device"; readonly name: string }
  | { readonly kind: "operator"; readonly code: number };

/** Postfix tokens; or bytes that begin like an expression and are none; or no expression at all. */
export type Expression = readonly ExpressionToken[] | "malformed" | "none";

export interface ModelAce {
  readonly type: number;
  readonly flags: number;
  readonly mask: number;
  /** Null for unknown types. For a compound ACE the client. */
  readonly sid: SidText | null;
  readonly objectType: string | null;
  readonly inheritedObjectType: string | null;
  /** Compound ACEs only. */
  readonly serverSid: SidText | null;
  /** Callback ACEs and access filters only; else "none". */
  readonly condition: Expression;
  /** Resource attributes only. */
  readonly claim: ModelClaim | "malformed" | null;
}

/** Null is a NULL ACL, `[]` an empty one. */
export type ModelAcl = "absent" | null | readonly ModelAce[];

export interface ModelDescriptor {
  readonly owner: SidText | null;
  readonly group: SidText | null;
  readonly dacl: ModelAcl;
  readonly sacl: ModelAcl;
}

export interface SidAndAttributes {
  readonly sid: SidText;
  readonly attributes: number;
}

export interface ModelPrivilege {
  readonly luid: bigint;
  readonly attributes: number;
}

export interface ModelToken {
  readonly user: SidAndAttributes;
  readonly groups: readonly SidAndAttributes[];
  readonly restrictedSids: readonly SidText[] | null;
  readonly writeRestricted: boolean;
  readonly privileges: readonly ModelPrivilege[];
  readonly integrity: number;
  readonly mandatoryPolicy: number;
  readonly owner: SidText | null;
  readonly type: "primary" | "impersonation";
  readonly impersonationLevel: "Anonymous" | "Identification" | "Impersonation" | "Delegation";
  readonly package: {
    readonly sid: SidText;
    readonly capabilities: readonly SidAndAttributes[];
    readonly lowPrivilege: boolean;
  } | null;
  readonly trustLevel: SidText | null;
  readonly userClaims: readonly ModelClaim[];
  readonly deviceClaims: readonly ModelClaim[];
  readonly localClaims: readonly ModelClaim[];
  readonly deviceGroups: readonly SidAndAttributes[];
  readonly sandboxInert: boolean;
}

export interface ModelMapping {
  readonly read: number;
  readonly write: number;
  readonly execute: number;
  readonly all: number;
}

export type ModelCall = "SeAccessCheck" | "AccessCheck" | "AccessCheckByType" | "AccessCheckByTypeResultList";

export interface ModelObjectType {
  readonly level: number;
  readonly guid: string;
}

export interface ModelRule {
  /** Null: applies always. */
  readonly appliesTo: Expression | null;
  readonly dacl: ModelAcl;
  /** Undefined: nothing proposed. */
  readonly stagedDacl: ModelAcl | undefined;
}

export interface ModelPolicy {
  readonly sid: SidText;
  readonly rules: readonly ModelRule[];
}

export interface ModelRequest {
  readonly token: ModelToken;
  readonly descriptor: ModelDescriptor;
  readonly desired: number;
  readonly mapping: ModelMapping;
  readonly call: ModelCall;
  readonly objectTypes: readonly ModelObjectType[] | null;
  readonly principalSelf: SidText | null;
  readonly previouslyGranted: number;
  readonly primaryToken: ModelToken | null;
  /** Null: the request names no policies, so no policy has an effect. */
  readonly policies: readonly ModelPolicy[] | null;
  readonly aceGenericRights: "mapped" | "raw";
  readonly audit: boolean;
}

export type ModelStatus =
  | "STATUS_SUCCESS"
  | "STATUS_ACCESS_DENIED"
  | "STATUS_PRIVILEGE_NOT_HELD"
  | "STATUS_GENERIC_NOT_MAPPED"
  | "STATUS_NO_IMPERSONATION_TOKEN"
  | "STATUS_BAD_IMPERSONATION_LEVEL"
  | "STATUS_INVALID_PARAMETER"
  | "STATUS_INVALID_SECURITY_DESCR";

export interface NodeAnswer {
  readonly status: ModelStatus;
  readonly access: number;
}

export interface AuditEvent {
  /** Index into the SACL as stored. */
  readonly ace: number;
  readonly success: boolean;
  /** Whose verdict it answers to; 0 without a list. */
  readonly node: number;
}

export interface ModelAnswer {
  readonly status: ModelStatus;
  readonly granted: boolean;
  readonly access: number;
  readonly privilegesUsed: readonly string[];
  readonly callFailed: boolean;
  /** AccessCheckByTypeResultList only. */
  readonly objectTypes: readonly NodeAnswer[] | null;
  /** Null when no policy applies to the object. */
  readonly staged: { readonly status: ModelStatus; readonly access: number; readonly differs: boolean } | null;
  /** Empty unless asked for. */
  readonly auditEvents: readonly AuditEvent[];
}
