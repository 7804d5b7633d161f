import type { JSX } from "preact"
import type { Context } from "../../context.ts"
import { invalid } from "../../errors.ts"
import { Markup } from "../../web/html.tsx"
import type { User } from "../../web/viewer.ts"
import { briefDiff } from "../brief-diff.ts"
import { LookForm } from "../masking/views.tsx"
import { acceptProposal, undecideProposal } from "../proposals/accept.ts"
import { readProposal, refuseProposal } from "../proposals/actions.ts"
import { PartsForm } from "../proposals/decision-views.tsx"
import { type ChangePart, type Proposal } from "../proposals/model.ts"
import { maskLine, maskProposal } from "../proposals/masked.ts"
import { findProposal, listWaiting } from "../proposals/store.ts"
import { pageNames } from "../store.ts"
import type { ItemKind, QueueItem } from "./kind.ts"
import { decisionWords } from "./words.ts"

/** Edits that wait to be published. */
export const proposalKind: ItemKind = {
  name: "proposal",
  async list(ctx, moderator, { state, before, limit }) {
    if (state === "published") return []
    const place = before && { createdAt: before.createdAt, id: before.key }
    return itemsOf(ctx, moderator, await listWaiting(ctx.db.read, { before: place, limit }))
  },
  async find(ctx, moderator, key) {
    const found = await findProposal(ctx.db.read, key)
    return found?.state === "waiting" ? (await itemsOf(ctx, moderator, [found]))[0] : undefined
  },
  async decide(ctx, moderator, key, { decision, reason, state }) {
    if (state === "published") throw invalid("state", "A proposal is not published before it is accepted.")
    if (decision === "approve") return acceptProposal(ctx, moderator, key, { reason })
    const { page, proposal } = await refuseProposal(ctx, moderator, key, { reason, isSpam: decision === "spam" })
    return { words: decisionWords({ decision }, "a proposal for", page), undo: { act: "refused", version: proposal.version } }
  },
  undo: undecideProposal,
}

async function itemsOf(ctx: Context, moderator: User, proposals: Proposal[]): Promise<QueueItem[]> {
  const names = await pageNames(ctx.db.read, proposals.map(({ page }) => page))
  return proposals.map((proposal) => {
    const page = names.get(proposal.page)!
    return {
      id: `proposal-${proposal.id}`,
      kind: "proposal",
      page,
      createdAt: proposal.createdAt,
      reasons: proposal.reasons,
      author: { name: maskLine(proposal).author, isMember: proposal.authorId !== null },
      title: "Proposal for",
      content: () => contentOf(ctx, moderator, proposal),
      isDrawn: () => kept.has(nameOf(proposal)),
      choices: { approve: "Accept", reject: "Refuse", spam: "Spam" },
      edit: `/moderation/proposals/${proposal.id}?edit=1`,
    }
  })
}

/** What the author of a proposal changed, drawn, and the changes that can be taken by themselves; masked where it has to be. */
interface Shown {
  summary: string
  html: string
  complete: boolean
  groups: ChangePart[]
  isMasked: boolean
}

/** Kept in memory until the proposal changes: a moderator sees the list again after each decision. */
const kept = new Map<string, Shown>()
const KEPT = 200

function nameOf({ id, version }: Proposal): string {
  return `${id} ${version}`
}

async function shownOf(ctx: Context, moderator: User, proposal: Proposal): Promise<Shown> {
  const known = kept.get(nameOf(proposal))
  if (known) return known
  // Kept for every moderator: it is masked for one whose own it is as well.
  const at = maskProposal(await readProposal(ctx, { viewer: moderator }, proposal.id))
  const diff = at.change()
  const { summary } = at.proposal
  const shown = { summary, html: briefDiff(diff, `proposal-${proposal.id}`), complete: diff.complete, groups: at.parts(), isMasked: at.isMasked }
  kept.set(nameOf(proposal), shown)
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!)
  return shown
}

async function contentOf(ctx: Context, moderator: User, proposal: Proposal): Promise<JSX.Element> {
  const shown = await shownOf(ctx, moderator, proposal)
  return (
    <>
      {shown.summary && <p class="summary">{shown.summary}</p>}
      {!shown.complete && <p class="notice warning">Not every change could be listed. Look at the whole text before you accept it.</p>}
      <details class="diff" open>
        <summary>What it changes</summary>
        <Markup html={shown.html} />
      </details>
      {shown.isMasked && <LookForm item={`proposal-${proposal.id}`} />}
      <PartsForm proposal={proposal} groups={shown.groups} />
      <p>
        <a href={`/moderation/proposals/${proposal.id}`}>What it does to the page now</a> ·{" "}
        <a href={`/moderation/proposals/${proposal.id}?edit=1`}>Edit it, then accept it</a>
      </p>
    </>
  )
}
