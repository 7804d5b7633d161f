/** The one vocabulary of refusals (DESIGN.md §3) and the status each becomes; anything else is a fault of ours, 500. */
export const STATUS = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  "not-allowed": 405,
  conflict: 409,
  gone: 410,
  "precondition-failed": 412,
  "too-large": 413,
  unsupported: 415,
  invalid: 422,
  "precondition-required": 428,
  "too-many": 429,
  unavailable: 503,
} as const

export type ErrorCode = keyof typeof STATUS

/** One thing wrong with one field of what was sent: shown beside the field, listed in problem documents. */
export interface Problem {
  field: string
  message: string
  /** The cause itself within the words around it, so that a form can mark it. Shown to the writer, never logged. */
  excerpt?: { before: string; found: string; after: string }
}

export interface ErrorDetail {
  problems?: Problem[]
  /** Seconds until trying again makes sense; sent as Retry-After. */
  retryAfter?: number
  /** Members added to the problem document, such as a conflict's `current`. */
  extra?: Record<string, unknown>
}

/** A refusal with a reason a person can act on. Thrown where it is decided, turned into an answer once, in `web/errors.tsx`. */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly detail: ErrorDetail = {},
  ) {
    super(message)
    this.name = "AppError"
  }

  get status(): number {
    return STATUS[this.code]
  }
}

/** Refuses one field: `invalid` with the sentence shown beside it. */
export function invalid(field: string, message: string): AppError {
  return new AppError("invalid", message, { problems: [{ field, message }] })
}

export function notFound(what: string): AppError {
  return new AppError("not-found", `There is no such ${what}.`)
}
