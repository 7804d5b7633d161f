import type { ComponentChildren, JSX } from "preact"
import { factLabel } from "../../editor/document/index.ts"
import { crumbs, type Page, type Revision, wiki } from "../pages/model.ts"
import { Time } from "../web/dates.tsx"
import { CsrfField, Layout } from "../web/layout.tsx"
import { PageHeader } from "../web/page-header.tsx"
import { GrowthChart } from "./chart.tsx"
import type { Period } from "./growth.ts"
import { type CheckedFact, type Entry, type TimelineKind, timelineKinds, wordsOf } from "./model.ts"
import { Choice, Contributors, OpenDiff, WordChange } from "./parts.tsx"
import { undoPath } from "./returning-views.tsx"

interface TimelineProps {
  page: Page
  entries: Entry[]
  /** The address of older entries. */
  next: string | null
  kind: TimelineKind | undefined
  /** The name of the person whose edits alone are shown. */
  by: string | undefined
  /** How the page grew; null where only a part of its history is shown. */
  growth: Period[] | null
  /** The facts of the page that were checked. */
  checked: CheckedFact[]
  /** What other features tell of their events, by `seq`. */
  told: Map<number, JSX.Element>
  isLoggedIn: boolean
  /** Whether somebody else has the page open for writing. */
  isBeingEdited: boolean
  canEdit: boolean
  canDelete: boolean
}

/** A page's history: revisions and everything else that happened to it, on one line of time. */
export function TimelinePage(props: TimelineProps): JSX.Element {
  const { page, entries, next, kind, by, growth, told, isBeingEdited, canEdit, canDelete } = props
  return (
    <Layout title={`History of ${page.title}`} head={<meta name="robots" content="noindex" />} scripts={["differences.js"]}>
      <PageHeader page={page} crumbs={crumbs(page)} tab="history" />
      {isBeingEdited && <p class="notice info">This page is being edited now.</p>}
      {growth && <GrowthChart periods={growth} />}
      <p>
        <a href={`${wiki(page)}/authorship`}>Who wrote which words</a>
      </p>
      <Since {...props} />
      <Narrow page={page} kind={kind} by={by} />
      {entries.length === 0 && <p>Nothing of this kind has happened here.</p>}
      <form class="compare" action={`${wiki(page)}/diff`}>
        {canCompare(entries) && (
          <p class="actions">
            <button type="submit" class="secondary">
              Compare the two chosen
            </button>
          </p>
        )}
        <ol class="timeline">{entriesOf(page, entries, told, canEdit)}</ol>
      </form>
      {next !== null && (
        <p>
          <a rel="next" href={next}>
            Older
          </a>
        </p>
      )}
      {canEdit && <p class="muted">To go back to an earlier text, open its revision.</p>}
      {canDelete && <Deletion page={page} />}
    </Layout>
  )
}

/** Comparisons that nobody has to look for the right revision for. */
function Since({ page, checked, isLoggedIn }: TimelineProps): JSX.Element | null {
  if (!isLoggedIn && checked.length === 0) return null
  return (
    <section class="since" aria-labelledby="since">
      <h2 id="since">What changed since</h2>
      {isLoggedIn && (
        <p>
          <a href={`${wiki(page)}/diff/since/read`}>I last read this page</a> · <a href={`${wiki(page)}/diff/since/edit`}>my last edit</a>
        </p>
      )}
      {checked.length > 0 && (
        <form action={`${wiki(page)}/diff/since/fact`}>
          <Choice name="id" label="This fact was checked:" options={checked.map((fact) => [fact.id, `${factLabel(fact)} (${fact.checkedOn})`])} chosen="" />{" "}
          <button type="submit" class="secondary">
            Show
          </button>
        </form>
      )}
    </section>
  )
}

function Narrow({ page, kind, by }: Pick<TimelineProps, "page" | "kind" | "by">): JSX.Element {
  const kinds = Object.entries(timelineKinds)
  return (
    <form class="narrow" action={`${wiki(page)}/history`}>
      <Choice name="kind" label="Show" options={[["", "Everything"], ...kinds]} chosen={kind ?? ""} />{" "}
      <label>
        Edits by <input name="by" value={by ?? ""} autocomplete="off" />
      </label>{" "}
      <button type="submit" class="secondary">
        Show
      </button>
    </form>
  )
}

function canCompare(entries: Entry[]): boolean {
  return entries.filter(({ revision }) => revision).length > 1
}

function entriesOf(page: Page, entries: Entry[], told: Map<number, JSX.Element>, canEdit: boolean): ComponentChildren {
  let revisions = 0
  const given = { page, canEdit, isPickable: canCompare(entries) }
  return entries.map((entry) =>
    entry.revision ? <RevisionEntry {...given} entry={entry} revision={entry.revision} index={revisions++} /> : <OtherEntry entry={entry} told={told.get(entry.event.seq)} />,
  )
}

interface RevisionProps {
  page: Page
  entry: Entry
  revision: Revision
  index: number
  canEdit: boolean
  /** Whether there is another to compare it with. */
  isPickable: boolean
}

/** `index` counts revisions alone: the newest two are chosen to be compared. */
function RevisionEntry({ page, entry, revision, index, canEdit, isPickable }: RevisionProps): JSX.Element {
  const { number, summary, createdAt, contributors, words, restores, undoes, partOf, nameHidden } = revision
  return (
    <li class="revision">
      {isPickable && (
        <span class="pick">
          <input type="radio" name="from" value={number} checked={index === 1} aria-label={`Compare from revision ${number}`} />
          <input type="radio" name="to" value={number} checked={index === 0} aria-label={`Compare to revision ${number}`} />
        </span>
      )}
      <a href={`${wiki(page)}/revisions/${number}`}>
        <Time at={createdAt} exact />
      </a>{" "}
      <Contributors names={contributors} /> {nameHidden && <span class="muted">{nameHidden}</span>} <WordChange before={entry.wordsBefore} after={words} />{" "}
      {restores !== null && <a href={`${wiki(page)}/revisions/${restores}`}>restores revision {restores}</a>}{" "}
      {undoes.length > 0 && <span class="act">{undoes.length > 5 ? `undoes ${undoes.length} revisions` : `undoes revision ${undoes.join(", ")}`}</span>}{" "}
      {partOf !== null && <a href={`${wiki(page)}/revisions/${partOf}`}>restores a part of revision {partOf}</a>}{" "}
      <span class="summary">{summary || (number === 1 ? "Page started" : "")}</span>{" "}
      {canEdit && number > 1 && <a href={undoPath(page, number)}>undo</a>}
      {number > 1 && <OpenDiff path={wiki(page)} from={number - 1} to={number} />}
    </li>
  )
}

function OtherEntry({ entry, told }: { entry: Entry; told: JSX.Element | undefined }): JSX.Element | null {
  const words = wordsOf(entry.event)
  if (!told && words === undefined) return null
  return (
    <li class="other">
      <Time at={entry.event.createdAt} exact /> {told ?? <span>{words}</span>} {!told && entry.actor !== null && <Contributors names={[entry.actor]} />}
    </li>
  )
}

function Deletion({ page }: { page: Page }): JSX.Element {
  return (
    <form method="post" action={`${wiki(page)}/deletion`} class="moderate">
      <CsrfField />
      <input type="hidden" name="deleted" value={page.deletedAt ? "no" : "yes"} />
      <button type="submit" class="secondary">
        {page.deletedAt ? "Bring this page back" : "Delete this page"}
      </button>{" "}
      <span class="hint">Readers get a notice that it was deleted. Its history stays.</span>
    </form>
  )
}
