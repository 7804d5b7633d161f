import { siteAccount } from "../../accounts/actions.ts"
import type { Context } from "../../context.ts"
import { Cells } from "./cells.ts"
import type { Row, Table } from "./csv.ts"
import type { ListImport } from "./import-facilities.ts"
import { IDENTITY_KEYS, type KnownPlace, KnownPlaces } from "./known.ts"
import type { Mapping } from "./mapping.ts"
import { type Outcome, outcome, type Report } from "./report.ts"
import { SMALLEST_TOLD } from "./small-counts.ts"
import { ensureSourcePage } from "./source-page.ts"
import { listIdentities, listTitles, putTransfers, type Transfer, transfersIn } from "./store.ts"

/** All rows of a list about one pair of pages: several codes may be one page. */
interface Pair {
  from: KnownPlace
  to: KnownPlace
  people: number
  line: number
  name: string
  remarks: string[]
}

/**
 * Takes in how many people were taken from which facility to which, by their codes. What the list said before and says no more is
 * taken out; numbers under five are not kept. A second run changes nothing.
 */
export async function importTransfers(ctx: Context, { table, mapping, isDryRun, onProgress = () => {} }: ListImport): Promise<Report> {
  const pages = (await listTitles(ctx.db.read)).filter(({ kind, deletedAt }) => kind === "facility" && deletedAt === null)
  const known = new KnownPlaces(pages, await listIdentities(ctx.db.read, IDENTITY_KEYS))
  const outcomes: Outcome[] = []
  const pairs = readPairs(table, mapping, known, outcomes)
  const before = new Map((await transfersIn(ctx.db.read, mapping.list)).map((one) => [keyOf(one), one]))
  const fresh: Transfer[] = []
  for (const pair of pairs) {
    const row = transferOf(pair, mapping)
    const old = before.get(keyOf(row))
    before.delete(keyOf(row))
    if (pair.people < SMALLEST_TOLD) {
      outcomes.push(outcome(pair, { result: "skipped", why: `fewer than ${SMALLEST_TOLD} people, which is not told` }))
      if (old) before.set(keyOf(row), old)
    } else if (old && isSame(old, row)) outcomes.push(outcome(pair, { result: "unchanged", slug: pair.from.slug }))
    else {
      fresh.push(row)
      outcomes.push(outcome(pair, { result: old ? "changed" : "made", slug: pair.from.slug, [old ? "updated" : "added"]: [`${row.people} people`] }))
    }
  }
  const gone = [...before.values()]
  if (!isDryRun && fresh.length + gone.length > 0) await write(ctx, mapping, fresh, gone)
  onProgress(1)
  const taken = gone.map(({ fromPage }) => outcome({ line: 0, name: titleOf(known, fromPage), remarks: [] }, { result: "changed", remarks: ["the list tells of these transfers no more"] }))
  return { outcomes: [...outcomes, ...taken].sort((one, other) => one.line - other.line), source: mapping.source.slug }
}

async function write(ctx: Context, mapping: Mapping, fresh: Transfer[], gone: Transfer[]): Promise<void> {
  const author = await siteAccount(ctx, "lists")
  await ensureSourcePage(ctx, author, mapping)
  await ctx.db.write(async (tx) => {
    await putTransfers(tx, mapping.list, fresh, gone)
    for (const page of new Set([...fresh, ...gone].map(({ fromPage }) => fromPage))) {
      await ctx.publish(tx, { type: "neighbour.changed", page, actor: author.id, subject: page })
    }
  })
}

function readPairs(table: Table, mapping: Mapping, known: KnownPlaces, outcomes: Outcome[]): Pair[] {
  const pairs = new Map<string, Pair>()
  for (const row of table.rows) {
    const read = readRow(row, mapping, known)
    if ("why" in read) {
      outcomes.push(outcome({ line: row.line, name: read.name, remarks: [] }, { result: "skipped", why: read.why }))
      continue
    }
    const key = `${read.from.id} ${read.to.id}`
    const pair = pairs.get(key)
    if (!pair) pairs.set(key, read)
    else {
      pair.people += read.people
      pair.remarks.push(`line ${row.line} is about the same two places; added to it`)
    }
  }
  return [...pairs.values()]
}

function readRow(row: Row, { moves, ...mapping }: Mapping, known: KnownPlaces): Pair | { name: string; why: string } {
  const cells = new Cells(row, { moves, ...mapping }, () => {})
  const [from, to, count] = [moves.from, moves.to, moves.count].map((template) => cells.loosely(template))
  const name = `${from || "?"} to ${to || "?"}`
  const places = [from!, to!].map((code) => placeOf(code, known))
  const why = places.find((place) => typeof place === "string")
  if (typeof why === "string") return { name, why }
  const [left, reached] = places as [KnownPlace, KnownPlace]
  if (left.id === reached.id) return { name, why: "both codes are of one page" }
  if (cells.fill(moves.count).state === "withheld") return { name, why: "the number of people is withheld" }
  const digits = count!.replaceAll(",", "")
  if (!/^\d{1,7}$/.test(digits)) return { name, why: `“${count}” is no number of people` }
  return { from: left, to: reached, people: Number(digits), line: row.line, name, remarks: [] }
}

function placeOf(code: string, known: KnownPlaces): KnownPlace | string {
  if (code === "") return "a code is missing"
  const match = known.find({ code, name: "", city: "", state: "" })
  if (!match) return `no page has the code ${code}`
  return "place" in match ? match.place : `several pages have the code ${code}`
}

function transferOf({ from, to, people }: Pair, { asOf, source }: Mapping): Transfer {
  return { fromPage: from.id, toPage: to.id, people, asOf, source: source.slug }
}

function titleOf(known: KnownPlaces, id: string): string {
  return known.get(id)?.title ?? ""
}

function keyOf({ fromPage, toPage }: Transfer): string {
  return `${fromPage} ${toPage}`
}

function isSame(one: Transfer, other: Transfer): boolean {
  return one.people === other.people && one.asOf === other.asOf && one.source === other.source
}
