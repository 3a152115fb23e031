/**
 * The first inputs of each target of the native fuzzer: the cast itself, and some shapes that chance finds late. All
 * made here; none is copied from anybody's data.
 *
 * `harnessHeader` writes the cast down as C for the harness. Does not run anything.
 */

import * as abi from "../../assembly/shared/abi.js";
import * as mask from "../../assembly/shared/access-mask.js";
import * as ace from "../../assembly/shared/ace.js";
import * as claim from "../../assembly/shared/claim.js";
import * as condition from "../../assembly/shared/condition.js";
import * as filter from "../../assembly/shared/filter-image.js";
import * as ntstatus from "../../assembly/shared/ntstatus.js";
import * as policy from "../../assembly/shared/policy-image.js";
import * as descriptor from "../../assembly/shared/security-descriptor.js";
import * as token from "../../assembly/shared/token.js";
import * as image from "../../assembly/shared/token-image.js";
import * as scene from "./scene.js";

const shared: readonly Readonly<Record<string, unknown>>[] = [
  abi,
  ace,
  mask,
  claim,
  condition,
  filter,
  ntstatus,
  policy,
  descriptor,
  token,
  image,
];

/** Every constant of assembly/shared, as C. */
export function abiHeader(): string {
  const lines = shared.flatMap((constants) =>
    Object.entries(constants).map(([name, value]) => `#define ${name} 0x${Number(value).toString(16)}u`),
  );
  return `/* Made from assembly/shared. */\n#pragma once\n${[...new Set(lines)].join("\n")}\n`;
}

/** The whole requests of the "check" target: head, token, descriptor; see harness.h. */
export function checkInput(desired: number, call: number, tokenNumber: number, descriptorNumber: number): Uint8Array {
  const listed = call >= 2 ? scene.nodes : [];
  const who = scene.tokens[tokenNumber];
  const what = scene.descriptors[descriptorNumber];
  const head = new Uint8Array(20);
  const view = new DataView(head.buffer);
  view.setUint32(0, desired, true);
  head[8] = call;
  head[13] = tokenNumber & 1;
  head[14] = listed.length;
  view.setUint16(16, who.length, true);
  return Uint8Array.of(...head, ...listed.flatMap(({ level, guid }) => [level, guid]), ...who, ...what);
}

const checks: readonly Uint8Array[] = scene.descriptors.flatMap((_, d) => [
  checkInput(0x02000000, 0, d % scene.tokens.length, d),
  checkInput(0x30, 3, 7 + (d % 3), d),
]);

/** First inputs, by target. */
export const seeds: Readonly<Record<string, readonly Uint8Array[]>> = {
  descriptor: scene.descriptors,
  condition: scene.conditions,
  claim: scene.claims,
  token: scene.tokens,
  check: checks,
  filter: scene.filters,
  policies: scene.policies,
};

const bytesOf = (bytes: Uint8Array): string => (bytes.length === 0 ? "0" : [...bytes].join(","));

function list(name: string, items: readonly Uint8Array[]): string {
  const arrays = items.map((item, i) => `static const u8 ${name}_${i}[] = {${bytesOf(item)}};`);
  const spans = items.map((item, i) => `{${name}_${i}, ${item.length}}`);
  return `${arrays.join("\n")}\nconst bytes_t ${name}[] = {${spans.join(", ")}};\n`;
}

function nodesImage(): Uint8Array {
  const bytes = new Uint8Array(scene.nodes.length * abi.OBJECT_NODE_SIZE);
  scene.nodes.forEach(({ level, guid }, i) => {
    const at = i * abi.OBJECT_NODE_SIZE;
    new DataView(bytes.buffer).setUint32(at + abi.OBJECT_NODE_LEVEL, level, true);
    bytes.set(scene.guidBytes(guid), at + abi.OBJECT_NODE_GUID);
  });
  return bytes;
}

const lists = {
  scene_tokens: scene.tokens,
  scene_descriptors: scene.descriptors,
  scene_sids: scene.sids,
  scene_conditions: scene.conditions,
  scene_claims: scene.claims,
  scene_policies: scene.policies,
  scene_filters: scene.filters,
  scene_checks: checks,
};
const numbers = {
  SCENE_SID_USER: scene.SID_USER,
  SCENE_SID_EVERYONE: scene.SID_EVERYONE,
  SCENE_SID_NOBODY: scene.SID_NOBODY,
  SCENE_TOKEN_PLAIN: scene.TOKEN_PLAIN,
  SCENE_TOKEN_ADMIN: scene.TOKEN_ADMIN,
  SCENE_TREE_TOKEN: scene.TREE_TOKEN,
  SCENE_TREE_TOKENS: scene.TREE_TOKENS,
  SCENE_RESOURCE_CLAIMS: scene.RESOURCE_CLAIMS,
  SCENE_RESOURCE_DESCRIPTOR: scene.RESOURCE_DESCRIPTOR,
  SCENE_GUIDS: scene.guids.length,
  SCENE_PAIRS: scene.pairs.length,
  SCENE_FILTER_TOKENS: scene.filterTokens.length,
  SCENE_CONDITION_TOKENS: scene.conditionTokens.length,
};

/** scene.h, what the harness knows of the cast, and scene.c, the cast. */
export function sceneSources(): { header: string; source: string } {
  const defines = [
    ...Object.entries(numbers).map(([name, value]) => `#define ${name} ${value}u`),
    ...Object.entries(lists).map(([name, items]) => `#define ${name.toUpperCase()} ${items.length}u`),
  ];
  const header = `/* Made from tests/fuzz/scene.ts. */
#pragma once
#include "harness.h"
${defines.join("\n")}
typedef struct { u32 plain, restricted; } scene_pair_t;
extern const bytes_t ${Object.entries(lists)
    .map(([name, items]) => `${name}[${items.length}]`)
    .join(", ")}, scene_nodes;
extern const u8 scene_guids[];
extern const scene_pair_t scene_pairs[SCENE_PAIRS];
extern const u32 scene_filter_tokens[SCENE_FILTER_TOKENS], scene_condition_tokens[SCENE_CONDITION_TOKENS];
extern const bool scene_write_restricted[SCENE_TOKENS];
`;
  const nodes = nodesImage();
  const source = `/* Made from tests/fuzz/scene.ts. */
#include "scene.h"
${Object.entries(lists)
  .map(([name, items]) => list(name, items))
  .join("")}
static const u8 nodes[] = {${bytesOf(nodes)}};
const bytes_t scene_nodes = {nodes, ${nodes.length}};
const u8 scene_guids[] = {${scene.guids.map((_, i) => bytesOf(scene.guidBytes(i))).join(",")}};
const scene_pair_t scene_pairs[] = {${scene.pairs.map(({ plain, restricted }) => `{${plain}, ${restricted}}`).join(", ")}};
const u32 scene_filter_tokens[] = {${scene.filterTokens.join(", ")}};
const u32 scene_condition_tokens[] = {${scene.conditionTokens.join(", ")}};
const bool scene_write_restricted[] = {${scene.writeRestricted.join(", ")}};
`;
  return { header, source };
}
