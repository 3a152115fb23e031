/**
 * A verdict in a few lines, and the parts of an explanation as tables and sentences.
 *
 * Knows answers and tables. Does not know options, and decides nothing.
 */
import {
  type AceReference,
  type BitExplanation,
  type Cause,
  formatMask,
  type MappingName,
  type NtStatus,
  type PassName,
  type PassReason,
} from "../index.js";
import { maskName, typeWord } from "./ace-words.js";
import { type Answered, type ExplanationAnswer, maskText } from "./question.js";
import { tableLines, wrapped } from "./table.js";
import { shown, type Terminal } from "./terminal.js";

const causeWords: Readonly<Record<Cause, string>> = {
  granted: "granted",
  "explicitly-denied": "explicitly denied",
  "not-granted": "not granted: no ACE allows it",
  "restricting-list": "stopped by the restricting list",
  package: "stopped by the package SIDs of the AppContainer",
  integrity: "stopped by integrity",
  "trust-label": "stopped by the process trust label",
  "access-filter": "stopped by an access filter",
  "missing-privilege": "stopped by a missing privilege",
  policy: "stopped by the central access policy",
  "call-failed": "the call itself failed",
  "nothing-desired": "nothing was asked for",
};

/** Why a call fails as a call. access-check.md 1 */
const failureWords: Partial<Record<NtStatus, string>> = {
  STATUS_GENERIC_NOT_MAPPED: "this call takes no generic rights: ask for what they stand for",
  STATUS_NO_IMPERSONATION_TOKEN: "this call takes an impersonation token",
  STATUS_BAD_IMPERSONATION_LEVEL: "the token's impersonation level is too low for this call",
  STATUS_INVALID_PARAMETER: "the object types are no tree that this call takes",
  STATUS_INVALID_SECURITY_DESCR: "this call wants a descriptor with owner and group",
};

const passTitles: Readonly<Record<PassName, string>> = {
  normal: "enabled SIDs",
  restricting: "restricting SIDs",
  package: "package SIDs",
};

/** The verdict line and what belongs to it: asked, granted, status. */
export function verdictLines({ answer, desired, mapping }: Answered, { colours, width }: Terminal): string[] {
  const { granted, access, status, privilegesUsed, explanation, objectTypes, staged } = answer;
  const verdict = granted ? colours.bold(colours.green("granted")) : colours.bold(colours.red("denied"));
  const lines = [granted ? verdict : `${verdict}  ${causeWords[explanation.cause]}`];
  const rows = [["asked", maskText(desired, mapping)]];
  if (granted) rows.push(["granted", maskText(access, mapping)], ...rightsRow(access, mapping));
  const words = explanation.cause === "call-failed" ? failureWords[status] : undefined;
  rows.push(["status", words === undefined ? status : `${status}: ${words}`]);
  if (privilegesUsed.length > 0) rows.push(["used", privilegesUsed.join(", ")]);
  if (staged !== undefined) {
    rows.push(["staged", `${staged.granted ? "granted" : "denied"}  ${maskText(staged.access, mapping)}`]);
  }
  const field = ([name, text]: readonly string[]) => [colours.dim(name), text];
  lines.push(...tableLines(rows.map(field), { width }));
  if (objectTypes !== undefined) {
    const nodes = objectTypes.map((node) => [
      `${"  ".repeat(node.level)}${node.guid}`,
      node.status === "STATUS_SUCCESS" ? colours.green("granted") : colours.red("denied"),
      maskText(node.access, mapping),
    ]);
    lines.push("", "Object types", ...tableLines(nodes, { width }));
  }
  return lines;
}

/** The single rights behind a mask, where its name does not say them already. */
function rightsRow(access: number, mapping: MappingName | null): string[][] {
  const single = formatMask(access, mapping);
  return maskName(access, mapping) === single ? [] : [["", single]];
}

/** The table of bits and passes. */
export function bitTable(bits: readonly BitExplanation[], passes: readonly PassName[], terminal: Terminal): string[] {
  if (bits.length === 0) return [];
  const { colours, width } = terminal;
  const stopped = bits.some((bit) => !Object.hasOwn(passTitles, bit.decidedBy) && !bit.granted);
  const head = ["right", "", ...passes.map((pass) => passTitles[pass]), ...(stopped ? ["stopped by"] : [])];
  const rows = bits.map((bit) => [
    bit.right,
    bit.granted ? colours.green("yes") : colours.red("no"),
    ...passes.map((pass) => {
      const cell = cellOf(bit.passes[pass]);
      if (!bit.granted && bit.decidedBy === pass) return colours.red(cell);
      return bit.granted ? cell : colours.dim(cell);
    }),
    ...(stopped ? [bit.granted ? "" : colours.red(stopWord(bit))] : []),
  ]);
  return tableLines(rows, { head: head.map((title) => colours.dim(title)), width });
}

/** What stood outside the passes; "" where a pass refused. */
function stopWord({ reason, decidedBy }: BitExplanation): string {
  switch (reason.kind) {
    case "missing-privilege":
      return `no ${reason.privilege}`;
    case "policy-rule":
      return `policy rule ${reason.rule}`;
    default:
      return Object.hasOwn(passTitles, decidedBy) ? "" : decidedBy.replace("-", " ");
  }
}

/** A cell of the table. */
function cellOf(reason: PassReason | undefined): string {
  switch (reason?.kind) {
    case undefined:
      return "";
    case "allowed-by-ace":
      return `allowed, ACE ${reason.ace.index}`;
    case "denied-by-ace":
      return `denied, ACE ${reason.ace.index}`;
    case "owner":
      return "owner";
    case "privilege":
      return reason.privilege;
    case "no-dacl":
      return "no DACL";
    case "empty-dacl":
      return "empty DACL";
    case "not-granted":
      return "no ACE";
    case "not-asked":
      return "not asked";
  }
}

/** The ACEs that the table names, each once, with what became of their conditions. */
export function aceLegend(bits: readonly BitExplanation[], { colours, width }: Terminal): string[] {
  const named = new Map<string, AceReference>();
  const note = (ace: AceReference | null): void => {
    if (ace !== null) named.set(`${ace.acl} ${String(ace.index).padStart(5)}`, ace);
  };
  for (const { passes, reason } of bits) {
    for (const one of Object.values(passes)) if ("ace" in one) note(one.ace);
    if ("ace" in reason) note(reason.ace);
  }
  if (named.size === 0) return [];
  const aces = [...named.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, ace]) => ace);
  const rows = aces.map((ace) => [
    `${ace.acl === "sacl" ? "SACL" : "ACE"} ${ace.index}`,
    typeWord(ace.type),
    ace.name ?? ace.sid ?? "",
    shown(ace.sddl ?? "(no spelling in SDDL)"),
  ]);
  return ["", colours.bold("ACEs"), ...tableLines(rows, { width, details: aces.map(conditionLines) })];
}

function conditionLines({ condition }: AceReference): string[] {
  if (condition === undefined) return [];
  const { text, truth, terms, attributes } = condition;
  if (text === null) return [`condition cannot be read: ${truth}`];
  const values = attributes.map(
    ({ name, values: found }) => `  ${name} = ${found === null ? "missing" : `{${found.join(", ")}}`}`,
  );
  // The last term is the whole condition.
  const parts = terms.slice(0, -1).map((term) => `  ${term.text} is ${term.truth}`);
  return [`condition is ${truth}`, ...parts, ...values].map(shown);
}

/** One sentence for all the bits that were refused for the same reason. */
export function refusalLines(
  bits: readonly BitExplanation[],
  maximumAllowed: boolean,
  { colours, width }: Terminal,
): string[] {
  const byClause = new Map<string, string[]>();
  for (const { granted, right, sentence } of bits) {
    if (granted) continue;
    const clause = sentence.slice(sentence.indexOf(": ") + 2);
    byClause.set(clause, [...(byClause.get(clause) ?? []), right]);
  }
  if (byClause.size === 0) return [];
  const lines = [...byClause].map(([clause, rights]) => {
    const isOne = rights.length === 1;
    const subject = isOne ? `${rights[0]} is` : `${rights.slice(0, -1).join(", ")} and ${rights.at(-1)} are`;
    const why = clause.replace(/^not granted: /, "").replace(/\ballows it\b/, isOne ? "allows it" : "allows them");
    return `  ${wrapped(shown(`${subject} ${maximumAllowed ? "not granted" : "refused"}: ${why}`), width - 2, 4)}`;
  });
  return ["", colours.bold(maximumAllowed ? "Not granted" : "Refused"), ...lines];
}

/** Rules of a central policy, ACEs that did not act, and whether the trace is whole. */
export function restLines(explanation: ExplanationAnswer, mapping: MappingName | null, terminal: Terminal): string[] {
  const { colours, width } = terminal;
  const lines: string[] = [];
  const { rules, unused, complete } = explanation;
  if (rules.length > 0) {
    lines.push("", colours.bold("Central access policy"));
    for (const { rule, applies, appliesTo, grants } of rules) {
      const name = rule === null ? "the recovery policy" : `rule ${rule}`;
      lines.push(
        `  ${name} ${applies ? `applies and gives ${maskText(grants, mapping)}` : `does not apply: its condition is ${appliesTo}`}`,
      );
    }
  }
  if (unused.length > 0) {
    lines.push("", colours.bold("ACEs that did not act"));
    for (const sentence of new Set(unused.map((one) => one.sentence)))
      lines.push(`  ${wrapped(shown(sentence), width, 4)}`);
  }
  if (!complete) lines.push("", "The trace was cut short: it had no room for everything.");
  return lines;
}

/** What the SACL would have logged. */
export function auditLines({ answer, mapping }: Answered, { colours, width }: Terminal): string[] {
  if (answer.auditEvents === undefined) return [];
  const rows = answer.auditEvents.map(({ kind, ace, access, node }) => [
    kind,
    `SACL ${ace}`,
    answer.objectTypes === undefined ? "" : `node ${node}`,
    maskText(access, mapping),
  ]);
  return [
    "",
    colours.bold("Audit"),
    ...(rows.length === 0 ? ["  nothing would be logged"] : tableLines(rows, { width })),
  ];
}
