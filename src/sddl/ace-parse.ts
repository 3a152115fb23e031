/**
 * One ACE of SDDL text. formats.md 7
 *
 * Measures the bytes the ACE will take, so that an ACL too large is refused before it is built. Lays nothing out.
 */
import {
  ACE_INHERITED_OBJECT_TYPE_PRESENT,
  ACE_OBJECT_TYPE_PRESENT,
  ACL_HEADER_SIZE,
  ACL_MAX_SIZE,
  ACL_REVISION,
  ACL_REVISION_DS,
  SYSTEM_MANDATORY_LABEL_ACE_TYPE,
  SYSTEM_PROCESS_TRUST_LABEL_ACE_TYPE,
  SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE,
  SYSTEM_SCOPED_POLICY_ID_ACE_TYPE,
} from "../../assembly/shared/ace.js";
import { Ace, type AceData } from "../ace.js";
import { GUID_TEXT_LENGTH } from "../guid.js";
import type { Sid } from "../sid.js";
import { type AceKind, type AclKind, parseAceFlags, parseAceKind } from "./ace-kinds.js";
import { CLOSE, HYPHEN, hexValue, OPEN, SEMICOLON } from "./characters.js";
import { parseMeasuredClaim } from "./claim-text.js";
import { parseMeasuredCondition } from "./condition-parse.js";
import { parseRights } from "./rights.js";
import type { Scanner } from "./scanner.js";
import { parseSid, type SidCodes } from "./sid-text.js";

const sidCodes: SidCodes = { malformed: "ERR_SID", range: "ERR_SDDL_RANGE" };

/** Header and mask. */
const FIXED_SIZE = 8;
const OBJECT_FLAGS_SIZE = 4;
const GUID_SIZE = 16;
/** What Windows leaves behind for each object ACE that became a plain one. formats.md 4 */
const SLACK_PER_PLAIN_OBJECT = 4;

const LABEL_AUTHORITY = 16;
const POLICY_AUTHORITY = 17;
const TRUST_AUTHORITY = 19;

/** An ACL while its ACEs are read. */
export class AclMeasure {
  readonly kind: AclKind;
  /** Bytes so far, header and slack included. */
  size: number = ACL_HEADER_SIZE;
  slack = 0;
  /** 4 once an object ACE was in the text, even one that became plain. */
  revision: number = ACL_REVISION;

  constructor(kind: AclKind) {
    this.kind = kind;
  }

  /** Bytes that another ACE may take. */
  get room(): number {
    return ACL_MAX_SIZE - this.size;
  }
}

/** An ACE while it is read. */
export class AceDraft {
  readonly acl: AclMeasure;
  readonly start: number;
  /** The kind that was written: an object kind may become a plain one. */
  written!: AceKind;
  flags = 0;
  mask = 0;
  objectType: string | null = null;
  inheritedObjectType: string | null = null;
  sid: Sid | null = null;
  data: AceData = null;
  /** Bytes so far. */
  size = FIXED_SIZE;

  constructor(acl: AclMeasure, start: number) {
    this.acl = acl;
    this.start = start;
  }
}

/**
 * ace = "(" type ";" flags ";" rights ";" [guid] ";" [guid] ";" sid [";" extra] ")"
 *
 *   D:(A;;FR;;;BU)
 *     ^
 */
export function parseAce(s: Scanner, acl: AclMeasure): Ace {
  const draft = new AceDraft(acl, s.at);
  parseKindField(s, draft);
  parseFlagsField(s, draft);
  parseRightsField(s, draft);
  parseObjectField(s, draft);
  parseInheritedField(s, draft);
  parseSidField(s, draft);
  parseExtra(s, draft);
  parseAceEnd(s);
  return finishAce(s, draft);
}

/** The parts that `parseAce` reads, in its order, each with the semicolon that ends it (behind the SID: begins it). */
export const aceParts: readonly ((s: Scanner, draft: AceDraft) => void)[] = [
  parseKindField,
  parseFlagsField,
  parseRightsField,
  parseObjectField,
  parseInheritedField,
  parseSidField,
  parseExtra,
  parseAceEnd,
];

function parseKindField(s: Scanner, draft: AceDraft): void {
  s.expect(OPEN, "ERR_SDDL_SYNTAX");
  s.skipBlanks();
  const start = s.at;
  const kind = parseAceKind(s);
  draft.written = kind;
  if (kind.place !== draft.acl.kind)
    s.fail("ERR_SDDL_SYNTAX", start, `an ACE type of a ${draft.acl.kind === "dacl" ? "DACL" : "SACL"}`);
}

function parseFlagsField(s: Scanner, draft: AceDraft): void {
  draft.flags = parseAceFlags(s, draft.written.type);
  s.expect(SEMICOLON, "ERR_SDDL_SYNTAX");
}

function parseRightsField(s: Scanner, draft: AceDraft): void {
  const start = s.at;
  draft.mask = parseRights(s);
  s.expect(SEMICOLON, "ERR_SDDL_SYNTAX");
  if (draft.written.type === SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE && draft.mask !== 0) {
    s.fail("ERR_CLAIM", start, "no rights");
  }
}

function parseObjectField(s: Scanner, draft: AceDraft): void {
  draft.objectType = parseGuidField(s, draft.written);
}

function parseInheritedField(s: Scanner, draft: AceDraft): void {
  draft.inheritedObjectType = parseGuidField(s, draft.written);
}

function parseSidField(s: Scanner, draft: AceDraft): void {
  draft.sid = parseAceSid(s, draft.written);
  draft.size += draft.sid.byteLength;
}

function parseAceEnd(s: Scanner): void {
  s.expect(CLOSE, "ERR_SDDL_SYNTAX");
}

/** The kind that is stored: an object kind without GUIDs becomes plain. */
function storedKind({ written, objectType, inheritedObjectType }: AceDraft): AceKind {
  return written.plain !== null && objectType === null && inheritedObjectType === null ? written.plain : written;
}

/** [";" extra], for the kinds that have one. */
function parseExtra(s: Scanner, draft: AceDraft): void {
  const { written } = draft;
  if (written.plain !== null) {
    draft.size += OBJECT_FLAGS_SIZE;
    if (draft.objectType !== null) draft.size += GUID_SIZE;
    if (draft.inheritedObjectType !== null) draft.size += GUID_SIZE;
  }
  const { extra } = written;
  if (extra === "none") return;
  const room = draft.acl.room - draft.size;
  s.expect(SEMICOLON, "ERR_SDDL_SYNTAX");
  s.skipSpace();
  if (extra === "condition") {
    const measured = parseMeasuredCondition(s, room);
    draft.data = measured.condition;
    draft.size += measured.size;
  } else {
    const measured = parseMeasuredClaim(s, room);
    draft.data = measured.claim;
    draft.size += measured.size;
  }
  s.skipSpace();
}

/** The ACE of a draft whose parts were all read, and its place in the ACL. */
export function finishAce(s: Scanner, draft: AceDraft): Ace {
  const { acl, written, flags, mask, sid, objectType, inheritedObjectType, data, size } = draft;
  if (size > acl.room) s.fail("ERR_LIMIT", draft.start, `an ACL of at most ${ACL_MAX_SIZE} bytes`);
  const kind = storedKind(draft);
  if (written.plain !== null) {
    acl.revision = ACL_REVISION_DS;
    if (kind !== written) acl.slack += SLACK_PER_PLAIN_OBJECT;
  }
  acl.size += size;
  const objectFlags =
    (objectType === null ? 0 : ACE_OBJECT_TYPE_PRESENT) |
    (inheritedObjectType === null ? 0 : ACE_INHERITED_OBJECT_TYPE_PRESENT);
  return Ace.trusted({
    type: kind.type,
    flags,
    mask,
    sid,
    objectFlags,
    objectType,
    inheritedObjectType,
    compound: null,
    data,
  });
}

/**
 * [guid] ";": 8-4-4-4-12 hexadecimal digits, in object kinds only; or blanks.
 *
 *   (OA;;CR;f30e3bbf-9ff0-11d1-b603-0000f80367c1;;WD)
 *           ^ neither blanks before it nor after
 */
function parseGuidField(s: Scanner, kind: AceKind): string | null {
  const start = s.at;
  s.skipBlanks();
  if (s.peek() === SEMICOLON) {
    s.take("punctuation", 1);
    return null;
  }
  if (kind.plain === null) s.fail("ERR_SDDL_SYNTAX", s.at, "no GUID in this kind of ACE");
  if (s.at !== start) s.fail("ERR_SDDL_SYNTAX", start, "no blank before a GUID");
  for (let i = 0; i < GUID_TEXT_LENGTH; i++, s.at++) {
    const unit = s.peek();
    const fits = i === 8 || i === 13 || i === 18 || i === 23 ? unit === HYPHEN : hexValue(unit) >= 0;
    if (!fits) s.fail("ERR_SDDL_SYNTAX", s.at, "a GUID (8-4-4-4-12 hexadecimal digits)");
  }
  s.mark("guid", start);
  s.expect(SEMICOLON, "ERR_SDDL_SYNTAX");
  return s.text.slice(start, start + GUID_TEXT_LENGTH).toLowerCase();
}

function parseAceSid(s: Scanner, { type }: AceKind): Sid {
  s.skipBlanks();
  const start = s.at;
  const sid = parseSid(s, sidCodes);
  const { authority, subAuthorities } = sid;
  switch (type) {
    case SYSTEM_MANDATORY_LABEL_ACE_TYPE:
      if (authority !== LABEL_AUTHORITY || subAuthorities.length !== 1) s.fail("ERR_SID", start, "a label, S-1-16-x");
      break;
    case SYSTEM_PROCESS_TRUST_LABEL_ACE_TYPE:
      if (authority !== TRUST_AUTHORITY || subAuthorities.length !== 2)
        s.fail("ERR_SID", start, "a trust level, S-1-19-t-l");
      break;
    case SYSTEM_SCOPED_POLICY_ID_ACE_TYPE:
      if (authority !== POLICY_AUTHORITY) s.fail("ERR_SID", start, "a policy, S-1-17-…");
      break;
    case SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE:
      if (authority !== 1 || subAuthorities.length !== 1 || subAuthorities[0] !== 0) s.fail("ERR_CLAIM", start, "WD");
      break;
  }
  return sid;
}
