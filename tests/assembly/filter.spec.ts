/** The two ends of filtering: filter image → request, and what is left → token image. */
import { filterStorage, loadFilter, storeFiltered } from "../../assembly/load/filter";
import { findSid } from "../../assembly/load/sid-table";
import { loadToken } from "../../assembly/load/token";
import { allocate, arenaUsed } from "../../assembly/memory/arena";
import { failed, failedOffset } from "../../assembly/memory/reader";
import { FilterOutcome, FilterRecord, TokenRecord } from "../../assembly/memory/records";
import { SID_NONE } from "../../assembly/memory/sids";
import * as image from "../../assembly/shared/filter-image";
import { IMAGE_FLAGS, IMAGE_HAS_OWNER, IMAGE_RESTRICTED, IMAGE_SIZE } from "../../assembly/shared/token-image";
import { freshAccess, loadedSubject, sidNumber } from "./access-scene";
import { ADMINISTRATORS, EVERYONE, GROUP } from "./descriptor-bytes";
import * as bytes from "./expression-bytes";
import * as filter from "./filter-bytes";
import * as token from "./token-bytes";

/** The record of the bytes just written, or of their first `length`; 0 when they are refused. */
function read(length: u32 = bytes.length()): usize {
  const record = loadFilter(bytes.start(), length);
  expect(failed()).toBe(record == 0, "a record or a fault");
  return record;
}

/** An outcome that leaves `source` as it is, but for one restricting SID and no privilege. */
function left(source: TokenRecord): FilterOutcome {
  const outcome = changetype<FilterOutcome>(allocate(offsetof<FilterOutcome>()));
  outcome.flags = IMAGE_RESTRICTED;
  outcome.userAttributes = 0x10;
  outcome.owner = source.owner;
  outcome.groupAttributes = allocate(source.groupCount * 4);
  for (let i: u32 = 0; i < source.groupCount; i++) store<u32>(outcome.groupAttributes + i * 4, 0x10 + i);
  outcome.restrictedCount = 1;
  outcome.restricted = allocate(4);
  store<u32>(outcome.restricted, source.user);
  return outcome;
}

beforeEach(() => {
  freshAccess();
  filter.beginFilter(0xf, image.FILTER_CALL_CREATE_RESTRICTED_TOKEN, true);
});

describe("a filter image", () => {
  test("is read in all its parts", () => {
    filter.disable(EVERYONE);
    filter.disable(GROUP);
    filter.remove(23);
    filter.restrictTo(ADMINISTRATORS);
    filter.filterImage();
    const record = changetype<FilterRecord>(read());
    expect(record.flags).toBe(0xf);
    expect(record.call).toBe(image.FILTER_CALL_CREATE_RESTRICTED_TOKEN);
    expect(record.callerIsTcb).toBe(1);
    expect(record.disableCount).toBe(2);
    expect(load<u32>(record.disable)).toBe(sidNumber(EVERYONE));
    expect(load<u32>(record.disable + 4)).toBe(sidNumber(GROUP));
    expect(record.deleteCount).toBe(1);
    expect(load<u32>(record.deletes)).toBe(23);
    expect(record.restrictCount).toBe(1);
    expect(load<u32>(record.restrict)).toBe(sidNumber(ADMINISTRATORS));
  });

  test("may ask for nothing", () => {
    filter.beginFilter();
    filter.filterImage();
    const record = changetype<FilterRecord>(read());
    expect(record.disableCount | record.deleteCount | record.restrictCount).toBe(0);
  });

  test("tells the attributes of restricting SIDs, and not those of SIDs to disable", () => {
    filter.disable(EVERYONE, 0x10);
    filter.restrictTo(GROUP);
    filter.filterImage();
    expect(changetype<FilterRecord>(read()).restrictAttributes).toBe(0);
    filter.restrictTo(EVERYONE, 0x7);
    filter.filterImage();
    expect(changetype<FilterRecord>(read()).restrictAttributes).toBe(0x7);
  });

  test("is refused when it is cut short anywhere, or bytes are left over", () => {
    filter.disable(EVERYONE);
    filter.remove(23);
    filter.restrictTo(ADMINISTRATORS);
    const length = filter.filterImage();
    for (let shorter: u32 = 0; shorter < length; shorter++) expect(read(shorter)).toBe(0, shorter.toString());
    bytes.u32At(0);
    expect(read()).toBe(0);
    expect(failedOffset()).toBe(length);
  });

  test("is refused when a count lies", () => {
    const counts: u32[] = [image.FILTER_DISABLE_COUNT, image.FILTER_DELETE_COUNT, image.FILTER_RESTRICT_COUNT];
    const lies: u32[] = [1, 0x15555556, 0xffffffff];
    for (let i = 0; i < counts.length; i++) {
      for (let k = 0; k < lies.length; k++) {
        filter.filterImage();
        filter.put(counts[i], lies[k]);
        expect(read()).toBe(0, counts[i].toString() + " " + lies[k].toString());
      }
    }
  });

  test("is refused for a count of privileges whose bytes wrap", () => {
    filter.filterImage();
    bytes.u64At(0);
    filter.put(image.FILTER_DELETE_COUNT, 0x15555556);
    expect(read()).toBe(0, "times 12 that is 8");
  });

  test("is refused for a SID that is none", () => {
    filter.restrictTo(EVERYONE);
    filter.filterImage();
    store<u8>(bytes.start() + image.FILTER_HEADER_SIZE + 4, 7);
    expect(read()).toBe(0);
    expect(failedOffset()).toBe(image.FILTER_HEADER_SIZE + 4);
    expect(findSid(bytes.start() + image.FILTER_HEADER_SIZE + 4)).toBe(SID_NONE, "and it gets no number");
  });
});

describe("what filtering left", () => {
  test("is a token image that loads again", () => {
    token.group(EVERYONE);
    token.group(GROUP);
    token.ownedBy(GROUP);
    token.privilege(23);
    const source = loadedSubject();
    const at = storeFiltered(source, left(source));
    expect(load<u32>(at + IMAGE_FLAGS)).toBe(IMAGE_RESTRICTED | IMAGE_HAS_OWNER);
    const again = loadToken(at, load<u32>(at + IMAGE_SIZE), 1);
    assert(again != 0, "a sound image");
    const record = changetype<TokenRecord>(again);
    expect(record.user).toBe(source.user);
    expect(record.userAttributes).toBe(0x10);
    expect(record.owner).toBe(source.owner);
    expect(record.groupCount).toBe(2);
    expect(load<u32>(record.groups + 8)).toBe(load<u32>(source.groups + 8));
    expect(load<u32>(record.groups + 12)).toBe(0x11);
    expect(record.restrictedCount).toBe(1);
    expect(load<u32>(record.restricted)).toBe(source.user);
    expect(record.privilegeCount).toBe(0);
  });

  test("has no owner when the token has none", () => {
    const source = loadedSubject();
    const at = storeFiltered(source, left(source));
    expect(load<u32>(at + IMAGE_FLAGS)).toBe(IMAGE_RESTRICTED);
    expect(loadToken(at, load<u32>(at + IMAGE_SIZE), 1)).not.toBe(0);
  });
});

test("filterStorage covers request and answer", () => {
  for (let i = 0; i < 500; i++) token.group("S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-" + i.toString());
  const source = loadedSubject();
  for (let i = 0; i < 900; i++) filter.restrictTo("S-1-" + (100 + i).toString());
  filter.filterImage();
  const length = bytes.length();
  const before = arenaUsed();
  const record = changetype<FilterRecord>(read());
  const outcome = changetype<FilterOutcome>(allocate(offsetof<FilterOutcome>()));
  outcome.groupAttributes = allocate(source.groupCount * 4);
  outcome.restrictedCount = record.restrictCount;
  outcome.restricted = record.restrict;
  storeFiltered(source, outcome);
  expect(arenaUsed() - before).toBeLessThanOrEqual(filterStorage(source, length));
});
