/**
 * Structures as bytes: reading sound ones, and writing changed copies of them. Small and plain on purpose; it shares
 * nothing with the library or the kernel. Does not know what an ACE means.
 */
#include <string.h>

#include "harness.h"
#include "scene.h"

buffer_t buffer_over(u8* room, u32 size) {
  const buffer_t b = {room, 0, size, false};
  return b;
}

void put(buffer_t* b, const void* bytes, u32 size) {
  if (b->failed || b->room - b->size < size) {
    b->failed = true;
    return;
  }
  if (size != 0) memcpy(b->at + b->size, bytes, size);
  b->size += size;
}

void put_u16(buffer_t* b, u32 value) {
  const u8 bytes[2] = {(u8)value, (u8)(value >> 8)};
  put(b, bytes, 2);
}

void put_u32(buffer_t* b, u32 value) {
  put_u16(b, value & 0xffff);
  put_u16(b, value >> 16);
}

static void put_padding(buffer_t* b) {
  while ((b->size & 3) != 0 && !b->failed) put(b, "", 1);
}

u32 u16_at(const u8* at) {
  return (u32)at[0] | (u32)at[1] << 8;
}

u32 u32_at(const u8* at) {
  return u16_at(at) | u16_at(at + 2) << 16;
}

void set_u16(u8* at, u32 value) {
  at[0] = (u8)value;
  at[1] = (u8)(value >> 8);
}

void set_u32(u8* at, u32 value) {
  set_u16(at, value & 0xffff);
  set_u16(at + 2, value >> 16);
}

u32 sid_size(const u8* at, u32 room) {
  if (room < SID_HEADER_SIZE || at[0] != SID_REVISION || at[1] > SID_MAX_SUB_AUTHORITIES) return 0;
  const u32 size = SID_HEADER_SIZE + 4u * at[1];
  return size <= room ? size : 0;
}

u32 dacl_of(const u8* sd) {
  return (u16_at(sd + SD_CONTROL) & SE_DACL_PRESENT) != 0 ? u32_at(sd + SD_DACL) : 0;
}

u32 sacl_of(const u8* sd) {
  return (u16_at(sd + SD_CONTROL) & SE_SACL_PRESENT) != 0 ? u32_at(sd + SD_SACL) : 0;
}

u32 ace_offset(const u8* acl, u32 index) {
  u32 offset = ACL_HEADER_SIZE;
  for (u32 i = 0; i < index; i++) offset += u16_at(acl + offset + ACE_SIZE);
  return offset;
}

/** The descriptor as it is, and a header of an ACL behind it that becomes its DACL. */
static u32 copy_for_dacl(buffer_t* out, bytes_t sd, const u8* acl) {
  put(out, sd.at, sd.size);
  put_padding(out);
  const u32 start = out->size;
  put(out, acl, ACL_HEADER_SIZE);
  if (!out->failed) set_u32(out->at + SD_DACL, start);
  return start;
}

/** Writes size and count of the ACL at `start`, which ends the buffer; false when they are too large. */
static bool finish_acl(buffer_t* out, u32 start, u32 count) {
  if (out->failed || out->size - start > ACL_MAX_SIZE || count > 0xffff) return false;
  set_u16(out->at + start + 2, out->size - start);
  set_u16(out->at + start + 4, count);
  return true;
}

bool with_deny(buffer_t* out, bytes_t sd, bytes_t sid, u32 mask, u32 flags) {
  const u32 offset = dacl_of(sd.at);
  if (offset == 0) return false;
  const u8* acl = sd.at + offset;
  const u32 start = copy_for_dacl(out, sd, acl);
  const u8 head[2] = {ACCESS_DENIED_ACE_TYPE, (u8)flags};
  put(out, head, 2);
  put_u16(out, 8 + sid.size);
  put_u32(out, mask);
  put(out, sid.at, sid.size);
  put(out, acl + ACL_HEADER_SIZE, u16_at(acl + 2) - ACL_HEADER_SIZE);
  return finish_acl(out, start, u16_at(acl + 4) + 1);
}

bool without_ace(buffer_t* out, bytes_t sd, u32 index) {
  const u8* acl = sd.at + dacl_of(sd.at);
  const u32 offset = ace_offset(acl, index);
  const u32 size = u16_at(acl + offset + ACE_SIZE);
  const u32 start = copy_for_dacl(out, sd, acl);
  put(out, acl + ACL_HEADER_SIZE, offset - ACL_HEADER_SIZE);
  put(out, acl + offset + size, u16_at(acl + 2) - offset - size);
  return finish_acl(out, start, u16_at(acl + 4) - 1);
}

static bool put_acl(buffer_t* out, u32 field, const ace_t* aces, u32 count) {
  const u32 start = out->size;
  if (!out->failed) set_u32(out->at + field, start);
  const u8 revision[2] = {ACL_REVISION_DS, 0};
  put(out, revision, 2);
  put(out, "\0\0\0\0\0\0", 6);
  for (u32 i = 0; i < count; i++) {
    const u32 at = out->size;
    const u8 head[2] = {(u8)aces[i].type, (u8)aces[i].flags};
    put(out, head, 2);
    put_u16(out, 0);
    put_u32(out, aces[i].mask);
    put(out, aces[i].sid.at, aces[i].sid.size);
    put(out, aces[i].data.at, aces[i].data.size);
    put_padding(out);
    if (out->failed || out->size - at > ACE_MAX_SIZE) return false;
    set_u16(out->at + at + ACE_SIZE, out->size - at);
  }
  return finish_acl(out, start, count);
}

bool make_descriptor(buffer_t* out, const ace_t* dacl, u32 dacl_count, const ace_t* sacl, u32 sacl_count) {
  const u8 head[2] = {SECURITY_DESCRIPTOR_REVISION, 0};
  put(out, head, 2);
  put_u16(out, SE_SELF_RELATIVE | SE_DACL_PRESENT | (sacl_count != 0 ? SE_SACL_PRESENT : 0));
  put_u32(out, SD_HEADER_SIZE);
  put_u32(out, SD_HEADER_SIZE);
  put_u32(out, 0);
  put_u32(out, 0);
  // Nobody of the cast owns it.
  put(out, scene_sids[SCENE_SID_NOBODY].at, scene_sids[SCENE_SID_NOBODY].size);
  if (sacl_count != 0 && !put_acl(out, SD_SACL, sacl, sacl_count)) return false;
  return put_acl(out, SD_DACL, dacl, dacl_count);
}

/** Offset of what follows `count` entries { attributes, SID } of a sound image. */
static u32 skip_entries(const u8* image, u32 offset, u32 count) {
  for (u32 i = 0; i < count; i++) offset += 4 + SID_HEADER_SIZE + 4u * image[offset + 5];
  return offset;
}

static u32 end_of_groups(const u8* image) {
  const u32 owner = (u32_at(image + IMAGE_FLAGS) & IMAGE_HAS_OWNER) != 0 ? 1 : 0;
  return skip_entries(image, IMAGE_HEADER_SIZE, 1 + owner + u32_at(image + IMAGE_GROUP_COUNT));
}

bool with_restricted(buffer_t* out, bytes_t token, const bytes_t* sids, u32 count, bool write_restricted) {
  const u32 offset = end_of_groups(token.at);
  const u32 flags = IMAGE_RESTRICTED | (write_restricted ? IMAGE_WRITE_RESTRICTED : 0);
  if (u32_at(token.at + IMAGE_RESTRICTED_COUNT) != 0) return false;
  put(out, token.at, offset);
  for (u32 i = 0; i < count; i++) {
    put_u32(out, SE_GROUP_DEFAULT_ATTRIBUTES);
    put(out, sids[i].at, sids[i].size);
  }
  put(out, token.at + offset, token.size - offset);
  if (out->failed) return false;
  set_u32(out->at + IMAGE_SIZE, out->size);
  set_u32(out->at + IMAGE_FLAGS, u32_at(out->at + IMAGE_FLAGS) | flags);
  set_u32(out->at + IMAGE_RESTRICTED_COUNT, count);
  return true;
}

bool with_user_claim(buffer_t* out, bytes_t token, bytes_t claim) {
  u32 offset = skip_entries(token.at, end_of_groups(token.at), u32_at(token.at + IMAGE_RESTRICTED_COUNT));
  offset += u32_at(token.at + IMAGE_PRIVILEGE_COUNT) * IMAGE_PRIVILEGE_SIZE;
  const u32 package = (u32_at(token.at + IMAGE_FLAGS) & IMAGE_APP_CONTAINER) != 0 ? 1 : 0;
  offset = skip_entries(token.at, offset, package + u32_at(token.at + IMAGE_CAPABILITY_COUNT));
  offset = skip_entries(token.at, offset, u32_at(token.at + IMAGE_DEVICE_GROUP_COUNT));
  put(out, token.at, offset);
  put_u32(out, claim.size);
  put(out, claim.at, claim.size);
  put_padding(out);
  put(out, token.at + offset, token.size - offset);
  if (out->failed) return false;
  set_u32(out->at + IMAGE_SIZE, out->size);
  set_u32(out->at + IMAGE_USER_CLAIM_COUNT, u32_at(out->at + IMAGE_USER_CLAIM_COUNT) + 1);
  return true;
}
