import { createHash } from "node:crypto"
import { daysBetween, readSingleDate } from "../../../editor/document/index.ts"
import { invalid } from "../../errors.ts"
import type { FactRow } from "../model.ts"

export const results = ["confirmed", "wrong", "unclear"] as const
export type CheckResult = (typeof results)[number]

/** How a person knows: a choice and never free text, which could tell who visited whom (domain model §5). Each is a word of words.ts. */
export const methods = ["called", "visited", "letter", "official_page", "document"] as const
/** Or how the site knows of a doubt: nobody chooses that. */
export type CheckMethod = (typeof methods)[number] | "comment"

/** Behind "checked 12 days ago". */
export const METHOD_WORDS: Record<CheckMethod, string> = {
  called: "by telephone",
  visited: "by a visit",
  letter: "by letter",
  official_page: "on the official page",
  document: "in a document",
  comment: "by a reader's comment",
}

/** What somebody said of a fact after having looked. */
export interface FactCheck {
  id: string
  pageId: string
  factId: string
  digest: string
  result: CheckResult
  method: CheckMethod
  /** Which of the fact's sources was looked at, in words; empty when it was none of them. */
  source: string
  /** The day of looking; the month when it was a visit. */
  checkedOn: string
  /** Null for people without an account. */
  checkerId: string | null
  /** For these, a name for one day in the memory of one process, within which two rows are two people (voices.ts). */
  run: string | null
  createdAt: string
}

/** Guests who are known to be two, since they spoke on one day, or ... */
const TOGETHER = 2
/** ... on so many days, since one person may come back. */
const ON_DAYS = 3
/** Days within which guests agree with each other. */
const AGREEING = 30
/** Days back that a check may lie: for a volunteer's notes, and for a guest's memory. */
const OLDEST = { member: 366, guest: 31 }

/** What a check attests: change any of it and nothing was checked. */
export function digestOf({ key, label, type, value, state, qualifier }: Pick<FactRow, "key" | "label" | "type" | "value" | "state" | "qualifier">): string {
  return createHash("sha256").update(JSON.stringify([key, label, type, value, state, qualifier])).digest("base64url").slice(0, 12)
}

/** How a fact stands: when and how it was last checked, and since when a report that it is wrong waits for an answer. */
export type Standing = Pick<FactRow, "checkedOn" | "method" | "doubtedOn">

/**
 * What the checks of a fact amount to, oldest first, beside the date that stands in its page. A person with an account
 * confirms alone; guests only when they are certainly two, and never against a person with an account.
 */
export function standingOf(written: string, checks: readonly FactCheck[]): Standing {
  const standing: Standing = { checkedOn: written, method: "", doubtedOn: "" }
  let doubter: "member" | "guest" | null = null
  let agreeing: FactCheck[] = []
  for (const check of checks) {
    const { result, checkedOn, checkerId } = check
    if (result === "unclear") continue
    if (result === "wrong") {
      agreeing = []
      // Who wrote a later date into the page has looked since.
      if (check.createdAt.slice(0, 10) < written) continue
      standing.doubtedOn = dayOf(check)
      doubter = checkerId !== null || doubter === "member" ? "member" : "guest"
      continue
    }
    if (checkerId === null) agreeing = [...agreeing.filter((other) => isNear(other, check)), check]
    const counts = checkerId !== null || (areIndependent(agreeing) && doubter !== "member")
    if (!counts) continue
    ;[doubter, standing.doubtedOn] = [null, ""]
    if (checkedOn >= standing.checkedOn) Object.assign(standing, { checkedOn, method: check.method })
  }
  return standing
}

/** Whether these guests' words come from two people at least, as far as can be known without knowing who they are. */
export function areIndependent(guests: readonly Pick<FactCheck, "run" | "createdAt">[]): boolean {
  const together = new Map<string, number>()
  for (const { run } of guests) if (run !== null) together.set(run, (together.get(run) ?? 0) + 1)
  const days = new Set(guests.map(({ createdAt }) => createdAt.slice(0, 10)))
  return Math.max(0, ...together.values()) >= TOGETHER || days.size >= ON_DAYS
}

/** The day of a check as it is kept: of a visit the month alone. Throws `invalid`. */
export function readCheckDate(raw: string, method: CheckMethod, today: string, isMember: boolean): string {
  const reading = raw.trim() === "" ? { ok: true as const, value: today } : readSingleDate(raw.slice(0, 100))
  if (!reading.ok) throw invalid("on", reading.problem)
  const date = reading.value
  if (date.length < 7) throw invalid("on", "Say at least the month in which you looked.")
  const first = date.length === 7 ? `${date}-01` : date
  // It is tomorrow already for some who write.
  if (daysBetween(today, first) > 1) throw invalid("on", "This day is still to come.")
  const oldest = isMember ? OLDEST.member : OLDEST.guest
  if (daysBetween(first, today) > oldest + (date.length === 7 ? 31 : 0)) {
    throw invalid("on", `This was more than ${oldest} days ago. Please look again and tell what you find now.`)
  }
  return method === "visited" ? date.slice(0, 7) : date
}

function dayOf({ checkedOn, createdAt }: FactCheck): string {
  return checkedOn.length === 7 ? checkedOn : createdAt.slice(0, 10)
}

function isNear(earlier: FactCheck, later: FactCheck): boolean {
  return daysBetween(earlier.createdAt.slice(0, 10), later.createdAt.slice(0, 10)) <= AGREEING
}
