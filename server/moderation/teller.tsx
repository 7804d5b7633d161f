import type { Context } from "../context.ts"
import type { TimelineTeller } from "../web/timeline.ts"
import { reviewsOf } from "./actions.ts"

/** On a page's timeline: which revisions a moderator looked at. */
export function reviewTeller(ctx: Context): TimelineTeller {
  return {
    types: ["revision.reviewed"],
    tell: async (events) => {
      const reviews = await reviewsOf(ctx.db.read, events[0]?.page ?? "", events.map(({ subject }) => Number(subject)))
      const told = events.map(({ seq, subject }) => {
        const review = reviews.get(Number(subject))
        return [seq, <span>Revision {subject} reviewed{review && <> by <bdi>{review.by}</bdi></>}</span>] as const
      })
      return new Map(told)
    },
  }
}
