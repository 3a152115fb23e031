/**
 * Central access policies as values: named by a S-1-17-… SID, each a list of rules. access-check.md 9
 *
 * Does not know when a rule applies; the kernel does.
 */

import type { Condition } from "./condition.js";
import type { DescriptorParts } from "./descriptor-parts.js";
import type { Sid } from "./sid.js";

export interface PolicyRule {
  /** null: always. */
  readonly appliesTo: Condition | null;
  /** Only its DACL is read. */
  readonly dacl: DescriptorParts;
  /** The proposed DACL, if there is one. */
  readonly stagedDacl: DescriptorParts | null;
}

export interface CentralPolicy {
  /** S-1-17-… */
  readonly sid: Sid;
  /** At most 256. */
  readonly rules: readonly PolicyRule[];
}
