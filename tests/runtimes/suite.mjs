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
import { parallel } from "./bodies/parallel.mjs";
import { reset } from "./bodies/reset.mjs";
import { sddl } from "./bodies/sddl.mjs";
import { stream } from "./bodies/stream.mjs";

const bodies = {
  ...{ check, checkMany, explain, filter, sddl, bytes, conditions, errors, reset, interchange, kernelModule },
  ...{ stream, parallel },
};

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
 * Runs every body. `kernel` is `sallyport/kernel.wasm` as a module of this runtime; `threads` is whether workers are
 * expected to start in it.
 *
 * Answers `[{ name, error }]`, `error` null where it passed: plain data that any runtime can send home.
 */
export async function runSuite({ sallyport, interchange, parallel: parallelEntry, kernel, threads }) {
  const results = [];
  const newEngine = (options) => new sallyport.Engine(options);
  for (const [body, run] of Object.entries(bodies)) {
    const claims = [];
    const test = (title, claim) => claims.push([title, claim]);
    const entries = { sallyport, interchange, parallel: parallelEntry, kernel, threads };
    run({ ...entries, engine: newEngine(), newEngine, test, equal, throws });
    for (const [title, claim] of claims) {
      let error = null;
      try {
        await claim();
      } catch (caught) {
        error = String(caught?.stack ?? caught);
      }
      results.push({ name: `${body}: ${title}`, error });
    }
  }
  return results;
}
