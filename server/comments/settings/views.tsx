import type { JSX } from "preact"
import type { Problem } from "../../errors.ts"
import { wiki } from "../../pages/model.ts"
import type { Form } from "../../web/body.ts"
import { Time } from "../../web/dates.tsx"
import { Field, Problems } from "../../web/forms.tsx"
import { CsrfField, Layout } from "../../web/layout.tsx"
import type { CommentSettings } from "./actions.ts"
import { AT_FIRST, type Opening, openings, type Setting, type Waiting, waitings } from "./model.ts"
import type { ApprovedAuthor } from "./store.ts"

const WAITING_WORDS: Record<Waiting, string> = {
  none: "Nobody's, unless something in them is doubtful",
  first: "The first ones of each person",
  all: "Everybody's but moderators'",
}
const OPENING_WORDS: Record<Opening, string> = { open: "Open", closed: "Closed", days: "Open for some days after the page was started" }

interface SettingsProps {
  settings: CommentSettings
  /** What was refused, and why. */
  typed?: { values: Form; problems: Problem[] }
}

/** Whose comments wait and where they are open, for the site or one page. */
export function SettingsPage({ settings, typed }: SettingsProps): JSX.Element {
  const { page, site, authors, mayChange } = settings
  const title = page ? `Comments on ${page.title}` : "Comments"
  return (
    <Layout title={title} head={<meta name="robots" content="noindex" />}>
      <h1>{title}</h1>
      <p>
        {page ? (
          <>
            <a href="/moderation/comment-settings">The whole site</a> · <a href={wiki(page)}>{page.title}</a>
          </>
        ) : (
          <a href="/moderation/comments">All comments</a>
        )}
      </p>
      {mayChange && <SettingForm settings={settings} typed={typed} />}
      {!mayChange && (
        <p>
          On the site: {OPENING_WORDS[site.opening ?? AT_FIRST.opening]}. Whose comments wait: {WAITING_WORDS[site.waiting ?? AT_FIRST.waiting]}.
        </p>
      )}
      {!page && <OnePage />}
      {!page && <Authors authors={authors} />}
    </Layout>
  )
}

function SettingForm({ settings: { page, site, own }, typed }: SettingsProps): JSX.Element {
  const action = page ? `/moderation/comment-settings/${encodeURIComponent(page.slug)}` : "/moderation/comment-settings"
  const chosen = typed ? { waiting: typed.values.waiting, opening: typed.values.opening } : shownSetting(page ? own : site, page === null)
  const days = typed?.values.days ?? (page ? own : site).days ?? ""
  return (
    <form method="post" action={action} class="narrow">
      <p>What you choose holds at once, for {page ? "the comments to come" : "pages that are there already, too"}.</p>
      <Problems problems={typed?.problems ?? []} />
      <CsrfField />
      <fieldset class="choice" id="field-waiting">
        <legend>Whose comments wait for a moderator</legend>
        {page && <Choice name="waiting" value="" words={`As on the site: ${WAITING_WORDS[site.waiting ?? AT_FIRST.waiting]}`} chosen={chosen.waiting} />}
        {waitings.map((one) => (
          <Choice name="waiting" value={one} words={WAITING_WORDS[one]} chosen={chosen.waiting} />
        ))}
      </fieldset>
      <fieldset class="choice" id="field-opening">
        <legend>Where comments are taken</legend>
        {page && <Choice name="opening" value="" words={`As on the site: ${OPENING_WORDS[site.opening ?? AT_FIRST.opening]}${site.days ? ` (${site.days})` : ""}`} chosen={chosen.opening} />}
        {openings.map((one) => (
          <Choice name="opening" value={one} words={OPENING_WORDS[one]} chosen={chosen.opening} />
        ))}
        <Field name="days" label="For how many days" value={String(days)} problems={typed?.problems} maxlength={4} />
      </fieldset>
      <p class="actions">
        <button type="submit">Save</button>
      </p>
    </form>
  )
}

// The site always has a choice; a page may leave it to the site.
function shownSetting({ waiting, opening }: Setting, isSite: boolean): { waiting?: string; opening?: string } {
  return isSite ? { waiting: waiting ?? AT_FIRST.waiting, opening: opening ?? AT_FIRST.opening } : { waiting: waiting ?? "", opening: opening ?? "" }
}

function Choice({ name, value, words, chosen }: { name: string; value: string; words: string; chosen: string | undefined }): JSX.Element {
  return (
    <p>
      <label>
        <input type="radio" name={name} value={value} checked={chosen === value} /> {words}
      </label>
    </p>
  )
}

function OnePage(): JSX.Element {
  return (
    <form class="filters" action="/moderation/comment-settings">
      <label>
        One page <input name="page" placeholder="krome-detention-center" />
      </label>{" "}
      <button type="submit" class="secondary">
        Open
      </button>
    </form>
  )
}

function Authors({ authors }: { authors: ApprovedAuthor[] }): JSX.Element {
  return (
    <section aria-labelledby="authors-heading">
      <h2 id="authors-heading">Approved authors</h2>
      <p>Their comments wait only when something in them is doubtful. Authors are approved of in the queue, beside a comment that waits.</p>
      {authors.length === 0 && <p>Nobody yet.</p>}
      <ul class="approved-authors">
        {authors.map(({ id, name, isMember, approvedAt }) => (
          <li>
            <form method="post" action={`/moderation/comment-authors/${id}/removal`}>
              <CsrfField />
              {isMember ? (
                <a href={`/users/${encodeURIComponent(name)}`}>
                  <bdi>{name}</bdi>
                </a>
              ) : (
                <>
                  <bdi>{name}</bdi> <span class="guest">guest</span>
                </>
              )}
              , since <Time at={approvedAt} />{" "}
              <button type="submit" class="secondary">
                Remove
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  )
}
