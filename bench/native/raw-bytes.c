/*
 * From raw self-relative descriptors to verdicts in C: bytes checked, SIDs looked up, DACL walked, nothing kept.
 * [MS-DTYP] 2.4.6, 2.4.5, 2.4.4, 2.4.2
 *
 *   raw-bytes <file> scan <milliseconds>    prints { "nanoseconds": … }
 *   raw-bytes <file> verdicts               prints the granted mask of each descriptor, one a line
 *
 * bench/raw-bytes.mjs writes the file:
 *
 *   u32 desired, restricted, SIDs, descriptors, and what the four generic rights mean
 *   SIDs of the token   { u32 held, u32 length, bytes padded to 4 } × SIDs
 *   offsets             u32 × (descriptors + 1): where each descriptor begins and ends
 *   bytes
 *
 * Trusts no byte of a descriptor. Knows plain ACEs and the owner; others, and faults, refuse.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "timing.h"

enum { HOLD_ALLOW = 1, HOLD_DENY = 2, HOLD_RESTRICT_ALLOW = 4, HOLD_RESTRICT_DENY = 8 };
enum { NEED_ALLOW = 5, NEED_DENY = 10, INHERIT_ONLY_ACE = 8, ALLOWED = 0, DENIED = 1 };
enum { SE_DACL_PRESENT = 4, SE_SELF_RELATIVE = 0x8000 };
#define OWNER_RIGHTS 0x00060000u
#define GENERIC_BITS 0xf0000000u
#define SLOTS 1024

struct held_sid {
  uint32_t held, length;
  const uint8_t *bytes;
};

struct token {
  uint32_t restricted;
  uint16_t slots[SLOTS];
  struct held_sid *sids;
};

struct batch {
  uint32_t desired, generic[4], count;
  struct token token;
  const uint32_t *offsets;
  const uint8_t *bytes;
  uint32_t *out;
};

static inline uint32_t u32(const uint8_t *at) {
  uint32_t value;
  memcpy(&value, at, 4);
  return value;
}

static inline uint32_t u16(const uint8_t *at) {
  uint16_t value;
  memcpy(&value, at, 2);
  return value;
}

/* SIDs of a domain differ in their last number. */
static inline uint32_t slot_of(const uint8_t *sid, uint32_t length) {
  return ((u32(sid + length - 4) ^ length) * 0x9e3779b1u) >> 22;
}

/* The size of the SID at `at`, 0 when it is none or ends beyond `room`. */
static inline uint32_t sid_size(const uint8_t *at, uint32_t room) {
  if (room < 8 || at[0] != 1 || at[1] > 15) return 0;
  const uint32_t size = 8 + 4u * at[1];
  return size <= room ? size : 0;
}

static inline uint32_t held_of(const struct token *token, const uint8_t *sid, uint32_t length) {
  for (uint32_t slot = slot_of(sid, length); token->slots[slot] != 0; slot = (slot + 1) % SLOTS) {
    const struct held_sid *known = &token->sids[token->slots[slot] - 1];
    if (known->length == length && memcmp(known->bytes, sid, length) == 0) return known->held;
  }
  return 0;
}

static uint32_t map_generic(uint32_t mask, const uint32_t *generic) {
  uint32_t mapped = mask & ~GENERIC_BITS;
  for (int right = 0; right < 4; right++) {
    if ((mask & (0x80000000u >> right)) != 0) mapped |= generic[right];
  }
  return mapped;
}

/* What the SID at `offset` of a descriptor is held as; false when the bytes are no SID. Absent: nobody's. */
static bool part(const struct token *token, const uint8_t *at, uint32_t length, uint32_t offset, uint32_t *held) {
  *held = 0;
  if (offset == 0) return true;
  if (offset > length) return false;
  const uint32_t size = sid_size(at + offset, length - offset);
  if (size == 0) return false;
  *held = held_of(token, at + offset, size);
  return true;
}

/* The granted mask: all of `desired`, or 0. A descriptor with a fault grants nothing. */
static uint32_t decide(const struct batch *b, const uint8_t *at, uint32_t length) {
  const struct token *token = &b->token;
  const uint32_t desired = b->desired;
  if (length < 20 || at[0] != 1) return 0;
  const uint32_t control = u16(at + 2), dacl = u32(at + 16);
  uint32_t owner, group;
  if ((control & SE_SELF_RELATIVE) == 0) return 0;
  if (!part(token, at, length, u32(at + 4), &owner) || !part(token, at, length, u32(at + 8), &group)) return 0;
  const bool owns = (owner & HOLD_ALLOW) != 0 && (token->restricted == 0 || (owner & HOLD_RESTRICT_ALLOW) != 0);
  uint32_t u1 = owns ? desired & ~OWNER_RIGHTS : desired, u2 = token->restricted != 0 ? u1 : 0;
  if ((control & SE_DACL_PRESENT) == 0 || dacl == 0) return desired;
  if (dacl > length || length - dacl < 8) return 0;
  const uint8_t *acl = at + dacl;
  const uint32_t size = u16(acl + 2);
  if (acl[0] < 2 || acl[0] > 4 || size < 8 || size > length - dacl) return 0;
  const uint8_t *ace = acl + 8, *end = acl + size;
  uint32_t answer = 0;
  bool decided = (u1 | u2) == 0;
  if (decided) answer = desired;
  /* Every ACE is checked, even when the answer is known. */
  for (uint32_t left = u16(acl + 4); left != 0; left--) {
    const uint32_t room = (uint32_t)(end - ace);
    if (room < 8) return 0;
    const uint32_t ace_size = u16(ace + 2);
    if (ace_size < 16 || ace_size > room) return 0;
    const uint32_t type = ace[0], sid = sid_size(ace + 8, ace_size - 8);
    if (type > DENIED || sid == 0) return 0;
    if (!decided && (ace[1] & INHERIT_ONLY_ACE) == 0) {
      const uint32_t held = held_of(token, ace + 8, sid) & (type == DENIED ? NEED_DENY : NEED_ALLOW);
      if (held != 0) {
        uint32_t mask = u32(ace + 4);
        if ((mask & GENERIC_BITS) != 0) mask = map_generic(mask, b->generic);
        if (type == DENIED) {
          decided = ((held & HOLD_DENY) != 0 && (mask & u1) != 0) || ((held & HOLD_RESTRICT_DENY) != 0 && (mask & u2) != 0);
        } else {
          if ((held & HOLD_ALLOW) != 0) u1 &= ~mask;
          if ((held & HOLD_RESTRICT_ALLOW) != 0) u2 &= ~mask;
          if ((u1 | u2) == 0) answer = desired, decided = true;
        }
      }
    }
    ace += ace_size;
  }
  return answer;
}

static uint64_t scan(void *state) {
  const struct batch *b = state;
  for (uint32_t i = 0; i < b->count; i++) {
    b->out[i] = decide(b, b->bytes + b->offsets[i], b->offsets[i + 1] - b->offsets[i]);
  }
  return b->out[b->count - 1];
}

static void *wanted(void *memory) {
  if (memory == NULL) abort();
  return memory;
}

static void open_batch(const char *path, struct batch *b) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) {
    perror(path);
    exit(2);
  }
  fseek(file, 0, SEEK_END);
  const size_t size = (size_t)ftell(file);
  rewind(file);
  const uint8_t *at = wanted(malloc(size));
  if (fread((void *)at, 1, size, file) != size) exit(2);
  fclose(file);
  uint32_t header[8];
  memcpy(header, at, sizeof header);
  at += sizeof header;
  memset(b, 0, sizeof *b);
  b->desired = header[0];
  b->count = header[3];
  memcpy(b->generic, header + 4, sizeof b->generic);
  struct token *token = &b->token;
  token->restricted = header[1];
  token->sids = wanted(calloc(header[2] + 1, sizeof *token->sids));
  for (uint32_t i = 0; i < header[2]; i++) {
    const struct held_sid sid = {u32(at), u32(at + 4), at + 8};
    token->sids[i] = sid;
    uint32_t slot = slot_of(sid.bytes, sid.length);
    while (token->slots[slot] != 0) slot = (slot + 1) % SLOTS;
    token->slots[slot] = (uint16_t)(i + 1);
    at += 8 + ((sid.length + 3) & ~3u);
  }
  b->offsets = (const uint32_t *)at;
  b->bytes = at + ((size_t)b->count + 1) * 4;
  b->out = wanted(calloc(b->count, 4));
}

int main(int count, char **arguments) {
  if (count < 3) return 2;
  struct batch batch;
  open_batch(arguments[1], &batch);
  if (strcmp(arguments[2], "verdicts") == 0) {
    scan(&batch);
    for (uint32_t i = 0; i < batch.count; i++) printf("%" PRIu32 "\n", batch.out[i]);
    return 0;
  }
  if (count < 4 || strcmp(arguments[2], "scan") != 0) return 2;
  printf("{\"nanoseconds\":%.6g}\n", median_nanoseconds(scan, &batch, batch.count, atof(arguments[3])));
  return 0;
}
