/** workerd: answers any request with the results of the suite. */
import * as sallyport from "sallyport";
import * as interchange from "sallyport/interchange";
import kernel from "sallyport/kernel.wasm";
import { runSuite } from "./suite.mjs";

export default {
  fetch: () => Response.json(runSuite({ sallyport, interchange, kernel })),
};
