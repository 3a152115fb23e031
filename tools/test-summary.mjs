/**
 * Adds up what as-pect and vitest report. Pure: data in, counts and complaints out.
 *
 * A run counts as passed only when both kinds ran something and nothing complained: silence is a failure.
 */

/** Counts of one kind of tests, from the lines `tools/as-pect-reporter.mjs` wrote; `specs` are the files that should have run. */
export function summarizeSpecs(specs, lines, exitCodes) {
  const results = lines.filter((line) => line.trim() !== "").map((line) => JSON.parse(line));
  const total = { passed: 0, failed: 0, skipped: 0, complaints: [] };
  for (const { passed, failed, skipped } of results) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  const reported = new Set(results.map((result) => result.file));
  for (const file of specs.filter((spec) => !reported.has(spec))) {
    total.failed += 1;
    total.complaints.push(`${file} did not run to its end`);
  }
  for (const { file } of results.filter((result) => result.passed + result.failed === 0)) {
    total.failed += 1;
    total.complaints.push(`${file} holds no test`);
  }
  if (exitCodes.some((code) => code !== 0) && total.failed === 0) {
    total.failed += 1;
    total.complaints.push("as-pect failed without saying where");
  }
  return total;
}

/** Counts from the report of vitest's json reporter; `report` is null when vitest wrote none. */
export function summarizeVitest(report, exitCode) {
  const total = { passed: 0, failed: 0, skipped: 0, complaints: [] };
  if (report === null) {
    return { ...total, failed: 1, complaints: ["vitest wrote no report"] };
  }
  total.passed = report.numPassedTests;
  total.failed = report.numFailedTests;
  total.skipped = report.numPendingTests + report.numTodoTests;
  for (const file of report.testResults) {
    const blamed = file.assertionResults.some((result) => result.status === "failed");
    if (file.status === "failed" && !blamed) {
      total.failed += 1;
      total.complaints.push(`${file.name} could not be run`);
    }
  }
  if ((exitCode !== 0 || report.success === false) && total.failed === 0) {
    total.failed += 1;
    total.complaints.push("vitest failed without saying where");
  }
  return total;
}

/** Both kinds together: the last line of a run and whether it is good. With `partial`, one kind may be empty. */
export function summarize(specs, tests, { partial = false } = {}) {
  const complaints = [...specs.complaints, ...tests.complaints];
  let failed = specs.failed + tests.failed;
  const passed = specs.passed + tests.passed;
  const empty = [];
  if (specs.passed + specs.failed === 0) empty.push("no spec of the kernel ran");
  if (tests.passed + tests.failed === 0) empty.push("no test ran");
  if (empty.length > (partial ? 1 : 0)) {
    failed += 1;
    complaints.push(...empty);
  }
  const skipped = specs.skipped + tests.skipped;
  return { line: `${passed} passed, ${failed} failed, ${skipped} skipped`, complaints, ok: failed === 0 && passed > 0 };
}
