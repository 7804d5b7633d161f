import type { FastifyReply, FastifyRequest } from "fastify"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import { readPage } from "../pages/actions.ts"
import type { Page } from "../pages/model.ts"
import { readCursor } from "../web/cursor.ts"
import { wholeNumber } from "../web/query.ts"

/** What the requests of the API hold, as their schemas have checked it. */
export interface Asked {
  Params: { slug: string; number: string; id: string }
  Querystring: Record<"kind" | "state" | "after" | "limit" | "page" | "key" | "from" | "to" | "q" | "view", string | undefined>
}

/** Items in one answer unless told otherwise, and the most that can be told. */
const ITEMS = { usual: 50, most: 200 }

/** Before the slug in every address of a page. */
const PAGES = "/api/v1/pages/"

/** How many items are wanted. */
export function limitAsked(limit: string | undefined): number {
  return Math.max(1, Math.min(ITEMS.most, wholeNumber(limit) ?? ITEMS.usual))
}

/** The texts of a cursor, or null when none was sent. Throws `malformed`. */
export function placeAsked(after: string | undefined, count: number): string[] | null {
  return after === undefined || after === "" ? null : readCursor(after, count)
}

/** The number in a cursor that holds nothing else, 0 without one. Throws `malformed`. */
export function numberAsked(after: string | undefined): number {
  const place = placeAsked(after, 1)
  if (!place) return 0
  const number = wholeNumber(place[0])
  if (number === undefined) throw new AppError("malformed", "The cursor in `after` is not one that this list gave.")
  return number
}

/** The page that the address names; null when it has another address now, to which the asker has been sent. Throws as `readPage`. */
export async function pageAsked(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<Page | null> {
  const { slug } = request.params as { slug: string }
  const page = await readPage(ctx, request.viewer, slug)
  if (page.slug === slug || (request.method !== "GET" && request.method !== "HEAD")) return page
  const rest = /^[^/?#]*(.*)$/s.exec(request.url.slice(PAGES.length))?.[1] ?? ""
  await reply.code(301).header("location", addressOf(page) + rest).send()
  return null
}

/** Where the API has a page. */
export function addressOf(page: Pick<Page, "slug">): string {
  return PAGES + encodeURIComponent(page.slug)
}
