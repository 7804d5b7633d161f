import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import type { Page } from "../pages/model.ts"
import type { Viewer } from "../web/viewer.ts"
import { numbersAt } from "./growth.ts"
import { type CheckedFact, REVISION_EVENTS } from "./model.ts"
import type { Readings } from "./readings.ts"
import { findLast, findReading, listCheckedFacts } from "./store.ts"

/** The revision that somebody knows: the one they read before the page changed. Throws `unauthenticated`, `not-found`. */
export async function sinceRead(ctx: Context, viewer: Viewer, page: Page, readings: Readings): Promise<number> {
  const id = requireLogin(viewer, "read last")
  await readings.write()
  const reading = await findReading(ctx.db.read, id, page.id)
  if (!reading) throw new AppError("not-found", "You have not read this page while you were logged in.")
  return reading.revision < page.revision ? reading.revision : (reading.before ?? reading.revision)
}

/** The last revision that somebody made themselves. Throws `unauthenticated`, `not-found`. */
export async function sinceEdit(ctx: Context, viewer: Viewer, page: Page): Promise<number> {
  const actor = requireLogin(viewer, "edited last")
  const last = await findLast(ctx.db.read, page.id, { types: REVISION_EVENTS, actor })
  if (!last) throw new AppError("not-found", "You have not changed this page yet.")
  return Number(last.subject)
}

/**
 * The revision that stood when a fact of the page was checked last: at the moment somebody said so here, or at the end of the day that the
 * fact itself names. Throws `not-found`.
 */
export async function sinceChecked(ctx: Context, page: Page, factId: string): Promise<number> {
  const fact = (await readChecked(ctx, page)).find(({ id }) => id === factId)
  if (!fact) throw new AppError("not-found", "This page has no such fact, or nobody has checked it yet.")
  const check = await findLast(ctx.db.read, page.id, { types: ["fact.checked"], subject: factId })
  // Of a check that somebody noted down here the moment is known, of others the day.
  const time = check?.createdAt.startsWith(fact.checkedOn) ? check.createdAt : `${fact.checkedOn}T23:59:59.999Z`
  const [number = 0] = await numbersAt(ctx.db.read, page, [time])
  return Math.max(1, number)
}

/** The facts of a page since whose last check something may have changed. */
export function readChecked(ctx: Context, page: Page): Promise<CheckedFact[]> {
  return listCheckedFacts(ctx.db.read, page.id)
}

function requireLogin(viewer: Viewer, what: string): string {
  if (viewer.id === null) throw new AppError("unauthenticated", `Log in to see what changed since you ${what}.`)
  return viewer.id
}
