/**
 * Claims from strangers, as a resource attribute and as a claim of a token: both judge alike, and a claim equals
 * itself. access-check.md 11.4-11.7; formats.md 6.3
 */
#include <string.h>

#include "harness.h"
#include "scene.h"

static u8 room[EDIT_MAX];
static u8 token_room[EDIT_MAX];
static u8 program_room[EDIT_MAX];

/** Bytes of the name that a well-formed claim has, without its NUL. */
static bytes_t name_of(bytes_t claim) {
  const u32 offset = u32_at(claim.at + CLAIM_NAME);
  bytes_t name = {claim.at + offset, 0};
  while (u16_at(name.at + name.size) != 0) name.size += 2;
  return name;
}

static void put_attribute(buffer_t* b, u32 code, bytes_t name) {
  const u8 byte = (u8)code;
  put(b, &byte, 1);
  put_u32(b, name.size);
  put(b, name.at, name.size);
}

/** The truth of `@User.name operator @Resource.name`, or of `operator @Resource.name`. */
static u32 truth_of(bytes_t name, u32 operator, u32 token, u32 descriptor, u32 purpose) {
  buffer_t program = buffer_over(program_room, sizeof program_room);
  put_u32(&program, CONDITION_SIGNATURE);
  if (operator != TOKEN_EXISTS) put_attribute(&program, TOKEN_USER_ATTRIBUTE, name);
  put_attribute(&program, TOKEN_RESOURCE_ATTRIBUTE, name);
  const u8 code = (u8) operator;
  put(&program, &code, 1);
  const loaded_t loaded = kernel_load(LOAD_CONDITION, program.at, program.size);
  if (loaded.full) {
    arena_full = true;
    return UNKNOWN;
  }
  if (loaded.handle == 0) broken("a well-formed claim's name is an attribute's name", "%u bytes", name.size);
  return kernel_truth(loaded.handle, token, descriptor, purpose);
}

static void expect(u32 found, u32 expected, const char* law) {
  if (!arena_full && found != expected) broken(law, "%u, not %u", found, expected);
}

/** What must hold of two equal claims that are there for `purpose`. */
static void expect_equal(bytes_t claim, bytes_t name, u32 token, u32 descriptor, u32 purpose) {
  const u32 type = u16_at(claim.at + CLAIM_TYPE);
  const bool exists = truth_of(name, TOKEN_EXISTS, token, descriptor, purpose) == TRUE;
  if (arena_full) return;
  const u32 equal = truth_of(name, TOKEN_EQUAL, token, descriptor, purpose);
  if (!exists) {
    expect(equal, UNKNOWN, "a missing attribute makes a comparison UNKNOWN");
    return;
  }
  expect(equal, TRUE, "a claim equals itself");
  expect(truth_of(name, TOKEN_NOT_EQUAL, token, descriptor, purpose), FALSE, "a claim does not differ from itself");
  const bool sets = type != CLAIM_TYPE_BOOLEAN;
  expect(truth_of(name, TOKEN_CONTAINS, token, descriptor, purpose), sets ? TRUE : UNKNOWN, "a claim contains itself");
  expect(truth_of(name, TOKEN_ANY_OF, token, descriptor, purpose), sets ? TRUE : UNKNOWN, "a claim meets itself");
  expect(truth_of(name, TOKEN_NOT_ANY_OF, token, descriptor, purpose), sets ? FALSE : UNKNOWN, "a claim does not miss itself");
  const bool ordered = sets && type != CLAIM_TYPE_SID && u32_at(claim.at + CLAIM_COUNT) == 1;
  expect(truth_of(name, TOKEN_LESS_OR_EQUAL, token, descriptor, purpose), ordered ? TRUE : UNKNOWN, "a claim is not above itself");
  expect(truth_of(name, TOKEN_LESS, token, descriptor, purpose), ordered ? FALSE : UNKNOWN, "a claim is not below itself");
}

void run_claim(const u8* data, u32 size) {
  const bytes_t claim = {data, size};
  const ace_t resource = {SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE, 0, 0, scene_sids[SCENE_SID_EVERYONE], claim};
  const ace_t allow = {ACCESS_ALLOWED_ACE_TYPE, 0, 1, scene_sids[SCENE_SID_USER], {0, 0}};
  // Padding belongs to a resource attribute's bytes; what is compared is the same claim in both places.
  buffer_t token = buffer_over(token_room, sizeof token_room);
  if (!with_user_claim(&token, scene_tokens[SCENE_TOKEN_PLAIN], claim)) return;
  buffer_t sd = buffer_over(room, sizeof room);
  if (!make_descriptor(&sd, &allow, 1, &resource, 1)) return;
  const loaded_t descriptor = kernel_load(LOAD_DESCRIPTOR, sd.at, sd.size);
  const loaded_t holder = kernel_load(LOAD_TOKEN, token.at, token.size);
  const loaded_t again = kernel_load(LOAD_TOKEN, token.at, token.size);
  if (descriptor.full || holder.full || again.full) {
    arena_full = true;
    return;
  }
  if (descriptor.handle == 0) broken("a claim makes no descriptor invalid", "refused at %u", descriptor.offset);
  if ((holder.handle == 0) != (again.handle == 0) || holder.offset != again.offset) broken("a token is judged the same twice", "%u, then %u", holder.offset, again.offset);
  if (ask_again) {
    kernel_reset();
    load_cast();
    const loaded_t fresh_sd = kernel_load(LOAD_DESCRIPTOR, sd.at, sd.size);
    const loaded_t fresh = kernel_load(LOAD_TOKEN, token.at, token.size);
    if (fresh_sd.handle == 0 || (holder.handle == 0) != (fresh.handle == 0) || holder.offset != fresh.offset) broken("a claim is judged the same after a reset", "%u, then %u", holder.offset, fresh.offset);
    if (fresh.handle != 0) expect_equal(claim, name_of(claim), fresh.handle, fresh_sd.handle, PURPOSE_DENY);
    return;
  }
  if (holder.handle == 0) return;
  // Only the bytes that the claim itself has are the same in both: a padded text may go on into the padding.
  for (u32 purpose = 0; purpose < 3 && !arena_full; purpose++) expect_equal(claim, name_of(claim), holder.handle, descriptor.handle, purpose);
}
