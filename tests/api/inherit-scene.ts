/** A creator, a way to ask what a new object gets, and generated ACLs: for the tests of src/inherit. */
import fc from "fast-check";
import { AccessToken } from "../../src/access-token.js";
import { Ace } from "../../src/ace.js";
import { Acl } from "../../src/acl.js";
import { createPrivateObjectSecurity, type ObjectCreation } from "../../src/inherit/private-object-security.js";
import { SecurityDescriptor } from "../../src/security-descriptor.js";
import { Sid } from "../../src/sid.js";

export const USER = "S-1-5-21-1-2-3-1001";
export const GROUP = "S-1-5-21-1-2-3-513";
export const TYPE = "bf967aba-0de6-11d0-a285-00aa003049e2";
export const OTHER_TYPE = "bf967a86-0de6-11d0-a285-00aa003049e2";
export const PROPERTY = "4c164200-20c0-11d0-a768-00aa006e0529";

export const token = AccessToken.create({
  user: USER,
  groups: [
    { sid: "BA", attributes: ["ENABLED", "OWNER"] },
    { sid: "PU", attributes: ["OWNER", "USE_FOR_DENY_ONLY"] },
    "BU",
  ],
  primaryGroup: GROUP,
  defaultDacl: "D:(A;;GA;;;SY)(A;;GR;;;CO)",
  integrity: "Medium",
});

export type Asked = Omit<Partial<ObjectCreation>, "parent" | "creator"> & {
  readonly parent?: string | SecurityDescriptor | null;
  readonly creator?: string | SecurityDescriptor | null;
};

const read = (value: string | SecurityDescriptor | null | undefined) =>
  typeof value === "string" ? SecurityDescriptor.parse(value) : value;

export function create({ parent, creator, ...rest }: Asked) {
  return createPrivateObjectSecurity({
    parent: read(parent),
    creator: read(creator),
    token,
    container: false,
    mapping: "file",
    ...rest,
  });
}

/** The descriptor that was made; a refusal fails the test. */
export function made(asked: Asked): SecurityDescriptor {
  const { status, descriptor } = create(asked);
  if (descriptor === null) throw new Error(`refused: ${status}`);
  return descriptor;
}

/** `D:…` alone, the user as U and its group as G. */
export function dacl(asked: Asked): string {
  return short(made(asked).with({ owner: null, group: null, sacl: null }).toString());
}

/** `S:…` alone. */
export function sacl(asked: Asked): string {
  return short(made(asked).with({ owner: null, group: null, dacl: null }).toString());
}

function short(sddl: string): string {
  return sddl.replaceAll(USER, "U").replaceAll(GROUP, "G");
}

const sid = fc.constantFrom("S-1-1-0", "S-1-5-18", "S-1-3-0", "S-1-3-1", USER).map((text) => Sid.parse(text));
const mask = fc.constantFrom(0x1, 0x1f01ff, 0x10000000, 0x80000001, 0xe0000000, 0x01000000);
const guid = fc.option(fc.constantFrom(TYPE, OTHER_TYPE));
/** Every flag a DACL's ACEs can print. */
const flags = fc.integer({ min: 0, max: 0x1f });

/** ACEs of a DACL, inheritable or not, of plain and object types. */
export const anyAce: fc.Arbitrary<Ace> = fc.oneof(
  fc.record({ type: fc.constantFrom(0, 1), flags, mask, sid }).map((fields) => Ace.create(fields)),
  fc
    .record({ type: fc.constantFrom(5, 6), flags, mask, sid, objectType: guid, inheritedObjectType: guid })
    .filter(({ objectType, inheritedObjectType }) => objectType !== null || inheritedObjectType !== null)
    .map((fields) => Ace.create(fields)),
);

export const anyAcl: fc.Arbitrary<Acl> = fc.array(anyAce, { maxLength: 8 }).map((aces) => Acl.of(aces));
