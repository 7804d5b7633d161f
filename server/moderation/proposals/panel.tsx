import type { JSX } from "preact"
import type { Context } from "../../context.ts"
import { proposalPath, wiki } from "../../pages/model.ts"
import { Time } from "../../web/dates.tsx"
import { slot } from "../../web/slots.ts"
import type { PagePanel } from "../../web/panels.ts"
import type { Web } from "../../web/web.ts"
import { readProtection } from "../protection/actions.ts"
import { LEVEL_WORDS, type Level } from "../protection/model.ts"
import { readOwnProposals, waitingOn } from "./actions.ts"
import { stateWords } from "./model.ts"

/** Under a page's title: who publishes on it at once, how many changes wait, and the way to suggest one without an account. */
export function reviewPanel(ctx: Context): PagePanel {
  return {
    name: "review",
    load: async () => null,
    notice: async (page) => {
      const own = await readProtection(ctx.db.read, page.id)
      const count = await waitingOn(ctx, page.id)
      const path = wiki(page)
      return (
        <div class="review-notice">
          {page.protection !== "open" && (
            <p class="notice info">
              {LEVEL_WORDS[page.protection as Level]}
              {own && (
                <>
                  {own.expiresAt && (
                    <>
                      {" "}
                      Until <Time at={own.expiresAt} />.
                    </>
                  )}{" "}
                  <q>{own.reason}</q>
                </>
              )}
            </p>
          )}
          <>{slot("waiting")}</>
          <p class="muted">
            {count > 0 && (
              <>
                <a href={`${path}/proposals`}>{count === 1 ? "1 change waits" : `${count} changes wait`} for review</a> ·{" "}
              </>
            )}
            {page.protection !== "moderators" && (
              <>
                <a href={`${path}/suggest`}>Suggest a change without an account</a> ·{" "}
              </>
            )}
            <a href={`${path}/protection`}>Who changes this page</a>
          </p>
        </div>
      )
    },
  }
}

/** On a page, for the one person who has a version of it waiting. */
export function OwnNotice({ slug, id }: { slug: string; id: string }): JSX.Element {
  return (
    <p class="notice info">
      <a href={proposalPath({ slug }, id)}>Your version of this page waits for a moderator.</a> You can change it there. Below is what is published.
    </p>
  )
}

/** On a person's own page: what they proposed, and what was decided about it. */
export function proposalsPanel(ctx: Context): Web["accountPanels"][number] {
  return async (user) => {
    const proposals = await readOwnProposals(ctx, user)
    if (proposals.length === 0) return null
    return (
      <section id="proposals">
        <h2>What you proposed</h2>
        <ul>
          {proposals.map((proposal) => (
            <li>
              <a href={proposalPath(proposal, proposal.id)}>{proposal.pageTitle}</a>, <Time at={proposal.createdAt} exact />: {stateWords(proposal)}
              {proposal.decidedBy && (
                <>
                  {" "}
                  by <bdi>{proposal.decidedBy}</bdi>
                </>
              )}
              {proposal.reason && (
                <>
                  : <q>{proposal.reason}</q>
                </>
              )}
            </li>
          ))}
        </ul>
      </section>
    )
  }
}
