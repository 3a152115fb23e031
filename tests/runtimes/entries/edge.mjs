/** edge-runtime: an event listener, as its own functions are, answering with the results of the suite. */
import * as sallyport from "sallyport";
import * as interchange from "sallyport/interchange";
import kernel from "sallyport/kernel.wasm?module";
import * as parallel from "sallyport/parallel";
import { runSuite } from "./suite.mjs";

addEventListener("fetch", (event) => {
  const results = runSuite({ sallyport, interchange, parallel, kernel, threads: false });
  event.respondWith(results.then((list) => Response.json(list)));
});
