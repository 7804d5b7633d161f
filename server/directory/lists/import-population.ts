import { siteAccount } from "../../accounts/actions.ts"
import { ensureIds, parsePage, readSingleDate, readValue } from "../../../editor/document/index.ts"
import type { Context } from "../../context.ts"
import { findLivePage, putRevision, readRevision } from "../../pages/actions.ts"
import type { Transaction } from "../../storage/database.ts"
import type { User } from "../../web/viewer.ts"
import { addFacts } from "./add-facts.ts"
import { Cells } from "./cells.ts"
import type { Row, Table } from "./csv.ts"
import type { ListImport } from "./import-facilities.ts"
import { IDENTITY_KEYS, type KnownPlace, KnownPlaces } from "./known.ts"
import type { Mapping } from "./mapping.ts"
import { factName, type ListedFact, saidOf } from "./place.ts"
import { type Outcome, outcome, type Report } from "./report.ts"
import { citationOf, ensureSourcePage } from "./source-page.ts"
import { listIdentities, listTitles, type MonthCount, monthsOf, putMonths, rememberRow, rowsOf } from "./store.ts"

/** Series in one transaction. */
const BATCH = 40

/** The counts under one code. */
interface Series {
  code: string
  name: string
  /** The line of its first row. */
  line: number
  months: MonthCount[]
  remarks: string[]
}

/**
 * Takes monthly counts of people in: the series are kept for the chart of each page, and the newest mean and the highest count
 * stand as facts. A series is of the page that has its code, or else alone has its name. A second run changes nothing.
 */
export async function importPopulation(ctx: Context, { table, mapping, isDryRun, onProgress = () => {} }: ListImport): Promise<Report> {
  const pages = (await listTitles(ctx.db.read)).filter(({ kind, deletedAt }) => kind === "facility" && deletedAt === null)
  const known = new KnownPlaces(pages, await listIdentities(ctx.db.read, IDENTITY_KEYS))
  const remembered = new Map((await rowsOf(ctx.db.read, mapping.list)).map((row) => [row.rowKey, row.said]))
  const outcomes: Outcome[] = []
  const placed: { series: Series; page: KnownPlace }[] = []
  for (const series of readSeries(table, mapping, outcomes)) {
    const page = pageOf(series, known)
    if (typeof page === "string") outcomes.push(outcome(series, { result: "skipped", why: page }))
    else placed.push({ series, page })
  }
  const author = isDryRun ? null : await siteAccount(ctx, "lists")
  if (author && placed.length > 0) await ensureSourcePage(ctx, author, mapping)
  for (let at = 0; at < placed.length; at += BATCH) {
    const batch = placed.slice(at, at + BATCH)
    const work = async (tx: Transaction | null) => {
      const done: Outcome[] = []
      for (const { series, page } of batch) done.push(await takeIn(ctx, tx, author, mapping, { series, page, before: remembered.get(series.code) ?? {} }))
      return done
    }
    outcomes.push(...(author ? await ctx.db.write(work) : await work(null)))
    onProgress((at + batch.length) / placed.length)
  }
  return { outcomes: outcomes.sort((one, other) => one.line - other.line), source: mapping.source.slug }
}

function pageOf({ code, name }: Series, known: KnownPlaces): KnownPlace | string {
  const match = known.find({ code, name: "", city: "", state: "" })
  if (match) return "place" in match ? match.place : `several pages have the code ${code}`
  const named = known.named(name).filter(({ codes }) => codes.length === 0)
  return named.length === 1 ? named[0]! : `no page has the code ${code}${known.named(name).length > 0 ? ", and its name may be that of another place" : ""}`
}

interface Work {
  series: Series
  page: KnownPlace
  before: Record<string, string>
}

async function takeIn(ctx: Context, tx: Transaction | null, author: User | null, mapping: Mapping, { series, page, before }: Work): Promise<Outcome> {
  const db = tx ?? ctx.db.read
  const stored = new Map((await monthsOf(db, page.id)).filter(({ code }) => code === series.code).map((month) => [month.month, month]))
  const fresh = series.months.filter((month) => !isSame(month, stored.get(month.month)))
  const facts = factsOf(series, page)
  const said = Object.fromEntries(facts.map((fact) => [factName(fact), saidOf(fact)]))
  const isNews = facts.some((fact) => before[factName(fact)] !== saidOf(fact))
  if (fresh.length === 0 && !isNews) return outcome(series, { result: "unchanged", slug: page.slug })
  const livePage = await findLivePage(db, page.id)
  if (!livePage) return outcome(series, { result: "skipped", why: "its page was deleted in the meantime" })
  const head = await readRevision(db, livePage)
  const part = addFacts(head.doc, facts, { cite: citationOf(mapping, series.code), said: before })
  const isProtected = livePage.protection !== "open"
  const remarks = isProtected && part.doc !== head.doc ? [...series.remarks, "the page is protected; its facts were left as they are"] : series.remarks
  if (tx && author) {
    if (part.doc !== head.doc && !isProtected) {
      const doc = parsePage(ensureIds(part.doc, ctx.ids).toJSON())
      await putRevision(ctx, tx, author, head, doc, `From “${mapping.source.title}”`)
    }
    await putMonths(tx, page.id, fresh)
    if (fresh.length > 0) await ctx.publish(tx, { type: "population.counted", page: page.id, actor: author.id, subject: series.code })
    await rememberRow(tx, mapping.list, { rowKey: series.code, pageId: page.id, said }, ctx.clock().toISOString())
  }
  const { added, updated, contested } = part
  return outcome({ ...series, remarks }, { result: "changed", slug: page.slug, added: [...added, `${fresh.length} months`], updated, contested })
}

/** The newest mean and the highest count, of the code that is the page's own. */
function factsOf({ code, months }: Series, { codes }: KnownPlace): ListedFact[] {
  const last = months.at(-1)
  if (!last || (codes.length > 0 && codes[0] !== code.toUpperCase())) return []
  const highest = months.reduce((most, month) => (month.highest > most.highest ? month : most))
  return [
    count("People held, average night", Math.round(Number(last.mean)), last.month),
    count("Most people held in one night", highest.highest, highest.month),
  ].flatMap((fact) => fact ?? [])
}

function count(label: string, people: number, month: string): ListedFact | null {
  const reading = readValue("number", `${people} ${people === 1 ? "person" : "people"}`)
  return reading.ok ? { key: "population", type: "number", label, qualifier: "", state: "known", value: reading.value, asOf: month } : null
}

function readSeries(table: Table, mapping: Mapping, outcomes: Outcome[]): Series[] {
  const byCode = new Map<string, Series>()
  for (const row of table.rows) {
    const read = readMonth(row, mapping)
    if ("why" in read) {
      outcomes.push(outcome({ line: row.line, name: read.name, remarks: [] }, { result: "skipped", why: read.why }))
      continue
    }
    const series = byCode.get(read.month.code) ?? { code: read.month.code, name: read.name, line: row.line, months: [], remarks: [] }
    if (series.months.some(({ month }) => month === read.month.month)) series.remarks.push(`line ${row.line} tells ${read.month.month} a second time; left out`)
    else series.months.push(read.month)
    byCode.set(series.code, series)
  }
  for (const { months } of byCode.values()) months.sort((one, other) => one.month.localeCompare(other.month, "en"))
  return [...byCode.values()]
}

function readMonth(row: Row, mapping: Mapping): { name: string; month: MonthCount } | { name: string; why: string } {
  const { counts, code, name, source } = mapping
  const cells = new Cells(row, mapping, () => {})
  const text = (template: string) => cells.loosely(template)
  const refused = (why: string) => ({ name: text(name), why })
  const month = readSingleDate(text(counts.month))
  if (!month.ok || month.value.length !== 7) return refused(`“${text(counts.month)}” is no month`)
  if (text(code) === "") return refused("there is no code")
  const [mean, highest, days] = [counts.mean, counts.highest, counts.days].map((template) => text(template).replaceAll(",", ""))
  if (!/^\d{1,7}(?:\.\d{1,6})?$/.test(mean!) || !/^\d{1,7}$/.test(highest!)) return refused(`${month.value} has no numbers of people: “${mean}”, “${highest}”`)
  return {
    name: text(name),
    month: { code: text(code), month: month.value, mean: Number(mean).toFixed(1), highest: Number(highest), days: /^\d{1,2}$/.test(days!) ? Number(days) : 0, source: source.slug },
  }
}

function isSame(one: MonthCount, other: MonthCount | undefined): boolean {
  return other !== undefined && one.mean === other.mean && one.highest === other.highest && one.days === other.days && one.source === other.source
}
