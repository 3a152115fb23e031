/**
 * Descriptors as SDDL when they came from bytes: application data is decoded first, and what cannot be printed is
 * refused at its place in those bytes. formats.md 5, 6, 7.2
 *
 * Joins sddl/format and the decoders, which do not know each other. Does not know documents.
 */

import { ACL_MAX_SIZE } from "../assembly/shared/ace.js";
import { SD_DACL, SD_SACL } from "../assembly/shared/security-descriptor.js";
import { Ace } from "./ace.js";
import { Acl } from "./acl.js";
import { decodeClaim } from "./binary/claim-decode.js";
import { claimSize } from "./binary/claim-encode.js";
import { decodeCondition } from "./binary/condition-decode.js";
import { aceOffsets } from "./binary/decode.js";
import { paddedSize } from "./binary/little-endian.js";
import type { Claim } from "./claim.js";
import type { DescriptorParts } from "./descriptor-parts.js";
import { FormatError } from "./errors.js";
import { aceKindOfType } from "./sddl/ace-kinds.js";
import { formatAce, formatDescriptor } from "./sddl/format.js";
import type { SidContext } from "./well-known-sids.js";

/**
 * Canonical SDDL of `parts`. `bytes` gives the self-relative bytes of the same parts; it is asked only for the place of
 * a refusal.
 *
 * @throws FormatError ERR_DESCRIPTOR for an ACE type without a spelling; ERR_CONDITION, ERR_CLAIM for application data
 *   that no text can say; ERR_LIMIT beyond a limit of formats.md 8, or when the claims of an ACL share so much that they
 *   would not fit it when each is written out.
 */
export function printDescriptor(
  parts: DescriptorParts,
  bytes: () => Uint8Array,
  context: SidContext | undefined,
): string {
  const dacl = readAces(parts.dacl);
  const sacl = readAces(parts.sacl);
  try {
    return formatDescriptor({ ...parts, dacl: readable(parts.dacl, dacl), sacl: readable(parts.sacl, sacl) }, context);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const given = bytes();
    refuseAtItsPlace(dacl, given, SD_DACL, context);
    refuseAtItsPlace(sacl, given, SD_SACL, context);
    throw error;
  }
}

/** An ACE whose raw application data was read, or why it could not be: then it stays raw, for `formatAce` to refuse. */
interface ReadAce {
  readonly ace: Ace;
  readonly dataSize: number;
  /** Its offset counts from the application data. */
  readonly refusal: FormatError | null;
}

function readAces(acl: Acl | null): readonly ReadAce[] {
  const room = new ClaimRoom();
  return (acl?.aces ?? []).map((ace) => {
    const dataSize = ace.data instanceof Uint8Array ? paddedSize(ace.data.length) : 0;
    try {
      return { ace: readData(ace, room), dataSize, refusal: null };
    } catch (error) {
      if (error instanceof FormatError) return { ace, dataSize, refusal: error };
      throw error;
    }
  });
}

function readable(acl: Acl | null, read: readonly ReadAce[]): Acl | null {
  return acl === null ? null : Acl.trusted({ ...acl, aces: read.map(({ ace }) => ace) });
}

/** Throws the refusal of the first of these ACEs that cannot be printed. */
function refuseAtItsPlace(
  read: readonly ReadAce[],
  bytes: Uint8Array,
  field: typeof SD_DACL | typeof SD_SACL,
  context: SidContext | undefined,
): void {
  if (read.length === 0) return;
  const offsets = aceOffsets(bytes, field);
  for (const [i, { ace, dataSize, refusal }] of read.entries()) {
    const dataAt = dataSize === 0 ? offsets[i] : offsets[i + 1] - dataSize;
    if (refusal !== null) throw moved(refusal, dataAt + refusal.offset);
    try {
      formatAce(ace, context);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      throw moved(error, error.code === "ERR_DESCRIPTOR" ? offsets[i] : dataAt);
    }
  }
}

function moved(error: FormatError, offset: number): FormatError {
  return new FormatError(error.code, offset, error.message.replace(/ \(at byte \d+\)$/, ""));
}

/** `ace` with the application data that its SDDL needs. Throws FormatError. */
function readData(ace: Ace, room: ClaimRoom): Ace {
  const raw = ace.data ?? NO_DATA;
  if (!(raw instanceof Uint8Array)) return ace;
  switch (aceKindOfType(ace.type)?.extra) {
    case "condition":
      return Ace.trusted({ ...ace, data: decodeCondition(raw) });
    case "claim":
      return Ace.trusted({ ...ace, data: room.take(decodeClaim(raw)) });
    default:
      return ace;
  }
}

const NO_DATA: Uint8Array = /* @__PURE__ */ new Uint8Array(0);

/** What the claims of one ACL may fill: values that share their bytes are printed as often as they are named. */
class ClaimRoom {
  #left: number = ACL_MAX_SIZE;

  /** Takes the room of `claim`, or throws FormatError ERR_LIMIT. */
  take(claim: Claim): Claim {
    this.#left -= claimSize(claim);
    if (this.#left < 0) {
      throw new FormatError(
        "ERR_LIMIT",
        0,
        `expected claims that fit an ACL of ${ACL_MAX_SIZE} bytes when written out`,
      );
    }
    return claim;
  }
}
