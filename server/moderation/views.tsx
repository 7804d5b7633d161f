import type { JSX } from "preact"
import { anchorOf, REASON_LENGTH } from "../comments/model.ts"
import type { Problem } from "../errors.ts"
import type { Comparison } from "../history/actions.ts"
import { wiki } from "../pages/model.ts"
import { Time } from "../web/dates.tsx"
import { Problems } from "../web/forms.tsx"
import { Markup } from "../web/html.tsx"
import { CsrfField, Layout } from "../web/layout.tsx"
import { briefDiff } from "./brief-diff.ts"
import { type PageName, type QueueItem, USUAL_REASONS } from "./model.ts"

export interface QueueProps {
  items: QueueItem[]
  next: string | null
  state: "held" | "published"
  /** The cursor this page of the queue began at, to come back to it. */
  after: string | undefined
  /** The difference that each edit made, by the item's id; none for a page's first text. */
  diffs: Map<string, Comparison>
  /** A decision that was not accepted: the item, what was typed, and why. */
  refused?: { id: string; reason: string; problems: Problem[] }
}

/** What waits for a moderator, or what was published lately. */
export function QueuePage(props: QueueProps): JSX.Element {
  const { items, next, state, refused } = props
  const path = state === "held" ? "/moderation" : "/moderation/published"
  return (
    <Layout title="Moderation" head={<meta name="robots" content="noindex" />}>
      <h1>Moderation</h1>
      <nav class="tabs" aria-label="Moderation">
        <a href="/moderation" aria-current={state === "held" ? "page" : undefined}>
          Waiting
        </a>
        <a href="/moderation/published" aria-current={state === "published" ? "page" : undefined}>
          Published
        </a>
        <a href="/moderation/log">Log</a>
      </nav>
      {refused && <Problems problems={refused.problems} />}
      {items.length === 0 && <p>{state === "held" ? "Nothing waits. Thank you." : "Nothing was published yet."}</p>}
      <ol class="queue" id="field-queue">
        {items.map((item) => (
          <li class={`queue-item ${item.kind}`} id={item.id}>
            <Item item={item} {...props} />
          </li>
        ))}
      </ol>
      <datalist id="usual-reasons">
        {USUAL_REASONS.map((reason) => (
          <option value={reason} />
        ))}
      </datalist>
      {next !== null && (
        <p>
          <a rel="next" href={`${path}?after=${next}`}>
            Older
          </a>
        </p>
      )}
    </Layout>
  )
}

interface ItemProps extends QueueProps {
  item: QueueItem
}

function Item({ item, ...queue }: ItemProps): JSX.Element {
  return (
    <article>
      <h2>
        {KINDS[item.kind]} <PageLink page={item.page} />
      </h2>
      <p class="muted">
        <Time at={item.createdAt} exact />
        {queue.state === "held" && item.kind !== "edit" && item.reasons.length > 0 && ` · waits because it ${item.reasons.join("; ")}`}
      </p>
      <Content item={item} comparison={queue.diffs.get(item.id)} />
      <DecisionForm item={item} {...queue} />
      {item.kind === "edit" && <RestoreForm item={item} />}
    </article>
  )
}

const KINDS: Record<QueueItem["kind"], string> = { comment: "Comment on", linkback: "Link to", edit: "Edit of" }

function Content({ item, comparison }: { item: QueueItem; comparison: Comparison | undefined }): JSX.Element {
  if (item.kind === "comment") {
    const { comment } = item
    return (
      <div class="comment">
        <p class="comment-head">
          <bdi class="author">{comment.name}</bdi> <span class="guest">{comment.isMember ? "account" : "guest"}</span>
          {comment.parent && (
            <>
              {" "}
              answers <a href={`${wiki(item.page)}/comments/${comment.parent}#${anchorOf({ id: comment.parent })}`}>this comment</a>
            </>
          )}
        </p>
        <Markup class="comment-text" html={comment.html} />
      </div>
    )
  }
  if (item.kind === "linkback") return <LinkbackContent item={item} />
  return <EditContent item={item} comparison={comparison} />
}

function LinkbackContent({ item: { linkback } }: { item: QueueItem & { kind: "linkback" } }): JSX.Element {
  return (
    <div class="linkback">
      <p>
        <bdi>{linkback.title || "(no title)"}</bdi> {linkback.site && <bdi class="muted">{linkback.site}</bdi>}
      </p>
      <p>
        <a href={linkback.source} rel="nofollow ugc noopener noreferrer">
          {linkback.source}
        </a>
      </p>
      {linkback.excerpt && (
        <blockquote>
          <bdi>{linkback.excerpt}</bdi>
        </blockquote>
      )}
    </div>
  )
}

function EditContent({ item, comparison }: { item: QueueItem & { kind: "edit" }; comparison: Comparison | undefined }): JSX.Element {
  const { author, summary, number } = item.revision
  return (
    <>
      <p>
        Revision {number} by{" "}
        <a href={`/users/${encodeURIComponent(author)}`}>
          <bdi>{author}</bdi>
        </a>
        {summary && (
          <>
            : <span class="summary">{summary}</span>
          </>
        )}
      </p>
      {comparison ? (
        <details class="diff">
          <summary>What changed</summary>
          {!comparison.complete && <p class="notice warning">Not every change could be listed. Compare the two revisions by eye.</p>}
          <Markup html={briefDiff(comparison.diff, item.id)} />
          <p>
            <a href={`${wiki(item.page)}/diff/${number - 1}/${number}`}>On a page of its own</a>
          </p>
        </details>
      ) : (
        <p>
          A new page. <a href={`${wiki(item.page)}/revisions/${number}`}>Read it</a>
        </p>
      )}
    </>
  )
}

function DecisionForm({ item, state, after, refused }: ItemProps): JSX.Element {
  const field = `reason-${item.id}`
  const typed = refused?.id === item.id ? refused.reason : ""
  return (
    <form class="moderate" method="post" action={`/moderation/items/${item.id}/decision`}>
      <CsrfField />
      <input type="hidden" name="state" value={state} />
      {after && <input type="hidden" name="after" value={after} />}
      <p class="field">
        <label for={field}>Reason (optional; public)</label>
        <input id={field} name="reason" value={typed} list="usual-reasons" maxlength={REASON_LENGTH} autocomplete="off" />
      </p>
      <p class="actions">
        {state === "held" && (
          <button type="submit" name="decision" value="approve">
            {item.kind === "edit" ? "Mark as reviewed" : "Publish"}
          </button>
        )}{" "}
        {item.kind !== "edit" && (
          <>
            <button type="submit" name="decision" value="reject" class="secondary">
              {state === "held" ? "Refuse" : "Take away"}
            </button>{" "}
            <button type="submit" name="decision" value="spam" class="danger">
              Spam
            </button>
          </>
        )}
      </p>
    </form>
  )
}

/** Goes back to the revision before; only while nothing else stands on the edit. */
function RestoreForm({ item }: { item: QueueItem & { kind: "edit" } }): JSX.Element | null {
  const { number, current } = item.revision
  if (number === 1) return null
  if (number !== current) {
    return (
      <p class="muted">
        Later edits stand on this one. <a href={`${wiki(item.page)}/history`}>Choose in the history</a> which revision to go back to.
      </p>
    )
  }
  return (
    <form class="moderate" method="post" action={`${wiki(item.page)}/restorations`}>
      <CsrfField />
      <input type="hidden" name="number" value={number - 1} />
      <input type="hidden" name="base" value={current} />
      <p class="actions">
        <button type="submit" class="danger">
          Restore the revision before
        </button>
      </p>
    </form>
  )
}

function PageLink({ page }: { page: PageName }): JSX.Element {
  return <a href={wiki(page)}>{page.title}</a>
}
