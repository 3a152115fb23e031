/**
 * Upper case as conditions compare it: Unicode 5.1, simple, one UTF-16 unit at a time. access-check.md 11.6.
 *
 * Derived from the upper and lower case of the JavaScript engine, without what Unicode added after 5.1; so it shares
 * nothing with the table of the kernel. Surrogates are plain units.
 */

/** Capitals whose pair is younger than Unicode 5.1, as [first, last]. */
const YOUNGER: readonly (readonly [number, number])[] = [
  [0x037f, 0x037f],
  [0x0524, 0x052f],
  [0x10c7, 0x10c7],
  [0x10cd, 0x10cd],
  [0x13a0, 0x13f5],
  [0x1c80, 0x1c8a],
  [0x1c90, 0x1cbf],
  [0x2c2f, 0x2c2f],
  [0x2c70, 0x2c70],
  [0x2c7e, 0x2c7f],
  [0x2ceb, 0x2cf3],
  [0xa660, 0xa661],
  [0xa698, 0xa69b],
  [0xa78d, 0xa7ff],
];

/** Iota-subscript capitals: their lower case has a simple capital, though its full one is two letters. */
const IOTA_SUBSCRIPT: readonly (readonly [number, number])[] = [
  [0x1f88, 0x1faf],
  [0x1fbc, 0x1fbc],
  [0x1fcc, 0x1fcc],
  [0x1ffc, 0x1ffc],
];

const UPPER: ReadonlyMap<number, number> = pairs();

export function foldCase(text: string): string {
  return Array.from({ length: text.length }, (_, index) => foldUnit(text.charCodeAt(index))).join("");
}

function foldUnit(unit: number): string {
  return String.fromCharCode(UPPER.get(unit) ?? unit);
}

/** From each small letter to its capital, where the capital leads back to it. */
function pairs(): ReadonlyMap<number, number> {
  const upper = new Map<number, number>();
  for (let unit = 0; unit < 0x10000; unit++) {
    if (within(YOUNGER, unit)) continue;
    const capital = String.fromCharCode(unit);
    const small = capital.toLowerCase();
    if (small.length !== 1 || small === capital) continue;
    if (small.toUpperCase() === capital || within(IOTA_SUBSCRIPT, unit)) upper.set(small.charCodeAt(0), unit);
  }
  return upper;
}

function within(ranges: readonly (readonly [number, number])[], unit: number): boolean {
  return ranges.some(([first, last]) => unit >= first && unit <= last);
}
