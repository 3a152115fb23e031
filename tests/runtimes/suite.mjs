/**
 * The portable suite: the same bodies in every runtime. Gets the library as an argument, so it never knows where that
 * came from; needs nothing of a runtime but the language.
 */
import { bytes } from "./bodies/bytes.mjs";
import { check } from "./bodies/check.mjs";
import { checkMany } from "./bodies/check-many.mjs";
import { conditions } from "./bodies/conditions.mjs";
import { errors } from "./bodies/errors.mjs";
import { explain } from "./bodies/explain.mjs";
import { filter } from "./bodies/filter.mjs";
import { interchange } from "./bodies/interchange.mjs";
import { kernelModule } from "./bodies/kernel-module.mjs";
import { reset } from "./bodies/reset.mjs";
import { sddl } from "./bodies/sddl.mjs";

const bodies = { check, checkMany, explain, filter, sddl, bytes, conditions, errors, reset, interchange, kernelModule };

/** Structure as text, keys sorted: equal texts mean equal values. */
function picture(value) {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? String(value);
  if (Array.isArray(value)) return `[${value.map(picture).join(",")}]`;
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${key}:${picture(value[key])}`).join(",")}}`;
}

function equal(actual, expected) {
  const [found, wanted] = [picture(actual), picture(expected)];
  if (found !== wanted) throw new Error(`found ${found}, expected ${wanted}`);
}

function throws(body) {
  try {
    body();
  } catch (error) {
    return error;
  }
  throw new Error("expected an error, and there was none");
}

/**
 * Runs every body. `kernel` is `sallyport/kernel.wasm` as a module of this runtime.
 *
 * Answers `[{ name, error }]`, `error` null where it passed: plain data that any runtime can send home.
 */
export function runSuite({ sallyport, interchange: interchangeEntry, kernel }) {
  const results = [];
  const newEngine = (options) => new sallyport.Engine(options);
  for (const [body, run] of Object.entries(bodies)) {
    const test = (title, claim) => {
      let error = null;
      try {
        claim();
      } catch (caught) {
        error = String(caught?.stack ?? caught);
      }
      results.push({ name: `${body}: ${title}`, error });
    };
    const engine = newEngine();
    run({ sallyport, interchange: interchangeEntry, kernel, engine, newEngine, test, equal, throws });
  }
  return results;
}
