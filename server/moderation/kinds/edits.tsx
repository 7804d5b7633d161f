import { tagsOf } from "../rules/actions.ts"
import type { JSX } from "preact"
import { decided, screenedReason } from "../../comments/actions.ts"
import type { Verdict } from "../../comments/model.ts"
import type { Context } from "../../context.ts"
import { AppError, notFound } from "../../errors.ts"
import { compare } from "../../history/actions.ts"
import { findLivePage, restorePage, setPageDeleted } from "../../pages/actions.ts"
import { type Page, wiki } from "../../pages/model.ts"
import type { User } from "../../web/viewer.ts"
import { Markup } from "../../web/html.tsx"
import { isKept, keptDiff } from "../brief-diff.ts"
import type { PageName, Unreviewed } from "../model.ts"
import { acceptRevision, unreview } from "../reviewing.ts"
import { findUnreviewed, listReviews, listUnreviewed, pageNames } from "../store.ts"
import type { Act, ItemKind, QueueItem } from "./kind.ts"

/** Published edits that nobody has looked at yet. */
export const editKind: ItemKind = {
  name: "edit",
  async list(ctx, _moderator, { state, before, limit }) {
    if (state === "published") return []
    const place = before && { createdAt: before.createdAt, ...readKey(before.key) }
    return itemsOf(ctx, await listUnreviewed(ctx.db.read, { before: place, limit }))
  },
  async find(ctx, _moderator, key) {
    const { page, number } = readKey(key)
    const found = await findUnreviewed(ctx.db.read, page, number)
    return found && (await itemsOf(ctx, [found]))[0]
  },
  decide: (ctx, moderator, key, verdict) => {
    const { page, number } = readKey(key)
    return decideEdit(ctx, moderator, page, number, verdict)
  },
  async undo(ctx, moderator, key, undo) {
    const { page: id, number } = readKey(key)
    const page = (await findLivePage(ctx.db.read, id)) ?? null
    if (undo.act === "deleted") await setPageDeleted(ctx, moderator, { slug: String(undo.slug), deleted: false })
    else if (undo.act === "restored") await putBack(ctx, moderator, page, number, Number(undo.revision))
    const createdAt = String(undo.createdAt)
    await ctx.db.write(async (tx) => {
      if (!(await unreview(tx, moderator, id, number, createdAt)) && undo.act === "reviewed") throw decided("decided anew", undefined)
      await ctx.publish(tx, { type: "decision.undone", page: id, actor: moderator.id, subject: String(number), detail: { kind: "edit" } })
    })
  },
}

function readKey(key: string): { page: string; number: number } {
  const [, page = key, number = "0"] = /^([a-z0-9]{1,40})-([1-9]\d{0,8})$/.exec(key) ?? []
  return { page, number: Number(number) }
}

async function decideEdit(ctx: Context, moderator: User, pageId: string, number: number, verdict: Verdict): Promise<Act> {
  const page = await findLivePage(ctx.db.read, pageId)
  if (!page || number < 1 || number > page.revision) throw notFound("revision")
  const reason = screenedReason(ctx, verdict)
  const createdAt = (await findUnreviewed(ctx.db.read, pageId, number))?.createdAt ?? ctx.clock().toISOString()
  if (verdict.decision === "approve") {
    await ctx.db.write(async (tx) => {
      await acceptRevision(ctx, tx, moderator, pageId, number)
      const detail = reason ? { reason } : undefined
      await ctx.publish(tx, { type: "revision.reviewed", page: pageId, actor: moderator.id, subject: String(number), detail })
    })
    return { words: `Reviewed revision ${number} of ${page.title}`, undo: { act: "reviewed", createdAt } }
  }
  return { ...(await goBehind(ctx, moderator, page, number, reason, createdAt)) }
}

/** The revision before becomes current again; a page that began with this one is deleted. */
async function goBehind(ctx: Context, moderator: User, page: Page, number: number, reason: string, createdAt: string): Promise<Act> {
  const review = (await listReviews(ctx.db.read, page.id, [number])).get(number)
  if (review) throw decided("reviewed", review.by)
  if (page.revision !== number) {
    throw new AppError("conflict", "Later edits stand on this one. Choose in the page's history which revision to go back to.", {
      extra: { current: page.revision },
    })
  }
  if (number === 1) {
    await setPageDeleted(ctx, moderator, { slug: page.slug, deleted: true })
    return { words: `Deleted ${page.title}`, undo: { act: "deleted", slug: page.slug, createdAt } }
  }
  const { revision } = await restorePage(ctx, moderator, { slug: page.slug, number: number - 1, base: number, summary: reason || undefined })
  return { words: `Took back revision ${number} of ${page.title}`, undo: { act: "restored", revision: revision.number, createdAt } }
}

/** Undoes a restoration: the text that was taken back is current again, if nothing stands on the restoration yet. */
async function putBack(ctx: Context, moderator: User, page: Page | null, number: number, restoration: number): Promise<void> {
  if (!page || page.revision !== restoration) throw new AppError("conflict", "The page was changed since. Choose in its history which revision to go back to.")
  await restorePage(ctx, moderator, { slug: page.slug, number, base: restoration, summary: `Took back revision ${restoration}` })
}

async function itemsOf(ctx: Context, edits: Unreviewed[]): Promise<QueueItem[]> {
  const names = await pageNames(ctx.db.read, edits.map(({ page }) => page))
  const tags = await tagsOf(ctx.db.read, edits)
  return edits.map((edit) => {
    const id = `edit-${edit.page}-${edit.number}`
    const page = names.get(edit.page)!
    return {
      id,
      kind: "edit",
      page,
      createdAt: edit.createdAt,
      reasons: ["was not reviewed yet", ...(tags.get(`${edit.page} ${edit.number}`) ?? []).map((tag) => `is tagged “${tag}”`)],
      author: { name: edit.author, isMember: true },
      title: "Edit of",
      content: () => editContent(ctx, page, edit, id),
      isDrawn: () => edit.number === 1 || isKept(`${edit.page} ${edit.number}`, id),
      choices: { approve: "Mark as reviewed", ...(edit.number === edit.current && { reject: "Take back" }) },
      edit: `${wiki(page)}/edit`,
    }
  })
}

async function editContent(ctx: Context, page: PageName, edit: Unreviewed, id: string): Promise<JSX.Element> {
  const { number, current, summary } = edit
  const diff = number === 1 ? null : await keptDiff(`${edit.page} ${number}`, id, async () => compare(ctx, (await findLivePage(ctx.db.read, edit.page))!, number - 1, number))
  return (
    <>
      <p>
        Revision {number}
        {summary && (
          <>
            : <span class="summary">{summary}</span>
          </>
        )}
      </p>
      {diff === null ? (
        <p>
          A new page. <a href={`${wiki(page)}/revisions/${number}`}>Read it</a>
        </p>
      ) : (
        <details class="diff" open>
          <summary>What changed</summary>
          {!diff.complete && <p class="notice warning">Not every change could be listed. Compare the two revisions by eye.</p>}
          <Markup html={diff.html} />
          <p>
            <a href={`${wiki(page)}/diff/${number - 1}/${number}`}>On a page of its own</a>
          </p>
        </details>
      )}
      {number !== 1 && number !== current && (
        <p class="muted">
          Later edits stand on this one. <a href={`${wiki(page)}/history`}>Choose in the history</a> which revision to go back to.
        </p>
      )}
    </>
  )
}
