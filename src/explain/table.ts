/**
 * An explanation as plain text: verdict, a table of bits and passes, the refusals in sentences. For a terminal
 * without colours, a log, a bug report.
 */
import type { Explanation } from "../explanation.js";
import type { BitExplanation, PassName, PassReason } from "./reason.js";
import { aceWords } from "./sentences.js";

/** A cell: short enough for a table. */
export function cellOf(reason: PassReason | undefined): string {
  switch (reason?.kind) {
    case undefined:
      return "";
    case "allowed-by-ace":
      return `+ ACE ${reason.ace.index}`;
    case "denied-by-ace":
      return `- ACE ${reason.ace.index}`;
    case "owner":
      return "+ owner";
    case "privilege":
      return `+ ${reason.privilege}`;
    case "no-dacl":
      return "+ no DACL";
    case "empty-dacl":
      return "- empty DACL";
    case "not-granted":
      return "- nothing";
    case "not-asked":
      return "+ not asked";
  }
}

/** The whole explanation as lines of text. */
export function tableOf(explanation: Explanation): string {
  const { verdict, passes, bits, unused, rules } = explanation;
  const lines = [
    verdict.granted
      ? `granted 0x${verdict.access.toString(16)}`
      : `denied: ${verdict.status} (${explanation.cause.replaceAll("-", " ")})`,
  ];
  const rows = bits.map((bit) => rowOf(bit, passes));
  const head = ["right", "", ...passes];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
  const print = (row: readonly string[]) => `  ${row.map((cell, i) => cell.padEnd(widths[i])).join("  ")}`.trimEnd();
  if (rows.length > 0) lines.push(print(head), ...rows.map(print));
  for (const [index, words] of acesNamed(bits)) lines.push(`  ACE ${index}: ${words}`);
  lines.push(...refusals(bits).map((sentence) => `  ${sentence}`));
  for (const { rule, applies, appliesTo } of rules) {
    lines.push(
      `  ${rule === null ? "the recovery policy" : `policy rule ${rule}`} ${applies ? "applies" : `does not apply (${appliesTo})`}`,
    );
  }
  for (const { sentence } of unused) lines.push(`  ${sentence}`);
  if (!explanation.complete) lines.push("  (the trace was cut short)");
  return lines.join("\n");
}

/** One sentence for all bits that were refused for the same reason. */
export function refusals(bits: readonly BitExplanation[]): readonly string[] {
  const rights = new Map<string, string[]>();
  for (const { granted, right, sentence } of bits) {
    if (granted) continue;
    const rest = sentence.slice(right.length);
    rights.set(rest, [...(rights.get(rest) ?? []), right]);
  }
  return [...rights].map(([rest, names]) =>
    names.length === 1
      ? names[0] + rest
      : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}${rest.replace(" is ", " are ")}`,
  );
}

function rowOf(bit: BitExplanation, passes: readonly PassName[]): string[] {
  return [bit.right, bit.granted ? "yes" : "no", ...passes.map((pass) => cellOf(bit.passes[pass]))];
}

/** Every ACE of the table once, by index. */
function acesNamed(bits: readonly BitExplanation[]): readonly [number, string][] {
  const named = new Map<number, string>();
  for (const { passes } of bits) {
    for (const reason of Object.values(passes)) {
      if (reason.kind === "allowed-by-ace" || reason.kind === "denied-by-ace") {
        named.set(reason.ace.index, aceWords(reason.ace).replace(/^ACE \d+ /, ""));
      }
    }
  }
  return [...named].sort(([a], [b]) => a - b);
}
