/**
 * Token images, and requests to filter tokens. The engine writes the former itself, so that strangers reach them only
 * through a flaw elsewhere; they must hold all the same.
 */
#include <string.h>

#include "harness.h"
#include "scene.h"

static battery_t answers, others;
static u8 room[EDIT_MAX];

/** The answers for a changed copy of a token, which must be accepted as well. */
static bool ask_changed(const buffer_t* changed, const char* law, u32 seed) {
  const loaded_t loaded = kernel_load(LOAD_TOKEN, changed->at, changed->size);
  if (loaded.full) {
    arena_full = true;
    return false;
  }
  if (loaded.handle == 0) broken(law, "the changed token is refused at %u", loaded.offset);
  ask_token(loaded.handle, seed, 0, &others);
  return true;
}

static void restrict_it(bytes_t token, u32 seed) {
  bytes_t list[3];
  const u32 count = draw_below(4);
  for (u32 i = 0; i < count; i++) list[i] = scene_sids[draw_below(SCENE_SIDS)];
  buffer_t changed = buffer_over(room, sizeof room);
  if ((u32_at(token.at + IMAGE_FLAGS) & IMAGE_RESTRICTED) != 0) return;
  if (!with_restricted(&changed, token, list, count, draw_below(2) == 1)) return;
  if (ask_changed(&changed, "a token can be restricted", seed)) expect_fewer("restricting SIDs never add access", &answers, &others);
}

void run_token(const u8* data, u32 size) {
  const u32 seed = draw();
  const loaded_t first = kernel_load(LOAD_TOKEN, data, size);
  const loaded_t again = kernel_load(LOAD_TOKEN, data, size);
  if (first.full || again.full) {
    arena_full = true;
    return;
  }
  if ((first.handle == 0) != (again.handle == 0) || first.offset != again.offset) broken("a token is judged the same twice", "at %u, then %u", first.offset, again.offset);
  loaded_t fresh = first;
  if (first.handle != 0) ask_token(first.handle, seed, 0, &answers);
  if (ask_again) {
    kernel_reset();
    load_cast();
    fresh = kernel_load(LOAD_TOKEN, data, size);
    if ((first.handle == 0) != (fresh.handle == 0) || first.offset != fresh.offset) broken("a token is judged the same after a reset", "at %u, then %u", first.offset, fresh.offset);
  }
  if (fresh.handle == 0) return;
  ask_token(fresh.handle, seed, (seed & 1) != 0 ? CHECK_TRACE : 0, &others);
  expect_same("the same token gets the same verdict, traced or not", &answers, &others);
  const bytes_t token = {data, size};
  restrict_it(token, seed);
}

/** Filtering leaves out what it cannot change; the source's header goes on. tokens.md 2 */
static void complete(buffer_t* image, bytes_t source) {
  static const u32 kept[] = {IMAGE_TOKEN_TYPE, IMAGE_IMPERSONATION_LEVEL, IMAGE_INTEGRITY, IMAGE_MANDATORY_POLICY, IMAGE_TRUST_TYPE, IMAGE_TRUST_LEVEL};
  for (u32 i = 0; i < sizeof kept / sizeof *kept; i++) memcpy(image->at + kept[i], source.at + kept[i], 4);
}

/** The first byte chooses the token of the cast; the rest is the filter image. */
void run_filter(const u8* data, u32 size) {
  if (size == 0) return;
  const u32 index = scene_filter_tokens[data[0] % SCENE_FILTER_TOKENS];
  const u32 seed = draw();
  bytes_t image, second;
  bool full;
  const u32 status = kernel_filter(cast.tokens[index], data + 1, size - 1, &image, &full);
  if (full) {
    arena_full = true;
    return;
  }
  if (status != STATUS_SUCCESS) {
    if (kernel_filter(cast.tokens[index], data + 1, size - 1, &second, &full) != status && !full) broken("a filter is judged the same twice", "first %x", status);
    return;
  }
  buffer_t left = buffer_over(room, sizeof room);
  put(&left, image.at, image.size);
  if (left.failed) return;
  if (kernel_filter(cast.tokens[index], data + 1, size - 1, &second, &full) != STATUS_SUCCESS) {
    if (full) arena_full = true;
    else broken("a filter is judged the same twice", "first a token");
    return;
  }
  if (second.size != left.size || memcmp(second.at, left.at, left.size) != 0) broken("the same filter leaves the same token", "%u and %u bytes", left.size, second.size);
  complete(&left, scene_tokens[index]);
  ask_token(cast.tokens[index], seed, 0, &answers);
  if (ask_changed(&left, "what filtering leaves is a token", seed)) expect_fewer("filtering never adds access", &answers, &others);
}
