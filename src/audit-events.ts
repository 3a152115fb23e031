/**
 * What the SACL would have logged, read from the events of a check. access-check.md 12
 *
 * It decodes, it never decides. Does not know memory.
 */
import { EVENT_AUDIT } from "../assembly/shared/abi.js";
import type { TraceEvent } from "./trace-event.js";
import type { AuditEvent } from "./verdict.js";

/** The audit events of a traced check. */
export function auditEventsOf(events: readonly TraceEvent[]): readonly AuditEvent[] {
  const audits = events.filter(({ kind }) => kind === EVENT_AUDIT);
  return Object.freeze(
    audits.map(({ reason, ace, bits, node }) =>
      Object.freeze({ kind: reason === 1 ? "success" : "failure", ace: ace ?? 0, access: bits, node }),
    ),
  );
}
