/**
 * The model answers the vectors: decisions, observations on Windows, conditions, filtering. interchange.md
 *
 * Knows the rows as they stand in the files; the library only reads their texts.
 */

import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { PURPOSE_ALLOW, PURPOSE_AUDIT, PURPOSE_DENY } from "../../assembly/shared/condition.js";
import { FILTER_FLAGS_VALID_MASK } from "../../assembly/shared/token.js";
import { parseMask } from "../../src/access-mask.js";
import { AccessToken } from "../../src/access-token.js";
import { isSallyportError } from "../../src/errors.js";
import { GenericMapping, type GenericMappingFields, type MappingName } from "../../src/generic-mapping.js";
import { privilegeLuid, privilegeName } from "../../src/privilege.js";
import { parseCondition } from "../../src/sddl/condition-parse.js";
import { SecurityDescriptor } from "../../src/security-descriptor.js";
import type { TokenInput } from "../../src/token-fields.js";
import { parseSidOrAlias, type SidContext } from "../../src/well-known-sids.js";
import { check, questionOf } from "../model/access-check.js";
import { evaluate } from "../model/condition.js";
import { filter } from "../model/filter.js";
import { descriptorFrom, expressionFrom, policyFrom, tokenFrom } from "../model/from-values.js";
import type { ModelPolicy, ModelRequest, ModelToken } from "../model/types.js";

const FOLDER = new URL("../../../shared/vectors/", import.meta.url);
const FILES = ["decisions", "windows-observations", "conditions-windows", "filter"] as const;

// biome-ignore lint/suspicious/noExplicitAny: rows are JSON of many shapes, compared member by member
type Json = any;

const OPERATIONS: Readonly<Record<string, (request: Json) => Json>> = {
  check: (request) => answerCheck(request),
  condition: (request) => answerCondition(request),
  filter: (request) => answerFilter(request),
};

describe("the model answers as the vectors do", () => {
  for (const name of FILES) {
    const file = new URL(`${name}.jsonl`, FOLDER);
    if (!existsSync(file)) {
      console.warn(`skipped: ${name}.jsonl is not here, the model is not compared with its rows`);
      it.skip(name, () => {});
      continue;
    }
    const rows: Json[] = readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    it(`${name}: ${rows.length} rows`, () => {
      const wrong = rows.flatMap((row) => complaint(row));
      expect(wrong).toEqual([]);
    });
  }
});

function complaint(row: Json): Json[] {
  const answer = answerTo(row.request);
  return isPartOf(row.expected, answer) ? [] : [{ id: row.id, expected: row.expected, answer }];
}

function answerTo(request: Json): Json {
  try {
    return OPERATIONS[request.op](request);
  } catch (error) {
    if (isSallyportError(error) && "code" in error) return { error: { code: error.code } };
    throw error;
  }
}

/** Objects as subsets at every depth, arrays whole. */
function isPartOf(expected: Json, actual: Json): boolean {
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((each, index) => isPartOf(each, actual[index]))
    );
  }
  if (typeof expected !== "object" || expected === null) return expected === actual;
  return (
    typeof actual === "object" &&
    actual !== null &&
    Object.keys(expected).every((key) => isPartOf(expected[key], actual[key]))
  );
}

function answerCheck(request: Json): Json {
  const answer = check(requestFrom(request));
  const list: Json[] = request.objectTypes ?? [];
  return { ...answer, objectTypes: answer.objectTypes?.map((node, index) => ({ ...list[index], ...node })) };
}

function answerCondition(request: Json): Json {
  const question = questionOf(
    requestFrom({ ...request, mapping: "file", desired: 1, descriptor: request.descriptor ?? "" }),
  );
  const purpose = { allow: PURPOSE_ALLOW, deny: PURPOSE_DENY, audit: PURPOSE_AUDIT }[
    request.purpose as string
  ] as number;
  const expression = expressionFrom(parseCondition(request.condition, request.context));
  return { result: ["FALSE", "UNKNOWN", "TRUE"][evaluate(expression, { question, lane: "normal", purpose })] };
}

const FILTER_FLAGS: readonly string[] = ["DISABLE_MAX_PRIVILEGE", "SANDBOX_INERT", "LUA_TOKEN", "WRITE_RESTRICTED"];

function answerFilter(request: Json): Json {
  const source = AccessToken.create(request.token as TokenInput, request.context);
  const answer = filter({
    token: tokenFrom(source),
    flags: filterFlags(request.flags ?? 0),
    sidsToDisable: entries(request.sidsToDisable, request.context).map((entry) => entry.sid),
    privilegesToDelete: (request.privilegesToDelete ?? []).flatMap(
      (each: Json) => privilegeLuid(each.name ?? each) ?? [],
    ),
    restrictedSids: entries(request.restrictedSids, request.context),
    call: request.call ?? "SeFilterToken",
    callerIsTcb: request.callerIsTcb ?? false,
  });
  return answer.token === null ? answer : { status: answer.status, token: printed(source, answer.token) };
}

/** The answer form of interchange.md: what filtering left, over what it does not touch. */
function printed(source: AccessToken, token: ModelToken): Json {
  return {
    ...source.toJSON(),
    ...{ ...token, integrity: source.toJSON().integrity },
    restrictedSids: token.restrictedSids?.map((sid) => ({ sid, attributes: 7 })) ?? null,
    privileges: token.privileges.map(({ luid, attributes }) => ({ name: privilegeName(luid), attributes })),
  };
}

function filterFlags(flags: Json): number {
  if (typeof flags === "number") return flags;
  return (flags as string[]).reduce(
    (all, name) => all | ((1 << FILTER_FLAGS.indexOf(name)) & FILTER_FLAGS_VALID_MASK),
    0,
  );
}

function entries(list: Json, context: SidContext | undefined): { sid: string; attributes: number }[] {
  return (list ?? []).map((each: Json) => ({
    sid: parseSidOrAlias(each.sid ?? each, context).toString(),
    attributes: each.attributes ?? 0,
  }));
}

function requestFrom(request: Json): ModelRequest {
  const { context } = request;
  const { read, write, execute, all } = GenericMapping.of(request.mapping as MappingName | GenericMappingFields);
  return {
    token: tokenFrom(AccessToken.create(request.token as TokenInput, context)),
    descriptor: descriptorFrom(SecurityDescriptor.parse(request.descriptor, { context })),
    desired: parseMask(request.desired),
    mapping: { read, write, execute, all },
    call: request.call ?? "SeAccessCheck",
    objectTypes:
      request.objectTypes?.map((each: Json) => ({ level: each.level, guid: each.guid.toLowerCase() })) ?? null,
    principalSelf: request.principalSelf ? parseSidOrAlias(request.principalSelf, context).toString() : null,
    previouslyGranted: parseMask(request.previouslyGranted ?? 0),
    primaryToken: request.primaryToken ? tokenFrom(AccessToken.create(request.primaryToken, context)) : null,
    policies: request.policies
      ? Object.entries(request.policies).map(([sid, policy]) => policyOf(sid, policy, context))
      : null,
    aceGenericRights: request.aceGenericRights ?? "mapped",
    audit: request.audit ?? false,
  };
}

function policyOf(sid: string, policy: Json, context: SidContext | undefined): ModelPolicy {
  const parse = (sddl: string) => SecurityDescriptor.parse(sddl, { context });
  return policyFrom({
    sid: parseSidOrAlias(sid, context),
    rules: policy.rules.map((rule: Json) => ({
      appliesTo: rule.appliesTo ? parseCondition(rule.appliesTo, context) : null,
      dacl: parse(rule.dacl),
      stagedDacl: rule.stagedDacl === undefined ? null : parse(rule.stagedDacl),
    })),
  });
}
