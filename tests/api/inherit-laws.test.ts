/** Laws of inheritance over generated ACLs. formats.md 9 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Acl, type ObjectTree, propagateInheritance, SecurityDescriptor, Sid } from "../../src/index.js";
import { anyAcl, GROUP, made, OTHER_TYPE, TYPE, USER } from "./inherit-scene.js";

const owner = Sid.parse(USER);
const group = Sid.parse(GROUP);
const mapping = "file";
const withAcl = (dacl: Acl) => SecurityDescriptor.of({ owner, group, dacl });
const empty = withAcl(Acl.of([]));
const types = fc.subarray([TYPE, OTHER_TYPE]);
const AUTO = 1;

const law = <T>(title: string, cases: fc.Arbitrary<T>, holds: (value: T) => void) =>
  it(title, () => fc.assert(fc.property(cases, holds)));

describe("laws of inheritance", () => {
  const birth = fc.record({
    parent: anyAcl.map(withAcl),
    creator: fc.option(anyAcl.map(withAcl)),
    container: fc.boolean(),
    objectTypes: types,
    flags: fc.constantFrom(0, AUTO, 4, AUTO | 4),
  });

  law("the result prints, reads back, and has the bytes it was read from", birth, (asked) => {
    const child = made(asked);
    const text = child.toString();
    expect(SecurityDescriptor.parse(text).toString()).toBe(text);
    expect(SecurityDescriptor.fromBytes(child.toBytes()).toString()).toBe(text);
  });

  law("ID comes with the auto-inherit flag, and explicit ACEs stand before inherited ones", birth, (asked) => {
    const inherited = (made(asked).dacl?.aces ?? []).map((ace) => ace.isInherited);
    if ((asked.flags & AUTO) === 0) expect(inherited).not.toContain(true);
    expect(inherited).toEqual([...inherited].sort((a, b) => Number(a) - Number(b)));
  });

  law(
    "a leaf inherits no ACE that goes on, and no effective ACE keeps a generic right or a creator",
    birth,
    (asked) => {
      for (const ace of made({ ...asked, creator: "D:", flags: AUTO }).dacl?.aces ?? []) {
        if (!asked.container) expect(ace.flags).toBe(0x10);
        if (ace.isInheritOnly) continue;
        expect(ace.mask & 0xf0000000).toBe(0);
        expect(["S-1-3-0", "S-1-3-1"]).not.toContain(String(ace.sid));
      }
    },
  );

  law("a protected creator gets the same, whatever the parent", birth, (asked) => {
    const creator = (asked.creator ?? empty).with({ control: 0x9004 });
    const orphan = made({ ...asked, creator, parent: null });
    expect(made({ ...asked, creator }).toBytes()).toEqual(orphan.toBytes());
  });

  const line = fc.record({ top: anyAcl, types: fc.tuple(types, types) });

  law("two births in a row are one propagation over two levels", line, ({ top, types: [first, second] }) => {
    const parent = withAcl(top);
    const child = made({ parent, creator: empty, container: true, objectTypes: first, flags: AUTO });
    const grandchild = made({ parent: child, creator: empty, objectTypes: second, flags: AUTO });
    const root: ObjectTree = {
      descriptor: parent,
      container: true,
      children: [
        {
          descriptor: empty,
          container: true,
          objectTypes: first,
          children: [{ descriptor: empty, container: false, objectTypes: second }],
        },
      ],
    };
    const below = propagateInheritance(root, { mapping }).children?.[0];
    expect(String(below?.descriptor)).toBe(String(child));
    expect(String(below?.children?.[0].descriptor)).toBe(String(grandchild));
  });

  const change = fc.record({ top: anyAcl, child: anyAcl, container: fc.boolean(), objectTypes: types });
  const treeOf = ({
    top,
    child,
    container,
    objectTypes,
  }: {
    top: Acl;
    child: Acl;
    container: boolean;
    objectTypes: string[];
  }) => ({
    descriptor: withAcl(top),
    container: true,
    children: [{ descriptor: withAcl(child), container, objectTypes }],
  });

  law("propagating twice is propagating once", change, (asked) => {
    const once = propagateInheritance(treeOf(asked), { mapping });
    const twice = propagateInheritance(once, { mapping });
    expect(String(twice.children?.[0].descriptor)).toBe(String(once.children?.[0].descriptor));
  });

  law("propagation keeps every explicit ACE, first and in order", change, (asked) => {
    const explicit = asked.child.aces.filter((ace) => !ace.isInherited);
    const child = propagateInheritance(treeOf(asked), { mapping }).children?.[0].descriptor;
    expect(child?.dacl?.aces.slice(0, explicit.length)).toEqual(explicit);
    expect(child?.dacl?.aces.slice(explicit.length).every((ace) => ace.isInherited)).toBe(true);
  });

  law("what the child had inherited before is of no matter", change, (asked) => {
    const bare = { ...asked, child: Acl.of(asked.child.aces.filter((ace) => !ace.isInherited)) };
    const text = (tree: ObjectTree) => String(propagateInheritance(tree, { mapping }).children?.[0].descriptor);
    expect(text(treeOf(asked))).toBe(text(treeOf(bare)));
  });

  law("a protected child stays the same object", change, (asked) => {
    const tree = treeOf(asked);
    const child = { ...tree.children[0], descriptor: tree.children[0].descriptor.with({ control: 0xb004 }) };
    expect(propagateInheritance({ ...tree, children: [child] }, { mapping }).children?.[0]).toBe(child);
  });
});
