import { invalid } from "../../errors.ts"

/** Who publishes at once: everybody with an account; people who are trusted; moderators alone. */
export const levels = ["open", "reviewed", "moderators"] as const
export type Level = (typeof levels)[number]

/** What each level means, as it is told to readers. */
export const LEVEL_WORDS: Record<Level, string> = {
  open: "Everybody with an account publishes at once; what others suggest waits for a moderator.",
  reviewed: "People who are trusted publish at once; what others write waits for a moderator.",
  moderators: "Only moderators change this page.",
}

/** The level that holds for all pages without one of their own is kept under this scope. */
export const SITE = "site"

/** A level that a moderator set for a page or for the site. */
export interface Protection {
  level: Level
  /** In the moderator's words; public. */
  reason: string
  /** When it ends; null when it stays until it is changed. */
  expiresAt: string | null
  setBy: string
  createdAt: string
}

/** How long a level can be set for, in days; nothing is for ever by mistake. */
export const LASTS = { "": null, "1": 1, "3": 3, "7": 7, "30": 30, "90": 90, "365": 365 } as const

const DAY = 86_400_000

export function readLevel(raw: string): Level {
  const level = levels.find((one) => one === raw)
  if (!level) throw invalid("level", `The level is one of ${levels.join(", ")}.`)
  return level
}

/** When a level that is set now for so many days ends; null for "until it is changed". Throws `invalid`. */
export function readExpiry(days: string, now: Date): string | null {
  if (!Object.hasOwn(LASTS, days)) throw invalid("days", "Choose how long it lasts.")
  const count = LASTS[days as keyof typeof LASTS]
  return count === null ? null : new Date(now.getTime() + count * DAY).toISOString()
}
