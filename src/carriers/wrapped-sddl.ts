/**
 * SDDL that some output broke into lines: put together again where that can be done without guessing.
 *
 * Whoever breaks a line may drop a blank. Outside of conditions and claims that makes no difference; inside, between
 * two words or in a string, it does, and then the text is refused rather than read as something else.
 */
import { CarrierFault, type CarrierName } from "./carrier-error.js";
import { GatheredText, type Line } from "./gathered-text.js";

/** Beside one of these a blank means nothing. */
const SIGNS = '(){},;&|=<>!"#';
/** An ACE is the first level; its condition or claim the second. */
const EXTRA_LEVEL = 2;

/** @throws CarrierFault ERR_ARGUMENT at a break that may hide a blank */
export function joinWrapped(pieces: readonly Line[], carrier: CarrierName, entry: string | null): GatheredText {
  const gathered = new GatheredText(pieces);
  const { text } = gathered;
  let at = 0;
  let level = 0;
  let isQuoted = false;
  for (const { offset, at: position } of gathered.breaks()) {
    for (; at < offset; at++) {
      const unit = text[at];
      if (unit === '"') isQuoted = !isQuoted;
      else if (unit === "(" && !isQuoted) level++;
      else if (unit === ")" && !isQuoted) level--;
    }
    const isBetweenWords = !SIGNS.includes(text[offset - 1] ?? "(") && !SIGNS.includes(text[offset] ?? ")");
    if (isQuoted || (level >= EXTRA_LEVEL && isBetweenWords)) {
      const message =
        "a line ends inside a condition or claim, where a blank may be lost: widen the output (Out-String -Width 4096) or take the property alone ((Get-Acl …).Sddl)";
      throw new CarrierFault("ERR_ARGUMENT", position, message, { carrier, entry });
    }
  }
  return gathered;
}
