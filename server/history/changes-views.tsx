import type { ComponentChildren, JSX } from "preact"
import { regions, wiki } from "../pages/model.ts"
import { date, Time } from "../web/dates.tsx"
import { Layout } from "../web/layout.tsx"
import { type Change, changeKinds, type Narrowed } from "./model.ts"
import { Choice, Contributors, OpenDiff, WordChange } from "./parts.tsx"

interface ChangesProps {
  changes: Change[]
  next: string | null
  feed: string
}

/** What changed on the site, newest first. */
export function ChangesPage({ narrowed, canWatch, ...list }: ChangesProps & { narrowed: Narrowed; canWatch: boolean }): JSX.Element {
  return (
    <ListPage title="Recent changes" {...list}>
      <form class="narrow" action="/changes">
        <label>
          By <input name="by" value={narrowed.by} autocomplete="off" />
        </label>{" "}
        <Choice name="kind" label="What" options={[["", "All changes"], ...kindOptions]} chosen={narrowed.kind} />{" "}
        <Choice name="reviewed" label="Review" options={[["", "Any"], ["yes", "Reviewed"], ["no", "Not reviewed yet"]]} chosen={narrowed.reviewed} />{" "}
        <Choice name="state" label="Facilities in" options={[["", "Any state"], ...Object.entries(regions)]} chosen={narrowed.state} />{" "}
        {canWatch && <Choice name="watching" label="Pages" options={[["", "All pages"], ["yes", "What I watch"]]} chosen={narrowed.watching} />}{" "}
        <button type="submit" class="secondary">
          Show
        </button>
      </form>
    </ListPage>
  )
}

/** What one person did. */
export function PersonPage({ name, intro, panels, ...list }: ChangesProps & { name: string; intro: string; panels: (JSX.Element | null)[] }): JSX.Element {
  return (
    <ListPage title={name} {...list}>
      <p>{intro}</p>
      {panels}
    </ListPage>
  )
}

const kindOptions = Object.entries(changeKinds).map(([name, [label]]): [string, string] => [name, label as string])

function ListPage({ title, changes, next, feed, children }: ChangesProps & { title: string; children: ComponentChildren }): JSX.Element {
  const head = <link rel="alternate" type="application/atom+xml" href={feed} title={title} />
  return (
    <Layout title={title} head={head} scripts={["differences.js"]}>
      <h1>{title}</h1>
      {children}
      <p>
        <a href={feed}>Follow this list as a feed</a>
      </p>
      {changes.length === 0 && <p>Nothing yet.</p>}
      {[...groupBy(changes, ({ createdAt }) => createdAt.slice(0, 10))].map(([day, ofDay]) => (
        <section class="day">
          <h2>{date(day)}</h2>
          {[...groupBy(ofDay, ({ pageId }) => pageId)].map(([, ofPage]) => (
            <PageChanges changes={ofPage} />
          ))}
        </section>
      ))}
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

/** What happened to one page on one day. */
function PageChanges({ changes }: { changes: Change[] }): JSX.Element {
  const page = changes[0]!
  const numbers = changes.flatMap(({ number }) => number ?? [])
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)]
  return (
    <section class="of-page">
      <h3>
        <a href={wiki(page)}>{page.title}</a>{" "}
        {numbers.length > 1 && (
          <a class="together" href={`${wiki(page)}/diff/${Math.max(1, first - 1)}/${last}`}>
            {numbers.length} edits together
          </a>
        )}
      </h3>
      <ol class="timeline">
        {changes.map((change) => (
          <ChangeEntry change={change} />
        ))}
      </ol>
    </section>
  )
}

const ACTS: Partial<Record<Change["type"], string>> = {
  "page.created": "started",
  "page.renamed": "address changed",
  "page.undeleted": "brought back",
  "page.restored": "restored",
  "page.protected": "protection changed",
  "fact.checked": "fact checked",
}

function ChangeEntry({ change }: { change: Change }): JSX.Element {
  const { number, words, wordsBefore } = change
  return (
    <li>
      <Time at={change.createdAt} exact /> {ACTS[change.type] && <span class="act">{ACTS[change.type]}</span>}{" "}
      {change.actor && <Contributors names={[change.actor]} />} {words !== null && <WordChange before={wordsBefore ?? 0} after={words} />}{" "}
      {change.summary && <span class="summary">{change.summary}</span>} {!change.isReviewed && <span class="act">not reviewed yet</span>}{" "}
      {number !== null && number > 1 && <OpenDiff path={wiki(change)} from={number - 1} to={number} />}
    </li>
  )
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}
