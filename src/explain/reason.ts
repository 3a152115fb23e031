/**
 * Why a bit was granted or not: a union that a program can switch on. access-check.md 13.4, 14
 *
 * Types only.
 */

/** The walks of a check. access-check.md 6, 7, 8 */
export type PassName = "normal" | "restricting" | "package";

/** An ACE that decided or was passed over. */
export interface AceReference {
  readonly acl: "dacl" | "sacl";
  /** Index in its ACL as stored. */
  readonly index: number;
  /** null: an ACE of the object; else one of this rule of the central policy. */
  readonly rule: number | null;
  /** SDDL of the ACE; null where it has none. */
  readonly sddl: string | null;
  /** ACE type number. */
  readonly type: number;
  readonly sid: string | null;
  /** Readable name of the SID, where it is well known. */
  readonly name: string | null;
  readonly mask: number;
  readonly inherited: boolean;
  readonly condition?: ConditionReport;
}

/** How a condition turned out. */
export interface ConditionReport {
  /** Condition text; null where the application data is no expression. */
  readonly text: string | null;
  readonly truth: "TRUE" | "FALSE" | "UNKNOWN";
  /** The pass it was evaluated for: Member_of sees other SIDs in the restricting one. */
  readonly pass: PassName;
  /** Every operator (and a lone attribute) with its truth, in evaluation order; the text of a long one is "…". */
  readonly terms: readonly { readonly text: string; readonly truth: "TRUE" | "FALSE" | "UNKNOWN" }[];
  /** Every attribute the expression names, with the values it found; null: missing. */
  readonly attributes: readonly { readonly name: string; readonly values: readonly string[] | null }[];
}

/** What decided a bit in one pass. */
export type PassReason =
  | { readonly kind: "allowed-by-ace"; readonly ace: AceReference }
  | { readonly kind: "denied-by-ace"; readonly ace: AceReference }
  | { readonly kind: "owner" }
  | { readonly kind: "privilege"; readonly privilege: string }
  /** No DACL, or a NULL one: everything is granted. */
  | { readonly kind: "no-dacl" }
  | { readonly kind: "empty-dacl" }
  /** No ACE of this pass mentions it. */
  | { readonly kind: "not-granted" }
  /** Write-restricted, and no write bit was left: the list was not asked. access-check.md 7.5 */
  | { readonly kind: "not-asked" };

/** What decided a bit in the end. */
export type Reason =
  | PassReason
  | {
      readonly kind: "integrity";
      /** RIDs. */
      readonly tokenLevel: number;
      readonly objectLevel: number;
      /** NW 1, NR 2, NX 4. */
      readonly policy: number;
      /** null: the default label. */
      readonly ace: AceReference | null;
    }
  | { readonly kind: "trust-label"; readonly ace: AceReference }
  | { readonly kind: "access-filter"; readonly ace: AceReference }
  | { readonly kind: "missing-privilege"; readonly privilege: string }
  | { readonly kind: "policy-rule"; readonly rule: number; readonly pass: PassName; readonly reason: PassReason };

/** Where a bit was decided. */
export type DecidedBy = PassName | "integrity" | "trust-label" | "access-filter" | "privilege" | "owner" | "policy";

/** Windows's own word for a right, of events 4656 and 4663. access-check.md 14 */
export interface AccessReason {
  readonly code: number;
  readonly text: string;
  /** SDDL of the ACE, with its flags; null where none decided. */
  readonly ace: string | null;
}

/** One requested bit. */
export interface BitExplanation {
  /** A single bit of the mask. */
  readonly bit: number;
  /** `FILE_READ_DATA`, `READ_CONTROL` … */
  readonly right: string;
  /** Whether this bit alone would be granted. A request is granted when all of its bits are. */
  readonly granted: boolean;
  readonly decidedBy: DecidedBy;
  readonly reason: Reason;
  /** What decided it in each pass that there is. */
  readonly passes: Readonly<Partial<Record<PassName, PassReason>>>;
  readonly accessReason: AccessReason;
  /** For a person. */
  readonly sentence: string;
}

/** An ACE that matched or could have, and did not act. */
export interface UnusedAce {
  readonly ace: AceReference;
  readonly pass: PassName;
  readonly reason:
    | "unknown-type"
    | "wrong-acl"
    | "condition-false"
    | "condition-unknown"
    | "condition-malformed"
    | "typed-without-list"
    | "type-not-listed"
    | "compound-server"
    | "not-built";
  readonly sentence: string;
}

/** One rule of a central policy. access-check.md 9 */
export interface RuleExplanation {
  /** Number of the rule in its policy, from 0; null: the recovery policy. */
  readonly rule: number | null;
  readonly applies: boolean;
  readonly appliesTo: "TRUE" | "FALSE" | "UNKNOWN";
  /** Bits of the request that the rule gives. */
  readonly grants: number;
  /** How its condition turned out; absent without one. */
  readonly condition?: ConditionReport;
}

/** Why a request as a whole ended as it did. */
export type Cause =
  | "granted"
  | "explicitly-denied"
  | "not-granted"
  | "restricting-list"
  | "package"
  | "integrity"
  | "trust-label"
  | "access-filter"
  | "missing-privilege"
  | "policy"
  | "call-failed"
  | "nothing-desired";
