import type { JSX } from "preact"
import { decideComment, readCommentQueue, readQueuedComment, undecideComment } from "../../comments/actions.ts"
import { anchorOf, type Comment, type State, stateAfter } from "../../comments/model.ts"
import type { Context } from "../../context.ts"
import { wiki } from "../../pages/model.ts"
import { Markup } from "../../web/html.tsx"
import { maskHtml, maskText } from "../masking/mask.ts"
import { LookForm } from "../masking/views.tsx"
import { pageNames } from "../store.ts"
import type { PageName } from "../model.ts"
import type { ItemKind, ListOptions, QueueItem } from "./kind.ts"
import { decisionWords } from "./words.ts"

/** Comments that wait, and published ones to take away. */
export const commentKind: ItemKind = {
  name: "comment",
  async list(ctx, moderator, { state, before, limit }) {
    const comments = await readCommentQueue(ctx, moderator, { state, before: before && { createdAt: before.createdAt, id: before.key }, limit })
    return itemsOf(ctx, comments, state)
  },
  async find(ctx, moderator, key, state) {
    const comment = await readQueuedComment(ctx, moderator, key, state)
    return comment && (await itemsOf(ctx, [comment], state))[0]
  },
  async decide(ctx, moderator, key, verdict) {
    const comment = await decideComment(ctx, moderator, key, verdict)
    const page = (await pageNames(ctx.db.read, [comment.page])).get(comment.page)!
    return { words: decisionWords(verdict, "a comment on", page), undo: { from: verdict.state ?? "held", to: stateAfter(verdict) } }
  },
  undo: (ctx, moderator, key, undo) => undecideComment(ctx, moderator, key, { from: undo.from as State, to: undo.to as State }),
}

async function itemsOf(ctx: Context, comments: Comment[], state: ListOptions["state"]): Promise<QueueItem[]> {
  const names = await pageNames(ctx.db.read, comments.map(({ page }) => page))
  return comments.map((comment) => {
    const { id, createdAt, reasons, name, isMember } = comment
    const page = names.get(comment.page)!
    return {
      id: `comment-${id}`,
      kind: "comment",
      page,
      createdAt,
      reasons,
      author: { name: isMember ? name : maskText(name), isMember },
      title: "Comment on",
      content: async () => <CommentContent comment={comment} page={page} isMasked={state === "held"} />,
      choices: state === "held" ? { approve: "Publish", reject: "Refuse", spam: "Spam" } : { reject: "Take away", spam: "Spam" },
    }
  })
}

function CommentContent({ comment, page, isMasked }: { comment: Comment; page: PageName; isMasked: boolean }): JSX.Element {
  const html = isMasked ? maskHtml(comment.html) : comment.html
  return (
    <div class="comment">
      {comment.parent && (
        <p class="muted">
          Answers <a href={`${wiki(page)}/comments/${comment.parent}#${anchorOf({ id: comment.parent })}`}>this comment</a>
        </p>
      )}
      <Markup class="comment-text" html={html} />
      {html !== comment.html && <LookForm item={`comment-${comment.id}`} />}
    </div>
  )
}
