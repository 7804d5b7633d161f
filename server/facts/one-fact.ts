import type { Context } from "../context.ts"
import { notFound } from "../errors.ts"
import { readPage } from "../pages/actions.ts"
import type { Page } from "../pages/model.ts"
import type { Viewer } from "../web/viewer.ts"
import { digestOf, type FactCheck } from "./checks/model.ts"
import { listChecks, rolesOf } from "./checks/store.ts"
import { contested } from "./contested.ts"
import { type Point, pointsOf, readVersions, type Version } from "./history.ts"
import type { FactRow } from "./model.ts"
import { findFacts } from "./store.ts"

/** A check as readers are told of it: who by role, never by name. */
export interface ToldCheck extends FactCheck {
  role: string
  /** Whether it was of what the fact says now. */
  isCurrent: boolean
}

/** All there is to know of one fact. */
export interface OneFact {
  page: Page
  /** What it says now; null when it was taken from the page. */
  row: FactRow | null
  /** What it said last: the same as `row` while it stands on the page. */
  last: FactRow
  rivals: FactRow[]
  /** The other claims of its kind on the page. */
  others: FactRow[]
  versions: Version[]
  complete: boolean
  checks: ToldCheck[]
  points: Point[]
}

/** One fact with its claims, checks and past. Throws `not-found`, `gone`. */
export async function readOneFact(ctx: Context, viewer: Viewer, slug: string, id: string): Promise<OneFact> {
  const page = await readPage(ctx, viewer, slug)
  const rows = await findFacts(ctx.db.read, page.id)
  const row = rows.find((one) => one.id === id) ?? null
  const { versions, complete } = await readVersions(ctx, page, id)
  const last = row ?? versions.find((version) => version.row)?.row
  if (!last) throw notFound("fact")
  const others = last.key === "" ? [] : rows.filter((other) => other.id !== id && other.key === last.key)
  return {
    page, row, last, others, versions, complete,
    rivals: contested(rows).get(id) ?? [],
    checks: await toldChecks(ctx, page, id, row),
    points: pointsOf([...claimsOf(versions), ...claimsNow(page, row ? [row, ...others] : others)]),
  } // prettier-ignore
}

async function toldChecks(ctx: Context, page: Page, id: string, row: FactRow | null): Promise<ToldCheck[]> {
  const checks = await listChecks(ctx.db.read, page.id, id)
  const roles = await rolesOf(ctx.db.read, checks.flatMap(({ checkerId }) => checkerId ?? []))
  const digest = row && digestOf(row)
  return checks.map((check) => ({ ...check, role: roles.get(check.checkerId ?? "") ?? "reader", isCurrent: check.digest === digest })).reverse()
}

function claimsOf(versions: Version[]): { row: FactRow; writtenOn: string }[] {
  return versions.flatMap(({ row, revision }) => (row ? [{ row, writtenOn: revision.createdAt.slice(0, 10) }] : []))
}

// A claim without a date of its own was there when the page was last saved at the latest.
function claimsNow(page: Page, rows: FactRow[]): { row: FactRow; writtenOn: string }[] {
  return rows.filter(({ asOf }) => asOf !== "").map((row) => ({ row, writtenOn: page.updatedAt.slice(0, 10) }))
}
