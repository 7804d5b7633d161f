// What history costs: its bytes as saved and after `habeas compact`, and what a long one adds to opening and saving. Build first; alone: node tests/bench/history.mjs
import BetterSqlite from "better-sqlite3"
import { readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { median } from "./load.mjs"
import { startSite } from "./site.mjs"

const PASSWORD = "a long walk by the canal"
const WORDS = "visit call write money bond court hours desk officer family lawyer name number page table letter phone gate week day".split(" ")
const SAVES = 1_000
const [SHORT, LONG] = [10, 100_000]
const ROUNDS = 60

/** Hands each figure to `row(what, figure, target, detail)`. */
export async function benchHistory(row) {
  await bytes(row)
  await length(row)
}

async function bytes(row) {
  const { site, token } = await newSite()
  const slug = await newPage(site.base, token, "Bench page")
  await save(site.base, token, slug, { from: 1, times: 1 })
  await site.restart()
  const before = sizeOf(site.dataDir)
  const again = await site.resume()
  await save(again.base, token, slug, { from: 2, times: SAVES })
  await again.stop()
  row("bytes on disk per small revision of a 12 KB page, over 1,000 saves", (sizeOf(site.dataDir) - before) / SAVES, "<= 1024", `${JSON.stringify(bodyOf(0)).length} bytes of JSON a save`)
  const started = performance.now()
  await site.command(["compact"])
  const took = performance.now() - started
  row("the same after habeas compact", (sizeOf(site.dataDir) - before) / SAVES, "<= 600", `${Math.round(took)} ms`)
  const verified = await site.command(["verify"])
  if (!verified.includes("all is well")) throw new Error(verified)
  site.remove()
}

async function length(row) {
  const { site, token } = await newSite()
  const pages = { short: await newPage(site.base, token, "Short page"), long: await newPage(site.base, token, "Long page") }
  for (const slug of Object.values(pages)) await save(site.base, token, slug, { from: 1, times: SHORT - 1 })
  await site.stop()
  lengthen(join(site.dataDir, "habeas.sqlite"), pages.long)
  const again = await site.resume()
  const numbers = { short: SHORT, long: LONG }
  const opened = { short: [], long: [] }
  const saved = { short: [], long: [] }
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of round % 2 ? ["short", "long"] : ["long", "short"]) {
      opened[name].push(await timed(() => read(`${again.base}/wiki/${pages[name]}/revisions/1?${round}`)))
      const from = numbers[name]++
      saved[name].push(await timed(() => save(again.base, token, pages[name], { from, times: 1 })))
    }
  }
  await again.stop()
  for (const [what, times] of [["opening revision 1 of 100,000 / of 10", opened], ["saving on revision 100,000 / on revision 10", saved]]) {
    row(what, median(times.long) / median(times.short), "<= 1.2", `${median(times.long).toFixed(2)} ms against ${median(times.short).toFixed(2)} ms`)
  }
  site.remove()
}

/** Adds revisions to a page as saves would, but for their hashes: a hundred thousand saves would take minutes. */
function lengthen(file, slug) {
  const db = new BetterSqlite(file)
  const page = db.prepare("SELECT id, revision FROM pages WHERE slug = ?").get(slug)
  const last = db.prepare("SELECT * FROM revisions WHERE page_id = ? AND number = ?").get(page.id, page.revision)
  const event = db.prepare("SELECT * FROM events WHERE page_id = ? ORDER BY seq DESC").get(page.id)
  const sequence = db.prepare("SELECT value FROM sequences WHERE name = ?").pluck()
  const insertOf = (table, row) => db.prepare(`INSERT INTO ${table} (${Object.keys(row)}) VALUES (${Object.keys(row).map((name) => `@${name}`)})`)
  const block = db.prepare("INSERT INTO blocks (key, hash, body) VALUES (?, ?, ?)")
  const [revision, happened] = [insertOf("revisions", last), insertOf("events", event)]
  let [key, seq] = [sequence.get("blocks"), sequence.get("events")]
  db.transaction(() => {
    const keys = Array.from({ length: 30 }, (_, at) => {
      block.run(++key, `hash ${key}`, JSON.stringify(blockOf(at, page.revision)))
      return key
    })
    for (let number = page.revision + 1; number <= LONG; number++) {
      block.run(++key, `hash ${key}`, JSON.stringify(blockOf(number % 30, number)))
      keys[number % 30] = key
      revision.run({ ...last, number, hash: `hash ${number}`, blocks: keys.map((one) => one.toString(36)).join(","), seal: null })
      happened.run({ ...event, seq: ++seq, subject: String(number) })
    }
    db.prepare("UPDATE pages SET revision = ? WHERE id = ?").run(LONG, page.id)
    db.prepare("UPDATE authorship SET number = ? WHERE page_id = ?").run(LONG, page.id)
    // Each save would have taken in the number that it wrote.
    const words = Array.from({ length: LONG - page.revision }, (_, at) => ` ${page.revision + 1 + at}`).join("")
    db.prepare("UPDATE search_past_pages SET until = ?, words = words || ? WHERE page_id = ?").run(LONG, words, page.id)
    for (const [name, value] of [["blocks", key], ["events", seq]]) db.prepare("UPDATE sequences SET value = ? WHERE name = ?").run(value, name)
  })()
  db.exec("ANALYZE")
  db.close()
}

async function newSite() {
  const site = await startSite({ STARTER: "off" })
  await site.command(["user", "add", "Bench", "--role", "moderator"], PASSWORD)
  return { site, token: await site.command(["token", "add", "Bench"]) }
}

async function newPage(base, token, title) {
  const answer = await send(`${base}/api/v1/pages`, "POST", token, { ...bodyOf(0), title, kind: "article" })
  return answer.slug
}

/** Saves revisions `from` + 1 and on, one word of one paragraph different in each. */
async function save(base, token, slug, { from, times }) {
  for (let number = from; number < from + times; number++) await send(`${base}/api/v1/pages/${slug}`, "PUT", token, bodyOf(number), { "if-match": `"${number}"` })
}

async function send(url, method, token, body, headers = {}) {
  const response = await fetch(url, {
    method,
    headers: { "content-type": "application/json", authorization: `Bearer ${token}`, ...headers },
    body: JSON.stringify(body),
  })
  const answer = await response.text()
  if (!response.ok) throw new Error(`${response.status} ${answer}`)
  return JSON.parse(answer)
}

async function read(url) {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${response.status} ${url}`)
  await response.arrayBuffer()
}

async function timed(work) {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/** A page of about 12 KB in 30 paragraphs. */
function bodyOf(number) {
  return { document: { type: "doc", content: Array.from({ length: 30 }, (_, at) => blockOf(at, at === number % 30 ? number : 0)) }, summary: `Edit ${number}` }
}

function blockOf(at, number) {
  const text = Array.from({ length: 55 }, (_, word) => WORDS[(at * 7 + word * 11 + ((word * at) % 5)) % WORDS.length]).join(" ")
  return { type: "paragraph", attrs: { id: `p${at}` }, content: [{ type: "text", text: `${text} edit ${number}` }] }
}

function sizeOf(folder) {
  return readdirSync(folder).filter((name) => name.startsWith("habeas.sqlite")).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
}

if (process.argv[1] === import.meta.filename) {
  await benchHistory((what, figure, target, detail) => console.log(`${figure.toFixed(2).padStart(9)}  ${target.padEnd(8)} ${what} (${detail})`))
}
