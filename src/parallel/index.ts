/** Batches on several threads, `sallyport/parallel`: an export list. */

export { ParallelEngine, type ParallelOptions } from "./parallel-engine.js";
