import { type Freshness, freshness } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import { notFound } from "../errors.ts"
import { readOverdue, type OverdueFact } from "../facts/actions.ts"
import { type Change, readChanges } from "../history/actions.ts"
import type { Database } from "../storage/database.ts"
import { pagesChangedSince } from "../storage/events.ts"
import {
  bestClaim,
  type Choice,
  choices,
  type Claim,
  everything,
  type Facility,
  type FacilityFilter,
  isWanted,
  type PageLine,
  plainClaim,
  populationClaim,
  readPlace,
  regionName,
} from "./model.ts"
import { countByRegion, countPages, listAddresses, listChecked, listClaims, listFacilities } from "./store.ts"

/** Changes, and facts to check, on the first page. */
const ON_HOME = 10
/** Facts to check of one page, so that one old page does not fill the list. */
const OF_ONE_PAGE = 2
/** The most addresses one sitemap may have (sitemaps.org). */
const IN_SITEMAP = 50_000

export interface Home {
  changes: Change[]
  regions: RegionCount[]
  overdue: OverdueFact[]
  /** All of them, for the map. */
  facilities: Facility[]
}

export interface RegionCount {
  code: string
  name: string
  count: number
}

/** What the first page tells. */
export async function readHome(ctx: Context): Promise<Home> {
  const { changes } = await readChanges(ctx, { limit: ON_HOME })
  const overdue = await readOverdue(ctx, { limit: ON_HOME, perPage: OF_ONE_PAGE })
  const { facilities } = await readFacilities(ctx, everything)
  return { changes, regions: await readRegions(ctx), overdue, facilities }
}

/** The states that have facilities, by name; those without a known state last, under "none". */
export async function readRegions(ctx: Context): Promise<RegionCount[]> {
  const counts = await countByRegion(ctx.db.read)
  const known = counts.filter(({ region }) => region !== null).map(({ region, count }) => ({ code: region!, name: regionName(region), count }))
  const unknown = counts.filter(({ region }) => region === null).map(({ count }) => ({ code: "none", name: regionName(null), count }))
  return [...known.sort((one, other) => one.name.localeCompare(other.name, "en")), ...unknown]
}

export interface Directory {
  /** Those wanted, by title. */
  facilities: Facility[]
  /** Every status, operator, type and field office there is, for the filters. */
  options: Record<Choice, string[]>
}

/** The facilities that `filter` wants. There are about a thousand in the country, so they are looked through here. */
export async function readFacilities(ctx: Context, filter: FacilityFilter): Promise<Directory> {
  const all = await allFacilities(ctx)
  const valuesOf = (name: Choice) => [...new Set(all.flatMap((facility) => facility[name] ?? []))].sort((one, other) => one.localeCompare(other, "en"))
  const options = Object.fromEntries(choices.map((name) => [name, valuesOf(name)])) as Record<Choice, string[]>
  return { facilities: all.filter((facility) => isWanted(facility, filter)), options }
}

/** How many sitemaps the site needs. */
export async function countSitemaps(ctx: Context): Promise<number> {
  return Math.max(1, Math.ceil((await countPages(ctx.db.read)) / IN_SITEMAP))
}

/** The pages of one sitemap, counted from 1. Throws `not-found` when there are not so many. */
export async function readSitemap(ctx: Context, number: number): Promise<{ slug: string; updatedAt: string }[]> {
  if (number < 1 || number > (await countSitemaps(ctx))) throw notFound("sitemap")
  return listAddresses(ctx.db.read, { limit: IN_SITEMAP, offset: (number - 1) * IN_SITEMAP })
}

/** What was read last: with the state of the database and the number of the last event that it holds for, and the day, because checks age. */
interface Kept {
  stamp: number | string
  seq: number
  day: string
  byId: Map<string, Facility>
}

/** Every filter looks through the same. */
const kept = new WeakMap<Database, Kept>()
/** Beyond so many pages that changed, all are read at once. */
const FEW = 100

// A save changes one page of a thousand: only what the events since then concern is read again.
async function allFacilities(ctx: Context): Promise<Facility[]> {
  const [stamp, day] = [await ctx.db.stamp(), ctx.clock().toISOString().slice(0, 10)]
  const known = kept.get(ctx.db)
  if (known?.stamp === stamp && known.day === day) return [...known.byId.values()]
  const before = known?.day === day ? known : undefined
  const { seq, pages } = await pagesChangedSince(ctx.db.read, before?.seq ?? -1)
  const lines = await listFacilities(ctx.db.read)
  const stale = lines.filter(({ id }) => !before?.byId.has(id) || pages.has(id)).map(({ id }) => id)
  const fresh = await readFresh(ctx, stale)
  const byId = new Map(lines.map(({ id, ...line }) => [id, fresh(id, line) ?? { ...before!.byId.get(id)!, ...line }]))
  kept.set(ctx.db, { stamp, seq, day, byId })
  return [...byId.values()]
}

/** Makes the facilities of these ids; null for any other. */
async function readFresh(ctx: Context, ids: readonly string[]): Promise<(id: string, line: Line) => Facility | null> {
  const among = ids.length > FEW ? undefined : ids
  const claims = groupByPage(await listClaims(ctx.db.read, among))
  const checked = await lastChecks(ctx, among)
  const wanted = new Set(ids)
  return (id, line) => (wanted.has(id) ? facilityOf(line, claims.get(id) ?? [], checked.get(id) ?? NEVER) : null)
}

const NEVER: Freshness = { state: "never", text: "never checked" }

/** For each page, how long ago the last check of any of its facts was. */
async function lastChecks(ctx: Context, among?: readonly string[]): Promise<Map<string, Freshness>> {
  const today = ctx.clock().toISOString().slice(0, 10)
  const last = new Map<string, { key: string; checkedOn: string }>()
  for (const { pageId, ...check } of await listChecked(ctx.db.read, among)) {
    if (check.checkedOn > (last.get(pageId)?.checkedOn ?? "")) last.set(pageId, check)
  }
  return new Map([...last].map(([pageId, { key, checkedOn }]) => [pageId, freshness({ key, checked: checkedOn }, today)]))
}

function groupByPage(claims: Claim[]): Map<string, Claim[]> {
  const byPage = new Map<string, Claim[]>()
  for (const claim of claims) {
    const known = byPage.get(claim.pageId)
    if (known) known.push(claim)
    else byPage.set(claim.pageId, [claim])
  }
  return byPage
}

type Line = PageLine & { region: string | null }

function facilityOf(line: Line, claims: Claim[], checked: Freshness): Facility {
  const population = populationClaim(claims)
  const digits = /^\D{0,10}(\d[\d,]{0,12})/.exec(population?.text ?? "")?.[1]
  return {
    ...line,
    status: bestClaim(claims, "status")?.text ?? null,
    population: population?.text ?? null,
    populationAsOf: population?.asOf || null,
    held: digits === undefined ? null : Number(digits.replaceAll(",", "")),
    type: plainClaim(claims, "facility_type")?.text ?? null,
    operator: plainClaim(claims, "operator")?.text ?? null,
    office: plainClaim(claims, "field_office")?.text ?? null,
    place: readPlace(plainClaim(claims, "coordinates")?.text ?? ""),
    checked,
    names: claims.filter(({ key }) => ["alias", "agency_code", "name"].includes(key)).map(({ text }) => text),
  }
}
