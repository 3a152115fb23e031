/**
 * The rooms of the house and who may import whom, as data. ARCHITECTURE.md draws the same table for people.
 *
 * A file belongs to the first room that claims it; a file no room claims is a breach. A room may always import itself.
 */

export interface Room {
  readonly name: string;
  /** Paths from the root of the project: a file, or a folder with its closing "/". */
  readonly holds: readonly string[];
  /** Names of the rooms it may import. */
  readonly imports: readonly string[];
  /** Packages it may import; `node:` stands for all of Node's own. */
  readonly packages?: readonly string[];
}

const values = ["errors", "shared", "values"];
const documents = [...values, "documents"];
const question = [...documents, "requests", "verdict", "explanation"];

export const rooms: readonly Room[] = [
  { name: "shared", holds: ["assembly/shared/"], imports: [] },
  { name: "memory", holds: ["assembly/memory/"], imports: ["shared"] },
  { name: "arena", holds: ["assembly/memory/arena.ts"], imports: ["memory", "shared"] },
  {
    name: "records",
    holds: [
      "assembly/memory/records.ts",
      "assembly/memory/boundary.ts",
      "assembly/memory/bytes.ts",
      "assembly/memory/expressions.ts",
      "assembly/memory/sids.ts",
    ],
    imports: ["memory", "arena", "shared"],
  },
  { name: "load", holds: ["assembly/load/"], imports: ["memory", "arena", "records", "shared"] },
  { name: "check", holds: ["assembly/check/"], imports: ["records", "arena", "shared"] },
  { name: "kernel", holds: ["assembly/index.ts"], imports: ["shared", "memory", "arena", "records", "load", "check"] },
  { name: "kernel for checks", holds: ["assembly/check-only.ts"], imports: ["kernel"] },

  { name: "errors", holds: ["src/errors.ts"], imports: [] },
  {
    name: "values",
    holds: [
      "src/rights/",
      "src/sid.ts",
      "src/sid-names.ts",
      "src/sid-input.ts",
      "src/well-known-sids.ts",
      "src/access-mask.ts",
      "src/numeric-mask.ts",
      "src/generic-mapping.ts",
      "src/object-type.ts",
      "src/object-type-list.ts",
      "src/guid.ts",
      "src/hex.ts",
      "src/flag-word.ts",
      "src/integrity.ts",
      "src/member-shape.ts",
      "src/privilege.ts",
      "src/privilege-input.ts",
      "src/claim.ts",
      "src/claim-input.ts",
      "src/case-folding.ts",
      "src/condition.ts",
      "src/central-policy.ts",
      "src/ntstatus.ts",
      "src/ace.ts",
      "src/ace-flags.ts",
      "src/acl.ts",
      "src/canonical-order.ts",
      "src/descriptor-parts.ts",
      "src/token-parts.ts",
    ],
    imports: ["errors", "shared"],
  },
  { name: "sddl", holds: ["src/sddl/"], imports: values },
  { name: "binary", holds: ["src/binary/"], imports: values },
  {
    name: "documents",
    holds: [
      "src/security-descriptor.ts",
      "src/descriptor-printing.ts",
      "src/descriptor-set.ts",
      "src/byte-interner.ts",
      "src/batch-input.ts",
      "src/descriptor-batch.ts",
      "src/descriptor-edits.ts",
      "src/parse.ts",
      "src/access-token.ts",
      "src/token-fields.ts",
      "src/token-input.ts",
      "src/token-output.ts",
    ],
    imports: [...values, "sddl", "binary"],
  },
  {
    name: "requests",
    holds: ["src/access-request.ts", "src/filter-request.ts", "src/policy-request.ts"],
    imports: documents,
  },
  { name: "verdict", holds: ["src/verdict.ts", "src/trace-event.ts", "src/audit-events.ts"], imports: values },
  {
    name: "wasm",
    holds: ["src/wasm/"],
    imports: [...documents, "binary", "requests", "verdict", "compiled kernel"],
  },
  {
    name: "explanation",
    holds: ["src/explanation.ts", "src/explain/"],
    imports: [...documents, "sddl", "binary", "requests", "verdict"],
  },
  {
    name: "engine",
    holds: ["src/engine.ts", "src/descriptor-stream.ts", "src/verdict-engine.ts", "src/checker.ts", "src/answer.ts"],
    imports: [...question, "wasm"],
  },
  { name: "inherit", holds: ["src/inherit/"], imports: [...documents, "binary"] },
  { name: "carriers", holds: ["src/carriers/"], imports: [...documents, "binary"] },
  { name: "face", holds: ["src/index.ts"], imports: [...question, "sddl", "engine", "inherit", "carriers"] },
  {
    name: "interchange",
    holds: ["src/interchange/"],
    imports: [...question, "sddl", "binary", "engine", "inherit"],
  },
  { name: "interchange face", holds: ["src/interchange/index.ts"], imports: ["interchange"] },
  {
    name: "hono",
    holds: ["src/hono/"],
    imports: [...question, "engine"],
    packages: ["hono", "jose"],
  },
  { name: "parallel", holds: ["src/parallel/"], imports: [...question, "binary", "wasm", "engine"] },
  {
    name: "cli",
    holds: ["src/cli/"],
    imports: ["face", "interchange face"],
    packages: ["node:", "commander", "cli-table3", "picocolors"],
  },

  { name: "compiled kernel", holds: ["build/kernel.wasm", "build/check-kernel.wasm"], imports: [] },
  { name: "ambient", holds: ["src/kernel-module.d.ts"], imports: [] },
];
