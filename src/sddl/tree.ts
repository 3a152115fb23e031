/**
 * The concrete syntax tree of SDDL: flat arrays of nodes and tokens, and the questions an editor asks at a place.
 *
 * Made once for a text and never changed. Knows ranges; what a token means is told by token-meaning.ts, what could
 * stand at a place by completion.ts.
 */
import type { SidContext } from "../well-known-sids.js";
import { completionsAt, type SddlCompletions } from "./completion.js";
import type { TokenKind } from "./token-kinds.js";
import { meaningOf, type SddlTokenMeaning } from "./token-meaning.js";
import { lastAtOrBefore, type SddlNode, type TreeRecorder } from "./tree-recorder.js";

/** One token with its range and meaning. */
export interface SddlToken extends SddlTokenMeaning {
  /** Its place among the tokens. */
  readonly index: number;
  readonly kind: TokenKind;
  /** UTF-16 units from 0; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Index of the innermost node around it. A bracket belongs to what it opens or closes. */
  readonly node: number;
}

/** Every unit that is no blank (09–0D, 20) is in one token; tokens are in the order of the text and never overlap. */
export class SddlTree {
  readonly text: string;
  readonly context: SidContext | undefined;
  /** The descriptor first, each node before those inside it. */
  readonly nodes: readonly SddlNode[];
  /** Of each token, as are the next three. */
  readonly kinds: readonly TokenKind[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** The innermost node around each token. */
  readonly holders: readonly number[];

  /** @internal */
  constructor(recorder: TreeRecorder, context: SidContext | undefined) {
    this.text = recorder.text;
    this.context = context;
    this.nodes = recorder.nodes;
    this.kinds = recorder.kinds;
    this.starts = recorder.starts;
    this.ends = recorder.ends;
    this.holders = recorder.holders;
  }

  /** How many tokens there are. */
  get tokenCount(): number {
    return this.kinds.length;
  }

  /** The token with this index, 0 … `tokenCount` - 1. */
  token(index: number): SddlToken {
    const kind = this.kinds[index];
    const from = this.starts[index];
    const to = this.ends[index];
    const node = this.holders[index];
    return { index, kind, from, to, text: this.text.slice(from, to), node, ...meaningOf(this, index) };
  }

  /** The token over the unit at `offset`; null on a blank, and at or behind the end. */
  tokenAt(offset: number): SddlToken | null {
    const index = lastAtOrBefore(this.starts, offset);
    return index >= 0 && this.ends[index] > offset ? this.token(index) : null;
  }

  /** Nodes around the unit at `offset`, the innermost first, the descriptor last. */
  nodesAt(offset: number): readonly SddlNode[] {
    const index = lastAtOrBefore(this.starts, offset);
    const around: SddlNode[] = [];
    for (let at = index < 0 ? 0 : this.holders[index]; at >= 0; at = this.nodes[at].parent) {
      const node = this.nodes[at];
      if (node.parent < 0 || (node.from <= offset && offset < node.to)) around.push(node);
    }
    return around;
  }

  /** What could stand at `offset`, and which part of the text it would replace. */
  completionsAt(offset: number): SddlCompletions {
    return completionsAt(this, offset);
  }
}
