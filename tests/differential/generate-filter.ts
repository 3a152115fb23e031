/**
 * Requests of filtering: lists that overlap the token's, repeat themselves, or name what is not there. tokens.md 2.
 */

import type { FilterRequest } from "../model/filter.js";
import type { ModelPrivilege, SidAndAttributes } from "../model/types.js";
import { token } from "./generate-token.js";
import { EVERYTHING } from "./generator.js";
import type { Random } from "./random.js";
import { SUBJECT_SIDS } from "./universe.js";

/** The only SID that may be marked INTEGRITY. */
const LABEL = "S-1-16-8192";
/** SIDs that LUA_TOKEN looks at, and some that are nearly such. */
const ELEVATED: readonly string[] = [
  "S-1-5-21-1-2-3-512",
  "S-1-5-21-1-2-3-520",
  "S-1-5-21-1-2-3-513",
  "S-1-5-21-1-2-512",
  "S-1-5-21-1-2-3-4-512",
  "S-1-5-32-544",
  "S-1-5-32-551",
  "S-1-5-32-556",
  "S-1-5-32-569",
  "S-1-5-32-545",
  "S-1-5-32-544-1",
  LABEL,
];
const SIDS: readonly string[] = [...SUBJECT_SIDS, "S-1-5-5-0-1000", ...ELEVATED];
const FLAGS: readonly number[] = [0, 0, 1, 2, 4, 4, 8, 8, 9, 5, 0xc, 0xf, 0x10];
const LUIDS: readonly bigint[] = [2n, 7n, 8n, 9n, 17n, 18n, 19n, 20n, 23n, 25n, 29n, 32n, 33n, 34n, 36n];

export function filterRequest(random: Random): FilterRequest {
  const source = token(random, EVERYTHING, false);
  const more = random.chance(50) ? random.some(ELEVATED, 20).map((sid) => entry(random, sid)) : [];
  const groups = [...source.groups.filter((group) => (group.attributes & 0x20) === 0), ...more];
  const call = random.chance(75) ? "SeFilterToken" : "CreateRestrictedToken";
  return {
    token: {
      ...source,
      groups,
      privileges: random
        .some(LUIDS, 30)
        .map((luid): ModelPrivilege => ({ luid, attributes: random.pick([0, 1, 2, 3]) })),
      owner: random.chance(40) && groups.length > 0 ? random.pick(groups).sid : source.owner,
    },
    flags: random.pick(FLAGS),
    sidsToDisable: random.chance(60) ? random.some(SIDS, 25) : [],
    privilegesToDelete: random.chance(50) ? random.some([...LUIDS, 3n], 25) : [],
    restrictedSids: random.chance(55) ? restrictingEntries(random) : [],
    call,
    callerIsTcb: call === "CreateRestrictedToken" && random.chance(50),
  };
}

function entry(random: Random, sid: string): SidAndAttributes {
  if (sid === LABEL) return { sid, attributes: random.pick([0x60, 0x60, 7]) };
  return { sid, attributes: random.pick([7, 7, 0, 0x0f, 0x10, 0xc0000007]) };
}

/** Sometimes with a SID twice, seldom with an attribute that is refused. */
function restrictingEntries(random: Random): SidAndAttributes[] {
  const some = random.some(SIDS, 30);
  const again = random.chance(20) ? random.some(some, 30) : [];
  return [...some, ...again].map((sid) => ({ sid, attributes: random.below(300) === 0 ? 7 : 0 }));
}
