import type { JSX } from "preact"
import { factKinds, factLabel, siteKinds } from "../../editor/document/index.ts"
import type { Problem } from "../errors.ts"
import { draw } from "../history/actions.ts"
import { crumbs, type Page, regions, wiki } from "../pages/model.ts"
import { Time } from "../web/dates.tsx"
import { Problems } from "../web/forms.tsx"
import { Markup } from "../web/html.tsx"
import { CsrfField, Layout } from "../web/layout.tsx"
import { PageHeader } from "../web/page-header.tsx"
import { MOST_COUNTED, type NamedWatch, type NoticeList } from "./actions.ts"
import type { MailSettings } from "./mail/actions.ts"
import { MailForms } from "./mail/views.tsx"
import { frequencies, type Frequency, FREQUENCY_NAMES } from "./model.ts"
import type { Told } from "./told.ts"

/** Characters of a drawing; a longer one is a click away. */
const LONGEST = 30_000

/** What a person watches, how they are told, and what else they may watch. */
export function WatchingPage({ watches, mail, problems = [], typed }: { watches: NamedWatch[]; mail: MailSettings; problems?: Problem[]; typed?: string }): JSX.Element {
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
        <AddForm kind="state" label="Facilities in" options={Object.entries(regions)} />
        <AddForm kind="fact" label="A kind of fact, on all pages" options={[...factKinds, ...siteKinds()].map(({ key }) => [key, factLabel({ key, label: "" })])} />
      </div>
      <MailForms mail={mail} typed={typed} problems={problems} />
    </Layout>
  )
}

/** What a person watches of one page. */
export function PageWatchPage({ page, watches, sections, problems = [] }: PageWatchProps): JSX.Element {
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
                <option value={id}>{text}</option>
              ))}
          </select>
        </p>
        <HowOften id="new" chosen="daily" />
        <CommentsToo id="new" chosen={false} />
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
}

function WatchList({ watches }: { watches: NamedWatch[] }): JSX.Element | null {
  if (watches.length === 0) return <p>You watch nothing here yet.</p>
  return (
    <ul class="watches">
      {watches.map((watch) => (
        <li>
          <form method="post" action={`/watching/${watch.id}`}>
            <CsrfField />
            <span class="what">{watch.slug && !watch.isDeleted ? <a href={wiki({ slug: watch.slug })}>{watch.name}</a> : watch.name}</span>
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

function AddForm({ kind, label, options }: { kind: string; label: string; options: [string, string][] }): JSX.Element {
  return (
    <form class="stacked" method="post" action="/watching">
      <CsrfField />
      <input type="hidden" name="kind" value={kind} />
      <p class="field">
        <label for={`field-${kind}`}>{label}</label>
        <select id={`field-${kind}`} name="subject">
          {options.map(([value, text]) => (
            <option value={value}>{text}</option>
          ))}
        </select>
      </p>
      <HowOften id={kind} chosen="daily" />
      {kind === "state" && <CommentsToo id={kind} chosen={false} />}
      <button type="submit">Watch</button>
    </form>
  )
}

function HowOften({ id, chosen }: { id: string; chosen: Frequency }): JSX.Element {
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

/** Beside the link to the notices, how many are new; nothing when none are. */
export function UnreadCount({ unread }: { unread: number }): JSX.Element | null {
  if (unread === 0) return null
  return (
    <b class="unread">
      {unread >= MOST_COUNTED ? `${MOST_COUNTED - 1}+` : unread} new
    </b>
  )
}

/** What a person was told, each with what changed. */
export function NoticesPage({ told, hasHidden, unread, until, next }: NoticeList): JSX.Element {
  return (
    <Layout title="Notices" head={<meta name="robots" content="noindex" />} scripts={["differences.js"]}>
      <h1>Notices</h1>
      <p>
        <a href="/watching">What you watch</a> · <a href="/changes?watching=yes">all changes of it</a>
      </p>
      {unread > 0 && until !== "" && (
        <form method="post" action="/notices/read">
          <CsrfField />
          <input type="hidden" name="until" value={until} />
          <button type="submit">Mark all as read</button>
        </form>
      )}
      {told.length === 0 && !hasHidden && <p>There are no notices yet. They come when something that you watch is published.</p>}
      <ol class="notices">
        {told.map((one) => (
          <li class={one.notice.readAt === null ? "new" : undefined} id={`notice-${one.notice.id}`}>
            <NoticeView told={one} />
          </li>
        ))}
      </ol>
      {hasHidden && <p class="muted">Some notices are of what is not shown any more.</p>}
      {next !== null && (
        <p>
          <a rel="next" href={`/notices?after=${next}`}>
            Older
          </a>
        </p>
      )}
    </Layout>
  )
}

function NoticeView({ told }: { told: Told }): JSX.Element {
  const { notice, page, by, act, summary, path, sentences, comparison } = told
  return (
    <article>
      <h2>
        {notice.readAt === null && <b class="unread">New</b>} <a href={path}>{page.title}</a>
      </h2>
      <p class="muted">
        <Time at={notice.createdAt} exact />: <bdi>{by.join(", ")}</bdi> {act} this page
        {summary && (
          <>
            : <q>{summary}</q>
          </>
        )}
      </p>
      {comparison ? <Drawing told={told} /> : sentences.map((sentence) => <blockquote>{sentence}</blockquote>)}
    </article>
  )
}

function Drawing({ told: { notice, comparison, path } }: { told: Told }): JSX.Element {
  const { list, text } = draw(comparison!, "inline", { prefix: `${notice.id}-`, brief: true })
  const isLong = list.length + text.length > LONGEST
  return (
    <div class="diff-part">
      {list.length <= LONGEST && <Markup html={list} />}
      {!isLong && <Markup html={text} />}
      <p>
        <a href={path}>The whole comparison</a>
      </p>
    </div>
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
