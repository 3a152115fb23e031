/**
 * Chance, cutting and pasting; and the mutators of the small formats: conditions, claims, filters.
 *
 * A mutator changes one thing and repairs the sizes and counts around it, so that the change is seen and not the
 * broken frame. Frames are broken by libFuzzer's own mutations. Does not judge what is valid.
 */
#include "mutate.h"

#include <string.h>

static u32 state;

void seed_chance(u32 seed) {
  state = seed * 2u + 1u;
}

u32 chance(u32 limit) {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return (u32)(((u64)state * limit) >> 32);
}

bool splice(draft_t* draft, u32 offset, u32 remove, const u8* bytes, u32 insert) {
  if (offset > draft->size || remove > draft->size - offset || insert > draft->limit - (draft->size - remove)) return false;
  static u8 kept[INPUT_MAX];
  // The inserted bytes may come from the draft itself.
  if (insert > sizeof kept) return false;
  if (bytes != NULL) memcpy(kept, bytes, insert);
  else memset(kept, 0, insert);
  memmove(draft->at + offset + insert, draft->at + offset + remove, draft->size - offset - remove);
  memcpy(draft->at + offset, kept, insert);
  draft->size = draft->size - remove + insert;
  return true;
}

u32 odd_number(void) {
  static const u32 numbers[] = {0, 1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 255, 256, 1023, 1024, 1025, 2000, 2001, 4095, 4096, 4097,
                                0x7fff, 0x8000, 0xfffc, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffc, 0xffffffff};
  if (chance(4) == 0) return chance(0xffffffff);
  return numbers[chance(sizeof numbers / sizeof *numbers)];
}

bytes_t any_of(const bytes_t* list, u32 count) {
  return list[chance(count)];
}

void mutate_span(draft_t* draft, u32 offset, u32 size) {
  if (size == 0 || offset > draft->size || size > draft->size - offset) return;
  static u8 part[INPUT_MAX];
  memset(part, 0, size);
  memcpy(part, draft->at + offset, size);
  LLVMFuzzerMutate(part, size, size);
  memcpy(draft->at + offset, part, size);
}

// ---- conditions: tokens behind "artx" ----

/** Size of the token at `offset`, at least 1, at most what is left. */
static u32 token_size(const draft_t* draft, u32 offset) {
  const u32 left = draft->size - offset;
  const u8 code = draft->at[offset];
  u32 size = 1;
  if (code >= TOKEN_INT8 && code <= TOKEN_INT64) size = 11;
  else if (code == TOKEN_UNICODE || code == TOKEN_OCTETS || code == TOKEN_COMPOSITE || code == TOKEN_SID || code >= TOKEN_LOCAL_ATTRIBUTE) {
    if (left < 5) return left;
    const u32 length = u32_at(draft->at + offset + 1);
    size = length > left - 5 ? left : 5 + length;
  }
  return size < left ? size : left;
}

/** Offset of a token chosen by chance; the end now and then. */
static u32 any_token(const draft_t* draft) {
  u32 count = 0;
  for (u32 at = 4; at < draft->size; at += token_size(draft, at)) count += 1;
  u32 wanted = chance(count + 1);
  u32 at = 4;
  while (wanted-- > 0 && at < draft->size) at += token_size(draft, at);
  return at;
}

static const u8 operators[] = {
    TOKEN_EQUAL, TOKEN_NOT_EQUAL, TOKEN_LESS, TOKEN_LESS_OR_EQUAL, TOKEN_GREATER, TOKEN_GREATER_OR_EQUAL, TOKEN_CONTAINS, TOKEN_EXISTS,
    TOKEN_ANY_OF, TOKEN_MEMBER_OF, TOKEN_DEVICE_MEMBER_OF, TOKEN_MEMBER_OF_ANY, TOKEN_DEVICE_MEMBER_OF_ANY, TOKEN_NOT_EXISTS,
    TOKEN_NOT_CONTAINS, TOKEN_NOT_ANY_OF, TOKEN_NOT_MEMBER_OF, TOKEN_NOT_DEVICE_MEMBER_OF, TOKEN_NOT_MEMBER_OF_ANY,
    TOKEN_NOT_DEVICE_MEMBER_OF_ANY, TOKEN_AND, TOKEN_OR, TOKEN_NOT,
};

/** Puts a token, or the tokens of another condition, at `offset`. */
static void insert_token(draft_t* draft, u32 offset) {
  if (chance(3) == 0) {
    const u8 code = operators[chance(sizeof operators)];
    splice(draft, offset, 0, &code, 1);
    return;
  }
  const bytes_t other = any_of(scene_conditions, SCENE_CONDITIONS);
  draft_t from = {(u8*)other.at, other.size, other.size};
  const u32 start = any_token(&from);
  if (start >= other.size) return;
  const u32 size = chance(2) == 0 ? token_size(&from, start) : other.size - start;
  splice(draft, offset, 0, other.at + start, size);
}

/** Puts literals into the composite at `offset`, or takes some out. */
static void change_composite(draft_t* draft, u32 offset) {
  const u32 size = token_size(draft, offset);
  if (draft->at[offset] != TOKEN_COMPOSITE || size < 5) return;
  const u32 before = draft->size;
  if (chance(3) == 0) {
    splice(draft, offset + 5, chance(size - 4), NULL, 0);
  } else {
    const u32 from = any_token(draft);
    if (from < draft->size) splice(draft, offset + 5, 0, draft->at + from, token_size(draft, from));
  }
  set_u32(draft->at + offset + 1, size - 5 + draft->size - before);
}

size_t mutate_condition(u8* data, size_t size, size_t limit) {
  draft_t draft = {data, (u32)size, (u32)limit};
  if (size < 4 || u32_at(data) != CONDITION_SIGNATURE) {
    const bytes_t whole = any_of(scene_conditions, SCENE_CONDITIONS);
    return splice(&draft, 0, draft.size, whole.at, whole.size) ? draft.size : LLVMFuzzerMutate(data, size, limit);
  }
  for (u32 round = 1 + chance(3); round > 0; round--) {
    const u32 at = any_token(&draft);
    if (at >= draft.size || chance(3) == 0) {
      insert_token(&draft, at);
      continue;
    }
    const u32 token = token_size(&draft, at);
    const u32 to = any_token(&draft);
    switch (chance(7)) {
      case 0: splice(&draft, at, token, NULL, 0); break;
      case 1: splice(&draft, to, 0, draft.at + at, token); break;
      case 2: draft.at[at] = operators[chance(sizeof operators)]; break;
      case 3: draft.at[at] = (u8)(TOKEN_LOCAL_ATTRIBUTE + chance(4)); break;
      case 4: if (token > 5) mutate_span(&draft, at + 5, token - 5); break;
      case 5: if (token >= 5) set_u32(draft.at + at + 1, odd_number()); break;
      default: change_composite(&draft, at); break;
    }
  }
  return draft.size;
}

// ---- claims ----

size_t mutate_claim(u8* data, size_t size, size_t limit) {
  static const u16 types[] = {CLAIM_TYPE_INT64, CLAIM_TYPE_UINT64, CLAIM_TYPE_STRING, CLAIM_TYPE_SID, CLAIM_TYPE_BOOLEAN, CLAIM_TYPE_OCTET_STRING};
  draft_t draft = {data, (u32)size, (u32)limit};
  if (size < 20 || chance(20) == 0) {
    const bytes_t whole = any_of(scene_claims, SCENE_CLAIMS);
    return splice(&draft, 0, draft.size, whole.at, whole.size) ? draft.size : LLVMFuzzerMutate(data, size, limit);
  }
  const u32 count = u32_at(data + CLAIM_COUNT);
  const u32 held = count < (draft.size - 16) / 4 ? count : 0;
  const u32 contents = CLAIM_VALUES + 4 * held;
  u8 text[32];
  switch (chance(9)) {
    case 0: set_u16(data + CLAIM_TYPE, types[chance(6)]); break;
    case 1: set_u32(data + CLAIM_FLAGS, u32_at(data + CLAIM_FLAGS) ^ 1u << chance(32)); break;
    case 2: set_u32(data + CLAIM_COUNT, chance(4) == 0 ? odd_number() : chance(held + 2)); break;
    case 3: if (held != 0) set_u32(data + CLAIM_VALUES + 4 * chance(held), contents + chance(draft.size - contents + 1)); break;
    case 4: set_u32(data + CLAIM_NAME, contents + chance(draft.size - contents + 1)); break;
    case 5: mutate_span(&draft, contents, draft.size - contents); break;
    case 6:
      // One value more, at a place that another value or the name has, or any.
      set_u32(text, held != 0 && chance(2) == 0 ? u32_at(data + CLAIM_VALUES + 4 * chance(held)) + 4 : contents + 4 + chance(draft.size - contents));
      if (!splice(&draft, CLAIM_VALUES, 0, text, 4)) break;
      set_u32(data + CLAIM_COUNT, held + 1);
      set_u32(data + CLAIM_NAME, u32_at(data + CLAIM_NAME) + 4);
      for (u32 i = 1; i <= held; i++) set_u32(data + CLAIM_VALUES + 4 * i, u32_at(data + CLAIM_VALUES + 4 * i) + 4);
      break;
    case 7: {
      const bytes_t other = any_of(scene_claims, SCENE_CLAIMS);
      const u32 from = chance(other.size);
      splice(&draft, contents + chance(draft.size - contents + 1), 0, other.at + from, 1 + chance(other.size - from));
      break;
    }
    default: {
      const bytes_t sid = any_of(scene_sids, SCENE_SIDS);
      set_u32(text, sid.size);
      const u32 at = draft.size;
      if (splice(&draft, at, 0, text, 4) && splice(&draft, draft.size, 0, sid.at, sid.size) && held != 0) set_u32(data + CLAIM_VALUES + 4 * chance(held), at);
      break;
    }
  }
  return draft.size;
}

// ---- filters: the number of a token, then the image ----

size_t mutate_filter(u8* data, size_t size, size_t limit) {
  draft_t draft = {data, (u32)size, (u32)limit};
  if (size < 1 + FILTER_HEADER_SIZE) {
    const bytes_t whole = any_of(scene_filters, SCENE_FILTERS);
    return splice(&draft, 0, draft.size, whole.at, whole.size) ? draft.size : LLVMFuzzerMutate(data, size, limit);
  }
  u8* image = data + 1;
  u8 entry[4 + SID_MAX_SIZE];
  const bytes_t sid = any_of(scene_sids, SCENE_SIDS);
  set_u32(entry, chance(8) == 0 ? odd_number() : 0);
  memcpy(entry + 4, sid.at, sid.size);
  switch (chance(6)) {
    case 0: data[0] = (u8)chance(256); break;
    case 1: set_u32(image + FILTER_FLAGS, chance(8) == 0 ? odd_number() : chance(16)); break;
    case 2: set_u32(image + FILTER_CALL + 4 * chance(2), chance(3)); break;
    case 3:
      if (splice(&draft, 1 + FILTER_HEADER_SIZE, 0, entry, 4 + sid.size)) set_u32(image + FILTER_DISABLE_COUNT, u32_at(image + FILTER_DISABLE_COUNT) + 1);
      break;
    case 4:
      if (splice(&draft, draft.size, 0, entry, 4 + sid.size)) set_u32(image + FILTER_RESTRICT_COUNT, u32_at(image + FILTER_RESTRICT_COUNT) + 1);
      break;
    default: mutate_span(&draft, 1 + FILTER_HEADER_SIZE, draft.size - 1 - FILTER_HEADER_SIZE); break;
  }
  return draft.size;
}
