import type { JSX } from "preact"
import type { Problem } from "../../errors.ts"
import { crumbs, type Page, wiki } from "../../pages/model.ts"
import { Problems } from "../../web/forms.tsx"
import { CsrfField, Layout } from "../../web/layout.tsx"
import { PageHeader } from "../../web/page-header.tsx"
import type { NewReport } from "./actions.ts"
import { CAUSES, NOTE_LENGTH, type Subject } from "./model.ts"

interface ReportProps {
  page: Page
  kind: Subject
  said: string
  values: NewReport
  problems: Problem[]
}

/** The form that says what is wrong with a fact or a comment. */
export function ReportPage({ page, kind, said, values, problems }: ReportProps): JSX.Element {
  return (
    <Layout title={kind === "fact" ? "This is wrong or out of date" : "Report a comment"} head={<meta name="robots" content="noindex" />}>
      <PageHeader page={page} crumbs={crumbs(page)} tab="read" />
      <h2>{kind === "fact" ? "This is wrong or out of date" : "Report this comment"}</h2>
      <blockquote>
        <bdi>{said}</bdi>
      </blockquote>
      <Problems problems={problems} remover={{ form: "report-form" }} />
      <form id="report-form" method="post" action={`${wiki(page)}/reports`} class="report-form">
        <CsrfField />
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="subject" value={values.subject} />
        <fieldset class="choice" id="field-cause">
          <legend>What is wrong?</legend>
          {Object.entries(CAUSES[kind]).map(([cause, words]) => (
            <p>
              <label>
                <input type="radio" name="cause" value={cause} checked={values.cause === cause} required /> {words}
              </label>
            </p>
          ))}
        </fieldset>
        <p class="field">
          <label for="field-note">{kind === "fact" ? "What is right, and how do you know? (optional)" : "What should a moderator know? (optional)"}</label>
          <textarea id="field-note" name="note" rows={4} maxlength={NOTE_LENGTH}>
            {values.note}
          </textarea>
          <span class="hint">
            Only moderators read this. Do not write A-numbers or names of people who are detained. You need no account, and we keep nothing
            about you.
          </span>
        </p>
        <p class="trap" aria-hidden="true">
          <label for="field-homepage">Leave this empty</label>
          <input id="field-homepage" name="homepage" tabIndex={-1} autocomplete="off" />
        </p>
        <p class="actions">
          <button type="submit">Send</button> <a href={wiki(page)}>Back</a>
        </p>
      </form>
    </Layout>
  )
}

export function ReportedPage({ page }: { page: Page }): JSX.Element {
  return (
    <Layout title="Thank you" head={<meta name="robots" content="noindex" />}>
      <PageHeader page={page} crumbs={crumbs(page)} tab="read" />
      <div class="notice" role="status">
        <h2>Thank you</h2>
        <p>A moderator will look at it. You need not send it again.</p>
      </div>
      <p>
        <a href={wiki(page)}>Back to {page.title}</a>
      </p>
    </Layout>
  )
}
