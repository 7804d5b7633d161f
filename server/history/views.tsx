import type { JSX } from "preact"
import { changeListHtml, diffHtml, sourcesHtml, toHtml, wordChange } from "../../editor/document/index.ts"
import type { Event } from "../events.ts"
import { crumbs, type Page, type PageAt, type Revision, wiki } from "../pages/model.ts"
import { HIDDEN_NAME } from "../pages/redactions/model.ts"
import { Time } from "../web/dates.tsx"
import { Markup } from "../web/html.tsx"
import { CsrfField, Layout } from "../web/layout.tsx"
import { PageHeader } from "../web/page-header.tsx"
import type { Change, Comparison, Entry } from "./actions.ts"

export const views = ["inline", "side", "source"] as const
export type View = (typeof views)[number]

interface TimelineProps {
  page: Page
  entries: Entry[]
  next: number | null
  /** What other features tell of their events, by `seq`. */
  told: Map<number, JSX.Element>
  /** Whether somebody else has the page open for writing. */
  isBeingEdited: boolean
  canEdit: boolean
  canDelete: boolean
}

/** A page's history: revisions and everything else that happened to it, on one line of time. */
export function TimelinePage({ page, entries, next, told, isBeingEdited, canEdit, canDelete }: TimelineProps): JSX.Element {
  return (
    <Layout title={`History of ${page.title}`} head={<meta name="robots" content="noindex" />}>
      <PageHeader page={page} crumbs={crumbs(page)} tab="history" />
      {isBeingEdited && <p class="notice info">This page is being edited now.</p>}
      <form class="compare" action={`${wiki(page)}/diff`}>
        <p class="actions">
          <button type="submit" class="secondary">
            Compare the two chosen
          </button>
        </p>
        <ol class="timeline">
          {entries.map((entry, index) =>
            entry.revision ? (
              <RevisionEntry page={page} entry={entry} revision={entry.revision} index={index} />
            ) : (
              <OtherEntry entry={entry} told={told.get(entry.event.seq)} />
            ),
          )}
        </ol>
      </form>
      {next !== null && (
        <p>
          <a rel="next" href={`${wiki(page)}/history?before=${next}`}>
            Older
          </a>
        </p>
      )}
      {canEdit && <p class="muted">To go back to an earlier text, open its revision.</p>}
      {canDelete && <Deletion page={page} />}
    </Layout>
  )
}

function RevisionEntry({ page, entry, revision, index }: { page: Page; entry: Entry; revision: Revision; index: number }): JSX.Element {
  const { number, summary, createdAt, contributors, words, restores } = revision
  return (
    <li class="revision">
      <span class="pick">
        <input type="radio" name="from" value={number} checked={index === 1} aria-label={`Compare from revision ${number}`} />
        <input type="radio" name="to" value={number} checked={index === 0} aria-label={`Compare to revision ${number}`} />
      </span>
      <a href={`${wiki(page)}/revisions/${number}`}>
        <Time at={createdAt} exact />
      </a>{" "}
      <Contributors names={contributors} /> <WordChange before={entry.wordsBefore} after={words} />{" "}
      {restores !== null && <a href={`${wiki(page)}/revisions/${restores}`}>restores revision {restores}</a>}{" "}
      <span class="summary">{summary || (number === 1 ? "Page started" : "")}</span>{" "}
      {number > 1 && <a href={`${wiki(page)}/diff/${number - 1}/${number}`}>what changed</a>}
    </li>
  )
}

function OtherEntry({ entry, told }: { entry: Entry; told: JSX.Element | undefined }): JSX.Element | null {
  const body = told ?? pageEvent(entry.event)
  if (!body) return null
  return (
    <li class="other">
      <Time at={entry.event.createdAt} exact /> {body}
    </li>
  )
}

function pageEvent(event: Event): JSX.Element | null {
  if (event.type === "page.deleted") return <span>Page deleted</span>
  if (event.type === "page.undeleted") return <span>Page restored after deletion</span>
  if (event.type !== "page.renamed") return null
  return (
    <span>
      Address changed from /wiki/{event.detail?.from} to /wiki/{event.subject}
    </span>
  )
}

function Contributors({ names }: { names: string[] }): JSX.Element {
  return (
    <span class="people">
      {names.map((name, index) => (
        <>
          {index > 0 && ", "}
          {name === HIDDEN_NAME ? (
            name
          ) : (
            <a href={`/users/${encodeURIComponent(name)}`}>
              <bdi>{name}</bdi>
            </a>
          )}
        </>
      ))}
    </span>
  )
}

function WordChange({ before, after }: { before: number; after: number }): JSX.Element {
  const change = after - before
  const sign = change > 0 ? "+" : change < 0 ? "−" : "±"
  const word = Math.abs(change) === 1 ? "word" : "words"
  return (
    <span class={`size ${change < 0 ? "less" : "more"}`}>
      {sign}
      {Math.abs(change)} {word}
    </span>
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

/** One revision in full, with what it is and how to go back to it. */
export function RevisionPage({ at, canEdit, canHide, today }: { at: PageAt; canEdit: boolean; canHide: boolean; today: string }): JSX.Element {
  const { page, revision, doc } = at
  const isCurrent = revision.number === page.revision
  return (
    <Layout title={`${revision.title}, revision ${revision.number}`} head={<meta name="robots" content="noindex" />}>
      <PageHeader page={page} crumbs={crumbs(page)} tab="history" />
      <aside class="notice info revision-banner">
        <p>
          This is revision {revision.number}
          {isCurrent ? ", the current one" : ` of ${page.revision}, not the current page`}, saved <Time at={revision.createdAt} exact /> by{" "}
          <Contributors names={revision.contributors} />
          {revision.summary && (
            <>
              : <q>{revision.summary}</q>
            </>
          )}
        </p>
        <p>
          {revision.number > 1 && <a href={`${wiki(page)}/diff/${revision.number - 1}/${revision.number}`}>What it changed</a>}{" "}
          {!isCurrent && <a href={`${wiki(page)}/diff/${revision.number}/${page.revision}`}>What changed since</a>}{" "}
          <span class="muted">
            Fingerprint <code>{revision.hash.slice(0, 12)}</code>
          </span>{" "}
          {canHide && <a href={`/moderation/redactions/new?page=${encodeURIComponent(page.slug)}&number=${revision.number}`}>Hide something of it</a>}
        </p>
        {canEdit && !isCurrent && !at.isTextHidden && <Restore page={page} number={revision.number} />}
      </aside>
      {revision.title !== page.title && <p class="old-title">Title then: {revision.title}</p>}
      <Markup class="text" html={toHtml(doc, { today })} />
      <Markup class="sources" html={sourcesHtml(doc)} />
    </Layout>
  )
}

function Restore({ page, number }: { page: Page; number: number }): JSX.Element {
  return (
    <form method="post" action={`${wiki(page)}/restorations`}>
      <CsrfField />
      <input type="hidden" name="number" value={number} />
      <input type="hidden" name="base" value={page.revision} />
      <button type="submit">Restore this text</button>
    </form>
  )
}

const VIEW_NAMES: Record<View, string> = { inline: "In the text", side: "Side by side", source: "Source" }

/** What changed between two revisions. */
export function DiffPage({ comparison, view }: { comparison: Comparison; view: View }): JSX.Element {
  const { from, to, diff, complete } = comparison
  const { page } = to
  const path = `${wiki(page)}/diff/${from.revision.number}/${to.revision.number}`
  const size = wordChange(diff)
  return (
    <Layout title={`Changes of ${page.title}`} head={<meta name="robots" content="noindex" />}>
      <PageHeader page={page} crumbs={crumbs(page)} tab="history" />
      <h2>
        <a href={`${wiki(page)}/revisions/${from.revision.number}`}>Revision {from.revision.number}</a> →{" "}
        <a href={`${wiki(page)}/revisions/${to.revision.number}`}>revision {to.revision.number}</a>
      </h2>
      <p class="byline">
        <Time at={from.revision.createdAt} exact /> by <Contributors names={from.revision.contributors} /> →{" "}
        <Time at={to.revision.createdAt} exact /> by <Contributors names={to.revision.contributors} />
        {to.revision.summary && (
          <>
            : <q>{to.revision.summary}</q>
          </>
        )}
      </p>
      <nav class="tabs" aria-label="View">
        {views.map((name) => (
          <a href={`${path}?view=${name}`} aria-current={name === view ? "page" : undefined}>
            {VIEW_NAMES[name]}
          </a>
        ))}
      </nav>
      {!complete && (
        <p class="notice warning" role="alert">
          This comparison could not be verified as complete. Open both revisions to compare them in full.
        </p>
      )}
      <p class="size">
        +{size.added} −{size.removed} words
      </p>
      {diff.changes.length === 0 ? (
        <p>Nothing differs between these two revisions.</p>
      ) : (
        <>
          <details class="change-index" open={diff.changes.length <= 12}>
            <summary>{diff.changes.length === 1 ? "1 change" : `${diff.changes.length} changes`}</summary>
            <Markup html={changeListHtml(diff)} />
          </details>
          <Markup html={diffHtml(diff, view)} />
        </>
      )}
    </Layout>
  )
}

interface ChangesProps {
  title: string
  intro?: string
  changes: Change[]
  next: string | null
  feed?: string
}

/** A list of changes across pages: the site's newest, or one person's. */
export function ChangesPage({ title, intro, changes, next, feed }: ChangesProps): JSX.Element {
  return (
    <Layout title={title} head={feed && <link rel="alternate" type="application/atom+xml" href={feed} title={title} />}>
      <h1>{title}</h1>
      {intro && <p>{intro}</p>}
      {changes.length === 0 && <p>Nothing yet.</p>}
      <ol class="timeline">
        {changes.map((change) => (
          <ChangeEntry change={change} />
        ))}
      </ol>
      {next && (
        <p>
          <a rel="next" href={next}>
            Older
          </a>
        </p>
      )}
    </Layout>
  )
}

const ACTS: Partial<Record<Change["type"], string>> = {
  "page.created": "started",
  "page.renamed": "address changed",
  "page.undeleted": "brought back",
  "page.restored": "restored",
}

function ChangeEntry({ change }: { change: Change }): JSX.Element {
  const { number, words, wordsBefore } = change
  const path = wiki(change)
  return (
    <li>
      <Time at={change.createdAt} exact /> <a href={path}>{change.title}</a> {ACTS[change.type] && <span class="act">{ACTS[change.type]}</span>}{" "}
      {change.actor && <Contributors names={[change.actor]} />} {words !== null && <WordChange before={wordsBefore ?? 0} after={words} />}{" "}
      {change.summary && <span class="summary">{change.summary}</span>}{" "}
      {number !== null && number > 1 && <a href={`${path}/diff/${number - 1}/${number}`}>what changed</a>}
    </li>
  )
}
