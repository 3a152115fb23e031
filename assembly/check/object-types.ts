/**
 * The tree of an OBJECT_TYPE_LIST: validity, and the grants and denies of every node in every lane.
 * [MS-ADTS] 5.1.3.3.3; access-check.md 1.10, 10
 *
 * Knows nodes, GUIDs and masks; does not know SIDs or where an ACE came from.
 */
import { allocate, reserve } from "../memory/arena";
import { ObjectNode } from "../memory/boundary";
import { EVENT_ALLOW, EVENT_DENY, OBJECT_LEVEL_MAX, OBJECT_NODE_GUID, OBJECT_NODE_SIZE, OBJECT_TYPES_MAX, TRUTH_NONE } from "../shared/abi";
import { emit, tracing } from "./trace";

/**
 * Per node: parent (u32), first index behind its subtree (u32), then per lane { grant, deny, pending }. `pending` holds
 * at least the bits that some node of the subtree has neither granted nor denied: an ACE that mentions none of them is
 * done at once, so that thousands of repeated ACEs cost no more than the bits there are to decide.
 */
const STATE_PARENT: u32 = 0;
const STATE_END: u32 = 4;
const STATE_LANES: u32 = 8;
const STATE_SIZE: u32 = 48;
const LANE_DENY: u32 = 4;
const LANE_PENDING: u32 = 8;
const LANE_SIZE: u32 = 12;
const NOWHERE: u32 = 0xffffffff;
export const NODE_NOT_FOUND: u32 = 0xffffffff;
const HASH_SLOTS: u32 = 4096;

let nodes: usize = 0;
let count: u32 = 0;
let states: usize = 0;
/** GUID → node + 1, open addressing. */
let slots: usize = 0;

/** Forgets the tree; the arena has just been reset. */
export function resetObjectTypes(): void {
  states = 0;
  slots = 0;
  nodes = 0;
  count = 0;
}

/** Copies a caller's list to where the next check finds it; 0 when there is no room. */
export function keepObjectTypes(at: usize, length: u32): usize {
  if (states == 0) {
    if (!reserve(OBJECT_TYPES_MAX * (STATE_SIZE + OBJECT_NODE_SIZE) + HASH_SLOTS * 4)) return 0;
    states = allocate(OBJECT_TYPES_MAX * STATE_SIZE);
    slots = allocate(HASH_SLOTS * 4);
    nodes = allocate(OBJECT_TYPES_MAX * OBJECT_NODE_SIZE);
  }
  memory.copy(nodes, at, length);
  return nodes;
}

/** No list in this request. */
@inline
export function noObjectTypes(): void {
  count = 0;
}

@inline
export function nodeCount(): u32 {
  return count;
}

@inline
export function nodeAt(index: u32): ObjectNode {
  return changetype<ObjectNode>(nodes + index * OBJECT_NODE_SIZE);
}

/** Opens the list kept last; false when it is no tree. 1.10 */
export function openObjectTypes(length: u32): bool {
  if (nodes == 0 || length == 0 || length > OBJECT_TYPES_MAX) return false;
  count = length;
  memory.fill(slots, 0, HASH_SLOTS * 4);
  let previous: u32 = 0;
  for (let i: u32 = 0; i < length; i++) {
    const level = nodeAt(i).level;
    if (i == 0 ? level != 0 : level == 0 || level > previous + 1 || level > OBJECT_LEVEL_MAX) return false;
    if (!enter(i)) return false;
    previous = level;
  }
  for (let i: u32 = 0; i < length; i++) link(i);
  return true;
}

/** Parent: the nearest earlier node one level up. End: the next node that is not deeper. */
function link(index: u32): void {
  const level = nodeAt(index).level;
  let parent = NOWHERE;
  for (let i = index; i > 0 && parent == NOWHERE; i--) if (nodeAt(i - 1).level < level) parent = i - 1;
  let end = index + 1;
  while (end < count && nodeAt(end).level > level) end += 1;
  const state = states + index * STATE_SIZE;
  store<u32>(state + STATE_PARENT, parent);
  store<u32>(state + STATE_END, end);
}

/** Enters the node's GUID; false when it is there already. */
function enter(index: u32): bool {
  const guid = nodes + index * OBJECT_NODE_SIZE + OBJECT_NODE_GUID;
  let slot = hashGuid(load<u64>(guid), load<u64>(guid + 8));
  while (true) {
    const entry = slots + slot * 4;
    const found = load<u32>(entry);
    if (found == 0) {
      store<u32>(entry, index + 1);
      return true;
    }
    if (sameGuid(found - 1, load<u64>(guid), load<u64>(guid + 8))) return false;
    slot = (slot + 1) & (HASH_SLOTS - 1);
  }
}

/** The node with this GUID; NODE_NOT_FOUND without one. */
export function findNode(guid0: u64, guid1: u64): u32 {
  let slot = hashGuid(guid0, guid1);
  while (true) {
    const found = load<u32>(slots + slot * 4);
    if (found == 0) return NODE_NOT_FOUND;
    if (sameGuid(found - 1, guid0, guid1)) return found - 1;
    slot = (slot + 1) & (HASH_SLOTS - 1);
  }
}

function sameGuid(index: u32, guid0: u64, guid1: u64): bool {
  const guid = nodes + index * OBJECT_NODE_SIZE + OBJECT_NODE_GUID;
  return load<u64>(guid) == guid0 && load<u64>(guid + 8) == guid1;
}

function hashGuid(guid0: u64, guid1: u64): u32 {
  const h = (guid0 ^ (guid1 * 0x9e3779b97f4a7c15)) * 0xbf58476d1ce4e5b9;
  return <u32>(h >>> 40) & (HASH_SLOTS - 1);
}

/** Starts a lane: every node has `granted` and nothing denied. */
export function beginLane(lane: u32, granted: u32): void {
  for (let i: u32 = 0; i < count; i++) {
    const at = laneAt(i, lane);
    store<u32>(at, granted);
    store<u32>(at + LANE_DENY, 0);
    store<u32>(at + LANE_PENDING, ~granted);
  }
}

/** What a node has been granted in a lane. */
export function nodeGrant(index: u32, lane: u32): u32 {
  return load<u32>(laneAt(index, lane));
}

/** Grant |= mask & ~Deny at the node and below; then upwards what every child of the parent now has. 10.3 */
export function allowNode(index: u32, lane: u32, mask: u32, ace: u32, truth: u32 = TRUTH_NONE): void {
  if ((mask & load<u32>(laneAt(index, lane) + LANE_PENDING)) == 0) return;
  decideBelow(index, lane, mask, ace, truth, false);
  let parent = load<u32>(states + index * STATE_SIZE + STATE_PARENT);
  while (parent != NOWHERE) {
    grant(parent, lane, commonOfChildren(parent, lane), ace, truth);
    parent = load<u32>(states + parent * STATE_SIZE + STATE_PARENT);
  }
}

/** Deny |= mask & ~Grant at the node and below; what the node had not been granted is denied to its ancestors. 10.4 */
export function denyNode(index: u32, lane: u32, mask: u32, ace: u32, truth: u32 = TRUTH_NONE): void {
  if ((mask & load<u32>(laneAt(index, lane) + LANE_PENDING)) == 0) return;
  const missing = mask & ~nodeGrant(index, lane);
  decideBelow(index, lane, mask, ace, truth, true);
  let parent = load<u32>(states + index * STATE_SIZE + STATE_PARENT);
  while (parent != NOWHERE) {
    deny(parent, lane, missing, ace, truth);
    parent = load<u32>(states + parent * STATE_SIZE + STATE_PARENT);
  }
}

/** Grants or denies at every node of a subtree and works out what is still pending there. */
function decideBelow(index: u32, lane: u32, mask: u32, ace: u32, truth: u32, denies: bool): void {
  const end = load<u32>(states + index * STATE_SIZE + STATE_END);
  let pending: u32 = 0;
  for (let i = index; i < end; i++) {
    if (denies) deny(i, lane, mask, ace, truth);
    else grant(i, lane, mask, ace, truth);
    const at = laneAt(i, lane);
    pending |= ~(load<u32>(at) | load<u32>(at + LANE_DENY));
  }
  store<u32>(laneAt(index, lane) + LANE_PENDING, pending);
}

function commonOfChildren(parent: u32, lane: u32): u32 {
  const end = load<u32>(states + parent * STATE_SIZE + STATE_END);
  let common: u32 = 0xffffffff;
  for (let child = parent + 1; child < end; child = load<u32>(states + child * STATE_SIZE + STATE_END)) {
    common &= nodeGrant(child, lane);
  }
  return common;
}

function grant(index: u32, lane: u32, mask: u32, ace: u32, truth: u32): void {
  const at = laneAt(index, lane);
  const fresh = mask & ~load<u32>(at) & ~load<u32>(at + LANE_DENY);
  if (fresh == 0) return;
  store<u32>(at, load<u32>(at) | fresh);
  if (tracing()) emit(EVENT_ALLOW, lane, 0, truth, ace, index, fresh, 0);
}

function deny(index: u32, lane: u32, mask: u32, ace: u32, truth: u32): void {
  const at = laneAt(index, lane);
  const fresh = mask & ~load<u32>(at) & ~load<u32>(at + LANE_DENY);
  if (fresh == 0) return;
  store<u32>(at + LANE_DENY, load<u32>(at + LANE_DENY) | fresh);
  if (tracing()) emit(EVENT_DENY, lane, 0, truth, ace, index, fresh, 0);
}

function laneAt(index: u32, lane: u32): usize {
  return states + index * STATE_SIZE + STATE_LANES + lane * LANE_SIZE;
}
