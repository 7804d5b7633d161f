import type { Node } from "prosemirror-model"
import { pageWords, splitBlocks, uncheckEdited } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import type { EventType } from "../events.ts"
import type { Transaction } from "../storage/database.ts"
import type { User } from "../web/viewer.ts"
import { formerKeys, keepDocument, storedKeys } from "./documents.ts"
import { type Page, type PageAt, regionOf, type Revision, titleKey } from "./model.ts"
import { newSeal, revisionHash } from "./seal.ts"
import { advance, findTitleOwner, insertRevision, keepBlocks, type RevisionRow } from "./store.ts"

/** What a revision says, before it is one. */
export interface Text {
  title: string
  doc: Node
  summary: string
  restores?: number
  /** The numbers of the revisions that it takes back. */
  undoes?: readonly number[]
  /** The number of the revision from which it brings back a part. */
  partOf?: number
  /** Who else has a part in it, besides the author. */
  others?: readonly User[]
}

/**
 * Puts a revision on top of the current one and moves the page to it. A fact that says something new loses the date of the check of
 * what it said before. Throws `conflict` when somebody was quicker.
 */
export async function saveOnTop(ctx: Context, tx: Transaction, author: User, head: PageAt, given: Text, type: EventType): Promise<PageAt> {
  const { page } = head
  const text = { ...given, doc: uncheckEdited(given.doc, head.doc).doc }
  if (text.title !== page.title) await refuseTakenTitle(tx, text.title, page.id)
  const now = ctx.clock().toISOString()
  const region = regionOf(text.doc)
  await advance(tx, page, page.revision, { title: text.title, titleKey: titleKey(text.title), region, updatedAt: now })
  const number = page.revision + 1
  const revision = await appendRevision(tx, page, head, { ...text, number, author, now })
  await ctx.publish(tx, { type, page: page.id, actor: author.id, subject: String(number) })
  return { page: { ...page, title: text.title, region, revision: number, updatedAt: now }, revision, doc: text.doc }
}

/** Stores a revision and its new blocks on top of `parent`, the one before. */
export async function appendRevision(
  tx: Transaction,
  page: Page,
  parent: PageAt | null,
  text: Text & { number: number; author: User; now: string },
): Promise<Revision> {
  const blocks = splitBlocks(text.doc)
  const row: RevisionRow = {
    pageId: page.id,
    number: text.number,
    hash: "",
    title: text.title,
    keys: await keepBlocks(tx, blocks, parent ? { keys: storedKeys(parent.doc), former: formerKeys(text.doc, parent.doc) } : undefined),
    words: pageWords(text.doc),
    authorId: text.author.id,
    contributorIds: [text.author, ...(text.others ?? [])].map(({ id }) => id),
    summary: text.summary,
    restores: text.restores ?? null,
    undoes: [...(text.undoes ?? [])],
    partOf: text.partOf ?? null,
    createdAt: text.now,
    seal: newSeal(),
  }
  row.hash = revisionHash(row, parent?.revision.hash ?? null, blocks.map((block) => block.hash))!
  await insertRevision(tx, { ...row, author: text.author.name })
  keepDocument(row, text.doc)
  const { keys: _keys, pageId: _pageId, contributorIds: _ids, seal: _seal, ...revision } = row
  return { ...revision, author: text.author.name, contributors: [text.author, ...(text.others ?? [])].map(({ name }) => name) }
}

/** Throws `conflict` when another page has this title. */
export async function refuseTakenTitle(tx: Transaction, title: string, except?: string): Promise<void> {
  const owner = await findTitleOwner(tx, titleKey(title))
  if (!owner || owner.id === except) return
  const message = `There is already a page with this title: /wiki/${owner.slug}`
  throw new AppError("conflict", message, { problems: [{ field: "title", message }], extra: { slug: owner.slug } })
}
