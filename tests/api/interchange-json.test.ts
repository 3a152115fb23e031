/** The line: strict JSON, no key twice, a position for every fault, and no depth that hurts. interchange.md */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JsonError } from "../../src/errors.js";
import { LINE_MAX, parseLine, parseRequest, positionOf } from "../../src/interchange/json.js";

function fault(line: string): { code: string; position: number } | undefined {
  try {
    parseRequest(line);
    return undefined;
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return { code: error.code, position: error.position };
  }
}

describe("text that is no JSON", () => {
  it.each([
    ["", 0],
    ["   ", 3],
    ["\ufeff{}", 0],
    ["{", 1],
    ["}", 0],
    ["{]", 1],
    ["[}", 1],
    ["[1,]", 3],
    ["[1 2]", 3],
    ["{,}", 1],
    ['{"a":1,}', 7],
    ['{"a" 1}', 5],
    ["{a:1}", 1],
    ['{"a":1} x', 8],
    ['{"a":01}', 6],
    ['{"a":+1}', 5],
    ['{"a":1.}', 5],
    ['{"a":1e}', 5],
    ['{"a":.5}', 5],
    ['{"a":-}', 5],
    ['{"a":NaN}', 5],
    ['{"a":True}', 5],
    ['{"a":"x}', 5],
    ['{"a":"\\x"}', 5],
    ['{"a":"\\u12"}', 5],
    ['{"a":"\t"}', 5],
    ["{'a':1}", 1],
    ["// x\n{}", 0],
    ["{/* x */}", 1],
    ["[1]]", 3],
    ["1 2", 2],
  ])("%j at %i", (line, position) => {
    expect(fault(line)).toEqual({ code: "ERR_JSON", position });
  });

  it("is told from JSON exactly as JSON.parse does", () => {
    const pieces = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"',
      '"a"',
      '"b":',
      "1",
      "-",
      "0",
      ".5",
      "e3",
      "true",
      "nul",
      "l",
      " ",
      "\n",
      "\\u00",
      "/*",
      "*/",
      "//",
      "\u00a0",
      "\u2028",
      "\t",
    );
    const structured = fc.array(pieces, { maxLength: 12 }).map((list) => list.join(""));
    const broken = fc
      .tuple(
        fc.jsonValue().map((value) => JSON.stringify(value)),
        fc.nat(),
        fc.string({ maxLength: 2 }),
      )
      .map(
        ([text, at, extra]) => text.slice(0, at % (text.length + 1)) + extra + text.slice((at % (text.length + 1)) + 1),
      );
    fc.assert(
      fc.property(fc.oneof(structured, broken, fc.string()), (line) => {
        let valid = true;
        try {
          JSON.parse(line);
        } catch {
          valid = false;
        }
        const found = fault(line);
        expect(found?.code === "ERR_JSON").toBe(!valid);
        if (found !== undefined) expect(found.position).toBeLessThanOrEqual(line.length);
      }),
      { numRuns: 3000 },
    );
  });
});

describe("keys", () => {
  it.each([
    ['{"a":1,"a":1}', 7],
    ['{"a":1,"\\u0061":1}', 7],
    ['{"a":{"b":1,"c":2,"b":1}}', 18],
    ['[{"":1,"":2}]', 7],
    ['{"__proto__":1,"__proto__":2}', 15],
    ['{"a\\\\":"\\\\\\"","a\\u005c":1}', 14],
  ])("twice: %s at %i", (line, position) => {
    expect(fault(line)).toEqual({ code: "ERR_DUPLICATE_KEY", position });
  });

  it("may stand again in another object, and `__proto__` is data", () => {
    expect(fault('{"a":{"a":{"a":[{"a":1},{"a":2}]}},"A":1}')).toBeUndefined();
    expect(Object.keys(parseRequest('{"__proto__":{"x":1}}') as object)).toEqual(["__proto__"]);
  });

  it("twice is a lesser fault than no JSON", () => {
    expect(fault('{"a":1,"a":1')).toMatchObject({ code: "ERR_JSON" });
  });
});

describe("hostile lines", () => {
  it("may be nested as deep as they are long", () => {
    const depth = 300_000;
    expect(fault("[".repeat(depth) + "]".repeat(depth))).toBeUndefined();
    expect(fault("[".repeat(depth))).toEqual({ code: "ERR_JSON", position: depth });
    expect(fault(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`)).toBeUndefined();
  });

  it("have a limit, which comes first", () => {
    expect(fault(" ".repeat(LINE_MAX + 1))).toEqual({ code: "ERR_LIMIT", position: LINE_MAX });
    expect(fault(`"${"x".repeat(LINE_MAX - 2)}"`)).toBeUndefined();
  });

  it("cost linear time", () => {
    const keys = Array.from({ length: 200_000 }, (_, i) => `"k${i}":${i}`).join(",");
    const start = performance.now();
    expect(fault(`{${keys}}`)).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it("are read about as fast as JSON.parse does, however long their strings are", () => {
    const line = `{"id":1,"sddl":"${"-1".repeat(1 << 21)}","hex":"${"\\\\".repeat(1 << 20)}"}`;
    const best = (read: () => unknown): number => {
      const times = Array.from({ length: 7 }, () => {
        const started = performance.now();
        read();
        return performance.now() - started;
      });
      return Math.min(...times);
    };
    expect(parseLine(line)).toMatchObject({ id: "1", fault: undefined });
    expect(best(() => parseLine(line))).toBeLessThan(2 * best(() => JSON.parse(line)) + 2);
  });
});

describe("the id", () => {
  it.each([
    ['{"id":1.0}', "1.0"],
    ['{"id": 12345678901234567890 ,"op":1}', "12345678901234567890"],
    ['{"op":"x","id":{"a":[1,{"id":2}]}}', '{"a":[1,{"id":2}]}'],
    ['{"id":[1,\r\n2]}', "[1,  2]"],
    ['{"a":{"id":1}}', undefined],
    ['[{"id":1}]', undefined],
    ['{"id":1,"id":2}', undefined],
    ['{"id":1,"a":2,"a":3}', "1"],
  ])("%j gives %j", (line, id) => {
    expect(parseLine(line).id).toBe(id);
  });
});

describe("positionOf", () => {
  const line = ' {"token": {"groups": ["x", {"sid": 5, "attributes": {}}], "user": 1}, "user": 2}';
  it.each<[(string | number)[], string]>([
    [[], '{"token"'],
    [["token"], '{"groups"'],
    [["token", "groups", 1, "sid"], "5,"],
    [["token", "groups", 1, "attributes"], "{}}"],
    [["token", "user"], "1},"],
    [["user"], "2}"],
    [["token", "groups", 7, "sid"], '["x"'],
    [["token", "missing"], '{"groups"'],
    [["token", "user", "deep"], "1},"],
  ])("%j", (path, start) => {
    expect(line.slice(positionOf(line, path)).startsWith(start)).toBe(true);
  });

  it("does not take a namesake in another object for the member that is missing", () => {
    const other = '{"a":{},"c":{"b":1}}';
    expect(positionOf(other, ["a", "b"])).toBe(other.indexOf("{}"));
  });

  it("finds the name of a member", () => {
    expect(line.slice(positionOf(line, ["token", "user"], true)).startsWith('"user": 1')).toBe(true);
  });
});
