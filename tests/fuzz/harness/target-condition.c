/**
 * Conditional expressions from strangers: the truth of one is the same by every way it can be asked.
 * access-check.md 4.2, 6.7, 11
 */
#include "harness.h"
#include "scene.h"

#define BIT 0x1u

static u8 room[EDIT_MAX];

/** Whether a descriptor of these ACEs grants BIT to a token; `full` when it could not be asked. */
static bool is_granted(const ace_t* dacl, u32 dacl_count, const ace_t* sacl, u32 sacl_count, u32 token, u32 flags, bool* full) {
  buffer_t sd = buffer_over(room, sizeof room);
  *full = !make_descriptor(&sd, dacl, dacl_count, sacl, sacl_count);
  if (*full) return false;
  const loaded_t loaded = kernel_load(LOAD_DESCRIPTOR, sd.at, sd.size);
  if (loaded.full) {
    arena_full = *full = true;
    return false;
  }
  if (loaded.handle == 0) broken("application data makes no descriptor invalid", "refused at %u", loaded.offset);
  request_t r = {0};
  r.descriptor = loaded.handle;
  r.token = token;
  r.desired = BIT;
  r.flags = flags;
  r.mapping = mappings[0];
  const verdict_t v = kernel_check(&r);
  if (v.status == STATUS_NO_MEMORY) arena_full = *full = true;
  return v.granted != 0;
}

/** The condition, whole words of it, inside ACEs beside the claims of the cast's resource descriptor. */
static void expect_ace_agrees(bytes_t condition, u32 token, u32 flags) {
  const loaded_t loaded = kernel_load(LOAD_CONDITION, condition.at, condition.size);
  if (loaded.full) {
    arena_full = true;
    return;
  }
  u32 truths[2];
  for (u32 purpose = PURPOSE_ALLOW; purpose <= PURPOSE_DENY; purpose++) {
    truths[purpose] = loaded.handle == 0 ? UNKNOWN : kernel_truth(loaded.handle, token, cast.descriptors[SCENE_RESOURCE_DESCRIPTOR], purpose);
  }
  const bytes_t everyone = scene_sids[SCENE_SID_EVERYONE];
  const bytes_t user = scene_sids[SCENE_SID_USER];
  const bytes_t none = {0, 0};
  const ace_t allow_if = {ACCESS_ALLOWED_CALLBACK_ACE_TYPE, 0, BIT, user, condition};
  const ace_t deny_if = {ACCESS_DENIED_CALLBACK_ACE_TYPE, 0, BIT, user, condition};
  const ace_t allow = {ACCESS_ALLOWED_ACE_TYPE, 0, BIT, user, none};
  const ace_t filter = {SYSTEM_ACCESS_FILTER_ACE_TYPE, 0, 0, everyone, condition};
  ace_t sacl[SCENE_RESOURCE_CLAIMS + 1];
  for (u32 i = 0; i < SCENE_RESOURCE_CLAIMS; i++) {
    const ace_t resource = {SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE, 0, 0, everyone, scene_claims[i]};
    sacl[i] = resource;
  }
  sacl[SCENE_RESOURCE_CLAIMS] = filter;
  const ace_t deny_then_allow[2] = {deny_if, allow};
  bool full;
  bool granted = is_granted(&allow_if, 1, sacl, SCENE_RESOURCE_CLAIMS, token, flags, &full);
  if (!full && granted != (truths[PURPOSE_ALLOW] == TRUE)) broken("an allow acts on TRUE only", "truth %u, granted %d", truths[0], granted);
  granted = is_granted(deny_then_allow, 2, sacl, SCENE_RESOURCE_CLAIMS, token, flags, &full);
  if (!full && granted != (truths[PURPOSE_DENY] == FALSE)) broken("a deny acts on TRUE and UNKNOWN", "truth %u, granted %d", truths[1], granted);
  granted = is_granted(&allow, 1, sacl, SCENE_RESOURCE_CLAIMS + 1, token, flags, &full);
  if (!full && granted != (truths[PURPOSE_ALLOW] == TRUE)) broken("a filter leaves everything on TRUE only", "truth %u, granted %d", truths[0], granted);
}

void run_condition(const u8* data, u32 size) {
  loaded_t first = kernel_load(LOAD_CONDITION, data, size);
  if (first.full) {
    arena_full = true;
    return;
  }
  const loaded_t again = kernel_load(LOAD_CONDITION, data, size);
  if (again.full) {
    arena_full = true;
    return;
  }
  if ((first.handle == 0) != (again.handle == 0)) broken("a condition is judged the same twice", "%u, then %u", first.handle, again.handle);
  u32 before[SCENE_TOKENS][3];
  for (u32 round = 0; round < (ask_again ? 2u : 1u); round++) {
    if (round == 1) {
      kernel_reset();
      load_cast();
      const loaded_t fresh = kernel_load(LOAD_CONDITION, data, size);
      if ((first.handle == 0) != (fresh.handle == 0)) broken("a condition is judged the same after a reset", "%u, then %u", first.handle, fresh.handle);
      first = fresh;
    }
    for (u32 t = 0; t < SCENE_TOKENS; t++) {
      for (u32 purpose = 0; purpose < 3; purpose++) {
        const u32 resource = cast.descriptors[SCENE_RESOURCE_DESCRIPTOR];
        const u32 truth = first.handle == 0 ? UNKNOWN : kernel_truth(first.handle, cast.tokens[t], resource, purpose);
        if (round == 1 && truth != before[t][purpose]) broken("a condition has the same truth after a reset", "token %u: %u, then %u", t, before[t][purpose], truth);
        before[t][purpose] = truth;
      }
    }
  }
  const u32 token = scene_condition_tokens[draw_below(SCENE_CONDITION_TOKENS)];
  const u32 flags = draw_below(4) == 0 ? CHECK_TRACE | CHECK_AUDIT : 0;
  // An ACE pads its data, and more than three zeros are no padding of a condition: pad first.
  static u8 padded[INPUT_MAX + 4];
  buffer_t whole = buffer_over(padded, sizeof padded);
  put(&whole, data, size);
  while ((whole.size & 3) != 0) put(&whole, "", 1);
  const bytes_t words = {whole.at, whole.size};
  expect_ace_agrees(words, cast.tokens[token], flags);
}
