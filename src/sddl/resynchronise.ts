/**
 * Where reading can go on after a fault, and how text at fault is still told apart into tokens.
 *
 * Looks at a few units at a time, and reads single tokens with the rules of the grammar. Decides nothing about
 * descriptors.
 */
import { operatorOfSpelling } from "../condition.js";
import { isLocalStart, parseLocalName } from "./attribute-name.js";
import {
  AMPERSAND,
  AT,
  BAR,
  BLANK,
  CLOSE,
  CLOSE_BRACE,
  COLON,
  COMMA,
  EQUAL,
  EXCLAMATION,
  GREATER,
  isDigit,
  isLetter,
  isSpace,
  LESS,
  NUMBER_SIGN,
  OPEN,
  OPEN_BRACE,
  QUOTE,
  SEMICOLON,
} from "./characters.js";
import { parseComparison, parsePrefixedAttribute } from "./condition-attribute.js";
import { parseConditionLiteral } from "./condition-literal.js";
import { isIntegerStart } from "./literal-text.js";
import { LETTER_D, LETTER_G, LETTER_O, LETTER_S } from "./parse.js";
import { MAX_TEXT, type Scanner } from "./scanner.js";
import type { NodeKind } from "./token-kinds.js";

/** A parenthesis, one or two letters and a semicolon: nothing else in SDDL looks like that, strings aside. */
export function isAceStart(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== OPEN) return false;
  let next = afterBlanks(text, at + 1);
  if (!isLetter(text.charCodeAt(next))) return false;
  next++;
  if (isLetter(text.charCodeAt(next))) next++;
  return text.charCodeAt(next) === SEMICOLON;
}

/** The letter and colon of a section. Claim names may hold them too, so this is for text outside of conditions. */
export function isSectionStart(text: string, at: number): boolean {
  if (text.charCodeAt(at + 1) !== COLON) return false;
  const letter = text.charCodeAt(at);
  return letter === LETTER_O || letter === LETTER_G || letter === LETTER_D || letter === LETTER_S;
}

/** `D:` or `S:`, flags, and an ACE: sure enough to leave an unfinished condition for. */
export function isSectionWithAce(text: string, at: number): boolean {
  const letter = text.charCodeAt(at);
  if ((letter !== LETTER_D && letter !== LETTER_S) || text.charCodeAt(at + 1) !== COLON) return false;
  let next = at + 2;
  while (isLetter(text.charCodeAt(next)) || text.charCodeAt(next) === BLANK) next++;
  return isAceStart(text, next);
}

/** Whether a semicolon, a parenthesis and a quote come next: the extra part of a resource attribute. */
export function isClaimAhead(s: Scanner): boolean {
  return /^;\s*\(\s*"/.test(s.text.slice(s.at, s.at + CLAIM_LEAD));
}

const CLAIM_LEAD = 16;

function afterBlanks(text: string, at: number): number {
  let next = at;
  while (text.charCodeAt(next) === BLANK) next++;
  return next;
}

/** Strings and octets at fault may be as long as the text. */
const NO_ROOM_LIMIT = 2 * MAX_TEXT;

/**
 * Reads one token of a condition or claim, wherever it stands; a run of anything else is passed over. Fails like the
 * rule that reads such a token.
 */
export function readLooseToken(s: Scanner, around: NodeKind): void {
  const unit = s.peek();
  switch (unit) {
    case OPEN:
    case CLOSE:
    case OPEN_BRACE:
    case CLOSE_BRACE:
    case COMMA:
    case SEMICOLON:
      s.take("punctuation", 1);
      return;
    case QUOTE:
    case NUMBER_SIGN:
      parseConditionLiteral(s, NO_ROOM_LIMIT);
      return;
  }
  if (around === "claim" && isIntegerStart(unit)) parseConditionLiteral(s, NO_ROOM_LIMIT);
  else if (around === "ace" || around === "claim") passOverWord(s);
  else readLooseWord(s, unit);
}

function readLooseWord(s: Scanner, unit: number): void {
  if (unit === AT) {
    parsePrefixedAttribute(s);
  } else if (unit === AMPERSAND || unit === BAR) {
    if (s.peekAt(1) === unit) s.take("operator", 2);
    else s.at++;
  } else if (unit === EXCLAMATION && s.peekAt(1) !== EQUAL) {
    s.take("operator", 1);
  } else if (unit === EXCLAMATION || unit === EQUAL || unit === LESS || unit === GREATER) {
    parseComparison(s);
  } else if (isIntegerStart(unit) && !(isDigit(unit) && isNameLonger(s))) {
    parseConditionLiteral(s, NO_ROOM_LIMIT);
  } else if (/^sid\($/i.test(s.text.slice(s.at, s.at + SID_WORD_LENGTH))) {
    parseConditionLiteral(s, NO_ROOM_LIMIT);
  } else if (isLocalStart(unit)) {
    const start = s.at;
    const operator = operatorOfSpelling(parseLocalName(s));
    s.mark(operator === undefined ? "attribute" : "operator", start);
  } else {
    passOverWord(s);
  }
}

const SID_WORD_LENGTH = 4;
const NAME_LIMIT = 32;

/** Whether the word that begins with a digit holds letters that no number has. */
function isNameLonger(s: Scanner): boolean {
  for (let i = 0; i < NAME_LIMIT; i++) {
    const unit = s.peekAt(i);
    if (!isLocalStart(unit)) return false;
    if (isLetter(unit) && !/[0-9a-fx]/i.test(String.fromCharCode(unit))) return true;
  }
  return false;
}

/** Passes over what is no token: a quote without its other one, or a whole word. */
export function passOverFault(s: Scanner): void {
  if (s.peek() === QUOTE) s.at++;
  else passOverWord(s);
}

function passOverWord(s: Scanner): void {
  do s.at++;
  while (!isBoundary(s.peek()));
}

function isBoundary(unit: number): boolean {
  return unit < 0 || isSpace(unit) || BOUNDARIES.includes(String.fromCharCode(unit));
}

const BOUNDARIES = '(){},;"#&|=<>!@';
