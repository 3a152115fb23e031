/**
 * What goes wrong when a descriptor is dug out of what somebody pasted: where, in which carrier, and what was tried.
 *
 * Does not know the carriers.
 */
import { ArgumentError, type ErrorCode } from "../errors.js";

/** What a descriptor came in. `bytes`: the self-relative form itself. */
export type CarrierName = "bytes" | "reg" | "ldif" | "get-acl" | "hex" | "base64" | "sc-sdshow" | "icacls" | "sddl";

/** In the order they are tried. `bytes` is for binary input alone. */
export const carrierNames: readonly CarrierName[] = [
  "bytes",
  "reg",
  "ldif",
  "get-acl",
  "hex",
  "base64",
  "sc-sdshow",
  "icacls",
  "sddl",
];

/**
 * The input holds no descriptor that can be read. `code` is ERR_ARGUMENT, or that of the SDDL or bytes inside, which
 * `cause` has told more about.
 */
export class CarrierError extends ArgumentError {
  /** Where in the input: UTF-16 units of a text, bytes of a Uint8Array. */
  readonly position: number;
  /** The carrier that was recognised; null when there was none. */
  readonly carrier: CarrierName | null;
  /** What was tried, in order. */
  readonly tried: readonly CarrierName[];
  /** The name of the entry at fault, where the carrier gives names. */
  readonly entry: string | null;

  constructor(code: ErrorCode, fault: CarrierFault, position: number, tried: readonly CarrierName[]) {
    const { carrier, entry, message } = fault;
    const where = `${carrier ?? "no carrier"}${entry === null ? "" : `, ${JSON.stringify(excerpt(entry))}`}`;
    super(code, ["input"], `${where}, at ${position}: ${message}`);
    this.position = position;
    this.carrier = carrier;
    this.tried = tried;
    this.entry = entry;
    if (fault.cause !== undefined) this.cause = fault.cause;
  }
}

const EXCERPT = 64;

function excerpt(text: string): string {
  return text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text;
}

/** A fault inside the rooms of the carriers, before it is known where the text stands in the input. */
export class CarrierFault extends Error {
  readonly code: ErrorCode;
  /** UTF-16 units of the text. */
  readonly at: number;
  readonly carrier: CarrierName | null;
  readonly entry: string | null;

  constructor(
    code: ErrorCode,
    at: number,
    message: string,
    from: { readonly carrier: CarrierName | null; readonly entry?: string | null; readonly cause?: unknown },
  ) {
    super(message, { cause: from.cause });
    this.code = code;
    this.at = at;
    this.carrier = from.carrier;
    this.entry = from.entry ?? null;
  }
}
