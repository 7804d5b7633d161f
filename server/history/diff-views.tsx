import type { JSX } from "preact"
import { type ChangeClass, changeCounts, type DiffView, diffViews, wordChange } from "../../editor/document/index.ts"
import { crumbs, type Revision, wiki } from "../pages/model.ts"
import { Time } from "../web/dates.tsx"
import { Markup } from "../web/html.tsx"
import { Layout } from "../web/layout.tsx"
import { PageHeader } from "../web/page-header.tsx"
import { type Comparison, draw } from "./comparisons.ts"
import { Contributors } from "./parts.tsx"
import { RestoreParts, undoPath } from "./returning-views.tsx"

/** Changes that say nothing new, so that a reader may want them out of the way; how many are hidden is always said. */
export const hideable = ["formatting", "citation", "punctuation", "whitespace", "encoding"] as const satisfies ChangeClass[]

const VIEW_NAMES: Record<DiffView, string> = { inline: "In the text", side: "Side by side", source: "Source" }

interface DiffProps {
  comparison: Comparison
  view: DiffView
  hide: readonly ChangeClass[]
  canEdit: boolean
  /** What others had saved while this was written, with which it was joined. */
  joined?: readonly Revision[]
}

/** What changed between two revisions: the numbered list of changes, and beside it the texts in which they are drawn. */
export function DiffPage({ comparison, view, hide, canEdit, joined = [] }: DiffProps): JSX.Element {
  const { from, to, diff, complete } = comparison
  const { page } = to
  const drawn = draw(comparison, view, { hide })
  const count = diff.changes.length
  return (
    <Layout title={`Changes of ${page.title}`} head={<meta name="robots" content="noindex" />} scripts={["differences.js"]}>
      <PageHeader page={page} crumbs={crumbs(page)} tab="history" />
      {joined.length > 0 && <Joined comparison={comparison} joined={joined} canEdit={canEdit} />}
      <h2>
        <a href={`${wiki(page)}/revisions/${from.revision.number}`}>Revision {from.revision.number}</a> →{" "}
        <a href={`${wiki(page)}/revisions/${to.revision.number}`}>revision {to.revision.number}</a>
      </h2>
      <Byline comparison={comparison} />
      {!complete && (
        <p class="notice warning" role="alert">
          This comparison could not be verified as complete. Open both revisions to compare them in full.
        </p>
      )}
      <Neighbours comparison={comparison} />
      {canEdit && joined.length === 0 && from.revision.number === to.revision.number - 1 && (
        <p>
          <a href={undoPath(page, to.revision.number)}>Undo this revision</a>
        </p>
      )}
      {count === 0 ? (
        <p>Nothing differs between these two revisions.</p>
      ) : (
        <>
          <Views comparison={comparison} view={view} hide={hide} />
          <Filters comparison={comparison} view={view} hide={hide} />
          <div class="difference">
            <details class="change-index" open>
              <summary>
                {count === 1 ? "1 change" : `${count} changes`} <Sizes comparison={comparison} />
              </summary>
              <Markup html={drawn.list} />
              {canEdit && <RestoreParts comparison={comparison} />}
            </details>
            <Markup class="drawing" html={drawn.text} />
          </div>
        </>
      )}
    </Layout>
  )
}

/** The same for a place in a list: without the frame of a page. */
export function DiffPart({ comparison, prefix }: { comparison: Comparison; prefix: string }): JSX.Element {
  const { from, to, diff, complete } = comparison
  const drawn = draw(comparison, "inline", { prefix, brief: true })
  const path = `${wiki(to.page)}/diff/${from.revision.number}/${to.revision.number}`
  return (
    <div class="diff-part">
      {!complete && <p class="notice warning">This comparison could not be verified as complete. Open both revisions to compare them in full.</p>}
      {diff.changes.length === 0 ? <p>Nothing differs between these two revisions.</p> : <Markup html={drawn.list} />}
      <Markup html={drawn.text} />
      <p>
        <Sizes comparison={comparison} /> · <a href={path}>the whole comparison</a>
      </p>
    </div>
  )
}

/** Tells who saved that the text was joined: with whose changes, what they are, and how to take one's own back. */
function Joined({ comparison: { from, to }, joined, canEdit }: Pick<DiffProps, "comparison" | "canEdit"> & { joined: readonly Revision[] }) {
  const { page, revision } = to
  const [first, last] = [joined.at(-1)!.number, from.revision.number]
  const names = [...new Set(joined.flatMap(({ contributors }) => contributors))]
  return (
    <section class="notice info joined" role="status">
      <h2>Your text was joined with what others saved</h2>
      <p>
        <Contributors names={names} /> saved {first === last ? `revision ${last}` : `revisions ${first} to ${last}`} while you were writing. Both are on the
        page now; below is what your save changed.
      </p>
      <p>
        <a href={`${wiki(page)}/diff/${first - 1}/${last}`}>What they changed</a> · <a href={wiki(page)}>Read the page</a>
        {canEdit && (
          <>
            {" "}
            · <a href={undoPath(page, revision.number)}>Undo your save</a>
          </>
        )}
      </p>
    </section>
  )
}

function Byline({ comparison: { from, to } }: { comparison: Comparison }): JSX.Element {
  return (
    <p class="byline">
      <Time at={from.revision.createdAt} exact /> by <Contributors names={from.revision.contributors} /> →{" "}
      <Time at={to.revision.createdAt} exact /> by <Contributors names={to.revision.contributors} />
      {to.revision.summary && (
        <>
          : <q>{to.revision.summary}</q>
        </>
      )}
    </p>
  )
}

function Sizes({ comparison }: { comparison: Comparison }): JSX.Element {
  const { added, removed } = wordChange(comparison.diff)
  return (
    <span class="size">
      +{added} −{removed} words
    </span>
  )
}

function Views({ comparison, view, hide }: Omit<DiffProps, "canEdit">): JSX.Element {
  return (
    <nav class="tabs" aria-label="View">
      {diffViews.map((name) => (
        <a href={address(comparison, name, hide)} aria-current={name === view ? "page" : undefined}>
          {VIEW_NAMES[name]}
        </a>
      ))}
    </nav>
  )
}

/** Offers to leave out each class that occurs; what is left out stays counted beside it. */
function Filters({ comparison, view, hide }: Omit<DiffProps, "canEdit">): JSX.Element | null {
  const counts = changeCounts(comparison.diff)
  const offered = hideable.filter((name) => counts[name])
  if (offered.length === 0) return null
  return (
    <form class="narrow" action={address(comparison)}>
      <input type="hidden" name="view" value={view} />
      Leave out:{" "}
      {offered.map((name) => (
        <label>
          <input type="checkbox" name="hide" value={name} checked={hide.includes(name)} /> {name} ({counts[name]})
        </label>
      ))}{" "}
      <button type="submit" class="secondary">
        Show
      </button>
    </form>
  )
}

/** The change before and the change after this one, and the whole way to the page of today. */
function Neighbours({ comparison: { from, to } }: { comparison: Comparison }): JSX.Element {
  const { page } = to
  const [first, last] = [from.revision.number, to.revision.number]
  return (
    <p class="neighbours">
      {first > 1 && (
        <a rel="prev" href={`${wiki(page)}/diff/${first - 1}/${first}`}>
          The change before
        </a>
      )}{" "}
      {last < page.revision && (
        <>
          <a rel="next" href={`${wiki(page)}/diff/${last}/${last + 1}`}>
            The change after
          </a>{" "}
          <a href={`${wiki(page)}/diff/${first}/${page.revision}`}>Up to now</a>
        </>
      )}
    </p>
  )
}

function address({ from, to }: Comparison, view?: DiffView, hide: readonly ChangeClass[] = []): string {
  const query = new URLSearchParams([...(view ? [["view", view]] : []), ...hide.map((name) => ["hide", name])])
  const path = `${wiki(to.page)}/diff/${from.revision.number}/${to.revision.number}`
  return query.size > 0 ? `${path}?${query.toString()}` : path
}
