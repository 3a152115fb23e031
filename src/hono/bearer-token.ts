/**
 * Who is asking: the bearer token of a request, verified. RFC 6750, RFC 7519, RFC 8725
 *
 * Knows JWTs and keys; does not know what their claims mean to an access check. Whatever is wrong with a token is a
 * refusal; a source of keys that cannot be reached is an error of ours, and thrown.
 */

import type { CryptoKey, JSONWebKeySet, JWK, JWTPayload, JWTVerifyGetKey, JWTVerifyOptions } from "jose";
import { createLocalJWKSet, createRemoteJWKSet, errors, jwtVerify } from "jose";
import { ArgumentError } from "../errors.js";

/** Which JWTs are believed. Every member is a condition; none has a default that lets more through. */
export interface JwtRules {
  /** The one key that signs: a CryptoKey, a JWK, or the bytes of an HMAC secret. This or `jwks`. */
  readonly key?: CryptoKey | JWK | Uint8Array;
  /** The keys that may sign: a key set, the address it is fetched from and kept, or a function of jose. */
  readonly jwks?: JSONWebKeySet | URL | JWTVerifyGetKey;
  /** `alg` values that are accepted, as `["ES256"]`; never "none". */
  readonly algorithms: readonly string[];
  /** `iss` must be one of these. */
  readonly issuer: string | readonly string[];
  /** `aud` must hold one of these. */
  readonly audience: string | readonly string[];
  /** Seconds by which clocks may differ when `exp` and `nbf` are judged, 0…300; default 0. */
  readonly clockTolerance?: number;
}

/** What a request's credentials are worth. */
export type Bearer =
  | { readonly claims: JWTPayload }
  | { readonly refusal: "missing_token" | "invalid_token" | "expired_token" };

const MOST_TOLERANCE = 300;
/** Longer than any token one sends in a header; verified in time linear in this. */
const MOST_CHARACTERS = 16384;
const credentials = /^Bearer +([\w\-.~+/]+=*) *$/i;

/** A reader of `Authorization` headers under `rules`, which are read once. @throws ArgumentError ERR_ARGUMENT */
export function bearerReader(rules: JwtRules): (header: string | undefined) => Promise<Bearer> {
  const key = keySource(rules);
  const options: JWTVerifyOptions = {
    algorithms: wordsOf(rules.algorithms, "algorithms").filter((name) => {
      if (name.toLowerCase() !== "none") return true;
      throw wrong("algorithms", "none is no algorithm");
    }),
    issuer: wordsOf(rules.issuer, "issuer"),
    audience: wordsOf(rules.audience, "audience"),
    clockTolerance: toleranceOf(rules.clockTolerance),
    requiredClaims: ["exp"],
  };
  return async (header) => {
    if (header === undefined || !/^Bearer\b/i.test(header)) return { refusal: "missing_token" };
    const jwt = header.length > MOST_CHARACTERS ? undefined : credentials.exec(header)?.[1];
    if (jwt === undefined) return { refusal: "invalid_token" };
    try {
      return { claims: (await jwtVerify(jwt, key, options)).payload };
    } catch (error) {
      if (error instanceof KeySourceError) throw error.cause;
      // The signature held: telling a client that its time is up tells nobody anything.
      return { refusal: error instanceof errors.JWTExpired ? "expired_token" : "invalid_token" };
    }
  };
}

/** The keys could not be had; nothing was said of the token. */
class KeySourceError extends Error {}

/** Errors of a key look-up that are the token's fault: it names a key that is not there. */
const aboutTheToken = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported] as const;

function keySource({ key, jwks }: JwtRules): JWTVerifyGetKey {
  if ((key === undefined) === (jwks === undefined)) throw wrong("key", "expected either key or jwks");
  if (key !== undefined) {
    if (typeof key !== "object" || key === null) throw wrong("key", "expected a CryptoKey, a JWK or bytes");
    return async () => key;
  }
  const find =
    typeof jwks === "function"
      ? jwks
      : jwks instanceof URL
        ? createRemoteJWKSet(jwks)
        : createLocalJWKSet(jwks as JSONWebKeySet);
  return async (protectedHeader, token) => {
    try {
      return await find(protectedHeader, token);
    } catch (error) {
      if (aboutTheToken.some((kind) => error instanceof kind)) throw error;
      throw Object.assign(new KeySourceError("no keys"), { cause: error });
    }
  };
}

/** One word or a list of them, none empty, at least one. */
function wordsOf(given: string | readonly string[], name: keyof JwtRules): string[] {
  const words = typeof given === "string" ? [given] : Array.isArray(given) ? [...given] : [];
  if (words.length === 0 || words.some((word) => typeof word !== "string" || word === "")) {
    throw wrong(name, "expected text, or a list of texts");
  }
  return words;
}

function toleranceOf(given = 0): number {
  if (Number.isFinite(given) && given >= 0 && given <= MOST_TOLERANCE) return given;
  throw wrong("clockTolerance", `expected 0 to ${MOST_TOLERANCE} seconds`);
}

function wrong(name: keyof JwtRules, message: string): ArgumentError {
  return new ArgumentError("ERR_ARGUMENT", [name], message);
}
