import type { JSX } from "preact"
import { changeListHtml, diffDocuments, diffHtml, wordChange } from "../../editor/document/index.ts"
import type { Problem } from "../errors.ts"
import type { Return } from "../pages/actions.ts"
import { crumbs, type Page, type PageAt, SUMMARY_LENGTH, wiki } from "../pages/model.ts"
import { Field, Problems } from "../web/forms.tsx"
import { Markup } from "../web/html.tsx"
import { CsrfField, Layout } from "../web/layout.tsx"
import { PageHeader } from "../web/page-header.tsx"
import type { Comparison } from "./comparisons.ts"

interface ReturnProps {
  plan: Return
  /** What is about to be done, as a heading. */
  what: string
  /** Where the form goes, and what it says besides the revision it was shown at. */
  action: string
  fields: Record<string, string | number>
  problems?: Problem[]
}

/** What taking something back would change, to be looked at before it is done. */
export function ReturnPage({ plan, what, action, fields, problems = [] }: ReturnProps): JSX.Element {
  const { head, text, collisions, unchanged } = plan
  const { page } = head
  return (
    <Layout title={`${what}: ${page.title}`} head={<meta name="robots" content="noindex" />}>
      <PageHeader page={page} crumbs={crumbs(page)} tab="history" />
      <h2>{what}</h2>
      <Problems problems={problems} remover={{ form: "return-form" }} />
      {unchanged ? (
        <p class="notice info">There is nothing to do: the page says so already.</p>
      ) : (
        <form id="return-form" method="post" action={action}>
          <CsrfField />
          {Object.entries(fields).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <input type="hidden" name="base" value={head.revision.number} />
          {collisions > 0 && (
            <p class="notice warning" role="alert">
              {collisions === 1 ? "One place was" : `${collisions} places were`} changed again since. You decide about {collisions === 1 ? "it" : "them"} in the next
              step; until then nothing is changed.
            </p>
          )}
          <Field name="summary" label="Why?" value={text.summary} problems={problems} maxlength={SUMMARY_LENGTH} />
          <button type="submit">{collisions > 0 ? "Decide what should stand there" : "Do this"}</button> <a href={`${wiki(page)}/history`}>Leave it as it is</a>
        </form>
      )}
      {!unchanged && <Preview plan={plan} />}
    </Layout>
  )
}

/** The page as it is against the page as it would be. */
export function Preview({ plan: { head, text } }: { plan: Return }): JSX.Element {
  const diff = diffDocuments(head.doc, text.doc, { fromTitle: head.revision.title, toTitle: text.title })
  const { added, removed } = wordChange(diff)
  return (
    <section aria-label="What this changes on the page">
      <h3>What this changes on the page</h3>
      <p class="size">
        +{added} −{removed} words
      </p>
      <Markup html={changeListHtml(diff)} />
      <Markup class="drawing" html={diffHtml(diff, "inline", { brief: true })} />
    </section>
  )
}

/** A way back from each change that touches a part of the page, for whoever may edit it. */
export function RestoreParts({ comparison: { from, to, diff } }: { comparison: Comparison }): JSX.Element | null {
  const changes = diff.changes.filter(({ block }) => block !== null)
  if (changes.length === 0) return null
  return (
    <details class="restore-parts">
      <summary>Restore a part as it was in revision {from.revision.number}</summary>
      <ol class="change-list">
        {changes.map(({ number, kind, block, part, description }) => (
          <li value={number}>
            {description}{" "}
            <a class="restore" href={partPath(to.page, from, kind.startsWith("fact-") && part ? part : block!)}>
              Restore this
            </a>
          </li>
        ))}
      </ol>
    </details>
  )
}

export function undoPath(page: Pick<Page, "slug">, number: number): string {
  return `${wiki(page)}/reversals?revision=${number}`
}

function partPath(page: Page, { revision }: PageAt, part: string): string {
  return `${wiki(page)}/restorations?number=${revision.number}&part=${encodeURIComponent(part)}`
}
