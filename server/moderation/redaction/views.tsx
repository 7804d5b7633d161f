import type { ComponentChildren, JSX } from "preact"
import { REASON_LENGTH } from "../../comments/model.ts"
import { itemUrl, type PurgeOfFile } from "../../media/model.ts"
import type { Problem } from "../../errors.ts"
import { type Page, wiki } from "../../pages/model.ts"
import type { Audience, Part, Redaction } from "../../pages/redactions/model.ts"
import { Time } from "../../web/dates.tsx"
import { Field, Problems } from "../../web/forms.tsx"
import { CsrfField } from "../../web/layout.tsx"
import type { Viewer } from "../../web/viewer.ts"
import { ModerationFrame } from "../views.tsx"

const PARTS: Record<Part, string> = {
  text: "The whole text of this revision",
  summary: "Its summary",
  name: "The name of who saved it",
  span: "Some words, wherever they stand on this page",
  comment: "This comment, with its name",
}

const AUDIENCES: Record<Audience, string> = {
  readers: "Readers. Moderators can still look at it here.",
  everyone: "Everybody, moderators as well.",
}

/** The form that hides something of a page. */
export function HidePage({ page, values, problems }: { page: Page; values: Record<string, string>; problems: Problem[] }): JSX.Element {
  const ofComment = values.comment !== ""
  const choices = (Object.keys(PARTS) as Part[]).filter((part) => (part === "comment") === ofComment && (values.number !== "" || part === "span" || ofComment))
  const chosen = choices.includes(values.part as Part) ? values.part : choices[0]
  return (
    <Frame title={`Hide something on ${page.title}`}>
      <Problems problems={problems} remover={{ form: "redaction-form" }} />
      <form id="redaction-form" method="post" action="/moderation/redactions" class="moderate">
        <CsrfField />
        <input type="hidden" name="slug" value={page.slug} />
        <input type="hidden" name="number" value={values.number} />
        <input type="hidden" name="comment" value={values.comment} />
        <p>
          On <a href={wiki(page)}>{page.title}</a>
          {values.number && (
            <>
              , <a href={`${wiki(page)}/revisions/${values.number}`}>revision {values.number}</a>
            </>
          )}
        </p>
        <Choice name="part" legend="What to hide" options={choices.map((part) => [part, PARTS[part]])} chosen={chosen} />
        {choices.includes("span") && (
          <Field name="words" label="The words, exactly as they stand there" value={values.words} problems={problems} maxlength={500} />
        )}
        <Choice
          name="audience"
          legend="From whom"
          options={Object.entries(AUDIENCES) as [string, string][]}
          chosen={values.audience || "readers"}
        />
        <Field
          name="reason"
          label="Reason"
          hint="Stands where the words stood, for everybody to read. Do not repeat the words here."
          value={values.reason}
          problems={problems}
          maxlength={REASON_LENGTH}
          required
        />
        <p class="actions">
          <button type="submit">Hide it now</button>
        </p>
      </form>
    </Frame>
  )
}

/** One redaction: what is hidden, why, and what can be done about it. */
export function RedactionPage(props: { redaction: Redaction; page: Page | undefined; covered: string | null; viewer: Viewer }): JSX.Element {
  const { redaction, page, covered, viewer } = props
  return (
    <Frame title="Something hidden">
      <dl class="particulars">
        <dt>What</dt>
        <dd>
          {PARTS[redaction.part]}
          {redaction.number !== null && `, revision ${redaction.number}`}
        </dd>
        <dt>Where</dt>
        <dd>{page ? <a href={`${wiki(page)}/history`}>{page.title}</a> : "A page that was deleted"}</dd>
        <dt>Reason</dt>
        <dd>
          <q>{redaction.reason}</q>
        </dd>
        <dt>Not shown to</dt>
        <dd>{redaction.audience === "readers" ? "readers" : "anybody"}</dd>
        <dt>State</dt>
        <dd>
          <State redaction={redaction} />
        </dd>
      </dl>
      {covered !== null && redaction.liftedAt === null && (
        <details>
          <summary>Look at what is hidden</summary>
          <pre class="covered">{covered}</pre>
        </details>
      )}
      {redaction.purgedAt === null && redaction.liftedAt === null && <Acts redaction={redaction} viewer={viewer} />}
      {redaction.purgedAt !== null && <Backups purgedAt={redaction.purgedAt} />}
    </Frame>
  )
}

/** What is hidden or gone, and before that what waits for a second moderator: of pages, and uploaded files. */
export function RedactionListPage({ open, all, files }: { open: Redaction[]; all: Redaction[]; files: PurgeOfFile[] }): JSX.Element {
  return (
    <Frame title="Hidden and removed">
      <h2>Waiting for a second moderator</h2>
      {open.length + files.length === 0 && <p>Nothing is to be removed for good.</p>}
      {open.length > 0 && <List redactions={open} />}
      {files.length > 0 && (
        <ol class="timeline">
          {files.map(({ mediaId, number, asker, askedAt }) => (
            <li>
              <Time at={askedAt} exact /> <a href={itemUrl({ id: mediaId })}>An uploaded file, version {number}</a>, taken away by <bdi>{asker}</bdi>
            </li>
          ))}
        </ol>
      )}
      <h2>All</h2>
      <p>To hide something, open its revision in a page's history, or the list of comments.</p>
      {all.length === 0 ? <p>Nothing was hidden yet.</p> : <List redactions={all} />}
    </Frame>
  )
}

function List({ redactions }: { redactions: Redaction[] }): JSX.Element {
  return (
    <ol class="timeline">
      {redactions.map((one) => (
        <li>
          <Time at={one.createdAt} exact /> <a href={`/moderation/redactions/${one.id}`}>{PARTS[one.part]}</a>: <q>{one.reason}</q>{" "}
          <State redaction={one} />
        </li>
      ))}
    </ol>
  )
}

function State({ redaction }: { redaction: Redaction }): JSX.Element {
  const { liftedAt, purgedAt, purgeAskedAt, sweptAt } = redaction
  if (liftedAt) return <span>shown again since <Time at={liftedAt} exact /></span>
  if (purgedAt) return <span>removed for good {sweptAt ? <Time at={sweptAt} exact /> : "from all pages; the files are being cleaned"}</span>
  if (purgeAskedAt) return <span>hidden; a second moderator is asked to remove it for good</span>
  return <span>hidden since <Time at={redaction.createdAt} exact /></span>
}

function Acts({ redaction, viewer }: { redaction: Redaction; viewer: Viewer }): JSX.Element {
  const path = `/moderation/redactions/${redaction.id}`
  const isAsked = redaction.purgeAskedAt !== null
  return (
    <div class="actions">
      <Act path={`${path}/lifting`} label="Show it again" />
      {!isAsked && (
        <Act path={`${path}/purge-request`} label="Ask for it to be removed for good" hint="Another moderator has to agree." />
      )}
      {isAsked && <Act path={`${path}/purge-request`} label="Keep it, hidden as it is" wanted="no" />}
      {isAsked && redaction.purgeAskedBy !== viewer.id && (
        <Act
          path={`${path}/purge`}
          label="Remove it for good"
          danger
          hint={GOES[redaction.part === "name" ? "name" : "words"]}
        />
      )}
      {isAsked && redaction.purgeAskedBy === viewer.id && <p>You asked for this to be removed for good. Another moderator has to agree.</p>}
    </div>
  )
}

const GOES = {
  words:
    "It goes from every revision, draft, proposal, message and file of this site, and nobody can bring it back. Words are taken out on other pages too where they stand.",
  name: "The name goes from every page, message and file of this site, and nobody can bring it back. The account goes on under “Removed” and a few letters: tell its owner, who logs in with that.",
}

function Act({ path, label, hint, wanted, danger }: { path: string; label: string; hint?: string; wanted?: string; danger?: boolean }): JSX.Element {
  return (
    <form method="post" action={path} class="moderate">
      <CsrfField />
      {wanted && <input type="hidden" name="wanted" value={wanted} />}
      <button type="submit" class={danger ? "danger" : "secondary"}>
        {label}
      </button>{" "}
      {hint && <span class="hint">{hint}</span>}
    </form>
  )
}

function Backups({ purgedAt }: { purgedAt: string }): JSX.Element {
  return (
    <p class="notice warning">
      Backups and exports made before <Time at={purgedAt} exact /> still hold it. Whoever keeps them has to delete them, or make them anew; so
      do copies of an older site that a restore set aside (folders named “replaced-…”).
    </p>
  )
}

function Choice(props: { name: string; legend: string; options: [value: string, label: string][]; chosen: string | undefined }): JSX.Element {
  return (
    <fieldset class="choice" id={`field-${props.name}`}>
      <legend>{props.legend}</legend>
      {props.options.map(([value, label]) => (
        <p>
          <label>
            <input type="radio" name={props.name} value={value} checked={value === props.chosen} /> {label}
          </label>
        </p>
      ))}
    </fieldset>
  )
}

function Frame({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <ModerationFrame title={title} here="/moderation/redactions">
      {children}
    </ModerationFrame>
  )
}
