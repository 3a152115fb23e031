/** The ABI: handles, stages, refusals. */
import * as kernel from "../../assembly/index";
import { AccessRequest, AccessResult } from "../../assembly/memory/boundary";
import { SID_OWNER_RIGHTS } from "../../assembly/memory/sids";
import * as abi from "../../assembly/shared/abi";
import { GENERIC_ALL, GENERIC_READ, MAXIMUM_ALLOWED } from "../../assembly/shared/access-mask";
import { PURPOSE_ALLOW, TRUE } from "../../assembly/shared/condition";
import * as ntstatus from "../../assembly/shared/ntstatus";
import { STATUS_INVALID_HANDLE, STATUS_SUCCESS } from "../../assembly/shared/ntstatus";
import { SD_MAX_SIZE } from "../../assembly/shared/security-descriptor";
import * as written from "./descriptor-bytes";
import { EVERYONE, GROUP, OWNER_RIGHTS, USER } from "./descriptor-bytes";
import * as bytes from "./expression-bytes";
import * as filters from "./filter-bytes";
import { arenaEnd, arenaStart } from "./kernel-arena";
import * as policies from "./policy-bytes";
import * as tokens from "./token-bytes";

const request = changetype<AccessRequest>(kernel.requestPointer());
const result = changetype<AccessResult>(kernel.resultPointer());

/** Stages the bytes just written and loads them. */
function load(kind: u32): u32 {
  const length = bytes.length();
  const at = kernel.stage(kind, length, 0);
  assert(at != 0, "room");
  memory.copy(at, bytes.start(), length);
  return kernel.load(kind, at, length);
}

/** A descriptor that allows the user `mask`. */
function descriptor(mask: u32 = 0x3): u32 {
  bytes.begin();
  written.beginDescriptor(GROUP, GROUP);
  written.beginDacl();
  written.allow(mask, USER);
  written.endAcl();
  return load(abi.LOAD_DESCRIPTOR);
}

function token(): u32 {
  tokens.tokenImage();
  return load(abi.LOAD_TOKEN);
}

function policySet(): u32 {
  policies.beginPolicies();
  policies.endPolicies();
  return load(abi.LOAD_POLICIES);
}

/** Asks for `desired` with handles that are sound. */
function ask(desired: u32): void {
  memory.fill(kernel.requestPointer(), 0, abi.REQUEST_SIZE);
  request.descriptor = descriptor();
  request.token = token();
  request.desired = desired;
  request.all = 0x1f01ff;
}

beforeEach(() => {
  kernel.open(arenaStart(), arenaEnd(), 0x5eed);
  memory.fill(kernel.requestPointer(), 0, abi.REQUEST_SIZE);
  tokens.beginToken(USER);
  filters.beginFilter();
});

test("says which ABI it is, and where the request is", () => {
  expect(kernel.abiVersion()).toBe(abi.ABI_VERSION);
  expect(kernel.requestPointer() & 7).toBe(0);
});

describe("check", () => {
  test("answers a request", () => {
    ask(0x1);
    expect(kernel.check()).toBe(STATUS_SUCCESS);
    expect(result.granted).toBe(1);
    expect(result.access).toBe(0x1);
    request.desired = 0x4;
    expect(kernel.check()).toBe(ntstatus.STATUS_ACCESS_DENIED);
    expect(result.granted).toBe(0);
  });

  test("refuses handles of before a reset, and leaves no grant in the result", () => {
    ask(0x1);
    kernel.check();
    const old = kernel.generation();
    kernel.reset(1);
    expect(kernel.generation()).toBe(old + 1);
    expect(kernel.check()).toBe(STATUS_INVALID_HANDLE);
    expect(result.granted).toBe(0);
    expect(result.access).toBe(0);
  });

  test("refuses one kind of handle in place of another", () => {
    ask(0x1);
    const aDescriptor = request.descriptor;
    const aToken = request.token;
    const somePolicies = policySet();
    request.token = aDescriptor;
    expect(kernel.check()).toBe(STATUS_INVALID_HANDLE);
    request.token = somePolicies;
    expect(kernel.check()).toBe(STATUS_INVALID_HANDLE);
    request.token = aToken;
    request.descriptor = aToken;
    expect(kernel.check()).toBe(STATUS_INVALID_HANDLE);
    request.descriptor = 0;
    expect(kernel.check()).toBe(STATUS_INVALID_HANDLE);
    request.descriptor = aDescriptor;
    request.primaryToken = aDescriptor;
    expect(kernel.check()).toBe(STATUS_INVALID_HANDLE);
    request.primaryToken = aToken;
    request.policies = aToken;
    expect(kernel.check()).toBe(STATUS_INVALID_HANDLE);
    request.policies = somePolicies;
    expect(kernel.check()).toBe(STATUS_SUCCESS);
    request.call = abi.CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST + 1;
    expect(kernel.check()).toBe(STATUS_INVALID_HANDLE, "nor a call that there is not");
  });
});

describe("checkPlain", () => {
  test("answers with the granted mask", () => {
    ask(0x1);
    expect(kernel.checkPlain(request.descriptor, request.token, GENERIC_ALL | 0x2)).toBe(0);
    request.all = 0x1;
    expect(kernel.checkPlain(request.descriptor, request.token, GENERIC_ALL | 0x2)).toBe(0x3, "mapped");
    expect(kernel.checkPlain(request.descriptor, request.token, 0x1)).toBe(0x1);
  });

  test("hears descriptor, token, desired and mapping only", () => {
    ask(0x1);
    request.call = 77;
    request.previouslyGranted = 0x100;
    request.policies = 12;
    expect(kernel.checkPlain(request.descriptor, request.token, 0x1)).toBe(0x1);
    expect(kernel.checkPlain(request.descriptor, request.token, MAXIMUM_ALLOWED)).toBe(0, "not plain: see the result");
    expect(result.status).toBe(STATUS_SUCCESS);
    expect(result.access).toBe(0x3);
  });

  test("maps the generic bits of ACEs, whatever the question before wished", () => {
    ask(0x1);
    request.read = 0x1;
    const generic = descriptor(GENERIC_READ);
    request.flags = abi.CHECK_RAW_GENERIC;
    kernel.check();
    expect(kernel.checkPlain(generic, request.token, 0x1)).toBe(0x1);
  });

  test("leaves a refusal in the result, whatever stood there", () => {
    ask(0x1);
    kernel.check();
    expect(kernel.checkPlain(request.descriptor, request.token, 0x5)).toBe(0);
    expect(result.status).toBe(ntstatus.STATUS_ACCESS_DENIED);
    expect(result.granted | result.access | result.privilegesUsed).toBe(0);
  });

  test("refuses what is no handle", () => {
    ask(0x1);
    expect(kernel.checkPlain(request.token, request.token, 0x1)).toBe(0);
    expect(result.status).toBe(STATUS_INVALID_HANDLE);
    expect(kernel.checkPlain(request.descriptor, request.descriptor, 0x1)).toBe(0);
    expect(result.status).toBe(STATUS_INVALID_HANDLE);
  });

  test("is not disturbed by a check with a list or a trace", () => {
    ask(0x1);
    request.flags = abi.CHECK_TRACE;
    kernel.check();
    const events = result.traceCount;
    expect(kernel.checkPlain(request.descriptor, request.token, 0x1)).toBe(0x1);
    expect(result.traceCount).toBe(events);
  });
});

describe("checkMany", () => {
  test("puts the granted mask in the place of each handle, 0 for a refusal", () => {
    ask(0x1);
    const at = kernel.stage(abi.STAGE_WORDS, 12, 0);
    for (let i = 0; i < 3; i++) store<u32>(at + i * 4, descriptor(i + 1));
    expect(kernel.checkMany(at, 3)).toBe(STATUS_SUCCESS);
    expect(changetype<AccessRequest>(at).descriptor).toBe(0x1);
    expect(changetype<AccessRequest>(at + 4).descriptor).toBe(0);
    expect(changetype<AccessRequest>(at + 8).descriptor).toBe(0x1);
  });

  test("ends at a handle that is none, which gets 0", () => {
    ask(0x1);
    const at = kernel.stage(abi.STAGE_WORDS, 8, 0);
    store<u32>(at, request.token);
    store<u32>(at + 4, request.descriptor);
    expect(kernel.checkMany(at, 2)).toBe(STATUS_INVALID_HANDLE);
    expect(changetype<AccessRequest>(at).descriptor).toBe(0);
    request.token = 0;
    expect(kernel.checkMany(at, 1)).toBe(STATUS_INVALID_HANDLE, "or a token");
  });
});

describe("stage", () => {
  test("refuses a descriptor beyond 1 MiB as a descriptor, not for want of room", () => {
    expect(kernel.stage(abi.LOAD_DESCRIPTOR, SD_MAX_SIZE, 0)).not.toBe(0);
    expect(result.status).toBe(STATUS_SUCCESS);
    expect(kernel.stage(abi.LOAD_DESCRIPTOR, SD_MAX_SIZE + 1, 0)).toBe(0);
    expect(result.status).toBe(ntstatus.STATUS_INVALID_SECURITY_DESCR);
  });

  test("says NO_MEMORY when there is no room for the bytes and what becomes of them", () => {
    kernel.open(arenaStart(), arenaStart() + 0x100000, 0x5eed);
    const kinds: u32[] = [abi.LOAD_TOKEN, abi.LOAD_POLICIES, abi.LOAD_CONDITION];
    for (let i = 0; i < kinds.length; i++) {
      expect(kernel.stage(kinds[i], 0x100000, 0)).toBe(0);
      expect(result.status).toBe(ntstatus.STATUS_NO_MEMORY);
    }
    expect(kernel.stage(abi.LOAD_SID, 12, 0)).not.toBe(0);
    expect(kernel.stage(abi.LOAD_TOKEN, 0x60000000, 0)).toBe(0, "no sum wraps");
    expect(kernel.stage(abi.STAGE_WORDS, 4096, 0)).not.toBe(0, "there is room apart");
    expect(kernel.stage(abi.STAGE_WORDS, 4097, 0)).toBe(0);
  });

  test("needs a token for a filter", () => {
    const handle = descriptor();
    expect(kernel.stage(abi.STAGE_FILTER, 24, handle)).toBe(0);
    expect(result.status).toBe(STATUS_INVALID_HANDLE);
    expect(kernel.stage(abi.STAGE_FILTER, 24, token())).not.toBe(0);
  });
});

describe("load", () => {
  test("gives 0, a status and the offset at fault for what is not sound", () => {
    bytes.begin();
    written.beginDescriptor(GROUP, GROUP);
    store<u32>(bytes.start() + 8, 0xffff);
    expect(load(abi.LOAD_DESCRIPTOR)).toBe(0);
    expect(result.status).toBe(ntstatus.STATUS_INVALID_SECURITY_DESCR);
    expect(result.errorOffset).toBe(8);
    tokens.tokenImage();
    tokens.put(8, 0xffffffff);
    expect(load(abi.LOAD_TOKEN)).toBe(0);
    expect(result.status).toBe(ntstatus.STATUS_INVALID_IMAGE);
    expect(result.errorOffset).toBe(8);
    expect(descriptor()).not.toBe(0);
    expect(result.status).toBe(STATUS_SUCCESS);
    expect(result.errorOffset).toBe(0, "a success forgets it");
    bytes.begin();
    bytes.u64At(0);
    bytes.u32At(0);
    expect(load(abi.LOAD_POLICIES)).toBe(0);
    expect(result.status).toBe(ntstatus.STATUS_INVALID_IMAGE);
  });

  test("gives a SID its number and one", () => {
    bytes.begin();
    written.sid(OWNER_RIGHTS);
    expect(load(abi.LOAD_SID)).toBe(SID_OWNER_RIGHTS + 1);
    bytes.u32At(0);
    expect(load(abi.LOAD_SID)).toBe(0, "bytes left over");
    expect(result.status).toBe(ntstatus.STATUS_INVALID_SID);
  });

  test("gives a condition its program, and 0 without a fault for what is none", () => {
    bytes.begin();
    written.memberCondition(1, 0);
    bytes.pad();
    expect(load(abi.LOAD_CONDITION)).not.toBe(0);
    bytes.begin();
    bytes.u32At(0x64616564);
    expect(load(abi.LOAD_CONDITION)).toBe(0);
    expect(result.status).toBe(STATUS_SUCCESS);
  });

  test("takes an object type list in whole nodes, up to 1,024", () => {
    bytes.begin();
    for (let i = 0; i < 9; i++) bytes.u32At(0);
    expect(load(abi.LOAD_OBJECT_TYPES)).toBe(0);
    expect(result.status).toBe(ntstatus.STATUS_INVALID_PARAMETER);
    bytes.begin();
    for (let i: u32 = 0; i < abi.OBJECT_TYPES_MAX * 8; i++) bytes.u32At(0);
    expect(load(abi.LOAD_OBJECT_TYPES)).not.toBe(0);
    for (let i = 0; i < 8; i++) bytes.u32At(0);
    expect(load(abi.LOAD_OBJECT_TYPES)).toBe(0);
  });

  test("knows no other kinds", () => {
    bytes.begin();
    expect(load(abi.STAGE_FILTER + 1)).toBe(0);
    expect(result.status).toBe(ntstatus.STATUS_INVALID_IMAGE);
  });

  test("says NO_MEMORY when the numbers of SIDs run out, rather than trap", () => {
    for (let list = 0; list < 12; list++) {
      bytes.begin();
      written.beginDescriptor("", "");
      written.beginDacl();
      for (let i = 0; i < 3000; i++) written.allow(1, "S-1-" + (100000 * list + i + 100).toString());
      written.endAcl();
      if (load(abi.LOAD_DESCRIPTOR) == 0) {
        expect(result.status).toBe(ntstatus.STATUS_NO_MEMORY);
        kernel.reset(2);
        expect(load(abi.LOAD_DESCRIPTOR)).not.toBe(0, "reset, load again");
        return;
      }
    }
    expect(false).toBe(true, "32,768 numbers have an end");
  });
});

describe("filter", () => {
  test("leaves a token image that loads", () => {
    tokens.group(EVERYONE);
    const source = token();
    filters.disable(EVERYONE);
    const length = filters.filterImage();
    const at = kernel.stage(abi.STAGE_FILTER, length, source);
    memory.copy(at, bytes.start(), length);
    expect(kernel.filter(source, at, length)).toBe(STATUS_SUCCESS);
    const image = kernel.filteredImage();
    const size = changetype<AccessRequest>(image).token;
    expect(kernel.load(abi.LOAD_TOKEN, image, size)).not.toBe(0);
  });

  test("refuses what is no token, what is no image, and what the rules refuse; then there is no image", () => {
    const length = filters.filterImage();
    expect(kernel.filter(descriptor(), bytes.start(), length)).toBe(STATUS_INVALID_HANDLE);
    const source = token();
    filters.filterImage();
    expect(kernel.filter(source, bytes.start(), length - 1)).toBe(ntstatus.STATUS_INVALID_IMAGE);
    filters.beginFilter(0x10);
    filters.filterImage();
    expect(kernel.filter(source, bytes.start(), length)).toBe(ntstatus.STATUS_INVALID_PARAMETER);
    expect(kernel.filteredImage()).toBe(0);
  });
});

test("condition answers for a token, and traps on a handle that is none", () => {
  bytes.begin();
  written.memberCondition(1, 0);
  bytes.pad();
  const program = load(abi.LOAD_CONDITION);
  tokens.group(EVERYONE);
  expect(kernel.condition(program, token(), 0, PURPOSE_ALLOW)).toBe(TRUE);
  expect(kernel.condition(program, token(), descriptor(), PURPOSE_ALLOW)).toBe(TRUE);
  expect(() => {
    kernel.condition(0, 0, 0, PURPOSE_ALLOW);
  }).toThrow();
});
