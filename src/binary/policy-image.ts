/**
 * The policy image: how the central access policies of a request cross the WASM boundary. The format is drawn in
 * assembly/shared/policy-image.ts.
 *
 * Bytes only. Does not know when a rule applies.
 */

import {
  POLICIES_MAX,
  POLICY_IMAGE_HEADER_SIZE,
  POLICY_IMAGE_MAGIC,
  POLICY_RULES_MAX,
} from "../../assembly/shared/policy-image.js";
import { SE_DACL_PRESENT, SE_SELF_RELATIVE } from "../../assembly/shared/security-descriptor.js";
import type { CentralPolicy } from "../central-policy.js";
import type { DescriptorParts } from "../descriptor-parts.js";
import { ArgumentError } from "../errors.js";
import { encodeCondition } from "./condition-encode.js";
import { encodeDescriptor } from "./encode.js";
import { paddedSize, writeU32 } from "./little-endian.js";
import { encodeSid } from "./sid.js";

const NO_BYTES = /* @__PURE__ */ new Uint8Array(0);

/** Owner, group and SACL of a rule's descriptor mean nothing and stay behind. */
function encodeDacl({ control, dacl }: DescriptorParts): Uint8Array {
  const kept = (control & SE_DACL_PRESENT) | SE_SELF_RELATIVE;
  return encodeDescriptor({ owner: null, group: null, control: kept, sbz1: 0, dacl, sacl: null });
}

/**
 * The image of `policies`, at most 256 of at most 256 rules.
 *
 * @throws ArgumentError ERR_LIMIT
 */
export function encodePolicyImage(policies: readonly CentralPolicy[]): Uint8Array {
  if (policies.length > POLICIES_MAX) {
    throw new ArgumentError("ERR_LIMIT", ["policies"], `at most ${POLICIES_MAX} policies, found ${policies.length}`);
  }
  /** Bytes as they are, and numbers. */
  const parts: (Uint8Array | number)[] = [];
  let size: number = POLICY_IMAGE_HEADER_SIZE;
  const put = (part: Uint8Array | number): void => {
    parts.push(part);
    size += typeof part === "number" ? 4 : paddedSize(part.length);
  };
  for (const { sid, rules } of policies) {
    if (rules.length > POLICY_RULES_MAX) {
      throw new ArgumentError("ERR_LIMIT", ["policies", sid.toString(), "rules"], `at most ${POLICY_RULES_MAX} rules`);
    }
    put(encodeSid(sid));
    put(rules.length);
    for (const { appliesTo, dacl, stagedDacl } of rules) {
      const blobs = [
        appliesTo === null ? NO_BYTES : encodeCondition(appliesTo),
        encodeDacl(dacl),
        stagedDacl === null ? NO_BYTES : encodeDacl(stagedDacl),
      ];
      for (const blob of blobs) {
        put(blob.length);
        put(blob);
      }
    }
  }

  const image = new Uint8Array(size);
  writeU32(image, 0, POLICY_IMAGE_MAGIC);
  writeU32(image, 4, size);
  writeU32(image, 8, policies.length);
  let at: number = POLICY_IMAGE_HEADER_SIZE;
  for (const part of parts) {
    if (typeof part === "number") {
      writeU32(image, at, part);
      at += 4;
    } else {
      image.set(part, at);
      at += paddedSize(part.length);
    }
  }
  return image;
}
