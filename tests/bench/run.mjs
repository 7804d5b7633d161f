// One command, one machine, one run: every figure as a ratio to a floor measured beside it. Build first: npm run bench
import { execFileSync, spawn } from "node:child_process"
import { readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { brotliCompressSync } from "node:zlib"
import { readFileSync } from "node:fs"
import { differences } from "./differences.mjs"
import { finding } from "./finding.mjs"
import { flood } from "./flood.mjs"
import { largePage } from "./large-page.mjs"
import { benchHistory } from "./history.mjs"
import { inTurn, load, median } from "./load.mjs"
import { merging } from "./merging.mjs"
import { deciding } from "./queue.mjs"
import { answered, freePort, logIn, root, startSite } from "./site.mjs"
import { typing } from "./typing.mjs"

const PAGE = "/wiki/krome-detention-center"
const PASSWORD = "a long walk by the canal"
const WORDS = "visit call write money bond court hours desk officer family lawyer name number page table letter phone gate week day".split(" ")
const rows = []
let site
let token

try {
  site = await startSite()
  await site.command(["user", "add", "Bench", "--role", "editor"], PASSWORD)
  token = await site.command(["token", "add", "Bench"])
  await reading()
  await saving()
  await weight()
  await editing()
  await site.stop()
  await start()
  await benchHistory(row)
  await comparing()
  await deciding(row)
  await flood(row)
  await finding(row)
} finally {
  await site?.stop()
  site?.remove()
  report()
}

async function reading() {
  const encoding = { "accept-encoding": "br" }
  const page = await fetch(site.base + PAGE, { headers: encoding })
  const raw = await rawBytes(site.base + PAGE)
  const headers = Object.fromEntries([...page.headers].filter(([name]) => !["date", "connection", "keep-alive"].includes(name)))
  const file = join(site.dataDir, "bare.json")
  writeFileSync(file, JSON.stringify({ headers, body: raw.toString("base64") }))
  const port = await freePort()
  const bare = spawn(process.execPath, [join(root, "tests/bench/bare.mjs"), file, String(port)], { stdio: "inherit" })
  await answered(`http://127.0.0.1:${port}/healthz`, bare)
  const cookie = await logIn(site.base, "Bench", PASSWORD, PAGE)
  const results = await inTurn(3, {
    bare: () => load(`http://127.0.0.1:${port}/page`, encoding, bare.pid),
    anonymous: () => load(site.base + PAGE, encoding, site.pid),
    person: () => load(site.base + PAGE, { ...encoding, cookie }, site.pid),
  })
  bare.kill()
  const { anonymous, person } = results
  row("anonymous page / bare Fastify Buffer, requests a second", anonymous.rate / results.bare.rate, ">= 0.85", `${fixed(anonymous.rate)}/s against ${fixed(results.bare.rate)}/s`)
  row("the same, per second of the server's processor", anonymous.perCpu / results.bare.perCpu, "", `${fixed(anonymous.perCpu)} against ${fixed(results.bare.perCpu)}`)
  row("logged-in page / anonymous page, requests a second", person.rate / anonymous.rate, ">= 0.3", `${fixed(person.rate)}/s`)
  row("the same, per second of the server's processor", person.perCpu / anonymous.perCpu, "", "")
  row("resident memory under load, MB (highest)", person.peak / 1e6, "< 150", "")
}

// Saves and bare inserts in turn: what a disk takes to make a write last differs from minute to minute.
async function saving() {
  const [rounds, count, writers] = [4, 400, 4]
  const body = join(site.dataDir, "body.json")
  writeFileSync(body, bodyOf(1, 1))
  const slugs = []
  for (let writer = 0; writer < writers; writer++) slugs.push(await newPage(site.base, `Bench page ${writer}`))
  const [saves, inserts] = [[], []]
  for (let round = 0; round < rounds; round++) {
    const started = performance.now()
    const each = count / writers
    await Promise.all(slugs.map((slug, writer) => save(site.base, slug, each, writer, token, 1 + round * each)))
    saves.push(count / ((performance.now() - started) / 1000))
    const file = join(site.dataDir, `inserts-${round}`)
    inserts.push(Number(execFileSync(process.execPath, [join(root, "tests/bench/inserts.mjs"), file, body, String(count)])))
  }
  const ratio = median(saves.map((rate, round) => rate / inserts[round]))
  row("durable saves through the API / bare FULL inserts of the same bytes", ratio, ">= 0.2", `${fixed(median(saves))}/s against ${fixed(median(inserts))}/s`)
}

async function weight() {
  const html = await rawBytes(site.base + PAGE)
  const text = await (await fetch(site.base + PAGE)).text()
  // What is written in the page itself (data:) is among its bytes, and asks for nothing.
  const files = [...text.matchAll(/(?:<link rel="(?:stylesheet|icon)" href|<script [^>]*src|<img src)="(?!data:)([^"]+)"/g)].map(([, path]) => path)
  let bytes = html.length
  for (const path of files) bytes += (await rawBytes(site.base + path)).length
  row("what a reader's browser loads for the Krome page, KB compressed", bytes / 1000, "< 30", `${files.length + 1} requests, scripts: ${files.filter((path) => path.endsWith(".js")).length}`)
  const assets = join(root, "dist/assets")
  const editor = readdirSync(assets).find((name) => /^page-editor-.*\.js$/.test(name))
  const chunks = staticImports(assets, editor)
  const editorBytes = chunks.reduce((sum, name) => sum + brotliCompressSync(readFileSync(join(assets, name))).length, 0)
  row("editor bundle, KB compressed", editorBytes / 1000, "< 110", `${chunks.length} files`)
}

async function editing() {
  const { parse, merge, characters } = await merging()
  const size = `${fixed(characters / 1000)} KB, ${fixed(parse)} ms to parse it`
  row("merge of a 200 KB page with 100 changes a side, ms", merge, "< 100", size)
  row("the same / parsing the page once", merge / parse, "", "")
  const slug = await newPage(site.base, "Bench page of 200 KB", token, { document: largePage() })
  const { ready, p50, p95, busy, perKey } = await typing(site.base, `/wiki/${slug}`, { name: "Bench", password: PASSWORD })
  row("editor ready on a 200 KB page in Chromium, ms", ready, "", "from asking for the page to its paint")
  row("keystroke to paint on it, ms (95 of 100)", p95, "< 16", `median ${fixed(p50)}`)
  row("the same in time of the page's processor, ms (95 of 100)", busy, "< 16", "from the key to its paint, whatever else the machine does")
  row("the browser's processor for each key on it, ms", perKey, "", "writing, drawing and keeping drafts")
}

async function comparing() {
  const { large, small } = await differences()
  row("diff page of 200 KB with 200 changes / diffWordsWithSpace of the two texts", large.page / large.words, "<= 0.1", `${fixed(large.page)} ms against ${fixed(large.words)} ms`)
  row("diff page of 12 KB with one changed sentence / reading that page", small.page / small.read, "<= 4", `${fixed(small.page)} ms against ${fixed(small.read)} ms`)
}

async function start() {
  const again = await startSite()
  const cold = again.firstResponse
  await again.stop()
  const warm = []
  for (let round = 0; round < 5; round++) {
    const next = await startSite({ STARTER: "off" })
    warm.push(next.firstResponse)
    await next.stop()
    next.remove()
  }
  again.remove()
  row("cold start to first response, s (empty site, median of 5)", median(warm) / 1000, "< 1", `with the starter pages ${fixed(cold)} ms`)
}

async function newPage(base, title, bearer = token, text = JSON.parse(bodyOf(0, 0))) {
  const response = await fetch(`${base}/api/v1/pages`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${bearer}` },
    body: JSON.stringify({ ...text, title, kind: "article" }),
  })
  if (response.status !== 201) throw new Error(await response.text())
  return (await response.json()).slug
}

async function save(base, slug, times, writer, bearer = token, from = 1) {
  for (let number = from; number < from + times; number++) {
    const response = await fetch(`${base}/api/v1/pages/${slug}`, {
      method: "PUT",
      headers: { "content-type": "application/json", authorization: `Bearer ${bearer}`, "if-match": `"${number}"` },
      body: bodyOf(number, writer),
    })
    const answer = await response.text()
    if (response.status !== 200) throw new Error(`${response.status} ${answer}`)
  }
}

/** A page of about 12 KB in 30 paragraphs, one word of one paragraph different at each number. */
function bodyOf(number, writer) {
  const content = Array.from({ length: 30 }, (_, at) => {
    const edit = at === number % 30 ? ` edit ${number}` : ""
    return { type: "paragraph", attrs: { id: `p${at}` }, content: [{ type: "text", text: paragraph(at, writer) + edit }] }
  })
  return JSON.stringify({ document: { type: "doc", content }, summary: `Edit ${number}` })
}

function paragraph(at, writer) {
  return Array.from({ length: 55 }, (_, word) => WORDS[(at * 7 + word * 11 + writer * 3 + ((word * at) % 5)) % WORDS.length]).join(" ")
}

async function rawBytes(url) {
  const { request } = await import("undici")
  const { body } = await request(url, { headers: { "accept-encoding": "br" } })
  return Buffer.from(await body.arrayBuffer())
}

function staticImports(folder, entry, seen = new Set()) {
  if (seen.has(entry)) return [...seen]
  seen.add(entry)
  const text = readFileSync(join(folder, entry), "utf8")
  for (const [, name] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) staticImports(folder, name, seen)
  return [...seen]
}

function row(what, figure, target, detail) {
  rows.push([what, figure, target, detail])
}

function fixed(number) {
  return number >= 100 ? Math.round(number).toLocaleString("en-US") : number.toFixed(2)
}

function report() {
  for (const [what, figure, target, detail] of rows) {
    console.log(`${fixed(figure).padStart(9)}  ${target.padEnd(8)} ${what}${detail ? ` (${detail})` : ""}`)
  }
}
