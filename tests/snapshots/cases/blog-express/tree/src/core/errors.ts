/** What can go wrong, in words of the domain; `problems.ts` alone knows which status each one is. */

export const CODES = [
  "required",
  "unknown",
  "type",
  "too_short",
  "too_long",
  "too_small",
  "too_large",
  "pattern",
  "enum",
  "format",
  "duplicate",
  "reference",
  "readonly",
  "invalid",
] as const;

export type Code = (typeof CODES)[number];

/** `field` is a dotted path: `body.title`, `query.limit`. */
export interface FieldError {
  field: string;
  code: Code;
  message: string;
}

/** `message` is shown to the client: never put a secret or an internal into it. */
export class AppError extends Error {
  readonly errors: readonly FieldError[];

  constructor(detail: string, errors: readonly FieldError[] = [], options?: ErrorOptions) {
    super(detail, options);
    this.errors = errors;
  }
}

export class BadRequest extends AppError {
  constructor(detail = "The request body is not JSON in UTF-8") {
    super(detail);
  }
}

export class Unauthorized extends AppError {
  constructor(detail = "A valid access token is needed") {
    super(detail);
  }
}

export class Forbidden extends AppError {
  constructor(detail = "You may not do this") {
    super(detail);
  }
}

export class NotFound extends AppError {
  constructor(detail = "There is nothing here") {
    super(detail);
  }
}

export class MethodNotAllowed extends AppError {
  readonly allowed: readonly string[];

  constructor(allowed: readonly string[]) {
    super("This path has other methods");
    this.allowed = allowed;
  }
}

export class Conflict extends AppError {
  constructor(
    detail = "This is in conflict with what is already there",
    errors: readonly FieldError[] = [],
  ) {
    super(detail, errors);
  }
}

export class PreconditionFailed extends AppError {
  constructor() {
    super("If-Match names another version than the current one");
  }
}

export class PreconditionRequired extends AppError {
  constructor() {
    super("If-Match must name the version that is to be changed");
  }
}

export class PayloadTooLarge extends AppError {
  constructor(limit: number) {
    super(`The request body is over ${limit} bytes`);
  }
}

export class UnsupportedMediaType extends AppError {
  constructor() {
    super("The Content-Type must be application/json");
  }
}

export class Invalid extends AppError {
  constructor(errors: readonly FieldError[], detail = "Some values are not valid") {
    super(detail, errors);
  }
}

/** `reset` is in seconds from now. */
export class RateLimited extends AppError {
  readonly limit: number;
  readonly reset: number;

  constructor(limit: number, reset: number) {
    super("Too many requests");
    this.limit = limit;
    this.reset = reset;
  }
}

export class Unavailable extends AppError {
  constructor(cause?: unknown) {
    super("The database does not answer; try again soon", [], { cause });
  }
}

/** One value that is not right; whoever knows where it was sent makes a FieldError of it. */
export class Refusal extends Error {
  readonly code: Code;

  constructor(code: Code, message: string) {
    super(message);
    this.code = code;
  }
}
