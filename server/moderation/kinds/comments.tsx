import type { JSX } from "preact"
import { approveAuthor, decideComment, readCommentQueue, readQueuedComment, undecideComment } from "../../comments/actions.ts"
import { anchorOf, type Comment, type State, stateAfter } from "../../comments/model.ts"
import { readQuotes } from "../../comments/quotes/actions.ts"
import { disapproveAuthor } from "../../comments/settings/actions.ts"
import type { Context } from "../../context.ts"
import { findLivePage } from "../../pages/actions.ts"
import { wiki } from "../../pages/model.ts"
import { Markup } from "../../web/html.tsx"
import { CsrfField } from "../../web/layout.tsx"
import type { User } from "../../web/viewer.ts"
import { maskHtml, maskText } from "../masking/mask.ts"
import { LookForm } from "../masking/views.tsx"
import { pageNames } from "../store.ts"
import { commentItem, type PageName } from "../model.ts"
import type { Act, ItemKind, ListOptions, QueueItem } from "./kind.ts"
import { decisionWords } from "./words.ts"

/** Comments that wait, and published ones to take away. */
export const commentKind: ItemKind = {
  name: "comment",
  async list(ctx, moderator, { state, before, limit }) {
    const comments = await readCommentQueue(ctx, moderator, { state, before: before && { createdAt: before.createdAt, id: readKey(before.key).id }, limit })
    return itemsOf(ctx, comments, state)
  },
  async find(ctx, moderator, key, state) {
    const { id, version } = readKey(key)
    const comment = await readQueuedComment(ctx, moderator, id, state)
    return comment?.version === version ? (await itemsOf(ctx, [comment], state))[0] : undefined
  },
  async decide(ctx, moderator, key, verdict) {
    const { id, version } = readKey(key)
    const comment = await decideComment(ctx, moderator, id, { ...verdict, version })
    const page = (await pageNames(ctx.db.read, [comment.page])).get(comment.page)!
    return { words: decisionWords(verdict, "a comment on", page), undo: { from: verdict.state ?? "held", to: stateAfter(verdict) } }
  },
  async undo(ctx, moderator, key, undo) {
    await undecideComment(ctx, moderator, readKey(key).id, { from: undo.from as State, to: undo.to as State })
    if (typeof undo.approval === "string") await disapproveAuthor(ctx, moderator, undo.approval)
  },
}

/** Publishes a comment and approves of its author, for who has it in hand. */
export async function approveAuthorOf(ctx: Context, moderator: User, key: string): Promise<Act> {
  const { id, version } = readKey(key)
  const { comment, approval } = await approveAuthor(ctx, moderator, id, version)
  const page = (await pageNames(ctx.db.read, [comment.page])).get(comment.page)!
  return { words: `Approved of the author of a comment on ${page.title}`, undo: { from: "held", to: "published", approval } }
}

// A corrected comment is another thing to decide about: its key ends in the number of the version.
function readKey(key: string): { id: string; version: number } {
  const [id = "", version = "1"] = key.split("-")
  return { id, version: Number(version) }
}

async function itemsOf(ctx: Context, comments: Comment[], state: ListOptions["state"]): Promise<QueueItem[]> {
  const names = await pageNames(ctx.db.read, comments.map(({ page }) => page))
  return comments.map((comment) => {
    const { id, createdAt, reasons, name, isMember } = comment
    const page = names.get(comment.page)!
    const item = commentItem(id, comment.version)
    return {
      id: item,
      kind: "comment",
      page,
      createdAt,
      reasons,
      author: { name: isMember ? name : maskText(name), isMember },
      title: "Comment on",
      content: async () => {
        const live = await findLivePage(ctx.db.read, comment.page)
        const quote = live && (await readQuotes(ctx, live, [id])).get(id)
        return <CommentContent comment={comment} page={page} item={item} quoted={quote?.exact} isMasked={state === "held"} />
      },
      choices: state === "held" ? { approve: "Publish", reject: "Refuse", spam: "Spam" } : { reject: "Take away", spam: "Spam" },
    }
  })
}

interface ContentProps {
  comment: Comment
  page: PageName
  item: string
  /** The words of the page that it speaks of. */
  quoted: string | undefined
  isMasked: boolean
}

function CommentContent({ comment, page, item, quoted, isMasked }: ContentProps): JSX.Element {
  const html = isMasked ? maskHtml(comment.html) : comment.html
  return (
    <div class="comment">
      {comment.version > 1 && <p class="muted">Corrected by its author.</p>}
      {comment.parent && (
        <p class="muted">
          Answers <a href={`${wiki(page)}/comments/${comment.parent}#${anchorOf({ id: comment.parent })}`}>this comment</a>
        </p>
      )}
      {quoted && <blockquote>{quoted}</blockquote>}
      <Markup class="comment-text" html={html} />
      {isMasked && comment.isByKnowable && (
        <form method="post" action={`/moderation/items/${item}/author`}>
          <CsrfField />
          <button type="submit" class="secondary">
            Publish, and approve of the author
          </button>{" "}
          <span class="hint">What they write later does not wait for being by somebody new.</span>
        </form>
      )}
      {html !== comment.html && <LookForm item={`comment-${comment.id}`} />}
    </div>
  )
}
