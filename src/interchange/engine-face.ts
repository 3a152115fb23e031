/**
 * What the interchange needs of an engine: four of its methods, so that a test can bring its own; and the names a
 * request may use for calls and purposes.
 */

import type { AccessCheckCall } from "../access-request.js";
import type { ConditionPurpose, Engine } from "../engine.js";
import type { FilterOptions } from "../filter-request.js";

export type InterchangeEngine = Pick<Engine, "check" | "explain" | "tryFilterToken" | "evaluateCondition">;

export const checkCalls: readonly AccessCheckCall[] = /* @__PURE__ */ Object.freeze([
  "SeAccessCheck",
  "AccessCheck",
  "AccessCheckByType",
  "AccessCheckByTypeResultList",
]);

export const filterCalls: readonly NonNullable<FilterOptions["call"]>[] = /* @__PURE__ */ Object.freeze([
  "SeFilterToken",
  "CreateRestrictedToken",
]);

export const purposes: readonly ConditionPurpose[] = /* @__PURE__ */ Object.freeze(["allow", "deny", "audit"]);
