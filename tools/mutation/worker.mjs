/**
 * One thread that tries mutants: first the cases that reach a mutant, then the kernel's specs and the tests that do.
 *
 * Says once what the unmutated kernel answers ("ready"), then one message a mutant. Does not know operators or files.
 */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import { openSpec, runSpec } from "./specs.mjs";
import { loader } from "./suite.mjs";

const { wasm, casesPath, bundles, specPaths, seed, size, most } = workerData;
const module = new WebAssembly.Module(readFileSync(wasm));
const { makeCases, enginesFrom } = await import(pathToFileURL(casesPath).href);

/** The mutant that every kernel made from now on has, and the youngest kernels. */
let active = 0;
let kernels = [];
/** The others, as long as somebody uses them: most serve one question, an engine of a whole test file many. */
let elders = [];
const YOUNG = 24;
/** Bits of what was reached since the last call of `takeReached`. */
let bits = new Uint8Array(0);

const RealInstance = WebAssembly.Instance;
const RealModule = WebAssembly.Module;
WebAssembly.Module = function Module(bytes) {
  return bytes.length === 0 ? module : new RealModule(bytes);
};
WebAssembly.Module.prototype = RealModule.prototype;
Object.setPrototypeOf(WebAssembly.Module, RealModule);
WebAssembly.Instance = function Instance(from, imports) {
  const instance = new RealInstance(from, imports);
  if (instance.exports.setMutant !== undefined) {
    instance.exports.setMutant(active);
    kernels.push(instance.exports);
    if (kernels.length > YOUNG) retire(1);
  }
  return instance;
};
WebAssembly.Instance.prototype = RealInstance.prototype;

/** Time stands still: a budget that a busy machine overruns says nothing about a mutant. */
performance.now = () => 0;
/** The laws have found their mutants after a few cases, or never. */
process.env.LAWS_RUNS ??= "20";

/** Adds what these kernels reached to the bits. */
function collect(some) {
  for (const kernel of some) {
    const reached = new Uint8Array(kernel.memory.buffer, kernel.reachedPointer(), kernel.reachedSize());
    if (bits.length === 0) bits = new Uint8Array(Math.ceil(reached.length / 8));
    for (let id = 0; id < reached.length; id++) if (reached[id] !== 0) bits[id >> 3] |= 1 << (id & 7);
    reached.fill(0);
  }
}

/** The oldest of the young are kept by their users alone. */
function retire(count) {
  const retired = kernels.splice(0, count);
  collect(retired);
  for (const kernel of retired) elders.push(new WeakRef(kernel));
}

/** Bits of the mutants reached since the last call. */
function takeReached() {
  elders = elders.filter((elder) => elder.deref() !== undefined);
  collect(elders.map((elder) => elder.deref()));
  retire(kernels.length);
  const taken = bits;
  bits = new Uint8Array(taken.length);
  return taken;
}

function forgetKernels() {
  kernels = [];
  elders = [];
}

function reaches(bits, id) {
  return bits !== undefined && (bits[id >> 3] & (1 << (id & 7))) !== 0;
}

function shuffled(list) {
  let state = seed | 1;
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    const j = state % (i + 1);
    [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy;
}

/** The cases that the unmutated kernel answers as expected, each with what it reaches; and those it does not. */
function baselineCases() {
  const engines = enginesFrom(module);
  const kept = [];
  const wrong = [];
  for (const one of shuffled(makeCases(seed, size))) {
    const answer = one.run(engines);
    const reached = takeReached();
    if (answer === one.expected) kept.push({ ...one, reached });
    else if (one.mayDiffer !== true) wrong.push(`${one.kind}: expected ${one.expected}, found ${answer}`);
  }
  forgetKernels();
  return { kept, wrong };
}

async function outcome(test) {
  try {
    await test.body();
    return null;
  } catch (error) {
    return String(error?.message ?? error).split("\n")[0];
  }
}

/** The test files with what loading and each test reaches; tests that fail anyway are not used. */
async function baselineSuite() {
  const files = [];
  const wrong = [];
  for (const file of bundles.map(loader)) {
    forgetKernels();
    let tests;
    try {
      tests = file.load();
    } catch (error) {
      wrong.push(`${file.name}: ${error.message}`);
      continue;
    }
    const loading = takeReached();
    const reached = [];
    for (const test of tests) {
      const failure = await outcome(test);
      reached.push(failure === null ? takeReached() : undefined);
      if (failure !== null) wrong.push(`${file.name}: ${test.name}: ${failure}`);
    }
    files.push({ ...file, loading, reached });
  }
  forgetKernels();
  return { files, wrong };
}

/** The spec of the mutated file before the others. */
function nearestFirst(files, mutated) {
  const name = mutated.split("/").at(-1).replace(/\.ts$/, "");
  const isNear = (spec) => spec.name.split("/").at(-1).startsWith(name);
  return [...files.filter(isNear), ...files.filter((spec) => !isNear(spec))];
}

/** What kills the mutant; null when nothing does. */
async function killer({ id, site, file: mutated }, { kept: cases }, { files }, specs) {
  active = id;
  const engines = enginesFrom(module);
  let asked = 0;
  for (const one of cases) {
    if (!reaches(one.reached, site)) continue;
    if (one.run(engines) !== one.expected) return { by: one.kind };
    if (++asked === most) break;
  }
  forgetKernels();
  for (const spec of nearestFirst(specs.files, mutated)) {
    if (!reaches(spec.reached, site)) continue;
    asked += 1;
    if (!runSpec(spec, id).passes) return { by: spec.name };
  }
  for (const file of files) {
    const all = reaches(file.loading, site);
    if (!all && !file.reached.some((bits) => reaches(bits, site))) continue;
    let tests;
    try {
      tests = file.load();
    } catch {
      return { by: file.name };
    }
    for (const [index, bits] of file.reached.entries()) {
      if (bits === undefined || !(all || reaches(bits, site))) continue;
      asked += 1;
      if ((await outcome(tests[index])) !== null) return { by: `${file.name}: ${tests[index].name}` };
    }
    forgetKernels();
  }
  return { by: null, reached: asked > 0 };
}

/** The specs that pass on the unmutated kernel, with what they reach. */
function baselineSpecs() {
  const files = [];
  const wrong = [];
  for (const { name, path } of specPaths) {
    const spec = openSpec(name, path);
    const { passes, kernel } = runSpec(spec, 0);
    forgetKernels();
    if (!passes) {
      wrong.push(`${name} fails`);
      continue;
    }
    collect([kernel]);
    files.push({ ...spec, reached: takeReached() });
  }
  return { files, wrong };
}

// What tests print says nothing about mutants.
for (const way of ["log", "info", "warn", "error"]) console[way] = () => {};
const baseline = baselineCases();
parentPort.postMessage({ progress: `${baseline.kept.length} cases are answered` });
const suite = await baselineSuite();
parentPort.postMessage({ progress: `${suite.files.length} test files have run` });
const specs = baselineSpecs();
parentPort.on("message", async (mutant) => {
  const found = await killer(mutant, baseline, suite, specs);
  active = 0;
  forgetKernels();
  parentPort.postMessage({ id: mutant.id, ...found });
});
parentPort.postMessage({
  ready: true,
  cases: baseline.kept.length,
  tests: suite.files.reduce((sum, { reached }) => sum + reached.filter((bits) => bits !== undefined).length, 0),
  specs: specs.files.length,
  wrong: [...baseline.wrong, ...suite.wrong, ...specs.wrong],
});
