/** Conditional expressions as bytes: what is one, and what it takes. formats.md 6.1, 8 */
import { conditionStorage, loadCondition } from "../../assembly/load/condition";
import { arenaUsed } from "../../assembly/memory/arena";
import { Program } from "../../assembly/memory/expressions";
import { failed } from "../../assembly/memory/reader";
import * as codes from "../../assembly/shared/condition";
import * as bytes from "./expression-bytes";
import { freshScene, program } from "./expression-scene";

const USER: u32 = codes.TOKEN_USER_ATTRIBUTE;

beforeEach(() => {
  freshScene();
});

describe("the encoding", () => {
  test("allows up to three zero bytes at the end, and none elsewhere", () => {
    bytes.beginExpression();
    bytes.attribute(USER, "t");
    for (let zeros = 0; zeros <= 4; zeros++) {
      expect(loadCondition(bytes.start(), bytes.length()) != 0).toBe(zeros <= 3);
      bytes.u8At(0);
    }
    bytes.beginExpression();
    bytes.attribute(USER, "t");
    bytes.u8At(0);
    bytes.op(codes.TOKEN_NOT);
    expect(loadCondition(bytes.start(), bytes.length())).toBe(0, "in the middle");
  });

  test("is malformed with another signature or an unknown token", () => {
    bytes.begin();
    bytes.u32At(codes.CONDITION_SIGNATURE + 1);
    bytes.attribute(USER, "t");
    expect(program()).toBe(0);
    const unknown: u32[] = [0x05, 0x0f, 0x11, 0x4f, 0x52, 0x7f, 0x94, 0x9f, 0xa3, 0xf7, 0xfc, 0xff];
    for (let i = 0; i < unknown.length; i++) {
      bytes.beginExpression();
      bytes.u8At(unknown[i]);
      bytes.u32At(0);
      bytes.op(codes.TOKEN_NOT);
      expect(program()).toBe(0);
    }
    expect(failed()).toBe(false, "no fault of what holds it");
  });

  test("knows no operators beside those that are listed", () => {
    for (let code: u32 = codes.TOKEN_SID + 1; code < codes.TOKEN_LOCAL_ATTRIBUTE; code++) {
      bytes.beginExpression();
      bytes.attribute(USER, "t");
      bytes.op(code);
      const known = (code >= codes.TOKEN_EQUAL && code <= codes.TOKEN_NOT_DEVICE_MEMBER_OF_ANY) || (code >= codes.TOKEN_AND && code <= codes.TOKEN_NOT);
      expect(program() != 0).toBe(known, code.toString());
    }
  });

  test("is malformed with an integer too wide for its code, or without sign and base", () => {
    bytes.beginExpression();
    bytes.sizedInteger(codes.TOKEN_INT8, -128);
    bytes.sizedInteger(codes.TOKEN_INT16, 0x7fff);
    bytes.sizedInteger(codes.TOKEN_INT32, i32.MIN_VALUE);
    bytes.sizedInteger(codes.TOKEN_INT64, i64.MIN_VALUE);
    expect(program()).not.toBe(0);
    bytes.beginExpression();
    bytes.sizedInteger(codes.TOKEN_INT8, 128);
    expect(program()).toBe(0);
    bytes.beginExpression();
    bytes.sizedInteger(codes.TOKEN_INT32, 0x80000000);
    expect(program()).toBe(0);
    bytes.beginExpression();
    bytes.u8At(codes.TOKEN_INT64);
    bytes.u64At(1);
    bytes.u8At(4);
    bytes.u8At(codes.BASE_DECIMAL);
    expect(program()).toBe(0);
  });

  test("takes the three signs and the three bases, and none beside them", () => {
    for (let sign: u32 = 0; sign <= 4; sign++) {
      for (let base: u32 = 0; base <= 5; base++) {
        bytes.beginExpression();
        bytes.u8At(codes.TOKEN_INT64);
        bytes.u64At(1);
        bytes.u8At(sign);
        bytes.u8At(base);
        const known = sign >= codes.SIGN_PLUS && sign <= codes.SIGN_NONE && base >= codes.BASE_OCTAL && base <= codes.BASE_HEXADECIMAL;
        expect(program() != 0).toBe(known, sign.toString() + " " + base.toString());
      }
    }
  });

  test("is malformed with odd, NUL or endless text, an empty name, or a SID of another length", () => {
    bytes.beginExpression();
    bytes.u8At(codes.TOKEN_UNICODE);
    bytes.u32At(3);
    bytes.u32At(0x00610061);
    expect(program()).toBe(0, "odd");
    bytes.beginExpression();
    bytes.text("a\0b");
    expect(program()).toBe(0, "NUL");
    bytes.beginExpression();
    bytes.u8At(codes.TOKEN_OCTETS);
    bytes.u32At(0xffffffff);
    expect(program()).toBe(0, "endless");
    bytes.beginExpression();
    bytes.attribute(USER, "");
    expect(program()).toBe(0, "no name");
    bytes.beginExpression();
    bytes.u8At(codes.TOKEN_SID);
    bytes.u32At(16);
    bytes.sidAt(5, 1);
    bytes.u32At(0);
    expect(program()).toBe(0, "SID");
  });

  test("is malformed with anything but literals in a composite", () => {
    const inside: u32[] = [codes.TOKEN_COMPOSITE, codes.TOKEN_USER_ATTRIBUTE, codes.TOKEN_NOT, codes.TOKEN_PADDING];
    for (let i = 0; i < inside.length; i++) {
      bytes.beginExpression();
      bytes.beginComposite();
      bytes.u8At(inside[i]);
      bytes.u32At(0);
      bytes.endComposite();
      bytes.op(codes.TOKEN_MEMBER_OF);
      expect(program()).toBe(0);
    }
    bytes.beginExpression();
    bytes.beginComposite();
    bytes.integer(1);
    bytes.endComposite();
    bytes.beginComposite();
    bytes.endComposite();
    expect(program()).not.toBe(0, "members end where the composite ends");
  });

  test("names the token at which it fails, be it the one that the stack has no room for", () => {
    bytes.beginExpression();
    bytes.attribute(USER, "t");
    bytes.op(codes.TOKEN_NOT);
    bytes.op(codes.TOKEN_AND);
    expect(changetype<Program>(program()).faultAt).toBe(2);
    bytes.beginExpression();
    for (let i: u32 = 0; i < codes.CONDITION_MAX_STACK + 2; i++) bytes.integer(1);
    expect(changetype<Program>(program()).faultAt).toBe(codes.CONDITION_MAX_STACK);
  });

  test("holds at most 4,096 tokens and 4,096 members", () => {
    for (let count = 4096; count <= 4097; count++) {
      bytes.beginExpression();
      for (let i = 0; i < count; i++) bytes.op(codes.TOKEN_NOT);
      expect(program() != 0).toBe(count == 4096);
      bytes.beginExpression();
      bytes.beginComposite();
      for (let i = 0; i < count; i++) bytes.octets("");
      bytes.endComposite();
      expect(program() != 0).toBe(count == 4096);
    }
  });
});

describe("conditionStorage", () => {
  test("covers the dearest tokens", () => {
    let before = arenaUsed();
    bytes.beginExpression();
    bytes.text("q");
    expect(program()).not.toBe(0);
    expect(arenaUsed() - before).toBeLessThanOrEqual(conditionStorage(bytes.length()));
    before = arenaUsed();
    bytes.beginExpression();
    for (let i = 0; i < 4096; i++) bytes.text(String.fromCharCode(0x100 + i));
    expect(program()).not.toBe(0);
    expect(arenaUsed() - before).toBeLessThanOrEqual(conditionStorage(bytes.length()));
  });
});
