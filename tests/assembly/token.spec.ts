/** Token images: sound or refused, and what a token holds of a SID. tokens.md 1, access-check.md 6.2, 8.1 */
import { loadToken, tokenStorage } from "../../assembly/load/token";
import { arenaUsed } from "../../assembly/memory/arena";
import { failed, failedOffset } from "../../assembly/memory/reader";
import * as records from "../../assembly/memory/records";
import { KIND_TOKEN, TokenRecord } from "../../assembly/memory/records";
import { USED_RELABEL, USED_SECURITY, USED_TAKE_OWNERSHIP } from "../../assembly/shared/abi";
import {
  SE_BACKUP_PRIVILEGE,
  SE_RELABEL_PRIVILEGE,
  SE_SECURITY_PRIVILEGE,
  SE_TAKE_OWNERSHIP_PRIVILEGE,
} from "../../assembly/shared/privilege";
import * as image from "../../assembly/shared/token-image";
import { freshAccess, loadedSubject, sidNumber } from "./access-scene";
import {
  ADMINISTRATORS,
  ALL_PACKAGES,
  ALL_RESTRICTED_PACKAGES,
  CAPABILITY,
  EVERYONE,
  GROUP,
  OWNER_RIGHTS,
  PACKAGE,
  PRINCIPAL_SELF,
  USER,
} from "./descriptor-bytes";
import * as bytes from "./expression-bytes";
import * as token from "./token-bytes";

const ALLOW: u32 = records.HOLD_ALLOW;
const DENY: u32 = records.HOLD_DENY;
const LISTED: u32 = records.HOLD_RESTRICT_ALLOW | records.HOLD_RESTRICT_DENY;

/** What the token holds of a SID. */
function holds(subject: TokenRecord, text: string): u32 {
  return <u32>load<u8>(subject.table + sidNumber(text));
}

/** The record of the image just written, or of its first `length` bytes; 0 when it is refused. */
function read(length: u32 = bytes.length()): usize {
  const record = loadToken(bytes.start(), length, 77);
  expect(failed()).toBe(record == 0, "a record or a fault");
  return record;
}

/** A token with one of everything. */
function everything(): void {
  token.group(EVERYONE);
  token.restrict(GROUP);
  token.privilege(SE_BACKUP_PRIVILEGE);
  token.ownedBy(ADMINISTRATORS);
  token.inPackage(PACKAGE);
  token.capability(CAPABILITY);
  token.device(GROUP);
  token.userClaim("name");
}

beforeEach(() => {
  freshAccess();
});

describe("what a token holds of a SID", () => {
  test("is nothing for a SID that it does not name", () => {
    expect(holds(loadedSubject(), EVERYONE)).toBe(0);
  });

  test("is everything for the user unless deny-only, ENABLED or not", () => {
    expect(holds(loadedSubject(), USER)).toBe(ALLOW | DENY);
    token.beginToken(USER, 0x10);
    expect(holds(loadedSubject(), USER)).toBe(DENY);
    token.beginToken(USER, 0x14);
    expect(holds(loadedSubject(), USER)).toBe(DENY);
  });

  test("follows a group's attributes: enabled, disabled, deny-only, both", () => {
    const attributes: u32[] = [0x7, 0x4, 0x3, 0x0, 0x10, 0x14];
    const held: u32[] = [ALLOW | DENY, ALLOW | DENY, 0, 0, DENY, DENY];
    for (let i = 0; i < attributes.length; i++) {
      token.beginToken(USER);
      token.group(EVERYONE, attributes[i]);
      expect(holds(loadedSubject(), EVERYONE)).toBe(held[i], attributes[i].toString());
    }
  });

  test("adds up where a SID stands twice", () => {
    token.group(EVERYONE, 0x10);
    token.group(EVERYONE, 0x4);
    token.restrict(EVERYONE);
    expect(holds(loadedSubject(), EVERYONE)).toBe(ALLOW | DENY | LISTED);
  });

  test("is another matter for restricting SIDs, which count whatever their attributes", () => {
    token.restrict(EVERYONE);
    expect(holds(loadedSubject(), EVERYONE)).toBe(LISTED);
  });

  test("of the package side: the package, enabled capabilities, both package SIDs", () => {
    token.inPackage(PACKAGE);
    token.capability(CAPABILITY);
    token.capability("S-1-15-3-2", 0);
    const subject = loadedSubject();
    expect(holds(subject, PACKAGE)).toBe(records.HOLD_PACKAGE);
    expect(holds(subject, CAPABILITY)).toBe(records.HOLD_PACKAGE);
    expect(holds(subject, "S-1-15-3-2")).toBe(0, "a disabled capability");
    expect(holds(subject, ALL_PACKAGES)).toBe(records.HOLD_PACKAGE);
    expect(holds(subject, ALL_RESTRICTED_PACKAGES)).toBe(records.HOLD_PACKAGE);
  });

  test("of all packages is nothing when low-privileged, or in no package", () => {
    token.inPackage(PACKAGE, true);
    expect(holds(loadedSubject(), ALL_PACKAGES)).toBe(0);
    expect(holds(loadedSubject(), ALL_RESTRICTED_PACKAGES)).toBe(records.HOLD_PACKAGE);
    token.beginToken(USER);
    expect(holds(loadedSubject(), ALL_RESTRICTED_PACKAGES)).toBe(0);
  });

  test("of device groups is apart from the groups", () => {
    token.device(EVERYONE);
    token.device(GROUP, 0x10);
    const subject = loadedSubject();
    expect(holds(subject, EVERYONE)).toBe(records.HOLD_DEVICE_ALLOW | records.HOLD_DEVICE_DENY);
    expect(holds(subject, GROUP)).toBe(records.HOLD_DEVICE_DENY);
  });

  test("of OWNER RIGHTS and PRINCIPAL SELF is remembered", () => {
    token.group(OWNER_RIGHTS, 0x10);
    token.restrict(PRINCIPAL_SELF);
    const subject = loadedSubject();
    expect(subject.ownerRightsBits).toBe(DENY);
    expect(subject.principalSelfBits).toBe(LISTED);
  });
});

describe("a privilege", () => {
  test("counts when held and enabled", () => {
    token.privilege(SE_SECURITY_PRIVILEGE);
    token.privilege(SE_TAKE_OWNERSHIP_PRIVILEGE, 1);
    expect(loadedSubject().enabled).toBe(USED_SECURITY);
    token.beginToken(USER);
    token.privilege(SE_TAKE_OWNERSHIP_PRIVILEGE);
    token.privilege(SE_RELABEL_PRIVILEGE, 0x80000002);
    token.privilege(SE_BACKUP_PRIVILEGE);
    expect(loadedSubject().enabled).toBe(USED_TAKE_OWNERSHIP | USED_RELABEL);
  });

  test("is told by both halves of its LUID", () => {
    token.privilege(SE_SECURITY_PRIVILEGE, 2, 1);
    const subject = loadedSubject();
    expect(subject.enabled).toBe(0);
    expect(subject.privilegeCount).toBe(1);
    expect(load<u32>(subject.privileges + 4)).toBe(1, "kept as it came");
  });
});

describe("a token image", () => {
  test("is compiled with its kind, its generation and the numbers of its header", () => {
    token.setIntegrity(0x3000, 2);
    token.setTrust(512, 1024);
    token.setType(2, 1);
    token.tokenImage();
    const subject = changetype<TokenRecord>(read());
    expect(subject.kind).toBe(KIND_TOKEN);
    expect(subject.generation).toBe(77);
    expect(subject.integrity).toBe(0x3000);
    expect(subject.mandatoryPolicy).toBe(2);
    expect(subject.trustType).toBe(512);
    expect(subject.trustLevel).toBe(1024);
    expect(subject.type).toBe(2);
    expect(subject.level).toBe(1);
    expect(subject.flags).toBe(image.IMAGE_HAS_TRUST_LEVEL);
    expect(subject.owner).toBe(0);
    expect(subject.userClaims).toBe(0);
  });

  test("keeps lists in their order", () => {
    token.group(EVERYONE, 0x7);
    token.group(GROUP, 0x10);
    token.restrict(GROUP);
    token.restrict(GROUP);
    token.ownedBy(GROUP);
    token.userClaim("name");
    const subject = loadedSubject();
    expect(subject.groupCount).toBe(2);
    expect(load<u32>(subject.groups)).toBe(sidNumber(EVERYONE));
    expect(load<u32>(subject.groups + 8)).toBe(sidNumber(GROUP));
    expect(load<u32>(subject.groups + 12)).toBe(0x10);
    expect(subject.restrictedCount).toBe(2, "duplicates are kept");
    expect(load<u32>(subject.restricted + 4)).toBe(sidNumber(GROUP));
    expect(subject.owner).toBe(sidNumber(GROUP));
    expect(subject.user).toBe(sidNumber(USER));
    expect(load<u32>(subject.userClaims)).toBe(1);
    expect(load<usize>(subject.userClaims + 4)).not.toBe(0);
  });

  test("is refused without its signature, with another size, or with unknown flags", () => {
    const fields: u32[] = [image.IMAGE_SIGNATURE, image.IMAGE_SIZE, image.IMAGE_FLAGS];
    const values: u32[] = [0x12345678, 0x1000, 0x80];
    for (let i = 0; i < fields.length; i++) {
      token.tokenImage();
      expect(read()).not.toBe(0);
      token.put(fields[i], values[i]);
      expect(read()).toBe(0);
      expect(failedOffset()).toBe(fields[i]);
    }
  });

  test("is refused when it is cut short anywhere, even if it says so", () => {
    everything();
    const length = token.tokenImage();
    expect(read()).not.toBe(0);
    for (let shorter: u32 = 0; shorter < length; shorter++) {
      token.put(image.IMAGE_SIZE, shorter);
      expect(read(shorter)).toBe(0, shorter.toString());
    }
  });

  test("is refused when bytes are left over", () => {
    everything();
    const length = token.tokenImage();
    bytes.u32At(0);
    token.put(image.IMAGE_SIZE, length + 4);
    expect(read()).toBe(0);
    expect(failedOffset()).toBe(length);
  });

  test("is refused when a count lies", () => {
    for (let field = image.IMAGE_GROUP_COUNT; field < image.IMAGE_HEADER_SIZE; field += 4) {
      token.tokenImage();
      token.put(field, 0x40000000);
      expect(read()).toBe(0, field.toString());
      expect(failedOffset()).toBe(field);
    }
  });

  test("is refused for a SID that is none, and for a claim that does not load", () => {
    token.tokenImage();
    store<u8>(bytes.start() + image.IMAGE_HEADER_SIZE + 4, 2);
    expect(read()).toBe(0);
    expect(failedOffset()).toBe(image.IMAGE_HEADER_SIZE + 4);
    token.beginToken(USER);
    token.userClaim("name");
    const length = token.tokenImage();
    store<u16>(bytes.start() + length - 40 + 4, 0x77);
    expect(read()).toBe(0);
  });
});

test("tokenStorage covers tokens of the shortest SIDs", () => {
  for (let i = 0; i < 1000; i++) token.group("S-1-" + (100 + i).toString());
  for (let i = 0; i < 1000; i++) token.restrict("S-1-" + (5000 + i).toString());
  const length = token.tokenImage();
  const before = arenaUsed();
  expect(read()).not.toBe(0);
  expect(arenaUsed() - before).toBeLessThanOrEqual(tokenStorage(length));
});
