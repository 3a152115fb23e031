/** The arena: bump, reset, generation. */
import {
  allocate,
  arenaGeneration,
  arenaUsed,
  clearWords,
  isRecord,
  openArena,
  reserve,
  resetArena,
  stageBytes,
} from "../../assembly/memory/arena";
import { arenaStart } from "./kernel-arena";

const KIND: u32 = 0x11223344;
const SIZE: usize = 0x1000;

/** A record of { kind, generation } and 8 bytes more. */
function record(kind: u32, generation: u32): u32 {
  const at = allocate(16);
  store<u32>(at, kind);
  store<u32>(at + 4, generation);
  return <u32>at;
}

beforeEach(() => {
  openArena(arenaStart(), arenaStart() + SIZE);
});

describe("allocate", () => {
  test("gives multiples of 8, one behind the other", () => {
    const first = allocate(1);
    const second = allocate(9);
    expect(first & 7).toBe(0);
    expect(second).toBe(first + 8);
    expect(allocate(1)).toBe(second + 16);
    expect(arenaUsed()).toBe(32);
  });

  test("gives zeroes where an earlier generation wrote", () => {
    memory.fill(allocate(64), 0xff, 64);
    resetArena();
    const at = allocate(64);
    for (let i: usize = 0; i < 64; i += 8) expect(load<u64>(at + i)).toBe(0);
  });

  test("takes the last byte, and traps beyond it", () => {
    expect(allocate(SIZE)).toBe(arenaStart());
    expect(() => {
      allocate(1);
    }).toThrow();
  });

  test("begins within what it was given, at a multiple of 8", () => {
    openArena(arenaStart() + 3, arenaStart() + 30);
    expect(allocate(16)).toBe(arenaStart() + 8);
    expect(reserve(1)).toBe(false, "the end is rounded inwards");
  });
});

describe("reserve", () => {
  test("says whether there is room, and takes none", () => {
    expect(reserve(SIZE)).toBe(true);
    expect(reserve(SIZE + 1)).toBe(false);
    expect(reserve(<usize>0xffffffff)).toBe(false, "no sum wraps");
    expect(arenaUsed()).toBe(0);
  });

  test("grows the memory when it has to, and no further than the end", () => {
    const pages = <usize>memory.size();
    const end = pages << 16;
    openArena(end - 8, end + 0x20000);
    expect(reserve(8)).toBe(true);
    expect(<usize>memory.size()).toBe(pages);
    expect(reserve(9)).toBe(true);
    expect(<usize>memory.size()).toBe(pages + 2);
    expect(reserve(0x20009)).toBe(false);
  });
});

describe("stageBytes", () => {
  test("leaves room for the storage before the staged bytes, and allocates nothing", () => {
    const at = stageBytes(100, 50);
    expect(at & 7).toBe(0);
    expect(at).toBeGreaterThanOrEqual(allocate(100) + 100);
  });

  test("is 0 when storage or bytes do not fit", () => {
    expect(stageBytes(SIZE - 8, 8)).toBe(0);
    expect(stageBytes(SIZE, 0)).toBe(0);
    expect(stageBytes(0, <u32>SIZE)).toBe(0);
    expect(stageBytes(SIZE - 16, 8)).not.toBe(0);
  });
});

describe("isRecord", () => {
  test("knows a record of this generation by its kind", () => {
    const handle = record(KIND, arenaGeneration());
    expect(isRecord(handle, KIND)).toBe(true);
    expect(isRecord(handle, KIND + 1)).toBe(false);
  });

  test("refuses a record of an earlier generation, even where its bytes still stand", () => {
    const old = arenaGeneration();
    const handle = record(KIND, old);
    resetArena();
    expect(isRecord(handle, KIND)).toBe(false, "beyond what is used");
    record(KIND, old);
    expect(isRecord(handle, KIND)).toBe(false, "inside it");
    expect(arenaGeneration()).toBe(old + 1);
  });

  test("refuses what is not inside the used arena, or not at a multiple of 8", () => {
    const handle = record(KIND, arenaGeneration());
    store<u32>(<usize>handle + 4, KIND);
    store<u32>(<usize>handle + 8, arenaGeneration());
    expect(isRecord(handle + 4, KIND)).toBe(false);
    const before = <u32>arenaStart() - 8;
    store<u32>(before, KIND);
    store<u32>(before + 4, arenaGeneration());
    expect(isRecord(before, KIND)).toBe(false, "before it");
    const behind = <u32>(arenaStart() + arenaUsed());
    store<u32>(behind, KIND);
    store<u32>(behind + 4, arenaGeneration());
    expect(isRecord(behind, KIND)).toBe(false, "behind it");
    expect(isRecord(0, KIND)).toBe(false);
    expect(isRecord(0xfffffff8, KIND)).toBe(false);
  });
});

test("clearWords zeroes its words and no other", () => {
  const at = allocate(24);
  memory.fill(at, 0xff, 24);
  clearWords(at + 8, 8);
  expect(load<u64>(at)).toBe(u64.MAX_VALUE);
  expect(load<u64>(at + 8)).toBe(0);
  expect(load<u64>(at + 16)).toBe(u64.MAX_VALUE);
});
