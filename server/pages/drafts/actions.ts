import type { Node } from "prosemirror-model"
import { type Diff, diffDocuments, draftHash, headings, summarize, writtenText } from "../../../editor/document/index.ts"
import type { Context } from "../../context.ts"
import { AppError, invalid } from "../../errors.ts"
import type { User, Viewer } from "../../web/viewer.ts"
import { type DocumentInput, newBlocks, publicText, readDocument } from "../documents.ts"
import { canEdit, isSame, type Page, type PageAt, partOf } from "../model.ts"
import { readRevision } from "../reading.ts"
import { hiddenOf } from "../redactions/actions.ts"
import { maskTyped, maskWords } from "../redactions/model.ts"
import { type Draft, type DraftInput, draftKey, sectionOfDraft, stringsIn } from "./model.ts"
import { clearDraft, type DraftRow, findDraft, listDrafts, putDraft } from "./store.ts"

/** What the editor's word 'saved' rests on: it is shown when hash and version are those of the text on the screen. */
export type Kept = Pick<Draft, "version" | "hash" | "savedAt" | "problem">

/**
 * Keeps what somebody is writing, finished or not. Throws `unauthenticated`, `forbidden`, `gone`; `invalid` for what must not be
 * kept at all; `conflict` with the other draft when another tab has written since `version`: nothing is overwritten.
 */
export async function keepDraft(ctx: Context, viewer: Viewer, of: Page | string, input: DraftInput): Promise<Kept> {
  const page = typeof of === "string" ? null : of
  const author = requireWriter(viewer, page)
  if (page?.deletedAt) throw new AppError("gone", "This page was deleted in the meantime.")
  const base = page && (await requireBase(ctx, page, input.base))
  const part = base && requirePart(base, input.part)
  const { doc, problem } = read(input, part)
  const { title, kind, summary, format, body } = input
  ctx.screen({
    kind: "edit",
    fields: { title, text: doc ? writtenText(part ? newBlocks(doc, part.doc) : doc) : rawText(input), summary },
    ...(base && { published: publicText(base) }),
  })
  const hash = draftHash(input)
  return ctx.db.write(async (tx) => {
    const key = keyOf(of, input.part)
    const row = await findDraft(tx, author.id, key)
    const before = row && alive(row)
    // The same text again: the answer to it was lost on its way.
    if (before && before.hash === hash && before.base === input.base) return kept(before)
    if (before && before.version !== input.version) throw otherTab(before)
    // Taken twice, it would come back to life after it was saved.
    if (!before && input.left && (row?.version ?? 0) !== input.version) throw overtaken()
    const version = (row?.version ?? 0) + 1
    const savedAt = ctx.clock().toISOString()
    const draft: Draft = { key, pageId: page?.id ?? null, base: page ? input.base : 0, title, kind, summary, format, body, problem, version, hash, savedAt }
    await putDraft(tx, author.id, draft)
    return kept(draft)
  })
}

/** What the person is writing on this page or its `section`, or on the new page of this key. Undefined when there is nothing. */
export async function readDraft(ctx: Context, user: Viewer, of: Page | string, section: string | null = null): Promise<Draft | undefined> {
  if (user.id === null) return undefined
  const row = await findDraft(ctx.db.read, user.id, keyOf(of, section))
  const draft = row && alive(row)
  if (!draft || typeof of === "string") return draft
  const hidden = await hiddenOf(ctx.db.read, of.id)
  return { ...draft, title: maskWords(hidden, draft.title), summary: maskWords(hidden, draft.summary), body: maskTyped(hidden, draft.body, draft.format) }
}

export function readDrafts(ctx: Context, user: User): ReturnType<typeof listDrafts> {
  return listDrafts(ctx.db.read, user.id)
}

/** A proposal for the summary: what the text changes in its base. Empty when it changes nothing, or is too unfinished to compare. */
export async function suggestSummary(ctx: Context, page: Page, input: DraftInput): Promise<string> {
  const base = requirePart(await requireBase(ctx, page, input.base), input.part)
  const { doc } = read(input, base)
  if (!doc) return ""
  return summarize(diffDocuments(base.doc, doc, { fromTitle: base.revision.title, toTitle: input.title }), doc)
}

/** Throws a draft away, as its author asked. Nothing happens when there is none. */
export async function discardDraft(ctx: Context, viewer: Viewer, of: Page | string, section: string | null = null): Promise<void> {
  if (viewer.id === null) throw new AppError("unauthenticated", "Log in to discard a draft.")
  const { id } = viewer
  await ctx.db.write((tx) => clearDraft(tx, id, keyOf(of, section)))
}

/** A page, or its section if the draft is of one alone, as it was when the draft was begun. Null when it has no such section. */
export async function baseOfDraft(ctx: Context, page: Page, draft: Draft): Promise<PageAt | null> {
  return partOf(await readRevision(ctx.db.read, page, draft.base), sectionOfDraft(draft))
}

/** The document of a draft, or null when its text is no page yet. `base` is what it is a draft of. */
export function documentOfDraft(draft: Draft, base: PageAt | null): Node | null {
  return read(draft, base).doc
}

// In what follows, `head` is the page as it is now; or its section, where the draft is of one.

/** Whether the draft says nothing that the page does not say. */
export function saysNothingNew(draft: Draft, head: PageAt): boolean {
  const doc = documentOfDraft(draft, head)
  return doc !== null && isSame(head, draft.title, doc)
}

/** What the draft changes in the page as it is now; null when its text cannot be compared. */
export function draftChanges(draft: Draft, head: PageAt): Diff | null {
  const doc = documentOfDraft(draft, head)
  return doc && diffDocuments(head.doc, doc, { fromTitle: head.revision.title, toTitle: draft.title })
}

/** The words of a page's headings by their ids. */
export async function sectionsOf(ctx: Context, page: Page): Promise<Map<string, string>> {
  const { doc } = await readRevision(ctx.db.read, page)
  return new Map(headings(doc).map(({ id, text }) => [id, text]))
}

function read(text: Pick<Draft, "format" | "body">, base: PageAt | null): { doc: Node | null; problem: string | null } {
  try {
    return { doc: readDocument(asInput(text), base?.doc ?? null).doc, problem: null }
  } catch (error) {
    if (error instanceof AppError) return { doc: null, problem: error.detail.problems?.[0]?.message ?? error.message }
    if (error instanceof SyntaxError) return { doc: null, problem: "The text is not well-formed JSON." }
    throw error
  }
}

function asInput({ format, body }: Pick<Draft, "format" | "body">): DocumentInput {
  return format === "markdown" ? { markdown: body } : { document: JSON.parse(body) as unknown }
}

function rawText({ format, body }: Pick<Draft, "format" | "body">): string {
  if (format === "markdown") return body
  try {
    return stringsIn(JSON.parse(body))
  } catch {
    return body
  }
}

function alive(row: DraftRow): Draft | undefined {
  return row.body === null ? undefined : { ...row, body: row.body }
}

function kept({ version, hash, savedAt, problem }: Kept): Kept {
  return { version, hash, savedAt, problem }
}

async function requireBase(ctx: Context, page: Page, base: number): Promise<PageAt> {
  if (base < 1 || base > page.revision) throw invalid("base", `The draft names revision ${base} as its base, which this page does not have.`)
  return readRevision(ctx.db.read, page, base)
}

function requirePart(base: PageAt, section: string | null): PageAt {
  return partOf(base, section) ?? refuseSection(base)
}

function refuseSection({ revision }: PageAt): never {
  throw invalid("section", `The draft names a section that revision ${revision.number} of the page does not have.`)
}

function keyOf(of: Page | string, section: string | null): string {
  return typeof of === "string" ? of : draftKey(of.id, section)
}

function requireWriter(viewer: Viewer, page: Page | null): User {
  if (viewer.id === null) throw new AppError("unauthenticated", "You are not logged in any more.")
  if (!canEdit(viewer, page)) throw new AppError("forbidden", "Only moderators may edit this page.")
  return { ...viewer, id: viewer.id }
}

function overtaken(): AppError {
  return new AppError("conflict", "Your draft of this page was saved or discarded since this text was written.")
}

function otherTab(draft: Draft): AppError {
  return new AppError("conflict", "You have another draft of this page, perhaps from another tab. It was not overwritten.", { extra: { draft } })
}
