/** Tokens, descriptors and requests for the tests of the engine: a small cast, said once. */

import type { AccessCheckRequest } from "../../src/access-request.js";
import { AccessToken } from "../../src/access-token.js";
import { SecurityDescriptor } from "../../src/security-descriptor.js";
import type { TokenInput } from "../../src/token-fields.js";

export const USER = "S-1-5-21-1-2-3-1001";
export const OTHER = "S-1-5-21-1-2-3-1002";
export const EVERYONE = "S-1-1-0";
export const RESTRICTED_CODE = "S-1-5-12";
export const PACKAGE = "S-1-15-2-1-2-3-4-5-6-7";

export const READ = 0x1;
export const WRITE = 0x2;
export const RC = 0x20000;
export const WDAC = 0x40000;
export const WO = 0x80000;
export const DEL = 0x10000;
export const ASS = 0x01000000;
export const MAX = 0x02000000;
export const FILE_ALL = 0x1f01ff;

/** The user in Everyone, Medium, without privileges, and what else is given. */
export function token(changes: Partial<TokenInput> = {}): AccessToken {
  return AccessToken.create({ user: USER, groups: [EVERYONE], ...changes });
}

export function restricted(...restrictedSids: readonly string[]): AccessToken {
  return token({ restrictedSids });
}

/** Owner and group SYSTEM, and these ACLs. */
export function sd(acls: string, owner = "O:SYG:SY"): SecurityDescriptor {
  return SecurityDescriptor.parse(`${owner}${acls}`);
}

/** A request on a file for `desired`. */
export function ask(
  descriptor: SecurityDescriptor | string,
  desired: number | string,
  changes: Partial<AccessCheckRequest> = {},
): AccessCheckRequest {
  return {
    token: token(),
    descriptor: typeof descriptor === "string" ? sd(descriptor) : descriptor,
    desired,
    mapping: "file",
    ...changes,
  };
}

/** What a function throws; fails when it throws nothing. */
// biome-ignore lint/suspicious/noExplicitAny: errors are read member by member
export function thrownBy(body: () => unknown): any {
  try {
    body();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
