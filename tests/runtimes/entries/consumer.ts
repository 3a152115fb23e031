/** Someone's TypeScript over the packed declarations. Compiled, never run. */
import { Hono } from "hono";
import { AccessToken, Engine, SecurityDescriptor, type Verdict } from "sallyport";
import { type AccessEnvironment, requireAccess } from "sallyport/hono";
import { answer } from "sallyport/interchange";
import { ParallelEngine } from "sallyport/parallel";

const engine = new Engine();
const descriptor = SecurityDescriptor.parse("D:");
export const verdict: Verdict = engine.check({
  token: AccessToken.create({ user: "S-1-5-18" }),
  descriptor,
  desired: "FILE_READ_DATA",
  mapping: "file",
});
export const line: string = answer("{}", engine);
export const app = new Hono<AccessEnvironment>().get(
  "/",
  requireAccess({
    engine,
    key: new Uint8Array(32),
    algorithms: ["HS256"],
    issuer: "a",
    audience: "b",
    toToken: ({ sub }) => (sub === undefined ? null : AccessToken.create({ user: sub })),
    descriptorOf: () => descriptor,
    desired: 1,
    mapping: "file",
  }),
  (context) => context.json(context.get("access").verdict.access),
);
export async function masks(bytes: Uint8Array, offsets: Uint32Array): Promise<Uint32Array> {
  await using parallel = new ParallelEngine({ threads: 2 });
  const token = AccessToken.create({ user: "S-1-5-18" });
  return (await parallel.scanBytes({ token, desired: 1, mapping: "file", bytes, offsets })).access;
}
// @ts-expect-error a rule without algorithms guards nothing
requireAccess({
  engine,
  key: new Uint8Array(32),
  issuer: "a",
  audience: "b",
  toToken: () => null,
  descriptorOf: () => descriptor,
  desired: 1,
  mapping: "file",
});
