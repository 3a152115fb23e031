/**
 * Which descriptors of a prepared set are in the arena. Does not know what they mean.
 */
import { LOAD_DESCRIPTOR } from "../../assembly/shared/abi.js";
import { STATUS_NO_MEMORY } from "../../assembly/shared/ntstatus.js";
import { DescriptorSet } from "../descriptor-set.js";
import { FormatError } from "../errors.js";
import { FULL, type Session } from "./session.js";

/** The handles of a set's distinct descriptors, as far as they are loaded. */
export class SetResidence {
  readonly session: Session;
  generation: number;
  /** 0: not loaded. */
  readonly handles: Uint32Array;
  loaded = 0;

  constructor(session: Session, count: number) {
    this.session = session;
    this.generation = session.generation;
    this.handles = new Uint32Array(count);
  }

  /** Forgets handles of an arena that has been emptied. */
  refresh(): void {
    if (this.generation === this.session.generation) return;
    this.generation = this.session.generation;
    this.handles.fill(0);
    this.loaded = 0;
  }
}

/** Where `set` is in this session; whatever another session knew of it is forgotten. */
export function setResidence(session: Session, set: DescriptorSet): SetResidence {
  const known = DescriptorSet.residencyOf(set);
  if (known instanceof SetResidence && known.session === session) {
    known.refresh();
    return known;
  }
  const fresh = new SetResidence(session, set.distinct);
  DescriptorSet.keepResidency(set, fresh);
  return fresh;
}

/** The handle of distinct descriptor `number`; FULL (0) when the arena has no room. @throws FormatError ERR_DESCRIPTOR */
export function setHandle(place: SetResidence, set: DescriptorSet, number: number): number {
  place.refresh();
  if (place.handles[number] !== 0) return place.handles[number];
  const { session } = place;
  const handle = session.tryLoad(LOAD_DESCRIPTOR, DescriptorSet.partsOf(set).bytesAt(number));
  if (handle === FULL) {
    if (session.status() === STATUS_NO_MEMORY) return FULL;
    throw new FormatError("ERR_DESCRIPTOR", session.faultOffset(), `distinct descriptor ${number} of the set is none`);
  }
  place.handles[number] = handle;
  place.loaded++;
  return handle;
}
