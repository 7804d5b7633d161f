import { createHash, randomBytes } from "node:crypto"
import type { Frequency } from "../model.ts"

/** Asks somebody to confirm an address, or tells what they watch. */
export type MailKind = "confirmation" | Exclude<Frequency, "site">
export type MailState = "waiting" | "sent" | "given-up" | "dropped"

/** Whom something is owed to: a person, or a guest by the comment they wrote. */
export interface Recipient {
  recipient: string
  isGuest: boolean
}

/** Mail that waits or went. Its words are read when it goes. */
export interface Mail extends Recipient {
  id: string
  kind: MailKind
  state: MailState
  attempts: number
  /** What the mail server said last, as a code; "" when it said nothing wrong. */
  error: string
  createdAt: string
  updatedAt: string
}

const DAY = 86_400_000

/** Mails at once to one person in a day; what is beyond comes with the next daily one. A guest has answered to a single comment. */
export const MOST_A_DAY = { person: 10, guest: 3 }
/** Confirmations to one address in a day, whoever asks: nobody's letter box is filled through this site. */
export const MOST_CONFIRMATIONS = 3
/** How long the link of a confirmation may be used, in milliseconds. */
export const CONFIRM_WITHIN = 2 * DAY
/** What happened longer ago is not told by mail any more. */
export const STALE = 30 * DAY
/** A digest that is due a little early is sent with the day's others. */
export const PERIOD = { daily: DAY - 3_600_000, weekly: 7 * DAY - 3_600_000 }
/** Notices in one mail; how many more there are is said. */
export const MOST_IN_MAIL = 50
/** What is read to make one mail. */
export const MOST_READ = 500

/** A secret for one link of one mail, and what is stored of it. */
export function newToken(): { token: string; hash: string } {
  const token = randomBytes(24).toString("base64url")
  return { token, hash: hashOf(token) }
}

export function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url")
}

export const MAIL_NAMES: Record<MailKind, string> = {
  confirmation: "Confirmation of an address",
  "at-once": "Told at once",
  daily: "Of the day",
  weekly: "Of the week",
}
