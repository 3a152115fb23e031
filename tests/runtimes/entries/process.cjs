/** As process.mjs, from CommonJS. */
const { readFileSync } = require("node:fs");
const sallyport = require("sallyport");
const interchange = require("sallyport/interchange");

const kernel = new WebAssembly.Module(readFileSync(require.resolve("sallyport/kernel.wasm")));
import("./suite.mjs").then(({ runSuite }) => {
  console.log(JSON.stringify(runSuite({ sallyport, interchange, kernel })));
});
