/**
 * A workload in the formulation of the kernel: SIDs as small numbers, a byte per SID for the token, 8 bytes per ACE.
 *
 * What typed arrays, the specialised loop and native C all start from. The layout is that of an entry and of a token's
 * table in assembly/memory/records.ts. Knows layouts; walks nothing.
 */

/** What a token holds of a SID, and what makes an ACE count: HOLD_… and NEED_… of the kernel. */
export const HOLD_ALLOW = 0x01;
export const HOLD_DENY = 0x02;
export const HOLD_RESTRICT_ALLOW = 0x04;
export const HOLD_RESTRICT_DENY = 0x08;
const NEED_ALLOW = HOLD_ALLOW | HOLD_RESTRICT_ALLOW;
const NEED_DENY = HOLD_DENY | HOLD_RESTRICT_DENY;
const ENTRY_DENY = 0x01;
export const ENTRY_SIZE = 8;

/** Numbers for SIDs in order of appearance; 0 is nobody's. */
export class SidNumbers {
  #numbers = new Map();

  of(sid) {
    let number = this.#numbers.get(sid);
    if (number === undefined) {
      number = this.#numbers.size + 1;
      this.#numbers.set(sid, number);
    }
    return number;
  }

  /** One more than the largest number. */
  get end() {
    return this.#numbers.size + 1;
  }
}

/**
 * `firsts[i]` to `firsts[i + 1]` are the entries of ACE list `i`: u32 mask, u16 SID, u8 need, u8 flags. `acls` is gone
 * through twice and may make its lists as they are asked for.
 */
export function numberedAcls(acls, numbers) {
  const firsts = new Uint32Array(acls.length + 1);
  let index = 0;
  for (const aces of acls) {
    firsts[index + 1] = firsts[index] + aces.length;
    index++;
  }
  const entries = new Uint8Array(firsts[index] * ENTRY_SIZE);
  const view = new DataView(entries.buffer);
  let at = 0;
  for (const aces of acls) {
    for (const { allow, mask, sid } of aces) {
      view.setUint32(at, mask, true);
      view.setUint16(at + 4, numbers.of(sid), true);
      view.setUint8(at + 6, allow ? NEED_ALLOW : NEED_DENY);
      view.setUint8(at + 7, allow ? 0 : ENTRY_DENY);
      at += ENTRY_SIZE;
    }
  }
  return { firsts, entries };
}

/** A byte per SID number. Every SID of the token must have been numbered, so ACLs may be numbered before or after. */
export function numberedToken({ user, groups, restricting }, numbers, size) {
  const holds = new Uint8Array(size);
  for (const sid of [user, ...groups]) holds[numbers.of(sid)] |= HOLD_ALLOW | HOLD_DENY;
  for (const sid of restricting ?? []) holds[numbers.of(sid)] |= HOLD_RESTRICT_ALLOW | HOLD_RESTRICT_DENY;
  return holds;
}

const known = new WeakMap();

/** Token and descriptors of a workload, numbered together; once for all who ask. */
export function numbered(workload) {
  let found = known.get(workload);
  if (found === undefined) {
    found = numberTogether(workload);
    known.set(workload, found);
  }
  return found;
}

function numberTogether({ token, descriptors, desired }) {
  const numbers = new SidNumbers();
  const acls = numberedAcls(descriptors, numbers);
  for (const sid of [token.user, ...token.groups, ...(token.restricting ?? [])]) numbers.of(sid);
  const holds = numberedToken(token, numbers, numbers.end);
  return { ...acls, holds, desired, restricted: token.restricting !== null };
}
