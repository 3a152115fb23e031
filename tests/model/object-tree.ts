/**
 * The tree of object types, and how a grant or a refusal spreads in it. access-check.md 10.
 *
 * Without a list the tree is its root alone, and every rule below is the plain one.
 */

import type { ModelObjectType } from "./types.js";

export interface ObjectTree {
  /** False when the request has no list. */
  readonly listed: boolean;
  /** Null for the root of a tree without a list. */
  readonly guids: readonly (string | null)[];
  /** Index of the parent; -1 for the root. */
  readonly parents: readonly number[];
}

/** What one pass has decided so far, by node. */
export interface Tally {
  readonly grant: number[];
  readonly deny: number[];
}

export function treeOf(list: readonly ModelObjectType[] | null): ObjectTree {
  if (list === null || list.length === 0) return { listed: false, guids: [null], parents: [-1] };
  const parents = list.map((entry, index) => {
    for (let before = index - 1; before >= 0; before--) if (list[before].level === entry.level - 1) return before;
    return -1;
  });
  return { listed: true, guids: list.map((entry) => entry.guid), parents };
}

export function emptyTally(tree: ObjectTree): Tally {
  return { grant: tree.guids.map(() => 0), deny: tree.guids.map(() => 0) };
}

/** 10.3 */
export function allowAt(tree: ObjectTree, tally: Tally, node: number, mask: number): void {
  for (const each of withDescendants(tree, node))
    tally.grant[each] = (tally.grant[each] | (mask & ~tally.deny[each])) >>> 0;
  for (const parent of ancestors(tree, node)) {
    let shared = 0xffffffff;
    for (const child of children(tree, parent)) shared &= tally.grant[child];
    tally.grant[parent] = (tally.grant[parent] | (shared & ~tally.deny[parent])) >>> 0;
  }
}

/** 10.4 */
export function denyAt(tree: ObjectTree, tally: Tally, node: number, mask: number): void {
  const notGranted = mask & ~tally.grant[node];
  for (const each of withDescendants(tree, node))
    tally.deny[each] = (tally.deny[each] | (mask & ~tally.grant[each])) >>> 0;
  for (const each of ancestors(tree, node)) tally.deny[each] = (tally.deny[each] | notGranted) >>> 0;
}

/** From the parent up to the root. */
function ancestors(tree: ObjectTree, node: number): readonly number[] {
  const path: number[] = [];
  for (let at = tree.parents[node]; at !== -1; at = tree.parents[at]) path.push(at);
  return path;
}

function children(tree: ObjectTree, node: number): readonly number[] {
  return tree.parents.flatMap((parent, index) => (parent === node ? [index] : []));
}

function withDescendants(tree: ObjectTree, node: number): readonly number[] {
  return tree.parents.flatMap((_, index) => (index === node || ancestors(tree, index).includes(node) ? [index] : []));
}
