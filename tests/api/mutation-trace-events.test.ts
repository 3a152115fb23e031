/**
 * Every trace event says what its kind says, and nothing else: a member that a kind does not use has its neutral value.
 * assembly/shared/abi.ts, access-check.md 13.4
 */

import { describe, expect, it } from "vitest";
import * as abi from "../../assembly/shared/abi.js";
import {
  SYSTEM_ACCESS_FILTER_ACE_TYPE,
  SYSTEM_MANDATORY_LABEL_ACE_TYPE,
  SYSTEM_PROCESS_TRUST_LABEL_ACE_TYPE,
} from "../../assembly/shared/ace.js";
import { FALSE, TRUE, UNKNOWN } from "../../assembly/shared/condition.js";
import { parseMask } from "../../src/access-mask.js";
import { type CheckedRequest, checkedRequest } from "../../src/access-request.js";
import type { Acl } from "../../src/acl.js";
import type { SecurityDescriptor } from "../../src/security-descriptor.js";
import type { TraceEvent } from "../../src/trace-event.js";
import { runCheck } from "../../src/wasm/access-check.js";
import { compileKernel } from "../../src/wasm/kernel-bytes.js";
import { Session } from "../../src/wasm/session.js";
import { readTrace } from "../../src/wasm/trace.js";
import { EVERYTHING, request as generate } from "../differential/generator.js";
import { randomFrom } from "../differential/random.js";
import { engineRequest } from "../differential/run.js";
import type { ModelPolicy, ModelRequest } from "../model/types.js";
import { ASS, MAX, RC, WDAC, WO } from "./questions.js";

interface Scene {
  readonly request: CheckedRequest;
  readonly descriptor: SecurityDescriptor;
  readonly want: number;
}

const session = new Session(compileKernel(), 64 << 20, () => 7);

/** The events of requests of every kind, each with its scene. */
function traced(count: number, seed: number): { readonly scene: Scene; readonly events: readonly TraceEvent[] }[] {
  const random = randomFrom(seed);
  return random.times(count, () => {
    const asked = engineRequest(withDacls(generate(random, EVERYTHING)));
    const request = checkedRequest(asked, parseMask);
    const descriptor = asked.descriptor as SecurityDescriptor;
    const answer = runCheck(session, request, descriptor, { trace: true, audit: asked.audit === true });
    return { scene: { request, descriptor, want: answer.want }, events: readTrace(answer.events) };
  });
}

/** A rule of a policy has a DACL, be it a NULL one. */
function withDacls(request: ModelRequest): ModelRequest {
  const given = <T>(dacl: T | "absent"): T | null => (dacl === "absent" ? null : dacl);
  const rulesOf = (policy: ModelPolicy) =>
    policy.rules.map((rule) => ({
      ...rule,
      dacl: given(rule.dacl),
      ...(rule.stagedDacl === undefined ? {} : { stagedDacl: given(rule.stagedDacl) }),
    }));
  return { ...request, policies: request.policies?.map((policy) => ({ ...policy, rules: rulesOf(policy) })) ?? null };
}

const neutral = { lane: abi.LANE_NORMAL, reason: 0, truth: null, ace: null, node: 0, source: 0, extra: 0 };

/** What the members of an event of its kind are; a member left out is neutral, `true` is anything. */
type Shape = { readonly [Member in keyof typeof neutral | "bits"]?: unknown };

function aceType(acl: Acl | null, ace: number | null): number | undefined {
  return ace === null ? undefined : acl?.aces[ace]?.type;
}

function within(bits: number, limit: number): boolean {
  return (bits & ~limit) === 0;
}

/** Bits that may be decided: of a specific request only those that are wanted. */
function interest({ request, want }: Scene): number {
  return (request.desired & MAX) !== 0 ? 0xffffffff : want;
}

const skipTruths = new Map<number, number | null>([
  [abi.SKIP_CONDITION_FALSE, FALSE],
  [abi.SKIP_CONDITION_UNKNOWN, UNKNOWN],
  [abi.SKIP_CONDITION_MALFORMED, UNKNOWN],
]);
const privilegeOf = new Map([
  [8, ASS],
  [9, WO],
  [32, WO],
]);

function shapeOf(event: TraceEvent, scene: Scene): Shape {
  const { sacl, dacl } = scene.descriptor;
  switch (event.kind) {
    case abi.EVENT_LABEL: {
      expect(event.reason > 0 && within(event.reason, 7)).toBe(true);
      if (event.ace !== null) expect(aceType(sacl, event.ace)).toBe(SYSTEM_MANDATORY_LABEL_ACE_TYPE);
      return { reason: true, ace: true, extra: true, bits: true };
    }
    case abi.EVENT_TRUST_LABEL:
      expect(aceType(sacl, event.ace)).toBe(SYSTEM_PROCESS_TRUST_LABEL_ACE_TYPE);
      return { ace: true, extra: true, bits: true };
    case abi.EVENT_ACCESS_FILTER:
      expect(aceType(sacl, event.ace)).toBe(SYSTEM_ACCESS_FILTER_ACE_TYPE);
      expect([FALSE, UNKNOWN]).toContain(event.truth);
      return { ace: true, truth: true, source: abi.SOURCE_SACL, bits: true };
    case abi.EVENT_PRIVILEGE:
    case abi.EVENT_PRIVILEGE_MISSING:
      return { extra: true, bits: privilegeOf.get(event.extra) };
    case abi.EVENT_OWNER:
      expect(within(event.bits, interest(scene) & (RC | WDAC))).toBe(true);
      return { source: true, bits: true };
    case abi.EVENT_OWNER_SUPPRESSED:
      if (event.source === 0) expect(dacl?.aces[event.ace ?? -1]?.sid?.toString()).toBe("S-1-3-4");
      return { source: true, ace: true, bits: RC | WDAC };
    case abi.EVENT_ALLOW:
    case abi.EVENT_DENY:
      expect(event.ace).not.toBe(null);
      expect(event.bits).not.toBe(0);
      expect(within(event.bits, interest(scene)), "only what is wanted").toBe(true);
      expect(event.lane).toBeLessThanOrEqual(abi.LANE_PACKAGE);
      if (event.source === 0) {
        expect(dacl?.aces[event.ace ?? -1]?.isCallback ? event.truth !== null : event.truth === null).toBe(true);
      }
      return { lane: true, ace: true, truth: true, source: true, bits: true, node: nodeOf(event, scene) };
    case abi.EVENT_NO_DACL:
      expect(event.lane).toBeLessThanOrEqual(abi.LANE_RESTRICTING);
      return { lane: true, source: true, bits: true };
    case abi.EVENT_SKIP:
      expect(event.ace).not.toBe(null);
      expect(event.reason).toBeGreaterThan(0);
      if (event.reason <= abi.SKIP_WRONG_ACL) expect(event.lane).toBe(0);
      return {
        lane: true,
        reason: true,
        truth: skipTruths.get(event.reason) ?? null,
        ace: true,
        source: true,
        bits: 0,
      };
    case abi.EVENT_TERM:
      expect(event.truth).not.toBe(null);
      return { lane: true, truth: true, ace: true, source: true, extra: true, bits: 0 };
    case abi.EVENT_ATTRIBUTE:
      return { lane: true, ace: true, source: true, extra: true, bits: true };
    case abi.EVENT_LANE_SKIPPED:
      return { lane: abi.LANE_RESTRICTING, source: true, bits: true };
    case abi.EVENT_RULE:
      expect(event.bits).toBeLessThanOrEqual(scene.request.policies?.length ?? 0);
      return { reason: event.truth === TRUE ? 1 : 0, truth: true, extra: true, bits: true };
    case abi.EVENT_AUDIT:
      expect([1, 2]).toContain(event.reason);
      return { reason: true, truth: true, ace: true, node: nodeOf(event, scene), bits: true };
    case abi.EVENT_EMPTY_DACL:
      return { source: true, bits: 0 };
    case abi.EVENT_GRANTED:
      return { node: nodeOf(event, scene), bits: true };
    default:
      throw new Error(`an event of kind ${event.kind}`);
  }
}

/** A node of the list; 0 without one. */
function nodeOf({ node }: TraceEvent, { request }: Scene): number {
  return node < Math.max(1, request.objectTypes.length) ? node : 0;
}

/** Members that are not as the event's kind has them. */
function strange(event: TraceEvent, scene: Scene): string[] {
  const shape: Shape = { ...neutral, ...shapeOf(event, scene) };
  return Object.entries(shape)
    .filter(([member, wanted]) => wanted !== true && event[member as keyof TraceEvent] !== wanted)
    .map(([member, wanted]) => `${member} is not ${wanted}: ${JSON.stringify(event)}`);
}

describe("a trace event", () => {
  const all = traced(1500, 20_270);

  it("of each kind is met", () => {
    const kinds = new Set(all.flatMap(({ events }) => events.map(({ kind }) => kind)));
    expect([...kinds].sort((a, b) => a - b)).toEqual(
      Array.from({ length: abi.EVENT_ATTRIBUTE }, (_, index) => index + 1),
    );
  });

  it("says what its kind says and nothing else", () => {
    const wrong = all.flatMap(({ scene, events }) => events.flatMap((event) => strange(event, scene)));
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  it("that decides a bit is the only one of its source, lane and node to do so", () => {
    for (const { events } of all) {
      const decided = new Map<string, number>();
      for (const { kind, source, lane, node, bits } of events) {
        if (kind !== abi.EVENT_ALLOW && kind !== abi.EVENT_DENY) continue;
        const place = `${source} ${lane} ${node}`;
        expect((decided.get(place) ?? 0) & bits).toBe(0);
        decided.set(place, (decided.get(place) ?? 0) | bits);
      }
    }
  });
});
