/** The interchange: JSON requests in, JSON answers out. interchange.md; docs/interchange.md */

export { answer, INTERCHANGE_VERSION, operationNames } from "./answer.js";
export type { InterchangeEngine } from "./engine-face.js";
export { LINE_MAX, parseRequest } from "./json.js";
