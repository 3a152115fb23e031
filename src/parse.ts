/**
 * SDDL → security descriptor, strictly or as far as it goes: the one door for programs and for editors. formats.md 7
 *
 * A function of its own, so that a page that only checks does not carry the tree. Does not know grammar.
 */
import { parseRecovering } from "./sddl/recover.js";
import type { SddlTree } from "./sddl/tree.js";
import type { SddlDiagnostic } from "./sddl/tree-recorder.js";
import { SecurityDescriptor } from "./security-descriptor.js";
import type { SidContext } from "./well-known-sids.js";

/** How SDDL is read. */
export interface ParseOptions {
  /** The SIDs for aliases that need one (`DA`, `EA`, `LA` …). */
  readonly context?: SidContext;
  /** Go on after faults, and tell them, instead of throwing the first. Default false. */
  readonly recover?: boolean;
}

/** SDDL as an editor sees it. */
export interface RecoveredSddl {
  /**
   * The descriptor as far as it goes; for text without faults, exactly what strict reading gives. With diagnostics it
   * is for showing only, never for a check: a deny ACE may be among what was left out.
   */
  readonly descriptor: SecurityDescriptor;
  /** The faults, at most 1,000, in the order they were met. The first is the one that strict reading throws. */
  readonly diagnostics: readonly SddlDiagnostic[];
  /** Every token with its range and meaning. */
  readonly tree: SddlTree;
}

/**
 * Reads SDDL: `parse(text)` as `SecurityDescriptor.parse` does, `parse(text, { recover: true })` for editors, which
 * throws nothing for any text.
 *
 * @throws SddlError without `recover`, with the position of the first unit that cannot be read; ArgumentError
 *   ERR_ARGUMENT for no text.
 */
export function parse(text: string, options?: ParseOptions & { readonly recover?: false }): SecurityDescriptor;
export function parse(text: string, options: ParseOptions & { readonly recover: true }): RecoveredSddl;
export function parse(text: string, options?: ParseOptions): SecurityDescriptor | RecoveredSddl;
export function parse(text: string, options: ParseOptions = {}): SecurityDescriptor | RecoveredSddl {
  const { context, recover = false } = options ?? {};
  if (!recover) return SecurityDescriptor.parse(text, { context });
  const { parts, diagnostics, tree } = parseRecovering(text, context);
  return { descriptor: SecurityDescriptor.of(parts), diagnostics, tree };
}
