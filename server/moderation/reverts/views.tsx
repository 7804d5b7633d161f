import type { JSX } from "preact"
import { changeListHtml, diffDocuments, diffHtml, wordChange } from "../../../editor/document/index.ts"
import { REASON_LENGTH } from "../../comments/model.ts"
import type { Problem } from "../../errors.ts"
import type { Return } from "../../pages/actions.ts"
import { type Page, wiki } from "../../pages/model.ts"
import { Field, Problems } from "../../web/forms.tsx"
import { Markup } from "../../web/html.tsx"
import { CsrfField, Layout } from "../../web/layout.tsx"
import type { Revert, Reverted, Reverts } from "./actions.ts"

interface RevertsProps {
  name: string
  since: string
  reason?: string
  planned: Reverts | null
  reverted?: Reverted
  problems?: Problem[]
}

/** Everything by one person since a time, with what taking it back would change; then one act. */
export function RevertsPage({ name, since, reason = "", planned, reverted, problems = [] }: RevertsProps): JSX.Element {
  return (
    <Layout title="Take back everything by one person" head={<meta name="robots" content="noindex" />}>
      <h1>Take back everything by one person</h1>
      {reverted && <Outcome reverted={reverted} />}
      <Problems problems={problems} remover={{ form: "revert-form" }} />
      <form action="/moderation/reverts">
        <Field name="name" label="Name" value={name} problems={problems} required />
        <Field name="since" label="Since" hint="A day, such as 2026-11-23, or with a time: 2026-11-23T14:00 (UTC)" value={since} problems={problems} required />
        <button type="submit" class="secondary">
          Show what that would change
        </button>
      </form>
      {planned && <Plan planned={planned} reason={reason} problems={problems} />}
    </Layout>
  )
}

function Plan({ planned, reason, problems }: { planned: Reverts; reason: string; problems: Problem[] }): JSX.Element {
  const { name, since, reverts, isCut } = planned
  const possible = reverts.filter(({ plan }) => plan)
  if (reverts.length === 0) return <p class="notice info">There is nothing by <bdi>{name}</bdi> since then that is still there.</p>
  return (
    <form id="revert-form" method="post" action="/moderation/reverts">
      <CsrfField />
      <input type="hidden" name="name" value={name} />
      <input type="hidden" name="since" value={since} />
      <p>
        Nothing is changed yet. On each chosen page the edits by <bdi>{name}</bdi> since then are taken back in one revision; what others wrote stays.
        {isCut && " There are more pages; they come when these are done."}
      </p>
      {reverts.map((revert) => (
        <RevertItem revert={revert} />
      ))}
      {possible.length > 0 && (
        <>
          <Field name="reason" label="Why? It stands in the public log." value={reason} problems={problems} maxlength={REASON_LENGTH} />
          <button type="submit">Take back the chosen ones</button>
        </>
      )}
    </form>
  )
}

function RevertItem({ revert: { page, numbers, plan, problem } }: { revert: Revert }): JSX.Element {
  return (
    <section class="revert">
      <h2>
        <PageLink page={page} />
      </h2>
      <p class="muted">
        {numbers.length === 1 ? `Revision ${numbers[0]}` : `${numbers.length} revisions, ${numbers[0]} to ${numbers.at(-1)}`} ·{" "}
        <a href={`${wiki(page)}/history`}>History</a>
      </p>
      {plan ? (
        <>
          <p>
            <label>
              <input type="checkbox" name={`head-${page.id}`} value={plan.head.revision.number} checked /> Take this back
            </label>
          </p>
          <Drawing plan={plan} />
        </>
      ) : (
        <p class="notice warning">Left as it is. {problem}</p>
      )}
    </section>
  )
}

function Drawing({ plan: { head, text } }: { plan: Return }): JSX.Element {
  const diff = diffDocuments(head.doc, text.doc, { fromTitle: head.revision.title, toTitle: text.title })
  const { added, removed } = wordChange(diff)
  const prefix = `${head.page.id}-`
  return (
    <details open>
      <summary>
        What that changes{" "}
        <span class="size">
          +{added} −{removed} words
        </span>
      </summary>
      <Markup html={changeListHtml(diff, { prefix })} />
      <Markup class="drawing" html={diffHtml(diff, "inline", { prefix, brief: true })} />
    </details>
  )
}

function Outcome({ reverted: { done, left } }: { reverted: Reverted }): JSX.Element {
  return (
    <section class="notice info" role="status">
      <p>{done.length === 1 ? "Taken back on one page." : `Taken back on ${done.length} pages.`}</p>
      <ul>
        {done.map(({ page, number }) => (
          <li>
            <PageLink page={page} />: <a href={`${wiki(page)}/diff/${number - 1}/${number}`}>revision {number}</a>
          </li>
        ))}
        {left.map(({ page, why }) => (
          <li>
            <PageLink page={page} /> was left as it is. {why}
          </li>
        ))}
      </ul>
    </section>
  )
}

function PageLink({ page }: { page: Page }): JSX.Element {
  return <a href={wiki(page)}>{page.title}</a>
}
