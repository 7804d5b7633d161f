import type { JSX } from "preact"
import { draw } from "../history/actions.ts"
import { Time } from "../web/dates.tsx"
import { Markup } from "../web/html.tsx"
import { CsrfField, Layout } from "../web/layout.tsx"
import { MOST_COUNTED, type NoticeList } from "./actions.ts"
import type { Told } from "./told.ts"

/** Characters of a drawing; a longer one is a click away. */
const LONGEST = 30_000

/** Beside the link to the notices, how many are new. */
export function UnreadCount({ unread }: { unread: number }): JSX.Element {
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
      {told.length === 0 && !hasHidden && <p>There are no notices yet. They come when something that you watch is published, and when a moderator decided about what you wrote.</p>}
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
  const { notice, title, by, act, summary, path, sentences, comparison } = told
  return (
    <article>
      <h2>
        {notice.readAt === null && <b class="unread">New</b>} <a href={path}>{title}</a>
      </h2>
      <p class="muted">
        <Time at={notice.createdAt} exact />: <bdi>{by.join(", ")}</bdi> {act}
        {notice.page !== null && " this page"}
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
