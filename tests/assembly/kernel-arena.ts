/**
 * A place for the kernel's arena under as-pect, beyond the managed heap of the specs, and one for input before it.
 * Knows no record.
 */
import { resetTrace } from "../../assembly/check/trace";
import { resetClaims } from "../../assembly/load/claims";
import { seedHash } from "../../assembly/memory/hash";
import { resetSids } from "../../assembly/load/sid-table";
import { openArena } from "../../assembly/memory/arena";
import { beginRead } from "../../assembly/memory/reader";

const PAGE: usize = 0x10000;
const INPUT_PAGES: usize = 32;
const ARENA_PAGES: usize = 512;

let input: usize = 0;

/** Where a spec puts the bytes it loads: 2 MiB that the heap never gets. */
export function inputStart(): usize {
  if (input == 0) {
    // The heap takes all there is when it is first asked; pages grown after that are ours, since it only takes those it
    // grows itself.
    heap.free(heap.alloc(1));
    const pages = memory.grow(<i32>(INPUT_PAGES + ARENA_PAGES));
    assert(pages > 0, "room for the arena");
    input = <usize>pages * PAGE;
  }
  return input;
}

/** First byte of the arena. */
export function arenaStart(): usize {
  return inputStart() + INPUT_PAGES * PAGE;
}

/** First byte behind it. */
export function arenaEnd(): usize {
  return arenaStart() + ARENA_PAGES * PAGE;
}

/** An empty arena with empty tables, and a reader without a fault. */
export function freshKernel(): void {
  openArena(arenaStart(), arenaEnd());
  seedHash(0x5eed);
  resetSids();
  resetClaims();
  resetTrace();
  beginRead(inputStart());
}
