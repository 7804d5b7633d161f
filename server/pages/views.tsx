import type { JSX } from "preact"
import { citations, headings, toHtml, sourcesHtml, anchor, withChecked } from "../../editor/document/index.ts"
import { Time } from "../web/dates.tsx"
import { Markup } from "../web/html.tsx"
import { Invitation, Layout } from "../web/layout.tsx"
import { PageHeader } from "../web/page-header.tsx"
import type { FactNote } from "../web/panels.ts"
import { mostWanted } from "./most-wanted.ts"
import { crumbs, editPath, factPath, type Page, type PageAt, wiki } from "./model.ts"
import { Printed } from "./printed.tsx"

/** From here on a page has a list of its sections. */
const CONTENTS_FROM = 4

interface ReadProps {
  at: PageAt
  /** What is known of its facts beyond its text. */
  notes: ReadonlyMap<string, FactNote>
  /** ISO date; how long ago facts were checked is counted to it. */
  today: string
  baseUrl: string
  panels: (JSX.Element | null)[]
  /** What panels say above the text. */
  notices: (JSX.Element | null)[]
  head: (JSX.Element | null)[]
}

/** A page as readers see it. */
export function ReadPage({ at, notes, today, baseUrl, panels, notices, head }: ReadProps): JSX.Element {
  const { page, revision } = at
  const doc = withChecked(at.doc, new Map([...notes].map(([id, { checkedOn }]) => [id, checkedOn])))
  const warning = (id: string) => notes.get(id)?.warning ?? ""
  const beside = (id: string) => warning(id) + (notes.get(id)?.below ?? "")
  const edit = { section: (id: string) => editPath(page, id), fact: (id: string) => factPath(page, id) }
  const wanted = page.kind === "facility" ? mostWanted(doc) : null
  return (
    <Layout
      title={page.title}
      head={
        <>
          <link rel="canonical" href={`${baseUrl}/wiki/${encodeURIComponent(page.slug)}`} />
          {head}
        </>
      }
    >
      <article class="page">
        <PageHeader page={page} crumbs={crumbs(page)} tab="read" />
        <p class="byline">
          Last changed <Time at={revision.createdAt} /> · <a href={`${wiki(page)}/history`}>revision {revision.number}</a>
        </p>
        {wanted && (
          <section class="most-wanted" aria-label="Most wanted">
            <Markup html={toHtml(wanted, { today, ids: false, beside: warning })} />
          </section>
        )}
        <Printed at={at} baseUrl={baseUrl} />
        {notices}
        <Invitation />
        <Contents at={at} />
        <Markup class="text" html={toHtml(doc, { today, edit, beside })} />
        {citations(doc).length > 0 && (
          <section class="sources" id="sources">
            <h2>Sources</h2>
            <Markup html={sourcesHtml(doc)} />
          </section>
        )}
      </article>
      {panels}
    </Layout>
  )
}

function Contents({ at }: { at: PageAt }): JSX.Element | null {
  const list = headings(at.doc)
  if (list.length < CONTENTS_FROM) return null
  return (
    <details class="contents">
      <summary>Contents</summary>
      <ol>
        {list.map(({ id, level, text }) => (
          <li class={`level-${level}`}>
            <a href={`#${anchor(id)}`}>{text}</a>
          </li>
        ))}
      </ol>
    </details>
  )
}

/** What stands where a deleted page was, for moderators. */
export function DeletedNotice({ page }: { page: Page }): JSX.Element {
  return (
    <p class="notice warning" role="status">
      This page was deleted <Time at={page.deletedAt!} />. Only moderators see it.
    </p>
  )
}
