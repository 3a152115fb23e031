/**
 * The questions asked of every descriptor and token, and the laws between their answers. access-check.md 0-10
 *
 * Knows the cast by number (scene.h). Does not know bytes.
 */
#include <string.h>

#include "harness.h"
#include "scene.h"

/** Everything that any question may want; SCENE_REQUESTS picks by number. */
static const u32 wishes[] = {
    0x00000001, 0x00120089, 0x02000000, 0x001f01ff, 0x00060000, 0x00010002, 0x00000116,
    0x80000000, 0x01000000, 0x00080000, 0x02020000, 0x00000030, 0x40000000, 0x00100100,
};
#define WISHES (sizeof wishes / sizeof *wishes)

static u32 mixed(u32 seed, u32 index) {
  u32 h = (seed ^ (index * 0x9e3779b1u)) * 0x85ebca6bu;
  return h ^ h >> 15;
}

static request_t plain_request(u32 descriptor, u32 token, u32 desired, u32 flags) {
  request_t r;
  memset(&r, 0, sizeof r);
  r.descriptor = descriptor;
  r.token = token;
  r.desired = desired;
  r.flags = flags;
  r.mapping = mappings[0];
  return r;
}

static void ask(battery_t* answers, const request_t* request) {
  if (answers->count == BATTERY_MAX) broken("a battery fits", "%u", answers->count);
  answers->verdicts[answers->count++] = kernel_check(request);
}

/** One question each: options chosen by `pick`, the same for every token of a battery. */
static request_t question(u32 descriptor, u32 token, u32 pick, u32 extra_flags) {
  request_t r = plain_request(descriptor, token, wishes[pick % WISHES], extra_flags);
  r.mapping = mappings[(pick >> 4) % 4];
  if ((pick & 0x100) != 0) r.flags |= CHECK_RAW_GENERIC;
  if ((pick & 0x200) != 0) r.self = cast.self;
  if ((pick & 0xc00) == 0xc00) r.policies = cast.policies[(pick >> 12) % SCENE_POLICIES];
  if ((pick & 0x18000) == 0x18000) r.previous = 0x00100000;
  if ((pick & 0x60000) == 0x60000) r.primary = cast.tokens[SCENE_TOKEN_ADMIN];
  return r;
}

void ask_descriptor(u32 descriptor, u32 seed, u32 extra_flags, battery_t* answers) {
  answers->count = 0;
  for (u32 round = 0; round < 3; round++) {
    // The first round is MAXIMUM_ALLOWED without options: laws between single bits start there.
    const u32 pick = round == 0 ? 2 : mixed(seed, round);
    for (u32 i = 0; i < SCENE_TOKENS; i++) {
      const request_t r = question(descriptor, cast.tokens[i], pick, extra_flags);
      ask(answers, &r);
    }
  }
  for (u32 i = 0; i < SCENE_TREE_TOKENS; i++) {
    request_t r = question(descriptor, cast.tokens[SCENE_TREE_TOKEN + i], mixed(seed, 7), extra_flags);
    r.desired = (seed & 1) != 0 ? MAXIMUM_ALLOWED : 0x30;
    r.previous = 0;
    r.call = (seed & 2) != 0 ? CALL_ACCESS_CHECK_BY_TYPE : CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST;
    r.nodes = cast.nodes;
    r.node_count = cast.node_count;
    ask(answers, &r);
  }
}

void ask_token(u32 token, u32 seed, u32 extra_flags, battery_t* answers) {
  answers->count = 0;
  for (u32 i = 0; i < SCENE_DESCRIPTORS; i++) {
    for (u32 round = 0; round < 4; round++) {
      const u32 pick = round == 0 ? 2 : mixed(seed, round);
      request_t r = question(cast.descriptors[i], token, pick, extra_flags);
      if (round == 3) {
        r.desired &= ~GENERIC_BITS;
        r.previous = 0;
        r.call = CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST;
        r.nodes = cast.nodes;
        r.node_count = cast.node_count;
      }
      ask(answers, &r);
    }
  }
}

bool same_verdict(const verdict_t* a, const verdict_t* b) {
  return memcmp(a, b, sizeof *a) == 0;
}

bool is_fewer(const verdict_t* less, const verdict_t* more) {
  if (less->granted != 0 && more->granted == 0) return false;
  if ((less->access & ~more->access) != 0) return false;
  for (u32 i = 0; i < less->node_count; i++) {
    if (less->node[i].status == STATUS_SUCCESS && more->node[i].status != STATUS_SUCCESS) return false;
    if ((less->node[i].access & ~more->node[i].access) != 0) return false;
  }
  return true;
}

void expect_same(const char* law, const battery_t* before, const battery_t* after) {
  for (u32 i = 0; i < before->count; i++) {
    const verdict_t* a = &before->verdicts[i];
    const verdict_t* b = &after->verdicts[i];
    // A trace needs room that the arena may not have.
    if (a->status == STATUS_NO_MEMORY || b->status == STATUS_NO_MEMORY) continue;
    if (!same_verdict(a, b)) broken(law, "question %u: %x %x, then %x %x", i, a->status, a->access, b->status, b->access);
  }
}

void expect_fewer(const char* law, const battery_t* before, const battery_t* after) {
  for (u32 i = 0; i < before->count; i++) {
    const verdict_t* more = &before->verdicts[i];
    const verdict_t* less = &after->verdicts[i];
    if (!is_fewer(less, more)) broken(law, "question %u: %x %x, then %x %x", i, more->status, more->access, less->status, less->access);
  }
}

static bool grants(u32 descriptor, u32 token, u32 desired) {
  const request_t r = plain_request(descriptor, cast.tokens[token], desired, 0);
  return kernel_check(&r).granted != 0;
}

void expect_coherent(u32 descriptor, u32 seed, const battery_t* answers) {
  for (u32 round = 0; round < 3; round++) {
    const verdict_t* of = answers->verdicts + round * SCENE_TOKENS;
    for (u32 i = 0; i < SCENE_PAIRS; i++) {
      if (!is_fewer(&of[scene_pairs[i].restricted], &of[scene_pairs[i].plain])) {
        broken("restricting SIDs never add access", "round %u, tokens %u and %u", round, scene_pairs[i].plain, scene_pairs[i].restricted);
      }
    }
  }
  for (u32 i = 0; i < SCENE_TREE_TOKENS; i++) {
    const verdict_t* of = answers->verdicts + 3 * SCENE_TOKENS;
    if (!is_fewer(&of[i], &of[0])) broken("restricting SIDs never add access to a node", "token %u", SCENE_TREE_TOKEN + i);
  }
  // The gate of a write-restricted token looks at the whole mask: no law of single bits. access-check.md 7.5
  const u32 token = mixed(seed, 11) % SCENE_TOKENS;
  if (scene_write_restricted[token]) return;
  const verdict_t* maximum = &answers->verdicts[token];
  if (maximum->granted != 0 && !grants(descriptor, token, maximum->access)) {
    broken("what MAXIMUM_ALLOWED gives is granted when asked for", "token %u, %x", token, maximum->access);
  }
  const u32 all = wishes[mixed(seed, 12) % WISHES] & ~(GENERIC_BITS | MAXIMUM_ALLOWED);
  u32 each = 0;
  for (u32 bit = 1; bit != 0; bit <<= 1) {
    if ((all & bit) != 0 && grants(descriptor, token, bit)) each |= bit;
  }
  if (all != 0 && grants(descriptor, token, all) != (each == all)) {
    broken("a mask is granted exactly when each of its bits is", "token %u, %x of %x", token, each, all);
  }
}
