/** As process.mjs, from CommonJS. */
const { readFileSync } = require("node:fs");
const sallyport = require("sallyport");
const interchange = require("sallyport/interchange");
const parallel = require("sallyport/parallel");

const kernel = new WebAssembly.Module(readFileSync(require.resolve("sallyport/kernel.wasm")));
import("./suite.mjs").then(async ({ runSuite }) => {
  console.log(JSON.stringify(await runSuite({ sallyport, interchange, parallel, kernel, threads: true })));
});
