/**
 * GUID text: 8-4-4-4-12 hex digits, kept in lower case. formats.md 5, 7
 *
 * Does not know bytes, braces, or what a GUID names.
 */

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Length of GUID text in UTF-16 units. */
export const GUID_TEXT_LENGTH = 36;

/** The lower-case form, or undefined when `text` is no GUID. Braces are not read. */
export function canonicalGuid(text: unknown): string | undefined {
  // Without the `u` flag, `i` folds nothing outside ASCII into a hex digit.
  return typeof text === "string" && GUID.test(text) ? text.toLowerCase() : undefined;
}
