/**
 * The one ACE walk. [MS-DTYP] 2.5.3.2; access-check.md 6, 7, 8, 10
 *
 * An inner loop, without calls and writes, finds the next ACE whose SID the token holds; the body applies it. Plain
 * requests, MAXIMUM_ALLOWED, the restricting pass, the package side, object trees, policies and `explain` are callers
 * of this function, not copies: they differ by what is still undecided in each lane.
 *
 * Knows masks, SID numbers and order; order is the caller's and the first ACE that mentions a bit decides it. Does
 * not know where ACEs came from, how SIDs look, or who is asking why.
 */
import { AccessRequest } from "../memory/boundary";
import {
  ACL_HAS_GENERIC,
  AceExtra,
  AclRecord,
  ENTRY_DENY,
  ENTRY_EXTRA,
  ENTRY_FLAGS,
  ENTRY_MASK,
  ENTRY_NEED,
  ENTRY_SID,
  ENTRY_SIZE,
  EXTRA_COMPOUND,
  EXTRA_CONDITION,
  EXTRA_OBJECT_TYPE,
  HOLD_ALLOW,
  HOLD_DENY,
  HOLD_END,
  HOLD_PACKAGE,
  HOLD_RESTRICT_ALLOW,
  HOLD_RESTRICT_DENY,
  SaclRecord,
  TokenRecord,
  storedIndex,
} from "../memory/records";
import {
  CHECK_RAW_GENERIC,
  EVENT_ALLOW,
  EVENT_DENY,
  EVENT_SKIP,
  LANE_NORMAL,
  LANE_PACKAGE,
  LANE_RESTRICTING,
  SKIP_COMPOUND_SERVER,
  SKIP_CONDITION_FALSE,
  SKIP_CONDITION_MALFORMED,
  SKIP_CONDITION_UNKNOWN,
  SKIP_TYPED_WITHOUT_LIST,
  SKIP_TYPE_NOT_LISTED,
  TRUTH_NONE,
} from "../shared/abi";
import { FALSE, PURPOSE_ALLOW, PURPOSE_DENY, TRUE, UNKNOWN } from "../shared/condition";
import { evaluate } from "./condition";
import { mapGeneric } from "./generic-mapping";
import { memberBits } from "./membership";
import { NODE_NOT_FOUND, allowNode, denyNode, findNode, nodeCount } from "./object-types";
import { emit, traceCondition, tracing } from "./trace";

/** The answer of the last walk, lane by lane. */
export let grantedNormal: u32 = 0;
export let grantedRestricting: u32 = 0;
export let grantedPackage: u32 = 0;

/** Where a typed ACE acts, and the truth of its condition: written by `qualify`. */
let target: u32 = 0;
let truth: u32 = TRUTH_NONE;
/** The same for the restricting lane, where a condition may turn out otherwise. 7.9 */
let secondTruth: u32 = TRUTH_NONE;

/**
 * Decides each bit that is undecided in a lane by the first ACE that applies there and mentions it. A bit no ACE
 * mentions stays ungranted. With `refuseEarly` the walk ends at the first deny of an undecided bit of the normal lane:
 * a question of speed, not a rule.
 */
export function walk(
  acl: AclRecord,
  request: AccessRequest,
  token: TokenRecord,
  sacl: SaclRecord | null,
  undecidedNormal: u32,
  undecidedRestricting: u32,
  undecidedPackage: u32,
  refuseEarly: bool,
): void {
  const mapped = hasGeneric(acl) && (request.flags & CHECK_RAW_GENERIC) == 0;
  const tree = nodeCount() != 0;
  const granted = walkAs(
    acl,
    request,
    token,
    sacl,
    undecidedNormal,
    undecidedRestricting,
    undecidedPackage,
    refuseEarly,
    mapped,
    tracing(),
    tree,
    true,
  );
  grantedNormal = <u32>granted;
  grantedRestricting = <u32>(granted >> 32);
}

/**
 * The same walk where all entries are plain, without package, list or trace: what is constant here falls away. Of the
 * request only its mapping is read. Bits granted in the normal lane, and above them those of the restricting one.
 */
@inline
export function walkPlain(acl: AclRecord, request: AccessRequest, token: TokenRecord, normal: u32, restricting: u32): u64 {
  return walkAs(acl, request, token, null, normal, restricting, 0, true, hasGeneric(acl), false, false, false);
}

@inline
function hasGeneric(acl: AclRecord): bool {
  return (acl.flags & ACL_HAS_GENERIC) != 0;
}

/** The walk itself, for both of its compilations. `special`: entries may have more than mask and SID. */
@inline
function walkAs(
  acl: AclRecord,
  request: AccessRequest,
  token: TokenRecord,
  sacl: SaclRecord | null,
  undecidedNormal: u32,
  undecidedRestricting: u32,
  undecidedPackage: u32,
  refuseEarly: bool,
  mapped: bool,
  trace: bool,
  tree: bool,
  special: bool,
): u64 {
  const table = token.table;
  const first = acl.entries;
  let u1 = undecidedNormal;
  let u2 = undecidedRestricting;
  let u3 = undecidedPackage;
  let g1: u32 = 0;
  let g2: u32 = 0;
  let g3: u32 = 0;
  for (let at = first; ; at += ENTRY_SIZE) {
    // Ends at the entry behind the last one, which every token holds.
    let held = <u32>load<u8>(table + <usize>load<u16>(at, ENTRY_SID)) & <u32>load<u8>(at, ENTRY_NEED);
    while (held == 0) {
      at += ENTRY_SIZE;
      held = <u32>load<u8>(table + <usize>load<u16>(at, ENTRY_SID)) & <u32>load<u8>(at, ENTRY_NEED);
    }
    if ((held & HOLD_END) != 0) break;

    const flags = <u32>load<u8>(at, ENTRY_FLAGS);
    let mask = load<u32>(at, ENTRY_MASK);
    if (mapped) mask = mapGeneric(mask, request);
    if (special && (flags & ENTRY_EXTRA) != 0) {
      held = qualify(acl, <u32>((at - first) / ENTRY_SIZE), held, (flags & ENTRY_DENY) != 0, request, token, sacl);
      if (held == 0) continue;
    }
    const ace = trace || tree ? storedIndex(acl, <u32>((at - first) / ENTRY_SIZE)) : 0;
    if (tree) {
      const node = (flags & ENTRY_EXTRA) != 0 ? target : 0;
      applyToTree(node, held, flags, mask, undecidedNormal, undecidedRestricting, undecidedPackage, ace);
      continue;
    }
    if ((flags & ENTRY_DENY) != 0) {
      if ((held & HOLD_DENY) != 0) {
        const decided = mask & u1;
        if (decided != 0) {
          if (trace) emit(EVENT_DENY, LANE_NORMAL, 0, truthOf(flags), ace, 0, decided, 0);
          u1 &= ~decided;
          if (refuseEarly) break;
        }
      }
      if ((held & HOLD_RESTRICT_DENY) != 0) {
        const decided = mask & u2;
        if (trace && decided != 0) emit(EVENT_DENY, LANE_RESTRICTING, 0, secondTruthOf(flags), ace, 0, decided, 0);
        u2 &= ~decided;
      }
    } else {
      if ((held & HOLD_ALLOW) != 0) {
        const decided = mask & u1;
        if (trace && decided != 0) emit(EVENT_ALLOW, LANE_NORMAL, 0, truthOf(flags), ace, 0, decided, 0);
        g1 |= decided;
        u1 &= ~decided;
      } else if ((held & HOLD_PACKAGE) != 0) {
        // Counts on the package side only where it did not match on the user side. 8.2
        const decided = mask & u3;
        if (trace && decided != 0) emit(EVENT_ALLOW, LANE_PACKAGE, 0, truthOf(flags), ace, 0, decided, 0);
        g3 |= decided;
        u3 &= ~decided;
      }
      if ((held & HOLD_RESTRICT_ALLOW) != 0) {
        const decided = mask & u2;
        if (trace && decided != 0) emit(EVENT_ALLOW, LANE_RESTRICTING, 0, secondTruthOf(flags), ace, 0, decided, 0);
        g2 |= decided;
        u2 &= ~decided;
      }
      if ((u1 | u2 | u3) == 0 && !trace) break;
    }
  }
  if (special) grantedPackage = g3;
  return <u64>g1 | (<u64>g2 << 32);
}

function truthOf(flags: u32): u32 {
  return (flags & ENTRY_EXTRA) != 0 ? truth : TRUTH_NONE;
}

function secondTruthOf(flags: u32): u32 {
  return (flags & ENTRY_EXTRA) != 0 ? secondTruth : TRUTH_NONE;
}

/** In a tree every lane has its own grants and denies per node. 10 */
function applyToTree(node: u32, held: u32, flags: u32, mask: u32, normal: u32, restricting: u32, pkg: u32, ace: u32): void {
  const first = truthOf(flags);
  const second = secondTruthOf(flags);
  if ((flags & ENTRY_DENY) != 0) {
    if ((held & HOLD_DENY) != 0) denyNode(node, LANE_NORMAL, mask & normal, ace, first);
    if ((held & HOLD_RESTRICT_DENY) != 0) denyNode(node, LANE_RESTRICTING, mask & restricting, ace, second);
    return;
  }
  if ((held & HOLD_ALLOW) != 0) allowNode(node, LANE_NORMAL, mask & normal, ace, first);
  else if ((held & HOLD_PACKAGE) != 0) allowNode(node, LANE_PACKAGE, mask & pkg, ace, first);
  if ((held & HOLD_RESTRICT_ALLOW) != 0) allowNode(node, LANE_RESTRICTING, mask & restricting, ace, second);
}

/**
 * What of `held` remains of an ACE with an object type, a server SID or a condition; 0 when it does not act. Sets
 * `target` and `truth`. 6.7, 6.8, 6.9, 10.2
 */
function qualify(
  acl: AclRecord,
  entry: u32,
  held: u32,
  deny: bool,
  request: AccessRequest,
  token: TokenRecord,
  sacl: SaclRecord | null,
): u32 {
  const extra = changetype<AceExtra>(load<usize>(acl.extras + entry * sizeof<usize>()));
  const ace = storedIndex(acl, entry);
  target = 0;
  truth = TRUTH_NONE;
  secondTruth = TRUTH_NONE;
  const seenIn = laneOf(held);
  if ((extra.flags & EXTRA_OBJECT_TYPE) != 0) {
    if (nodeCount() != 0) {
      target = findNode(extra.guid0, extra.guid1);
      if (target == NODE_NOT_FOUND) return skip(ace, SKIP_TYPE_NOT_LISTED, seenIn);
    } else if (!deny) {
      // Without a list an allow is ignored and a deny denies. 6.8
      return skip(ace, SKIP_TYPED_WITHOUT_LIST, seenIn);
    }
  }
  if ((extra.flags & EXTRA_COMPOUND) != 0) {
    const server = request.primaryToken != 0 ? changetype<TokenRecord>(<usize>request.primaryToken) : token;
    if ((memberBits(server, extra.server) & HOLD_ALLOW) == 0) return skip(ace, SKIP_COMPOUND_SERVER, seenIn);
    held &= ~HOLD_PACKAGE;
  }
  if ((extra.flags & EXTRA_CONDITION) == 0) return held;

  // The second walk's condition sees the restricting list, and may turn out otherwise. 7.9
  const second = held & (HOLD_RESTRICT_ALLOW | HOLD_RESTRICT_DENY);
  let acting = held & ~second;
  if (second != 0) {
    const found = truthIn(extra, LANE_RESTRICTING, ace, deny, token, sacl);
    if (acts(found, deny)) acting |= second;
    else skipCondition(extra, ace, found, LANE_RESTRICTING);
    secondTruth = found;
  }
  const first = held & ~second;
  if (first != 0) {
    const lane = laneOf(first);
    const found = truthIn(extra, lane, ace, deny, token, sacl);
    if (!acts(found, deny)) {
      skipCondition(extra, ace, found, lane);
      acting &= ~first;
    }
    truth = found;
  }
  return acting;
}

/** The first lane in which an ACE is held. */
function laneOf(held: u32): u32 {
  if ((held & (HOLD_ALLOW | HOLD_DENY)) != 0) return LANE_NORMAL;
  return (held & HOLD_PACKAGE) != 0 ? LANE_PACKAGE : LANE_RESTRICTING;
}

/** Allow acts on TRUE only; deny on TRUE and UNKNOWN. 6.7 */
function acts(found: u32, deny: bool): bool {
  return deny ? found != FALSE : found == TRUE;
}

function truthIn(extra: AceExtra, lane: u32, ace: u32, deny: bool, token: TokenRecord, sacl: SaclRecord | null): u32 {
  if (extra.condition == 0) return UNKNOWN;
  if (tracing()) traceCondition(lane, ace);
  return evaluate(extra.condition, token, sacl, deny ? PURPOSE_DENY : PURPOSE_ALLOW, lane == LANE_RESTRICTING);
}

function skip(ace: u32, reason: u32, lane: u32): u32 {
  emit(EVENT_SKIP, lane, reason, TRUTH_NONE, ace, 0, 0, 0);
  return 0;
}

function skipCondition(extra: AceExtra, ace: u32, found: u32, lane: u32): void {
  const reason =
    extra.condition == 0 ? SKIP_CONDITION_MALFORMED : found == FALSE ? SKIP_CONDITION_FALSE : SKIP_CONDITION_UNKNOWN;
  emit(EVENT_SKIP, lane, reason, found, ace, 0, 0, 0);
}
