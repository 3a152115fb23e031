/**
 * SDDL against what Windows made of it, and against hostile text. formats.md 7
 *
 * Reads the optional folder of shared vectors; says so, and skips, where it is absent.
 */
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { decodeDescriptor } from "../../src/binary/decode.js";
import { encodeDescriptor } from "../../src/binary/encode.js";
import { SddlError } from "../../src/errors.js";
import { formatCondition } from "../../src/sddl/condition-format.js";
import { parseCondition } from "../../src/sddl/condition-parse.js";
import { formatDescriptor } from "../../src/sddl/format.js";
import { parseDescriptor } from "../../src/sddl/parse.js";
import { SecurityDescriptor } from "../../src/security-descriptor.js";
import { Sid } from "../../src/sid.js";
import type { SidContext } from "../../src/well-known-sids.js";

const folder = new URL("../../../shared/vectors/", import.meta.url);
const isPresent = existsSync(new URL("sddl-windows.jsonl.gz", folder));
if (!isPresent) console.log("SKIPPED tests/conformance/sddl-windows: no ../shared/vectors beside the project");

const domain = Sid.parse("S-1-5-21-2457507606-2709100691-398136650");
const context: SidContext = { domain, rootDomain: domain, machine: domain };

function rows<Row>(file: string): Row[] {
  const bytes = readFileSync(new URL(file, folder));
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
}

/** The code, with a check that the position lies inside the text or at its end; "ok" when `run` returns. */
function codeOf(text: string, run: () => unknown): string {
  try {
    run();
    return "ok";
  } catch (error) {
    if (!(error instanceof SddlError)) throw error;
    expect(error.position).toBeGreaterThanOrEqual(0);
    expect(error.position).toBeLessThanOrEqual(text.length);
    return error.code;
  }
}

describe.skipIf(!isPresent)("SDDL as Windows reads and writes it", () => {
  it("makes the bytes of Windows from its text, and the text from its bytes", () => {
    const vectors = rows<{ sddl: string; base64: string; way: string }>("sddl-windows.jsonl.gz");
    expect(vectors.length).toBeGreaterThan(3000);
    for (const { sddl, base64, way } of vectors) {
      if (way !== "bytes-to-text") {
        const parts = parseDescriptor(sddl, context);
        expect(Buffer.from(encodeDescriptor(parts)).toString("base64"), sddl).toBe(base64);
        if (way === "both") expect(formatDescriptor(parts, context), sddl).toBe(sddl);
      }
      if (way !== "text-to-bytes") {
        const read = SecurityDescriptor.fromBytes(new Uint8Array(Buffer.from(base64, "base64")));
        expect(read.toString(context), sddl).toBe(sddl);
      }
    }
  });

  it("accepts and refuses the texts that Windows does, except where we are stricter on purpose", () => {
    for (const { sddl, expected, canonical } of rows<{ sddl: string; expected: string; canonical?: string }>(
      "sddl-text.jsonl",
    )) {
      expect(
        codeOf(sddl, () => parseDescriptor(sddl, context)),
        sddl,
      ).toBe(expected);
      if (expected !== "ok") continue;
      const text = formatDescriptor(parseDescriptor(sddl, context), context);
      expect(text, sddl).toBe(canonical);
      expect(formatDescriptor(parseDescriptor(text, context), context), sddl).toBe(text);
    }
  });

  it("reads every condition that Windows evaluated, and prints it so that it reads back", () => {
    const vectors = rows<{ id: string; request: { condition: string } }>("conditions-windows.jsonl");
    for (const { id, request } of vectors) {
      const condition = parseCondition(request.condition, context);
      const text = formatCondition(condition, context);
      expect(parseCondition(text, context), id).toEqual(condition);
    }
  });
});

interface HostileRow {
  readonly id: string;
  readonly request: { readonly op: string; readonly sddl?: string };
  readonly parts?: { readonly sddl?: readonly (readonly [string, number])[] };
  readonly expected: { readonly error?: { readonly code: string }; readonly hex?: string; readonly sddl?: string };
  readonly budgetMs: number;
}

describe.skipIf(!isPresent)("hostile SDDL", () => {
  const hostile = isPresent ? rows<HostileRow>("hostile-formats.jsonl") : [];

  it.each(hostile.filter(({ request }) => request.op === "sddl_to_binary"))(
    "$id",
    ({ request, parts, expected, budgetMs }) => {
      const sddl = request.sddl ?? (parts?.sddl ?? []).map(([text, times]) => text.repeat(times)).join("");
      let best = Number.POSITIVE_INFINITY;
      for (let round = 0; round < 3; round++) {
        const began = performance.now();
        const code = codeOf(sddl, () => parseDescriptor(sddl));
        best = Math.min(best, performance.now() - began);
        expect(code).toBe(expected.error?.code ?? "ok");
      }
      // The best of three: other tests share the machine.
      expect(best).toBeLessThan(budgetMs * 10);
      if (expected.hex !== undefined) {
        expect(Buffer.from(encodeDescriptor(parseDescriptor(sddl))).toString("hex")).toBe(expected.hex);
      }
    },
  );

  it("prints only what reads back to the same text, unless a rule of placement is broken", () => {
    for (const { id, request, expected } of hostile) {
      const hex = (request as { hex?: string }).hex;
      if (request.op !== "binary_to_sddl" || hex === undefined) continue;
      const bytes = new Uint8Array(Buffer.from(hex, "hex"));
      if (expected.error !== undefined) {
        expect(() => SecurityDescriptor.fromBytes(bytes).toString(), id).toThrow(
          expect.objectContaining(expected.error),
        );
        continue;
      }
      const text = SecurityDescriptor.fromBytes(bytes).toString();
      if (expected.sddl !== undefined) expect(text, id).toBe(expected.sddl);
      const code = codeOf(text, () => parseDescriptor(text));
      if (code === "ok") expect(formatDescriptor(parseDescriptor(text)), id).toBe(text);
    }
  });
});

describe.skipIf(!isPresent)("SDDL met in the wild", () => {
  it("is read, or refused with a code and a place; what is read prints stably", () => {
    const lines = readFileSync(new URL("real-world-sddl.tsv", folder), "utf8").split("\n");
    let read = 0;
    for (const line of lines) {
      const sddl = line.split("\t")[0];
      if (sddl === "" || line.startsWith("#")) continue;
      if (codeOf(sddl, () => parseDescriptor(sddl, context)) !== "ok") continue;
      read++;
      const text = formatDescriptor(parseDescriptor(sddl, context), context);
      expect(formatDescriptor(parseDescriptor(text, context), context), sddl).toBe(text);
      expect(decodeDescriptor(encodeDescriptor(parseDescriptor(sddl, context))).control, sddl).toBe(
        parseDescriptor(sddl, context).control,
      );
    }
    expect(read).toBeGreaterThan(lines.length * 0.8);
  });
});
