/** Explanations in words: Windows's own reasons, sentences, the table, JSON. access-check.md 14 */

import { describe, expect, it } from "vitest";
import type { AccessCheckRequest } from "../../src/access-request.js";
import type { Explanation } from "../../src/index.js";
import { bit, explain, policyOf } from "./explaining.js";
import { ASS, DEL, EVERYONE, MAX, RC, READ, RESTRICTED_CODE, restricted, sd, USER, WDAC, WRITE } from "./questions.js";

describe("Windows's own words", () => {
  const code = (explanation: Explanation, wanted: number) => bit(explanation, wanted).accessReason;

  it.each<[string, string, number, Partial<AccessCheckRequest>, number, string | null]>([
    ["granted by ACE", "D:(A;ID;FR;;;WD)", READ, {}, 1801, "D:(A;ID;FR;;;WD)"],
    ["denied by ACE", "D:(D;;FR;;;WD)", READ, {}, 1802, "D:(D;;FR;;;WD)"],
    ["denied by integrity policy", "D:(A;;FA;;;WD)S:(ML;;NW;;;HI)", WRITE, {}, 1803, "S:(ML;;NW;;;HI)"],
    ["not granted", "D:(A;;FR;;;WD)", WRITE, {}, 1805, null],
    ["granted by NULL DACL", "", READ, {}, 1806, null],
    ["denied by empty DACL", "D:", READ, {}, 1807, null],
    ["missing privilege", "D:(A;;FA;;;WD)", ASS, {}, 1810, null],
    [
      "not granted by central access rule",
      "D:(A;;FA;;;WD)S:(SP;;;;;S-1-17-1)",
      WRITE,
      { policies: policyOf("D:(A;;FR;;;WD)") },
      1814,
      null,
    ],
  ])("%s", (_what, acls, desired, changes, expected, ace) => {
    expect(code(explain(acls, desired, changes), desired)).toMatchObject({ code: expected, ace });
  });

  it("granted by ownership", () => {
    expect(code(explain(sd("D:", `O:${USER}G:SY`), WDAC), WDAC)).toEqual({
      code: 1804,
      text: "granted by ownership",
      ace: null,
    });
  });

  it("rights not yet decided when a deny ended the walk are unknown or unchecked", () => {
    const explanation = explain("D:(A;;0x1;;;WD)(D;;0x2;;;WD)(A;;DC;;;WD)", READ | WRITE | 4 | DEL);
    expect(code(explanation, READ).code).toBe(1801);
    expect(code(explanation, WRITE).code).toBe(1802);
    expect(code(explanation, 4).code).toBe(1809);
    expect(code(explanation, DEL).code).toBe(1809);
  });

  it("under MAXIMUM_ALLOWED a deny ends nothing", () => {
    const explanation = explain("D:(D;;0x2;;;WD)(A;;FR;;;WD)", MAX);
    expect(code(explanation, READ).code).toBe(1801);
    expect(code(explanation, 4).code).toBe(1805);
  });
});

describe("for people", () => {
  it("sentences name the right, the ACE and who it is for", () => {
    expect(bit(explain("D:(A;;FR;;;WD)", READ), READ).sentence).toBe(
      "FILE_READ_DATA is granted: allowed to the enabled SIDs by ACE 0 (A;;FR;;;WD) for Everyone.",
    );
    expect(bit(explain("D:(A;;FR;;;WD)", WRITE), WRITE).sentence).toBe(
      "FILE_WRITE_DATA is refused: not granted: no ACE allows it to the enabled SIDs.",
    );
    expect(bit(explain(`D:(A;;FA;;;${USER})`, READ, { token: restricted(EVERYONE) }), READ).sentence).toContain(
      "restricting SIDs",
    );
  });

  it("every sentence says granted or refused as the bit is, and ends like one", () => {
    for (const desired of [MAX, READ | WRITE | WDAC]) {
      for (const { granted, sentence, right } of explain("D:(D;;0x2;;;WD)(A;;FR;;;WD)S:(ML;;NW;;;HI)", desired).bits) {
        expect(sentence).toMatch(granted ? / is granted: / : / is refused: /);
        expect(sentence.startsWith(right) && sentence.endsWith(".")).toBe(true);
      }
    }
  });

  it("the table has a row for each bit, a column for each pass, and the refusals below", () => {
    const text = String(
      explain(`D:(A;;0x3;;;${USER})(A;;0x1;;;RC)`, READ | WRITE, { token: restricted(RESTRICTED_CODE) }),
    );
    expect(text.split("\n").map((line) => line.replace(/ +/g, " "))).toEqual([
      "denied: STATUS_ACCESS_DENIED (restricting list)",
      " right normal restricting",
      " FILE_READ_DATA yes + ACE 0 + ACE 1",
      " FILE_WRITE_DATA no + ACE 0 - nothing",
      ` ACE 0: (A;;CCDC;;;${USER}) for ${USER}`,
      " ACE 1: (A;;CC;;;RC) for NT AUTHORITY\\RESTRICTED",
      " FILE_WRITE_DATA is refused: not granted: no ACE allows it to the restricting SIDs.",
    ]);
    expect(String(explain("D:(A;;FA;;;WD)", "FR"))).toMatch(/^granted 0x120089\n/);
  });

  it("rights have the names of the object", () => {
    expect(bit(explain("D:(A;;FA;;;WD)", 1, { mapping: "key" }), 1).right).toBe("KEY_QUERY_VALUE");
    expect(bit(explain("D:(A;;FA;;;WD)", RC), RC).right).toBe("READ_CONTROL");
    expect(explain("D:", READ).rights(READ | RC)).toEqual(expect.arrayContaining(["FILE_READ_DATA", "READ_CONTROL"]));
  });
});

describe("as JSON", () => {
  it("is plain data that survives a round trip", () => {
    const explanation = explain("D:(XA;;FA;;;WD;(@User.x == 2))(D;;0x2;;;WD)", READ | WRITE, {
      token: restricted(RESTRICTED_CODE),
    });
    const plain = JSON.parse(JSON.stringify(explanation));
    expect(Object.keys(plain).toSorted()).toEqual([
      "aces",
      "bits",
      "cause",
      "complete",
      "conditions",
      "maximumAllowed",
      "passes",
      "rules",
      "unused",
      "want",
    ]);
    expect(JSON.parse(JSON.stringify(plain))).toEqual(plain);
    expect(plain.bits).toHaveLength(2);
    expect(plain.complete).toBe(true);
  });
});
