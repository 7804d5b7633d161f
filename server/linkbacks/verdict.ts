import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import type { Transaction } from "../storage/database.ts"
import { doubtsAbout } from "./actions.ts"
import { readSaid } from "./model.ts"
import type { PageElsewhere } from "./read-page.ts"
import { isUnder } from "./settings/model.ts"
import { listTrustedPaths } from "./settings/store.ts"
import { type LinkbackRow, updateLinkback } from "./store.ts"

/** What was found at the source: the page with its link, or why there is none. */
export type Finding = { read: PageElsewhere; isHidden: boolean } | { cause: "gone" | "lost" | "unlinked" }

type Row = LinkbackRow & { verifiedAt: string | null }

/**
 * What follows from a look at the source. A link that was found makes the linkback verified: shown at once when its source is trusted
 * and the policy has no doubts, else when a moderator publishes it. Words that changed since are taken after a new ping alone, and wait
 * again. Without the link it is hidden.
 */
export async function settle(ctx: Context, tx: Transaction, row: Row, finding: Finding, isPinged: boolean): Promise<void> {
  if ("cause" in finding) return lose(ctx, tx, row, finding.cause)
  const { words, doubts } = isPinged || row.verification !== "verified" ? wordsOf(ctx, row, finding) : { words: row, doubts: [] }
  const doubt = finding.isHidden ? "its link cannot be seen by people" : ""
  const isTrusted = doubts.length === 0 && !doubt && isUnder(row.source, await listTrustedPaths(tx, new URL(row.source).host))
  const isChanged = (["title", "excerpt", "site", "author"] as const).some((field) => words[field] !== row[field])
  const state = isTrusted ? "published" : isChanged ? "held" : row.state
  const now = ctx.clock().toISOString()
  await updateLinkback(tx, { ...row, ...words, doubt, state, verification: "verified" }, { checkedAt: now, verifiedAt: row.verifiedAt ?? now })
  await tell(ctx, tx, row, state, isChanged)
}

async function tell(ctx: Context, tx: Transaction, row: Row, state: Row["state"], isChanged: boolean): Promise<void> {
  const about = { page: row.page, subject: row.id, detail: { protocol: row.protocol } }
  if (state === "held") {
    const isNew = row.verification !== "verified" || row.state !== "held"
    if (isNew) await ctx.publish(tx, { type: "linkback.received", ...about })
  } else if (row.state !== "published") await ctx.publish(tx, { type: "linkback.published", ...about, detail: { state, by: "trust" } })
  else if (isChanged || row.verification !== "verified") await ctx.publish(tx, { type: "linkback.changed", ...about })
}

async function lose(ctx: Context, tx: Transaction, row: Row, cause: string): Promise<void> {
  const now = ctx.clock().toISOString()
  ctx.log.info({ linkback: row.id, cause }, "linkback not found at its source")
  if (row.verifiedAt === null) return updateLinkback(tx, { ...row, state: "refused", verification: "failed" }, { checkedAt: now })
  await updateLinkback(tx, { ...row, verification: "gone" }, { checkedAt: now })
  if (row.state === "published" && row.verification !== "gone") await ctx.publish(tx, { type: "linkback.hidden", page: row.page, subject: row.id, detail: { cause } })
}

/** What the source says of itself, cleaned; of a TrackBack, what the ping said goes first. Words that must not be kept are left out. */
function wordsOf(ctx: Context, row: Row, { read }: { read: PageElsewhere }): { words: ReturnType<typeof readSaid>; doubts: string[] } {
  const said = readSaid({ ...read, excerpt: read.excerpt || read.excerptOfLink })
  const own = row.protocol === "trackback" ? { title: row.title, excerpt: row.excerpt, site: row.site } : { title: "", excerpt: "", site: "" }
  // What a moderator published stays as it was read.
  const author = row.protocol === "trackback" && row.state === "published" ? row.author : said.author
  const words = { ...said, author, title: own.title || said.title, excerpt: own.excerpt || said.excerpt, site: own.site || said.site }
  try {
    return { words, doubts: doubtsAbout(ctx, { ...words, source: row.source }) }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const bare = { title: "", excerpt: "", site: "", author: "", writtenAt: said.writtenAt }
    return { words: bare, doubts: ["said something that is not kept here"] }
  }
}
