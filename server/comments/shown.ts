import type { Context } from "../context.ts"
import type { Page } from "../pages/model.ts"
import type { Thread } from "./model.ts"
import { quotingOf, readQuotes, type ShownQuote } from "./quotes/actions.ts"
import { readThreads, type Threads, type ThreadsAsked } from "./reading.ts"
import { readRules } from "./settings/actions.ts"

/** What is shown of the comments on a page, the same for every reader. */
export async function readBelowPage(ctx: Context, page: Page, asked: ThreadsAsked = {}) {
  const found: Threads = await readThreads(ctx, page, asked)
  return {
    ...found,
    quotes: await readThreadQuotes(ctx, page, found.threads),
    rules: await readRules(ctx, ctx.db.read, page),
    quoting: await quotingOf(ctx, page, undefined),
  }
}

/** What the comments of these threads quote. */
export function readThreadQuotes(ctx: Context, page: Page, threads: readonly Thread[]): Promise<Map<string, ShownQuote>> {
  return readQuotes(ctx, page, idsOf(threads))
}

/** The ids of all comments in these threads. */
export function idsOf(threads: readonly Thread[]): string[] {
  return threads.flatMap(({ id, replies }) => [id, ...replies.map((reply) => reply.id)])
}
