/**
 * What of a conditional expression is certain before anybody asks. access-check.md 11.2, 11.3, 11.5–11.8
 *
 * A program has no branches: which token an operator finds on the stack, and whether that is a result, an attribute or
 * a literal, depends on the program alone. A proved program needs no such checks while it runs. Does not know values.
 */
import { NO_FAULT, Program, SET_COMPOSITE, Term, TYPE_MIXED, ValueSet } from "../memory/expressions";
import { CLAIM_TYPE_SID } from "../shared/claim";
import {
  CONDITION_MAX_STACK,
  TOKEN_AND,
  TOKEN_ANY_OF,
  TOKEN_COMPOSITE,
  TOKEN_DEVICE_ATTRIBUTE,
  TOKEN_EQUAL,
  TOKEN_EXISTS,
  TOKEN_LOCAL_ATTRIBUTE,
  TOKEN_NOT,
  TOKEN_NOT_ANY_OF,
  TOKEN_NOT_CONTAINS,
  TOKEN_NOT_EXISTS,
  TOKEN_OR,
  TOKEN_RESOURCE_ATTRIBUTE,
  TOKEN_SID,
} from "../shared/condition";

/** A result on the stack; any other item is the address of its Term. */
const RESULT: usize = 0;
const ITEM_SIZE: u32 = <u32>sizeof<usize>();

const stack = memory.data(0x1000, 8);
if (CONDITION_MAX_STACK * sizeof<usize>() != 0x1000) ERROR("room for CONDITION_MAX_STACK items");

let depth: u32 = 0;

/** Index of the token at which `program` fails whatever the token and the resource say; NO_FAULT when it may succeed. */
export function findFault(program: Program): u32 {
  depth = 0;
  for (let i: u32 = 0; i < program.count; i++) {
    const term = changetype<Term>(program.terms + i * offsetof<Term>());
    const item = isOperand(term.code) ? changetype<usize>(term) : RESULT;
    if (item == RESULT && !operates(term.code)) return i;
    if (depth == CONDITION_MAX_STACK) return i;
    store<usize>(stack + depth * ITEM_SIZE, item);
    depth += 1;
  }
  if (depth == 1 && isTruth(top(0))) return NO_FAULT;
  return program.count == 0 ? 0 : program.count - 1;
}

/** Takes the operands of `code` off the stack; false when they are not there or not of its kind. */
function operates(code: u32): bool {
  const isUnary = code == TOKEN_NOT || !(isLogic(code) || isRelational(code));
  const operands: u32 = isUnary ? 1 : 2;
  if (depth < operands) return false;
  const right = top(0);
  const under = depth > 1 ? top(1) : RESULT;
  depth -= operands;
  // The NOT quirk: access-check.md 11.3.
  if (code == TOKEN_NOT) return isTruth(right) && !(isAttribute(right) && isAttribute(under));
  if (isLogic(code)) return isTruth(right) && isTruth(under);
  if (isRelational(code)) return isAttribute(under) && (isAttribute(right) || isComparable(code, right));
  if (code == TOKEN_EXISTS || code == TOKEN_NOT_EXISTS) return mayExist(right);
  return isSids(right);
}

/** The item `below` the top. */
function top(below: u32): usize {
  return load<usize>(stack + (depth - 1 - below) * ITEM_SIZE);
}

function isOperand(code: u32): bool {
  return code <= TOKEN_SID || code >= TOKEN_LOCAL_ATTRIBUTE;
}

function isLogic(code: u32): bool {
  return code >= TOKEN_AND && code <= TOKEN_NOT;
}

/** Operators of two values: relational ones and those of sets. */
function isRelational(code: u32): bool {
  if (code == TOKEN_EXISTS) return false;
  return (code >= TOKEN_EQUAL && code <= TOKEN_ANY_OF) || code == TOKEN_NOT_CONTAINS || code == TOKEN_NOT_ANY_OF;
}

function isAttribute(item: usize): bool {
  if (item == RESULT) return false;
  const code = changetype<Term>(item).code;
  return code >= TOKEN_LOCAL_ATTRIBUTE && code <= TOKEN_DEVICE_ATTRIBUTE;
}

/** A result, or an attribute read as a truth value. */
function isTruth(item: usize): bool {
  return item == RESULT || isAttribute(item);
}

/** A literal that `code` takes on its right: no composite of mixed types, and for Any_of no single literal. */
function isComparable(code: u32, item: usize): bool {
  if (item == RESULT) return false;
  const set = changetype<ValueSet>(changetype<Term>(item).operand);
  if (set.type == TYPE_MIXED) return false;
  return (code != TOKEN_ANY_OF && code != TOKEN_NOT_ANY_OF) || (set.flags & SET_COMPOSITE) != 0;
}

/** Exists works on local and resource attributes only. */
function mayExist(item: usize): bool {
  if (item == RESULT) return false;
  const code = changetype<Term>(item).code;
  return code == TOKEN_LOCAL_ATTRIBUTE || code == TOKEN_RESOURCE_ATTRIBUTE;
}

/** A SID literal, or a composite of SIDs that is not empty. */
function isSids(item: usize): bool {
  if (item == RESULT) return false;
  const code = changetype<Term>(item).code;
  if (code != TOKEN_SID && code != TOKEN_COMPOSITE) return false;
  return changetype<ValueSet>(changetype<Term>(item).operand).type == CLAIM_TYPE_SID;
}
