/**
 * Which values are in the arena: one opaque slot on a token or a descriptor remembers its handle.
 *
 * A slot costs a property read; a map would cost as much as the check. Handles of an older generation or another
 * session are loaded again. Does not know what the values mean.
 */
import { LOAD_DESCRIPTOR, LOAD_TOKEN } from "../../assembly/shared/abi.js";
import { AccessToken } from "../access-token.js";
import { encodeTokenImage } from "../binary/token-image.js";
import { bytesOf, SecurityDescriptor } from "../security-descriptor.js";
import type { Session } from "./session.js";

/** Where a value lies: in which session, of which generation. */
export class Residence {
  readonly session: Session;
  generation: number;
  handle: number;

  constructor(session: Session, handle: number) {
    this.session = session;
    this.generation = session.generation;
    this.handle = handle;
  }
}

/** The handle of a resident value; 0 when it has to be loaded. */
export function residentHandle(slot: unknown, session: Session): number {
  if (!(slot instanceof Residence)) return 0;
  return slot.session === session && slot.generation === session.generation ? slot.handle : 0;
}

/** The handle of `token`, loaded if need be; FULL (0) when the arena has no room. */
export function tokenHandle(session: Session, token: AccessToken): number {
  const resident = residentHandle(AccessToken.residencyOf(token), session);
  if (resident !== 0) return resident;
  const handle = session.load(LOAD_TOKEN, encodeTokenImage(token));
  if (handle !== 0) AccessToken.keepResidency(token, new Residence(session, handle));
  return handle;
}

/** The handle of `descriptor`, loaded if need be; FULL (0) when the arena has no room. */
export function descriptorHandle(session: Session, descriptor: SecurityDescriptor): number {
  const resident = residentHandle(SecurityDescriptor.residencyOf(descriptor), session);
  if (resident !== 0) return resident;
  const handle = session.load(LOAD_DESCRIPTOR, bytesOf(descriptor));
  if (handle !== 0) SecurityDescriptor.keepResidency(descriptor, new Residence(session, handle));
  return handle;
}
