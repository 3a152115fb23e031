/** workerd: answers any request with the results of the suite. */
import * as sallyport from "sallyport";
import * as interchange from "sallyport/interchange";
import kernel from "sallyport/kernel.wasm";
import * as parallel from "sallyport/parallel";
import { runSuite } from "./suite.mjs";

export default {
  fetch: async () => Response.json(await runSuite({ sallyport, interchange, parallel, kernel, threads: false })),
};
