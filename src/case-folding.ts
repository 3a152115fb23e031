/**
 * Text without case, as Windows compares claims: each UTF-16 unit to its simple upper case of Unicode 5.1.
 * access-check.md 11.6
 *
 * One unit at a time: `ß` is not `SS`, and half a surrogate pair is a unit like any other. The table is the kernel's.
 * Does not know what is compared.
 */

import { CASE_RUN_COUNT, CASE_RUN_UNITS, CASE_RUNS } from "../assembly/shared/case-table.js";

/** Fewer arguments than any runtime's limit of a call. */
const UNITS_AT_ONCE = 4096;

/** Equal texts are those whose folds are equal. */
export function foldText(text: string): string {
  // Inside ASCII the runtime's own table says the same, faster.
  if (/^[\0-\x7f]*$/.test(text)) return text.toUpperCase();
  let folded = "";
  for (let start = 0; start < text.length; start += UNITS_AT_ONCE) {
    const units: number[] = [];
    const end = Math.min(text.length, start + UNITS_AT_ONCE);
    for (let i = start; i < end; i++) units.push(foldUnit(text.charCodeAt(i)));
    folded += String.fromCharCode(...units);
  }
  return folded;
}

/** The upper case of one UTF-16 unit, itself where it has none. */
export function foldUnit(unit: number): number {
  let low = 0;
  let high: number = CASE_RUN_COUNT;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (CASE_RUNS.charCodeAt(middle * CASE_RUN_UNITS) <= unit) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return unit;
  const run = (low - 1) * CASE_RUN_UNITS;
  const offset = unit - CASE_RUNS.charCodeAt(run);
  const span = CASE_RUNS.charCodeAt(run + 1);
  const step = (span & 1) + 1;
  return offset <= span >>> 1 && offset % step === 0 ? (unit + CASE_RUNS.charCodeAt(run + 2)) & 0xffff : unit;
}
