import { AppError } from "../errors.ts"

/** The longest cursor we write, with room: the title of a page, 200 letters of any script. */
const LONGEST = 2_000

/** An opaque cursor that holds these texts: where the next page of a list begins. */
export function writeCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString("base64url")
}

/** The `count` texts of a cursor that `writeCursor` made. Throws `malformed`. */
export function readCursor(cursor: string, count: number): string[] {
  const parts = cursor.length <= LONGEST ? parse(Buffer.from(cursor, "base64url").toString("utf8")) : null
  const isOurs = Array.isArray(parts) && parts.length === count && parts.every((part) => typeof part === "string" && !part.includes("\0"))
  if (!isOurs) throw new AppError("malformed", "The cursor in this address is not one of ours. Begin again at the start of the list.")
  return parts as string[]
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
