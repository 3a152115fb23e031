/**
 * The contenders: ourselves and the peers, each in the encoding its own documentation recommends.
 *
 * `prepare(workload)` does everything that can be done once; what it returns answers one draw: `(index) => boolean`.
 * A contender may also answer all draws at once (`all`), which counts as its batch shape.
 */
import { createMongoAbility, subject } from "@casl/ability";
import { AccessToken, Engine, SecurityDescriptor } from "../build/index.js";
import { READ } from "./workloads.mjs";

const sddlOf = (aces) => `O:SYG:SYD:${aces.map(({ allow, sid }) => `(${allow ? "A" : "D"};;0x1;;;${sid})`).join("")}`;

function ours({ token, descriptors, draws }) {
  const engine = new Engine();
  const accessToken = AccessToken.create({ user: token.user, groups: token.groups, restrictedSids: token.restricting });
  const values = descriptors.map((aces) => SecurityDescriptor.parse(sddlOf(aces)));
  const drawn = draws.map((index) => values[index]);
  const requests = values.map((descriptor) => ({ token: accessToken, descriptor, desired: READ, mapping: "file" }));
  return {
    one: (index) => engine.check(requests[index]).granted,
    all: () => engine.checkMany({ token: accessToken, descriptors: drawn, desired: READ, mapping: "file" }),
  };
}

/** CASL: one ability per principal, conditions over the resource's lists; the restricting side is a second principal. */
function casl({ token, descriptors }) {
  const abilityOf = (sids) =>
    createMongoAbility([
      { action: "read", subject: "Object", conditions: { readers: { $in: sids } } },
      { action: "read", subject: "Object", inverted: true, conditions: { refused: { $in: sids } } },
    ]);
  const normal = abilityOf([token.user, ...token.groups]);
  const second = token.restricting === null ? null : abilityOf(token.restricting);
  const objects = descriptors.map((aces) => {
    const sids = (allow) => aces.filter((ace) => ace.allow === allow).map((ace) => ace.sid);
    return subject("Object", { readers: sids(true), refused: sids(false) });
  });
  return {
    one: (index) => normal.can("read", objects[index]) && (second === null || second.can("read", objects[index])),
  };
}

/** What a programmer writes in an afternoon: objects, strings, a `Set`. */
function setLoop({ token, descriptors }) {
  const enabled = new Set([token.user, ...token.groups]);
  const restricting = token.restricting === null ? null : new Set(token.restricting);

  function walk(aces, sids, desired) {
    let undecided = desired;
    for (const { allow, mask, sid } of aces) {
      if ((mask & undecided) === 0 || !sids.has(sid)) continue;
      if (!allow) return false;
      undecided &= ~mask;
      if (undecided === 0) return true;
    }
    return false;
  }

  return {
    one: (index) =>
      walk(descriptors[index], enabled, READ) && (restricting === null || walk(descriptors[index], restricting, READ)),
  };
}

/** The same formulation as our kernel, in JavaScript: SIDs as small numbers, a byte per SID, three words per ACE. */
function typedArrays({ token, descriptors }) {
  const numbers = new Map();
  const numberOf = (sid) => {
    if (!numbers.has(sid)) numbers.set(sid, numbers.size);
    return numbers.get(sid);
  };
  const acls = descriptors.map((aces) =>
    Uint32Array.from(aces.flatMap(({ allow, mask, sid }) => [mask, numberOf(sid), allow ? 0 : 1])),
  );
  for (const sid of [token.user, ...token.groups, ...(token.restricting ?? [])]) numberOf(sid);
  const holds = new Uint8Array(numbers.size);
  for (const sid of [token.user, ...token.groups]) holds[numberOf(sid)] |= 1;
  for (const sid of token.restricting ?? []) holds[numberOf(sid)] |= 4;
  const lanes = token.restricting === null ? 1 : 5;

  function walk(acl, lane) {
    let undecided = READ;
    for (let at = 0; at < acl.length; at += 3) {
      if ((holds[acl[at + 1]] & lane) === 0) continue;
      const decided = acl[at] & undecided;
      if (decided === 0) continue;
      if (acl[at + 2] === 1) return false;
      undecided &= ~decided;
      if (undecided === 0) return true;
    }
    return false;
  }

  return { one: (index) => walk(acls[index], 1) && (lanes === 1 || walk(acls[index], 4)) };
}

/** In the order of the table; the first is the one the ratios are of. */
export const contenders = [
  { name: "sallyport", prepare: ours },
  { name: "@casl/ability", prepare: casl },
  { name: "Set loop", prepare: setLoop },
  { name: "typed arrays", prepare: typedArrays },
];
