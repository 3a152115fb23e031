/**
 * The kernel of those who only check: the exports that `Checker` needs, compiled with ONLY_CHECKS, so that filtering,
 * scanning and traces fall away. The same sources, and not a line of its own.
 */
export {
  abiVersion,
  check,
  checkMany,
  checkPlain,
  generation,
  load,
  open,
  requestPointer,
  reset,
  resultPointer,
  stage,
  tracePointer,
} from "./index";
