import { findAlienNumbers } from "./alien-numbers.ts"
import { findBirthDates } from "./birth-dates.ts"
import { findContacts } from "./contacts.ts"
import { dictatedNumbers } from "./dictated-numbers.ts"
import { type Folded, readings } from "./fold.ts"
import type { Finding, Scene } from "./finding.ts"
import { findIdentityNumbers } from "./identity-numbers.ts"
import { findGroups, findLinks, numbersFrom } from "./numbers.ts"

/**
 * Finds what may harm a person if it were public, in any spelling: A-numbers of 7 to 9 digits, social security and
 * receipt numbers, dates of birth; then lone nine digits, private telephone numbers and mail addresses.
 * What stands in `published` already may be repeated. In the order of the text, none overlapping. Takes time in
 * proportion to the length of the text.
 */
export function findPersonalData(typed: string, published = ""): Finding[] {
  const kept = mostSerious(readings(typed).flatMap(findIn))
  if (kept.length === 0 || published === "") return kept
  const isOpen = publishedValues(published)
  const isRefusedThere = kept.some(isRefused) ? refusedIn(published) : new Set()
  // That an A-number has the digits of a published telephone number does not make it public.
  return kept.filter((finding) => (isRefused(finding) ? !isRefusedThere.has(finding.value) : !isOpen(finding.value)))
}

function isRefused({ action }: Finding): boolean {
  return action === "refuse"
}

function refusedIn(published: string): Set<string> {
  return new Set(readings(published).flatMap(findIn).filter(isRefused).map(({ value }) => value))
}

function findIn(folded: Folded): Finding[] {
  const { text } = folded
  const scene: Scene = { folded, text, groups: findGroups(text), links: findLinks(text) }
  const found = [findAlienNumbers, findIdentityNumbers, findBirthDates, findContacts, dictatedNumbers].flatMap((find) => [...find(scene)])
  return found.map((finding) => ({ ...finding, start: folded.from(finding.start), end: folded.to(finding.end - 1) }))
}

// What is refused counts before what is held, and what is longer before what is part of it.
function mostSerious(found: Finding[]): Finding[] {
  const rank = ({ action, start, end }: Finding) => (action === "refuse" ? 1e9 : 0) + (end - start)
  const kept: Finding[] = []
  for (const finding of found.sort((a, b) => a.start - b.start || rank(b) - rank(a))) {
    const last = kept.at(-1)
    if (!last || finding.start >= last.end) kept.push(finding)
    else if (rank(finding) > rank(last)) kept[kept.length - 1] = finding
  }
  return kept
}

/** Whether a value stands in the published text: numbers whole, by their digits alone, addresses as they are. */
function publishedValues(published: string): (value: string) => boolean {
  const { text } = readings(published)[0]!
  const groups = findGroups(text)
  const numbers = new Set(groups.starts.flatMap((_, first) => numbersFrom(text, groups, first).map(({ digits }) => digits.replace(/^1(?=\d{10}$)/, ""))))
  return (value) => (/^\d+$/.test(value) ? numbers.has(value) : text.includes(value))
}
