import type { JSX } from "preact"

const day = new Intl.DateTimeFormat("en-US", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" })
const minute = new Intl.DateTimeFormat("en-US", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: "UTC",
})

/** A moment as a day: "November 23, 2026". */
export function date(iso: string): string {
  return day.format(new Date(iso))
}

/** A moment, readable by people and machines; `exact` adds the minute. Always UTC, so that everyone reads the same. */
export function Time({ at, exact = false }: { at: string; exact?: boolean }): JSX.Element {
  return <time datetime={at}>{exact ? `${minute.format(new Date(at))} UTC` : date(at)}</time>
}
