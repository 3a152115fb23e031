/**
 * The policy engines from npm, each in the encoding its own documentation recommends; where it recommends two, in the
 * faster one. None of them knows masks, order of ACEs or restricted tokens: they answer one right, denies override, and
 * the restricting SIDs are a second principal who has to be let in as well.
 *
 * `prepare(workload)` does all that can be done once and answers one question: `one(index)`, perhaps as a promise.
 */
import { createMongoAbility, subject } from "@casl/ability";
import { AccessControl } from "accesscontrol";
import { newEnforcer, newModelFromString, StringAdapter } from "casbin";
import { Engine } from "json-rules-engine";
import { cedarWasm } from "./cedar.mjs";
import { principals } from "./principals.mjs";

const sidsOf = (aces, allow) => aces.filter((ace) => ace.allow === allow).map(({ sid }) => sid);

/** One ability per principal; conditions over the resource's lists, `$in` as the documentation has it. */
function casl({ token, descriptors }) {
  const abilities = principals(token).map(({ sids }) =>
    createMongoAbility([
      { action: "read", subject: "Object", conditions: { readers: { $in: sids } } },
      { action: "read", subject: "Object", inverted: true, conditions: { refused: { $in: sids } } },
    ]),
  );
  const objects = Array.from(descriptors, (aces) =>
    subject("Object", { readers: sidsOf(aces, true), refused: sidsOf(aces, false) }),
  );
  return { one: (index) => abilities.every((ability) => ability.can("read", objects[index])) };
}

/**
 * A role per SID, a resource per descriptor, and principals inherit (`extend`) their SIDs' roles. Asked for all roles at
 * once instead, it is faster, but a deny of one role does not override what another grants.
 */
function accesscontrol({ token, descriptors }) {
  const control = new AccessControl();
  const who = principals(token);
  for (const sid of who.flatMap(({ sids }) => sids)) control.grant(sid);
  const resources = descriptors.map((_, index) => `object-${index}`);
  descriptors.forEach((aces, index) => {
    for (const { allow, sid } of aces) (allow ? control.grant(sid) : control.deny(sid)).readAny(resources[index]);
  });
  for (const { name, sids } of who) control.grant(name).extend(sids.filter((sid) => sid !== name));
  control.lock();
  return { one: (index) => who.every(({ name }) => control.can(name).readAny(resources[index]).granted) };
}

/** RBAC with deny-override. One enforcer per object: policies are loaded by subset, as its documentation advises. */
async function casbin({ token, descriptors }) {
  const model = `[request_definition]
r = sub, obj, act
[policy_definition]
p = sub, obj, act, eft
[role_definition]
g = _, _
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = g(r.sub, p.sub) && r.obj == p.obj && r.act == p.act`;
  const who = principals(token);
  const roles = who.flatMap(({ name, sids }) => sids.map((sid) => `g, ${name}, ${sid}`));
  const enforcers = [];
  for (const aces of descriptors) {
    const lines = aces.map(({ allow, sid }) => `p, ${sid}, object, read, ${allow ? "allow" : "deny"}`);
    const policies = new StringAdapter([...lines, ...roles].join("\n"));
    enforcers.push(await newEnforcer(newModelFromString(model), policies));
  }
  return { one: (index) => who.every(({ name }) => enforcers[index].enforceSync(name, "object", "read")) };
}

/** One rule per object over the fact of the principal's SIDs; a rule per ACE is slower. Answers asynchronously. */
function jsonRulesEngine({ token, descriptors }) {
  const anyOf = (sids) => ({ any: sids.map((value) => ({ fact: "sids", operator: "contains", value })) });
  const engines = descriptors.map((aces) => {
    const denied = sidsOf(aces, false);
    const all = [anyOf(sidsOf(aces, true)), ...(denied.length === 0 ? [] : [{ not: anyOf(denied) }])];
    return new Engine([{ conditions: { all }, event: { type: "granted" } }]);
  });
  const who = principals(token);
  return {
    one: async (index) => {
      for (const { sids } of who) {
        const { events } = await engines[index].run({ sids });
        if (events.length === 0) return false;
      }
      return true;
    },
  };
}

/** `slow`: timed on the first draws of a workload that has many. */
export const npmPeers = [
  { name: "@casl/ability", engine: true, slow: true, prepare: casl },
  { name: "accesscontrol", engine: true, slow: true, prepare: accesscontrol },
  { name: "json-rules-engine", engine: true, slow: true, prepare: jsonRulesEngine },
  { name: "casbin enforceSync", engine: true, slow: true, prepare: casbin },
  { name: "cedar-wasm, preparsed", engine: true, slow: true, prepare: cedarWasm },
];
