/**
 * Every error a caller can meet, each with a stable code of the interchange.
 *
 * A denial is a verdict, never an error. Text and bytes are wrong at a place (`position`, `offset`); arguments are
 * wrong by name (`path`); the engine fails as a whole.
 */

/** The stable codes. interchange.md, "Error codes". */
export type ErrorCode =
  | "ERR_JSON"
  | "ERR_UNKNOWN_MEMBER"
  | "ERR_DUPLICATE_KEY"
  | "ERR_ARGUMENT"
  | "ERR_TOKEN"
  | "ERR_SID"
  | "ERR_SDDL_SYNTAX"
  | "ERR_SDDL_RANGE"
  | "ERR_SDDL_ALIAS"
  | "ERR_CONDITION"
  | "ERR_CLAIM"
  | "ERR_DESCRIPTOR"
  | "ERR_LIMIT"
  | "ERR_ENGINE";

/** The caller's text (SDDL, a condition) is wrong. `position` counts UTF-16 units from 0 and lies inside the text or at its end. */
export class SddlError extends Error {
  override readonly name = "SddlError";
  readonly code: ErrorCode;
  readonly position: number;

  constructor(code: ErrorCode, position: number, message: string) {
    super(`${message} (at ${position})`);
    this.code = code;
    this.position = position;
  }
}

/** The caller's bytes are wrong. `offset` is the byte of the field at fault, from 0. */
export class FormatError extends Error {
  override readonly name = "FormatError";
  readonly code: ErrorCode;
  readonly offset: number;

  constructor(code: ErrorCode, offset: number, message: string) {
    super(`${message} (at byte ${offset})`);
    this.code = code;
    this.offset = offset;
  }
}

/**
 * The caller's argument is wrong. `path` names the member at fault: `["token", "groups", 2, "attributes"]`.
 * `position` is set where the argument came from JSON text.
 */
export class ArgumentError extends TypeError {
  override readonly name = "ArgumentError";
  readonly code: ErrorCode;
  readonly path: readonly (string | number)[];

  constructor(code: ErrorCode, path: readonly (string | number)[], message: string) {
    super(path.length === 0 ? message : `${formatPath(path)}: ${message}`);
    this.code = code;
    this.path = path;
  }
}

/** The request text is not the JSON it should be. `position` counts UTF-16 units from 0. */
export class JsonError extends Error {
  override readonly name = "JsonError";
  readonly code: ErrorCode;
  readonly position: number;

  constructor(code: ErrorCode, position: number, message: string) {
    super(`${message} (at ${position})`);
    this.code = code;
    this.position = position;
  }
}

/** The engine failed, or was asked for what it cannot do. After a trap every later call of that engine throws this. */
export class EngineError extends Error {
  override readonly name = "EngineError";
  readonly code: ErrorCode = "ERR_ENGINE";
}

/** One union to switch on: `if (isSallyportError(e)) switch (e.code) …`. */
export type SallyportError = SddlError | FormatError | ArgumentError | JsonError | EngineError;

/** Whether `error` is one of ours, with a `code`. */
export function isSallyportError(error: unknown): error is SallyportError {
  return (
    error instanceof SddlError ||
    error instanceof FormatError ||
    error instanceof ArgumentError ||
    error instanceof JsonError ||
    error instanceof EngineError
  );
}

/** `token.groups[2].attributes` */
export function formatPath(path: readonly (string | number)[]): string {
  let text = "";
  for (const step of path) text += typeof step === "number" ? `[${step}]` : text === "" ? step : `.${step}`;
  return text;
}
