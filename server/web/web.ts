import type { Limits } from "./limits.ts"
import type { PageCache } from "./page-cache.ts"
import type { PagePanel } from "./panels.ts"
import type { TimelineTeller } from "./timeline.ts"

/** What the routes of every feature share besides the context. */
export interface Web {
  limits: Limits
  cache: PageCache
  panels: PagePanel[]
  tellers: TimelineTeller[]
}
