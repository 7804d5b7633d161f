import type { Node } from "prosemirror-model"
import { siteAccount } from "../../accounts/actions.ts"
import { ensureIds, InvalidDocument, parsePage, writtenText } from "../../../editor/document/index.ts"
import type { Context } from "../../context.ts"
import { AppError } from "../../errors.ts"
import { beginPage, findLivePage, putRevision, readRevision } from "../../pages/actions.ts"
import { titleKey } from "../../pages/model.ts"
import type { Reader, Transaction } from "../../storage/database.ts"
import { type User, visitor } from "../../web/viewer.ts"
import { type Added, addFacts } from "./add-facts.ts"
import type { Table } from "./csv.ts"
import { nameKey } from "./folding.ts"
import { IDENTITY_KEYS, type KnownPlace, KnownPlaces } from "./known.ts"
import type { Mapping } from "./mapping.ts"
import { factsFor, freeTitle, newPage } from "./new-place.ts"
import { factName, type ListedPlace, readPlace, saidOf } from "./place.ts"
import { type Outcome, outcome, type Report } from "./report.ts"
import { citationOf, ensureSourcePage } from "./source-page.ts"
import { listIdentities, listTitles, rememberRow, type RememberedRow, rowsOf } from "./store.ts"

/** Pages in one transaction: enough that the disk is not what takes the time, few enough that others can save in between. */
const BATCH = 40

export interface ListImport {
  table: Table
  mapping: Mapping
  /** Nothing is written; the report says what would be. */
  isDryRun: boolean
  onProgress?: (part: number) => void
}

/** Rows of one page, which get one revision together. */
interface Group {
  page: KnownPlace | null
  title: string
  rows: { place: ListedPlace; said: Record<string, string>; before: Record<string, string> }[]
}

/**
 * Takes a list of facilities in: a page for each place that has none, and on the others what the list says beside what
 * stands there (see `addFacts`), one revision a page, by the site's account for lists, the source cited. A second run changes nothing.
 */
export async function importFacilities(ctx: Context, { table, mapping, isDryRun, onProgress = () => {} }: ListImport): Promise<Report> {
  const author = isDryRun ? { ...visitor, id: "", name: "" } : await siteAccount(ctx, "lists")
  const { groups, outcomes } = await sortRows(ctx, table, mapping)
  const earlier = await earlierEdition(ctx, mapping)
  if (!isDryRun && groups.length > 0) await ensureSourcePage(ctx, author as User, mapping)
  for (let at = 0; at < groups.length; at += BATCH) {
    const batch = groups.slice(at, at + BATCH)
    const work = async (db: Reader | Transaction, tx: Transaction | null) => {
      const done: Outcome[] = []
      for (const group of batch) done.push(...(await takeIn(ctx, db, tx, author as User, { mapping, earlier }, group)))
      return done
    }
    outcomes.push(...(isDryRun ? await work(ctx.db.read, null) : await ctx.db.write((tx) => work(tx, tx))))
    onProgress((at + batch.length) / groups.length)
  }
  return { outcomes: outcomes.sort((one, other) => one.line - other.line), source: mapping.source.slug }
}

/** A list with what the edition before it said, by page. */
interface List {
  mapping: Mapping
  earlier: Map<string, Record<string, string>>
}

async function earlierEdition(ctx: Context, { follows }: Mapping): Promise<List["earlier"]> {
  const rows = follows ? await rowsOf(ctx.db.read, follows.list) : []
  return new Map(rows.map(({ pageId, said }) => [pageId, said]))
}

/** Which page each row is of. Rows that cannot be placed, and those that say what they said before, are done with here. */
async function sortRows(ctx: Context, table: Table, mapping: Mapping): Promise<{ groups: Group[]; outcomes: Outcome[] }> {
  const pages = await listTitles(ctx.db.read)
  const facilities = pages.filter(({ kind, deletedAt }) => kind === "facility" && deletedAt === null)
  const known = new KnownPlaces(facilities, await listIdentities(ctx.db.read, IDENTITY_KEYS))
  const remembered = new Map((await rowsOf(ctx.db.read, mapping.list)).map((row) => [row.rowKey, row]))
  const taken = new Set(pages.map((page) => page.titleKey))
  const places = table.rows.map((row) => readPlace(row, mapping))
  const shared = sharedNames(places)
  const groups = new Map<string, Group>()
  const outcomes: Outcome[] = []
  const seen = new Map<string, number>()
  for (const place of places) {
    const said = saidBy(place)
    const placed = seat(place, said, { known, remembered: remembered.get(place.key), seen })
    seen.set(place.key, seen.get(place.key) ?? place.line)
    if ("result" in placed) outcomes.push(placed)
    else {
      const title = placed.page?.title ?? freeTitle(place, taken, shared)
      if (title === null) outcomes.push(outcome(place, { result: "skipped", why: "another page has its name already" }))
      else {
        taken.add(titleKey(title))
        const key = placed.page?.id ?? `new ${place.key}`
        const group = groups.get(key) ?? { page: placed.page, title, rows: [] }
        group.rows.push({ place, said, before: remembered.get(place.key)?.said ?? {} })
        groups.set(key, group)
      }
    }
  }
  return { groups: [...groups.values()], outcomes }
}

interface Seating {
  known: KnownPlaces
  remembered: RememberedRow | undefined
  /** Keys of earlier rows, with their lines. */
  seen: Map<string, number>
}

function seat(place: ListedPlace, said: Record<string, string>, { known, remembered, seen }: Seating): Outcome | { page: KnownPlace | null } {
  const skipped = (why: string) => outcome(place, { result: "skipped", why })
  if (place.name === "") return skipped("there is no name")
  const earlier = seen.get(place.key)
  if (earlier !== undefined) return skipped(`line ${earlier} is about the same place (${place.key})`)
  if (remembered) {
    const page = known.get(remembered.pageId)
    if (!page) return skipped("its page was deleted, or is no longer a facility's")
    return isSame(said, remembered.said) ? outcome(place, { result: "unchanged", slug: page.slug }) : { page }
  }
  const address = place.facts.find(({ key }) => key === "street_address")?.value
  const match = known.find({ ...place, ...(address !== undefined && { address }) })
  if (match && "several" in match) return skipped(`it could be any of these pages: ${match.several.map(({ title }) => title).join("; ")}`)
  return { page: match?.place ?? null }
}

/** Puts the rows of one page on it. Without a transaction it is only found out what would happen. */
async function takeIn(ctx: Context, db: Reader | Transaction, tx: Transaction | null, author: User, list: List, group: Group): Promise<Outcome[]> {
  try {
    const { slug, id, parts } = await write(ctx, db, tx, author, list, group)
    if (tx) for (const { place, said } of group.rows) await rememberRow(tx, list.mapping.list, { rowKey: place.key, pageId: id, said }, ctx.clock().toISOString())
    return group.rows.map(({ place }, index) => {
      const { added, updated, contested } = parts[index]!
      const isTouched = added.length + updated.length + contested.length > 0
      const result = !group.page ? "made" : isTouched ? "changed" : "unchanged"
      return outcome(place, { result, slug, added, updated, contested })
    })
  } catch (error) {
    // What is refused is refused before anything of it is written, so the rest of the batch goes on.
    if (!(error instanceof AppError) && !(error instanceof InvalidDocument)) throw error
    return group.rows.map(({ place }) => outcome(place, { result: "skipped", why: error.message, slug: group.page?.slug ?? null }))
  }
}

async function write(ctx: Context, db: Reader | Transaction, tx: Transaction | null, author: User, list: List, group: Group) {
  const { mapping } = list
  const page = group.page && ((await findLivePage(db, group.page.id)) ?? gone())
  if (page && page.protection !== "open") throw new AppError("forbidden", "the page is protected; a moderator has to add what the list says")
  const head = page && (await readRevision(db, page))
  const { doc, parts } = withFacts(head?.doc ?? newPage(group.rows[0]!.place), list, group)
  const summary = `From “${mapping.source.title}”`
  const checked = doc === head?.doc ? doc : check(ctx, doc, head?.doc ?? null, { title: group.title, summary })
  const isTouched = checked !== head?.doc
  if (!tx || (head && !isTouched)) return { slug: page?.slug ?? null, id: page?.id ?? "", parts }
  const at = head
    ? await putRevision(ctx, tx, author, head, checked, summary)
    : await beginPage(ctx, tx, author, { title: group.title, kind: "facility", doc: checked, summary })
  return { slug: at.page.slug, id: at.page.id, parts }
}

function withFacts(doc: Node, { mapping, earlier }: List, group: Group): { doc: Node; parts: Added[] } {
  const parts: Added[] = []
  for (const { place, before } of group.rows) {
    const cite = citationOf(mapping, place.code || place.name)
    const edition = mapping.follows && { slug: mapping.follows.slug, said: earlier.get(group.page?.id ?? "") ?? {} }
    const part = addFacts(doc, factsFor(place, group.page), { cite, said: before, earlier: edition })
    doc = part.doc
    parts.push(part)
  }
  return { doc, parts }
}

/** The document as it may be stored. Throws `invalid` for personal data, `InvalidDocument` for what no page can hold. */
function check(ctx: Context, doc: Node, before: Node | null, { title, summary }: { title: string; summary: string }): Node {
  const whole = parsePage(ensureIds(doc, ctx.ids).toJSON())
  const known = new Set(before?.children ?? [])
  const fresh = doc.children.filter((block) => !known.has(block)).map(writtenText).join("\n")
  ctx.screen({ kind: "edit", fields: { title, text: fresh, summary }, ...(before && { published: writtenText(before) }) })
  return whole
}

function saidBy(place: ListedPlace): Record<string, string> {
  return Object.fromEntries([["name", place.name], ["code", place.code], ...place.facts.map((fact) => [factName(fact), saidOf(fact)])])
}

function sharedNames(places: readonly ListedPlace[]): Set<string> {
  const seen = new Set<string>()
  return new Set(places.map(({ name }) => nameKey(name)).filter((key) => seen.has(key) || !seen.add(key)))
}

function isSame(one: Record<string, string>, other: Record<string, string>): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
}

function gone(): never {
  throw new AppError("gone", "its page was deleted in the meantime")
}
