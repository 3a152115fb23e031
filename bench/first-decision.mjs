/**
 * One fresh process: imports the built package and decides once. Prints the milliseconds of the decision, with all that
 * the first one takes, and of both together.
 *
 *   node bench/first-decision.mjs module|commonjs
 */
import { createRequire } from "node:module";

const started = performance.now();
const { AccessToken, Engine, SecurityDescriptor } =
  process.argv[2] === "commonjs"
    ? createRequire(import.meta.url)("../build/index.cjs")
    : await import("../build/index.js");
const imported = performance.now();
const { granted } = new Engine().check({
  token: AccessToken.create({ user: "S-1-5-21-1-2-3-1001", groups: ["AU", "BU"] }),
  descriptor: SecurityDescriptor.parse("O:BAG:BAD:(D;;FW;;;BG)(A;;FRFW;;;AU)"),
  desired: 1,
  mapping: "file",
});
const decided = performance.now();
if (!granted) throw new Error("the first decision is wrong");
console.log(JSON.stringify({ decision: decided - imported, together: decided - started }));
