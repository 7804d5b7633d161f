import { createWriteStream } from "node:fs"
import { join } from "node:path"
import { pipeline } from "node:stream/promises"
import type {} from "@fastify/multipart"
import type { FastifyRequest } from "fastify"
import { AppError } from "../errors.ts"
import { decode, type Form } from "../web/body.ts"
import { LARGEST } from "./model.ts"

export interface ReceivedFile {
  path: string
  /** The name as the browser gave it. */
  name: string
}

/** Room for the other fields and the lines between the parts. */
const AROUND = 128 * 1024
const MOST_FIELDS = 20
const LONGEST_FIELD = 20_000
const TOO_LARGE = `This file is larger than ${LARGEST / 1024 / 1024} MB, the most that is accepted.`

/**
 * Reads the parts of an upload: the fields, and the one file, which goes to disk as it arrives. Stops at the first byte too many.
 * Throws `unsupported`, `too-large`, `malformed`.
 */
export async function receive(request: FastifyRequest, folder: string): Promise<{ fields: Form; file: ReceivedFile | null }> {
  if (!request.isMultipart()) throw new AppError("unsupported", "Send the file as a form (multipart/form-data).")
  if (Number(request.headers["content-length"] ?? 0) > LARGEST + AROUND) throw new AppError("too-large", TOO_LARGE)
  try {
    return await readParts(request, folder)
  } catch (error) {
    throw asRefusal(error)
  }
}

async function readParts(request: FastifyRequest, folder: string): Promise<{ fields: Form; file: ReceivedFile | null }> {
  const fields: Form = Object.create(null)
  let file: ReceivedFile | null = null
  endBeyond(request, LARGEST + AROUND)
  const limits = { fileSize: LARGEST, files: 1, fields: MOST_FIELDS, fieldSize: LONGEST_FIELD, fieldNameSize: 100, parts: MOST_FIELDS + 1 }
  for await (const part of request.parts({ limits })) {
    if (part.type === "field") {
      if (part.valueTruncated || part.fieldnameTruncated) throw new AppError("too-large", `The field “${part.fieldname}” is too long.`)
      fields[part.fieldname] = text(String(part.value))
      continue
    }
    const path = join(folder, "upload")
    // The multipart reader itself would go on to the end of the body, however far that is.
    part.file.once("limit", () => part.file.destroy(new AppError("too-large", TOO_LARGE)))
    await pipeline(part.file, createWriteStream(path, { mode: 0o600 }))
    // A form without a chosen file sends an empty one without a name.
    if (part.filename || part.file.bytesRead > 0) file = { path, name: text(part.filename ?? "") }
  }
  return { fields, file }
}

/** Ends the connection of a body without length or end that hides outside the parts. */
function endBeyond({ raw }: FastifyRequest, most: number): void {
  let bytes = 0
  raw.on("data", (part: Buffer) => {
    bytes += part.length
    if (bytes > most) raw.destroy()
  })
}

// The multipart reader puts U+FFFD in the place of bytes that are no UTF-8.
function text(value: string): string {
  if (value.includes("\ufffd")) throw new AppError("malformed", "What was sent is not valid UTF-8 text.")
  return decode(Buffer.from(value), "utf-8")
}

function asRefusal(error: unknown): unknown {
  const { code = "" } = error as { code?: string }
  if (code === "FST_REQ_FILE_TOO_LARGE") return new AppError("too-large", TOO_LARGE)
  if (/^FST_(PARTS|FILES|FIELDS)_LIMIT$/.test(code)) return new AppError("too-large", "This form has more parts than an upload has. Send one file at a time.")
  if (error instanceof AppError || code === "ENOSPC" || code.startsWith("FST_")) return error
  return new AppError("malformed", "The upload broke off or is not a well-formed form. Try again.")
}
