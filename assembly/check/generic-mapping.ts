/**
 * Generic rights → the rights of an object type. [MS-DTYP] 2.5.3.1.1; access-check.md 1.4, 6.5
 *
 * Knows the request's mapping; does not know what it is mapped for.
 */
import { AccessRequest } from "../memory/boundary";
import { GENERIC_ALL, GENERIC_BITS, GENERIC_EXECUTE, GENERIC_READ, GENERIC_WRITE } from "../shared/access-mask";

/** Clears each generic bit and ORs in its mask, all four independently. */
export function mapGeneric(mask: u32, mapping: AccessRequest): u32 {
  if ((mask & GENERIC_BITS) == 0) return mask;
  let mapped = mask & ~GENERIC_BITS;
  if ((mask & GENERIC_READ) != 0) mapped |= mapping.read;
  if ((mask & GENERIC_WRITE) != 0) mapped |= mapping.write;
  if ((mask & GENERIC_EXECUTE) != 0) mapped |= mapping.execute;
  if ((mask & GENERIC_ALL) != 0) mapped |= mapping.all;
  return mapped;
}
