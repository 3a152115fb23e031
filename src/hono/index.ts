/** `sallyport/hono`: a Hono middleware that asks before it lets a request through. An export list; docs/hono.md */

export type { AccessEnvironment, AccessRules, GrantedAccess, Revealed } from "./access-rules.js";
export type { JwtRules } from "./bearer-token.js";
export { requireAccess } from "./require-access.js";
