/** What the mutators share: chance, and cutting and pasting in place. */
#ifndef MUTATE_H
#define MUTATE_H

#include "harness.h"
#include "scene.h"

/** A structure being changed in place. */
typedef struct {
  u8* at;
  u32 size;
  u32 limit;
} draft_t;

/** Puts `insert` bytes (NULL: zeros) in place of `remove` bytes at `offset`; false when they do not fit. */
bool splice(draft_t* draft, u32 offset, u32 remove, const u8* bytes, u32 insert);
/** A number that matters: small, a limit, all bits, or any. */
u32 odd_number(void);
bytes_t any_of(const bytes_t* list, u32 count);
/** Lets libFuzzer change `size` bytes at `offset` without changing how many they are. */
void mutate_span(draft_t* draft, u32 offset, u32 size);

#endif
