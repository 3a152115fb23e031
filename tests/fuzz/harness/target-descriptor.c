/**
 * Descriptors from strangers: accepted or refused, always the same way; accepted ones keep the laws of the check.
 */
#include "harness.h"
#include "scene.h"

/** ACE types that allow. access-check.md 6 */
static bool allows(u32 type) {
  return type == ACCESS_ALLOWED_ACE_TYPE || type == ACCESS_ALLOWED_COMPOUND_ACE_TYPE || type == ACCESS_ALLOWED_OBJECT_ACE_TYPE ||
         type == ACCESS_ALLOWED_CALLBACK_ACE_TYPE || type == ACCESS_ALLOWED_CALLBACK_OBJECT_ACE_TYPE;
}

static bool is_object(u32 type) {
  return type == ACCESS_ALLOWED_OBJECT_ACE_TYPE || type == ACCESS_ALLOWED_CALLBACK_OBJECT_ACE_TYPE;
}

/** Whether the sound ACE is for S-1-3-4, whose presence speaks for itself. access-check.md 5.3 */
static bool is_for_owner_rights(const u8* ace) {
  const u32 type = ace[ACE_TYPE];
  u32 sid = ACE_SID;
  if (is_object(type)) {
    const u32 flags = u32_at(ace + ACE_OBJECT_FLAGS);
    sid = ACE_OBJECT_GUIDS + ((flags & 1) != 0 ? 16 : 0) + ((flags & 2) != 0 ? 16 : 0);
  } else if (type == ACCESS_ALLOWED_COMPOUND_ACE_TYPE) {
    sid = ACE_COMPOUND_SIDS + SID_HEADER_SIZE + 4u * ace[ACE_COMPOUND_SIDS + 1];
  }
  return ace[sid + 1] == 1 && u32_at(ace + sid + 2) == 0 && ace[sid + 6] == 0 && ace[sid + 7] == 3 && u32_at(ace + sid + 8) == 4;
}

/** The answers of a changed copy, which must be accepted as well. */
static bool ask_changed(const buffer_t* changed, const char* law, battery_t* answers, u32 seed) {
  const loaded_t loaded = kernel_load(LOAD_DESCRIPTOR, changed->at, changed->size);
  if (loaded.full) {
    arena_full = true;
    return false;
  }
  if (loaded.handle == 0) broken(law, "the changed descriptor is refused at %u", loaded.offset);
  ask_descriptor(loaded.handle, seed, 0, answers);
  return true;
}

static battery_t answers, others;
static u8 room[EDIT_MAX];

static void add_deny(bytes_t sd, u32 seed) {
  static const u32 masks[] = {0x1, 0x20000, 0x1f01ff, 0x40000000, 0xffffffff, 0x30, 0x2};
  const u32 mask = masks[draw_below(sizeof masks / sizeof *masks)];
  const bytes_t sid = scene_sids[draw_below(SCENE_SIDS)];
  buffer_t changed = buffer_over(room, sizeof room);
  if (!with_deny(&changed, sd, sid, mask, draw_below(16))) return;
  if (ask_changed(&changed, "a deny ACE more keeps a descriptor sound", &others, seed)) {
    expect_fewer("an added deny never adds a bit", &answers, &others);
  }
}

static void drop_allow(bytes_t sd, u32 seed) {
  const u32 offset = dacl_of(sd.at);
  const u32 count = offset == 0 ? 0 : u16_at(sd.at + offset + 4);
  if (count == 0) return;
  const u32 index = draw_below(count);
  const u8* ace = sd.at + offset + ace_offset(sd.at + offset, index);
  if (!allows(ace[ACE_TYPE]) || is_for_owner_rights(ace)) return;
  buffer_t changed = buffer_over(room, sizeof room);
  if (!without_ace(&changed, sd, index)) return;
  if (ask_changed(&changed, "an ACE less keeps a descriptor sound", &others, seed)) {
    expect_fewer("a removed allow never adds a bit", &answers, &others);
  }
}

void run_descriptor(const u8* data, u32 size) {
  const u32 seed = draw();
  const loaded_t first = kernel_load(LOAD_DESCRIPTOR, data, size);
  if (first.full) {
    arena_full = true;
    return;
  }
  const loaded_t again = kernel_load(LOAD_DESCRIPTOR, data, size);
  if (again.full) {
    arena_full = true;
    return;
  }
  if ((first.handle == 0) != (again.handle == 0) || first.offset != again.offset || first.status != again.status) {
    broken("a descriptor is judged the same twice", "%x at %u, then %x at %u", first.status, first.offset, again.status, again.offset);
  }
  loaded_t fresh = first;
  if (first.handle != 0) ask_descriptor(first.handle, seed, 0, &answers);
  if (ask_again) {
    kernel_reset();
    load_cast();
    fresh = kernel_load(LOAD_DESCRIPTOR, data, size);
    if ((first.handle == 0) != (fresh.handle == 0) || first.offset != fresh.offset) {
      broken("a descriptor is judged the same after a reset", "%x at %u, then %x at %u", first.status, first.offset, fresh.status, fresh.offset);
    }
  }
  const bytes_t sd = {data, size};
  if (fresh.handle == 0) {
    expect_short_ways(sd, 0, seed);
    return;
  }
  if (ask_again || (seed & 3) == 0) {
    ask_descriptor(fresh.handle, seed, 0, &others);
    expect_same("the same bytes get the same verdict", &answers, &others);
  }
  if ((seed & 3) == 1) {
    ask_descriptor(fresh.handle, seed, CHECK_TRACE, &others);
    expect_same("a trace changes no verdict", &answers, &others);
  }
  if ((seed & 3) == 2) {
    ask_descriptor(fresh.handle, seed, CHECK_TRACE | CHECK_AUDIT, &others);
    expect_same("an audit changes no verdict", &answers, &others);
  }
  expect_coherent(fresh.handle, seed, &answers);
  expect_short_ways(sd, fresh.handle, seed);
  if (!arena_full) add_deny(sd, seed);
  if (!arena_full) drop_allow(sd, seed);
}
