/**
 * SDDL text to the parts of a security descriptor. [MS-DTYP] 2.5.1.1, formats.md 7
 *
 * Strict and linear: the first fault ends the reading, with its code and position. The rules of sections and ACLs fill
 * a draft, so that a recovering reader can go on with what there is. Knows no bytes, only how many.
 */
import {
  SE_DACL_AUTO_INHERIT_REQ,
  SE_DACL_AUTO_INHERITED,
  SE_DACL_PRESENT,
  SE_DACL_PROTECTED,
  SE_SACL_AUTO_INHERIT_REQ,
  SE_SACL_AUTO_INHERITED,
  SE_SACL_PRESENT,
  SE_SACL_PROTECTED,
  SE_SELF_RELATIVE,
} from "../../assembly/shared/security-descriptor.js";
import type { Ace } from "../ace.js";
import { Acl } from "../acl.js";
import type { DescriptorParts } from "../descriptor-parts.js";
import type { Sid } from "../sid.js";
import type { SidContext } from "../well-known-sids.js";
import type { AclKind } from "./ace-kinds.js";
import { AclMeasure, parseAce } from "./ace-parse.js";
import { COLON, OPEN } from "./characters.js";
import { END, Scanner } from "./scanner.js";
import { parseSid, type SidCodes } from "./sid-text.js";

const sidCodes: SidCodes = { malformed: "ERR_SID", range: "ERR_SDDL_RANGE" };

const NULL_ACL = "NO_ACCESS_CONTROL";

/** The control bits that the flags of an ACL set. */
interface AclBits {
  readonly present: number;
  readonly P: number;
  readonly AR: number;
  readonly AI: number;
}

/** Control bits of each ACL, for both directions. formats.md 3 */
export const aclBits: Readonly<Record<AclKind, AclBits>> = {
  dacl: { present: SE_DACL_PRESENT, P: SE_DACL_PROTECTED, AR: SE_DACL_AUTO_INHERIT_REQ, AI: SE_DACL_AUTO_INHERITED },
  sacl: { present: SE_SACL_PRESENT, P: SE_SACL_PROTECTED, AR: SE_SACL_AUTO_INHERIT_REQ, AI: SE_SACL_AUTO_INHERITED },
};

export const LETTER_O = 0x4f;
export const LETTER_G = 0x47;
export const LETTER_D = 0x44;
export const LETTER_S = 0x53;
const LETTER_P = 0x50;
const LETTER_A = 0x41;
const LETTER_R = 0x52;
const LETTER_I = 0x49;
const LETTER_N = 0x4e;

/**
 * sddl = *( "O:" sid / "G:" sid / "D:" acl / "S:" acl )
 *
 * Each section once, in any order; the empty text is the empty descriptor. `context` gives the SIDs of the aliases
 * that need one. The ACLs returned carry the revision and slack that Windows gives them (formats.md 4).
 *
 * @throws SddlError ERR_SDDL_SYNTAX, ERR_SDDL_RANGE, ERR_SDDL_ALIAS, ERR_SID, ERR_CONDITION, ERR_CLAIM, ERR_LIMIT
 */
export function parseDescriptor(text: string, context?: SidContext): DescriptorParts {
  const s = new Scanner(text, context);
  const draft = new DescriptorDraft(parseAce);
  skipLead(s);
  while (s.peek() !== END) {
    const letter = parseSectionStart(s, draft);
    parseSectionContent(s, draft, letter);
  }
  return draft.parts();
}

/** A descriptor while it is read. */
export class DescriptorDraft {
  owner: Sid | null = null;
  group: Sid | null = null;
  dacl: AclDraft | null = null;
  sacl: AclDraft | null = null;
  /** Reads one ACE, at its parenthesis; null for one that is left out. */
  readonly readAce: (s: Scanner, measure: AclMeasure) => Ace | null;

  constructor(readAce: (s: Scanner, measure: AclMeasure) => Ace | null) {
    this.readAce = readAce;
  }

  has(letter: number): boolean {
    if (letter === LETTER_O) return this.owner !== null;
    if (letter === LETTER_G) return this.group !== null;
    return (letter === LETTER_D ? this.dacl : this.sacl) !== null;
  }

  parts(): DescriptorParts {
    const { owner, group, dacl, sacl } = this;
    const control = SE_SELF_RELATIVE | (dacl?.control ?? 0) | (sacl?.control ?? 0);
    return { owner, group, control, sbz1: 0, dacl: dacl?.acl() ?? null, sacl: sacl?.acl() ?? null };
  }
}

/** An ACL while it is read. */
export class AclDraft {
  /** Its control bits, PRESENT among them. */
  control: number;
  /** Whether NO_ACCESS_CONTROL was read, to its last letter. */
  isNull = false;
  readonly aces: Ace[] = [];
  readonly measure: AclMeasure;

  constructor(kind: AclKind) {
    this.control = aclBits[kind].present;
    this.measure = new AclMeasure(kind);
  }

  acl(): Acl | null {
    if (this.isNull) return null;
    const { revision, slack } = this.measure;
    return Acl.trusted({ revision, aces: this.aces, sbz1: 0, sbz2: 0, slack: new Uint8Array(slack) });
  }
}

/** The blanks before the first section. A text of nothing else is refused. */
export function skipLead(s: Scanner): void {
  s.skipBlanks();
  if (s.peek() === END && s.text !== "") s.fail("ERR_SDDL_SYNTAX", s.at, "O:, G:, D: or S:");
}

/** The letter of a section that is still missing, and its colon. */
export function parseSectionStart(s: Scanner, draft: DescriptorDraft): number {
  const start = s.at;
  const letter = s.peek();
  if (letter !== LETTER_O && letter !== LETTER_G && letter !== LETTER_D && letter !== LETTER_S) {
    s.fail("ERR_SDDL_SYNTAX", start, "O:, G:, D: or S:");
  }
  s.take("section", 1);
  s.expect(COLON, "ERR_SDDL_SYNTAX");
  if (draft.has(letter)) s.fail("ERR_SDDL_SYNTAX", start, "each section once");
  return letter;
}

/** What follows the colon, and blanks. */
export function parseSectionContent(s: Scanner, draft: DescriptorDraft, letter: number): void {
  if (letter === LETTER_O) {
    draft.owner = parseSid(s, sidCodes);
  } else if (letter === LETTER_G) {
    draft.group = parseSid(s, sidCodes);
  } else if (letter === LETTER_D) {
    draft.dacl = new AclDraft("dacl");
    parseAcl(s, draft, draft.dacl);
  } else {
    draft.sacl = new AclDraft("sacl");
    parseAcl(s, draft, draft.sacl);
  }
  s.skipBlanks();
}

/**
 * acl = *( "P" / "AR" / "AI" ) ( "NO_ACCESS_CONTROL" / *ace )
 *
 *   D: P AI (A;;FA;;;SY) (A;;FA;;;BA)
 *     ^ blanks everywhere between
 */
function parseAcl(s: Scanner, draft: DescriptorDraft, acl: AclDraft): void {
  parseAclFlags(s, acl);
  if (s.peek() === LETTER_N) {
    const start = s.at;
    for (let i = 0; i < NULL_ACL.length; i++) s.expectPart(NULL_ACL.charCodeAt(i), "ERR_SDDL_SYNTAX");
    s.mark("null-acl", start);
    acl.isNull = true;
  } else {
    parseAces(s, draft, acl);
  }
}

/** Any number of ACEs, with blanks after each. */
export function parseAces(s: Scanner, draft: DescriptorDraft, acl: AclDraft): void {
  while (s.peek() === OPEN) {
    const ace = draft.readAce(s, acl.measure);
    if (ace !== null) acl.aces.push(ace);
    s.skipBlanks();
  }
}

/** The flags of an ACL, upper case only, repeats allowed. */
function parseAclFlags(s: Scanner, acl: AclDraft): void {
  const bits = aclBits[acl.measure.kind];
  for (;;) {
    s.skipBlanks();
    const letter = s.peek();
    if (letter === LETTER_P) {
      acl.control |= bits.P;
      s.take("acl-flag", 1);
    } else if (letter === LETTER_A) {
      const second = s.peekAt(1);
      if (second !== LETTER_R && second !== LETTER_I) s.fail("ERR_SDDL_SYNTAX", s.at + 1, "AR or AI");
      acl.control |= second === LETTER_R ? bits.AR : bits.AI;
      s.take("acl-flag", 2);
    } else {
      return;
    }
  }
}
