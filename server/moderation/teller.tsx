import type { JSX } from "preact"
import type { Context } from "../context.ts"
import type { Event } from "../events.ts"
import { Time } from "../web/dates.tsx"
import type { TimelineTeller } from "../web/timeline.ts"
import { reviewsOf } from "./actions.ts"

/** On a page's timeline: which revisions a moderator looked at, which were proposals, and who may publish since when. */
export function reviewTeller(ctx: Context): TimelineTeller {
  return {
    types: ["revision.reviewed", "proposal.accepted", "page.protected"],
    tell: async (events) => {
      const reviews = await reviewsOf(ctx.db.read, events[0]?.page ?? "", events.map(revisionOf))
      return new Map(events.map((event) => [event.seq, wordsOf(event, reviews.get(revisionOf(event))?.by)] as const))
    },
  }
}

function revisionOf({ type, subject, detail }: Event): number {
  return Number(type === "proposal.accepted" ? (detail?.revision ?? 0) : (subject ?? 0))
}

const LEVELS: Record<string, string> = {
  open: "Open to everybody with an account",
  reviewed: "Reviewed: what people write who are not trusted yet waits for a moderator",
  moderators: "For moderators only",
  default: "Protected like all other pages",
}

function wordsOf(event: Event, by: string | undefined): JSX.Element {
  const { type, subject, detail } = event
  if (type === "page.protected") {
    return (
      <span>
        {LEVELS[String(detail?.level)]}
        {typeof detail?.until === "string" && <> until <Time at={detail.until} /></>}
        {typeof detail?.reason === "string" && <>: <q>{detail.reason}</q></>}
      </span>
    )
  }
  const what = type === "proposal.accepted" ? `A proposal was accepted${detail?.revision ? ` as revision ${detail.revision}` : ""}` : `Revision ${subject} reviewed`
  return <span>{what}{by && <> by <bdi>{by}</bdi></>}</span>
}
