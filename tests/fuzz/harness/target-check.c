/**
 * Whole requests: any token, descriptor and options together; and central policies from strangers.
 * access-check.md 1, 8-10, 12
 */
#include <string.h>

#include "harness.h"
#include "scene.h"

static u8 room[EDIT_MAX];

/** Loads the list of the input; each node names one of the cast's GUIDs. */
static void load_listed(const u8* pairs, u32 count) {
  static u8 image[NODES_MAX * OBJECT_NODE_SIZE];
  for (u32 i = 0; i < count; i++) {
    u8* node = image + i * OBJECT_NODE_SIZE;
    memset(node, 0, OBJECT_NODE_SIZE);
    set_u32(node + OBJECT_NODE_LEVEL, pairs[2 * i]);
    memcpy(node + OBJECT_NODE_GUID, scene_guids + 16 * (pairs[2 * i + 1] % SCENE_GUIDS), 16);
  }
  load_nodes(image, count);
}

static bool answers_again(const request_t* asked, u32 flags, const verdict_t* before, const char* law) {
  request_t r = *asked;
  r.flags |= flags;
  const verdict_t after = kernel_check(&r);
  if (after.status == STATUS_NO_MEMORY) {
    arena_full = true;
    return false;
  }
  if (!same_verdict(before, &after)) broken(law, "%x %x, then %x %x", before->status, before->access, after.status, after.access);
  return true;
}

void run_check(const u8* data, u32 size) {
  if (size < ASK_NODES) return;
  const u32 node_count = data[14] % (NODES_MAX + 1);
  const u32 token_size = u16_at(data + 16);
  const u32 head = ASK_NODES + 2 * node_count;
  if (size < head || size - head < token_size) return;
  const bytes_t sd = {data + head + token_size, size - head - token_size};
  load_listed(data + ASK_NODES, node_count);
  const loaded_t token = kernel_load(LOAD_TOKEN, data + head, token_size);
  const loaded_t descriptor = kernel_load(LOAD_DESCRIPTOR, sd.at, sd.size);
  if (token.full || descriptor.full) arena_full = true;
  if (arena_full || token.handle == 0 || descriptor.handle == 0) return;
  request_t r = {0};
  r.token = token.handle;
  r.descriptor = descriptor.handle;
  r.desired = u32_at(data);
  r.call = data[8] % 4;
  r.flags = (data[9] & 1) != 0 ? CHECK_RAW_GENERIC : 0;
  r.mapping = mappings[data[10] % 4];
  r.self = (data[11] & 1) != 0 ? cast.self : 0;
  r.primary = data[12] == 0 ? 0 : cast.tokens[data[12] % SCENE_TOKENS];
  r.policies = data[13] == 0 ? 0 : cast.policies[data[13] % SCENE_POLICIES];
  if (r.call == CALL_SE_ACCESS_CHECK) r.previous = u32_at(data + 4);
  if (r.call >= CALL_ACCESS_CHECK_BY_TYPE) {
    r.nodes = cast.nodes;
    r.node_count = node_count;
  }
  const verdict_t first = kernel_check(&r);
  if (!answers_again(&r, CHECK_TRACE, &first, "a trace changes no verdict")) return;
  if (!answers_again(&r, CHECK_TRACE | CHECK_AUDIT, &first, "an audit changes no verdict")) return;
  if (!answers_again(&r, 0, &first, "the same request gets the same verdict")) return;
  if (r.policies != 0) {
    request_t without = r;
    without.policies = 0;
    const verdict_t more = kernel_check(&without);
    if (!is_fewer(&first, &more)) broken("a central policy only removes", "%x %x, without it %x %x", first.status, first.access, more.status, more.access);
  }
  const bytes_t deny = scene_sids[draw_below(SCENE_SIDS)];
  buffer_t changed = buffer_over(room, sizeof room);
  if (!with_deny(&changed, sd, deny, draw(), 0)) return;
  const loaded_t denying = kernel_load(LOAD_DESCRIPTOR, changed.at, changed.size);
  if (denying.full) arena_full = true;
  if (denying.handle == 0) return;
  r.descriptor = denying.handle;
  const verdict_t less = kernel_check(&r);
  if (!is_fewer(&less, &first)) broken("an added deny never adds a bit", "%x %x, then %x %x", first.status, first.access, less.status, less.access);
}

static battery_t with_policies, traced;

static const u32 wishes[] = {MAXIMUM_ALLOWED, 0x120089, 0x2};

/** Asks the descriptors of the cast under the policies at hand, then without. */
static void ask_policies(u32 policies, u32 flags, battery_t* answers) {
  answers->count = 0;
  for (u32 d = 0; d < SCENE_DESCRIPTORS; d++) {
    for (u32 t = 0; t < SCENE_TOKENS; t += 3) {
      request_t r = {0};
      r.descriptor = cast.descriptors[d];
      r.token = cast.tokens[t];
      r.desired = wishes[(d + t / 3) % 3];
      r.mapping = mappings[0];
      r.policies = policies;
      r.flags = flags;
      if (answers->count < BATTERY_MAX) answers->verdicts[answers->count++] = kernel_check(&r);
    }
  }
}

void run_policies(const u8* data, u32 size) {
  const loaded_t first = kernel_load(LOAD_POLICIES, data, size);
  const loaded_t again = kernel_load(LOAD_POLICIES, data, size);
  if (first.full || again.full) {
    arena_full = true;
    return;
  }
  if ((first.handle == 0) != (again.handle == 0) || first.offset != again.offset) broken("policies are judged the same twice", "at %u, then %u", first.offset, again.offset);
  loaded_t fresh = first;
  if (first.handle != 0) ask_policies(first.handle, 0, &with_policies);
  if (ask_again) {
    kernel_reset();
    load_cast();
    fresh = kernel_load(LOAD_POLICIES, data, size);
    if ((first.handle == 0) != (fresh.handle == 0) || first.offset != fresh.offset) broken("policies are judged the same after a reset", "at %u, then %u", first.offset, fresh.offset);
  }
  if (fresh.handle == 0) return;
  ask_policies(fresh.handle, CHECK_TRACE, &traced);
  expect_same("a trace changes no verdict under policies", &with_policies, &traced);
  ask_policies(0, 0, &traced);
  expect_fewer("a central policy only removes", &traced, &with_policies);
}
