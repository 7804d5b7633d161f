import type { JSX } from "preact"
import { type Diff, diffHtml } from "../../../editor/document/index.ts"
import { Time } from "../../web/dates.tsx"
import { Markup } from "../../web/html.tsx"
import { CsrfField } from "../../web/layout.tsx"
import type { Page } from "../model.ts"
import { type Draft, draftPath, sectionOfDraft, takePath } from "./model.ts"

/** From here on the list of changes is folded. */
const SHOWN_CHANGES = 12

interface OfferProps {
  page: Page
  draft: Draft
  /** What it changes in the page as it is now; null when the two cannot be compared. */
  diff: Diff | null
}

/** Offers a draft above the form, with what it changes. */
export function DraftOffer({ page, draft, diff }: OfferProps): JSX.Element {
  return (
    <section class="notice info draft-offer" aria-labelledby="draft-offer">
      <h2 id="draft-offer">You were writing here</h2>
      <p>
        Your draft of <Time at={draft.savedAt} exact /> is kept. It was not saved as a revision.
        {draft.base < page.revision && " The page was changed since you began it; both are joined when you save."}
      </p>
      {diff ? (
        <details open={diff.changes.length <= SHOWN_CHANGES}>
          <summary>{diff.changes.length === 1 ? "1 change" : `${diff.changes.length} changes`} to the page as it is now</summary>
          <Markup html={diffHtml(diff, "inline")} />
        </details>
      ) : (
        <p>{draft.problem ? `It is unfinished and cannot be compared yet: ${draft.problem}` : "It cannot be compared with the page as it is now."}</p>
      )}
      <p>
        <a href={takePath(page, sectionOfDraft(draft))}>Take up the draft</a>
      </p>
      <DiscardForm path={draftPath(page, sectionOfDraft(draft))} />
    </section>
  )
}

/** A draft with the page it belongs to, where there is one. */
export type Listed = Pick<Draft, "key" | "title" | "savedAt"> & { slug: string | null; pageTitle: string | null; sectionName?: string }

/** Drafts, each with its way back and the button that throws it away. */
export function DraftList({ drafts }: { drafts: Listed[] }): JSX.Element {
  return (
    <ul class="drafts">
      {drafts.map((draft) => (
        <li>
          <a href={draft.slug === null ? `/new?draft=${draft.key}` : takePath({ slug: draft.slug }, sectionOfDraft(draft))}>
            {draft.pageTitle ?? (draft.title || "A new page without a title")}
            {draft.sectionName !== undefined && `, section “${draft.sectionName}”`}
          </a>
          {draft.slug === null && " (not started yet)"}, kept <Time at={draft.savedAt} exact />
          <DiscardForm path={draft.slug === null ? `/new/drafts/${draft.key}` : draftPath({ slug: draft.slug }, sectionOfDraft(draft))} />
        </li>
      ))}
    </ul>
  )
}

/** Names, above a form, other drafts of the same page: of a section where the form is of the page, and the other way round. */
export function OtherDrafts({ drafts }: { drafts: Listed[] }): JSX.Element {
  return (
    <section class="notice info draft-offer" aria-labelledby="other-drafts">
      <h2 id="other-drafts">You were writing elsewhere on this page</h2>
      <DraftList drafts={drafts} />
    </section>
  )
}

/** Offers the drafts of pages that are not started yet, above the form of another. */
export function NewDraftsOffer({ drafts }: { drafts: Listed[] }): JSX.Element {
  return (
    <section class="notice info draft-offer" aria-labelledby="draft-offer">
      <h2 id="draft-offer">You were starting a page</h2>
      <DraftList drafts={drafts} />
    </section>
  )
}

function DiscardForm({ path }: { path: string }): JSX.Element {
  return (
    <form class="discard" method="post" action={path}>
      <CsrfField />
      <button type="submit" class="secondary">
        Discard this draft
      </button>
    </form>
  )
}
