/** The tree of an object type list: when it is one, and how grants and denies move in it. access-check.md 1.10, 10 */
import {
  NODE_NOT_FOUND,
  allowNode,
  beginLane,
  denyNode,
  findNode,
  keepObjectTypes,
  noObjectTypes,
  nodeCount,
  nodeGrant,
  openObjectTypes,
} from "../../assembly/check/object-types";
import { beginTrace, traceCount } from "../../assembly/check/trace";
import {
  EVENT_ALLOW,
  EVENT_DENY,
  LANE_NORMAL,
  LANE_PACKAGE,
  LANE_RESTRICTING,
  OBJECT_TYPES_MAX,
} from "../../assembly/shared/abi";
import { event, events, freshAccess, listed, object } from "./access-scene";
import { guidAt } from "./descriptor-bytes";
import * as bytes from "./expression-bytes";

/** Whether these levels make a tree. */
function opens(levels: u32[]): bool {
  listed(levels);
  return openObjectTypes(levels.length);
}

/** A tree of a root 0, its children 1 and 4, the children 2 and 3 of 1, the child 5 of 4. Nothing granted. */
function family(): void {
  assert(opens([0, 1, 2, 2, 1, 2]));
  beginLane(LANE_NORMAL, 0);
}

function allow(node: u32, mask: u32): void {
  allowNode(node, LANE_NORMAL, mask, 0);
}

function deny(node: u32, mask: u32): void {
  denyNode(node, LANE_NORMAL, mask, 0);
}

/** What each node has been granted, one digit for each, from the root on. */
function grants(): string {
  let text = "";
  for (let i: u32 = 0; i < nodeCount(); i++) text += nodeGrant(i, LANE_NORMAL).toString();
  return text;
}

beforeEach(() => {
  freshAccess();
  object();
});

describe("a list is a tree", () => {
  test("when element 0 alone has level 0", () => {
    expect(opens([0])).toBe(true);
    expect(opens([1])).toBe(false);
    expect(opens([0, 0])).toBe(false);
    expect(opens([0, 1, 0])).toBe(false);
  });

  test("when no level rises by more than 1, to 4 at most", () => {
    expect(opens([0, 1, 2, 3, 4])).toBe(true);
    expect(opens([0, 2])).toBe(false);
    expect(opens([0, 1, 3])).toBe(false);
    expect(opens([0, 1, 2, 3, 4, 5])).toBe(false);
    expect(opens([0, 1, 2, 3, 4, 1, 2])).toBe(true, "it may fall by any number");
    expect(opens([0, 0xffffffff])).toBe(false);
  });

  test("when each GUID occurs once", () => {
    bytes.begin();
    for (let i: u32 = 0; i < 3; i++) {
      bytes.u32At(i == 0 ? 0 : 1);
      guidAt(i == 2 ? 1 : i + 1);
      bytes.u32At(0);
      bytes.u64At(0);
    }
    keepObjectTypes(bytes.start(), bytes.length());
    expect(openObjectTypes(2)).toBe(true);
    expect(openObjectTypes(3)).toBe(false);
  });

  test("when it has between 1 and 1,024 elements", () => {
    expect(opens([])).toBe(false);
    const levels: u32[] = [];
    for (let i: u32 = 0; i < OBJECT_TYPES_MAX; i++) levels.push(i == 0 ? 0 : 1);
    expect(opens(levels)).toBe(true);
    expect(nodeCount()).toBe(OBJECT_TYPES_MAX);
    expect(openObjectTypes(OBJECT_TYPES_MAX + 1)).toBe(false);
  });

  test("when one has been kept", () => {
    expect(openObjectTypes(1)).toBe(false);
  });
});

describe("a node", () => {
  test("is found by its GUID", () => {
    expect(opens([0, 1, 1])).toBe(true);
    expect(findNode(1, 0)).toBe(0);
    expect(findNode(3, 0)).toBe(2);
    expect(findNode(4, 0)).toBe(NODE_NOT_FOUND);
    expect(findNode(1, 1)).toBe(NODE_NOT_FOUND);
  });

  test("of an earlier list is not found", () => {
    expect(opens([0, 1, 1])).toBe(true);
    expect(opens([0, 1])).toBe(true);
    expect(findNode(3, 0)).toBe(NODE_NOT_FOUND);
  });

  test("is none without a list", () => {
    expect(opens([0, 1])).toBe(true);
    noObjectTypes();
    expect(nodeCount()).toBe(0);
  });

  test("is told from 1,023 others", () => {
    const levels: u32[] = [];
    for (let i: u32 = 0; i < OBJECT_TYPES_MAX; i++) levels.push(i == 0 ? 0 : 1);
    expect(opens(levels)).toBe(true);
    for (let i: u32 = 0; i < OBJECT_TYPES_MAX; i++) expect(findNode(i + 1, 0)).toBe(i);
  });
});

describe("an allow", () => {
  test("acts at the node and below, and nowhere else", () => {
    family();
    allow(1, 1);
    expect(grants()).toBe("011100");
    family();
    allow(0, 1);
    expect(grants()).toBe("111111");
  });

  test("does not lift the parent while a child lacks the bit", () => {
    family();
    allow(2, 1);
    expect(grants()).toBe("001000");
  });

  test("lifts the parent when every child has the bit, and so on to the root", () => {
    family();
    allow(2, 1);
    allow(3, 1);
    expect(grants()).toBe("011100");
    allow(5, 1);
    expect(grants()).toBe("111111", "a lone child lifts its parent at once");
  });

  test("lifts bit by bit", () => {
    family();
    allow(2, 3);
    allow(3, 6);
    expect(grants()).toBe("023600");
  });

  test("grants nothing that was denied there before", () => {
    family();
    deny(3, 1);
    allow(1, 3);
    expect(grants()).toBe("023200");
  });

  test("does not lift a parent that was denied the bit", () => {
    family();
    deny(2, 1);
    deny(3, 1);
    allow(5, 1);
    expect(nodeGrant(4, LANE_NORMAL)).toBe(1);
    expect(nodeGrant(0, LANE_NORMAL)).toBe(0);
  });
});

describe("a deny", () => {
  test("acts at the node, below, and for its ancestors; siblings are untouched", () => {
    family();
    deny(1, 1);
    allow(0, 1);
    expect(grants()).toBe("000011");
    family();
    deny(2, 1);
    allow(0, 1);
    expect(grants()).toBe("000111", "of the parents, not of the brother");
  });

  test("of a bit that was granted before changes nothing", () => {
    family();
    allow(0, 1);
    deny(0, 1);
    deny(2, 1);
    expect(grants()).toBe("111111");
  });

  test("at a node with the bit leaves its ancestors alone", () => {
    family();
    allow(2, 1);
    deny(2, 1);
    allow(0, 1);
    expect(grants()).toBe("111111");
  });

  test("goes below by each node's own grant", () => {
    family();
    allow(2, 1);
    deny(1, 1);
    allow(1, 1);
    expect(grants()).toBe("001000");
  });
});

test("lanes are apart, and begin with what they are given", () => {
  assert(opens([0, 1]));
  beginLane(LANE_NORMAL, 0);
  beginLane(LANE_RESTRICTING, 4);
  beginLane(LANE_PACKAGE, 0);
  allow(0, 1);
  denyNode(0, LANE_RESTRICTING, 6, 0);
  allowNode(0, LANE_RESTRICTING, 7, 0);
  for (let i: u32 = 0; i < 2; i++) {
    expect(nodeGrant(i, LANE_NORMAL)).toBe(1);
    expect(nodeGrant(i, LANE_RESTRICTING)).toBe(5, "4 stays, 2 is denied");
    expect(nodeGrant(i, LANE_PACKAGE)).toBe(0);
  }
  beginLane(LANE_RESTRICTING, 0);
  allowNode(0, LANE_RESTRICTING, 2, 0);
  expect(nodeGrant(0, LANE_RESTRICTING)).toBe(2, "a new lane has no denies");
});

test("every change is told once, by node and fresh bits", () => {
  family();
  beginTrace(true);
  allow(5, 1);
  expect(events(EVENT_ALLOW)).toBe(2);
  expect(event(EVENT_ALLOW).node).toBe(5);
  expect(event(EVENT_ALLOW, 1).node).toBe(4);
  allow(5, 3);
  expect(event(EVENT_ALLOW, 2).bits).toBe(2);
  deny(4, 3);
  expect(events(EVENT_DENY)).toBe(0);
  deny(5, 7);
  expect(events(EVENT_DENY)).toBe(3);
  expect(traceCount()).toBe(7);
});
