/**
 * ACEs as an explanation names them: index, SDDL, SID, and how the condition turned out, term by term.
 *
 * Knows values and text; does not know memory, and evaluates nothing.
 */
import { EVENT_TERM } from "../../assembly/shared/abi.js";
import { FALSE, TRUE, UNKNOWN } from "../../assembly/shared/condition.js";
import type { Ace } from "../ace.js";
import { decodeCondition } from "../binary/condition-decode.js";
import { Condition } from "../condition.js";
import { formatCondition } from "../sddl/condition-format.js";
import { formatAce } from "../sddl/format.js";
import { nameOfSid } from "../well-known-sids.js";
import { type AttributeReader, attributesOf, termTexts } from "./condition-report.js";
import type { AceReference, ConditionReport, PassName } from "./reason.js";
import type { Placed } from "./trace-index.js";

/** TRUE, FALSE or UNKNOWN of a truth value of shared/condition.ts. */
export function truthName(truth: number): "TRUE" | "FALSE" | "UNKNOWN" {
  return truth === TRUE ? "TRUE" : truth === FALSE ? "FALSE" : "UNKNOWN";
}

/** Where an ACE stands, and the pass that met it. */
export interface AcePlace {
  readonly acl: "dacl" | "sacl";
  readonly index: number;
  readonly rule: number | null;
  readonly pass: PassName;
}

/** The reference of `ace`; `truth` null for one without a condition. */
export function aceReference(
  { acl, index, rule, pass }: AcePlace,
  ace: Ace,
  truth: number | null,
  terms: readonly Placed[],
  read: AttributeReader,
): AceReference {
  const condition = conditionOf(ace);
  return {
    acl,
    index,
    rule,
    sddl: textOf(condition === null ? ace : ace.with({ data: condition })),
    type: ace.type,
    sid: ace.sid?.toString() ?? null,
    name: (ace.sid && nameOfSid(ace.sid)) ?? null,
    mask: ace.mask,
    inherited: ace.isInherited,
    ...(truth !== null && { condition: conditionReport(condition, truth, pass, terms, read) }),
  };
}

/** How a condition turned out. */
export function conditionReport(
  condition: Condition | null,
  truth: number,
  pass: PassName,
  terms: readonly Placed[],
  read: AttributeReader,
): ConditionReport {
  if (condition === null) return { text: null, truth: truthName(truth), pass, terms: [], attributes: [] };
  const texts = termTexts(condition);
  const seen = new Map<number, number>();
  for (const { event } of terms) if (event.kind === EVENT_TERM) seen.set(event.extra, event.truth ?? UNKNOWN);
  return {
    text: printed(() => formatCondition(condition)),
    truth: truthName(truth),
    pass,
    terms: [...seen].map(([token, value]) => ({ text: texts[token] ?? "", truth: truthName(value) })),
    attributes: attributesOf(condition, read),
  };
}

/** The condition in an ACE's application data; null where there is none that can be read. */
function conditionOf(ace: Ace): Condition | null {
  if (ace.data instanceof Condition) return ace.data;
  if (!(ace.data instanceof Uint8Array) || ace.data.length === 0) return null;
  try {
    return decodeCondition(ace.data);
  } catch {
    return null;
  }
}

function textOf(ace: Ace): string | null {
  return printed(() => formatAce(ace));
}

/** What has no spelling in SDDL has no text. */
function printed(print: () => string): string | null {
  try {
    return print();
  } catch {
    return null;
  }
}
