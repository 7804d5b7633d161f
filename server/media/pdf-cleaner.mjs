// Runs in a thread of its own (pdf.ts): a hostile PDF may take time and memory, but not those of the site.
import { readFileSync, writeFileSync } from "node:fs"
import { parentPort, workerData } from "node:worker_threads"
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFRawStream, PDFRef, PDFStream } from "@cantoo/pdf-lib"

// Who made the file, with what, when; private notes of programs; scripts and what runs by itself.
const DROPPED = ["Metadata", "PieceInfo", "LastModified", "OpenAction", "AA", "JavaScript", "JS"].map((name) => PDFName.of(name))

/** A PDF ends with this; the bytes in which it is looked for, as some mail programs and servers put something behind it. */
const END = "%%EOF"
const NEAR_END = 4096

try {
  await clean(workerData.from, workerData.to)
  parentPort.postMessage("clean")
} catch (error) {
  parentPort.postMessage(/encrypt/i.test(`${error?.name} ${error?.message}`) ? "locked" : "damaged")
}

async function clean(from, to) {
  const bytes = readFileSync(from)
  // The reader would make a shorter document of one that was cut off.
  if (!bytes.subarray(-NEAR_END).includes(END)) throw new Error("Its end is missing.")
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: false })
  const { context } = pdf
  if (pdf.getPageCount() === 0) throw new Error("It has no page.")
  context.trailerInfo.Info = undefined
  context.trailerInfo.ID = undefined
  const used = cleanFrom(context, context.trailerInfo.Root)
  for (const [ref] of context.enumerateIndirectObjects()) if (!used.has(ref)) context.delete(ref)
  writeFileSync(to, await pdf.save({ updateFieldAppearances: false, addDefaultPage: false }))
}

/** Drops those entries from everything that can be reached, and tells what that is: the rest is of earlier versions, or was held by them. */
function cleanFrom(context, root) {
  const used = new Set()
  for (let open = [root]; open.length > 0; ) {
    const object = open.pop()
    if (object === undefined || used.has(object)) continue
    used.add(object)
    if (object instanceof PDFRef) open.push(context.lookup(object))
    else if (object instanceof PDFArray) open.push(...object.asArray())
    else if (object instanceof PDFStream) {
      if (object instanceof PDFRawStream && isJpeg(object.dict.lookup(PDFName.of("Filter")))) object.contents = withoutNotes(object.contents)
      open.push(object.dict)
    }
    else if (object instanceof PDFDict) {
      for (const key of DROPPED) object.delete(key)
      open.push(...object.values())
    }
  }
  return used
}

function isJpeg(filter) {
  const only = filter instanceof PDFArray && filter.size() === 1 ? filter.lookup(0) : filter
  return only === PDFName.of("DCTDecode")
}

/**
 * A JPEG without the notes of cameras and programs (place, camera, author, previews), its pixels as they were: a PDF holds photographs just
 * as they came from a phone. What is no well-formed JPEG stays as it is.
 */
function withoutNotes(bytes) {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return bytes
  const kept = [bytes.subarray(0, 2)]
  for (let at = 2; at + 2 <= bytes.length; ) {
    const marker = bytes[at + 1]
    if (bytes[at] !== 0xff) return bytes
    if (marker === 0xff) at++
    // The end: what stands behind it is another picture, or hidden.
    else if (marker === 0xd9) return Buffer.concat([...kept, bytes.subarray(at, at + 2)])
    else {
      const header = at + 2 + bytes[at + 2] * 256 + bytes[at + 3]
      const end = marker === 0xda ? endOfScan(bytes, header) : header
      if (!isNote(bytes, at)) kept.push(bytes.subarray(at, end))
      at = end
    }
  }
  return Buffer.concat(kept)
}

// Comments, and what programs add; but how colours are to be read (JFIF, ICC, Adobe) belongs to the picture.
function isNote(bytes, at) {
  const marker = bytes[at + 1]
  if (marker === 0xfe) return true
  if (marker < 0xe1 || marker > 0xef || marker === 0xee) return false
  return marker !== 0xe2 || Buffer.from(bytes.subarray(at + 4, at + 15)).toString("latin1") !== "ICC_PROFILE"
}

// In the pixels a byte of ones is followed by zero or by a number of restart; the next marker is of neither kind.
function endOfScan(bytes, from) {
  for (let next = from; next + 1 < bytes.length; next++) {
    const marker = bytes[next + 1]
    if (bytes[next] === 0xff && marker !== 0 && marker !== 0xff && (marker < 0xd0 || marker > 0xd7)) return next
  }
  return bytes.length
}
