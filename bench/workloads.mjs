/**
 * The questions every contender is asked, as plain data; no contender is known here.
 *
 * A question is a token (group SIDs, perhaps restricting SIDs), descriptors as ACE lists with denies first, and one
 * wanted right. Denies first, and one right, because that is what the peers can express: they let a deny override.
 */

/** FILE_READ_DATA: the one right that every ACE of a workload speaks of. */
export const READ = 0x00000001;

const held = (index) => `S-1-5-21-11-22-33-${1000 + index}`;
const foreign = (index) => `S-1-5-21-44-55-66-${1000 + index}`;
const restricting = (index) => `S-1-5-21-77-88-99-${1000 + index}`;

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

const groups = (count) => Array.from({ length: count }, (_, index) => held(index));

/** The same sequence on every machine: linear congruence, Numerical Recipes. */
function* sequence(seed) {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** 1,000 distinct ACE lists of 5 to 40 ACEs, of which about half let the token in; and 10,000 draws from them. */
function manyDescriptors() {
  const random = sequence(4);
  const next = () => random.next().value;
  const distinct = Array.from({ length: 1000 }, (_, number) => {
    const aces = foreignAces(5 + Math.floor(next() * 36), number * 7);
    const matching = next();
    const at = Math.floor(next() * aces.length);
    if (matching < 0.6) aces[at] = { ...aces[at], sid: held(Math.floor(next() * 50)) };
    return aces;
  });
  const draws = Array.from({ length: 10_000 }, () => Math.floor(next() * distinct.length));
  return { distinct, draws };
}

/** The workloads of one run. `draws` are indexes into `descriptors`, one check each. */
export function workloads() {
  const { distinct, draws } = manyDescriptors();
  const user = "S-1-5-21-11-22-33-500";
  return [
    {
      name: "W1",
      what: "50 groups, 20 ACEs, match at the last",
      token: { user, groups: groups(50), restricting: null },
      descriptors: [matchAtTheEnd(20, [held(49)])],
      draws: [0],
    },
    {
      name: "W2",
      what: "200 groups, 100 ACEs, match at the last",
      token: { user, groups: groups(200), restricting: null },
      descriptors: [matchAtTheEnd(100, [held(199)])],
      draws: [0],
    },
    {
      name: "W3",
      what: "W1 with 10 restricting SIDs: two passes",
      token: { user, groups: groups(50), restricting: Array.from({ length: 10 }, (_, index) => restricting(index)) },
      descriptors: [matchAtTheEnd(20, [held(49), restricting(9)])],
      draws: [0],
    },
    {
      name: "W4-lite",
      what: "10,000 checks over 1,000 distinct descriptors of 5 to 40 ACEs",
      token: { user, groups: groups(50), restricting: null },
      descriptors: distinct,
      draws,
    },
  ];
}
