import { removeName } from "../../accounts/actions.ts"
import { purgeComment, readCommentText, screenedReason } from "../../comments/actions.ts"
import { isId, requireModerator } from "../../comments/model.ts"
import type { Context } from "../../context.ts"
import { AppError, invalid, notFound } from "../../errors.ts"
import { readPurgesAsked } from "../../media/actions.ts"
import { findLivePage, readPage, readRevision, readUncovered } from "../../pages/actions.ts"
import type { Page } from "../../pages/model.ts"
import { hideOnPage, purgeOnPage, readRedaction, readRedactions, setPurgeAsked, showAgain, standOnPage } from "../../pages/redactions/actions.ts"
import { audiences, type Part, parts, type Redaction } from "../../pages/redactions/model.ts"
import type { Transaction } from "../../storage/database.ts"
import { eraseEverywhere, eraseFromEvents, replaceEverywhere } from "../../storage/purge.ts"
import type { Viewer } from "../../web/viewer.ts"
import { unlearn } from "../spam/actions.ts"
import { cleanLater } from "./clean-files.ts"
import { findAuthor, pagesOf } from "./store.ts"

/** Shorter words stand in too many texts to be told apart. */
const SHORTEST_SPAN = 3
const LONGEST_SPAN = 500
const SHOWN = 50
/** A name this long is looked for in texts as well; a shorter one would be found within other words. */
const LONG_NAME = 12

export interface NewRedaction {
  slug: string
  part: string
  number?: number
  comment?: string
  words?: string
  audience: string
  reason: string
}

/** Hides something of a page at once. Throws `unauthenticated`, `forbidden`, `not-found`, `invalid`, `conflict` when it is hidden already. */
export async function hide(ctx: Context, viewer: Viewer, input: NewRedaction): Promise<Redaction> {
  const moderator = requireModerator(viewer)
  const page = await readPage(ctx, viewer, input.slug)
  const part = parts.find((one) => one === input.part)
  const audience = audiences.find((one) => one === input.audience)
  if (!part) throw invalid("part", `Choose what to hide: ${parts.join(", ")}.`)
  if (!audience) throw invalid("audience", "Choose from whom to hide it.")
  const reason = screenedReason(ctx, { reason: input.reason })
  if (reason === "") throw invalid("reason", "Say why. The reason stands where the words stood, for everybody to read.")
  const place = await placeOf(ctx, page, part, input)
  return hideOnPage(ctx, moderator, page, { part, audience, reason, ...place })
}

/** Shows again what was hidden. Throws `conflict` when it is shown already, or is gone for good. */
export async function lift(ctx: Context, viewer: Viewer, id: string): Promise<Redaction> {
  return showAgain(ctx, requireModerator(viewer), await requireRedaction(ctx, id))
}

/** Asks for a hidden thing to be removed for good, or takes that back. Another moderator has to confirm it. */
export async function askForPurge(ctx: Context, viewer: Viewer, id: string, wanted: boolean): Promise<Redaction> {
  const moderator = requireModerator(viewer)
  const redaction = await requireRedaction(ctx, id)
  return setPurgeAsked(ctx, moderator, redaction, wanted)
}

/**
 * Removes what is hidden for good, when a second moderator says so: from blocks, revisions, comments, drafts, refused saves, proposals,
 * facts and mail that waits at once, and from the files as soon as the job that cleans them has run. Throws `forbidden` for who asked.
 */
export async function confirmPurge(ctx: Context, viewer: Viewer, id: string): Promise<Redaction> {
  const moderator = requireModerator(viewer)
  const redaction = await requireRedaction(ctx, id)
  if (redaction.purgeAskedBy === null || redaction.purgedAt !== null) throw new AppError("conflict", "Nobody asks for this to be removed for good.")
  if (redaction.purgeAskedBy === moderator.id) throw new AppError("forbidden", "Another moderator has to confirm what you asked for.")
  const purged = await purgeOnPage(ctx, moderator, redaction, async (tx, needles) => {
    const told = await purgeElsewhere(ctx, tx, redaction, needles)
    await eraseEverywhere(ctx.db, tx, told)
    await eraseFromEvents(tx, told, redaction.id)
    await cleanLater(ctx, tx)
  })
  return purged
}

/** A redaction with what it hides, for a moderator who looks; `covered` is null where nobody may see it, or it is gone. */
export async function look(ctx: Context, viewer: Viewer, id: string): Promise<{ redaction: Redaction; page: Page | undefined; covered: string | null }> {
  requireModerator(viewer)
  const redaction = await requireRedaction(ctx, id)
  const page = await findLivePage(ctx.db.read, redaction.page)
  if (!page || redaction.audience === "everyone" || redaction.purgedAt !== null) return { redaction, page, covered: null }
  return { redaction, page, covered: await coveredBy(ctx, page, redaction) }
}

/** All there ever were, newest first, or those whose purge waits for a second moderator. */
export async function listed(ctx: Context, viewer: Viewer, { open = false } = {}): Promise<Redaction[]> {
  requireModerator(viewer)
  return readRedactions(ctx.db.read, { open, limit: SHOWN })
}

/** How much this moderator is asked to remove for good, as the second who agrees. */
export async function countPurgesAsked(ctx: Context, viewer: Viewer): Promise<number> {
  const { id } = requireModerator(viewer)
  const words = (await readRedactions(ctx.db.read, { open: true, limit: SHOWN })).filter(({ purgeAskedBy }) => purgeAskedBy !== id)
  const files = (await readPurgesAsked(ctx)).filter(({ askedBy }) => askedBy !== id)
  return words.length + files.length
}

/** What belongs to other features than the pages; the texts that must stand nowhere else. */
async function purgeElsewhere(ctx: Context, tx: Transaction, redaction: Redaction, needles: string[]): Promise<string[]> {
  if (redaction.part === "comment") return purgeWholeComment(tx, redaction.comment!)
  return redaction.part === "name" ? purgeName(ctx, tx, redaction) : needles
}

/** The account goes on under a name that tells nothing, on every page where it did something. */
async function purgeName(ctx: Context, tx: Transaction, { page, number, reason, purgeAskedBy }: Redaction): Promise<string[]> {
  const author = await findAuthor(tx, page, number!)
  const { was, is } = await removeName(tx, author)
  await replaceEverywhere(ctx.db, tx, was, is)
  for (const other of await pagesOf(tx, author)) {
    if (other !== page) await ctx.publish(tx, { type: "redaction.purged", page: other, actor: purgeAskedBy!, subject: author, detail: { part: "name", reason } })
  }
  return was.length >= LONG_NAME ? [was] : []
}

// The filter remembers words of the comment as long as it remembers the comment.
async function purgeWholeComment(tx: Transaction, id: string): Promise<string[]> {
  await unlearn(tx, id, (await readCommentText(tx, id))?.text ?? "")
  return purgeComment(tx, id)
}

async function requireRedaction(ctx: Context, id: string): Promise<Redaction> {
  return (isId(id) ? await readRedaction(ctx.db.read, id) : undefined) ?? missing()
}

async function placeOf(ctx: Context, page: Page, part: Part, input: NewRedaction): Promise<Pick<Redaction, "number" | "comment" | "words">> {
  if (part === "span") return { number: null, comment: null, words: await readWords(ctx, page, input.words ?? "") }
  if (part === "comment") {
    const text = isId(input.comment ?? "") ? await readCommentText(ctx.db.read, input.comment!) : undefined
    if (text?.page !== page.id) throw notFound("comment")
    return { number: null, comment: input.comment!, words: "" }
  }
  const number = input.number ?? 0
  await readRevision(ctx.db.read, page, number)
  if (part === "text" && number === page.revision) {
    throw invalid("number", "This is the current text. Edit the page or restore an earlier revision first, then hide this one; or hide single words.")
  }
  return { number, comment: null, words: "" }
}

async function readWords(ctx: Context, page: Page, raw: string): Promise<string> {
  const words = raw.normalize("NFC").trim()
  const { length } = words
  if (length < SHORTEST_SPAN || length > LONGEST_SPAN) throw invalid("words", `Give the words exactly as they stand there, ${SHORTEST_SPAN} to ${LONGEST_SPAN} characters.`)
  if (page.title.includes(words)) throw invalid("words", "The words stand in the page's title. Change the title first, then hide them in the history.")
  // A slip in them would leave the real ones for everybody to read.
  if (!(await standOnPage(ctx.db.read, page, words))) {
    throw invalid("words", "These words stand nowhere on this page, in none of its revisions and summaries. Copy them exactly, capitals and blanks as well; a comment is hidden from the list of comments.")
  }
  return words
}

async function coveredBy(ctx: Context, page: Page, redaction: Redaction): Promise<string> {
  const { part, number, words } = redaction
  if (part === "span") return words
  if (part === "comment") return (await readCommentText(ctx.db.read, redaction.comment!))?.text ?? ""
  const { revision, doc } = await readUncovered(ctx.db.read, page, number!)
  if (part === "summary") return revision.summary
  return part === "name" ? revision.contributors.join(", ") : doc.textBetween(0, doc.content.size, "\n", "\n")
}

function missing(): never {
  throw notFound("redaction")
}

