/** What a change at a parent makes of the objects below it. */
import { describe, expect, it } from "vitest";
import { ArgumentError, FormatError } from "../../src/errors.js";
import { Ace, Acl, type ObjectTree, propagateInheritance, SecurityDescriptor, Sid } from "../../src/index.js";
import { TYPE } from "./inherit-scene.js";

const mapping = "file";

type Sketch = readonly [sddl: string, ...children: Sketch[]];

/** A tree of containers; an object whose SDDL opens with `-` is a leaf. */
function tree([sddl, ...children]: Sketch): ObjectTree {
  const container = !sddl.startsWith("-");
  return {
    descriptor: SecurityDescriptor.parse(container ? sddl : sddl.slice(1)),
    container,
    children: children.map(tree),
  };
}

function sketch({ descriptor, container, children = [] }: ObjectTree): Sketch {
  return [`${container ? "" : "-"}${descriptor}`, ...children.map(sketch)];
}

const propagated = (root: Sketch, acls?: ("dacl" | "sacl")[]) =>
  sketch(propagateInheritance(tree(root), { mapping, acls }));

describe("propagation", () => {
  it("replaces what is inherited and keeps what is explicit before it, level by level", () => {
    expect(
      propagated([
        "D:(A;OICI;FA;;;BA)(A;CINP;FR;;;BU)",
        ["D:AI(A;;FW;;;SY)(A;OICIID;FA;;;WD)", ["-D:AI(D;;FW;;;BG)(A;ID;FA;;;WD)"]],
        ["-D:AI(A;ID;FA;;;WD)(A;;FR;;;SY)"],
      ]),
    ).toEqual([
      "D:(A;OICI;FA;;;BA)(A;CINP;FR;;;BU)",
      ["D:AI(A;;FW;;;SY)(A;OICIID;FA;;;BA)(A;ID;FR;;;BU)", ["-D:AI(D;;FW;;;BG)(A;ID;FA;;;BA)"]],
      ["-D:AI(A;;FR;;;SY)(A;ID;FA;;;BA)"],
    ]);
  });

  it.each<[string, string, string, string]>([
    ["a child that was never marked", "D:(A;;FR;;;SY)", "D:(A;OICI;FA;;;BA)", "D:AI(A;;FR;;;SY)(A;OICIID;FA;;;BA)"],
    ["an explicit ACE is not mapped or split", "D:(A;OICI;GA;;;CO)", "D:", "D:AI(A;OICI;GA;;;CO)"],
    ["an empty DACL", "D:", "D:(A;OICI;FA;;;BA)", "D:AI(A;OICIID;FA;;;BA)"],
    ["a NULL DACL that inherits", "D:NO_ACCESS_CONTROL", "D:(A;OICI;FA;;;BA)", "D:AI(A;OICIID;FA;;;BA)"],
    ["a NULL DACL that inherits nothing", "D:NO_ACCESS_CONTROL", "D:(A;;FA;;;BA)", "D:AINO_ACCESS_CONTROL"],
    ["no DACL that inherits", "O:SY", "D:(A;OICI;FA;;;BA)", "O:SYD:AI(A;OICIID;FA;;;BA)"],
    ["no DACL that inherits nothing", "O:SY", "D:", "O:SY"],
    ["the last ACE goes: empty, not absent", "D:AI(A;ID;FA;;;BA)", "D:", "D:AI"],
    ["the parent's DACL is NULL", "D:AI(A;;FR;;;SY)(A;ID;FA;;;BA)", "D:NO_ACCESS_CONTROL", "D:AI(A;;FR;;;SY)"],
    [
      "CREATOR OWNER is the child's owner",
      "O:SYG:BUD:",
      "D:(A;OICI;GA;;;CO)",
      "O:SYG:BUD:AI(A;ID;FA;;;SY)(A;OICIIOID;GA;;;CO)",
    ],
    ["CREATOR OWNER without one", "D:", "D:(A;OICI;FA;;;CO)", "D:AI(A;OICIID;FA;;;CO)"],
    ["a SACL", "S:(AU;SA;FR;;;WD)", "S:(AU;OICISA;FA;;;WD)", "S:AI(AU;SA;FR;;;WD)(AU;OICIIDSA;FA;;;WD)"],
    [
      "a protected DACL beside an open SACL",
      "D:P(A;ID;FA;;;SY)S:",
      "D:(A;OICI;FA;;;BA)S:(AU;CISA;FA;;;WD)",
      "D:P(A;ID;FA;;;SY)S:AI(AU;CIIDSA;FA;;;WD)",
    ],
  ])("%s", (_what, child, parent, expected) => {
    expect(propagated([parent, [child]])[1]).toEqual([expected]);
  });

  it("does not mark an ACL that is not there", () => {
    const root = tree(["D:", ["O:SY"], ["D:NO_ACCESS_CONTROL"]]);
    const { children } = propagateInheritance(root, { mapping });
    expect(children?.map(({ descriptor }) => descriptor.control)).toEqual([0x8000, 0x8404]);
  });

  it("stops at a protected ACL, whatever lies below it", () => {
    const below: Sketch = ["D:PAI(A;ID;FA;;;WD)S:P", ["-D:AI(A;ID;FR;;;WD)"]];
    const root = tree(["D:(A;OICI;FA;;;BA)", below]);
    const result = propagateInheritance(root, { mapping });
    expect(result.children?.[0]).toBe(root.children?.[0]);
    // A protected DACL alone: the SACL goes through, the DACLs below stay.
    expect(propagated(["D:(A;OICI;FA;;;BA)S:(AU;OICISA;FA;;;WD)", ["D:P", ["-D:AI(A;ID;FR;;;WD)"]]])[1]).toEqual([
      "D:PS:AI(AU;OICIIDSA;FA;;;WD)",
      ["-D:AI(A;ID;FR;;;WD)S:AI(AU;IDSA;FA;;;WD)"],
    ]);
  });

  it("goes for one ACL where one is asked for", () => {
    const root: Sketch = ["D:(A;OICI;FA;;;BA)S:(AU;OICISA;FA;;;WD)", ["D:S:"]];
    expect(propagated(root, ["dacl"])[1]).toEqual(["D:AI(A;OICIID;FA;;;BA)S:"]);
    expect(propagated(root, ["sacl"])[1]).toEqual(["D:S:AI(AU;OICIIDSA;FA;;;WD)"]);
    const untouched = tree(root);
    expect(propagateInheritance(untouched, { mapping, acls: [] }).children?.[0]).toBe(untouched.children?.[0]);
  });

  it("knows the types of each object, and keeps them", () => {
    const child = { descriptor: SecurityDescriptor.parse("D:"), container: true };
    const children = [{ ...child, objectTypes: [TYPE] }, child];
    const root = { ...child, descriptor: SecurityDescriptor.parse(`D:(OA;CI;FR;;${TYPE};WD)`), children };
    const result = propagateInheritance(root, { mapping });
    expect(result.children?.map((one) => String(one.descriptor))).toEqual([
      `D:AI(OA;CIID;FR;;${TYPE};WD)`,
      `D:AI(OA;CIIOID;FR;;${TYPE};WD)`,
    ]);
    expect(result.children?.map((one) => one.objectTypes)).toEqual([[TYPE], undefined]);
  });

  it("leaves the tree it was given alone, and gives one that cannot be changed", () => {
    const root = tree(["D:(A;OICI;FA;;;BA)", ["D:", ["-D:"]]]);
    const before = sketch(root);
    const result = propagateInheritance(root, { mapping });
    expect(sketch(root)).toEqual(before);
    for (let node: ObjectTree | undefined = result; node !== undefined; node = node.children?.[0]) {
      expect(Object.isFrozen(node) && Object.isFrozen(node.children)).toBe(true);
    }
    expect(result.descriptor).toBe(root.descriptor);
  });

  it("walks a tree deeper than any stack in linear time", () => {
    const descriptor = SecurityDescriptor.parse("D:");
    let node: ObjectTree = { descriptor, container: false };
    for (let i = 0; i < 100_000; i++) node = { descriptor, container: true, children: [node] };
    const root = { ...node, descriptor: SecurityDescriptor.parse("D:(A;OICI;FA;;;BA)") };
    let last = propagateInheritance(root, { mapping });
    for (let next = last.children?.[0]; next !== undefined; next = last.children?.[0]) last = next;
    expect(String(last.descriptor)).toBe("D:AI(A;ID;FA;;;BA)");
  });

  it("ends in a tree that runs into itself", () => {
    const children: ObjectTree[] = [];
    const root = { descriptor: SecurityDescriptor.parse("D:"), container: true, children };
    for (let i = 0; i < 1000; i++) children.push(root);
    expect(() => propagateInheritance(root, { mapping })).toThrow(expect.objectContaining({ code: "ERR_LIMIT" }));
  });

  it("refuses an ACL that would outgrow its size field", () => {
    const acl = (ace: Ace) => SecurityDescriptor.of({ dacl: Acl.of(new Array(1800).fill(ace)) });
    const everyone = Sid.parse("S-1-1-0");
    const child = { descriptor: acl(Ace.allow(1, everyone)), container: false };
    const root = { descriptor: acl(Ace.allow(1, everyone, 1)), container: true, children: [child] };
    expect(() => propagateInheritance(root, { mapping })).toThrow(FormatError);
  });

  const good = { descriptor: SecurityDescriptor.parse("D:"), container: true };
  it.each<[string, unknown, string, (string | number)[]]>([
    ["no tree", null, "ERR_ARGUMENT", []],
    ["a root without a descriptor", { container: true }, "ERR_ARGUMENT", ["descriptor"]],
    ["a leaf with children", { ...good, container: false, children: [good] }, "ERR_ARGUMENT", ["children"]],
    ["children that are no list", { ...good, children: good }, "ERR_ARGUMENT", ["children"]],
    [
      "a child that is a proxy of one",
      { ...good, children: [{ ...good, descriptor: new Proxy(good.descriptor, {}) }] },
      "ERR_ARGUMENT",
      ["children", 0, "descriptor"],
    ],
    [
      "a child that throws when it is read",
      { ...good, children: [new Proxy(good, { ownKeys: () => null as never })] },
      "ERR_ARGUMENT",
      ["children", 0],
    ],
    ["a mistyped member", { ...good, childs: [] }, "ERR_UNKNOWN_MEMBER", ["childs"]],
    [
      "a wrong grandchild",
      { ...good, children: [good, { ...good, children: [good, good, { ...good, container: 1 }] }] },
      "ERR_ARGUMENT",
      ["children", 1, "children", 2, "container"],
    ],
  ])("refuses %s", (_what, root, code, path) => {
    let fault: unknown;
    try {
      propagateInheritance(root as ObjectTree, { mapping });
    } catch (error) {
      fault = error;
    }
    expect(fault).toBeInstanceOf(ArgumentError);
    expect(fault).toMatchObject({ code, path });
    if (path.length > 3) {
      expect((fault as Error).message).toBe("children[1].children[2].container: expected true or false");
    }
  });

  it.each([[undefined], [{}], [{ mapping: "no such" }], [{ mapping, acls: ["DACL"] }], [{ mapping, acl: ["dacl"] }]])(
    "refuses the options %j",
    (options) => {
      expect(() => propagateInheritance(good, options as never)).toThrow(ArgumentError);
    },
  );
});
