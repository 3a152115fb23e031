/**
 * Questions with known answers that kill most mutants quickly: a seeded sample of the differential requests with the
 * model's answers, and byte strings that both readers must judge alike.
 *
 * Bundled by esbuild. A case is `{ kind, run(engines), expected }`, both texts. Does not know what is mutated.
 */
import { PURPOSE_ALLOW, PURPOSE_AUDIT, PURPOSE_DENY } from "../../assembly/shared/condition.ts";
import { Condition } from "../../src/condition.ts";
import { Engine } from "../../src/engine.ts";
import { isSallyportError } from "../../src/errors.ts";
import { formatLuid, privilegeName } from "../../src/privilege.ts";
import { expression, knownTo } from "../../tests/differential/generate-condition.ts";
import { resourceAce } from "../../tests/differential/generate-descriptor.ts";
import { filterRequest } from "../../tests/differential/generate-filter.ts";
import { token as generateToken } from "../../tests/differential/generate-token.ts";
import { EVERYTHING, request as generate } from "../../tests/differential/generator.ts";
import { randomFrom } from "../../tests/differential/random.ts";
import { engineRequest } from "../../tests/differential/run.ts";
import { conditionTo, descriptorTo, tokenInput, tokenTo } from "../../tests/differential/to-values.ts";
import { check, questionOf } from "../../tests/model/access-check.ts";
import { evaluate } from "../../tests/model/condition.ts";
import { filter } from "../../tests/model/filter.ts";
import { tokenFrom } from "../../tests/model/from-values.ts";
import { byteCases } from "./byte-cases.mjs";

const MIB = 1 << 20;

/** The engines that one mutant is asked through; `maximumMemory` keeps the arena small and resets frequent. */
export function enginesFrom(module) {
  const engines = {};
  const lazily = (name, options) =>
    Object.defineProperty(engines, name, {
      configurable: true,
      get() {
        const engine = Engine.from(module, { seed: 7, ...options });
        Object.defineProperty(engines, name, { value: engine });
        return engine;
      },
    });
  lazily("usual", { maximumMemory: 16 * MIB });
  lazily("tiny", { maximumMemory: 4 * MIB });
  engines.module = module;
  return engines;
}

/** All cases for a seed: `{ kind, run, expected }`. */
export function makeCases(seed, size = 1) {
  return [
    ...differentialCases(seed, Math.round(12_000 * size)),
    ...conditionCases(seed + 1, Math.round(6_000 * size)),
    ...filterCases(seed + 2, Math.round(3_000 * size)),
    ...byteCases(randomFrom(seed + 3), Math.round(8_000 * size)),
  ];
}

function textOf(value) {
  return JSON.stringify(value, (_, member) => (typeof member === "bigint" ? `${member}n` : member));
}

function caught(run) {
  return (engines) => {
    try {
      return textOf(run(engines));
    } catch (error) {
      return isSallyportError(error) ? `${error.code}: ${error.message}` : String(error);
    }
  };
}

/** A rule of a policy has a DACL, be it a NULL one. */
function withDacls(request) {
  const given = (dacl) => (dacl === "absent" ? null : dacl);
  const policies = request.policies?.map(({ sid, rules }) => ({
    sid,
    rules: rules.map((rule) => ({
      ...rule,
      dacl: given(rule.dacl),
      ...(rule.stagedDacl !== undefined && { stagedDacl: given(rule.stagedDacl) }),
    })),
  }));
  return { ...request, policies: policies ?? null };
}

function differentialCases(seed, count) {
  const random = randomFrom(seed);
  return random
    .times(count, () => 0)
    .flatMap((_, index) => {
      const request = withDacls(generate(random, EVERYTHING));
      const asked = engineRequest(request);
      const answer = check(request);
      const expected = textOf(modelVerdict(answer));
      const cases = [{ kind: "differential", expected, run: caught(({ usual }) => engineVerdict(usual.check(asked))) }];
      if (index % 8 === 0) cases.push(explained(asked, answer, expected));
      if (index % 40 === 0)
        cases.push({ kind: "tiny arena", expected, run: caught(({ tiny }) => engineVerdict(tiny.check(asked))) });
      if (index % 8 === 4 && answer.callFailed === false && request.objectTypes === null) {
        const { descriptor, audit, ...options } = asked;
        const many = { ...options, descriptors: [descriptor, descriptor] };
        const granted = answer.granted ? answer.access : 0;
        cases.push({
          kind: "checkMany",
          expected: textOf([granted, granted]),
          run: caught(({ usual }) => [...usual.checkMany(many)]),
        });
      }
      return cases;
    });
}

/** An explanation repeats the verdict, and grants every bit of a granted request; of a refused one, not all. */
function explained(asked, answer, verdict) {
  const specific = answer.granted && (asked.desired & 0x02000000) === 0 && !(asked.previouslyGranted > 0);
  const run = caught(({ usual }) => {
    const explanation = usual.explain(asked);
    const all = explanation.bits.every(({ granted }) => granted);
    return [engineVerdict(explanation.verdict), specific ? all : null];
  });
  return { kind: "explain", expected: textOf([JSON.parse(verdict), specific ? true : null]), run };
}

function modelVerdict(answer) {
  const { status, granted, access, privilegesUsed, callFailed, objectTypes, staged, auditEvents } = answer;
  return [
    status,
    granted,
    access,
    privilegesUsed,
    callFailed,
    objectTypes?.map((node) => [node.status, node.access]) ?? null,
    staged?.differs ? [staged.status, staged.access] : null,
    auditEvents.map((event) => `${event.ace} ${event.success ? "success" : "failure"} at ${event.node}`),
  ];
}

function engineVerdict(verdict) {
  const { status, granted, access, privilegesUsed, callFailed, objectTypes, staged, auditEvents } = verdict;
  return [
    status,
    granted,
    access,
    privilegesUsed,
    callFailed === true,
    objectTypes?.map((node) => [node.status, node.access]) ?? null,
    staged === undefined ? null : [staged.status, staged.access],
    (auditEvents ?? []).map((event) => `${event.ace} ${event.kind} at ${event.node}`),
  ];
}

const purposes = { allow: PURPOSE_ALLOW, deny: PURPOSE_DENY, audit: PURPOSE_AUDIT };
const truths = ["FALSE", "UNKNOWN", "TRUE"];
const bare = {
  desired: 0,
  mapping: { read: 0, write: 0, execute: 0, all: 0 },
  call: "SeAccessCheck",
  objectTypes: null,
  principalSelf: null,
  previouslyGranted: 0,
  primaryToken: null,
  policies: null,
  aceGenericRights: "mapped",
  audit: false,
};

function conditionCases(seed, count) {
  const random = randomFrom(seed);
  return random.times(count, () => {
    const subject = generateToken(random, EVERYTHING, false);
    const sacl = random.times(random.below(4), () => resourceAce(random));
    const made = expression(random, knownTo(subject, sacl));
    const program = typeof made === "string" ? [] : made;
    const descriptor = { owner: null, group: null, dacl: "absent", sacl };
    const purpose = random.pick(["allow", "deny", "audit"]);
    const question = questionOf({ ...bare, token: subject, descriptor });
    const asked = {
      condition: conditionTo(program),
      token: tokenTo(subject),
      descriptor: descriptorTo(descriptor),
      purpose,
    };
    if (!(asked.condition instanceof Condition)) throw new TypeError("only expressions can be asked for");
    const expected = textOf(truths[evaluate(program, { question, lane: "normal", purpose: purposes[purpose] })]);
    return { kind: "condition", expected, run: caught(({ usual }) => usual.evaluateCondition(asked)) };
  });
}

function filterCases(seed, count) {
  const random = randomFrom(seed);
  return random.times(count, () => {
    const request = filterRequest(random);
    const token = tokenTo(request.token);
    const { flags, sidsToDisable, restrictedSids, call, callerIsTcb } = request;
    const privilegesToDelete = request.privilegesToDelete.map((luid) => {
      const name = privilegeName(luid);
      return name === undefined ? { luid: formatLuid(luid) } : { name };
    });
    const options = { flags, sidsToDisable, privilegesToDelete, restrictedSids, call };
    if (call === "CreateRestrictedToken") options.callerIsTcb = callerIsTcb;
    const wanted = filter(request);
    const run = caught(({ usual }) => {
      const answer = usual.tryFilterToken(token, options);
      return [answer.status, answer.token && comparable(tokenFrom(answer.token))];
    });
    return { kind: "filter", expected: textOf([wanted.status, wanted.token && comparable(wanted.token)]), run };
  });
}

/** A token without an owner is owned by its user. */
function comparable(token) {
  return { ...tokenInput(token), owner: token.owner ?? token.user.sid };
}
