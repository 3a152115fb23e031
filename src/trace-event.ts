/**
 * One event of a traced check: codes of assembly/shared/abi.ts, as numbers. What explanations are made of.
 */
export interface TraceEvent {
  /** EVENT_… */
  readonly kind: number;
  /** LANE_… */
  readonly lane: number;
  /** SKIP_…, or a kind's own code. */
  readonly reason: number;
  /** Truth of the ACE's condition; null without one. */
  readonly truth: number | null;
  /** Index of the ACE in its ACL; null without one. */
  readonly ace: number | null;
  /** Node of the object type list. */
  readonly node: number;
  readonly bits: number;
  /** 0: the object's DACL; n: rule n-1 of the policy; with SOURCE_STAGED its staged DACL. */
  readonly source: number;
  readonly extra: number;
}
