/** A page: runs the suite and posts its results home. */
import * as sallyport from "sallyport";
import * as interchange from "sallyport/interchange";
import * as parallel from "sallyport/parallel";
import { runSuite } from "./suite.mjs";

let results;
try {
  const kernel = await WebAssembly.compileStreaming(fetch("/node_modules/sallyport/build/kernel.wasm"));
  results = await runSuite({ sallyport, interchange, parallel, kernel, threads: true });
} catch (error) {
  results = [{ name: "the page", error: String(error?.stack ?? error) }];
}
await fetch("/results", { method: "POST", body: JSON.stringify(results) });
document.title = "done";
