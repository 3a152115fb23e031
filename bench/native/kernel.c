/*
 * The DACL walk of the kernel in C, as fast as it gets: the bar that WebAssembly is held to.
 *
 *   kernel <file> <mode> <milliseconds>     prints { "nanoseconds": … }
 *   kernel <file> verdicts                  prints the granted mask of each draw (of several tokens: of each
 *                                           descriptor), one a line
 *
 * The same formulation as assembly/check/dacl.ts: 8-byte entries, a byte per SID for the token, an inner loop that
 * skips what the token does not hold, both passes fused. bench/native.mjs writes the file:
 *
 *   u32 desired, restricted, sids, tokens, descriptors, entries, draws, 0
 *   token tables   u8 × sids × tokens, padded to 8
 *   firsts         u32 × (descriptors + 1), padded to 8
 *   entries        { u32 mask, u16 sid, u8 need, u8 flags } × entries
 *   draws          u32 × draws
 *
 * Modes: scan (every draw is walked), shared (each descriptor once, then gathered), gather32 and gather16 (verdicts
 * gathered by index alone: the memory floor), matrix (every token, every descriptor).
 * Knows plain ACEs alone: no conditions, object types, labels, owner, privileges.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "timing.h"

enum { HOLD_ALLOW = 1, HOLD_DENY = 2, HOLD_RESTRICT_ALLOW = 4, HOLD_RESTRICT_DENY = 8, ENTRY_DENY = 1 };
#define MAXIMUM_ALLOWED 0x02000000u
#define NEVER_FROM_ACE 0x03000000u

struct entry {
  uint32_t mask;
  uint16_t sid;
  uint8_t need;
  uint8_t flags;
};

struct workload {
  uint32_t desired, restricted, sids, tokens, descriptors, entry_count, draw_count;
  const uint8_t *holds;
  const uint32_t *firsts;
  const struct entry *entries;
  const uint32_t *draws;
  uint16_t *short_draws;
  uint32_t *once;
  uint32_t *out;
};

/* The granted mask of a plain request: all of `desired`, or 0. */
static inline uint32_t walk(const uint8_t *holds, const struct entry *at, const struct entry *end, uint32_t desired,
                            uint32_t restricted) {
  uint32_t u1 = desired, u2 = restricted != 0 ? desired : 0;
  for (;; at++) {
    uint32_t held = 0;
    for (; at < end; at++) {
      held = holds[at->sid] & at->need;
      if (held != 0) break;
    }
    if (at >= end) return 0;
    const uint32_t mask = at->mask;
    if ((at->flags & ENTRY_DENY) != 0) {
      if ((held & HOLD_DENY) != 0 && (mask & u1) != 0) return 0;
      if ((held & HOLD_RESTRICT_DENY) != 0 && (mask & u2) != 0) return 0;
    } else {
      if ((held & HOLD_ALLOW) != 0) u1 &= ~mask;
      if ((held & HOLD_RESTRICT_ALLOW) != 0) u2 &= ~mask;
      if ((u1 | u2) == 0) return desired;
    }
  }
}

/* Everything that both passes grant. */
static uint32_t walk_maximum(const uint8_t *holds, const struct entry *at, const struct entry *end, uint32_t restricted) {
  uint32_t u1 = ~NEVER_FROM_ACE, u2 = ~NEVER_FROM_ACE, g1 = 0, g2 = restricted != 0 ? 0 : ~0u;
  for (; at < end; at++) {
    const uint32_t held = holds[at->sid] & at->need;
    if (held == 0) continue;
    const uint32_t mask = at->mask;
    if ((at->flags & ENTRY_DENY) != 0) {
      if ((held & HOLD_DENY) != 0) u1 &= ~mask;
      if ((held & HOLD_RESTRICT_DENY) != 0) u2 &= ~mask;
    } else {
      if ((held & HOLD_ALLOW) != 0) g1 |= mask & u1, u1 &= ~mask;
      if ((held & HOLD_RESTRICT_ALLOW) != 0) g2 |= mask & u2, u2 &= ~mask;
    }
  }
  return g1 & g2;
}

static inline uint32_t decide(const struct workload *w, const uint8_t *holds, uint32_t index) {
  const struct entry *first = w->entries + w->firsts[index], *end = w->entries + w->firsts[index + 1];
  if (w->desired == MAXIMUM_ALLOWED) return walk_maximum(holds, first, end, w->restricted);
  return walk(holds, first, end, w->desired, w->restricted);
}

/* One question again and again must be walked again and again. */
#define FORGET() __asm__ volatile("" ::: "memory")

static uint64_t scan(void *state) {
  /* A copy that nothing can alias stays in registers. */
  const struct workload w = *(const struct workload *)state;
  for (uint32_t i = 0; i < w.draw_count; i++) {
    w.out[i] = decide(&w, w.holds, w.draws[i]);
    FORGET();
  }
  return w.out[w.draw_count - 1];
}

static uint64_t gather32(void *state) {
  const struct workload *w = state;
  const uint32_t *restrict once = w->once, *restrict draws = w->draws;
  uint32_t *restrict out = w->out;
  for (uint32_t i = 0; i < w->draw_count; i++) out[i] = once[draws[i]];
  FORGET();
  return out[w->draw_count - 1];
}

static uint64_t gather16(void *state) {
  const struct workload *w = state;
  const uint32_t *restrict once = w->once;
  const uint16_t *restrict draws = w->short_draws;
  uint32_t *restrict out = w->out;
  for (uint32_t i = 0; i < w->draw_count; i++) out[i] = once[draws[i]];
  FORGET();
  return out[w->draw_count - 1];
}

static uint64_t shared(void *state) {
  const struct workload w = *(const struct workload *)state;
  for (uint32_t i = 0; i < w.descriptors; i++) w.once[i] = decide(&w, w.holds, i);
  return gather32(state);
}

static uint64_t matrix(void *state) {
  const struct workload w = *(const struct workload *)state;
  uint32_t *out = w.out;
  for (uint32_t t = 0; t < w.tokens; t++) {
    const uint8_t *holds = w.holds + (size_t)t * w.sids;
    for (uint32_t i = 0; i < w.descriptors; i++) *out++ = decide(&w, holds, i);
  }
  return out[-1];
}

static void *wanted(void *memory) {
  if (memory == NULL) {
    fputs("out of memory\n", stderr);
    exit(2);
  }
  return memory;
}

static uint8_t *read_file(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) {
    perror(path);
    exit(2);
  }
  fseek(file, 0, SEEK_END);
  const long size = ftell(file);
  rewind(file);
  uint8_t *bytes = wanted(malloc((size_t)size));
  if (fread(bytes, 1, (size_t)size, file) != (size_t)size) exit(2);
  fclose(file);
  return bytes;
}

static size_t padded(size_t size) { return (size + 7) & ~(size_t)7; }

static struct workload open_workload(const char *path) {
  const uint8_t *at = read_file(path);
  struct workload w;
  memcpy(&w, at, 28);
  w.holds = at += 32;
  w.firsts = (const uint32_t *)(at += padded((size_t)w.sids * w.tokens));
  w.entries = (const struct entry *)(at += padded(((size_t)w.descriptors + 1) * 4));
  w.draws = (const uint32_t *)(at + (size_t)w.entry_count * sizeof(struct entry));
  const size_t answers = (size_t)w.tokens * w.descriptors;
  w.out = wanted(calloc(answers > w.draw_count ? answers : w.draw_count, 4));
  w.once = wanted(calloc(w.descriptors, 4));
  w.short_draws = wanted(calloc(w.draw_count, 2));
  for (uint32_t i = 0; i < w.draw_count; i++) w.short_draws[i] = (uint16_t)w.draws[i];
  for (uint32_t i = 0; i < w.descriptors; i++) w.once[i] = decide(&w, w.holds, i);
  return w;
}

int main(int count, char **arguments) {
  static const struct {
    const char *name;
    pass_function pass;
  } modes[] = {{"scan", scan}, {"shared", shared}, {"gather32", gather32}, {"gather16", gather16}, {"matrix", matrix}};
  if (count < 3) return 2;
  struct workload w = open_workload(arguments[1]);
  if (strcmp(arguments[2], "verdicts") == 0) {
    const size_t answers = w.tokens > 1 ? (size_t)w.tokens * w.descriptors : w.draw_count;
    if (w.tokens > 1) matrix(&w);
    else scan(&w);
    for (size_t i = 0; i < answers; i++) printf("%" PRIu32 "\n", w.out[i]);
    return 0;
  }
  for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
    if (strcmp(arguments[2], modes[i].name) != 0 || count < 4) continue;
    const double decisions = modes[i].pass == matrix ? (double)w.tokens * w.descriptors : w.draw_count;
    printf("{\"nanoseconds\":%.6g}\n", median_nanoseconds(modes[i].pass, &w, decisions, atof(arguments[3])));
    return 0;
  }
  return 2;
}
