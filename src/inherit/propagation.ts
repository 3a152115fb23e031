/**
 * What a change at a parent makes of the objects below it: automatic propagation as SetNamedSecurityInfo does it.
 * [W32 automatic-propagation-of-inheritable-aces]
 *
 * Each ACE marked as inherited gives way to what the parent's ACEs give now; explicit ones stay before them, as they
 * are. Walks the tree without recursion, in time linear in its ACEs. Does not know who made the change, or where.
 */
import { OBJECT_TYPES_MAX } from "../../assembly/shared/abi.js";
import {
  SE_DACL_AUTO_INHERITED,
  SE_DACL_PROTECTED,
  SE_SACL_AUTO_INHERITED,
  SE_SACL_PROTECTED,
} from "../../assembly/shared/security-descriptor.js";
import type { Acl } from "../acl.js";
import { ArgumentError, formatPath, isSallyportError } from "../errors.js";
import { GenericMapping, type GenericMappingFields, type MappingName } from "../generic-mapping.js";
import { isTaken, leaf, listOf, OverLimit, objectOf, readingInput, take } from "../member-shape.js";
import { SecurityDescriptor } from "../security-descriptor.js";
import { overLimit } from "../sid-input.js";
import type { Heir } from "./inherit-ace.js";
import { boundedAcl, inheritedFrom } from "./inherit-acl.js";
import { checkedObjectTypes } from "./object-types.js";

/** An object and the objects it contains. */
export interface ObjectTree {
  readonly descriptor: SecurityDescriptor;
  /** Whether it can have children. */
  readonly container: boolean;
  /** GUIDs of its types, at most 1,024. */
  readonly objectTypes?: readonly string[];
  /** Absent: none. */
  readonly children?: readonly ObjectTree[];
}

export interface PropagationOptions {
  /** What generic rights mean for the objects. */
  readonly mapping: GenericMapping | GenericMappingFields | MappingName;
  /** The ACLs that are propagated; both by default. */
  readonly acls?: readonly ("dacl" | "sacl")[];
}

/** Objects that are walked at most; a tree that runs into itself ends here too. */
export const PROPAGATION_MAX_OBJECTS = 1_000_000;

/**
 * The tree under `root`, whose descriptor is already the new one, after propagation.
 *
 * A protected ACL stays as it is, and so do those below it; a subtree that nothing reaches is the same object. A NULL
 * or absent ACL stays one unless something is inherited; an ACL that loses its last ACE is empty. What was
 * propagated to is marked AUTO_INHERITED. CREATOR OWNER stays in the ACEs of an object without an owner.
 *
 * @throws ArgumentError ERR_UNKNOWN_MEMBER, ERR_ARGUMENT with the path from the root; ERR_LIMIT beyond 1,000,000 objects
 * @throws FormatError ERR_LIMIT when an ACL would grow beyond 65,532 bytes
 */
export function propagateInheritance(root: ObjectTree, options: PropagationOptions): ObjectTree {
  const { mapping, dacl, sacl } = readingInput(() => checkedOptions(options));
  const top = readNode(root, null, 0);
  const result: MutableTree = { ...top.parts, children: [] };
  const open: Visit[] = [{ node: top, result, dacl, sacl }];
  let objects = 1 + top.children.length;
  for (let visit = open.pop(); visit !== undefined; visit = open.pop()) {
    const { node, result: parent } = visit;
    const from: Bequests = { dacl: new Bequest(parent.descriptor.dacl), sacl: new Bequest(parent.descriptor.sacl) };
    for (let i = 0; i < node.children.length; i++) {
      const given = node.children[i];
      const child = readNode(given, node, i);
      // Counted as soon as they are known: what waits on the stack must stay small as well.
      objects += child.children.length;
      if (objects > PROPAGATION_MAX_OBJECTS) {
        throw new ArgumentError("ERR_LIMIT", [], `at most ${PROPAGATION_MAX_OBJECTS} objects are walked`);
      }
      const { control } = child.parts.descriptor;
      const below = {
        dacl: visit.dacl && (control & SE_DACL_PROTECTED) === 0,
        sacl: visit.sacl && (control & SE_SACL_PROTECTED) === 0,
      };
      if (!below.dacl && !below.sacl) {
        parent.children.push(given);
        continue;
      }
      const descriptor = reached(child, from, mapping, below);
      if (child.children.length === 0) {
        parent.children.push(Object.freeze({ ...child.parts, descriptor, children: NONE }));
        continue;
      }
      const made: MutableTree = { ...child.parts, descriptor, children: [] };
      parent.children.push(made);
      open.push({ node: child, result: made, ...below });
    }
    Object.freeze(parent.children);
    Object.freeze(parent);
  }
  return result;
}

/** Which ACLs still come from above. */
interface Reach {
  readonly dacl: boolean;
  readonly sacl: boolean;
}

interface Visit extends Reach {
  readonly node: TreeNode;
  readonly result: MutableTree;
}

/** A node of the result; frozen once its children are known. */
interface MutableTree extends Omit<ObjectTree, "children"> {
  readonly children: ObjectTree[];
}

/** A node of the input, read once. */
interface TreeNode {
  readonly parts: Omit<ObjectTree, "children">;
  readonly types: ReadonlySet<string>;
  readonly children: readonly ObjectTree[];
  readonly parent: TreeNode | null;
  readonly index: number;
}

/** The descriptor of `child` after what its parent gives it. */
function reached(
  { parts, types }: TreeNode,
  from: Bequests,
  mapping: GenericMapping,
  { dacl, sacl }: Reach,
): SecurityDescriptor {
  const before = parts.descriptor;
  const { owner, group } = before;
  const heir: Heir = { container: parts.container, objectTypes: types, owner, group, mapping };
  const newDacl = dacl ? from.dacl.refreshed(before.dacl, heir) : before.dacl;
  const newSacl = sacl ? from.sacl.refreshed(before.sacl, heir) : before.sacl;
  const marks =
    (dacl && (newDacl !== null || before.daclState !== "absent") ? SE_DACL_AUTO_INHERITED : 0) |
    (sacl && (newSacl !== null || before.saclState !== "absent") ? SE_SACL_AUTO_INHERITED : 0);
  return before.with({ control: before.control | marks, dacl: newDacl, sacl: newSacl });
}

interface Bequests {
  readonly dacl: Bequest;
  readonly sacl: Bequest;
}

/** What one ACL of a parent gives its children, worked out once for those of a kind. */
class Bequest {
  readonly #parent: Acl | null;
  readonly #given = new Map<string, Acl>();

  constructor(parent: Acl | null) {
    this.#parent = parent;
  }

  /** The ACL's explicit ACEs, then what the parent gives. A NULL or absent ACL that inherits nothing stays null. */
  refreshed(acl: Acl | null, heir: Heir): Acl | null {
    const given = this.#to(heir);
    if (acl === null) return given.aces.length === 0 ? null : given;
    const explicit = acl.aces.filter((ace) => !ace.isInherited);
    return explicit.length === 0 ? given : boundedAcl([...explicit, ...given.aces]);
  }

  #to(heir: Heir): Acl {
    const { container, owner, group, objectTypes } = heir;
    const kind = `${container} ${owner} ${group} ${objectTypes.size === 0 ? "" : [...objectTypes].join()}`;
    let given = this.#given.get(kind);
    if (given === undefined) {
      given = boundedAcl(inheritedFrom(this.#parent, heir, true).aces);
      this.#given.set(kind, given);
    }
    return given;
  }
}

const nodeShape = /* @__PURE__ */ objectOf({
  descriptor: leaf,
  container: leaf,
  objectTypes: /* @__PURE__ */ listOf(leaf, OBJECT_TYPES_MAX),
  children: /* @__PURE__ */ listOf(leaf, PROPAGATION_MAX_OBJECTS),
});

function readNode(value: unknown, parent: TreeNode | null, index: number): TreeNode {
  try {
    const taken = take(value, nodeShape, [], true);
    if (!isTaken(taken)) throw wrong([], "expected { descriptor, container, children }");
    const { descriptor, container, objectTypes, children = NONE } = taken;
    if (!SecurityDescriptor.is(descriptor)) throw wrong(["descriptor"], "expected a SecurityDescriptor");
    if (typeof container !== "boolean") throw wrong(["container"], "expected true or false");
    const types = checkedObjectTypes(objectTypes, ["objectTypes"]);
    if (children instanceof OverLimit) throw overLimit(children, ["children"]);
    if (!Array.isArray(children)) throw wrong(["children"], "expected an array");
    if (!container && children.length > 0) throw wrong(["children"], "only a container has children");
    const parts = {
      descriptor,
      container,
      ...(objectTypes === undefined ? {} : { objectTypes: Object.freeze([...types]) }),
    };
    return { parts, types, children, parent, index };
  } catch (error) {
    if (!isSallyportError(error)) {
      throw Object.assign(wrong(pathTo(parent, index), "the object could not be read"), { cause: error });
    }
    if (!(error instanceof ArgumentError)) throw error;
    const message = error.path.length === 0 ? error.message : error.message.slice(formatPath(error.path).length + 2);
    throw new ArgumentError(error.code, [...pathTo(parent, index), ...error.path], message);
  }
}

const NONE: readonly never[] = /* @__PURE__ */ Object.freeze([]);

/** `children[0].children[2]`, from the root. */
function pathTo(parent: TreeNode | null, index: number): (string | number)[] {
  const steps: (string | number)[] = [];
  let at = index;
  for (let node = parent; node !== null; node = node.parent) {
    steps.push(at, "children");
    at = node.index;
  }
  return steps.reverse();
}

function checkedOptions(options: PropagationOptions): Reach & { readonly mapping: GenericMapping } {
  const taken = take(options, objectOf({ mapping: leaf, acls: listOf(leaf, 2) }), [], true);
  if (!isTaken(taken)) throw wrong([], "expected { mapping }");
  const { mapping, acls = ["dacl", "sacl"] } = taken;
  const checkedMapping = GenericMapping.of(mapping as PropagationOptions["mapping"], ["mapping"]);
  if (!Array.isArray(acls) || acls.some((name) => name !== "dacl" && name !== "sacl")) {
    throw wrong(["acls"], "expected a list of dacl and sacl");
  }
  return { mapping: checkedMapping, dacl: acls.includes("dacl"), sacl: acls.includes("sacl") };
}

function wrong(path: readonly (string | number)[], message: string): ArgumentError {
  return new ArgumentError("ERR_ARGUMENT", path, message);
}
