/**
 * What the files of the harness share: the kernel's face, the cast, the editing of structures, the targets.
 * Constants of the boundary come from abi.h, which is made from assembly/shared; the cast from scene.h.
 */
#ifndef HARNESS_H
#define HARNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi.h"

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;

/** Longest input, and room for what an edit adds to it. */
#define INPUT_MAX 65536u
#define EDIT_MAX (3u * INPUT_MAX)
#define NODES_MAX 32u
/** A kernel call that takes longer is a finding. The harness is several times slower than the engine. */
#define SLOW_NS 50000000ull

typedef struct {
  const u8* at;
  u32 size;
} bytes_t;

/** A growing copy of a structure. `failed`: it did not fit. */
typedef struct {
  u8* at;
  u32 size;
  u32 room;
  bool failed;
} buffer_t;

// ---- main.c ----
/** A law does not hold: says so and aborts. */
_Noreturn void broken(const char* law, const char* format, ...) __attribute__((format(printf, 2, 3)));
/** Keeps the inputs since the last reset in a file: a failure may need them all. */
void keep_history(void);
/** A number that depends on the input alone; each call gives the next one. */
u32 draw(void);
u32 draw_below(u32 limit);

// ---- kernel.c ----
typedef struct {
  u32 status, access, granted, privileges, call_failed, staged_differs, staged_status, staged_access, want;
  u32 node_count;
  struct {
    u32 status, access, staged;
  } node[NODES_MAX];
} verdict_t;

typedef struct {
  u32 descriptor, token, desired, call, flags, previous, self, nodes, node_count, primary, policies;
  const u32* mapping; /* read, write, execute, all */
} request_t;

/** What the last load answered. `full`: the arena had no room; reset and do it all again. */
typedef struct {
  u32 handle, status, offset;
  bool full;
} loaded_t;

/** The longest call since somebody set this to 0. */
extern u64 longest_ns;
/** Measures with the clock of the thread: dear, and deaf to other processes. */
extern bool exact_clock;

void poison(const void* at, size_t size);
void unpoison(const void* at, size_t size);
void kernel_open(void);
void kernel_reset(void);
loaded_t kernel_load(u32 kind, const u8* bytes, u32 size);
verdict_t kernel_check(const request_t* request);
u32 kernel_truth(u32 program, u32 token, u32 descriptor, u32 purpose);
/** The status; on success `image` is what filtering left. `full` as above. */
u32 kernel_filter(u32 token, const u8* bytes, u32 size, bytes_t* image, bool* full);
/** Granted masks in place of descriptor handles. */
void kernel_check_many(const request_t* request, u32* handles, u32 count);
/** Status, mask and grant of the four members that every request has. */
verdict_t kernel_check_plain(const request_t* request);
/** Masks of `count` times the same descriptor, the first one `shift` bytes behind a word; how many were decided. */
u32 kernel_scan(const request_t* request, bytes_t sd, u32 count, u32 shift, u32* masks);

// ---- cast.c ----
#define TOKENS_MAX 16u
#define DESCRIPTORS_MAX 16u
/** Handles of the fixed cast; loaded anew after each reset. */
typedef struct {
  u32 tokens[TOKENS_MAX];
  u32 descriptors[DESCRIPTORS_MAX];
  u32 policies[4];
  u32 nodes, node_count;
  u32 self;
} cast_t;
extern cast_t cast;
extern const u32 mappings[4][4];
void load_cast(void);
/** The list the kernel keeps for ByType calls; one at a time. */
void load_nodes(const u8* image, u32 count);

// ---- battery.c ----
#define BATTERY_MAX 96u
typedef struct {
  verdict_t verdicts[BATTERY_MAX];
  u32 count;
} battery_t;
/** Asks the fixed questions of a descriptor. */
void ask_descriptor(u32 descriptor, u32 seed, u32 extra_flags, battery_t* answers);
/** Asks the fixed questions of a token. */
void ask_token(u32 token, u32 seed, u32 extra_flags, battery_t* answers);
void expect_same(const char* law, const battery_t* before, const battery_t* after);
void expect_fewer(const char* law, const battery_t* before, const battery_t* after);
/** Laws between the answers of one battery: restricted tokens, MAXIMUM_ALLOWED, single bits. */
void expect_coherent(u32 descriptor, u32 seed, const battery_t* answers);
bool same_verdict(const verdict_t* a, const verdict_t* b);
/** `less` gives nothing that `more` does not. */
bool is_fewer(const verdict_t* less, const verdict_t* more);

// ---- short-ways.c ----
/** The bytes and their handle (0: refused) by all ways around `load` and `check`. */
void expect_short_ways(bytes_t sd, u32 descriptor, u32 seed);

// ---- edit.c ----
buffer_t buffer_over(u8* room, u32 size);
void put(buffer_t* b, const void* bytes, u32 size);
void put_u16(buffer_t* b, u32 value);
void put_u32(buffer_t* b, u32 value);
u32 u16_at(const u8* at);
u32 u32_at(const u8* at);
void set_u16(u8* at, u32 value);
void set_u32(u8* at, u32 value);
/** Size of the SID at `at`, or 0 when none fits into `room` bytes. */
u32 sid_size(const u8* at, u32 room);
/** Offset of the DACL (SACL) of a sound descriptor; 0 when it has none. */
u32 dacl_of(const u8* sd);
u32 sacl_of(const u8* sd);
/** Finds ACE `index` of the ACL at `acl`: its offset from there. */
u32 ace_offset(const u8* acl, u32 index);
/** Copies a sound descriptor with a deny ACE put before all others; false when there is no room or no DACL. */
bool with_deny(buffer_t* out, bytes_t sd, bytes_t sid, u32 mask, u32 flags);
/** Copies a sound descriptor without ACE `index` of its DACL. */
bool without_ace(buffer_t* out, bytes_t sd, u32 index);
/** A descriptor of the cast's user with these ACEs: each { type, flags, mask, SID, data }. */
typedef struct {
  u32 type, flags, mask;
  bytes_t sid, data;
} ace_t;
bool make_descriptor(buffer_t* out, const ace_t* dacl, u32 dacl_count, const ace_t* sacl, u32 sacl_count);
/** Copies a sound token image without restricting SIDs with `count` of them. */
bool with_restricted(buffer_t* out, bytes_t token, const bytes_t* sids, u32 count, bool write_restricted);
/** Copies a sound token image with one claim more among the user's. */
bool with_user_claim(buffer_t* out, bytes_t token, bytes_t claim);

// ---- mutate*.c ----
size_t mutate_descriptor(u8* data, size_t size, size_t limit);
size_t mutate_condition(u8* data, size_t size, size_t limit);
size_t mutate_claim(u8* data, size_t size, size_t limit);
size_t mutate_token(u8* data, size_t size, size_t limit);
size_t mutate_filter(u8* data, size_t size, size_t limit);
size_t mutate_policies(u8* data, size_t size, size_t limit);
size_t mutate_check(u8* data, size_t size, size_t limit);
/** Random numbers of the mutators. */
void seed_chance(u32 seed);
u32 chance(u32 limit);
size_t LLVMFuzzerMutate(u8* data, size_t size, size_t limit);

// ---- targets ----
void run_descriptor(const u8* data, u32 size);
void run_condition(const u8* data, u32 size);
void run_claim(const u8* data, u32 size);
void run_token(const u8* data, u32 size);
void run_check(const u8* data, u32 size);
void run_filter(const u8* data, u32 size);
void run_policies(const u8* data, u32 size);
/** Raised by a target whose load found the arena full: the input runs again after a reset. */
extern bool arena_full;
/** Whether this run of the input repeats its questions after a reset. */
extern bool ask_again;

/**
 * The "check" target's input: this head, `node_count` pairs { level, GUID number }, the token image, the descriptor.
 *
 *   0         4          8      9       10        11     12        13         14            15   16             18
 *   ├ desired ┼ previous ┼ call ┼ flags ┼ mapping ┼ self ┼ primary ┼ policies ┼ node_count ┼ –  ┼ token_length ┼ –
 */
#define ASK_NODES 20u

#endif
