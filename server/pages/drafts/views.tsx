import type { JSX } from "preact"
import { type Diff, diffHtml } from "../../../editor/document/index.ts"
import { Time } from "../../web/dates.tsx"
import { Markup } from "../../web/html.tsx"
import { CsrfField } from "../../web/layout.tsx"
import { type Page, wiki } from "../model.ts"
import type { Draft } from "./model.ts"

/** From here on the list of changes is folded. */
const SHOWN_CHANGES = 12

interface OfferProps {
  page: Page
  draft: Draft
  /** What it changes in the page as it is now; null when the text is too unfinished to be compared. */
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
        <p>It is unfinished and cannot be compared yet: {draft.problem}</p>
      )}
      <p>
        <a href={draftPath(draft.key, page.slug)}>Take up the draft</a>
      </p>
      <DiscardForm path={`${wiki(page)}/draft`} />
    </section>
  )
}

/** A draft with the page it belongs to, where there is one. */
export type Listed = Pick<Draft, "key" | "title" | "savedAt"> & { slug: string | null; pageTitle: string | null }

/** Drafts, each with its way back and the button that throws it away. */
export function DraftList({ drafts }: { drafts: Listed[] }): JSX.Element {
  return (
    <ul class="drafts">
      {drafts.map(({ key, slug, title, pageTitle, savedAt }) => (
        <li>
          <a href={draftPath(key, slug)}>{pageTitle ?? (title || "A new page without a title")}</a>
          {slug === null && " (not started yet)"}, kept <Time at={savedAt} exact />
          <DiscardForm path={slug === null ? `/new/drafts/${key}` : `${wiki({ slug })}/draft`} />
        </li>
      ))}
    </ul>
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

/** Where a draft is taken up. */
function draftPath(key: string, slug: string | null): string {
  return slug === null ? `/new?draft=${key}` : `${wiki({ slug })}/edit?draft=take`
}
