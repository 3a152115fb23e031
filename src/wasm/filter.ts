/**
 * One filter request through the kernel. Knows images; does not know what filtering leaves, or why.
 */
import { STATUS_NO_MEMORY } from "../../assembly/shared/ntstatus.js";
import type { AccessToken } from "../access-token.js";
import { encodeFilterImage } from "../binary/filter-image.js";
import { decodeFilteredImage } from "../binary/token-image.js";
import type { CheckedFilter } from "../filter-request.js";
import type { FilteredParts } from "../token-parts.js";
import { withRoom } from "./access-check.js";
import { tokenHandle } from "./residency.js";
import { FULL, type Session } from "./session.js";

/** The NTSTATUS, and what is left of the token (null on a refusal). */
export function runFilter(
  session: Session,
  token: AccessToken,
  filter: CheckedFilter,
): { readonly status: number; readonly parts: FilteredParts | null } {
  const image = encodeFilterImage(filter);
  const answer = withRoom(session, () => {
    const handle = tokenHandle(session, token);
    if (handle === FULL) return FULL;
    const filtered = session.filter(handle, image);
    return filtered.status === STATUS_NO_MEMORY ? FULL : filtered;
  });
  return { status: answer.status, parts: answer.image === null ? null : decodeFilteredImage(answer.image) };
}
