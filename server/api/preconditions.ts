import type { FastifyReply, FastifyRequest } from "fastify"
import { AppError } from "../errors.ts"

/** The revision that a writing request was made from. Throws `precondition-required` without If-Match, `malformed` for what names no revision. */
export function readBase(request: FastifyRequest): number {
  const header = request.headers["if-match"]
  if (header === undefined || header.trim() === "") {
    throw new AppError("precondition-required", 'Name the revision you began with, such as If-Match: "3", so that nobody\'s work is overwritten.')
  }
  const number = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim())?.[1]
  if (number === undefined) throw new AppError("malformed", 'If-Match must name one revision, such as "3".')
  return Number(number)
}

/** Sets the ETag of a revision. True when the asker has it already, so that 304 is the answer. */
export function tagged(request: FastifyRequest, reply: FastifyReply, revision: number): boolean {
  const etag = `"${revision}"`
  reply.header("etag", etag)
  if (request.viewer.id === null) reply.headers({ "cache-control": "public, no-cache", vary: "authorization" })
  const known = request.headers["if-none-match"]
  if (known === undefined) return false
  return known.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag || tag.trim() === "*")
}
