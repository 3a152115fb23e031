/** edge-runtime: an event listener, as its own functions are, answering with the results of the suite. */
import * as sallyport from "sallyport";
import * as interchange from "sallyport/interchange";
import kernel from "sallyport/kernel.wasm?module";
import { runSuite } from "./suite.mjs";

addEventListener("fetch", (event) => {
  event.respondWith(Response.json(runSuite({ sallyport, interchange, kernel })));
});
