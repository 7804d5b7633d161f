import { describe, expect, it } from "vitest"
import { AppError } from "../../../server/errors.ts"
import { refusalOf, refuseFault } from "../../../server/storage/faults.ts"

describe("a fault of the engine", () => {
  it.each([
    ["SQLITE_CONSTRAINT_UNIQUE", "UNIQUE constraint failed"],
    ["23505", "duplicate key"],
    ["ECONNRESET", "aborted"],
    ["42601", "syntax error"],
  ])("is none of the storage's when it is %s", (code, message) => {
    const error = Object.assign(new Error(message), { code })
    expect(refusalOf(error)).toBeNull()
    expect(() => refuseFault(error)).toThrow(error)
  })

  it("is none when it is a refusal already", () => {
    const refusal = new AppError("conflict", "No.")
    expect(() => refuseFault(refusal)).toThrow(refusal)
  })

  it.each([
    ["SQLITE_BUSY", "database is locked", /busy/],
    ["SQLITE_BUSY_SNAPSHOT", "database is locked", /busy/],
    ["55P03", "canceling statement due to lock timeout", /busy/],
    ["SQLITE_FULL", "database or disk is full", /disk is full.*reading still works/],
    ["53100", "could not extend file", /disk is full/],
    ["SQLITE_IOERR_FSYNC", "disk I/O error", /does not answer/],
    ["SQLITE_IOERR_SHMSIZE", "disk I/O error", /does not answer/],
    ["SQLITE_READONLY_DBMOVED", "attempt to write a readonly database", /does not answer/],
    ["57P01", "terminating connection due to administrator command", /does not answer/],
    ["57P03", "the database system is starting up", /does not answer/],
    ["ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:5432", /does not answer/],
    ["", "Connection terminated unexpectedly", /does not answer/],
  ])("is told as unavailable, with when to try again and the reason for the log: %s", (code, message, told) => {
    const error = Object.assign(new Error(message), { code })
    const refusal = refusalOf(error)
    expect(refusal).toMatchObject({ code: "unavailable", status: 503, cause: error, detail: { retryAfter: expect.any(Number) } })
    expect(refusal?.message).toMatch(told)
  })
})
