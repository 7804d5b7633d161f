import { linkKind, readHref } from "../../editor/document/index.ts"
import { invalid } from "../errors.ts"
import { isAtLeast, type Viewer } from "../web/viewer.ts"

/** What a web address that pages cite answered when it was last asked. */
export const linkStatuses = ["answers", "gone", "silent", "closed"] as const
export type LinkStatus = (typeof linkStatuses)[number]

export const STATUS_WORDS: Record<LinkStatus, string> = {
  answers: "answers",
  gone: "says that it is gone",
  silent: "does not answer",
  closed: "does not let programs in",
}

export interface LinkCheck {
  address: string
  status: LinkStatus
  /** How often in a row it was gone or silent. */
  failures: number
  failingSince: string | null
  checkedAt: string
}

/** A site is down for an afternoon; two weeks in a row it is not there. */
export const DEAD_AFTER = 2

/** Whether an address has to be taken for dead, and what rests on it looked at again. */
export function isDead({ failures }: Pick<LinkCheck, "failures">): boolean {
  return failures >= DEAD_AFTER
}

/** What an answer says of an address. Who refuses programs may let people in; other formats than text are answers, too. */
export function statusOf(outcome: { status: number } | { code: string }): LinkStatus {
  if ("code" in outcome) return outcome.code === "unsupported" || outcome.code === "too-large" ? "answers" : outcome.code === "forbidden" ? "closed" : "silent"
  if (outcome.status === 404 || outcome.status === 410) return "gone"
  if (outcome.status >= 500) return "silent"
  return outcome.status >= 400 ? "closed" : "answers"
}

/** The check that follows the one before. */
export function nextCheck(address: string, status: LinkStatus, before: LinkCheck | undefined, now: string): LinkCheck {
  const isFailing = status === "gone" || status === "silent"
  return {
    address,
    status,
    failures: isFailing ? (before?.failures ?? 0) + 1 : 0,
    failingSince: isFailing ? (before?.failingSince ?? now) : null,
    checkedAt: now,
  }
}

/** What an address says of itself, for somebody who wants to cite it. */
export interface Proposal {
  address: string
  state: "asked" | "found" | "failed"
  title: string
  publisher: string
  /** As a date of a fact; empty when it does not say. */
  publishedOn: string
}

/** The web address as it is kept. Throws `invalid`. */
export function readAddress(raw: string): string {
  const href = readHref(raw.slice(0, 3000))
  if (href === null || linkKind(href) !== "web") throw invalid("address", "Write a web address such as https://www.example.org/report.")
  return href.replace(/#.*$/s, "")
}

export function canPropose(viewer: Viewer): boolean {
  return isAtLeast(viewer, "editor")
}

/** The page of a source as Markdown, from what is known of it. */
export function sourceMarkdown({ address, publisher, publishedOn }: Omit<Proposal, "state" | "title">): string {
  const rows = [
    ["publisher", publisher],
    ["published_on", publishedOn],
    ["web_address", address],
  ].filter(([, value]) => value !== "")
  return `::: facts\n${rows.map(([key, value]) => `- ${key}: ${value!.replace(/\s+/g, " ")}`).join("\n")}\n:::\n`
}
