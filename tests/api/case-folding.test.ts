/** Case folding of claims: Unicode 5.1, one UTF-16 unit at a time. access-check.md 11.6 */

import { describe, expect, it } from "vitest";
import { foldText, foldUnit } from "../../src/case-folding.js";

describe("case folding", () => {
  it("makes one text of two that differ in case", () => {
    for (const [lower, upper] of [
      ["title", "TITLE"],
      ["ⱦ", "Ⱦ"],
      ["ԛ", "Ԛ"],
      ["ćàț", "ĆÀȚ"],
      ["ｆｏｏ", "ＦＯＯ"],
      ["ÿ", "Ÿ"],
    ]) {
      expect(foldText(lower)).toBe(foldText(upper));
    }
  });

  it("keeps apart what Unicode 5.1 keeps apart, or does not lead back", () => {
    for (const [a, b] of [
      ["ⳬ", "Ⳬ"],
      ["ʞ", "Ʞ"],
      ["ß", "ẞ"],
      ["ß", "SS"],
      ["ı", "I"],
      ["ſ", "S"],
      ["ς", "Σ"],
      ["𐐨", "𐐀"],
    ]) {
      expect(foldText(a)).not.toBe(foldText(b));
    }
  });

  it("folds twice as once, every unit", () => {
    for (let unit = 0; unit < 0x10000; unit++) expect(foldUnit(foldUnit(unit))).toBe(foldUnit(unit));
  });

  it("agrees with the runtime on ASCII and leaves digits and surrogates alone", () => {
    for (let unit = 0; unit < 0x80; unit++) {
      expect(foldUnit(unit)).toBe(String.fromCharCode(unit).toUpperCase().charCodeAt(0));
    }
    expect(foldText("\ud800x\udc00")).toBe("\ud800X\udc00");
  });

  it("folds long text", () => {
    expect(foldText("é".repeat(10_000))).toBe("É".repeat(10_000));
  });
});
