import { findAccount } from "../../accounts/actions.ts"
import { screenedReason } from "../../comments/actions.ts"
import { isId, requireModerator } from "../../comments/model.ts"
import type { Admit, Context } from "../../context.ts"
import { AppError, invalid, notFound } from "../../errors.ts"
import { readPage } from "../../pages/actions.ts"
import type { Reader, Transaction } from "../../storage/database.ts"
import type { User, Viewer } from "../../web/viewer.ts"
import type { PageName } from "../model.ts"
import { pageNames } from "../store.ts"
import { ACT_NAMES, acts, type Block, covers, isInForce, MOST_PAGES, readAppeal, readExpiry } from "./model.ts"
import { countUnanswered, findBlock, insertBlock, keepAnswer, keepAppeal, liftBlock, listBlocks, listBlocksOf } from "./store.ts"

const SHOWN = 100

/** Policy: throws `forbidden`, with the reason, the end and how to appeal, when this person is blocked from the act on the page. */
export const admit: Admit = async (ctx, db, viewer, act, page) => {
  if (viewer.id === null) return
  const now = ctx.clock().toISOString()
  const block = (await listBlocksOf(db, viewer.id)).find((one) => isInForce(one, now) && covers(one, act, page))
  if (!block) return
  const until = block.expiresAt === null ? "" : ` until ${block.expiresAt.slice(0, 10)}`
  const message = `You are blocked from ${ACT_NAMES[act]}${until}: ${block.reason}. You can appeal on your account's page, /account.`
  throw new AppError("forbidden", message, { problems: [{ field: "document", message }], extra: { block: block.id } })
}

export interface NewBlock {
  name: string
  acts: readonly string[]
  /** Slugs of pages, between blanks or commas; empty for the whole site. */
  pages: string
  days: string
  reason: string
}

/** Blocks a person from acts. Throws `unauthenticated`, `forbidden`, `not-found`, `invalid`; nobody blocks a moderator. */
export async function blockPerson(ctx: Context, viewer: Viewer, input: NewBlock): Promise<Block> {
  const moderator = requireModerator(viewer)
  const person = await findAccount(ctx, input.name).catch(naming("name", "There is no account of that name."))
  if (person.role !== "editor") throw new AppError("forbidden", "Moderators and administrators are not blocked. An administrator can change their role.")
  const chosen = acts.filter((act) => input.acts.includes(act))
  if (chosen.length === 0) throw invalid("acts", "Choose at least one act.")
  const reason = screenedReason(ctx, { reason: input.reason })
  if (reason === "") throw invalid("reason", "Say why. The person and the public log are told.")
  const pages = await readPages(ctx, viewer, input.pages)
  const now = ctx.clock()
  const block: Block = {
    id: ctx.ids(),
    userId: person.id,
    name: person.name,
    acts: chosen,
    pages: pages.length > 0 ? pages : null,
    reason,
    blockedBy: moderator.id,
    createdAt: now.toISOString(),
    expiresAt: readExpiry(input.days, now),
    liftedAt: null,
    appeal: null,
    appealedAt: null,
    answer: null,
    answeredAt: null,
  }
  await ctx.db.write(async (tx) => {
    await insertBlock(tx, block)
    const detail = { block: block.id, acts: chosen.join(" "), reason, ...(block.expiresAt && { until: block.expiresAt }), ...(pages.length > 0 && { pages: pages.length }) }
    await ctx.publish(tx, { type: "user.blocked", actor: moderator.id, subject: person.id, detail })
  })
  return block
}

/** Ends a block before its time. Throws `not-found`, `conflict`. */
export async function unblock(ctx: Context, viewer: Viewer, id: string): Promise<void> {
  const moderator = requireModerator(viewer)
  const block = await requireBlock(ctx, id)
  await ctx.db.write(async (tx) => {
    const done = await liftBlock(tx, id, moderator.id, ctx.clock().toISOString())
    if (!done) throw new AppError("conflict", "This block was lifted already.")
    await ctx.publish(tx, { type: "user.unblocked", actor: moderator.id, subject: block.userId, detail: { block: id } })
  })
}

/** Keeps what a blocked person writes to be let in again, once for each block. Throws `not-found`, `invalid`, `conflict`. */
export async function appeal(ctx: Context, viewer: Viewer, id: string, text: string): Promise<void> {
  const block = await requireBlock(ctx, id)
  if (viewer.id === null || block.userId !== viewer.id || !isInForce(block, ctx.clock().toISOString())) throw notFound("block")
  const words = readAppeal("appeal", text)
  ctx.screen({ kind: "comment", fields: { appeal: words } })
  await ctx.db.write(async (tx) => {
    const kept = await keepAppeal(tx, id, words, ctx.clock().toISOString())
    if (!kept) throw new AppError("conflict", "You have appealed already. A moderator will answer here.")
    await ctx.publish(tx, { type: "block.appealed", actor: viewer.id, subject: block.id })
  })
}

/** Answers an appeal, and lifts the block with `lift`. Not by who blocked, unless the block is lifted. Throws `forbidden`, `invalid`, `conflict`. */
export async function answerAppeal(ctx: Context, viewer: Viewer, id: string, { answer, lift }: { answer: string; lift: boolean }): Promise<void> {
  const moderator = requireModerator(viewer)
  const block = await requireBlock(ctx, id)
  if (!lift && block.blockedBy === moderator.id) throw new AppError("forbidden", "Another moderator has to decide about an appeal against your block.")
  const words = readAppeal("answer", answer)
  ctx.screen({ kind: "comment", fields: { answer: words } })
  const now = ctx.clock().toISOString()
  await ctx.db.write(async (tx) => {
    const kept = await keepAnswer(tx, id, words, moderator.id, now)
    if (!kept) throw new AppError("conflict", "This appeal was answered already, or there is none.")
    await ctx.publish(tx, { type: "block.answered", actor: moderator.id, subject: block.userId, detail: { block: id, kept: Number(!lift) } })
    if (lift && (await liftBlock(tx, id, moderator.id, now))) {
      await ctx.publish(tx, { type: "user.unblocked", actor: moderator.id, subject: block.userId, detail: { block: id } })
    }
  })
}

/** A block with the pages that it names. */
export interface PlacedBlock extends Block {
  places: PageName[]
}

/** The blocks that keep this person from something now. */
export async function blocksOf(ctx: Context, user: User): Promise<PlacedBlock[]> {
  const now = ctx.clock().toISOString()
  return placed(ctx, (await listBlocksOf(ctx.db.read, user.id)).filter((block) => isInForce(block, now)))
}

/** The newest blocks, appeals that wait for an answer first. */
export async function readBlocks(ctx: Context, viewer: Viewer): Promise<{ blocks: PlacedBlock[]; now: string }> {
  requireModerator(viewer)
  const now = ctx.clock().toISOString()
  const blocks = await placed(ctx, await listBlocks(ctx.db.read, SHOWN))
  const waits = (block: Block) => Number(block.appeal !== null && block.answer === null && isInForce(block, now))
  return { blocks: blocks.sort((a, b) => waits(b) - waits(a)), now }
}

/** A block of this person, whether it is in force or over. */
export async function readOwnBlock(db: Reader | Transaction, userId: string, id: string): Promise<Block | undefined> {
  const block = isId(id) ? await findBlock(db, id) : undefined
  return block?.userId === userId ? block : undefined
}

/** What somebody wrote against a block; null when there is none. */
export async function readAppealOf(db: Reader, id: string): Promise<string | null> {
  return (await findBlock(db, id))?.appeal ?? null
}

/** How many appeals wait for an answer. */
export function countAppeals(ctx: Context): Promise<number> {
  return countUnanswered(ctx.db.read, ctx.clock().toISOString())
}

async function placed(ctx: Context, blocks: Block[]): Promise<PlacedBlock[]> {
  const names = await pageNames(ctx.db.read, blocks.flatMap(({ pages }) => pages ?? []))
  return blocks.map((block) => ({ ...block, places: (block.pages ?? []).flatMap((id) => names.get(id) ?? []) }))
}

async function readPages(ctx: Context, viewer: Viewer, text: string): Promise<string[]> {
  const slugs = [...new Set(text.split(/[\s,]+/).filter(Boolean))]
  if (slugs.length > MOST_PAGES) throw invalid("pages", `These are ${slugs.length} pages; a block has at most ${MOST_PAGES}. Leave this empty for the whole site.`)
  const pages: string[] = []
  for (const slug of slugs) pages.push((await readPage(ctx, viewer, slug).catch(naming("pages", `There is no page “${slug}”.`))).id)
  return pages
}

function naming(field: string, message: string): (error: unknown) => never {
  return (error) => {
    throw error instanceof AppError && error.code === "not-found" ? new AppError("not-found", message, { problems: [{ field, message }] }) : error
  }
}

async function requireBlock(ctx: Context, id: string): Promise<Block> {
  const block = isId(id) ? await findBlock(ctx.db.read, id) : undefined
  if (!block) throw notFound("block")
  return block
}

