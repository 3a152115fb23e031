/**
 * Where the attributes of an expression come from, and which count as missing. access-check.md 11.4, 11.9.
 */

import { CLAIM_DISABLED, CLAIM_USE_FOR_DENY_ONLY, CLAIM_VALUE_CASE_SENSITIVE } from "../../assembly/shared/claim.js";
import { PURPOSE_ALLOW } from "../../assembly/shared/condition.js";
import { foldCase } from "./case-folding.js";
import type { Scene } from "./condition.js";
import type { ModelClaim } from "./types.js";

/** The claim, or null when it is missing for this scene. The first of its name decides. */
export function lookUp(scope: "local" | "user" | "resource" | "device", name: string, scene: Scene): ModelClaim | null {
  const wanted = foldCase(name);
  const claim = claimsOf(scope, scene).find((each) => foldCase(each.name) === wanted);
  if (claim === undefined || claim.values.length === 0) return null;
  if ((claim.flags & CLAIM_DISABLED) !== 0) return null;
  if ((claim.flags & CLAIM_USE_FOR_DENY_ONLY) !== 0 && scene.purpose === PURPOSE_ALLOW) return null;
  if (scope === "resource" && repeatsAValue(claim)) return null;
  return claim;
}

function claimsOf(scope: "local" | "user" | "resource" | "device", { question }: Scene): readonly ModelClaim[] {
  const { token } = question.request;
  if (scope === "local") return token.localClaims;
  if (scope === "user") return token.userClaims;
  if (scope === "device") return token.deviceClaims;
  return question.resourceAttributes;
}

/** As the claim compares: strings without case, unless it says otherwise. */
function repeatsAValue(claim: ModelClaim): boolean {
  const folds = claim.type === "string" && (claim.flags & CLAIM_VALUE_CASE_SENSITIVE) === 0;
  const values = claim.values.map((value) => (folds ? foldCase(value as string) : value));
  return new Set(values).size !== values.length;
}
