import type { JSX } from "preact"
import { type Page, wiki } from "../../pages/model.ts"
import { Time } from "../../web/dates.tsx"
import { Markup } from "../../web/html.tsx"
import { anchorOf, type Comment, type Gone, type Place, type Thread } from "../model.ts"
import type { ShownQuote } from "../quotes/actions.ts"
import { Quotation } from "../quotes/views.tsx"

/** Comments with what they quote, and where they stand. */
export interface Shown {
  page: Pick<Page, "slug">
  quotes: ReadonlyMap<string, ShownQuote>
  /** Whether the page's text stands above them. */
  isBelowPage: boolean
}

/** Threads, each with its answers. */
export function ThreadList({ threads, ...shown }: Shown & { threads: Thread[] }): JSX.Element {
  return (
    <ol class="threads">
      {threads.map((thread) => (
        <li>
          <PlaceView place={thread} thread={thread.id} {...shown} />
          {thread.replies.length > 0 && (
            <ol class="replies">
              {thread.replies.map((reply) => (
                <li>
                  <PlaceView place={reply} thread={thread.id} {...shown} />
                </li>
              ))}
            </ol>
          )}
        </li>
      ))}
    </ol>
  )
}

/** What somebody with an account can make of a comment. */
export function Acts({ page, thread }: { page: Pick<Page, "slug">; thread: Thread }): JSX.Element {
  const comments = [thread, ...thread.replies].flatMap(({ comment }) => (comment && !comment.isHidden ? comment : []))
  return (
    <ul class="comment-tasks">
      {comments.map(({ id, name }) => (
        <li>
          <a href={`${wiki(page)}/comments/${id}/resolution`}>
            Act on what <bdi>{name}</bdi> says: a fact is wrong, or it was put right
          </a>
        </li>
      ))}
    </ul>
  )
}

const STUBS: Record<Gone, string> = {
  removed: "This comment was removed.",
  withdrawn: "This comment was withdrawn by its author.",
  waiting: "This comment was corrected by its author and waits for a moderator.",
}

function PlaceView({ place, thread, ...shown }: Shown & { place: Place; thread: string }): JSX.Element {
  if (place.comment) return <CommentView comment={place.comment} thread={thread} {...shown} />
  return (
    <p class="comment muted" id={anchorOf(place)}>
      {STUBS[place.gone]}
    </p>
  )
}

function CommentView({ page, comment, thread, quotes, isBelowPage }: Shown & { comment: Comment; thread: string }): JSX.Element {
  const path = `${wiki(page)}/comments/${comment.id}`
  const quote = comment.isHidden ? undefined : quotes.get(comment.id)
  return (
    <article class="comment" id={anchorOf(comment)}>
      <p class="comment-head">
        <Author comment={comment} />{" "}
        <a class="permalink" href={`#${anchorOf(comment)}`}>
          <Time at={comment.createdAt} exact />
        </a>
        {comment.correctedAt && !comment.isHidden && (
          <>
            {" · "}corrected <Time at={comment.correctedAt} exact />, <a href={`${path}/corrections`}>what changed</a>
          </>
        )}
      </p>
      {quote && <Quotation page={page} quote={quote} isBelowPage={isBelowPage} />}
      <Markup class="comment-text" html={comment.html} />
      {comment.resolvedBy !== null && (
        <p class="resolved">
          ✓ Resolved in <a href={changeOf(page, comment.resolvedBy)}>revision {comment.resolvedBy}</a>
        </p>
      )}
      <p class="comment-acts">
        <a href={`${wiki(page)}/comments/${thread}#reply`}>Reply</a>{" "}
        {!comment.isHidden && <a href={`${wiki(page)}/report?comment=${comment.id}`}>Report</a>}
      </p>
    </article>
  )
}

/** What a revision changed. */
function changeOf(page: Pick<Page, "slug">, revision: number): string {
  return revision > 1 ? `${wiki(page)}/diff/${revision - 1}/${revision}` : `${wiki(page)}/revisions/1`
}

/** Who wrote a comment. */
export function Author({ comment: { name, isMember } }: { comment: Comment }): JSX.Element {
  if (isMember) {
    return (
      <a class="author" href={`/users/${encodeURIComponent(name)}`}>
        <bdi>{name}</bdi>
      </a>
    )
  }
  return (
    <>
      <bdi class="author">{name}</bdi> <span class="guest">guest</span>
    </>
  )
}
