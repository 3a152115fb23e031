/**
 * SIDs inside SDDL: `S-1-…` and aliases, in either case. formats.md 1, 7
 *
 * Does not know which field it stands in; the caller says which codes a fault gets there.
 */
import type { ErrorCode } from "../errors.js";
import { type Sid, scanSid } from "../sid.js";
import { aliasOfSid, type SidContext, sidFromAlias } from "../well-known-sids.js";
import { HYPHEN, isLetter, lowerOf, pairIndex } from "./characters.js";
import type { Scanner } from "./scanner.js";

/** The codes of a malformed SID and of a number too large, where the SID stands. */
export interface SidCodes {
  readonly malformed: ErrorCode;
  readonly range: ErrorCode;
}

const LOWER_S = 0x73;
const inSddl = { hexEndsBeforeSection: true, blanksAfterHyphens: true } as const;

/**
 * sid = "S-" revision "-" authority 1*15("-" sub) / alias
 *
 *   O: S-1-5- 32-544      blanks before it and after its hyphens
 *   D:(A;;FA;;;BA )       and after an alias
 */
export function parseSid(s: Scanner, codes: SidCodes): Sid {
  s.skipBlanks();
  const first = s.text.charCodeAt(s.at);
  const second = s.text.charCodeAt(s.at + 1);
  if (second === HYPHEN && lowerOf(first) === LOWER_S) return parseNumericSid(s, codes);
  const pair = pairIndex(first, second);
  if (pair < 0) s.fail(codes.malformed, isLetter(first) ? s.at + 1 : s.at, "a SID");
  let sid = s.aliases.get(pair);
  if (sid === undefined) {
    sid = resolveAlias(s, codes);
    s.aliases.set(pair, sid);
  }
  s.take("alias", 2);
  s.skipBlanks();
  return sid;
}

function resolveAlias(s: Scanner, codes: SidCodes): Sid {
  const sid = sidFromAlias(s.text.slice(s.at, s.at + 2), s.context);
  if (sid === undefined) s.fail(codes.malformed, s.at, "a SID or a known alias");
  if (sid === "needs-context") {
    const start = s.at;
    s.take("alias", 2);
    s.fail("ERR_SDDL_ALIAS", start, "an alias that needs no SID of the context");
  }
  return sid;
}

function parseNumericSid(s: Scanner, codes: SidCodes): Sid {
  const scan = scanSid(s.text, s.at, inSddl);
  if ("fault" in scan) {
    if (scan.fault === "range") s.fail(codes.range, scan.position, "a number that fits a SID");
    s.fail(codes.malformed, scan.position, "a SID of revision 1 with 1 to 15 sub-authorities");
  }
  s.take("sid", scan.end - s.at);
  return scan.sid;
}

/** The alias whenever one fits the fixed list or the context, else `S-1-…`. formats.md 7.2 */
export function formatSid(sid: Sid, context: SidContext | undefined): string {
  return aliasOfSid(sid, context) ?? sid.toString();
}
