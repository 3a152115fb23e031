/** Generic rights → the rights of an object type. access-check.md 1.4 */
import { mapGeneric } from "../../assembly/check/generic-mapping";
import {
  GENERIC_ALL,
  GENERIC_EXECUTE,
  GENERIC_READ,
  GENERIC_WRITE,
  MAXIMUM_ALLOWED,
} from "../../assembly/shared/access-mask";
import { asking, freshAccess, setMapping } from "./access-scene";

function map(mask: u32): u32 {
  return mapGeneric(mask, asking());
}

beforeEach(() => {
  freshAccess();
  setMapping(0x1, 0x2, 0x4, 0x8);
});

test("each generic bit becomes its mask, alone", () => {
  expect(map(GENERIC_READ)).toBe(0x1);
  expect(map(GENERIC_WRITE)).toBe(0x2);
  expect(map(GENERIC_EXECUTE)).toBe(0x4);
  expect(map(GENERIC_ALL)).toBe(0x8);
});

test("several become all of theirs", () => {
  for (let set: u32 = 0; set < 16; set++) {
    const mask =
      ((set & 1) != 0 ? GENERIC_READ : 0) |
      ((set & 2) != 0 ? GENERIC_WRITE : 0) |
      ((set & 4) != 0 ? GENERIC_EXECUTE : 0) |
      ((set & 8) != 0 ? GENERIC_ALL : 0);
    expect(map(mask)).toBe(set);
  }
});

test("every other bit stays", () => {
  expect(map(0x0fffff00)).toBe(0x0fffff00);
  expect(map(GENERIC_WRITE | MAXIMUM_ALLOWED | 0x10)).toBe(MAXIMUM_ALLOWED | 0x12);
});

test("a generic bit is cleared even when it maps to nothing", () => {
  setMapping(0, 0, 0, 0);
  expect(map(0xf0000000)).toBe(0);
});
