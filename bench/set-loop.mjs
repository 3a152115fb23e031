/**
 * The real competitor: what a competent programmer writes in plain JavaScript, with objects, strings and a `Set`.
 *
 * Descriptors and token come from two JSON documents, as they would from two services. Masks, not booleans, so the
 * thirty lines answer as `check` does for plain ACEs: deny-only groups, inherit-only ACEs, generic rights, the owner and
 * both passes. Not: labels, privileges, OWNER RIGHTS, conditions, object types, MAXIMUM_ALLOWED.
 */
const INHERIT_ONLY_ACE = 0x08;
const OWNER_RIGHTS = 0x60000;
export const FILE_MAPPING = { read: 0x120089, write: 0x120116, execute: 0x1200a0, all: 0x1f01ff };

// ---- the thirty lines ----
function mapGeneric(mask, { read, write, execute, all }) {
  let mapped = mask & 0x0fffffff;
  if (mask & 0x80000000) mapped |= read;
  if (mask & 0x40000000) mapped |= write;
  if (mask & 0x20000000) mapped |= execute;
  if (mask & 0x10000000) mapped |= all;
  return mapped;
}

/** Whether `dacl` allows all of `wanted` to whoever holds the SIDs of `enabled`; `refused` match deny ACEs too. */
function walk(dacl, enabled, refused, wanted, mapping) {
  let remaining = wanted;
  for (const ace of dacl) {
    if (remaining === 0) break;
    if (ace.flags & INHERIT_ONLY_ACE) continue;
    const mask = mapGeneric(ace.mask, mapping);
    if ((mask & remaining) === 0) continue;
    if (ace.type === "deny") {
      if (enabled.has(ace.sid) || refused.has(ace.sid)) return false;
    } else if (enabled.has(ace.sid)) remaining &= ~mask;
  }
  return remaining === 0;
}

export function accessCheck({ enabled, denyOnly, restricting }, { owner, dacl }, desired, mapping) {
  const wanted = mapGeneric(desired, mapping);
  const owns = enabled.has(owner) && (restricting === null || restricting.has(owner));
  const remaining = owns ? wanted & ~OWNER_RIGHTS : wanted;
  if (!walk(dacl, enabled, denyOnly, remaining, mapping)) return 0;
  if (restricting !== null && !walk(dacl, restricting, restricting, remaining, mapping)) return 0;
  return wanted;
}
// ---- until here ----

/** What comes over a wire: no string of it is the same object as one from elsewhere. */
const received = (value) => JSON.parse(JSON.stringify(value));

export function thirtyLines({ token, descriptors, desired }) {
  const { user, groups, restricting } = received(token);
  const subject = {
    enabled: new Set([user, ...groups]),
    denyOnly: new Set(),
    restricting: restricting === null ? null : new Set(restricting),
  };
  const objects = received(
    descriptors.map((aces) => ({
      owner: "S-1-5-18",
      dacl: aces.map(({ allow, mask, sid }) => ({ type: allow ? "allow" : "deny", flags: 0, mask, sid })),
    })),
  );
  return { one: (index) => accessCheck(subject, objects[index], desired, FILE_MAPPING) };
}

/** The least one can write: enabled SIDs and masks, two passes, nothing else. */
export function minimalLoop({ token, descriptors, desired }) {
  const { user, groups, restricting } = received(token);
  const enabled = new Set([user, ...groups]);
  const second = restricting === null ? null : new Set(restricting);
  const lists = received(descriptors);

  function walk(aces, sids) {
    let undecided = desired;
    for (const { allow, mask, sid } of aces) {
      if ((mask & undecided) === 0 || !sids.has(sid)) continue;
      if (!allow) return false;
      undecided &= ~mask;
      if (undecided === 0) return true;
    }
    return false;
  }

  return { one: (index) => walk(lists[index], enabled) && (second === null || walk(lists[index], second)) };
}
