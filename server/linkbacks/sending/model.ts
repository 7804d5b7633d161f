import type { Protocol } from "../model.ts"

/** That a page here links to a page elsewhere, and what came of telling them. */
export interface Send {
  id: string
  page: string
  target: string
  /** `no-endpoint`: they take nothing; `given-up`: they refused, or never answered. */
  state: "waiting" | "sent" | "no-endpoint" | "retrying" | "given-up"
  /** By which they were last told successfully. */
  protocol: Protocol | null
  endpoint: string | null
  /** What they answered, in a few words. */
  answer: string
  attempts: number
  createdAt: string
  updatedAt: string
}
