import type { JSX } from "preact"
import { anchor, citations, facts, headings, type LabelLanguage, say, sourcesHtml, toHtml, withChecked } from "../../editor/document/index.ts"
import { Time } from "../web/dates.tsx"
import { Markup } from "../web/html.tsx"
import { Invitation, Layout } from "../web/layout.tsx"
import { PageHeader } from "../web/page-header.tsx"
import type { FactNote } from "../web/panels.ts"
import { Alternates, LanguageSwitch } from "./languages.tsx"
import { mostWanted } from "./most-wanted.ts"
import { crumbs, editPath, factPath, type Page, type PageAt, readIn, wiki } from "./model.ts"
import { Printed } from "./printed.tsx"
import { TopActions } from "./top-actions.tsx"

/** From here on a page has a list of its sections. */
const CONTENTS_FROM = 4

interface ReadProps {
  at: PageAt
  /** Whether somebody has it open for writing. */
  isBeingEdited: boolean
  /** What is known of its facts beyond its text. */
  notes: ReadonlyMap<string, FactNote>
  /** What others have to say about its facts and other blocks, by their ids. */
  marks: ReadonlyMap<string, string>
  /** ISO date; how long ago facts were checked is counted to it. */
  today: string
  /** In which all is said beside the facts that nobody wrote. */
  language: LabelLanguage
  baseUrl: string
  panels: (JSX.Element | null)[]
  /** What panels say above the text. */
  notices: (JSX.Element | null)[]
  head: (JSX.Element | null)[]
}

/** A page as readers see it. */
export function ReadPage({ at, isBeingEdited, notes, marks, today, language, baseUrl, panels, notices, head }: ReadProps): JSX.Element {
  const { page, revision } = at
  const doc = withChecked(at.doc, new Map([...notes].map(([id, { checkedOn }]) => [id, checkedOn])))
  const warning = (id: string) => notes.get(id)?.warning ?? ""
  const mark = (id: string) => marks.get(id) ?? ""
  const beside = (id: string) => warning(id) + (notes.get(id)?.below ?? "") + mark(id)
  const edit = { section: (id: string) => editPath(page, id), fact: (id: string) => factPath(page, id) }
  const isFacility = page.kind === "facility"
  const wanted = isFacility ? mostWanted(doc) : null
  // Without facts there is nothing that would be said in another language.
  const isSpoken = facts(doc).length > 0
  const own = isSpoken ? language : "en"
  return (
    <Layout
      title={page.title}
      scripts={["reader.js"]}
      head={
        <>
          <link rel="canonical" href={baseUrl + readIn(page, own)} />
          {isSpoken && <Alternates page={page} baseUrl={baseUrl} />}
          {head}
        </>
      }
    >
      <article class="page">
        <PageHeader page={page} crumbs={crumbs(page)} tab="read" />
        {page.deletedAt && <DeletedNotice page={page} />}
        {isSpoken && <LanguageSwitch page={page} language={own} />}
        <p class="byline">
          Last changed <Time at={revision.createdAt} /> · <a href={`${wiki(page)}/history`}>revision {revision.number}</a>
          {isBeingEdited && " · being edited now"}
        </p>
        {isFacility && <TopActions doc={doc} notes={notes} today={today} language={own} />}
        {wanted && (
          <section class="most-wanted" aria-label={say(own, "wanted")}>
            <Markup html={toHtml(wanted, { today, language: own, ids: false, beside: warning })} />
          </section>
        )}
        <Printed at={at} baseUrl={baseUrl} />
        {notices}
        <Invitation />
        <Contents at={at} />
        <Markup class="text" html={toHtml(doc, { today, language: own, edit, beside, above: mark })} />
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

/** Over a deleted page, for moderators. */
function DeletedNotice({ page }: { page: Page }): JSX.Element {
  return (
    <p class="notice warning" role="status">
      This page was deleted <Time at={page.deletedAt!} />. Only moderators see it. To bring it back, see its <a href={`${wiki(page)}/history`}>history</a>.
    </p>
  )
}
