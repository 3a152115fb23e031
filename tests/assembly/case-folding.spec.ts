/** Upper case of UTF-16 units. access-check.md 11.6 */
import { upperCase } from "../../assembly/load/case-folding";

describe("upperCase", () => {
  test("folds ASCII letters and nothing else of ASCII", () => {
    for (let unit: u32 = 0; unit < 0x80; unit++) {
      const isLower = unit >= 0x61 && unit <= 0x7a;
      expect(upperCase(unit)).toBe(isLower ? unit - 32 : unit);
    }
  });

  test("folds the letters that Windows was seen to fold", () => {
    expect(upperCase(0x2c66)).toBe(0x023e, "ⱦ and Ⱦ");
    expect(upperCase(0x051b)).toBe(0x051a, "ԛ and Ԛ");
    expect(upperCase(0x00ff)).toBe(0x0178, "ÿ and Ÿ");
    expect(upperCase(0x1f51)).toBe(0x1f59, "a run of every other unit");
    expect(upperCase(0x0101)).toBe(0x0100, "the first of a run");
    expect(upperCase(0x012f)).toBe(0x012e, "the last of a run");
    expect(upperCase(0xff5a)).toBe(0xff3a, "the last unit of the table");
  });

  test("leaves what is younger than Unicode 5.1, or does not lead back", () => {
    const same: u32[] = [0x2cec, 0x029e, 0x00df, 0x0131, 0x017f, 0x03c2, 0x00b5, 0x01c5, 0x1f52, 0x0102, 0x0130, 0xffff];
    for (let i = 0; i < same.length; i++) expect(upperCase(same[i])).toBe(same[i]);
  });

  test("leaves surrogates, and everything it has folded", () => {
    for (let unit: u32 = 0; unit < 0x10000; unit++) {
      const folded = upperCase(unit);
      assert(upperCase(folded) == folded);
      assert(unit < 0xd800 || unit > 0xdfff || folded == unit);
    }
    expect(upperCase(0xd801)).toBe(0xd801);
  });

  test("folds 973 units", () => {
    let count = 0;
    for (let unit: u32 = 0; unit < 0x10000; unit++) if (upperCase(unit) != unit) count += 1;
    expect(count).toBe(973);
  });
});
