/** Edges of what the kernel keeps and writes: object types without room or order, the attributes of a filtered list. */
import { keepObjectTypes, nodeCount, resetObjectTypes } from "../../assembly/check/object-types";
import { beginTrace, resetTrace } from "../../assembly/check/trace";
import { storeFiltered } from "../../assembly/load/filter";
import { allocate, arenaUsed, openArena } from "../../assembly/memory/arena";
import { FilterOutcome } from "../../assembly/memory/records";
import { sidBytes, sidSize } from "../../assembly/memory/sids";
import { CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST, EVENT_SIZE, OBJECT_NODE_SIZE, OBJECT_TYPES_MAX, TRACE_CAPACITY } from "../../assembly/shared/abi";
import { STATUS_INVALID_PARAMETER } from "../../assembly/shared/ntstatus";
import { SE_GROUP_DEFAULT_ATTRIBUTES } from "../../assembly/shared/token";
import { IMAGE_RESTRICTED, IMAGE_SIZE } from "../../assembly/shared/token-image";
import { ask, asking, freshAccess, listed, loadedSubject, object, status } from "./access-scene";
import { arenaStart, inputStart } from "./kernel-arena";

const PAGE: usize = 0x10000;

beforeEach(() => {
  freshAccess();
});

test("a list of object types is refused in an arena of every size below what it takes", () => {
  let kept: u32 = 0;
  for (let size: usize = 0; size <= 3 * PAGE; size += 1024) {
    openArena(arenaStart(), arenaStart() + size);
    resetObjectTypes();
    if (keepObjectTypes(inputStart(), OBJECT_TYPES_MAX * OBJECT_NODE_SIZE) != 0) kept += 1;
    else expect(kept).toBe(0, "more room is not worse");
  }
  expect(kept).toBeGreaterThan(0);
});

test("a trace is refused in an arena of every size below what it takes", () => {
  const takes = TRACE_CAPACITY * EVENT_SIZE;
  for (let size: usize = 0; size < takes + PAGE; size += PAGE / 2) {
    openArena(arenaStart(), arenaStart() + size);
    resetTrace();
    expect(beginTrace(true)).toBe(size >= takes, size.toString());
    expect(arenaUsed()).toBe(size >= takes ? takes : 0);
  }
});

test("a list that is no tree leaves none behind", () => {
  object();
  asking().call = CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST;
  listed([0, 1]);
  ask(1);
  expect(nodeCount()).toBe(2);
  listed([0, 2]);
  expect(status(1)).toBe(STATUS_INVALID_PARAMETER);
  expect(nodeCount()).toBe(0);
});

test("restricting SIDs are written with the attributes of a group", () => {
  const source = loadedSubject();
  const outcome = changetype<FilterOutcome>(allocate(offsetof<FilterOutcome>()));
  outcome.flags = IMAGE_RESTRICTED;
  outcome.groupAttributes = allocate(8);
  outcome.restrictedCount = 1;
  outcome.restricted = allocate(4);
  store<u32>(outcome.restricted, source.user);
  const at = storeFiltered(source, outcome);
  const entry = at + load<u32>(at + IMAGE_SIZE) - sidSize(sidBytes(source.user)) - 4;
  expect(load<u32>(entry)).toBe(SE_GROUP_DEFAULT_ATTRIBUTES);
});
