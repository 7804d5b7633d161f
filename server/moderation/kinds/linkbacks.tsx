import type { JSX } from "preact"
import { type State, stateAfter } from "../../comments/model.ts"
import type { Context } from "../../context.ts"
import { decideLinkback, readLinkbackQueue, readQueuedLinkback, undecideLinkback } from "../../linkbacks/actions.ts"
import type { Linkback } from "../../linkbacks/model.ts"
import { maskText } from "../masking/mask.ts"
import { LookForm } from "../masking/views.tsx"
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
    content: async () => <LinkbackContent linkback={linkback} isHeld={state === "held"} />,
    choices: state === "held" ? { approve: "Publish", reject: "Refuse", spam: "Spam" } : { reject: "Take away", spam: "Spam" },
  }))
}

function LinkbackContent({ linkback, isHeld }: { linkback: Linkback; isHeld: boolean }): JSX.Element {
  const whole = [linkback.title, linkback.site, linkback.source, linkback.excerpt] as const
  const [title, site, source, excerpt] = isHeld ? whole.map(maskText) : whole
  const isMasked = [title, site, source, excerpt].join("\n") !== whole.join("\n")
  return (
    <div class="linkback">
      <p>
        <bdi>{title || "(no title)"}</bdi> {site && <bdi class="muted">{site}</bdi>}
      </p>
      <p>
        {source === linkback.source ? (
          <a href={source} rel="nofollow ugc noopener noreferrer">
            {source}
          </a>
        ) : (
          source
        )}
      </p>
      {excerpt && (
        <blockquote>
          <bdi>{excerpt}</bdi>
        </blockquote>
      )}
      {isMasked && <LookForm item={`linkback-${linkback.id}`} />}
    </div>
  )
}
