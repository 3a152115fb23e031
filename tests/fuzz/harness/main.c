/**
 * One input: run, again after a reset when the arena was full, measured again when it was slow. Keeps figures and the
 * inputs since the last reset. The target comes from the environment:
 *
 *   FUZZ_TARGET   descriptor, condition, claim, token, check, filter or policies
 *   FUZZ_FIGURES  file for the figures, written as JSON now and then and at the end; the slowest input beside it
 *   FUZZ_FINDINGS folder for slow inputs and histories, with a closing "/"
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "harness.h"

/** Inputs between two resets, when the arena does not fill up earlier. */
#define RESET_AFTER 200u
#define HISTORY_MAX (8u << 20)

typedef void run_t(const u8* data, u32 size);
typedef size_t mutate_t(u8* data, size_t size, size_t limit);
typedef struct {
  const char* name;
  run_t* run;
  mutate_t* mutate;
} target_t;

static const target_t targets[] = {
    {"descriptor", run_descriptor, mutate_descriptor}, {"condition", run_condition, mutate_condition},
    {"claim", run_claim, mutate_claim},                {"token", run_token, mutate_token},
    {"check", run_check, mutate_check},                {"filter", run_filter, mutate_filter},
    {"policies", run_policies, mutate_policies},
};

static const target_t* target;
static const char* figures;
static const char* findings = "";

bool arena_full;
bool ask_again;
static u32 dice;
static u32 since_reset;
static u64 executions;
static u64 resets_for_room;
static u64 slow_inputs;
/** The input with the longest call, and how long that took. */
static u64 slowest_ns;
static u32 slowest_size;
static u8 slowest[INPUT_MAX];

/** The inputs since the last reset: { u32 size, bytes } each. */
static u8 history[HISTORY_MAX];
static u32 history_size;

u32 draw(void) {
  dice = dice * 1664525u + 1013904223u;
  return dice ^ dice >> 16;
}

u32 draw_below(u32 limit) {
  return draw() % limit;
}

static u32 hash_of(const u8* data, size_t size) {
  u32 h = 2166136261u;
  for (size_t i = 0; i < size; i++) h = (h ^ data[i]) * 16777619u;
  return h;
}

static void write_file(const char* kind, const u8* data, size_t size) {
  char path[1024];
  snprintf(path, sizeof path, "%s%s-%s-%08x", findings, kind, target->name, hash_of(data, size));
  FILE* file = fopen(path, "wb");
  if (file == NULL) return;
  fwrite(data, 1, size, file);
  fclose(file);
  fprintf(stderr, "== written: %s\n", path);
}

void keep_history(void) {
  if (target != NULL && history_size != 0) write_file("history", history, history_size);
}

_Noreturn void broken(const char* law, const char* format, ...) {
  va_list details;
  fprintf(stderr, "== broken: %s\n==   ", law);
  va_start(details, format);
  vfprintf(stderr, format, details);
  va_end(details);
  fputc('\n', stderr);
  keep_history();
  abort();
}

static void write_figures(void) {
  if (figures == NULL) return;
  FILE* file = fopen(figures, "w");
  if (file == NULL) return;
  fprintf(file, "{\"executions\":%llu,\"slowestNs\":%llu,\"slowestBytes\":%u,\"fullArenas\":%llu,\"slow\":%llu}\n",
          (unsigned long long)executions, (unsigned long long)slowest_ns, slowest_size, (unsigned long long)resets_for_room,
          (unsigned long long)slow_inputs);
  fclose(file);
  char path[1024];
  snprintf(path, sizeof path, "%s.slowest", figures);
  file = fopen(path, "wb");
  if (file == NULL) return;
  fwrite(slowest, 1, slowest_size, file);
  fclose(file);
}

static void start_over(void) {
  kernel_reset();
  load_cast();
  since_reset = 0;
  history_size = 0;
}

static void remember(const u8* data, u32 size) {
  if (HISTORY_MAX - history_size < 4 + size) start_over();
  memcpy(history + history_size, &size, 4);
  memcpy(history + history_size + 4, data, size);
  history_size += 4 + size;
}

static void run_once(const u8* data, u32 size) {
  dice = hash_of(data, size);
  ask_again = (dice & 15) == 0;
  arena_full = false;
  // An exact copy: reading beyond it is found.
  u8* copy = malloc(size == 0 ? 1 : size);
  memcpy(copy, data, size);
  target->run(copy, size);
  free(copy);
  if (ask_again) since_reset = 0;
}

/** Other processes may have had the time: what counts is the shortest of three runs by a clock that does not count them. */
static void measure_again(const u8* data, u32 size) {
  u64 shortest = UINT64_MAX;
  exact_clock = true;
  for (u32 i = 0; i < 3 && shortest > slowest_ns; i++) {
    start_over();
    remember(data, size);
    longest_ns = 0;
    run_once(data, size);
    if (longest_ns < shortest) shortest = longest_ns;
  }
  exact_clock = false;
  if (shortest > slowest_ns) {
    slowest_ns = shortest;
    slowest_size = size;
    memcpy(slowest, data, size);
  }
  if (shortest > SLOW_NS) {
    slow_inputs += 1;
    write_file("slow", data, size);
  }
}

int LLVMFuzzerInitialize(int* count, char*** arguments) {
  (void)count;
  (void)arguments;
  const char* name = getenv("FUZZ_TARGET");
  for (u32 i = 0; i < sizeof targets / sizeof *targets; i++) {
    if (name != NULL && strcmp(name, targets[i].name) == 0) target = &targets[i];
  }
  if (target == NULL) {
    fprintf(stderr, "FUZZ_TARGET names no target\n");
    exit(2);
  }
  figures = getenv("FUZZ_FIGURES");
  if (getenv("FUZZ_FINDINGS") != NULL) findings = getenv("FUZZ_FINDINGS");
  kernel_open();
  load_cast();
  atexit(write_figures);
  return 0;
}

int LLVMFuzzerTestOneInput(const u8* data, size_t size) {
  if (size > INPUT_MAX) return 0;
  if (since_reset++ >= RESET_AFTER) start_over();
  remember(data, (u32)size);
  longest_ns = 0;
  run_once(data, (u32)size);
  if (arena_full) {
    resets_for_room += 1;
    start_over();
    remember(data, (u32)size);
    run_once(data, (u32)size);
    if (arena_full) broken("one input fits an empty arena", "%zu bytes", size);
  }
  if (longest_ns > slowest_ns) measure_again(data, (u32)size);
  executions += 1;
  if ((executions & 0xfff) == 0) write_figures();
  return 0;
}

size_t LLVMFuzzerCustomMutator(u8* data, size_t size, size_t limit, unsigned int seed) {
  seed_chance(seed);
  if (chance(4) == 0) return LLVMFuzzerMutate(data, size, limit);
  return target->mutate(data, size, limit);
}
