import { invalid } from "../../errors.ts"

/** What a person can be kept from. */
export const acts = ["edit", "comment", "upload"] as const
export type Act = (typeof acts)[number]

export const ACT_NAMES: Record<Act, string> = { edit: "editing pages", comment: "commenting", upload: "uploading pictures and files" }

/** A person kept from some acts, on some pages or on all, for a time or until it is lifted. */
export interface Block {
  id: string
  userId: string
  name: string
  acts: Act[]
  /** Ids of pages; null for the whole site. */
  pages: string[] | null
  reason: string
  blockedBy: string
  createdAt: string
  expiresAt: string | null
  liftedAt: string | null
  appeal: string | null
  appealedAt: string | null
  answer: string | null
  answeredAt: string | null
}

/** Days that the form offers; none for a block that lasts until somebody lifts it. */
export const DAYS = [1, 3, 7, 30, 90, 365] as const
/** Pages that one block names. */
export const MOST_PAGES = 50
export const APPEAL_LENGTH = 2_000

const DAY = 86_400_000

export function isInForce({ liftedAt, expiresAt }: Pick<Block, "liftedAt" | "expiresAt">, now: string): boolean {
  return liftedAt === null && (expiresAt === null || expiresAt > now)
}

/** Whether a block keeps somebody from an act on a page, or from acts that belong to no page yet. */
export function covers(block: Block, act: Act, page: string | null): boolean {
  return block.acts.includes(act) && (block.pages === null || (page !== null && block.pages.includes(page)))
}

/** When a block of so many days ends; null for "" . Throws `invalid`. */
export function readExpiry(days: string, now: Date): string | null {
  if (days === "") return null
  const count = DAYS.find((one) => String(one) === days)
  if (count === undefined) throw invalid("days", "Choose how long the block lasts.")
  return new Date(now.getTime() + count * DAY).toISOString()
}

/** What somebody writes to be let in again, or is answered. Throws `invalid`. */
export function readAppeal(field: string, raw: string): string {
  const text = raw.length > 4 * APPEAL_LENGTH ? raw : raw.normalize("NFC").trim()
  if (text === "") throw invalid(field, "Please write something.")
  if ([...text].length > APPEAL_LENGTH) throw invalid(field, `This has at most ${APPEAL_LENGTH} characters.`)
  return text
}
