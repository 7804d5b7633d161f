import { isAtLeast, type Role } from "../../web/viewer.ts"

/** From so many accepted edits on, a person's edits publish at once on reviewed pages, and wait for nobody's look. */
export const TRUSTED_AFTER = 10

/** What the site knows of a person's edits. */
export interface Standing {
  /** Edits that a moderator, not the person, looked at and found good. */
  accepted: number
  /** What a moderator decided by hand; null where the count decides. */
  byHand: "trusted" | "untrusted" | null
  /** Why, in the moderator's words, and who that was. */
  reason: string
  setBy: string | null
}

export const unknownStanding: Standing = { accepted: 0, byHand: null, reason: "", setBy: null }

export function isTrusted(person: { role: Role }, { accepted, byHand }: Standing): boolean {
  if (isAtLeast({ id: null, name: "", role: person.role }, "moderator")) return true
  return byHand === null ? accepted >= TRUSTED_AFTER : byHand === "trusted"
}

export const handChoices = ["trusted", "untrusted", "earned"] as const
export type HandChoice = (typeof handChoices)[number]
