/**
 * Gathers the tokens and faults that a scanner reports, and builds the tree of what holds them.
 *
 * The tree follows section letters and brackets alone, so it stands whatever the grammar made of the text between.
 * Every unit that is no blank ends up in exactly one token. Does not know what comes next, nor how to go on after a fault.
 */
import type { ErrorCode } from "../errors.js";
import { CLOSE, CLOSE_BRACE, isSpace, OPEN, OPEN_BRACE, QUOTE } from "./characters.js";
import { faultMessage, type Recorder } from "./scanner.js";
import type { NodeKind, TokenKind } from "./token-kinds.js";

/** One fault. `from` is where strict reading would have stopped; up to `to` the text is worth underlining. */
export interface SddlDiagnostic {
  readonly code: ErrorCode;
  /** UTF-16 units from 0; `to` is exclusive, and equals `from` only at the end of the text. */
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

/** A part of the text that holds tokens and other parts. */
export interface SddlNode {
  readonly kind: NodeKind;
  readonly from: number;
  /** Exclusive: the end of its last token. */
  readonly to: number;
  /** Index of the node around it; -1 for the descriptor, which is the first node. */
  readonly parent: number;
  /** Its tokens, those of inner nodes included: from this index … */
  readonly firstToken: number;
  /** … to this one, exclusive. */
  readonly endToken: number;
}

type OpenNode = { -readonly [Key in keyof SddlNode]: SddlNode[Key] };

/** Most faults that are kept. The reading goes on after them, and leaves out what is at fault all the same. */
export const MAX_DIAGNOSTICS = 1000;

/** What a fault throws: not an error, since it never leaves the reader. */
export const FAULT: unique symbol = Symbol("fault");

const SECTIONS: Readonly<Record<string, NodeKind>> = { O: "owner", G: "group", D: "dacl", S: "sacl" };

export class TreeRecorder implements Recorder {
  readonly text: string;
  /** The tokens, one entry in each array. */
  readonly kinds: TokenKind[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  /** Index of the innermost node around each token. */
  readonly holders: number[] = [];
  readonly nodes: OpenNode[];
  readonly diagnostics: SddlDiagnostic[] = [];
  /** The innermost node that is open. */
  top = 0;
  /** Where the last token ended. */
  end = 0;
  /** While set, faults are not written down. */
  isQuiet = false;

  constructor(text: string) {
    this.text = text;
    this.nodes = [{ kind: "descriptor", from: 0, to: text.length, parent: -1, firstToken: 0, endToken: 0 }];
  }

  token(kind: TokenKind, from: number, to: number): void {
    if (from > this.end) this.skipTo(from);
    if (kind === "section") {
      this.closeDownTo(0);
      this.#open(SECTIONS[this.text[from]], from);
    } else if (kind === "punctuation") {
      const unit = this.text.charCodeAt(from);
      if (unit === OPEN) {
        this.#open(this.#kindOfParenthesis(to), from);
      } else if (unit === OPEN_BRACE) {
        this.#open("list", from);
      } else if (unit === CLOSE || (unit === CLOSE_BRACE && this.nodes[this.top].kind === "list")) {
        this.#close(from, to);
        return;
      }
    }
    this.#push(kind, from, to);
  }

  fault(code: ErrorCode, position: number, expected: string): never {
    if (!this.isQuiet && this.diagnostics.length < MAX_DIAGNOSTICS) {
      const message = faultMessage(this.text, position, expected);
      this.diagnostics.push({ code, from: position, to: position, message });
    }
    throw FAULT;
  }

  /** The unit that the last token ended with; NaN before the first. */
  get lastUnit(): number {
    return this.text.charCodeAt(this.end - 1);
  }

  /** Makes tokens of kind `error` of everything from the last token to `to`, blanks aside. */
  skipTo(to: number): void {
    const { text } = this;
    for (let at = this.end; at < to; ) {
      if (isSpace(text.charCodeAt(at))) {
        at++;
        continue;
      }
      const from = at;
      while (at < to && !isSpace(text.charCodeAt(at))) at++;
      this.#push("error", from, at);
    }
  }

  /** Whether `node` is open: what was opened since is inside it, and has a higher index. */
  isOpen(node: number): boolean {
    return this.top >= node;
  }

  /** Closes what is open inside `node`, which stays open. */
  closeDownTo(node: number): void {
    while (this.top > node) {
      const inner = this.nodes[this.top];
      inner.to = Math.max(this.end, inner.from);
      inner.endToken = this.kinds.length;
      this.top = inner.parent;
    }
  }

  /** The text was read up to `to`: closes all nodes, and stretches each diagnostic over the token it begins in. */
  finish(to: number): void {
    this.skipTo(to);
    this.closeDownTo(0);
    this.nodes[0].endToken = this.kinds.length;
    this.diagnostics.forEach((diagnostic, index) => {
      const { from } = diagnostic;
      const token = lastAtOrBefore(this.starts, from);
      const end = token >= 0 && this.ends[token] > from ? this.ends[token] : Math.min(from + 1, this.text.length);
      this.diagnostics[index] = Object.freeze({ ...diagnostic, to: end });
    });
  }

  #push(kind: TokenKind, from: number, to: number): void {
    this.kinds.push(kind);
    this.starts.push(from);
    this.ends.push(to);
    this.holders.push(this.top);
    this.end = to;
  }

  #open(kind: NodeKind, from: number): void {
    const index = this.nodes.length;
    this.nodes.push({ kind, from, to: from, parent: this.top, firstToken: this.kinds.length, endToken: 0 });
    this.top = index;
  }

  /** `next` is the place behind the parenthesis: a claim begins with a quote, a condition cannot. */
  #kindOfParenthesis(next: number): NodeKind {
    switch (this.nodes[this.top].kind) {
      case "ace": {
        let at = next;
        while (isSpace(this.text.charCodeAt(at))) at++;
        return this.text.charCodeAt(at) === QUOTE ? "claim" : "condition";
      }
      case "condition":
      case "claim":
      case "parentheses":
      case "list":
        return "parentheses";
      default:
        return "ace";
    }
  }

  /** A closing bracket belongs to the node it closes. A parenthesis closes the lists inside it too. */
  #close(from: number, to: number): void {
    if (this.text.charCodeAt(from) === CLOSE) {
      let node = this.top;
      while (this.nodes[node].kind === "list") node = this.nodes[node].parent;
      this.closeDownTo(node);
    }
    this.#push("punctuation", from, to);
    if (this.top > 0) this.closeDownTo(this.nodes[this.top].parent);
  }
}

/** Index of the last of the ascending `starts` that is not beyond `offset`; -1 when there is none. */
export function lastAtOrBefore(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle] <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
