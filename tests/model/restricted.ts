/**
 * Restricted and write-restricted tokens: two walks, and both must allow. access-check.md 7.
 */

import { ACCESS_SYSTEM_SECURITY, DELETE, WRITE_DAC, WRITE_OWNER } from "../../assembly/shared/access-mask.js";
import { walk } from "./dacl.js";
import type { Question } from "./question.js";
import type { ModelAcl, ModelMapping } from "./types.js";

/** What the user side's walks grant, by node. `remaining` is what mandatory, privileges and owner left of the request. */
export function userSide(question: Question, dacl: ModelAcl, remaining: number): readonly number[] {
  const { token, mapping } = question.request;
  const normal = walk(question, dacl, "normal");
  if (token.restrictedSids === null) return normal;
  const restricting = walk(question, dacl, "restricting");
  const writes = writeBits(mapping);
  return normal.map((bits, node) => {
    if (!token.writeRestricted) return (bits & restricting[node]) >>> 0;
    if (question.maximum) return (bits & (restricting[node] | ~writes)) >>> 0;
    const gated = (remaining & writes) !== 0;
    return gated ? (bits & restricting[node]) >>> 0 : bits;
  });
}

/** 7.5 */
function writeBits({ read, write, execute }: ModelMapping): number {
  return (DELETE | WRITE_DAC | WRITE_OWNER | ACCESS_SYSTEM_SECURITY | (write & ~(read | execute))) >>> 0;
}
