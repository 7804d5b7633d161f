import type { JSX } from "preact"
import type { Context } from "../../context.ts"
import { notFound } from "../../errors.ts"
import type { User } from "../../web/viewer.ts"
import type { FormText } from "../edit-views.tsx"
import { kinds, type PageAt } from "../model.ts"
import { documentOfDraft, draftChanges, readDraft, readDrafts, saysNothingNew } from "./actions.ts"
import { type Draft, readDraftKey } from "./model.ts"
import { DraftOffer, NewDraftsOffer } from "./views.tsx"

/** What the form begins with: the page or a draft of it, and the draft that is offered instead. */
export interface Opening {
  text: FormText
  /** Where the text came from a draft, what is wrong with it. */
  problem: string | null
  offer: JSX.Element | null
}

/** The form of a page: as it is, with the person's draft offered; or the draft itself, when they `take` it up. */
export async function openPage(ctx: Context, user: User, head: PageAt, take: boolean): Promise<Opening> {
  const { page, revision, doc } = head
  const draft = await readDraft(ctx, user, page)
  if (draft && take) return { text: textOfDraft(draft, head), problem: draft.problem, offer: null }
  const text: FormText = { title: page.title, summary: "", base: revision.number, doc }
  if (!draft) return { text, problem: null, offer: null }
  if (saysNothingNew(draft, head)) return { text: { ...text, draft: draft.version }, problem: null, offer: null }
  return { text, problem: null, offer: DraftOffer({ page, draft, diff: draftChanges(draft, head) }) }
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

function textOfDraft(draft: Draft, head: PageAt | null): FormText {
  const { title, summary, base, format, body, version, key } = draft
  const doc = documentOfDraft(draft, head)
  return {
    title,
    summary,
    base,
    kind: kinds.find((kind) => kind === draft.kind),
    doc,
    ...((format === "markdown" || !doc) && { typed: body }),
    draft: version,
    draftKey: key,
  }
}
