/**
 * One filter request through the kernel. Knows images; does not know what filtering leaves, or why.
 */
import { STAGE_FILTER } from "../../assembly/shared/abi.js";
import { STATUS_NO_MEMORY, STATUS_SUCCESS } from "../../assembly/shared/ntstatus.js";
import { IMAGE_SIZE } from "../../assembly/shared/token-image.js";
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
    const filtered = filterLoaded(session, handle, image);
    return filtered.status === STATUS_NO_MEMORY ? FULL : filtered;
  });
  return { status: answer.status, parts: answer.image === null ? null : decodeFilteredImage(answer.image) };
}

/**
 * Filters a loaded token by a filter image: the status, and the token image of what is left (null on refusal or when
 * FULL). No method of Session: those who only check do not carry it.
 */
export function filterLoaded(
  session: Session,
  token: number,
  filter: Uint8Array,
): { readonly status: number; readonly image: Uint8Array | null } {
  const at = session.stage(STAGE_FILTER, filter, token);
  if (at === 0) return { status: session.status(), image: null };
  const status = session.call(() => session.kernel.filter(token, at, filter.length)) >>> 0;
  session.refresh();
  if (status !== STATUS_SUCCESS) return { status, image: null };
  const image = session.kernel.filteredImage() >>> 0;
  const size = session.words[(image + IMAGE_SIZE) >>> 2];
  return { status, image: session.bytes.slice(image, image + size) };
}
