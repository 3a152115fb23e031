/**
 * SDDL for editors: the same rules as strict reading, but after a fault the reading goes on. formats.md 7
 *
 * There is no second grammar here, only where to go on: at the next field, the next ACE, the next section. An ACE with
 * any fault in it is left out. Time is linear in the text: what is read again after a fault has no fault's beginning in it.
 */
import type { Ace } from "../ace.js";
import type { DescriptorParts } from "../descriptor-parts.js";
import { ArgumentError } from "../errors.js";
import type { SidContext } from "../well-known-sids.js";
import { type AceKind, type AclKind, aceKinds } from "./ace-kinds.js";
import { AceDraft, type AclMeasure, aceParts, finishAce } from "./ace-parse.js";
import { CLOSE, OPEN, SEMICOLON } from "./characters.js";
import { AclDraft, DescriptorDraft, parseAces, parseSectionContent, parseSectionStart, skipLead } from "./parse.js";
import {
  isAceStart,
  isClaimAhead,
  isSectionStart,
  isSectionWithAce,
  passOverFault,
  readLooseToken,
} from "./resynchronise.js";
import { END, Scanner } from "./scanner.js";
import { SddlTree } from "./tree.js";
import { FAULT, type SddlDiagnostic, TreeRecorder } from "./tree-recorder.js";

/** What a text holds, however much of it can be read. */
export interface RecoveredDescriptor {
  /**
   * The descriptor as far as it goes; for text without faults, exactly what strict reading gives. With diagnostics it
   * is for showing only: a deny ACE may be among what was left out.
   */
  readonly parts: DescriptorParts;
  /** The faults, at most 1,000, in the order they were met. The first is the one that strict reading throws. */
  readonly diagnostics: readonly SddlDiagnostic[];
  readonly tree: SddlTree;
}

/**
 * Reads SDDL as an editor needs it, keystroke after keystroke: parts, faults with ranges, and every token with its
 * range and meaning. Text of more than 1 Mi units is one ERR_LIMIT without tokens.
 *
 * @throws ArgumentError ERR_ARGUMENT for anything but text; nothing else
 */
export function parseRecovering(text: string, context?: SidContext): RecoveredDescriptor {
  if (typeof text !== "string") throw new ArgumentError("ERR_ARGUMENT", ["text"], "expected text");
  const recorder = new TreeRecorder(text);
  const parts = new RecoveringReader(recorder).read(context);
  return { parts, diagnostics: recorder.diagnostics, tree: new SddlTree(recorder, context) };
}

const LAST_FIELD = 4;
const SID_PART = 5;
const EXTRA_PART = 6;
const END_PART = 7;

/** Stands in for a type that cannot be read: takes any flags, GUIDs, SID and extra. */
const unknownKind = /* @__PURE__ */ copyOfKind("ZA");
const claimKind = /* @__PURE__ */ copyOfKind("RA");

function copyOfKind(spelling: string): AceKind {
  return { ...(aceKinds.find((kind) => kind.spelling === spelling) as AceKind) };
}

class RecoveringReader {
  readonly #recorder: TreeRecorder;
  readonly #readAce = (s: Scanner, measure: AclMeasure): Ace | null => this.#ace(s, measure);
  readonly #draft = new DescriptorDraft(this.#readAce);
  /** The ACL that ACEs behind a fault belong to; null when it is none of the descriptor's. */
  #acl: AclDraft | null = null;

  constructor(recorder: TreeRecorder) {
    this.#recorder = recorder;
  }

  read(context: SidContext | undefined): DescriptorParts {
    const recorder = this.#recorder;
    let s: Scanner | undefined;
    const opened = this.#attempt(() => {
      s = new Scanner(recorder.text, context, 0, recorder);
      skipLead(s);
    });
    if (s !== undefined && opened) {
      while (s.peek() !== END) {
        if (!this.#section(s)) this.#goOn(s);
      }
    }
    recorder.finish(s === undefined ? 0 : recorder.text.length);
    return this.#draft.parts();
  }

  /** Whether `rule` read what it should. Errors that are no faults of the text pass. */
  #attempt(rule: () => void): boolean {
    try {
      rule();
      return true;
    } catch (error) {
      if (error !== FAULT) throw error;
      return false;
    }
  }

  #section(s: Scanner): boolean {
    const draft = this.#draft;
    const before = this.#recorder.kinds.length;
    let letter = 0;
    const whole = this.#attempt(() => {
      letter = parseSectionStart(s, draft);
      parseSectionContent(s, draft, letter);
    });
    if (letter !== 0) {
      const kind = this.#aclKind();
      this.#acl = kind === null ? null : draft[kind];
    } else if (this.#recorder.kinds.length > before) {
      // A section without its colon, or one that was there already: its tokens count, its meaning does not.
      this.#acl = null;
      s.at = this.#recorder.end;
      if (this.#recorder.kinds.length === before + 2) {
        const spare = new DescriptorDraft(this.#readAce);
        return this.#attempt(() => parseSectionContent(s, spare, s.text.charCodeAt(s.at - 2)));
      }
    }
    return whole;
  }

  /** After a fault between ACEs or sections: finds the next of either, and reads the ACEs. */
  #goOn(s: Scanner): void {
    const recorder = this.#recorder;
    s.at = recorder.end;
    while (s.peek() !== END && !isSectionStart(s.text, s.at)) {
      if (isAceStart(s.text, s.at)) {
        const kind = this.#aclKind();
        const acl = this.#acl === null || this.#acl.isNull ? new AclDraft(kind ?? "dacl") : this.#acl;
        parseAces(s, this.#draft, acl);
        return;
      }
      s.at++;
    }
    recorder.skipTo(s.at);
  }

  /** Which ACL is open in the tree. */
  #aclKind(): AclKind | null {
    const { nodes, top } = this.#recorder;
    const { kind } = nodes[top];
    return kind === "dacl" || kind === "sacl" ? kind : null;
  }

  /** Reads an ACE to its end, from fault to fault; null when there was one. */
  #ace(s: Scanner, measure: AclMeasure): Ace | null {
    const recorder = this.#recorder;
    const node = recorder.nodes.length;
    const draft = new AceDraft(measure, s.at);
    let ace: Ace | null = null;
    let isWhole = true;
    for (let part = 0; part < aceParts.length; ) {
      if (part === EXTRA_PART && draft.written === unknownKind) {
        if (s.peek() !== SEMICOLON) part++;
        else if (isClaimAhead(s)) draft.written = claimKind;
      }
      const before = recorder.kinds.length;
      if (this.#attempt(() => aceParts[part](s, draft))) {
        part++;
      } else {
        isWhole = false;
        s.at = recorder.end;
        part = this.#resume(s, draft, part, recorder.kinds.length > before, node);
      }
    }
    if (isWhole) {
      this.#attempt(() => {
        ace = finishAce(s, draft);
      });
    }
    recorder.closeDownTo(recorder.nodes[node].parent);
    return ace;
  }

  /** After a fault in `part`: passes over what cannot be read, and answers with the part to go on with. */
  #resume(s: Scanner, draft: AceDraft, part: number, hasTokens: boolean, node: number): number {
    const recorder = this.#recorder;
    if (part === 0) draft.written ??= unknownKind;
    if (part <= LAST_FIELD && hasTokens && recorder.lastUnit === SEMICOLON) return part + 1;
    if (part <= SID_PART && this.#skipToFieldEnd(s)) {
      if (s.peek() !== SEMICOLON) return END_PART;
      if (part <= LAST_FIELD) s.take("punctuation", 1);
      return part + 1;
    }
    this.#skipToAceEnd(s, node);
    return aceParts.length;
  }

  /** Whether a semicolon or the closing parenthesis of the ACE comes next, once all before it was passed over. */
  #skipToFieldEnd(s: Scanner): boolean {
    for (; ; s.at++) {
      const unit = s.peek();
      if (unit === SEMICOLON || unit === CLOSE) return true;
      if (unit === END || unit === OPEN || isSectionStart(s.text, s.at)) return false;
    }
  }

  /** Passes over everything up to and past the closing parenthesis of the ACE, or up to what must be another one. */
  #skipToAceEnd(s: Scanner, node: number): void {
    const recorder = this.#recorder;
    recorder.isQuiet = true;
    while (recorder.isOpen(node)) {
      s.skipSpace();
      const { text, at } = s;
      const isDeep = recorder.top > node;
      if (s.peek() === END || isAceStart(text, at)) break;
      if (isDeep ? isSectionWithAce(text, at) : isSectionStart(text, at)) break;
      if (!this.#attempt(() => readLooseToken(s, recorder.nodes[recorder.top].kind))) {
        // What the failed rule recorded stays; else the quote, or the word, is passed over.
        s.at = Math.max(recorder.end, at);
        if (s.at === at) passOverFault(s);
      }
    }
    recorder.isQuiet = false;
    recorder.skipTo(s.at);
  }
}
