/**
 * The few functions that wasm2c's output calls: traps, linear memory, function types.
 *
 * A trap is a crash: it says which, and aborts. Memory lies in a reservation of every address an access can name, of
 * which only the memory's own size is there: an access beyond it is a fault of the process, without a comparison that
 * would count as a branch. Its first bytes, below the module's static data, are poisoned: a read through a null
 * reference is found although WebAssembly allows it. Does not know the kernel.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "harness.h"
#include "wasm-rt.h"

#define WASM_PAGE 65536u
/** A 32-bit address and a 32-bit offset. */
#define ADDRESSES (8ull << 30)
/** AssemblyScript places static data at 1024 and nothing below. */
#define NULL_ZONE 1024u

uint32_t wasm_rt_call_stack_depth;

void wasm_rt_trap(wasm_rt_trap_t code) {
  static const char* const names[] = {"none", "out of bounds", "integer overflow", "division by zero",
                                      "invalid conversion", "unreachable", "indirect call", "exception", "stack exhausted"};
  fprintf(stderr, "== trap: %s\n", code < sizeof names / sizeof *names ? names[code] : "unknown");
  keep_history();
  abort();
}

void wasm_rt_allocate_memory(wasm_rt_memory_t* memory, uint32_t initial, uint32_t maximum) {
  void* data = mmap(NULL, ADDRESSES, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (data == MAP_FAILED) {
    perror("reserving addresses");
    exit(2);
  }
  memory->data = data;
  memory->pages = initial;
  memory->max_pages = maximum;
  memory->size = initial * WASM_PAGE;
  mprotect(memory->data, memory->size, PROT_READ | PROT_WRITE);
  poison(memory->data, NULL_ZONE);
}

uint32_t wasm_rt_grow_memory(wasm_rt_memory_t* memory, uint32_t more) {
  const uint32_t before = memory->pages;
  if (more > memory->max_pages - before) return UINT32_MAX;
  memory->pages = before + more;
  memory->size = memory->pages * WASM_PAGE;
  mprotect(memory->data, memory->size, PROT_READ | PROT_WRITE);
  return before;
}

void wasm_rt_free_memory(wasm_rt_memory_t* memory) {
  munmap(memory->data, ADDRESSES);
}

bool wasm_rt_is_initialized(void) {
  return true;
}

uint32_t wasm_rt_register_func_type(uint32_t parameters, uint32_t results, ...) {
  // The kernel calls nothing through a table: any number will do.
  return parameters << 16 | results;
}
