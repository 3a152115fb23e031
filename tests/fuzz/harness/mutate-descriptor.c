/**
 * The mutators of descriptors, tokens, policies and whole requests. mutate.c tells how they work.
 */
#include <string.h>

#include "mutate.h"

// ---- descriptors ----

/** Changes the size of something at `offset` and moves the parts of the descriptor that lie behind. */
static bool resize(draft_t* sd, u32 offset, u32 remove, const u8* bytes, u32 insert) {
  static const u32 fields[] = {SD_OWNER, SD_GROUP, SD_SACL, SD_DACL};
  if (!splice(sd, offset, remove, bytes, insert)) return false;
  for (u32 i = 0; i < 4; i++) {
    const u32 part = u32_at(sd->at + fields[i]);
    if (part >= offset + remove && part != 0 && part <= sd->size + remove) set_u32(sd->at + fields[i], part + insert - remove);
  }
  return true;
}

/** Offset in the descriptor of an ACE of the ACL, chosen by chance; 0 when there is none. */
static u32 any_ace(const draft_t* sd, u32 acl) {
  const u32 count = u16_at(sd->at + acl + 4);
  if (count == 0) return 0;
  u32 at = acl + ACL_HEADER_SIZE;
  for (u32 skip = chance(count); skip > 0; skip--) {
    if (at + 4 > sd->size) return 0;
    const u32 size = u16_at(sd->at + at + ACE_SIZE);
    if (size < 4) return 0;
    at += size;
  }
  if (at + 16 > sd->size) return 0;
  const u32 size = u16_at(sd->at + at + ACE_SIZE);
  return size >= 16 && size <= sd->size - at ? at : 0;
}

/** An ACE of any type with a SID and data of the cast. */
static u32 make_ace(u8* ace, u32 room) {
  static const u32 masks[] = {0x1, 0x120089, 0x1f01ff, 0x10000000, 0x80000000, 0x60000, 0x30, 0x3000000, 0xffffffff, 0x7, 0};
  const u32 type = chance(24);
  const bytes_t sid = any_of(scene_sids, SCENE_SIDS);
  const bytes_t data = type == SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE ? any_of(scene_claims, SCENE_CLAIMS) : any_of(scene_conditions, SCENE_CONDITIONS);
  buffer_t b = buffer_over(ace, room);
  const u8 head[2] = {(u8)type, (u8)(chance(3) == 0 ? chance(256) : 0)};
  put(&b, head, 2);
  put_u16(&b, 0);
  put_u32(&b, masks[chance(sizeof masks / sizeof *masks)]);
  const bool object = (type >= 5 && type <= 8) || type == 11 || type == 12 || type == 15 || type == 16;
  if (object) {
    const u32 flags = chance(4);
    put_u32(&b, flags);
    if ((flags & 1) != 0) put(&b, scene_guids + 16 * chance(SCENE_GUIDS), 16);
    if ((flags & 2) != 0) put(&b, scene_guids + 16 * chance(SCENE_GUIDS), 16);
  }
  if (type == ACCESS_ALLOWED_COMPOUND_ACE_TYPE) {
    const bytes_t server = any_of(scene_sids, SCENE_SIDS);
    put_u32(&b, 1);
    put(&b, server.at, server.size);
  }
  put(&b, sid.at, sid.size);
  if (type >= 9 && type != 17 && type != 19 && type != 20) put(&b, data.at, data.size);
  while ((b.size & 3) != 0) put(&b, "", 1);
  if (b.failed) return 0;
  set_u16(ace + ACE_SIZE, b.size);
  return b.size;
}

static void grow_acl(draft_t* sd, u32 acl, u32 more, u32 aces) {
  set_u16(sd->at + acl + 2, u16_at(sd->at + acl + 2) + more);
  set_u16(sd->at + acl + 4, u16_at(sd->at + acl + 4) + aces);
}

/** Lets the data of the ACE at `at` change, and with it the sizes of ACE and ACL. */
static void change_data(draft_t* sd, u32 acl, u32 at) {
  static u8 data[INPUT_MAX];
  const u32 size = u16_at(sd->at + at + ACE_SIZE);
  const u32 sid = sid_size(sd->at + at + ACE_SID, size - ACE_SID);
  if (sid == 0) return;
  const u32 start = ACE_SID + sid;
  memcpy(data, sd->at + at + start, size - start);
  const u32 room = 8192;
  const bool claim = sd->at[at] == SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE;
  u32 made = (u32)(claim ? mutate_claim : mutate_condition)(data, size - start, room);
  while ((made & 3) != 0) data[made++] = 0;
  if (!resize(sd, at + start, size - start, data, made)) return;
  set_u16(sd->at + at + ACE_SIZE, start + made);
  grow_acl(sd, acl, start + made - size, 0);
}

static void change_acl(draft_t* sd, u32 acl) {
  static u8 ace[4096];
  const u32 at = any_ace(sd, acl);
  if (at == 0 || chance(3) == 0) {
    const u32 size = make_ace(ace, sizeof ace);
    const u32 to = at != 0 && chance(2) == 0 ? at : acl + ACL_HEADER_SIZE;
    if (size != 0 && resize(sd, to, 0, ace, size)) grow_acl(sd, acl, size, 1);
    return;
  }
  const u32 size = u16_at(sd->at + at + ACE_SIZE);
  switch (chance(9)) {
    case 0:
      if (resize(sd, at, size, NULL, 0)) grow_acl(sd, acl, 0u - size, 0xffff);
      break;
    case 1:
      if (resize(sd, acl + ACL_HEADER_SIZE, 0, sd->at + at, size)) grow_acl(sd, acl, size, 1);
      break;
    case 2: sd->at[at] = (u8)chance(24); break;
    case 3: sd->at[at + ACE_FLAGS] ^= (u8)(1u << chance(8)); break;
    case 4: set_u32(sd->at + at + ACE_MASK, u32_at(sd->at + at + ACE_MASK) ^ 1u << chance(32)); break;
    case 5: set_u16(sd->at + at + ACE_SIZE, (size + 4 * chance(8) - 16) & 0xffff); break;
    case 6: mutate_span(sd, at + 4, size - 4); break;
    default: change_data(sd, acl, at); break;
  }
}

size_t mutate_descriptor(u8* data, size_t size, size_t limit) {
  draft_t sd = {data, (u32)size, (u32)limit};
  if (size < SD_HEADER_SIZE || chance(60) == 0) {
    const bytes_t whole = any_of(scene_descriptors, SCENE_DESCRIPTORS);
    return splice(&sd, 0, sd.size, whole.at, whole.size) ? sd.size : LLVMFuzzerMutate(data, size, limit);
  }
  for (u32 round = 1 + chance(4); round > 0; round--) {
    const u32 which = chance(8);
    const u32 acl = u32_at(data + (which < 5 ? SD_DACL : SD_SACL));
    const bool inside = acl >= SD_HEADER_SIZE && acl < sd.size && sd.size - acl >= ACL_HEADER_SIZE;
    if (which < 7 && inside) {
      change_acl(&sd, acl);
    } else if (which < 7) {
      // No ACL there: an empty one at the end.
      const u8 empty[ACL_HEADER_SIZE] = {ACL_REVISION_DS, 0, ACL_HEADER_SIZE, 0, 0, 0, 0, 0};
      while ((sd.size & 3) != 0 && splice(&sd, sd.size, 0, NULL, 1)) continue;
      if (splice(&sd, sd.size, 0, empty, sizeof empty)) set_u32(data + (which < 5 ? SD_DACL : SD_SACL), sd.size - ACL_HEADER_SIZE);
      set_u16(data + SD_CONTROL, u16_at(data + SD_CONTROL) | SE_SELF_RELATIVE | SE_DACL_PRESENT | SE_SACL_PRESENT);
    } else if (chance(2) == 0) {
      const u32 field = SD_OWNER + 4 * chance(4);
      set_u32(data + field, u32_at(data + SD_OWNER + 4 * chance(4)) + 4 * (chance(3) - 1));
    } else {
      const bytes_t sid = any_of(scene_sids, SCENE_SIDS);
      while ((sd.size & 3) != 0 && splice(&sd, sd.size, 0, NULL, 1)) continue;
      if (splice(&sd, sd.size, 0, sid.at, sid.size)) set_u32(data + (chance(2) == 0 ? SD_OWNER : SD_GROUP), sd.size - sid.size);
    }
  }
  return sd.size;
}

// ---- tokens ----

size_t mutate_token(u8* data, size_t size, size_t limit) {
  static const u32 lists[] = {IMAGE_GROUP_COUNT, IMAGE_RESTRICTED_COUNT, IMAGE_CAPABILITY_COUNT, IMAGE_DEVICE_GROUP_COUNT};
  static const u32 numbers[] = {IMAGE_TOKEN_TYPE, IMAGE_IMPERSONATION_LEVEL, IMAGE_INTEGRITY, IMAGE_MANDATORY_POLICY, IMAGE_TRUST_TYPE, IMAGE_TRUST_LEVEL};
  draft_t token = {data, (u32)size, (u32)limit};
  if (size < IMAGE_HEADER_SIZE || chance(60) == 0) {
    const bytes_t whole = any_of(scene_tokens, SCENE_TOKENS);
    return splice(&token, 0, token.size, whole.at, whole.size) ? token.size : LLVMFuzzerMutate(data, size, limit);
  }
  static u8 claim[8192];
  u8 entry[4 + SID_MAX_SIZE];
  const bytes_t sid = any_of(scene_sids, SCENE_SIDS);
  set_u32(entry, chance(3) == 0 ? chance(32) : SE_GROUP_DEFAULT_ATTRIBUTES);
  memcpy(entry + 4, sid.at, sid.size);
  const u32 list = lists[chance(4)];
  switch (chance(7)) {
    case 0: set_u32(data + numbers[chance(6)], chance(2) == 0 ? chance(4) : odd_number()); break;
    case 1: set_u32(data + IMAGE_FLAGS, u32_at(data + IMAGE_FLAGS) ^ 1u << chance(7)); break;
    case 2:
      // Lists follow each other and begin with the user: an entry more in front makes each list one longer.
      if (splice(&token, IMAGE_HEADER_SIZE, 0, entry, 4 + sid.size)) set_u32(data + list, u32_at(data + list) + 1);
      break;
    case 3: {
      const u32 other = lists[chance(4)];
      const u32 count = u32_at(data + list);
      if (count == 0) break;
      set_u32(data + list, count - 1);
      set_u32(data + other, u32_at(data + other) + 1);
      break;
    }
    case 4: {
      // A claim more at the end.
      const bytes_t whole = any_of(scene_claims, SCENE_CLAIMS);
      const u32 field = IMAGE_USER_CLAIM_COUNT + 4 * chance(3);
      memcpy(claim + 4, whole.at, whole.size);
      u32 made = chance(2) == 0 ? (u32)mutate_claim(claim + 4, whole.size, 4096) : whole.size;
      set_u32(claim, made);
      while ((made & 3) != 0) claim[4 + made++] = 0;
      if (splice(&token, token.size, 0, claim, 4 + made)) set_u32(data + field, u32_at(data + field) + 1);
      break;
    }
    default: mutate_span(&token, IMAGE_HEADER_SIZE, token.size - IMAGE_HEADER_SIZE); break;
  }
  while ((token.size & 3) != 0 && splice(&token, token.size, 0, NULL, 1)) continue;
  set_u32(data + IMAGE_SIGNATURE, IMAGE_MAGIC);
  set_u32(data + IMAGE_SIZE, token.size);
  return token.size;
}

// ---- policies: SID, count, blobs ----

size_t mutate_policies(u8* data, size_t size, size_t limit) {
  draft_t image = {data, (u32)size, (u32)limit};
  if (size < POLICY_IMAGE_HEADER_SIZE + SID_HEADER_SIZE + 4 || chance(60) == 0) {
    const bytes_t whole = any_of(scene_policies, SCENE_POLICIES);
    return splice(&image, 0, image.size, whole.at, whole.size) ? image.size : LLVMFuzzerMutate(data, size, limit);
  }
  // Walks to a blob of the first policy by chance.
  u32 at = POLICY_IMAGE_HEADER_SIZE + sid_size(data + POLICY_IMAGE_HEADER_SIZE, image.size - POLICY_IMAGE_HEADER_SIZE);
  const u32 rules = at + 4;
  u32 kind = 0;
  at = rules;
  for (u32 skip = chance(7); skip > 0 && at + 8 <= image.size; skip--) {
    const u32 length = u32_at(data + at);
    if (length > image.size - at - 4) break;
    at += 4 + ((length + 3) & ~3u);
    kind = (kind + 1) % 3;
  }
  const u32 length = at + 4 <= image.size ? u32_at(data + at) : 0;
  static u8 blob[INPUT_MAX];
  if (at + 4 > image.size || length > image.size - at - 4 || chance(6) == 0) {
    mutate_span(&image, POLICY_IMAGE_HEADER_SIZE, image.size - POLICY_IMAGE_HEADER_SIZE);
  } else if (chance(4) == 0 && image.size - rules < 16384) {
    // The rules once more.
    if (splice(&image, image.size, 0, data + rules, image.size - rules)) set_u32(data + rules - 4, 2 * u32_at(data + rules - 4));
  } else {
    memcpy(blob, data + at + 4, length);
    u32 made = (u32)(kind == 0 ? mutate_condition : mutate_descriptor)(blob, length, 16384);
    const u32 stated = made;
    while ((made & 3) != 0) blob[made++] = 0;
    if (splice(&image, at + 4, (length + 3) & ~3u, blob, made)) set_u32(data + at, stated);
  }
  while ((image.size & 3) != 0 && splice(&image, image.size, 0, NULL, 1)) continue;
  set_u32(data + 4, image.size);
  return image.size;
}

// ---- whole requests ----

size_t mutate_check(u8* data, size_t size, size_t limit) {
  draft_t ask = {data, (u32)size, (u32)limit};
  const u32 nodes = size < ASK_NODES ? 0 : data[14] % (NODES_MAX + 1);
  const u32 head = ASK_NODES + 2 * nodes;
  const u32 token = size < ASK_NODES ? 0 : u16_at(data + 16);
  if (size < head || size - head < token) {
    const bytes_t whole = any_of(scene_checks, SCENE_CHECKS);
    return splice(&ask, 0, ask.size, whole.at, whole.size) ? ask.size : LLVMFuzzerMutate(data, size, limit);
  }
  static u8 part[INPUT_MAX];
  const u32 rest = ask.size - head - token;
  const u32 what = chance(8);
  if (what == 0) {
    set_u32(data, chance(2) == 0 ? 1u << chance(32) : u32_at(data) ^ 1u << chance(32));
  } else if (what == 1) {
    data[8 + chance(6)] = (u8)chance(16);
  } else if (what == 2) {
    // One node more, or one less.
    const u8 pair[2] = {(u8)(nodes == 0 ? 0 : 1 + chance(4)), (u8)chance(SCENE_GUIDS)};
    if (nodes > 0 && chance(3) == 0) {
      if (splice(&ask, ASK_NODES + 2 * chance(nodes), 2, NULL, 0)) data[14] = (u8)(nodes - 1);
    } else if (nodes < NODES_MAX && splice(&ask, head, 0, pair, 2)) {
      data[14] = (u8)(nodes + 1);
    }
  } else if (what < 5) {
    memcpy(part, data + head, token);
    const u32 made = (u32)mutate_token(part, token, 16384);
    if (splice(&ask, head, token, part, made)) set_u16(data + 16, made);
  } else {
    memcpy(part, data + head + token, rest);
    const u32 made = (u32)mutate_descriptor(part, rest, 32768 < rest ? rest : 32768);
    splice(&ask, head + token, rest, part, made);
  }
  return ask.size;
}
