/**
 * Steps 4 to 6 for one DACL: owner, the walk over the enabled SIDs (package SIDs beside it), the walk over the
 * restricting SIDs, and how they combine. access-check.md 5, 7, 8
 *
 * The object's own DACL and every rule of a central policy come through here. Knows lanes and masks; does not know
 * which DACL it was given, nor the verdict.
 */
import { AccessRequest, ObjectNode } from "../memory/boundary";
import {
  ACL_HAS_OWNER_RIGHTS,
  ACL_HAS_PRINCIPAL_SELF,
  AclRecord,
  DescriptorRecord,
  TokenRecord,
} from "../memory/records";
import {
  EVENT_EMPTY_DACL,
  EVENT_LANE_SKIPPED,
  EVENT_NO_DACL,
  EVENT_OWNER,
  EVENT_OWNER_SUPPRESSED,
  EVENT_SKIP,
  LANE_NORMAL,
  LANE_PACKAGE,
  LANE_RESTRICTING,
  NO_ACE,
  OBJECT_NODE_SIZE,
  TRUTH_NONE,
} from "../shared/abi";
import {
  ACCESS_SYSTEM_SECURITY,
  DELETE,
  NEVER_FROM_ACE,
  OWNER_RIGHTS_MASK,
  WRITE_DAC,
  WRITE_OWNER,
} from "../shared/access-mask";
import { IMAGE_APP_CONTAINER, IMAGE_RESTRICTED, IMAGE_WRITE_RESTRICTED } from "../shared/token-image";
import { grantedNormal, grantedPackage, grantedRestricting, walk } from "./dacl";
import { beginLane, nodeAt, nodeCount, nodeGrant } from "./object-types";
import { isOwner, placeOwnerRights, placePrincipalSelf } from "./owner";
import { emit, emitBits, tracing } from "./trace";

const EVERYTHING: u32 = 0xffffffff;

/** The node of a request without a list. */
const single = memory.data(OBJECT_NODE_SIZE);

let request: AccessRequest = changetype<AccessRequest>(0);
let token: TokenRecord = changetype<TokenRecord>(0);
let descriptor: DescriptorRecord = changetype<DescriptorRecord>(0);
let want: u32 = 0;
let maximum: bool = false;
/** Bits that privileges supply. */
let supplied: u32 = 0;
let restricted: bool = false;
let inPackage: bool = false;
/** Bits outside the gate of a write-restricted token: granted whatever the list says, under MAXIMUM_ALLOWED. */
let unrestrictedBits: u32 = 0;
let writeBits: u32 = 0;

/** Lanes of a request without a list, and bits granted before the walk. */
let normal: u32 = 0;
let restricting: u32 = 0;
let packaged: u32 = 0;
let before: u32 = 0;
/** Whether the second walk counts for this DACL. */
let secondWalk: bool = false;

@inline
export function slotCount(): u32 {
  const nodes = nodeCount();
  return nodes == 0 ? 1 : nodes;
}

/** Where the answer of node `index` stands. */
@inline
export function slotAt(index: u32): ObjectNode {
  return nodeCount() == 0 ? changetype<ObjectNode>(single) : nodeAt(index);
}

/** What stays the same for every DACL of one check. */
@inline
export function beginPasses(
  theRequest: AccessRequest,
  theToken: TokenRecord,
  theDescriptor: DescriptorRecord,
  theWant: u32,
  isMaximum: bool,
  privileged: u32,
): void {
  request = theRequest;
  token = theToken;
  descriptor = theDescriptor;
  want = theWant;
  maximum = isMaximum;
  supplied = privileged;
  restricted = (token.flags & IMAGE_RESTRICTED) != 0;
  inPackage = (token.flags & IMAGE_APP_CONTAINER) != 0;
  unrestrictedBits = 0;
  writeBits = EVERYTHING;
  if (restricted && (token.flags & IMAGE_WRITE_RESTRICTED) != 0) {
    // 7.5: not the raw W, so FILE_DELETE_CHILD is no write bit.
    writeBits =
      DELETE | WRITE_DAC | WRITE_OWNER | ACCESS_SYSTEM_SECURITY | (request.write & ~(request.read | request.execute));
    unrestrictedBits = ~writeBits;
  }
}

/** Evaluates one DACL for every lane and node. */
export function runPasses(dacl: AclRecord | null): void {
  before = supplied | ownership(dacl);
  const remaining = want & ~before;
  const interest = maximum ? ~NEVER_FROM_ACE & ~before : remaining & ~NEVER_FROM_ACE;
  // 7.5: a write-restricted request meets the list only if a write bit remains; then with everything that remains.
  secondWalk = restricted && (maximum || (remaining & writeBits) != 0 || writeBits == EVERYTHING);
  if (restricted && !secondWalk && remaining != 0) emitBits(EVENT_LANE_SKIPPED, LANE_RESTRICTING, remaining, 0);
  if (secondWalk && maximum && unrestrictedBits != 0) emitBits(EVENT_LANE_SKIPPED, LANE_RESTRICTING, unrestrictedBits & interest, 0);
  normal = before;
  restricting = before;
  packaged = 0;
  if (nodeCount() != 0) {
    beginLane(LANE_NORMAL, before);
    beginLane(LANE_RESTRICTING, before);
    beginLane(LANE_PACKAGE, 0);
  }
  // 2.4: nothing remains, and no package asks for itself.
  if (remaining == 0 && !maximum && !inPackage) return;
  if (dacl == null) {
    withoutDacl(interest);
    return;
  }
  if (tracing()) traceAcl(dacl);
  if ((dacl.flags & ACL_HAS_OWNER_RIGHTS) != 0) placeOwnerRights(token, descriptor.owner);
  if ((dacl.flags & ACL_HAS_PRINCIPAL_SELF) != 0) placePrincipalSelf(token, request.principalSelf);
  const packageInterest = inPackage ? (maximum ? ~NEVER_FROM_ACE : want & ~NEVER_FROM_ACE) : 0;
  const refuseEarly = !maximum && !tracing() && nodeCount() == 0;
  walk(dacl, request, token, descriptor.sacl, interest, secondWalk ? interest : 0, packageInterest, refuseEarly);
  if (nodeCount() == 0) {
    normal |= grantedNormal;
    restricting |= grantedRestricting;
    packaged = grantedPackage;
  }
}

/** What node `index` is granted by the DACL evaluated last: where all lanes allow. */
@inline
export function passGranted(index: u32): u32 {
  const tree = nodeCount() != 0;
  let granted = tree ? nodeGrant(index, LANE_NORMAL) : normal;
  if (secondWalk) granted &= (tree ? nodeGrant(index, LANE_RESTRICTING) : restricting) | (maximum ? unrestrictedBits : 0);
  if (inPackage) granted &= tree ? nodeGrant(index, LANE_PACKAGE) : packaged;
  return granted;
}

/** READ_CONTROL | WRITE_DAC for the owner, unless an OWNER RIGHTS ACE speaks instead. 5.2, 5.3 */
@inline
function ownership(dacl: AclRecord | null): u32 {
  if (!isOwner(token, descriptor.owner)) return 0;
  if (dacl != null && dacl.ownerRightsAce != NO_ACE) {
    emit(EVENT_OWNER_SUPPRESSED, LANE_NORMAL, 0, TRUTH_NONE, dacl.ownerRightsAce, 0, OWNER_RIGHTS_MASK, 0);
    return 0;
  }
  emitBits(EVENT_OWNER, LANE_NORMAL, maximum ? OWNER_RIGHTS_MASK : OWNER_RIGHTS_MASK & want, 0);
  return OWNER_RIGHTS_MASK;
}

/** No discretionary rule: both passes are satisfied, a package is not. 1.9, 7.7, 8.2 */
function withoutDacl(interest: u32): void {
  const all = (maximum ? request.all | want : want) & interest;
  emitBits(EVENT_NO_DACL, LANE_NORMAL, all, 0);
  if (secondWalk) emitBits(EVENT_NO_DACL, LANE_RESTRICTING, all, 0);
  normal |= all;
  restricting |= all;
  if (nodeCount() != 0) {
    beginLane(LANE_NORMAL, normal);
    beginLane(LANE_RESTRICTING, restricting);
  }
}

/** What an explanation says of the DACL beyond the walk. */
function traceAcl(dacl: AclRecord): void {
  if (dacl.storedCount == 0) emitBits(EVENT_EMPTY_DACL, LANE_NORMAL, 0, 0);
  for (let i: u32 = 0; i < dacl.ignoredCount; i++) {
    const slot = dacl.ignored + i * 4;
    emit(EVENT_SKIP, LANE_NORMAL, load<u16>(slot + 2), TRUTH_NONE, load<u16>(slot), 0, 0, 0);
  }
}
