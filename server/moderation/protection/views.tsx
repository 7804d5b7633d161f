import type { JSX } from "preact"
import { REASON_LENGTH } from "../../comments/model.ts"
import type { Problem } from "../../errors.ts"
import { crumbs, type Page, wiki } from "../../pages/model.ts"
import { Time } from "../../web/dates.tsx"
import { Field, Problems } from "../../web/forms.tsx"
import { CsrfField, Layout } from "../../web/layout.tsx"
import { PageHeader } from "../../web/page-header.tsx"
import { ModerationFrame } from "../views.tsx"
import { LEVEL_WORDS, type Level, levels, type Protection } from "./model.ts"

interface FormProps {
  protection: Protection | undefined
  typed?: { level: string; days: string; reason: string }
  problems: Problem[]
}

/** Who may publish on a page at once, and why; with the form for those who may change it. */
export function PageProtection({ page, protection, canChange, ...form }: FormProps & { page: Page; canChange: boolean }): JSX.Element {
  return (
    <Layout title={`Protection of ${page.title}`} head={<meta name="robots" content="noindex" />}>
      <PageHeader page={page} crumbs={crumbs(page)} tab="read" />
      <h2>Who changes this page</h2>
      <p>{LEVEL_WORDS[page.protection as Level]}</p>
      {protection ? <SetBy protection={protection} /> : <p>This is so for all pages without a level of their own.</p>}
      {canChange && <ProtectionForm action={`${wiki(page)}/protection`} withDefault protection={protection} {...form} />}
      {canChange && (
        <p>
          <a href={`/moderation/comment-settings/${encodeURIComponent(page.slug)}`}>Comments on this page: whose wait, and until when they are open</a>
        </p>
      )}
      <p>
        <a href={wiki(page)}>Back to the page</a>
      </p>
    </Layout>
  )
}

/** The level of all pages without one of their own. */
export function SiteProtection({ protection, ...form }: FormProps): JSX.Element {
  return (
    <ModerationFrame title="Protection" here="/moderation/protection">
      <p>For every page without a level of its own, and for those that are started:</p>
      <p>{LEVEL_WORDS[protection?.level ?? "open"]}</p>
      {protection && <SetBy protection={protection} />}
      <ProtectionForm action="/moderation/protection" protection={protection} {...form} />
      <p class="muted">A page gets a level of its own from the line “Who changes this page” below its title.</p>
    </ModerationFrame>
  )
}

function SetBy({ protection: { reason, setBy, createdAt, expiresAt } }: { protection: Protection }): JSX.Element {
  return (
    <p>
      <bdi>{setBy}</bdi> decided so on <Time at={createdAt} />
      {expiresAt ? (
        <>
          , until <Time at={expiresAt} exact />
        </>
      ) : (
        ", until it is changed"
      )}
      : <q>{reason}</q>
    </p>
  )
}

const LEVEL_NAMES: Record<Level, string> = { open: "Open", reviewed: "Reviewed", moderators: "Moderators only" }

function ProtectionForm({ action, withDefault = false, protection, typed, problems }: FormProps & { action: string; withDefault?: boolean }): JSX.Element {
  const chosen = typed?.level ?? protection?.level ?? (withDefault ? "default" : "open")
  return (
    <form id="protection-form" method="post" action={action} class="narrow">
      <Problems problems={problems} remover={{ form: "protection-form" }} />
      <CsrfField />
      <fieldset class="levels" id="field-level">
        <legend>Level</legend>
        {withDefault && (
          <label>
            <input type="radio" name="level" value="default" checked={chosen === "default"} /> None of its own: as all other pages
          </label>
        )}
        {levels.map((level) => (
          <label>
            <input type="radio" name="level" value={level} checked={chosen === level} /> <strong>{LEVEL_NAMES[level]}.</strong> {LEVEL_WORDS[level]}
          </label>
        ))}
      </fieldset>
      <p class="field">
        <label for="field-days">For how long</label>
        <select id="field-days" name="days">
          {LASTING.map(([value, label]) => (
            <option value={value} selected={(typed?.days ?? "7") === value}>
              {label}
            </option>
          ))}
        </select>
      </p>
      <Field name="reason" label="Reason (public)" problems={problems} value={typed?.reason} maxlength={REASON_LENGTH} required />
      <button type="submit">Set the level</button>
    </form>
  )
}

const LASTING = [
  ["1", "One day"], ["3", "Three days"], ["7", "A week"], ["30", "A month"], ["90", "Three months"], ["365", "A year"], ["", "Until it is changed"],
] // prettier-ignore
