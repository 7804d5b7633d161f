import type { JSX } from "preact"
import { anchor, factKinds, factLabel, siteKinds } from "../../editor/document/index.ts"
import type { Problem } from "../errors.ts"
import { crumbs, type Page, regions, wiki } from "../pages/model.ts"
import type { Form } from "../web/body.ts"
import { Problems } from "../web/forms.tsx"
import { CsrfField, Layout } from "../web/layout.tsx"
import { PageHeader } from "../web/page-header.tsx"
import type { NamedWatch } from "./actions.ts"
import type { MailSettings } from "./mail/actions.ts"
import { MailForms } from "./mail/views.tsx"
import { frequencies, type Frequency, FREQUENCY_NAMES } from "./model.ts"

/** What a person watches, how they are told, and what else they may watch. */
export function WatchingPage({ watches, mail, problems = [], typed }: { watches: NamedWatch[]; mail: MailSettings; problems?: Problem[]; typed?: Form }): JSX.Element {
  return (
    <Layout title="What you watch" head={<meta name="robots" content="noindex" />}>
      <h1>What you watch</h1>
      <p>
        When something that you watch is published, it stands among your <a href="/notices">notices</a>. Nobody else sees what you watch.
      </p>
      <Problems problems={problems} />
      <WatchList watches={watches} />
      <h2>Watch more</h2>
      <p>Each page has a button “Watch this page”, and leads to its sections. You can also watch:</p>
      <div class="forms">
        <AddForm kind="state" label="Facilities in" options={Object.entries(regions)} typed={typed} />
        <AddForm kind="fact" label="A kind of fact, on all pages" options={[...factKinds, ...siteKinds()].map(({ key }) => [key, factLabel({ key, label: "" })])} typed={typed} />
      </div>
      <MailForms mail={mail} typed={typed?.email} problems={problems} />
    </Layout>
  )
}

/** What a person watches of one page. */
export function PageWatchPage({ page, watches, sections, problems = [], typed }: PageWatchProps): JSX.Element {
  const isWhole = watches.some(({ kind }) => kind === "page")
  return (
    <Layout title={`Watch ${page.title}`} head={<meta name="robots" content="noindex" />}>
      <PageHeader page={page} crumbs={crumbs(page)} tab="read" />
      <h2>Watch this page</h2>
      <Problems problems={problems} />
      <WatchList watches={watches} />
      <form class="stacked" method="post" action={`${wiki(page)}/watch`}>
        <CsrfField />
        <p class="field">
          <label for="field-section">{watches.length > 0 ? "Watch more of it" : "What"}</label>
          <select id="field-section" name="section">
            {!isWhole && <option value="">The whole page</option>}
            {sections
              .filter(({ id }) => !watches.some(({ subject }) => subject === id))
              .map(({ id, text }) => (
                <option value={id} selected={typed?.section === id}>
                  {text}
                </option>
              ))}
          </select>
        </p>
        <HowOften id="new" chosen={typed?.frequency ?? "daily"} />
        {!isWhole && <CommentsToo id="new" chosen={typed?.comments === "on"} />}
        <button type="submit">Watch</button>
      </form>
      <p>
        <a href="/watching">Everything you watch</a>
      </p>
    </Layout>
  )
}

interface PageWatchProps {
  page: Page
  watches: NamedWatch[]
  sections: { id: string; text: string }[]
  problems?: Problem[]
  typed?: Form
}

function WatchList({ watches }: { watches: NamedWatch[] }): JSX.Element | null {
  if (watches.length === 0) return <p>You watch nothing here yet.</p>
  return (
    <ul class="watches">
      {watches.map((watch) => (
        <li>
          <form method="post" action={`/watching/${watch.id}`}>
            <CsrfField />
            <span class="what">{watch.slug && !watch.isDeleted ? <a href={placeOf(watch.slug, watch)}>{watch.name}</a> : watch.name}</span>
            <HowOften id={watch.id} chosen={watch.frequency} />
            {(watch.kind === "page" || watch.kind === "state") && <CommentsToo id={watch.id} chosen={watch.comments} />}
            <p class="actions">
              <button type="submit" class="secondary" aria-label={`Change how you are told of ${watch.name}`}>
                Change
              </button>{" "}
              <button type="submit" class="secondary" name="act" value="end" aria-label={`Watch ${watch.name} no longer`}>
                Watch no longer
              </button>
            </p>
          </form>
        </li>
      ))}
    </ul>
  )
}

function placeOf(slug: string, { kind, subject }: NamedWatch): string {
  return wiki({ slug }) + (kind === "section" ? `#${anchor(subject)}` : "")
}

function AddForm({ kind, label, options, typed }: { kind: string; label: string; options: [string, string][]; typed?: Form }): JSX.Element {
  const own = typed?.kind === kind ? typed : undefined
  return (
    <form class="stacked" method="post" action="/watching">
      <CsrfField />
      <input type="hidden" name="kind" value={kind} />
      <p class="field">
        <label for={`field-${kind}`}>{label}</label>
        <select id={`field-${kind}`} name="subject">
          {options.map(([value, text]) => (
            <option value={value} selected={own?.subject === value}>
              {text}
            </option>
          ))}
        </select>
      </p>
      <HowOften id={kind} chosen={own?.frequency ?? "daily"} />
      {kind === "state" && <CommentsToo id={kind} chosen={own?.comments === "on"} />}
      <button type="submit">Watch</button>
    </form>
  )
}

function HowOften({ id, chosen }: { id: string; chosen: string }): JSX.Element {
  return (
    <p class="field">
      <label for={`how-${id}`}>How you are told</label>
      <select id={`how-${id}`} name="frequency">
        {frequencies.map((one) => (
          <option value={one} selected={one === chosen}>
            {FREQUENCY_NAMES[one]}
          </option>
        ))}
      </select>
    </p>
  )
}

function CommentsToo({ id, chosen }: { id: string; chosen: boolean }): JSX.Element {
  return (
    <p class="field">
      <label class="tick" for={`comments-${id}`}>
        <input type="checkbox" id={`comments-${id}`} name="comments" value="on" checked={chosen} /> Comments, too
      </label>
    </p>
  )
}

/** On a page, for one person: whether they watch it, and the button to begin. */
export function WatchNotice({ slug, frequency }: { slug: string; frequency: Frequency | undefined }): JSX.Element {
  const path = `${wiki({ slug })}/watch`
  if (frequency !== undefined) {
    return (
      <p class="watch">
        You watch this page ({FREQUENCY_NAMES[frequency].toLowerCase()}). <a href={path}>Change</a>
      </p>
    )
  }
  return (
    <form class="watch" method="post" action={path}>
      <CsrfField />
      <input type="hidden" name="frequency" value="daily" />
      <input type="hidden" name="back" value="page" />
      <button type="submit" class="secondary">
        Watch this page
      </button>{" "}
      <a href={path}>or a section of it</a>
    </form>
  )
}

/** On a person's own page. */
export function WatchingPanel({ count, mail, isAdministrator }: { count: number; mail: MailSettings; isAdministrator: boolean }): JSX.Element {
  return (
    <section id="watching">
      <h2>What you watch</h2>
      <p>
        <a href="/watching">{count === 0 ? "Nothing yet" : count === 1 ? "1 thing" : `${count} things`}</a>
        {mail.email === null ? ": told on the site; give an address there to be told by mail." : mail.isConfirmed ? "." : ": confirm your address there to be told by mail."}
      </p>
      {isAdministrator && (
        <p>
          <a href="/moderation/outbox">Mail of this site that waits</a>
        </p>
      )}
    </section>
  )
}
