/**
 * Filtering for the specs: the token and the filter as they were told so far. Does not judge.
 */
import { filterToken } from "../../assembly/check/filter-token";
import { loadFilter } from "../../assembly/load/filter";
import { FilterOutcome, FilterRecord, TokenRecord } from "../../assembly/memory/records";
import { loadedSubject } from "./access-scene";
import * as bytes from "./expression-bytes";
import * as filter from "./filter-bytes";

export const outcome = changetype<FilterOutcome>(memory.data(64, 8));
export let source: TokenRecord = changetype<TokenRecord>(0);

/** Filters the token as it was told so far; the status, with the rest in `outcome`. */
export function filtered(): u32 {
  source = loadedSubject();
  const record = loadFilter(bytes.start(), filter.filterImage());
  assert(record != 0, "a sound filter");
  return filterToken(source, changetype<FilterRecord>(record), outcome);
}
