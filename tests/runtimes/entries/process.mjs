/** Node, Bun and Deno: runs the suite over the installed package and prints its results as one line of JSON. */
import { readFileSync } from "node:fs";
import * as sallyport from "sallyport";
import * as interchange from "sallyport/interchange";
import * as parallel from "sallyport/parallel";
import { runSuite } from "./suite.mjs";

const kernel = new WebAssembly.Module(
  readFileSync(new URL("./node_modules/sallyport/build/kernel.wasm", import.meta.url)),
);
console.log(JSON.stringify(await runSuite({ sallyport, interchange, parallel, kernel, threads: true })));
