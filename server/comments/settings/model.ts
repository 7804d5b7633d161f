import { invalid } from "../../errors.ts"

export const waitings = ["none", "first", "all"] as const
/** Whose comments wait for a moderator: nobody's for being new, the first ones of each person, everybody's. */
export type Waiting = (typeof waitings)[number]

export const openings = ["open", "closed", "days"] as const
/** Whether a page takes comments: always, never, or for some days after it was started. */
export type Opening = (typeof openings)[number]

/** What the operator decided for the site, or a moderator for one page; null where they did not. */
export interface Setting {
  waiting: Waiting | null
  opening: Opening | null
  /** With `days`: after how many. */
  days: number | null
}

export const undecided: Setting = { waiting: null, opening: null, days: null }

/** What holds where nobody decided anything. */
export const AT_FIRST = { waiting: "first", opening: "open", days: null } as const

/** Ten years: longer is "always". */
export const MOST_DAYS = 3_650

/** What holds for comments on one page. */
export interface Rules {
  waiting: Waiting
  isOpen: boolean
  /** The first day, in UTC, on which it takes none; null where that is not known. */
  closesOn: string | null
}

/**
 * What holds for a page that was started at `createdAt`, on the day `today` (ISO): its own setting, else that of the site. Both act on
 * pages that were there before.
 */
export function rulesOf(site: Setting, page: Setting, createdAt: string, today: string): Rules {
  const waiting = page.waiting ?? site.waiting ?? AT_FIRST.waiting
  const { opening, days } = page.opening ? page : site.opening ? site : AT_FIRST
  const closesOn = opening === "days" ? dayAfter(createdAt, days ?? MOST_DAYS) : null
  return { waiting, isOpen: opening !== "closed" && (closesOn === null || today < closesOn), closesOn }
}

/** A form's answer as a setting; an empty choice leaves it to the site. Throws `invalid`. */
export function readSetting(typed: Record<string, string | undefined>): Setting {
  const waiting = choice("waiting", waitings, typed.waiting)
  const opening = choice("opening", openings, typed.opening)
  if (opening !== "days") return { waiting, opening, days: null }
  const days = /^\d{1,4}$/.test(typed.days?.trim() ?? "") ? Number(typed.days) : 0
  if (days < 1 || days > MOST_DAYS) throw invalid("days", `Give a number of days from 1 to ${MOST_DAYS}.`)
  return { waiting, opening, days }
}

function choice<Name extends string>(field: string, names: readonly Name[], typed = ""): Name | null {
  const found = names.find((name) => name === typed)
  if (!found && typed !== "") throw invalid(field, `Choose one of ${names.join(", ")}.`)
  return found ?? null
}

function dayAfter(createdAt: string, days: number): string {
  return new Date(Date.parse(createdAt.slice(0, 10)) + days * 86_400_000).toISOString().slice(0, 10)
}
