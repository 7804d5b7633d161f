import { geoDistance } from "d3-geo"
import { headings } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import type { Event } from "../events.ts"
import { findLivePage, readRevision } from "../pages/actions.ts"
import { regions } from "../pages/model.ts"
import type { Transaction } from "../storage/database.ts"
import { type MonthCount, monthsOf } from "./lists/store.ts"
import { readPlace } from "./model.ts"
import type { Month } from "./population-chart.tsx"
import { hasClaim, listPlaces, type PlacedPage } from "./store.ts"

/** Radius of the earth in miles. */
const EARTH = 3_958.8
/** Who looks for a person looks at the next few; beyond this distance nothing is near. */
const NEAREST = 6
const FARTHEST = 250
/** A series of a place within a facility that counts fewer people than this at its height is not drawn. */
const WORTH_DRAWING = 50

export interface Nearby {
  slug: string
  title: string
  region: string | null
  miles: number
}

/** The facilities nearest to a page's own location; none when the page tells of some itself, in a fact or under a heading. */
export async function readNearby(ctx: Context, pageId: string): Promise<Nearby[]> {
  if (await hasClaim(ctx.db.read, pageId, "nearby")) return []
  const places = placesOf(await listPlaces(ctx.db.read))
  const here = places.get(pageId)
  if (!here) return []
  const page = await findLivePage(ctx.db.read, pageId)
  const isTold = page && headings((await readRevision(ctx.db.read, page)).doc).some(({ text }) => /\bnearby\b/i.test(text))
  return isTold ? [] : nearestTo(here, places)
}

/** Reaction: a page that is gone, back or renamed stands on the pages of those around it. */
export async function tellNeighbours(ctx: Context, tx: Transaction, event: Event): Promise<void> {
  const places = placesOf(await listPlaces(tx, { withDeleted: true }))
  const here = places.get(event.page ?? "")
  if (!here) return
  const bySlug = new Map([...places.values()].map((place) => [place.slug, place.id]))
  const around = nearestTo(here, places, NEAREST * 3).flatMap(({ slug }) => bySlug.get(slug) ?? [])
  for (const page of around) await ctx.publish(tx, { type: "neighbour.changed", page, actor: event.actor ?? null, subject: here.id })
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
    .map(({ slug, title, region, point }) => ({ slug, title, region: region && (regions[region] ?? region), miles: Math.round(geoDistance(here.point, point) * EARTH) }))
    .filter(({ miles }) => miles <= FARTHEST)
    .sort((one, other) => one.miles - other.miles || one.title.localeCompare(other.title, "en"))
    .slice(0, most)
}

function grouped(months: MonthCount[]): Map<string, MonthCount[]> {
  const byCode = new Map<string, MonthCount[]>()
  for (const month of months) byCode.set(month.code, [...(byCode.get(month.code) ?? []), month])
  return byCode
}
