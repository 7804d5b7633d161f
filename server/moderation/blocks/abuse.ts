import type { Reaction } from "../../context.ts"

/** Reaction: what a moderator marks as spam counts against who sent it today without an account; what they publish no longer does. */
export const blameSender: Reaction = async (ctx, _tx, event) => {
  if (event.subject === undefined) return
  if (event.type.endsWith(".published")) ctx.strangers.forgive(event.subject)
  else if (event.detail?.state === "spam") ctx.strangers.blame(event.subject)
}
