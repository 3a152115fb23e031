/** Threads that do not come up: nobody waits for them for ever. */

import { afterEach, describe, expect, it, vi } from "vitest";
import { Crew } from "../../src/parallel/crew.js";

describe("a crew", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("gives up a thread that never answers, and ends it", async () => {
    vi.useFakeTimers();
    const end = vi.fn();
    const crew = Crew.mustered(2, () => ({ post: () => {}, hold: () => {}, end }), {} as never);
    await vi.advanceTimersByTimeAsync(29_000);
    expect(end).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await crew).toBeNull();
    expect(end).toHaveBeenCalledTimes(2);
  });
});
