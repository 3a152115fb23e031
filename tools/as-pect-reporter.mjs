/**
 * Reporter for as-pect: one line a spec file, every failure in full, and the counts for `tools/test.mjs`.
 *
 * Counts go, one JSON line a file, to the file named by AS_PECT_RESULTS (when set). Written synchronously: as-pect ends
 * its process on failure without waiting.
 */
import { appendFileSync } from "node:fs";

function describe(node) {
  const names = [];
  for (let at = node; at?.parent; at = at.parent) names.unshift(at.name);
  return names.join(" > ");
}

const indented = (text) => String(text).trim().replaceAll("\n", "\n        ");

export default {
  stdout: null,
  stderr: null,
  onEnter() {},
  onExit() {},

  onFinish(context) {
    const failures = [];
    let failed = 0;
    let skipped = 0;
    context.rootNode.visit((node) => {
      const isTest = node.children.length === 0 && node.type === 0;
      skipped += node.todos.length;
      if (isTest && !node.ran) failed += 1;
      if (isTest && node.ran && !node.pass) failed += 1;
      if (node.pass) return;
      if (!isTest && node.message === null && node.stackTrace === null) return;
      failures.push(node);
    });
    const passed = context.testPassCount;
    for (const error of context.errors)
      failures.push({ name: error.type, message: error.message, stackTrace: error.stackTrace });
    failed = Math.max(failed, context.testCount - passed, context.pass ? 0 : 1);

    const write = (text) => this.stdout.write(`${text}\n`);
    write(`${failed === 0 ? "  ok    " : "  FAILED"} ${context.fileName} (${passed} passed, ${failed} failed)`);
    for (const node of failures) {
      write(`    ${describe(node) || node.name}: ${node.message ?? "failed"}`);
      if (node.actual) write(`      actual:   ${indented(node.actual.stringify({ indent: 2 }))}`);
      if (node.expected) {
        write(
          `      expected: ${node.negated || node.expected.negated ? "not " : ""}${indented(node.expected.stringify({ indent: 2 }))}`,
        );
      }
      if (node.stackTrace) write(`        ${indented(node.stackTrace)}`);
    }
    if (process.env.AS_PECT_RESULTS) {
      const line = JSON.stringify({ file: context.fileName, passed, failed, skipped });
      appendFileSync(process.env.AS_PECT_RESULTS, `${line}\n`);
    }
  },
};
