/**
 * What the middleware is told, and what it leaves for the handlers behind it. Types alone.
 */
import type { Context } from "hono";
import type { JWTPayload } from "jose";
import type { AccessOptions } from "../access-request.js";
import type { AccessToken } from "../access-token.js";
import type { Engine } from "../engine.js";
import type { SecurityDescriptor } from "../security-descriptor.js";
import type { Verdict } from "../verdict.js";
import type { JwtRules } from "./bearer-token.js";

/** What a refused caller is told: why in sentences (ACEs and SIDs among them), the cause in one word, or nothing. */
export type Revealed = "sentences" | "cause" | "nothing";

type Soon<T> = T | Promise<T>;

export interface AccessRules extends JwtRules {
  readonly engine: Pick<Engine, "check" | "explain">;
  /** The access token of someone with these verified claims; null: they are nobody here, refused with 403. */
  readonly toToken: (claims: JWTPayload, context: Context) => Soon<AccessToken | null>;
  /** The descriptor of the thing asked for; null: there is no such thing, answered with 404. */
  readonly descriptorOf: (context: Context) => Soon<SecurityDescriptor | null>;
  /** The access this request needs, or how to tell it from the request. */
  readonly desired: AccessOptions["desired"] | ((context: Context) => Soon<AccessOptions["desired"]>);
  /** What kind of thing it is. */
  readonly mapping: AccessOptions["mapping"];
  /** Default "sentences". */
  readonly reveal?: Revealed;
}

/** What handlers find at `context.get("access")`. */
export interface GrantedAccess {
  readonly claims: JWTPayload;
  readonly token: AccessToken;
  readonly descriptor: SecurityDescriptor;
  readonly verdict: Verdict;
}

/** The environment of a Hono app behind the middleware, in Hono's own words. */
export interface AccessEnvironment {
  Variables: { access: GrantedAccess };
}
