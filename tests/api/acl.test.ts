/** `Acl` as a value: order, edits, revision. formats.md 4 */
import { describe, expect, it } from "vitest";
import { Ace } from "../../src/ace.js";
import { Acl } from "../../src/acl.js";
import { ArgumentError } from "../../src/errors.js";
import { Sid } from "../../src/sid.js";

const sid = Sid.parse("S-1-1-0");
const [a, b, c] = [1, 2, 4].map((mask) => Ace.allow(mask, sid));
const typed = Ace.create({ type: 5, sid });
const masks = (acl: Acl) => acl.aces.map((ace) => ace.mask);

describe("Acl", () => {
  it("copies the caller's array and cannot be changed", () => {
    const aces = [a, b];
    const acl = Acl.of(aces);
    aces.pop();
    expect(masks(acl)).toEqual([1, 2]);
    expect(() => (acl.aces as Ace[]).pop()).toThrow(TypeError);
    expect(acl).toMatchObject({ sbz1: 0, sbz2: 0, slack: new Uint8Array(0) });
  });

  it("edits give new values in the order asked for", () => {
    const acl = Acl.of([a, b]);
    expect(masks(acl.with(c))).toEqual([1, 2, 4]);
    expect(masks(acl.with(c, 0))).toEqual([4, 1, 2]);
    expect(masks(acl.without(0))).toEqual([2]);
    expect(masks(acl.replace(1, c))).toEqual([1, 4]);
    expect(masks(acl.with(c).move(0, 2))).toEqual([2, 4, 1]);
    expect(masks(acl.with(c).move(2, 0))).toEqual([4, 1, 2]);
    expect(masks(acl)).toEqual([1, 2]);
  });

  it.each<[string, (acl: Acl) => unknown]>([
    ["insert beyond the end", (acl) => acl.with(c, 3)],
    ["insert before the start", (acl) => acl.with(c, -1)],
    ["remove nothing", (acl) => acl.without(2)],
    ["remove at no index", (acl) => acl.without(Number.NaN)],
    ["replace beyond the end", (acl) => acl.replace(2, c)],
    ["replace between two", (acl) => acl.replace(0.5, c)],
    ["move from nowhere", (acl) => acl.move(2, 0)],
    ["move to nowhere", (acl) => acl.move(0, 2)],
    ["insert what is no ACE", (acl) => acl.with({ ...c } as unknown as Ace)],
    ["insert null", (acl) => acl.with(null as unknown as Ace)],
    ["a hole", () => Acl.of(new Array(1))],
    ["a revision below 2", () => Acl.of([a], 1)],
    ["a revision above 4", () => Acl.of([a], 5)],
    ["object ACEs in revision 2", () => Acl.of([typed], 2)],
  ])("refuses to %s", (_, act) => {
    expect(() => act(Acl.of([a, b]))).toThrow(ArgumentError);
  });

  it("has revision 4 for object ACEs, else 2, and never falls", () => {
    expect(Acl.of([a]).revision).toBe(2);
    expect(Acl.of([a], 3).revision).toBe(3);
    expect(Acl.of([typed]).revision).toBe(4);
    expect(Acl.of([a]).with(typed).revision).toBe(4);
    expect(Acl.of([typed]).without(0).revision).toBe(4);
    expect(Acl.of([Ace.create({ type: 9, sid })]).revision).toBe(2);
    expect(Acl.of([Ace.create({ type: 0x0b, sid })]).revision).toBe(4);
  });

  it("an edit drops what lay behind the last ACE", () => {
    const read = Acl.trusted({ revision: 4, aces: [a], sbz1: 1, sbz2: 2, slack: new Uint8Array(4) });
    expect(read).toMatchObject({ sbz1: 1, sbz2: 2, slack: new Uint8Array(4) });
    expect(read.with(b)).toMatchObject({ revision: 4, sbz1: 0, sbz2: 0, slack: new Uint8Array(0) });
  });
});
