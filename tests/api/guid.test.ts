/** GUID text. formats.md 5, 7 */
import { expect, it } from "vitest";
import { canonicalGuid } from "../../src/guid.js";

const guid = "bf967aba-0de6-11d0-a285-00aa003049e2";

it("is kept in lower case", () => {
  expect(canonicalGuid(guid)).toBe(guid);
  expect(canonicalGuid(guid.toUpperCase())).toBe(guid);
});

it.each([
  [""],
  [`{${guid}}`],
  [guid.slice(1)],
  [`${guid}0`],
  [guid.replaceAll("-", "")],
  [guid.replace("b", "g")],
  [guid.replace("-", "0")],
  [`${guid.slice(0, -1)}\n`],
  [guid.replace("f", "\uff46")],
  [undefined],
  [null],
  [7],
  [[guid]],
])("%j is no GUID", (text) => {
  expect(canonicalGuid(text)).toBeUndefined();
});
