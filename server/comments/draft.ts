import type { Node } from "prosemirror-model"
import { toText, writtenText } from "../../editor/document/index.ts"
import { findAccount } from "../accounts/actions.ts"
import { gather, readEmail } from "../accounts/model.ts"
import type { Context } from "../context.ts"
import { AppError, invalid } from "../errors.ts"
import { readRevision } from "../pages/actions.ts"
import type { Page } from "../pages/model.ts"
import type { Transaction } from "../storage/database.ts"
import { formDoubts, type FormProof } from "../web/form-proof.ts"
import type { Viewer } from "../web/viewer.ts"
import { canModerate, countLinks, MOST_LINKS, readBody, readName, SOURCE_LENGTHS } from "./model.ts"
import { readRules } from "./settings/actions.ts"
import { isApproved } from "./settings/store.ts"
import { hasPublished, hasRevision } from "./store.ts"

const ALL_WAIT = "is on a page where all comments wait"
const FIRST_OF_ACCOUNT = "is the first comment of this account"
const FIRST_OF_GUEST = "is the first comment of this guest"
const UNKNOWN_GUEST = "is by a guest without a mail address"

/** The reasons to wait that say nothing against the words. */
export const NEWNESS: ReadonlySet<string> = new Set([ALL_WAIT, FIRST_OF_ACCOUNT, FIRST_OF_GUEST, UNKNOWN_GUEST])

/** What somebody typed who comments, or corrects what they wrote. */
export interface Typed {
  /** A guest's name; people who are logged in comment as themselves. */
  name: string
  /** Only to know a guest again; stored when answers are wanted by mail, and not otherwise. */
  email?: string
  /** Whether answers are wanted by mail. */
  replies?: boolean
  /** Text with the tags of `commentFromHtml`. */
  body: string
  /** What stood in the field that people do not see. */
  trap?: string
  /** What the form says of itself; a guest who sent none is taken at their word by whoever calls this. */
  proof?: FormProof
}

/** A comment as it could be kept. */
export interface Draft {
  doc: Node
  warnings: string[]
  name: string
  authorId: string | null
  authorKey: string | null
  /** Where a guest wants answers by mail; "" for somebody with an account who does. */
  repliesTo: string | null
  /** Why it should wait, whoever wrote it. */
  doubts: string[]
}

/** Reads and looks through what was typed. Throws `invalid` with a problem for each wrong field. */
export async function readDraft(ctx: Context, viewer: Viewer, page: Page, input: Typed): Promise<Draft> {
  const { revision, doc: text } = await readRevision(ctx.db.read, page)
  const published = `${revision.title}\n${toText(text)}`
  const doubts = new Set<string>()
  const look = (fields: Record<string, string>) =>
    ctx.screen({ kind: "comment", fields, published }).reasons.forEach((reason) => doubts.add(reason))
  let name = viewer.name
  let email: string | null = null
  let read: ReturnType<typeof readBody> | undefined
  const problems = gather(
    () => viewer.id === null && (name = readName(input.name)),
    () => viewer.id === null && (email = readEmail(input.email ?? "")),
    () => refuseNowhere(viewer, input),
    () => viewer.id === null && look({ name: input.name.slice(0, SOURCE_LENGTHS.name) }),
    // As typed, so that the place can be marked; then as it will be read, with what the tags hid.
    () => look({ body: input.body.slice(0, SOURCE_LENGTHS.body) }),
    () => look({ body: writtenText((read = readBody(input.body)).doc) }),
  )
  if (problems.length > 0) throw new AppError("invalid", problems[0]!.message, { problems: distinct(problems) })
  const { doc, warnings } = read!
  if (input.trap) doubts.add("fills a field that people do not see")
  if (viewer.id === null) for (const doubt of await guestDoubts(ctx, name, doc)) doubts.add(doubt)
  if (viewer.id === null && input.proof) for (const doubt of formDoubts(ctx.keyed, ctx.clock(), input.proof, input.body)) doubts.add(doubt)
  for (const doubt of await ctx.doubt(ctx.db.read, `${name}: ${writtenText(doc)}`)) doubts.add(doubt)
  const authorKey = viewer.id === null && email ? keyOf(ctx, name, email) : null
  return { doc, warnings, name, authorId: viewer.id, authorKey, repliesTo: input.replies ? (email ?? "") : null, doubts: [...doubts] }
}

function refuseNowhere(viewer: Viewer, { replies, email = "" }: Typed): void {
  if (viewer.id === null && replies && !email.trim()) throw invalid("email", "To be told of answers by mail, give an address.")
}

/** Why a comment waits for a moderator, each to go on after "it": nothing for one that is published at once. */
export async function reasonsToWait(ctx: Context, tx: Transaction, viewer: Viewer, page: Pick<Page, "id" | "createdAt">, draft: Draft): Promise<string[]> {
  return canModerate(viewer) ? [] : [...(await strangeness(ctx, tx, page, draft)), ...draft.doubts]
}

/** Why this person is not known here yet; nothing for somebody who is, or where that is not asked. */
async function strangeness(ctx: Context, tx: Transaction, page: Pick<Page, "id" | "createdAt">, { authorId, authorKey }: Draft): Promise<string[]> {
  const { waiting } = await readRules(ctx, tx, page)
  if (waiting === "none" || (await isApproved(tx, { authorId, authorKey }))) return []
  if (waiting === "all") return [ALL_WAIT]
  if (authorId !== null) return (await hasPublished(tx, { authorId })) || (await hasRevision(tx, authorId)) ? [] : [FIRST_OF_ACCOUNT]
  if (authorKey === null) return [UNKNOWN_GUEST]
  return (await hasPublished(tx, { authorKey })) ? [] : [FIRST_OF_GUEST]
}

/** One problem for each field and message: the body is looked at twice. */
function distinct<Problem extends { field: string; message: string }>(problems: Problem[]): Problem[] {
  return problems.filter((one, at) => problems.findIndex((other) => other.field === one.field && other.message === one.message) === at)
}

async function guestDoubts(ctx: Context, name: string, doc: Node): Promise<string[]> {
  const doubts: string[] = []
  if (countLinks(doc) > MOST_LINKS) doubts.push(`has more than ${MOST_LINKS} links`)
  const isTaken = await findAccount(ctx, name).then(
    () => true,
    () => false,
  )
  if (isTaken) doubts.push("uses the name of somebody with an account")
  return doubts
}

// The mail address itself is kept nowhere: a hash with the site's key tells whether it is the same person again.
function keyOf(ctx: Context, name: string, email: string): string {
  return ctx.keyed(`guest\n${name.normalize("NFKC").toLowerCase()}\n${email.toLowerCase()}`)
}
