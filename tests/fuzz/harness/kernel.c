/**
 * The kernel's exports, with what is watched at each call: bytes beyond the staged input may not be read, the staged
 * input may not change, refusals give nothing, and no call may take long. Does not know the formats of its inputs.
 */
#include <sanitizer/asan_interface.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "compiled-kernel.h"
#include "harness.h"

/** Smaller than the engine's, so that full arenas happen. */
#define ARENA_END (24u << 20)
/** How far behind the staged bytes reading is watched. */
#define WATCHED (128u << 10)

static Z_kernel_instance_t kernel;

u64 longest_ns;
bool exact_clock;
static u32 resets;

void poison(const void* at, size_t size) {
  ASAN_POISON_MEMORY_REGION(at, size);
}

void unpoison(const void* at, size_t size) {
  ASAN_UNPOISON_MEMORY_REGION(at, size);
}

static u64 now(void) {
  struct timespec t;
  clock_gettime(exact_clock ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &t);
  return (u64)t.tv_sec * 1000000000ull + (u64)t.tv_nsec;
}

static void measured(u64 started) {
  const u64 took = now() - started;
  if (took > longest_ns) longest_ns = took;
}

void kernel_open(void) {
  Z_kernel_init_module();
  Z_kernel_instantiate(&kernel);
  if (Z_kernelZ_abiVersion(&kernel) != ABI_VERSION) broken("the kernel and abi.h are of one version", "rebuild");
  Z_kernelZ_open(&kernel, 0, ARENA_END, 0x5eed);
}

void kernel_reset(void) {
  const u32 before = Z_kernelZ_generation(&kernel);
  resets += 1;
  Z_kernelZ_reset(&kernel, resets * 0x9e3779b1u);
  if (Z_kernelZ_generation(&kernel) == before) broken("a reset makes a new generation", "still %u", before);
}

static u8* memory(u32 at, u32 size) {
  if (at > kernel.w2c_memory.size || kernel.w2c_memory.size - at < size) broken("addresses lie in memory", "%u+%u", at, size);
  return kernel.w2c_memory.data + at;
}

static u32 word(u32 at) {
  return u32_at(memory(at, 4));
}

static u32 result(u32 field) {
  return word(Z_kernelZ_resultPointer(&kernel) + field);
}

/** Poisons what lies behind the staged bytes; `watch(…, false)` ends that. */
static void watch(u32 at, u32 size, bool on) {
  const u32 end = at + size;
  const u32 room = kernel.w2c_memory.size - end;
  u8* behind = kernel.w2c_memory.data + end;
  if (on) poison(behind, room < WATCHED ? room : WATCHED);
  else unpoison(behind, room < WATCHED ? room : WATCHED);
}

loaded_t kernel_load(u32 kind, const u8* bytes, u32 size) {
  loaded_t answer = {0, 0, 0, false};
  const u32 at = Z_kernelZ_stage(&kernel, kind, size, 0);
  if (at == 0) {
    answer.status = result(RESULT_STATUS);
    answer.full = answer.status == STATUS_NO_MEMORY;
    if (answer.status == STATUS_SUCCESS) broken("no room is no success", "kind %u, %u bytes", kind, size);
    return answer;
  }
  u8* staged = memory(at, size);
  memcpy(staged, bytes, size);
  const u32 pages = kernel.w2c_memory.pages;
  watch(at, size, true);
  const u64 started = now();
  answer.handle = Z_kernelZ_load(&kernel, kind, at, size);
  measured(started);
  watch(at, size, false);
  answer.status = result(RESULT_STATUS);
  answer.offset = result(RESULT_ERROR_OFFSET);
  answer.full = answer.status == STATUS_NO_MEMORY;
  if (kernel.w2c_memory.pages != pages) broken("a load reserves its worst case before it begins", "kind %u, %u bytes", kind, size);
  if (memcmp(staged, bytes, size) != 0) broken("a load stays within what it reserved", "kind %u, %u bytes", kind, size);
  if (answer.handle != 0 && answer.status != STATUS_SUCCESS) broken("a handle comes with success", "status %x", answer.status);
  if (answer.handle == 0 && answer.status == STATUS_SUCCESS && kind != LOAD_CONDITION) broken("success comes with a handle", "kind %u", kind);
  if (answer.offset > size) broken("a fault lies inside the input", "offset %u of %u", answer.offset, size);
  return answer;
}

static void write_request(const request_t* request) {
  u8* at = memory(Z_kernelZ_requestPointer(&kernel), REQUEST_SIZE);
  memset(at, 0, REQUEST_SIZE);
  set_u32(at + REQUEST_DESCRIPTOR, request->descriptor);
  set_u32(at + REQUEST_TOKEN, request->token);
  set_u32(at + REQUEST_DESIRED, request->desired);
  set_u32(at + REQUEST_MAP_READ, request->mapping[0]);
  set_u32(at + REQUEST_MAP_WRITE, request->mapping[1]);
  set_u32(at + REQUEST_MAP_EXECUTE, request->mapping[2]);
  set_u32(at + REQUEST_MAP_ALL, request->mapping[3]);
  set_u32(at + REQUEST_CALL, request->call);
  set_u32(at + REQUEST_FLAGS, request->flags);
  set_u32(at + REQUEST_PREVIOUSLY_GRANTED, request->previous);
  set_u32(at + REQUEST_PRINCIPAL_SELF, request->self);
  set_u32(at + REQUEST_OBJECT_TYPES, request->nodes);
  set_u32(at + REQUEST_OBJECT_TYPE_COUNT, request->node_count);
  set_u32(at + REQUEST_PRIMARY_TOKEN, request->primary);
  set_u32(at + REQUEST_POLICIES, request->policies);
}

verdict_t kernel_check(const request_t* request) {
  verdict_t v;
  memset(&v, 0, sizeof v);
  write_request(request);
  const u64 started = now();
  const u32 status = Z_kernelZ_check(&kernel);
  measured(started);
  v.status = result(RESULT_STATUS);
  v.access = result(RESULT_ACCESS);
  v.granted = result(RESULT_GRANTED);
  v.privileges = result(RESULT_PRIVILEGES_USED);
  v.call_failed = result(RESULT_CALL_FAILED);
  v.staged_differs = result(RESULT_STAGED_DIFFERS);
  if (v.staged_differs != 0) {
    v.staged_status = result(RESULT_STAGED_STATUS);
    v.staged_access = result(RESULT_STAGED_ACCESS);
  }
  if (v.status != STATUS_NO_MEMORY) v.want = result(RESULT_WANT);
  if (request->call == CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST && v.call_failed == 0 && v.status != STATUS_NO_MEMORY) {
    v.node_count = request->node_count;
    for (u32 i = 0; i < v.node_count; i++) {
      const u32 node = request->nodes + i * OBJECT_NODE_SIZE;
      v.node[i].status = word(node + OBJECT_NODE_STATUS);
      v.node[i].access = word(node + OBJECT_NODE_ACCESS);
      v.node[i].staged = v.staged_differs != 0 ? word(node + OBJECT_NODE_STAGED_ACCESS) : 0;
    }
  }
  if (status != v.status) broken("check answers the status of the result", "%x and %x", status, v.status);
  if (v.status == STATUS_INVALID_HANDLE) broken("handles of this generation are good", "refused");
  if (v.granted != (v.status == STATUS_SUCCESS ? 1u : 0u)) broken("granted is success", "%u with %x", v.granted, v.status);
  if (v.granted == 0 && v.access != 0 && request->call != CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST) broken("a refusal gives nothing", "%x", v.access);
  if (v.granted != 0 && (v.want & ~v.access) != 0) broken("a grant gives all that was wanted", "%x of %x", v.access, v.want);
  if (v.granted == 0 && v.privileges != 0 && request->call != CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST) broken("a refusal uses no privilege", "%x", v.privileges);
  if ((request->flags & CHECK_TRACE) != 0 && v.status != STATUS_NO_MEMORY) {
    const u32 count = result(RESULT_TRACE_COUNT);
    if (count > TRACE_CAPACITY) broken("a trace stays in its buffer", "%u events", count);
    memory(Z_kernelZ_tracePointer(&kernel), count * EVENT_SIZE);
  }
  return v;
}

void kernel_check_many(const request_t* request, u32* handles, u32 count) {
  write_request(request);
  const u32 at = Z_kernelZ_stage(&kernel, STAGE_WORDS, count * 4, 0);
  if (at == 0) {
    arena_full = true;
    return;
  }
  memcpy(memory(at, count * 4), handles, count * 4);
  if (Z_kernelZ_checkMany(&kernel, at, count) != STATUS_SUCCESS) broken("checkMany takes good handles", "refused");
  memcpy(handles, memory(at, count * 4), count * 4);
}

verdict_t kernel_check_plain(const request_t* request) {
  verdict_t v = {0};
  u8* at = memory(Z_kernelZ_requestPointer(&kernel), REQUEST_SIZE);
  for (u32 i = 0; i < 4; i++) set_u32(at + REQUEST_MAP_READ + 4 * i, request->mapping[i]);
  const u64 started = now();
  v.access = Z_kernelZ_checkPlain(&kernel, request->descriptor, request->token, request->desired);
  measured(started);
  v.granted = v.access != 0 ? 1 : result(RESULT_GRANTED);
  v.status = v.access != 0 ? STATUS_SUCCESS : result(RESULT_STATUS);
  if (v.access == 0) v.access = result(RESULT_ACCESS);
  return v;
}

u32 kernel_scan(const request_t* request, bytes_t sd, u32 count, u32 shift, u32* masks) {
  const u32 head = 8 * count + 8 + shift;
  const u32 size = head + count * sd.size + SCAN_SLACK;
  const u32 at = Z_kernelZ_stage(&kernel, STAGE_SCAN, size, 0);
  if (at == 0) {
    arena_full = true;
    return 0;
  }
  write_request(request);
  for (u32 i = 0; i <= count; i++) set_u32(memory(at + 4 * i, 4), i * sd.size);
  for (u32 i = 0; i < count; i++) memcpy(memory(at + head + i * sd.size, sd.size), sd.at, sd.size);
  memset(memory(at + size - SCAN_SLACK, SCAN_SLACK), 0xff, SCAN_SLACK);
  const u32 into = at + 4 * count + 4;
  const u32 pages = kernel.w2c_memory.pages;
  watch(at, size, true);
  const u64 started = now();
  const u32 decided = Z_kernelZ_scan(&kernel, at + head, at, count, into);
  measured(started);
  watch(at, size, false);
  if (decided > count) broken("a scan decides what there is", "%u of %u", decided, count);
  if (kernel.w2c_memory.pages != pages) broken("a scan takes no memory", "%u bytes", size);
  for (u32 i = 0; i < count; i++) {
    if (memcmp(memory(at + head + i * sd.size, sd.size), sd.at, sd.size) != 0) broken("a scan writes masks alone", "%u bytes", size);
  }
  memcpy(masks, memory(into, 4 * decided), 4 * decided);
  return decided;
}

u32 kernel_truth(u32 program, u32 token, u32 descriptor, u32 purpose) {
  const u64 started = now();
  const u32 truth = Z_kernelZ_condition(&kernel, program, token, descriptor, purpose);
  measured(started);
  if (truth > TRUE) broken("a condition has one of three values", "%u", truth);
  return truth;
}

u32 kernel_filter(u32 token, const u8* bytes, u32 size, bytes_t* image, bool* full) {
  *full = false;
  const u32 at = Z_kernelZ_stage(&kernel, STAGE_FILTER, size, token);
  if (at == 0) {
    *full = true;
    return STATUS_NO_MEMORY;
  }
  u8* staged = memory(at, size);
  memcpy(staged, bytes, size);
  watch(at, size, true);
  const u64 started = now();
  const u32 status = Z_kernelZ_filter(&kernel, token, at, size);
  measured(started);
  watch(at, size, false);
  if (memcmp(staged, bytes, size) != 0) broken("filtering stays within what it reserved", "%u bytes", size);
  *full = status == STATUS_NO_MEMORY;
  if (status != STATUS_SUCCESS) return status;
  const u32 answer = Z_kernelZ_filteredImage(&kernel);
  image->size = word(answer + IMAGE_SIZE);
  image->at = memory(answer, image->size);
  return status;
}
