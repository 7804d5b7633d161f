import type { JSX } from "preact"
import type { Context } from "../../context.ts"
import { notFound } from "../../errors.ts"
import type { User } from "../../web/viewer.ts"
import type { FormText } from "../edit-views.tsx"
import { kinds, type Page, type PageAt, partOf, sectionName } from "../model.ts"
import { readPage, readRevision } from "../reading.ts"
import { baseOfDraft, documentOfDraft, draftChanges, readDraft, readDrafts, saysNothingNew } from "./actions.ts"
import { type Draft, draftKey, readDraftKey, sectionOfDraft } from "./model.ts"
import { DraftOffer, type Listed, NewDraftsOffer, OtherDrafts } from "./views.tsx"

/** What the form begins with: the page or a draft of it, and the draft that is offered instead. */
export interface Opening {
  text: FormText
  /** Where the text came from a draft, what is wrong with it. */
  problem: string | null
  offer: JSX.Element | null
}

interface SectionGone {
  text: null
  offer: JSX.Element | null
}

interface Asked {
  section?: string | null
  take?: boolean
}

/**
 * The form of a page, or of the section under a heading: as it is, with the person's draft offered; or the draft itself, when they `take` it
 * up. Without a `text`, the page has no such section (any more); `offer` is then what they wrote of it.
 */
export async function openPage(ctx: Context, user: User, head: PageAt, { section = null, take = false }: Asked): Promise<Opening | SectionGone> {
  const { page, revision } = head
  const draft = await readDraft(ctx, user, page, section)
  if (draft && take) {
    const base = await baseOfDraft(ctx, page, draft)
    if (base) return { text: textOfDraft(draft, base), problem: draft.problem, offer: null }
  }
  const part = partOf(head, section)
  const offer = draft && !(part && saysNothingNew(draft, part)) ? DraftOffer({ page, draft, diff: part && draftChanges(draft, part) }) : null
  if (!part) return { text: null, offer }
  const text: FormText = { title: page.title, summary: "", base: revision.number, doc: part.doc, section: namedSection(section, part) }
  const others = await otherDrafts(ctx, user, page, section)
  // What says nothing new is gone on with.
  const continued = draft && !offer ? { draft: draft.version } : {}
  return { text: { ...text, ...continued }, problem: null, offer: <>{offer}{others.length > 0 && OtherDrafts({ drafts: others })}</> }
}

/** The form of a page that is started, with the drafts of such pages offered; or the one of this key. Throws `not-found`. */
export async function openNewPage(ctx: Context, user: User, key: string | undefined): Promise<Opening> {
  if (key !== undefined) {
    const draft = await readDraft(ctx, user, readDraftKey(key))
    if (!draft || draft.pageId !== null) throw notFound("draft")
    return { text: textOfDraft(draft, null), problem: draft.problem, offer: null }
  }
  const drafts = (await readDrafts(ctx, user)).filter(({ slug }) => slug === null)
  const text: FormText = { title: "", summary: "", base: 0, doc: null, draftKey: ctx.ids() }
  return { text, problem: null, offer: drafts.length > 0 ? NewDraftsOffer({ drafts }) : null }
}

/** The person's drafts with the names of the sections that some are of. */
export async function listedDrafts(ctx: Context, user: User): Promise<(Listed & { pageId: string | null })[]> {
  const drafts = await readDrafts(ctx, user)
  return Promise.all(
    drafts.map(async (draft) => {
      const section = sectionOfDraft(draft)
      if (section === null || draft.slug === null) return draft
      const page = await readPage(ctx, user, draft.slug).catch(() => null)
      const at = page && partOf(await readRevision(ctx.db.read, page), section)
      return { ...draft, sectionName: at ? sectionName(at) : section }
    }),
  )
}

async function otherDrafts(ctx: Context, user: User, page: Page, section: string | null): Promise<Listed[]> {
  const drafts = await listedDrafts(ctx, user)
  return drafts.filter((draft) => draft.pageId === page.id && draft.key !== draftKey(page.id, section))
}

function namedSection(id: string | null, part: PageAt): FormText["section"] {
  return id === null ? undefined : { id, name: sectionName(part) }
}

function textOfDraft(draft: Draft, part: PageAt | null): FormText {
  const { title, summary, base, format, body, version, key } = draft
  const doc = documentOfDraft(draft, part)
  return {
    title,
    summary,
    base,
    kind: kinds.find((kind) => kind === draft.kind),
    doc,
    ...((format === "markdown" || !doc) && { typed: body }),
    section: part ? namedSection(sectionOfDraft(draft), part) : undefined,
    draft: version,
    draftKey: key,
  }
}
