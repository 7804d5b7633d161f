import { geoDistance } from "d3-geo"
import { headings } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import type { Event } from "../events.ts"
import { findLivePage, readRevision } from "../pages/actions.ts"
import { regions } from "../pages/model.ts"
import type { Transaction } from "../storage/database.ts"
import { type MonthCount, monthsOf, pagesBefore, transfersFrom } from "./lists/store.ts"
import { readPlace } from "./model.ts"
import type { Month } from "./population-chart.tsx"
import { listPlaces, type PlacedPage, qualifiersOf } from "./store.ts"

/** Radius of the earth in miles. */
const EARTH = 3_958.8
/** Who looks for a person looks at the next few; beyond this distance nothing is near. */
const NEAREST = 6
const FARTHEST = 250
/** Facts of other centers that are so qualified tell where people are taken. */
const BY_TRANSFERS = /\btransfers?\b/i
/** A series of a place within a facility that counts fewer people than this at its height is not drawn. */
const WORTH_DRAWING = 50

export interface Nearby {
  slug: string
  title: string
  region: string | null
  miles: number
}

/** Where people were taken from a facility, by the newest list that tells of it. */
export interface Moves {
  places: { slug: string; title: string; region: string | null; people: number }[]
  asOf: string
  source: string
}

export interface Around {
  near: Nearby[]
  moves: Moves | null
}

/**
 * The facilities nearest to a page's own location, and those that people are taken to from here. What the page tells itself goes
 * before: facts of nearby centers, or a heading, take the place of the distances; facts qualified by "transfers" that of these.
 */
export async function readAround(ctx: Context, pageId: string): Promise<Around> {
  const told = await qualifiersOf(ctx.db.read, pageId, "nearby")
  const byHand = told.filter((qualifier) => BY_TRANSFERS.test(qualifier)).length
  const moves = byHand > 0 ? null : await readMoves(ctx, pageId)
  return { near: told.length > byHand ? [] : await readNear(ctx, pageId), moves }
}

async function readNear(ctx: Context, pageId: string): Promise<Nearby[]> {
  const places = placesOf(await listPlaces(ctx.db.read))
  const here = places.get(pageId)
  if (!here) return []
  const page = await findLivePage(ctx.db.read, pageId)
  const isTold = page && headings((await readRevision(ctx.db.read, page)).doc).some(({ text }) => /\bnearby\b/i.test(text))
  return isTold ? [] : nearestTo(here, places)
}

async function readMoves(ctx: Context, pageId: string): Promise<Moves | null> {
  const rows = await transfersFrom(ctx.db.read, pageId)
  const [first] = rows
  if (!first) return null
  const places = rows.filter(({ list }) => list === first.list).slice(0, NEAREST)
  return {
    places: places.map(({ slug, title, region, people }) => ({ slug, title, region: regionOf(region), people })),
    asOf: first.asOf,
    source: first.source,
  }
}

/** Reaction: a page that is gone, back or renamed stands on the pages of those around it. */
export async function tellNeighbours(ctx: Context, tx: Transaction, event: Event): Promise<void> {
  const { page: subject = "", actor = null } = event
  const places = placesOf(await listPlaces(tx, { withDeleted: true }))
  const here = places.get(subject)
  const bySlug = new Map([...places.values()].map((place) => [place.slug, place.id]))
  const around = here ? nearestTo(here, places, NEAREST * 3).flatMap(({ slug }) => bySlug.get(slug) ?? []) : []
  for (const page of new Set([...around, ...(await pagesBefore(tx, subject))])) await ctx.publish(tx, { type: "neighbour.changed", page, actor, subject })
}

/** The monthly counts of a facility: its own first, then those of places within it that many people passed through. */
export async function readSeries(ctx: Context, pageId: string): Promise<{ name: string; source: string; months: Month[] }[]> {
  const byCode = grouped(await monthsOf(ctx.db.read, pageId))
  const series = [...byCode].map(([code, months]) => ({
    code,
    source: months[0]!.source,
    height: Math.max(...months.map(({ highest }) => highest)),
    months: months.map(({ month, mean, highest }) => ({ month, mean: Number(mean), highest })),
  }))
  const drawn = series.sort((one, other) => other.height - one.height).filter(({ height }, index) => index === 0 || height >= WORTH_DRAWING)
  return drawn.map(({ code, months, source }) => ({ name: drawn.length > 1 ? code : "People held", months, source }))
}

interface At extends PlacedPage {
  point: [longitude: number, latitude: number]
}

// The first location of a page is its own; further ones are of places within it.
function placesOf(rows: readonly PlacedPage[]): Map<string, At> {
  const places = new Map<string, At>()
  for (const row of rows) {
    const place = readPlace(row.text)
    const known = places.get(row.id)
    if (place && (!known || (known.qualifier !== "" && row.qualifier === ""))) places.set(row.id, { ...row, point: [place.longitude, place.latitude] })
  }
  return places
}

function nearestTo(here: At, places: Map<string, At>, most = NEAREST): Nearby[] {
  return [...places.values()]
    .filter(({ id }) => id !== here.id)
    .map(({ slug, title, region, point }) => ({ slug, title, region: regionOf(region), miles: Math.round(geoDistance(here.point, point) * EARTH) }))
    .filter(({ miles }) => miles <= FARTHEST)
    .sort((one, other) => one.miles - other.miles || one.title.localeCompare(other.title, "en"))
    .slice(0, most)
}

function regionOf(code: string | null): string | null {
  return code && (regions[code] ?? code)
}

function grouped(months: MonthCount[]): Map<string, MonthCount[]> {
  const byCode = new Map<string, MonthCount[]>()
  for (const month of months) byCode.set(month.code, [...(byCode.get(month.code) ?? []), month])
  return byCode
}
