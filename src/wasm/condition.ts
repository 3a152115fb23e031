/**
 * One condition through the kernel. Knows its bytes; evaluates nothing.
 */
import { LOAD_CONDITION } from "../../assembly/shared/abi.js";
import { UNKNOWN } from "../../assembly/shared/condition.js";
import { STATUS_SUCCESS } from "../../assembly/shared/ntstatus.js";
import type { AccessToken } from "../access-token.js";
import { encodeCondition } from "../binary/condition-encode.js";
import type { Condition } from "../condition.js";
import type { SecurityDescriptor } from "../security-descriptor.js";
import { withRoom } from "./access-check.js";
import { descriptorHandle, tokenHandle } from "./residency.js";
import { FULL, type Session } from "./session.js";

/** The truth value (assembly/shared/condition.ts) of `condition`; `purpose` is PURPOSE_…. */
export function runCondition(
  session: Session,
  condition: Condition,
  token: AccessToken,
  resources: SecurityDescriptor | null,
  purpose: number,
): number {
  const bytes = encodeCondition(condition);
  const { truth } = withRoom(session, () => {
    const who = tokenHandle(session, token);
    const what = resources === null ? 0 : descriptorHandle(session, resources);
    if (who === FULL || (resources !== null && what === FULL)) return FULL;
    const program = session.tryLoad(LOAD_CONDITION, bytes);
    if (program === FULL) return session.status() === STATUS_SUCCESS ? { truth: UNKNOWN as number } : FULL;
    return { truth: session.call(() => session.kernel.condition(program, who, what, purpose)) };
  });
  return truth;
}
