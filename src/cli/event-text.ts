/**
 * An explanation as Windows prints it in the "Access Reasons" of events 4656 and 4663. access-check.md 14
 *
 * The layout is that of the rendered event: labels after one tab, values after two, one right a line, its reason after a
 * tab, and the ACE after another. It is kept stable, so that a log and an answer can be compared by a program.
 */
import type { BitExplanation } from "../index.js";
import type { Answered } from "./question.js";
import { shown } from "./terminal.js";

/** The words that events 4656 and 4663 show for %%1801 to %%1814. */
export const eventWords: ReadonlyMap<number, string> = new Map([
  [1801, "Granted by"],
  [1802, "Denied by"],
  [1803, "Denied by Integrity Policy check"],
  [1804, "Granted by Ownership"],
  [1805, "Not granted"],
  [1806, "Granted by NULL DACL"],
  [1807, "Denied by Empty DACL"],
  [1808, "Granted by NULL Security Descriptor"],
  [1809, "Unknown or unchecked"],
  [1810, "Not granted due to missing"],
  [1811, "Granted by ACE on parent folder"],
  [1812, "Denied by ACE on parent folder"],
  [1813, "Granted by Central Access Rule"],
  [1814, "NOT Granted by Central Access Rule"],
]);

/** The section "Access Request Information". */
export function eventLines({ answer }: Answered): string[] {
  const { bits } = answer.explanation;
  const mask = bits.reduce((sum, { bit }) => (sum | bit) >>> 0, 0);
  return [
    "Access Request Information:",
    ...block(
      "Accesses:",
      bits.map(({ right }) => right),
    ),
    ...block("Access Reasons:", bits.map(reasonLine)),
    `\tAccess Mask:\t\t0x${mask.toString(16).toUpperCase()}`,
    `\tPrivileges Used for Access Check:\t${answer.privilegesUsed.length === 0 ? "-" : answer.privilegesUsed.join(", ")}`,
  ];
}

/** `READ_CONTROL:	Granted by Ownership`, `SYNCHRONIZE:	Granted by	D:(A;;0x1200a9;;;BU)` */
function reasonLine({ right, reason, accessReason: { code, text, ace } }: BitExplanation): string {
  const beside = "privilege" in reason ? reason.privilege : ace;
  const words = eventWords.get(code) ?? text;
  return `${right}:\t${words}${beside === null ? "" : `\t${shown(beside)}`}`;
}

function block(label: string, values: readonly string[]): string[] {
  if (values.length === 0) return [`\t${label}\t\t-`];
  return values.map((value, index) => (index === 0 ? `\t${label}\t\t${value}` : `\t\t\t\t${value}`));
}
