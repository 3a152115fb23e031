/**
 * The members of every object in a request: the table behind ERR_UNKNOWN_MEMBER. interchange.md
 *
 * Names only. What the values mean is in read.ts and the operations.
 */

import { OBJECT_TYPES_MAX } from "../../assembly/shared/abi.js";
import { POLICY_RULES_MAX } from "../../assembly/shared/policy-image.js";
import { FILTER_LIST_MAX } from "../../assembly/shared/token.js";
import { flagWord, leaf, listOf, mapOf, objectOf, type Shape } from "../member-shape.js";
import { privilegeShape } from "../privilege-input.js";
import { sidEntryShape } from "../sid-input.js";
import { tokenShape } from "../token-fields.js";

/** Text, or an object naming its form. */
const descriptor = /* @__PURE__ */ objectOf({ sddl: leaf, hex: leaf, base64: leaf });
const context = /* @__PURE__ */ objectOf({ domain: leaf, rootDomain: leaf, machine: leaf });
const mapping = /* @__PURE__ */ objectOf({ read: leaf, write: leaf, execute: leaf, all: leaf });
const rule = /* @__PURE__ */ objectOf({ appliesTo: leaf, dacl: leaf, stagedDacl: leaf });
const sids = /* @__PURE__ */ listOf(sidEntryShape, FILTER_LIST_MAX);

/** Members of every request. `id` is any JSON and is not looked into. */
const every = { op: leaf, id: leaf, sallyport: leaf };

/** The members of a request, by operation. */
export const requestShapes = {
  check: objectOf({
    ...every,
    token: tokenShape,
    descriptor,
    context,
    desired: leaf,
    mapping,
    call: leaf,
    objectTypes: listOf(objectOf({ level: leaf, guid: leaf }), OBJECT_TYPES_MAX),
    principalSelf: leaf,
    previouslyGranted: leaf,
    primaryToken: tokenShape,
    policies: mapOf(objectOf({ rules: listOf(rule, POLICY_RULES_MAX) })),
    aceGenericRights: leaf,
    explain: leaf,
    audit: leaf,
  }),
  filter: objectOf({
    ...every,
    token: tokenShape,
    context,
    flags: flagWord,
    sidsToDisable: sids,
    privilegesToDelete: listOf(privilegeShape, FILTER_LIST_MAX),
    restrictedSids: sids,
    call: leaf,
    callerIsTcb: leaf,
  }),
  sddl_to_binary: objectOf({ ...every, sddl: leaf, context }),
  binary_to_sddl: objectOf({ ...every, hex: leaf, base64: leaf, context }),
  condition: objectOf({
    ...every,
    condition: leaf,
    conditionHex: leaf,
    token: tokenShape,
    descriptor,
    context,
    purpose: leaf,
  }),
  inherit: objectOf({
    ...every,
    parent: descriptor,
    creator: descriptor,
    token: tokenShape,
    context,
    container: leaf,
    objectTypes: listOf(leaf, OBJECT_TYPES_MAX),
    flags: flagWord,
    mapping,
  }),
} as const satisfies Readonly<Record<string, Shape>>;

/** The members that some operation knows: what a request without `op` is held to. */
export const anyRequestShape: Shape = /* @__PURE__ */ objectOf(
  Object.assign({}, ...Object.values(requestShapes).map((shape) => (shape.kind === "object" ? shape.members : {}))),
);
