/**
 * The names of the tokens of SDDL, and of the parts of a text that hold them. formats.md 7
 *
 * The grammar says them where it reads one; an editor colours by them. No grammar here.
 */

/**
 * What a token is. `section`: O G D S. `punctuation`: one of `: ; ( ) { } ,`. `right`: a mnemonic; `mask`: a number in
 * its place. `keyword`: the word of `SID(…)`. `operator`: a sign or word of a condition. `string`, `octets` and
 * `claim-name` with their quotes or `#`. `error`: text that the grammar could not read.
 */
export type TokenKind =
  | "section"
  | "acl-flag"
  | "null-acl"
  | "ace-type"
  | "ace-flag"
  | "right"
  | "mask"
  | "guid"
  | "alias"
  | "sid"
  | "punctuation"
  | "attribute"
  | "operator"
  | "keyword"
  | "integer"
  | "string"
  | "octets"
  | "claim-name"
  | "claim-type"
  | "claim-flags"
  | "error";

/**
 * What holds tokens and other nodes. `parentheses` and `list` (in braces) stand in conditions alone, the outermost
 * parentheses of a condition or a claim are the condition or the claim itself.
 */
export type NodeKind =
  | "descriptor"
  | "owner"
  | "group"
  | "dacl"
  | "sacl"
  | "ace"
  | "condition"
  | "claim"
  | "parentheses"
  | "list";
