// Runs in a thread of its own (pdf.ts): a hostile PDF may take time and memory, but not those of the site.
import { readFileSync, writeFileSync } from "node:fs"
import { parentPort, workerData } from "node:worker_threads"
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFRef, PDFStream } from "@cantoo/pdf-lib"

// Who made the file, with what, when; private notes of programs; scripts and what runs by itself.
const DROPPED = ["Metadata", "PieceInfo", "LastModified", "OpenAction", "AA", "JavaScript", "JS"].map((name) => PDFName.of(name))

try {
  await clean(workerData.from, workerData.to)
  parentPort.postMessage("clean")
} catch (error) {
  parentPort.postMessage(/encrypt/i.test(`${error?.name} ${error?.message}`) ? "locked" : "damaged")
}

async function clean(from, to) {
  const pdf = await PDFDocument.load(readFileSync(from), { updateMetadata: false, throwOnInvalidObject: false })
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
    else if (object instanceof PDFStream) open.push(object.dict)
    else if (object instanceof PDFDict) {
      for (const key of DROPPED) object.delete(key)
      open.push(...object.values())
    }
  }
  return used
}
