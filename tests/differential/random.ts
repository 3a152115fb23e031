/**
 * A small generator of numbers with a seed, so that every run can be repeated: xorshift128, seeded through a mixer.
 */

export interface Random {
  /** 0 … below-1 */
  below(limit: number): number;
  /** True in `percent` of a hundred draws. */
  chance(percent: number): boolean;
  pick<T>(choices: readonly T[]): T;
  /** `count` draws of `make`. */
  times<T>(count: number, make: () => T): T[];
  /** Each choice with `percent` of a hundred, in order. */
  some<T>(choices: readonly T[], percent: number): T[];
}

export function randomFrom(seed: number): Random {
  let mix = seed >>> 0;
  const splitmix = (): number => {
    mix = (mix + 0x9e3779b9) >>> 0;
    let z = mix;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
  let x = splitmix();
  let y = splitmix();
  let z = splitmix();
  let w = splitmix() | 1;

  const next = (): number => {
    const t = x ^ (x << 11);
    x = y;
    y = z;
    z = w;
    w = (w ^ (w >>> 19) ^ t ^ (t >>> 8)) >>> 0;
    return w;
  };
  const below = (limit: number): number => next() % limit;
  const chance = (percent: number): boolean => below(100) < percent;
  return {
    below,
    chance,
    pick: (choices) => choices[below(choices.length)],
    times: (count, make) => Array.from({ length: count }, make),
    some: (choices, percent) => choices.filter(() => chance(percent)),
  };
}
