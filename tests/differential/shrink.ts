/**
 * Makes a failing request small: drops and simplifies one part after another while the failure stays.
 *
 * Knows plain data only. Whether a request still fails is the caller's question; a request that is no longer valid
 * must not count as failing.
 */

/** The smallest value found for which `fails` is still true, after at most `patience` questions. */
export function shrink<T>(value: T, fails: (candidate: T) => boolean, patience = 20_000): T {
  let smallest = value;
  let left = patience;
  // Steps before `from` were tried on a larger value; they are tried again only when the others are used up.
  let from = 0;
  while (left > 0) {
    const found = firstFailing(smallest, from, (candidate) => left-- > 0 && fails(candidate));
    if (found === null && from === 0) break;
    smallest = found === null ? smallest : found.candidate;
    from = found === null ? 0 : found.step;
  }
  return smallest;
}

function firstFailing<T>(
  value: T,
  from: number,
  fails: (candidate: T) => boolean,
): { candidate: T; step: number } | null {
  let step = 0;
  for (const candidate of smaller(value)) {
    if (step >= from && fails(candidate)) return { candidate, step };
    step++;
  }
  return null;
}

/** Every value that is one step simpler, the boldest steps first. */
function* smaller<T>(value: T): Generator<T> {
  for (const candidate of simpler(value)) yield candidate as T;
}

function* simpler(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) yield* simplerList(value);
  else if (typeof value === "number") yield* simplerNumber(value);
  else if (value === true) yield false;
  else if (typeof value === "object" && value !== null) yield* simplerObject(value as Record<string, unknown>);
}

function* simplerList(list: readonly unknown[]): Generator<unknown> {
  if (list.length > 4) {
    yield list.slice(0, list.length >> 1);
    yield list.slice(list.length >> 1);
  }
  for (let index = 0; index < list.length; index++) yield list.toSpliced(index, 1);
  for (let index = 0; index < list.length; index++) {
    for (const item of simpler(list[index])) yield list.with(index, item);
  }
}

/** Zero, then each set bit cleared. */
function* simplerNumber(mask: number): Generator<number> {
  if (mask === 0) return;
  yield 0;
  for (let bit = 0; bit < 32; bit++) {
    const without = (mask & ~(1 << bit)) >>> 0;
    if (without !== mask && without !== 0) yield without;
  }
}

/** Members that may be missing, and what missing looks like. */
const ABSENT: Readonly<Record<string, readonly unknown[]>> = {
  policies: [null],
  objectTypes: [null],
  objectType: [null],
  inheritedObjectType: [null],
  principalSelf: [null],
  primaryToken: [null],
  package: [null],
  trustLevel: [null],
  owner: [null],
  restrictedSids: [null],
  appliesTo: [null],
  stagedDacl: [undefined],
  dacl: ["absent", null],
  sacl: ["absent"],
  aceGenericRights: ["mapped"],
  call: ["SeAccessCheck"],
};

function* simplerObject(value: Record<string, unknown>): Generator<unknown> {
  for (const [name, part] of Object.entries(value)) {
    const absences = ABSENT[name] ?? [];
    if (!absences.includes(part)) for (const absent of absences) yield { ...value, [name]: absent };
  }
  for (const [name, part] of Object.entries(value)) {
    if (KEPT.has(name)) continue;
    for (const candidate of simpler(part)) yield { ...value, [name]: candidate };
  }
}

/** Numbers that name a kind, not an amount. */
const KEPT: ReadonlySet<string> = new Set(["type", "code", "kind", "level", "luid"]);
