import { fromHtml, toText } from "../../../editor/document/index.ts"
import { findAccount } from "../../accounts/actions.ts"
import type { Context } from "../../context.ts"
import { AppError } from "../../errors.ts"
import { wiki } from "../../pages/model.ts"
import { hiddenOfAll } from "../../pages/redactions/actions.ts"
import { HIDDEN_NAME, maskWords } from "../../pages/redactions/model.ts"
import { renderFragment } from "../../web/html.tsx"
import { LogAct } from "../log-views.tsx"
import type { LogEntry } from "../model.ts"
import { listLog } from "../store.ts"
import { ACT_GROUPS, type LogFilter } from "./model.ts"

const SIZE = 50

/** The public record of moderators' acts, newest first, without what is hidden; `next` is the number to ask for as `before`. */
export async function readLog(
  ctx: Context,
  { before, limit = SIZE, about, actor, page }: LogFilter = {},
): Promise<{ entries: LogEntry[]; next: number | null }> {
  const types = ACT_GROUPS.find(({ name }) => name === about)?.types
  const name = actor === undefined ? undefined : await nameOf(ctx, actor)
  if (name === null) return { entries: [], next: null }
  const rows = await listLog(ctx.db.read, { before, limit: limit + 1, types, actor: name, page })
  const shown = rows.slice(0, limit)
  const entries = await withoutHidden(ctx, shown)
  // Asking for a name must not tell where it is hidden.
  return { entries: name === undefined ? entries : entries.filter((entry) => entry.actor === name), next: rows.length > limit ? shown.at(-1)!.seq : null }
}

/** The name of an account as it is written, however it was asked for; null where there is none. */
async function nameOf(ctx: Context, asked: string): Promise<string | null> {
  try {
    return (await findAccount(ctx, asked)).name
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") return null
    throw error
  }
}

/** The newest acts as lines of plain text, for a feed. */
export async function readLogLines(ctx: Context, filter: LogFilter): Promise<{ seq: number; actor: string; words: string; reason: string; path: string; at: string }[]> {
  const { entries } = await readLog(ctx, filter)
  return entries.map((entry) => ({
    seq: entry.seq,
    actor: entry.actor ?? "The operator",
    words: toText(fromHtml(`<p>${renderFragment(LogAct({ entry }))}</p>`).doc).trim(),
    reason: String(entry.detail.reason ?? ""),
    path: entry.page ? wiki(entry.page) : `/moderation/log#event-${entry.seq}`,
    at: entry.createdAt,
  }))
}

async function withoutHidden(ctx: Context, entries: LogEntry[]): Promise<LogEntry[]> {
  const hidden = await hiddenOfAll(ctx.db.read, entries.flatMap(({ page }) => page?.id ?? []))
  return entries.map((entry) => {
    const here = entry.page && hidden.get(entry.page.id)
    if (!here) return entry
    const { reason } = entry.detail
    const detail = typeof reason === "string" ? { ...entry.detail, reason: maskWords(here, reason) } : entry.detail
    const isNameless = entry.type === "page.restored" && here.names.has(Number(entry.subject))
    return { ...entry, detail, actor: isNameless ? HIDDEN_NAME : entry.actor }
  })
}
