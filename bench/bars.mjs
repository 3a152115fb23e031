/**
 * A measured figure beside its bar. The bars are the numbers of tools/limits.json, `benchmark`: each has `atLeast` or
 * `atMost`, perhaps `stretch` and a `unit` ("x" unless said).
 *
 * Knows how to compare; does not know how anything was measured.
 */

/** The figure of `name`; null when that contender was skipped. */
export function nanosecondsOf(results, name) {
  return results.find((result) => result.name === name)?.nanoseconds ?? null;
}

/** `a / b`; null where one of them is. */
export const quotient = (a, b) => (a === null || b === null ? null : a / b);

/**
 * Rows for the bars of `limits`. A row: `name`, `workload`, `ratio` (the figure, in `unit`), `bar`, `atLeast` (the
 * direction), `stretch`, `met`; of a comparison also `ours` and `theirs`, ns per decision. `ratio` and `met` are null
 * with the reason in `why` where nothing was measured.
 */
export class Bars {
  #bars;

  constructor(limits) {
    this.#bars = limits.benchmark;
  }

  row(key, figure) {
    const limit = this.#bars[key];
    if (limit === undefined) throw new Error(`tools/limits.json has no benchmark bar ${key}`);
    return barRow({ ...limit, ...figure });
  }

  /** A row that compares `ours` with `theirs`: how many times faster we are, or how many times slower, as the bar asks. */
  against(key, { ours, theirs, ...figure }) {
    const faster = this.#bars[key]?.atLeast !== undefined;
    return this.row(key, { ...figure, ratio: faster ? quotient(theirs, ours) : quotient(ours, theirs), ours, theirs });
  }
}

/** A row for a bar given here: `atLeast` or `atMost`. */
export function barRow(figure) {
  const { atLeast, atMost, stretch = null, ratio, ...row } = figure;
  const least = atLeast !== undefined;
  const bar = atLeast ?? atMost;
  const met = ratio === null ? null : least ? ratio >= bar : ratio <= bar;
  return rowOf({ ...row, ratio, bar, atLeast: least, stretch, met });
}

/** A figure worth showing that has no bar. */
export const plainRow = (row) => rowOf({ ...row, bar: null, atLeast: false, stretch: null, met: null });

/** How many times as long as `theirs` `ours` takes, without a bar. */
export const plainComparison = ({ ours, theirs, ...row }) =>
  plainRow({ ...row, ratio: quotient(ours, theirs), ours, theirs });

function rowOf({ why = "nothing to compare with here", unit = "x", ratio, ...row }) {
  const rounded = ratio === null ? null : Number(ratio.toPrecision(4));
  return { ...row, ratio: rounded, unit, ...(ratio === null ? { why } : {}) };
}
