/**
 * A request that is valid as a call, with everything the later sections ask for worked out once. access-check.md 1, 5.1.
 */

import {
  GENERIC_ALL,
  GENERIC_BITS,
  GENERIC_EXECUTE,
  GENERIC_READ,
  GENERIC_WRITE,
  MAXIMUM_ALLOWED,
} from "../../assembly/shared/access-mask.js";
import type { ObjectTree } from "./object-tree.js";
import type { ModelClaim, ModelMapping, ModelRequest, SidText } from "./types.js";

export interface Question {
  readonly request: ModelRequest;
  /** Desired access after mapping, without MAXIMUM_ALLOWED. */
  readonly want: number;
  /** MAXIMUM_ALLOWED was asked for. */
  readonly maximum: boolean;
  /** The object types asked about; one node without a list. */
  readonly tree: ObjectTree;
  /** 5.1 holds. */
  readonly subjectIsOwner: boolean;
  /** The `@Resource.` attributes, in the order of the SACL, malformed ones left out. */
  readonly resourceAttributes: readonly ModelClaim[];
}

/** 1.4: clear each generic bit and put its rights in place, all four independently. */
export function mapGeneric(mask: number, mapping: ModelMapping): number {
  let mapped = mask & ~GENERIC_BITS;
  if ((mask & GENERIC_READ) !== 0) mapped |= mapping.read;
  if ((mask & GENERIC_WRITE) !== 0) mapped |= mapping.write;
  if ((mask & GENERIC_EXECUTE) !== 0) mapped |= mapping.execute;
  if ((mask & GENERIC_ALL) !== 0) mapped |= mapping.all;
  return mapped >>> 0;
}

/** 6.5: the mask of an ACE as this request reads it. */
export function aceMask(mask: number, request: ModelRequest): number {
  return request.aceGenericRights === "raw" ? mask : mapGeneric(mask, request.mapping);
}

export function wantOf(request: ModelRequest): number {
  return (mapGeneric(request.desired, request.mapping) & ~MAXIMUM_ALLOWED) >>> 0;
}

/** The numbers of a SID text: authority first. "S-1-16-8192" gives [16, 8192]. */
export function sidNumbers(sid: SidText): readonly number[] {
  return sid.split("-").slice(2).map(Number);
}
