// A page of 200 KB on which two people made a hundred changes each, joined; held against reading the page once.
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { build } from "esbuild"
import { largePage } from "./large-page.mjs"
import { median } from "./load.mjs"
import { root } from "./site.mjs"

const CHANGES = 100
const ROUNDS = 9

/** Medians in milliseconds, and what the two of them joined into. */
export async function merging() {
  const { mergeDocuments, parsePage, toText } = await documentModel()
  const base = largePage()
  const [mine, theirs] = [changed(base, 0), changed(base, 1)].map((json) => parsePage(json))
  const figures = { parse: [], merge: [] }
  let merged
  for (let round = 0; round < ROUNDS; round++) {
    const before = performance.now()
    const doc = parsePage(base)
    const between = performance.now()
    merged = mergeDocuments(doc, mine, theirs)
    figures.parse.push(between - before)
    figures.merge.push(performance.now() - between)
  }
  const words = toText(merged.doc)
  const joined = ["mine", "theirs"].every((side) => words.split(` ${side}-`).length === CHANGES + 1)
  if (!merged.ok || !joined) throw new Error("The two texts were not joined.")
  return { parse: median(figures.parse), merge: median(figures.merge), characters: words.length }
}

/** The page with a word added to a hundred of its paragraphs: to the beginning of each by one person, to its end by the other. */
function changed(page, side) {
  const json = structuredClone(page)
  const paragraphs = json.content.filter(({ type }) => type === "paragraph")
  const step = paragraphs.length / CHANGES
  for (let at = 0; at < CHANGES; at++) {
    // Half of the places are changed by both.
    const { content } = paragraphs[Math.floor(at * step) + (at % 2 ? side : 0)]
    if (side === 0) content[0].text = `Now mine-${at} ${content[0].text}`
    else content.at(-1).text += ` theirs-${at}`
  }
  return json
}

async function documentModel() {
  const folder = mkdtempSync(join(tmpdir(), "habeas-bench-"))
  const outfile = join(folder, "document.mjs")
  try {
    await build({ entryPoints: [join(root, "editor/document/index.ts")], bundle: true, platform: "node", format: "esm", outfile, logLevel: "error" })
    return await import(outfile)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
