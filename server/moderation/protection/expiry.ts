import type { Kind } from "../../jobs/runner.ts"
import { expire } from "./actions.ts"

/** Ends a page's protection, or the site's, when its time is over. */
export const endProtections: Kind = {
  run: (ctx, { body }) => expire(ctx, String(body.scope)),
  attempts: 10,
  atOnce: 1,
}
