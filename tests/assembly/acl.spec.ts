/** An ACL: sound or refused, shared, and how much room it takes. formats.md 4 */
import { aclStorage, loadDacl, readAcl } from "../../assembly/load/acl";
import { arenaUsed } from "../../assembly/memory/arena";
import { beginRead, endTrial, failed, failedOffset } from "../../assembly/memory/reader";
import { freshAccess, loadedAcl } from "./access-scene";
import { EVERYONE, allow, beginAcl, endAcl, here, objectAce, plainAce } from "./descriptor-bytes";
import * as bytes from "./expression-bytes";

/** Size of the ACL just written, 0 when it is refused. */
function read(end: usize = here()): u32 {
  beginRead(bytes.start());
  const size = readAcl(bytes.start(), end);
  expect(failed()).toBe(size == 0, "a size or a fault");
  return size;
}

beforeEach(() => {
  freshAccess();
  beginAcl();
});

describe("an ACL is refused", () => {
  test("in a revision other than 2, 3 and 4", () => {
    endAcl();
    for (let revision: u32 = 0; revision <= 6; revision++) {
      store<u8>(bytes.start(), <u8>revision);
      expect(read()).toBe(revision >= 2 && revision <= 4 ? 8 : 0);
      expect(failedOffset()).toBe(0);
    }
  });

  test("when its size is below 8, no multiple of four, or beyond the buffer", () => {
    endAcl();
    bytes.u32At(0);
    const sizes: u32[] = [0, 4, 10, 16];
    for (let i = 0; i < sizes.length; i++) {
      store<u16>(bytes.start() + 2, <u16>sizes[i]);
      expect(read()).toBe(0);
      expect(failedOffset()).toBeLessThanOrEqual(2);
    }
    store<u16>(bytes.start() + 2, 12);
    expect(read()).toBe(12);
  });

  test("when its header does not fit", () => {
    endAcl();
    for (let length = 0; length < 8; length++) {
      expect(read(bytes.start() + length)).toBe(0);
      expect(failedOffset()).toBe(0);
    }
  });

  test("when it counts more ACEs than it has", () => {
    allow(1, EVERYONE);
    endAcl();
    store<u16>(bytes.start() + 4, 2);
    expect(read()).toBe(0);
  });

  test("for one ACE that is not sound, at that ACE", () => {
    allow(1, EVERYONE);
    objectAce(5, 1, 1, EVERYONE);
    endAcl();
    expect(read()).not.toBe(0);
    store<u8>(bytes.start(), 2);
    expect(read()).toBe(0);
    expect(failedOffset()).toBe(28);
  });

  test("when an ACE leaves it, though not the buffer", () => {
    allow(1, EVERYONE);
    endAcl();
    store<u16>(bytes.start() + 2, 24);
    expect(read()).toBe(0);
  });
});

describe("an ACL", () => {
  test("may have slack behind the last ACE, and anything in its reserved fields", () => {
    allow(1, EVERYONE);
    bytes.u32At(0xffffffff);
    endAcl();
    store<u8>(bytes.start() + 1, 0xff);
    store<u16>(bytes.start() + 6, 0xffff);
    expect(read()).toBe(32);
    expect(loadedAcl().count).toBe(1);
  });

  test("shares its record with an equal one, and with no other", () => {
    allow(1, EVERYONE);
    const first = changetype<usize>(loadedAcl());
    const used = arenaUsed();
    bytes.begin();
    bytes.u64At(0);
    beginAcl();
    allow(1, EVERYONE);
    endAcl();
    beginRead(bytes.start());
    expect(loadDacl(bytes.start() + 8, here())).toBe(first);
    expect(arenaUsed()).toBe(used, "nothing is taken for it");
    bytes.begin();
    beginAcl();
    allow(2, EVERYONE);
    expect(changetype<usize>(loadedAcl())).not.toBe(first);
  });

  test("is told from others of its hash: among 150,000 some must have one", () => {
    allow(0, EVERYONE);
    for (let mask: u32 = 0; mask < 150000; mask++) {
      store<u32>(bytes.start() + 12, mask);
      const found = load<u32>(loadedAcl().entries);
      if (found != mask) expect(found).toBe(mask);
    }
  });

  test("is judged before it is shared: a known one that does not fit is refused", () => {
    allow(1, EVERYONE);
    loadedAcl();
    beginRead(bytes.start());
    expect(loadDacl(bytes.start(), here() - 4)).toBe(0);
    expect(failed()).toBe(true);
  });

  test("leaves nothing behind when refused", () => {
    allow(1, EVERYONE);
    endAcl();
    store<u16>(bytes.start() + 4, 2);
    const used = arenaUsed();
    beginRead(bytes.start());
    expect(loadDacl(bytes.start(), here())).toBe(0);
    expect(endTrial()).toBe(true);
    expect(arenaUsed()).toBe(used);
  });
});

test("aclStorage covers the densest ACLs", () => {
  for (let i: u32 = 0; i < 4000; i++) allow(1 << (i & 15), "S-1-5");
  let before = arenaUsed();
  expect(loadedAcl().count).toBe(4000);
  expect(arenaUsed() - before).toBeLessThanOrEqual(aclStorage(bytes.length()));

  bytes.begin();
  beginAcl();
  for (let i: u32 = 0; i < 1700; i++) objectAce(5, 1, i + 1, "S-1-5");
  before = arenaUsed();
  expect(loadedAcl().count).toBe(1700);
  expect(arenaUsed() - before).toBeLessThanOrEqual(aclStorage(bytes.length()));

  bytes.begin();
  beginAcl();
  for (let i: u32 = 0; i < 4000; i++) plainAce(9, 1, "S-1-5");
  before = arenaUsed();
  expect(loadedAcl().count).toBe(4000);
  expect(arenaUsed() - before).toBeLessThanOrEqual(aclStorage(bytes.length()));

  bytes.begin();
  beginAcl();
  for (let i: u32 = 0; i < 16000; i++) bytes.u32At(0x000400ff);
  store<u16>(bytes.start() + 4, 0);
  before = arenaUsed();
  endAcl();
  store<u16>(bytes.start() + 4, 16000);
  expect(loadedAcl().ignoredCount).toBe(16000);
  expect(arenaUsed() - before).toBeLessThanOrEqual(aclStorage(bytes.length()));
});
