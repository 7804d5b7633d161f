// The whole page of a difference, complete and rendered, beside its floors in the same process. Prints JSON: see differences.mjs.
import { diffWordsWithSpace } from "diff"
import { pino } from "pino"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { register } from "../../server/accounts/actions.ts"
import { readConfig } from "../../server/config.ts"
import { compare } from "../../server/history/actions.ts"
import { DiffPage } from "../../server/history/diff-views.tsx"
import { createPage, readPage, readRevision, savePage } from "../../server/pages/actions.ts"
import { forgetDocuments } from "../../server/pages/documents.ts"
import { openSite } from "../../server/site.ts"
import { renderDocument } from "../../server/web/html.tsx"
import { visitor } from "../../server/web/viewer.ts"

const WORDS = "visit call write money bond court hours desk officer family lawyer name number page table letter phone gate week day the of and to in at by for with when may must".split(" ")
/** A server has compared pages before: the first rounds, which its compiler needs, do not count. */
const [WARMING, ROUNDS] = [120, 40]

const dataDir = mkdtempSync(join(tmpdir(), "habeas-diff-"))
const { ctx, close } = await openSite(readConfig({ DATA_DIR: dataDir, STARTER: "off" }), pino({ level: "silent" }))
const { id } = await register(ctx, { username: "Bench", password: "a long walk by the canal", role: "moderator" })
const author = { id, name: "Bench", role: "moderator" as const }

process.stdout.write(JSON.stringify({ large: await large(), small: await small() }))
await close()
rmSync(dataDir, { recursive: true, force: true })

/** 200 KB in 480 paragraphs, each round with 200 other words changed: the page's time, and that of comparing the two texts. */
async function large(): Promise<{ page: number; words: number }> {
  const texts = Array.from({ length: 480 }, (_, at) => paragraph(at, 75))
  const save = await newPage("Large", texts)
  const [pages, floors]: [number[], number[]] = [[], []]
  for (let round = 2; round < WARMING + ROUNDS + 2; round++) {
    const changed = texts.map((text, at) => ((at * 5) % 12 < 5 ? replaced(text, round * 7 + at, `edit${round}x${at}`) : text))
    await save(changed)
    const html = await timed(pages, () => render("large", 1, round))
    if (!html.includes("200 changes")) throw new Error(html.slice(0, 2_000))
    if (round < WARMING) continue
    await timed(floors, async () => diffWordsWithSpace(texts.join("\n\n"), changed.join("\n\n")))
  }
  return { page: median(pages.slice(WARMING)), words: median(floors) }
}

/** 12 KB with one sentence changed: the page's time and that of reading the page, both from the database. */
async function small(): Promise<{ page: number; read: number }> {
  const texts = Array.from({ length: 30 }, (_, at) => paragraph(at, 70))
  const save = await newPage("Small", texts)
  await save(texts.map((text, at) => (at === 14 ? `${text} ${paragraph(99, 12)}.` : text)))
  const [pages, reads]: [number[], number[]] = [[], []]
  for (let round = 0; round < WARMING + ROUNDS; round++) {
    forgetDocuments()
    await timed(reads, async () => readRevision(ctx.db.read, await readPage(ctx, visitor, "small")))
    forgetDocuments()
    await timed(pages, () => render("small", 1, 2))
  }
  return { page: median(pages), read: median(reads) }
}

async function newPage(title: string, texts: string[]): Promise<(texts: string[]) => Promise<unknown>> {
  const { page } = await createPage(ctx, author, { title, slug: title.toLowerCase(), kind: "article", document: documentOf(texts) })
  let base = 1
  return (changed) => savePage(ctx, author, { slug: page.slug, base: base++, document: documentOf(changed) })
}

async function render(slug: string, from: number, to: number): Promise<string> {
  const comparison = await compare(ctx, await readPage(ctx, visitor, slug), from, to)
  if (!comparison.complete) throw new Error("The difference is not complete")
  return renderDocument(DiffPage({ comparison, view: "inline", hide: [], canEdit: false }))
}

function documentOf(texts: string[]) {
  return { type: "doc", content: texts.map((text, at) => ({ type: "paragraph", attrs: { id: `p${at}` }, content: [{ type: "text", text }] })) }
}

function paragraph(at: number, words: number): string {
  return Array.from({ length: words }, (_, word) => WORDS[(at * 7 + word * 11 + ((word * at) % 13)) % WORDS.length]).join(" ")
}

function replaced(text: string, seed: number, word: string): string {
  const words = text.split(" ")
  words[3 + (seed % (words.length - 4))] = word
  return words.join(" ")
}

// In time of the processor: what else the machine does is nobody's business here.
async function timed<T>(times: number[], run: () => Promise<T>): Promise<T> {
  const begun = process.cpuUsage()
  const result = await run()
  const { user, system } = process.cpuUsage(begun)
  times.push((user + system) / 1000)
  return result
}

function median(numbers: number[]): number {
  return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)]!
}
