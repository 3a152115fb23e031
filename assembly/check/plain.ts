/**
 * The short way of a plain question: the same owner, the same walk, and none of the steps that two facts of the
 * records prove idle.
 *
 * A descriptor is plain when no label, filter, condition, object type or placeholder SID is in it; a token when no
 * package, level or integrity limit is. What is not plain, or asks for more than ACEs and ownership give, goes the
 * whole way (access-check.ts); both must answer alike. Does not know raw bytes.
 */
import { AccessRequest, AccessResult } from "../memory/boundary";
import { ACL_HAS_GENERIC, AclRecord, DescriptorRecord, TokenRecord } from "../memory/records";
import { NO_ACE } from "../shared/abi";
import { MAXIMUM_ALLOWED, NEVER_FROM_ACE, OWNER_RIGHTS_MASK, WRITE_OWNER } from "../shared/access-mask";
import { STATUS_ACCESS_DENIED } from "../shared/ntstatus";
import { SECURITY_IMPERSONATION, SECURITY_MANDATORY_MEDIUM_RID, TOKEN_IMPERSONATION, TOKEN_MANDATORY_POLICY_NO_WRITE_UP } from "../shared/token";
import { IMAGE_APP_CONTAINER, IMAGE_RESTRICTED, IMAGE_WRITE_RESTRICTED } from "../shared/token-image";
import { walkPlain } from "./dacl";
import { mapGeneric } from "./generic-mapping";
import { isOwner } from "./owner";

/** What privileges may supply, or no ACE can: asked for, it takes the whole way. access-check.md 2 */
const NOT_PLAIN: u32 = NEVER_FROM_ACE | MAXIMUM_ALLOWED | WRITE_OWNER;

/** Says of a fresh token whether only its SIDs matter. access-check.md 1.3, 3, 7.5, 8 */
export function markToken(token: TokenRecord): void {
  if (token.type == TOKEN_IMPERSONATION && token.level < SECURITY_IMPERSONATION) return;
  if ((token.flags & (IMAGE_APP_CONTAINER | IMAGE_WRITE_RESTRICTED)) != 0) return;
  // Objects without a label count as Medium. 3.2
  const limited = (token.mandatoryPolicy & TOKEN_MANDATORY_POLICY_NO_WRITE_UP) != 0;
  if (limited && token.integrity < SECURITY_MANDATORY_MEDIUM_RID) return;
  token.plain = 1;
}

/** Says of a fresh descriptor whether its DACL decides alone, by masks, SIDs and order. */
export function markDescriptor(descriptor: DescriptorRecord): void {
  const dacl = descriptor.dacl;
  if (dacl == null || (dacl.flags & ~ACL_HAS_GENERIC) != 0 || dacl.extras != 0) return;
  const sacl = descriptor.sacl;
  if (sacl != null && (sacl.labelAce != NO_ACE || sacl.trustAce != NO_ACE || sacl.filterCount != 0)) return;
  descriptor.plain = 1;
}

/** Whether token and descriptor are both plain; then `plainGranted` may be asked. */
@inline
export function arePlain(token: TokenRecord, descriptor: DescriptorRecord): bool {
  return (token.plain & descriptor.plain) != 0;
}

/** Whether nothing but descriptor, token, desired and mapping is asked with. */
export function isPlainRequest(asked: AccessRequest): bool {
  return (asked.call | asked.flags | asked.previouslyGranted | asked.objectTypeCount | asked.primaryToken | asked.policies) == 0;
}

/** The result of a plain question that is not granted. */
export function denyPlainly(result: AccessResult): void {
  result.status = STATUS_ACCESS_DENIED;
  result.access = 0;
  result.granted = 0;
  result.privilegesUsed = 0;
}

/** Whether `want`, mapped, is something that ACEs and ownership alone decide. */
@inline
export function isPlainWant(want: u32): bool {
  return want != 0 && (want & NOT_PLAIN) == 0;
}

/** Whether plain `token` gets `want` of plain `descriptor`. access-check.md 5, 6, 7 */
@inline
export function plainGranted(request: AccessRequest, token: TokenRecord, descriptor: DescriptorRecord, want: u32): bool {
  const remaining = isOwner(token, descriptor.owner) ? want & ~OWNER_RIGHTS_MASK : want;
  if (remaining == 0) return true;
  const second = (token.flags & IMAGE_RESTRICTED) != 0 ? remaining : 0;
  const granted = walkPlain(changetype<AclRecord>(descriptor.dacl), request, token, remaining, second);
  return ((<u64>remaining | (<u64>second << 32)) & ~granted) == 0;
}
