/**
 * The part of vitest's face that the tests use, as a collector: tests are kept in `globalThis.__collected` and run later,
 * as often as there are mutants. `expect` is vitest's own.
 *
 * Does not know what is under test.
 */
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  GLOBAL_EXPECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from "@vitest/expect";

/** Name parts of the enclosing describes, and what is collected: `{ name, body }` in order. */
const names = [];
const collected = globalThis.__collected ?? [];
const matchers = Symbol.for("mutation.expect");

function makeExpect() {
  if (globalThis[matchers] !== undefined) return globalThis[matchers];
  chai.use(JestExtend);
  chai.use(JestChaiExpect);
  chai.use(JestAsymmetricMatchers);
  const made = Object.assign((value, message) => chai.expect(value, message), chai.expect);
  Object.assign(made, globalThis[ASYMMETRIC_MATCHERS_OBJECT]);
  made.unreachable = (message) => chai.assert.fail(message ?? "unreachable");
  globalThis[GLOBAL_EXPECT] = made;
  setState({ assertionCalls: 0, isExpectingAssertions: false }, made);
  globalThis[matchers] = made;
  return made;
}

export const expect = makeExpect();

function bodyOf(rest) {
  return rest.find((argument) => typeof argument === "function");
}

function declare(name, ...rest) {
  collected.push({ name: [...names, name].join(" > "), body: bodyOf(rest) });
}

function group(name, ...rest) {
  names.push(name);
  bodyOf(rest)?.();
  names.pop();
}

/** A row that is a list is spread over the arguments. */
function each(run) {
  return (rows) =>
    (name, ...rest) => {
      const body = bodyOf(rest);
      rows.forEach((row, index) => {
        run(`${name} #${index}`, () => (Array.isArray(row) ? body(...row) : body(row)));
      });
    };
}

const nothing = () => {};
const withForms = (run) =>
  Object.assign(run, {
    each: each(run),
    skip: nothing,
    skipIf: (condition) => (condition ? Object.assign(nothing, { each: () => nothing }) : run),
    runIf: (condition) => (condition ? run : Object.assign(nothing, { each: () => nothing })),
  });

export const it = withForms(declare);
export const test = it;
export const describe = withForms(group);
export const beforeAll = (body) => collected.push({ name: "beforeAll", body });
export const afterAll = nothing;
/** Types were compared by the compiler: here every claim about them holds. */
export const expectTypeOf = () => new Proxy({}, { get: () => nothing });
