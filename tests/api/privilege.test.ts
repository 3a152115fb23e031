/** Privilege names and LUID text. tokens.md 1.3 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatLuid,
  PrivilegeAttributes,
  parseLuid,
  privilegeLuid,
  privilegeName,
  privilegeNames,
} from "../../src/privilege.js";

/** tokens.md 1.3, from LUID 2 on. */
const names =
  "CreateToken AssignPrimaryToken LockMemory IncreaseQuota MachineAccount Tcb Security TakeOwnership LoadDriver SystemProfile " +
  "Systemtime ProfileSingleProcess IncreaseBasePriority CreatePagefile CreatePermanent Backup Restore Shutdown Debug Audit " +
  "SystemEnvironment ChangeNotify RemoteShutdown Undock SyncAgent EnableDelegation ManageVolume Impersonate CreateGlobal " +
  "TrustedCredManAccess Relabel IncreaseWorkingSet TimeZone CreateSymbolicLink DelegateSessionUserImpersonate";
const table = names.split(" ").map((name, index) => [`Se${name}Privilege`, BigInt(index + 2)] as const);

describe("privileges", () => {
  it.each(table)("%s is %i", (name, luid) => {
    expect(privilegeLuid(name)).toBe(luid);
    expect(privilegeName(luid)).toBe(name);
  });

  it("are 35, and SeUnsolicitedInputPrivilege is a second name", () => {
    expect(privilegeNames).toEqual(table.map(([name]) => name));
    expect(privilegeNames.length).toBe(35);
    expect(privilegeLuid("SeUnsolicitedInputPrivilege")).toBe(6n);
    expect(privilegeName(6n)).toBe("SeMachineAccountPrivilege");
  });

  it("have names in exact case only", () => {
    for (const name of ["sesecurityprivilege", "SeSecurityPrivilege ", "SeGodPrivilege", "", "__proto__", "0-8"]) {
      expect(privilegeLuid(name)).toBeUndefined();
    }
    for (const luid of [0n, 1n, 37n, 2n ** 32n + 8n, -1n]) expect(privilegeName(luid)).toBeUndefined();
  });

  it("attributes have the names of the interchange", () => {
    expect(PrivilegeAttributes).toEqual({ ENABLED_BY_DEFAULT: 1, ENABLED: 2 });
  });
});

describe("LUID text", () => {
  it.each([
    ["0-40", 0x40n],
    ["1-0", 2n ** 32n],
    ["FFFFFFFF-ffffffff", 2n ** 64n - 1n],
    ["00000000-00000008", 8n],
  ])("%s is %i", (text, luid) => {
    expect(parseLuid(text)).toBe(luid);
  });

  it.each([
    [""],
    ["-"],
    ["0-"],
    ["-40"],
    ["40"],
    ["0x0-40"],
    ["0-123456789"],
    ["0 -40"],
    ["0-4g"],
    ["0-40-0"],
    ["0-40\n"],
    [40 as unknown as string],
  ])("%j is none", (text) => {
    expect(parseLuid(text)).toBeUndefined();
  });

  it("what prints reads back", () => {
    expect(formatLuid(0x40n)).toBe("0-40");
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (luid) => {
        expect(parseLuid(formatLuid(luid))).toBe(luid);
      }),
    );
  });
});
