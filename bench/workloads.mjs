/**
 * The questions every contender is asked, as plain data; no contender is known here.
 *
 * A question is a token (group SIDs, perhaps restricting SIDs), descriptors as ACE lists with denies first, and one
 * mask. Denies first, and one right in W1 to W4, because that is what the policy engines can express: they let a deny
 * override. All SIDs are of one domain of some size, as on any network: they differ in the digits of their last number.
 */

/** FILE_READ_DATA: the one right that every ACE of W1 to W4 speaks of. */
const READ = 0x00000001;
const MAXIMUM_ALLOWED = 0x02000000;

const domain = "S-1-5-21-3623811015-3361044348-30300820";
const user = `${domain}-11105`;
const held = (index) => `${domain}-${12_000 + index}`;
const restricting = (index) => `${domain}-${15_000 + index}`;

/** SIDs that ACEs of generated descriptors name: fewer than a kernel numbers at a time. */
const FOREIGN_SIDS = 7000;
const foreignSids = Array.from({ length: FOREIGN_SIDS }, (_, index) => `${domain}-${20_000 + index}`);
const foreign = (index) => foreignSids[index % FOREIGN_SIDS];

/** The same sequence on every machine: linear congruence, Numerical Recipes. */
function sequence(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** `count` ACEs, a fifth of them denies, none for a SID that anyone holds. */
function foreignAces(count, first = 0) {
  const denies = Math.floor(count / 5);
  return Array.from({ length: count }, (_, index) => ({
    allow: index >= denies,
    mask: READ,
    sid: foreign(first + index),
  }));
}

/** One descriptor of `aces` ACEs whose last `matches.length` ones allow `matches`. */
const matchAtTheEnd = (aces, matches) => [
  ...foreignAces(aces - matches.length),
  ...matches.map((sid) => ({ allow: true, mask: READ, sid })),
];

const tokenOf = (groups, restrictingCount = null) => ({
  user,
  groups: Array.from({ length: groups }, (_, index) => held(index)),
  restricting:
    restrictingCount === null ? null : Array.from({ length: restrictingCount }, (_, index) => restricting(index)),
});

/** `groups` groups, `aces` ACEs, and what is wanted is allowed by the last. */
export function matchAtTheLast(name, groups, aces) {
  return {
    name,
    what: `${groups.toLocaleString("en")} groups, ${aces} ACEs, match at the last`,
    desired: READ,
    token: tokenOf(groups),
    descriptors: [matchAtTheEnd(aces, [held(groups - 1)])],
    draws: [0],
  };
}

const twoPasses = {
  name: "W3",
  what: "W1 with 10 restricting SIDs: two passes",
  desired: READ,
  token: tokenOf(50, 10),
  descriptors: [matchAtTheEnd(20, [held(49), restricting(9)])],
  draws: [0],
};

/**
 * ACE lists of 5 to 40 ACEs, without an end. Of ten, four name nobody the token holds, three one of its groups and three
 * two, so about half let it in and some refuse what they would allow further on.
 */
function* manyDescriptors(seed) {
  const next = sequence(seed);
  while (true) {
    const aces = foreignAces(5 + Math.floor(next() * 36), Math.floor(next() * FOREIGN_SIDS));
    const share = next();
    for (let matches = share < 0.4 ? 0 : share < 0.7 ? 1 : 2; matches > 0; matches--) {
      const at = Math.floor(next() * aces.length);
      aces[at] = { ...aces[at], sid: held(Math.floor(next() * 50)) };
    }
    yield aces;
  }
}

/** The first `count` values of an endless generator. */
function take(count, generator) {
  return Array.from({ length: count }, () => generator.next().value);
}

/** `count` draws from `distinct` descriptors, one token. */
export function drawn(name, count, distinct) {
  const next = sequence(5);
  return {
    name,
    what: `${count.toLocaleString("en")} descriptors drawn from ${distinct.toLocaleString("en")} distinct ones of 5 to 40 ACEs`,
    desired: READ,
    token: tokenOf(50),
    descriptors: take(distinct, manyDescriptors(4)),
    draws: Array.from({ length: count }, () => Math.floor(next() * distinct)),
  };
}

/** `count` descriptors of W4's shape, hardly two of them equal: made as they are asked for, the same every time. */
export function distinct(name, count) {
  const descriptors = {
    length: count,
    *[Symbol.iterator]() {
      const lists = manyDescriptors(6);
      for (let i = 0; i < count; i++) yield lists.next().value;
    },
  };
  return {
    name,
    what: `${count.toLocaleString("en")} descriptors of 5 to 40 ACEs, all different`,
    desired: READ,
    token: tokenOf(50),
    streamed: true,
    descriptors,
    draws: Uint32Array.from({ length: count }, (_, index) => index),
  };
}

/** As W1, but every third ACE allows the token one more of the wanted bits; the last one completes them. */
export const everyThird = {
  name: "every third",
  what: "50 groups, 21 ACEs, every third matches and allows one of 7 wanted bits",
  desired: 0x7f,
  token: tokenOf(50),
  descriptors: [
    foreignAces(21).map((ace, index) =>
      index % 3 === 2 ? { allow: true, mask: 1 << Math.floor(index / 3), sid: held(index) } : ace,
    ),
  ],
  draws: [0],
};

/** W1 asked for everything it gives. */
export const maximumAllowed = {
  ...matchAtTheLast("maximum", 50, 20),
  what: "W1, asked for MAXIMUM_ALLOWED",
  desired: MAXIMUM_ALLOWED,
};

/** `tokenCount` tokens that differ in their 50 groups, each asked about each of `descriptorCount` descriptors of W4. */
export function matrixOf(name, tokenCount, descriptorCount) {
  const next = sequence(7);
  return {
    name,
    what: `${tokenCount.toLocaleString("en")} tokens x ${descriptorCount.toLocaleString("en")} descriptors of 5 to 40 ACEs`,
    desired: READ,
    tokens: Array.from({ length: tokenCount }, () => ({
      user,
      groups: Array.from({ length: 50 }, () => foreign(Math.floor(next() * FOREIGN_SIDS))),
      restricting: null,
    })),
    descriptors: take(descriptorCount, manyDescriptors(4)),
    draws: Uint32Array.from({ length: tokenCount * descriptorCount }, (_, index) => index),
  };
}

/** W1 to W4, the workloads that every contender answers. */
export function coreWorkloads(draws = 100_000) {
  return [matchAtTheLast("W1", 50, 20), matchAtTheLast("W2", 200, 100), twoPasses, drawn("W4", draws, 1000)];
}
