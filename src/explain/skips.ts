/** ACEs that did not act, and why, in words. access-check.md 6.7 to 6.10 */
import {
  SKIP_COMPOUND_SERVER,
  SKIP_CONDITION_FALSE,
  SKIP_CONDITION_MALFORMED,
  SKIP_CONDITION_UNKNOWN,
  SKIP_TYPE_NOT_LISTED,
  SKIP_TYPED_WITHOUT_LIST,
  SKIP_UNKNOWN_TYPE,
  SKIP_WRONG_ACL,
} from "../../assembly/shared/abi.js";
import type { AceReference, UnusedAce } from "./reason.js";
import { aceWords } from "./sentences.js";

type SkipReason = UnusedAce["reason"];

const reasons: ReadonlyMap<number, SkipReason> = /* @__PURE__ */ new Map<number, SkipReason>([
  [SKIP_UNKNOWN_TYPE, "unknown-type"],
  [SKIP_WRONG_ACL, "wrong-acl"],
  [SKIP_CONDITION_FALSE, "condition-false"],
  [SKIP_CONDITION_UNKNOWN, "condition-unknown"],
  [SKIP_CONDITION_MALFORMED, "condition-malformed"],
  [SKIP_TYPED_WITHOUT_LIST, "typed-without-list"],
  [SKIP_TYPE_NOT_LISTED, "type-not-listed"],
  [SKIP_COMPOUND_SERVER, "compound-server"],
]);

const words: Readonly<Record<SkipReason, string>> = {
  "unknown-type": "its type is unknown, so it matches nobody",
  "wrong-acl": "its type belongs in a SACL",
  "condition-false": "its condition is false",
  "condition-unknown": "its condition is unknown, which allows nothing",
  "condition-malformed": "its condition cannot be read, which allows nothing",
  "typed-without-list": "it is for an object type, and the request names none",
  "type-not-listed": "its object type is not in the request's list",
  "compound-server": "its server SID is not enabled",
  "not-built": "it is not evaluated by this version",
};

/** The reason behind a SKIP_… code. */
export function skipReason(code: number): SkipReason {
  return reasons.get(code) ?? "not-built";
}

export function skipSentence(ace: AceReference, reason: SkipReason): string {
  return `${aceWords(ace)} does not act: ${words[reason]}.`;
}
