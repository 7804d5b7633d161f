import type { FastifyReply, FastifyRequest } from "fastify"
import type { JSX } from "preact"
import type { Form } from "./body.ts"
import type { Limits } from "./limits.ts"
import type { PageCache } from "./page-cache.ts"
import type { FactNotes, PagePanel, PersonPanel } from "./panels.ts"
import type { Presence } from "./presence.ts"
import type { TimelineTeller } from "./timeline.ts"
import type { User } from "./viewer.ts"

/** What the routes of every feature share besides the context. */
export interface Web {
  limits: Limits
  cache: PageCache
  panels: PagePanel[]
  factNotes: FactNotes
  tellers: TimelineTeller[]
  /** Who is writing which page just now. */
  presence: Presence
  /** Somebody who is logged in was sent the page at this address. */
  noteReading(userId: string, slug: string): void
  /** Shown to a person on their own page, `/account`, by features that accounts do not know. */
  accountPanels: ((user: User) => Promise<JSX.Element | null>)[]
  /** What is told of a person on their public page, and on their own. */
  personPanels: PersonPanel[]
  /** Goes on, after a login, with the form that was sent without one: `form.carried` names its address. Null when there is none there. */
  resume(request: FastifyRequest, reply: FastifyReply, form: Form): Promise<FastifyReply | null>
}
