/**
 * An access control list: ACEs in the order given. [MS-DTYP] 2.4.5, formats.md 4
 *
 * Nothing is sorted here, and nothing decided. Does not know sizes.
 */
import { ACL_REVISION, ACL_REVISION_DS } from "../assembly/shared/ace.js";
import { Ace } from "./ace.js";
import { ArgumentError } from "./errors.js";

/** @internal Every part of an ACL, as the readers of text and bytes give it. */
export interface AclFields {
  readonly revision: number;
  readonly aces: Ace[];
  readonly sbz1: number;
  readonly sbz2: number;
  readonly slack: Uint8Array;
}

const NO_SLACK: Uint8Array = /* @__PURE__ */ new Uint8Array(0);

/**
 * An access control list. Immutable; a change is a new value, without slack, of at least the revision its ACEs need.
 */
export class Acl {
  /** 2, 3 or 4. */
  readonly revision: number;
  /** Frozen, in order. */
  readonly aces: readonly Ace[];
  /** Reserved byte, kept. */
  readonly sbz1: number;
  /** Reserved 16 bits, kept. */
  readonly sbz2: number;
  /** Bytes after the last ACE: legal, kept, never read. */
  readonly slack: Uint8Array;

  private constructor(revision: number, aces: readonly Ace[], sbz1: number, sbz2: number, slack: Uint8Array) {
    this.revision = revision;
    this.aces = Object.freeze(aces);
    this.sbz1 = sbz1;
    this.sbz2 = sbz2;
    this.slack = slack;
  }

  /**
   * An ACL of these ACEs; the array is copied. Without `revision` it is 4 when an object ACE is among them, else 2.
   *
   * @throws ArgumentError ERR_ARGUMENT for a revision other than 2…4 or below what the ACEs need, or an element that is no Ace.
   */
  static of(aces: readonly Ace[], revision?: number): Acl {
    const copy = Array.from(aces);
    copy.forEach((ace, index) => {
      if (!(ace instanceof Ace)) throw new ArgumentError("ERR_ARGUMENT", ["aces", index], "expected an Ace");
    });
    const needed = revisionFor(copy);
    if (revision !== undefined && (!Number.isInteger(revision) || revision < needed || revision > ACL_REVISION_DS)) {
      throw new ArgumentError("ERR_ARGUMENT", ["revision"], `expected ${needed}…${ACL_REVISION_DS}`);
    }
    return new Acl(revision ?? needed, copy, 0, 0, NO_SLACK);
  }

  /** @internal Takes over parts already known to be right. */
  static trusted(fields: AclFields): Acl {
    return new Acl(fields.revision, fields.aces, fields.sbz1, fields.sbz2, fields.slack);
  }

  /** With `ace` inserted before `index`, at the end by default. @throws ArgumentError ERR_ARGUMENT */
  with(ace: Ace, index: number = this.aces.length): Acl {
    return this.#edited(this.aces.toSpliced(this.#index(index, this.aces.length), 0, ace));
  }

  /** Without the ACE at `index`. @throws ArgumentError ERR_ARGUMENT */
  without(index: number): Acl {
    return this.#edited(this.aces.toSpliced(this.#index(index), 1));
  }

  /** With `ace` in place of the one at `index`. @throws ArgumentError ERR_ARGUMENT */
  replace(index: number, ace: Ace): Acl {
    return this.#edited(this.aces.with(this.#index(index), ace));
  }

  /** With the ACE at `from` moved so that it stands at `to`. @throws ArgumentError ERR_ARGUMENT */
  move(from: number, to: number): Acl {
    const moved = this.aces[this.#index(from)];
    return this.#edited(this.aces.toSpliced(from, 1).toSpliced(this.#index(to), 0, moved));
  }

  #edited(aces: Ace[]): Acl {
    const fresh = Acl.of(aces);
    return fresh.revision >= this.revision ? fresh : new Acl(this.revision, fresh.aces, 0, 0, NO_SLACK);
  }

  #index(index: number, last = this.aces.length - 1): number {
    if (!Number.isInteger(index) || index < 0 || index > last) {
      throw new ArgumentError("ERR_ARGUMENT", ["index"], `no ACE at ${index} of ${this.aces.length}`);
    }
    return index;
  }
}

/** The revision an ACL of these ACEs is written with. formats.md 4 */
export function revisionFor(aces: readonly Ace[]): number {
  return aces.some((ace) => ace.isObject) ? ACL_REVISION_DS : ACL_REVISION;
}
