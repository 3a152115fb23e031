/**
 * Upper case of one UTF-16 unit, as Windows compares claim text. access-check.md 11.6
 *
 * One unit at a time: surrogates are plain units, and no text changes its length. Does not know what text is for.
 */
import { CASE_RUN_COUNT, CASE_RUN_UNITS, CASE_RUNS } from "../shared/case-table";

/** The upper case of `unit`, or `unit` itself. */
export function upperCase(unit: u32): u32 {
  if (unit < 0x80) return unit - 0x61 < 26 ? unit - 0x20 : unit;
  let low: u32 = 0;
  let high: u32 = CASE_RUN_COUNT;
  // The last run that starts at or below the unit.
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (runUnit(middle, 0) <= unit) low = middle;
    else high = middle;
  }
  const span = runUnit(low, 1);
  const distance = unit - runUnit(low, 0);
  if (distance > span >>> 1 || (distance & span & 1) != 0) return unit;
  return (unit + runUnit(low, 2)) & 0xffff;
}

/** The table is a string, and so static data of UTF-16 units. */
function runUnit(run: u32, part: u32): u32 {
  return <u32>load<u16>(changetype<usize>(CASE_RUNS) + ((run * CASE_RUN_UNITS + part) << 1));
}
