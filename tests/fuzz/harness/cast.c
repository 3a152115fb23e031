/**
 * The fixed tokens, descriptors, policies and object types of scene.h, resident in the kernel. Loaded again after every
 * reset. Does not know what is asked about them.
 */
#include "harness.h"
#include "scene.h"

cast_t cast;

/** file, key, ds_object, process: read, write, execute, all. */
const u32 mappings[4][4] = {
    {0x120089, 0x120116, 0x1200a0, 0x1f01ff},
    {0x20019, 0x20006, 0x20019, 0xf003f},
    {0x20094, 0x20028, 0x20004, 0xf01ff},
    {0x20410, 0x20bea, 0x121001, 0x1fffff},
};

static u32 must_load(u32 kind, bytes_t bytes) {
  const loaded_t answer = kernel_load(kind, bytes.at, bytes.size);
  if (answer.handle == 0) broken("the cast loads into an empty arena", "kind %u, status %x at %u", kind, answer.status, answer.offset);
  return answer.handle;
}

void load_cast(void) {
  for (u32 i = 0; i < SCENE_TOKENS; i++) cast.tokens[i] = must_load(LOAD_TOKEN, scene_tokens[i]);
  for (u32 i = 0; i < SCENE_DESCRIPTORS; i++) cast.descriptors[i] = must_load(LOAD_DESCRIPTOR, scene_descriptors[i]);
  for (u32 i = 0; i < SCENE_POLICIES; i++) cast.policies[i] = must_load(LOAD_POLICIES, scene_policies[i]);
  cast.self = must_load(LOAD_SID, scene_sids[SCENE_SID_USER]);
  load_nodes(scene_nodes.at, scene_nodes.size / OBJECT_NODE_SIZE);
}

void load_nodes(const u8* image, u32 count) {
  const loaded_t answer = kernel_load(LOAD_OBJECT_TYPES, image, count * OBJECT_NODE_SIZE);
  if (answer.full) arena_full = true;
  else if (answer.handle == 0) broken("a list of whole nodes is kept", "status %x", answer.status);
  cast.nodes = answer.handle;
  cast.node_count = count;
}
