/**
 * The ways around `load` and `check`: for a plain question, for many handles at once, and for bytes in passing. All end
 * where the whole way ends.
 */
#include "harness.h"
#include "scene.h"

/** What is asked for: rights of a file, of an owner, generic ones, what privileges supply, nothing. */
static const u32 wishes[] = {
    0x00000001, 0x00120089, 0x001f01ff, 0x00060000, 0x00020001, 0x00000116, 0x80000000, 0x40000000,
    0x02000000, 0x01000001, 0x00080000, 0x00000030, 0x00100100, 0x08000000, 0x00000000,
};

/** `checkMany` answers what `check` does. */
static void ask_many(const request_t* r, u32 expected) {
  u32 handles[3] = {cast.descriptors[0], r->descriptor, r->descriptor};
  kernel_check_many(r, handles, 3);
  if (arena_full) return;
  if (handles[1] != expected || handles[2] != expected) broken("checkMany is check for each", "%x and %x, not %x", handles[1], handles[2], expected);
}

/** `checkPlain` answers what `check` does, whatever the check before it left behind. */
static void ask_plainly(const request_t* r, u32 expected, u32 status) {
  const verdict_t v = kernel_check_plain(r);
  const u32 found = v.granted != 0 ? v.access : 0;
  if (found != expected || v.status != status) broken("checkPlain is check", "%x with %x, not %x with %x", found, v.status, expected, status);
}

/** What `scan` decides, `load` takes and `check` decides alike; a descriptor that it is not sure of is nobody's loss. */
static void ask_in_passing(bytes_t sd, const request_t* r, u32 expected, u32 seed) {
  u32 masks[2] = {0xdeadbeef, 0xdeadbeef};
  const u32 decided = kernel_scan(r, sd, 2, seed & 7, masks);
  if (arena_full || decided == 0) return;
  if (decided != 2) broken("the same bytes are decided in passing or not", "%u of 2", decided);
  if (r->descriptor == 0) broken("what is refused is not decided in passing", "%x", masks[0]);
  if (masks[0] != expected || masks[1] != expected) broken("a scan is check for each", "%x and %x, not %x", masks[0], masks[1], expected);
}

void expect_short_ways(bytes_t sd, u32 descriptor, u32 seed) {
  for (u32 i = 0; i < 3 && !arena_full; i++) {
    request_t r = {0};
    r.descriptor = descriptor;
    r.token = cast.tokens[draw_below(SCENE_TOKENS)];
    r.desired = wishes[draw_below(sizeof wishes / sizeof *wishes)];
    r.mapping = mappings[draw_below(4)];
    u32 expected = 0;
    u32 status = 0;
    if (descriptor != 0) {
      const verdict_t one = kernel_check(&r);
      expected = one.granted != 0 ? one.access : 0;
      status = one.status;
    }
    ask_in_passing(sd, &r, expected, seed);
    if (descriptor == 0 || arena_full) continue;
    ask_many(&r, expected);
    // What stays from another question must not show in the plain one.
    request_t other = r;
    other.descriptor = cast.descriptors[draw_below(SCENE_DESCRIPTORS)];
    other.flags = draw_below(2) != 0 ? CHECK_RAW_GENERIC : CHECK_TRACE;
    other.self = cast.self;
    other.previous = 0x1f01ff;
    other.policies = cast.policies[draw_below(SCENE_POLICIES)];
    kernel_check(&other);
    ask_plainly(&r, expected, status);
  }
}
