/** Conditional expressions: logic, failures, what is traced. access-check.md 11.2, 11.3 */
import { beginTrace, traceBuffer, traceCount } from "../../assembly/check/trace";
import { TraceEvent } from "../../assembly/memory/boundary";
import { EVENT_SIZE, EVENT_TERM } from "../../assembly/shared/abi";
import { CLAIM_TYPE_SID } from "../../assembly/shared/claim";
import * as codes from "../../assembly/shared/condition";
import { FALSE, TRUE, UNKNOWN } from "../../assembly/shared/condition";
import * as bytes from "./expression-bytes";
import { freshScene, give, giveNumber, program, truth } from "./expression-scene";

const USER: u32 = codes.TOKEN_USER_ATTRIBUTE;

/** Pushes the attribute that has this truth value: t, f, or u (missing). */
function push(value: u32): void {
  bytes.attribute(USER, value == TRUE ? "t" : value == FALSE ? "f" : "u");
}

/** The same as a result: the attribute AND itself. */
function pushResult(value: u32): void {
  push(value);
  push(value);
  bytes.op(codes.TOKEN_AND);
}

beforeEach(() => {
  freshScene();
  giveNumber(USER, "t", 1);
  giveNumber(USER, "f", 0);
});

describe("logic", () => {
  test("AND: FALSE wins, then UNKNOWN; OR: TRUE wins, then UNKNOWN; in nine rows", () => {
    const and: u32[] = [FALSE, FALSE, FALSE, FALSE, UNKNOWN, UNKNOWN, FALSE, UNKNOWN, TRUE];
    const or: u32[] = [FALSE, UNKNOWN, TRUE, UNKNOWN, UNKNOWN, TRUE, TRUE, TRUE, TRUE];
    for (let left = FALSE; left <= TRUE; left++) {
      for (let right = FALSE; right <= TRUE; right++) {
        bytes.beginExpression();
        push(left);
        push(right);
        bytes.op(codes.TOKEN_AND);
        expect(truth()).toBe(and[left * 3 + right]);
        bytes.beginExpression();
        pushResult(left);
        pushResult(right);
        bytes.op(codes.TOKEN_OR);
        expect(truth()).toBe(or[left * 3 + right]);
      }
    }
  });

  test("NOT turns TRUE and FALSE round and leaves UNKNOWN", () => {
    for (let value = FALSE; value <= TRUE; value++) {
      bytes.beginExpression();
      push(value);
      bytes.op(codes.TOKEN_NOT);
      expect(truth()).toBe(TRUE - value);
    }
  });

  test("a bare attribute may be the whole expression", () => {
    for (let value = FALSE; value <= TRUE; value++) {
      bytes.beginExpression();
      push(value);
      expect(truth()).toBe(value);
    }
    bytes.beginClaim("sid", CLAIM_TYPE_SID, 0, 1);
    bytes.sidValue(5, 1);
    give(USER);
    bytes.beginExpression();
    bytes.attribute(USER, "SID");
    expect(truth()).toBe(UNKNOWN);
  });

  test("NOT over an attribute fails while an attribute lies beneath, but not while a result does", () => {
    bytes.beginExpression();
    push(TRUE);
    push(TRUE);
    bytes.op(codes.TOKEN_NOT);
    bytes.op(codes.TOKEN_OR);
    expect(truth()).toBe(UNKNOWN, "a || !(a)");
    bytes.beginExpression();
    push(TRUE);
    bytes.op(codes.TOKEN_NOT);
    push(TRUE);
    bytes.op(codes.TOKEN_OR);
    expect(truth()).toBe(TRUE, "!(a) || a");
    bytes.beginExpression();
    push(FALSE);
    bytes.op(codes.TOKEN_NOT);
    push(FALSE);
    bytes.op(codes.TOKEN_NOT);
    bytes.op(codes.TOKEN_AND);
    expect(truth()).toBe(TRUE, "!(a) && !(a)");
    bytes.beginExpression();
    push(TRUE);
    pushResult(FALSE);
    bytes.op(codes.TOKEN_NOT);
    bytes.op(codes.TOKEN_AND);
    expect(truth()).toBe(TRUE, "a && !(b && b)");
  });
});

describe("a failure makes the whole expression UNKNOWN", () => {
  test("when a literal stands where a truth value must", () => {
    bytes.beginExpression();
    bytes.integer(1);
    expect(truth()).toBe(UNKNOWN);
    bytes.beginExpression();
    push(FALSE);
    bytes.integer(0);
    bytes.op(codes.TOKEN_AND);
    expect(truth()).toBe(UNKNOWN, "FALSE does not win over a failure");
  });

  test("when the stack underflows, or holds more than one item in the end, or nothing", () => {
    bytes.beginExpression();
    expect(truth()).toBe(UNKNOWN);
    bytes.beginExpression();
    push(TRUE);
    bytes.op(codes.TOKEN_OR);
    expect(truth()).toBe(UNKNOWN);
    bytes.beginExpression();
    push(TRUE);
    bytes.op(codes.TOKEN_OR);
    push(TRUE);
    expect(truth()).toBe(UNKNOWN, "what comes later makes nothing good");
    bytes.beginExpression();
    bytes.op(codes.TOKEN_NOT);
    expect(truth()).toBe(UNKNOWN);
    bytes.beginExpression();
    push(TRUE);
    push(TRUE);
    expect(truth()).toBe(UNKNOWN);
  });

  test("beyond 1,024 items on the stack", () => {
    bytes.beginExpression();
    for (let i = 0; i < 1024; i++) push(TRUE);
    for (let i = 0; i < 1023; i++) bytes.op(codes.TOKEN_AND);
    expect(truth()).toBe(TRUE);
    bytes.beginExpression();
    for (let i = 0; i < 1025; i++) push(TRUE);
    for (let i = 0; i < 1024; i++) bytes.op(codes.TOKEN_AND);
    expect(truth()).toBe(UNKNOWN);
  });

  test("when types differ, whatever stands beside it", () => {
    bytes.beginExpression();
    push(TRUE);
    bytes.attribute(USER, "t");
    bytes.text("1");
    bytes.op(codes.TOKEN_NOT_EQUAL);
    bytes.op(codes.TOKEN_OR);
    expect(truth()).toBe(UNKNOWN);
  });
});

/** Events that tell a truth; those that tell which claim was read stand between them. */
function termCount(): u32 {
  let count: u32 = 0;
  for (let i: u32 = 0; i < traceCount(); i++) if (<u32>eventAt(i).kind == EVENT_TERM) count += 1;
  return count;
}

function term(index: u32): TraceEvent {
  let at: u32 = 0;
  for (let left = index; ; at++) {
    if (<u32>eventAt(at).kind != EVENT_TERM) continue;
    if (left == 0) break;
    left -= 1;
  }
  return eventAt(at);
}

function eventAt(index: u32): TraceEvent {
  return changetype<TraceEvent>(traceBuffer() + index * EVENT_SIZE);
}

describe("while tracing", () => {
  test("every operator, and every attribute read as a truth value, tells its truth once", () => {
    bytes.beginExpression();
    push(TRUE);
    push(UNKNOWN);
    bytes.integer(1);
    bytes.op(codes.TOKEN_EQUAL);
    bytes.op(codes.TOKEN_AND);
    const compiled = program();
    beginTrace(true);
    truth();
    const tokens: u32[] = [3, 0, 4];
    const truths: u32[] = [UNKNOWN, TRUE, UNKNOWN];
    expect(compiled).not.toBe(0);
    expect(termCount()).toBe(6, "three terms, evaluated twice");
    for (let i: u32 = 0; i < 3; i++) {
      expect(term(i).extra).toBe(tokens[i]);
      expect(<u32>term(i).truth).toBe(truths[i]);
    }
  });

  test("a failure is told at its token", () => {
    bytes.beginExpression();
    bytes.attribute(USER, "t");
    bytes.text("1");
    bytes.op(codes.TOKEN_EQUAL);
    program();
    beginTrace(true);
    truth();
    expect(term(0).extra).toBe(2);
    expect(<u32>term(0).truth).toBe(UNKNOWN);
  });
});
