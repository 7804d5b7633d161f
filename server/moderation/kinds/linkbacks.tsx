import type { JSX } from "preact"
import { type State, stateAfter } from "../../comments/model.ts"
import type { Context } from "../../context.ts"
import { decideLinkback, readLinkbackQueue, readQueuedLinkback, undecideLinkback } from "../../linkbacks/actions.ts"
import type { Linkback } from "../../linkbacks/model.ts"
import { pageNames } from "../store.ts"
import type { ItemKind, ListOptions, QueueItem } from "./kind.ts"
import { decisionWords } from "./words.ts"

/** Links from other sites that wait, and published ones to take away. */
export const linkbackKind: ItemKind = {
  name: "linkback",
  async list(ctx, moderator, { state, before, limit }) {
    const found = await readLinkbackQueue(ctx, moderator, { state, before: before && { createdAt: before.createdAt, id: before.key }, limit })
    return itemsOf(ctx, found, state)
  },
  async find(ctx, moderator, key, state) {
    const linkback = await readQueuedLinkback(ctx, moderator, key, state)
    return linkback && (await itemsOf(ctx, [linkback], state))[0]
  },
  async decide(ctx, moderator, key, verdict) {
    const linkback = await decideLinkback(ctx, moderator, key, verdict)
    const page = (await pageNames(ctx.db.read, [linkback.page])).get(linkback.page)!
    return { words: decisionWords(verdict, "a link to", page), undo: { from: verdict.state ?? "held", to: stateAfter(verdict) } }
  },
  undo: (ctx, moderator, key, undo) => undecideLinkback(ctx, moderator, key, { from: undo.from as State, to: undo.to as State }),
}

async function itemsOf(ctx: Context, linkbacks: Linkback[], state: ListOptions["state"]): Promise<QueueItem[]> {
  const names = await pageNames(ctx.db.read, linkbacks.map(({ page }) => page))
  return linkbacks.map((linkback) => ({
    id: `linkback-${linkback.id}`,
    kind: "linkback",
    page: names.get(linkback.page)!,
    createdAt: linkback.createdAt,
    reasons: linkback.reasons,
    author: null,
    title: "Link to",
    content: async () => <LinkbackContent linkback={linkback} />,
    choices: state === "held" ? { approve: "Publish", reject: "Refuse", spam: "Spam" } : { reject: "Take away", spam: "Spam" },
  }))
}

function LinkbackContent({ linkback }: { linkback: Linkback }): JSX.Element {
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
