/**
 * The three-valued machine that runs a proved program. [MS-DTYP] 2.4.4.17; access-check.md 11
 *
 * A failure makes the whole expression UNKNOWN; a missing attribute is UNKNOWN in its own place. Does not know bytes,
 * ACEs, or what becomes of the answer.
 */
import { NO_FAULT, Program, Term, Value, ValueRef, ValueSet } from "../memory/expressions";
import {
  HOLD_ALLOW,
  HOLD_DENY,
  HOLD_DEVICE_ALLOW,
  HOLD_DEVICE_DENY,
  HOLD_RESTRICT_ALLOW,
  SaclRecord,
  TokenRecord,
} from "../memory/records";
import { CLAIM_USE_FOR_DENY_ONLY } from "../shared/claim";
import {
  CONDITION_MAX_STACK,
  FALSE,
  PURPOSE_ALLOW,
  TOKEN_AND,
  TOKEN_DEVICE_MEMBER_OF,
  TOKEN_DEVICE_MEMBER_OF_ANY,
  TOKEN_EXISTS,
  TOKEN_LOCAL_ATTRIBUTE,
  TOKEN_MEMBER_OF,
  TOKEN_MEMBER_OF_ANY,
  TOKEN_NOT,
  TOKEN_NOT_DEVICE_MEMBER_OF,
  TOKEN_NOT_DEVICE_MEMBER_OF_ANY,
  TOKEN_NOT_EXISTS,
  TOKEN_NOT_MEMBER_OF,
  TOKEN_NOT_MEMBER_OF_ANY,
  TOKEN_OR,
  TOKEN_RESOURCE_ATTRIBUTE,
  TOKEN_SID,
  TOKEN_USER_ATTRIBUTE,
  TRUE,
  UNKNOWN,
} from "../shared/condition";
import { compare, FAILURE } from "./condition-operators";
import { memberBits } from "./membership";
import { emitAttribute, emitTerm, tracing } from "./trace";

/** Items are truth values, or addresses of operand Terms, which are larger. */
const stack = memory.data(0x1000, 8);
const ITEM_SIZE: usize = sizeof<usize>();
if (CONDITION_MAX_STACK * sizeof<usize>() != 0x1000) ERROR("room for CONDITION_MAX_STACK items");

/** Whose attributes the running program reads, and for what. */
let subject: usize = 0;
let resource: usize = 0;
let forAllow: bool = true;
/** The bits that make a SID count for Member_of, and for Device_Member_of. */
let holds: u32 = 0;
let deviceHolds: u32 = 0;
/** The running program's terms, and where in its list the claim found last stands (from 1): for the trace. */
let terms: usize = 0;
let place: u32 = 0;

/**
 * The truth of `program` for a token and the resource attributes of a SACL. `purpose` is PURPOSE_…; `restricting`
 * makes Member_of read the restricting list (7.9). While tracing, emits the truth of every operator, and of every
 * attribute read as a truth value.
 */
export function evaluate(
  program: usize,
  token: TokenRecord,
  resources: SaclRecord | null,
  purpose: u32,
  restricting: bool,
): u32 {
  const record = changetype<Program>(program);
  if (record.faultAt != NO_FAULT) return fail(record.faultAt);
  terms = record.terms;
  subject = changetype<usize>(token);
  resource = changetype<usize>(resources);
  forAllow = purpose == PURPOSE_ALLOW;
  holds = restricting ? HOLD_RESTRICT_ALLOW : forAllow ? HOLD_ALLOW : HOLD_DENY;
  deviceHolds = forAllow ? HOLD_DEVICE_ALLOW : HOLD_DEVICE_DENY;
  const traced = tracing();
  let top = stack;
  for (let i: u32 = 0; i < record.count; i++) {
    const term = record.terms + i * offsetof<Term>();
    const code = changetype<Term>(term).code;
    if (code <= TOKEN_SID || code >= TOKEN_LOCAL_ATTRIBUTE) {
      store<usize>(top, term);
      top += ITEM_SIZE;
      continue;
    }
    const right = load<usize>(top - ITEM_SIZE);
    let truth: u32;
    if (code == TOKEN_NOT) {
      truth = TRUE - truthOf(right, record, traced);
    } else if (code == TOKEN_AND || code == TOKEN_OR) {
      top -= ITEM_SIZE;
      const left = truthOf(load<usize>(top - ITEM_SIZE), record, traced);
      truth = code == TOKEN_AND ? min(left, truthOf(right, record, traced)) : max(left, truthOf(right, record, traced));
    } else if (isUnary(code)) {
      truth = code == TOKEN_EXISTS || code == TOKEN_NOT_EXISTS ? exists(code, right) : membership(code, right);
    } else {
      top -= ITEM_SIZE;
      truth = compare(code, setOf(load<usize>(top - ITEM_SIZE)), setOf(right));
      if (truth == FAILURE) return fail(i);
    }
    store<usize>(top - ITEM_SIZE, truth);
    if (traced) emitTerm(i, truth);
  }
  return truthOf(load<usize>(stack), record, traced);
}

/** The whole expression is UNKNOWN because of token `at`. */
function fail(at: u32): u32 {
  if (tracing()) emitTerm(at, UNKNOWN);
  return UNKNOWN;
}

function isUnary(code: u32): bool {
  if (code == TOKEN_EXISTS || code == TOKEN_NOT_EXISTS) return true;
  return (code >= TOKEN_MEMBER_OF && code <= TOKEN_DEVICE_MEMBER_OF_ANY) || code >= TOKEN_NOT_MEMBER_OF;
}

/** A result as it is; an attribute by its values. */
function truthOf(item: usize, program: Program, traced: bool): u32 {
  if (item <= TRUE) return <u32>item;
  const claim = setOf(item);
  const truth = claim == 0 ? UNKNOWN : changetype<ValueSet>(claim).truth;
  if (traced) emitTerm(<u32>((item - program.terms) / offsetof<Term>()), truth);
  return truth;
}

/** The values of an operand; 0 when it is a missing attribute. */
function setOf(item: usize): usize {
  const term = changetype<Term>(item);
  if (term.code < TOKEN_LOCAL_ATTRIBUTE) return term.operand;
  const claim = findClaim(term.code, term.operand);
  const set = changetype<ValueSet>(claim);
  const missing = claim == 0 || set.count == 0 || (forAllow && (set.flags & CLAIM_USE_FOR_DENY_ONLY) != 0);
  if (tracing()) emitAttribute(<u32>((item - terms) / offsetof<Term>()), missing ? 0 : place);
  return missing ? 0 : claim;
}

/** The first claim called `name` in the scope of an attribute token; 0 when there is none. access-check.md 11.4 */
function findClaim(code: u32, name: usize): usize {
  let list: usize = 0;
  let count: u32 = 0;
  if (code == TOKEN_RESOURCE_ATTRIBUTE) {
    if (resource == 0) return 0;
    list = changetype<SaclRecord>(resource).resources;
    count = changetype<SaclRecord>(resource).resourceCount;
  } else {
    const token = changetype<TokenRecord>(subject);
    const claims =
      code == TOKEN_LOCAL_ATTRIBUTE ? token.localClaims : code == TOKEN_USER_ATTRIBUTE ? token.userClaims : token.deviceClaims;
    if (claims == 0) return 0;
    count = load<u32>(claims);
    list = claims + sizeof<u32>();
  }
  for (let i: u32 = 0; i < count; i++) {
    const claim = load<usize>(list + i * sizeof<usize>());
    if (changetype<ValueSet>(claim).name == name) {
      place = i + 1;
      return claim;
    }
  }
  return 0;
}

function exists(code: u32, item: usize): u32 {
  return (setOf(item) != 0) == (code == TOKEN_EXISTS) ? TRUE : FALSE;
}

/** Member_of and its seven relatives. access-check.md 11.8 */
function membership(code: u32, item: usize): u32 {
  const negated = code >= TOKEN_NOT_MEMBER_OF;
  const plain = negated ? code - TOKEN_NOT_MEMBER_OF + TOKEN_MEMBER_OF : code;
  const any = plain == TOKEN_MEMBER_OF_ANY || plain == TOKEN_DEVICE_MEMBER_OF_ANY;
  const bits = plain == TOKEN_DEVICE_MEMBER_OF || plain == TOKEN_DEVICE_MEMBER_OF_ANY ? deviceHolds : holds;
  const set = changetype<ValueSet>(setOf(item));
  const token = changetype<TokenRecord>(subject);
  let member = !any;
  for (let i: u32 = 0; i < set.count && member != any; i++) {
    const value = changetype<Value>(changetype<ValueRef>(set.values + i * offsetof<ValueRef>()).exact);
    member = (memberBits(token, <u32>value.bits) & bits) != 0;
  }
  return member != negated ? TRUE : FALSE;
}
