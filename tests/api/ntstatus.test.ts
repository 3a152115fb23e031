/** Names of NTSTATUS values. [MS-ERREF] 2.3.1 */

import { describe, expect, it } from "vitest";
import * as codes from "../../assembly/shared/ntstatus.js";
import { statusName } from "../../src/ntstatus.js";

describe("statusName", () => {
  it.each([
    [0x00000000, "STATUS_SUCCESS"],
    [0xc0000008, "STATUS_INVALID_HANDLE"],
    [0xc000000d, "STATUS_INVALID_PARAMETER"],
    [0xc0000022, "STATUS_ACCESS_DENIED"],
    [0xc000005a, "STATUS_INVALID_OWNER"],
    [0xc000005b, "STATUS_INVALID_PRIMARY_GROUP"],
    [0xc000005c, "STATUS_NO_IMPERSONATION_TOKEN"],
    [0xc0000061, "STATUS_PRIVILEGE_NOT_HELD"],
    [0xc0000079, "STATUS_INVALID_SECURITY_DESCR"],
    [0xc000007c, "STATUS_NO_TOKEN"],
    [0xc00000a5, "STATUS_BAD_IMPERSONATION_LEVEL"],
    [0xc00000e6, "STATUS_GENERIC_NOT_MAPPED"],
  ])("0x%s has the name that Windows gives it", (code, name) => {
    expect(statusName(code)).toBe(name);
    expect((codes as Record<string, unknown>)[name]).toBe(code);
  });

  it("has no name for what no answer carries", () => {
    expect(statusName(0xc0000001)).toBeUndefined();
    expect(statusName(0xc0000022 | 0)).toBeUndefined();
    expect(statusName(Number.NaN)).toBeUndefined();
  });
});
