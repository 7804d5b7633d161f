import type { JSX } from "preact"
import { sourcesHtml, toHtml } from "../../editor/document/index.ts"
import { crumbs, type Page, type PageAt, wiki } from "../pages/model.ts"
import { Time } from "../web/dates.tsx"
import { Markup } from "../web/html.tsx"
import { CsrfField, Layout } from "../web/layout.tsx"
import { PageHeader } from "../web/page-header.tsx"
import { citeBibtex, citeCsl, citePlain, revisionPath } from "./cite.ts"
import { Contributors } from "./parts.tsx"
import { undoPath } from "./returning-views.tsx"

interface RevisionProps {
  at: PageAt
  canEdit: boolean
  /** Whether the reader may hide something of it. */
  canHide: boolean
  today: string
}

/** One revision in full, with what it is and how to go back to it. */
export function RevisionPage({ at, canEdit, canHide, today }: RevisionProps): JSX.Element {
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
          {revision.nameHidden && <span class="muted"> {revision.nameHidden}</span>}
          {revision.summary && (
            <>
              : <q>{revision.summary}</q>
            </>
          )}
        </p>
        <p>
          {revision.number > 1 && <a href={`${wiki(page)}/diff/${revision.number - 1}/${revision.number}`}>What it changed</a>}{" "}
          {!isCurrent && <a href={`${wiki(page)}/diff/${revision.number}/${page.revision}`}>What changed since</a>}{" "}
          <a href={`${revisionPath(at)}/cite`}>Cite this revision</a>{" "}
          <span class="muted">
            Fingerprint <code>{revision.hash.slice(0, 12)}</code>
          </span>{" "}
          {canHide && <a href={`/moderation/redactions/new?page=${encodeURIComponent(page.slug)}&number=${revision.number}`}>Hide something of it</a>}
        </p>
        {canEdit && !isCurrent && !at.isTextHidden && <Restore page={page} number={revision.number} />}
        {canEdit && revision.number > 1 && (
          <p>
            <a href={undoPath(page, revision.number)}>Undo this revision</a>
          </p>
        )}
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

/** How to quote one revision, so that a reader finds the very same words. */
export function CitePage({ at, baseUrl }: { at: PageAt; baseUrl: string }): JSX.Element {
  const { page, revision } = at
  const path = revisionPath(at)
  return (
    <Layout title={`Cite ${revision.title}`} head={<meta name="robots" content="noindex" />}>
      <PageHeader page={page} crumbs={crumbs(page)} tab="history" />
      <h2>Cite revision {revision.number}</h2>
      <p>
        The address below shows the text as it was on <Time at={revision.createdAt} />, however the page changes later.
        {revision.number !== page.revision && (
          <>
            {" "}
            There is a <a href={`${wiki(page)}/revisions/${page.revision}/cite`}>newer revision</a>.
          </>
        )}
      </p>
      <p>
        <a href={path}>
          {baseUrl}
          {path}
        </a>
      </p>
      <Format name="As a sentence" text={citePlain(at, baseUrl)} />
      <Format name="BibTeX" text={citeBibtex(at, baseUrl)} file={`${path}/cite.bib`} />
      <Format name="CSL JSON, for Zotero and word processors" text={JSON.stringify(citeCsl(at, baseUrl), null, 2)} file={`${path}/cite.json`} />
    </Layout>
  )
}

function Format({ name, text, file }: { name: string; text: string; file?: string }): JSX.Element {
  return (
    <section class="citation-format">
      <h3>{name}</h3>
      <pre tabIndex={0}>{text}</pre>
      {file && (
        <p>
          <a href={file} download>
            Download
          </a>
        </p>
      )}
    </section>
  )
}
