/** The groups of digits of a text and what stands between them: "(305) 207-2001" is three. */
export interface Groups {
  /** Where each group begins and ends in the text. */
  starts: number[]
  ends: number[]
  /** What joins a group to the one before; null where nothing does. */
  seams: (string | null)[]
}

/** Some groups that follow each other, read as one number. */
export interface Numeral {
  start: number
  end: number
  digits: string
  /** How many digits each group has: "3-3-4". */
  shape: string
  /** What stands between the groups, in order, with a semicolon around each, ";) ;-;"; a semicolon itself as a comma. */
  seams: string
  /** Whether no further digits are joined to it, save by a blank; "305-207-2001/305-207-2002" are two. */
  alone: boolean
}

/** Longer numbers are none of those searched for. */
const MOST_DIGITS = 15
/** Between two groups of one number: a blank, some signs, a blank; or a closing bracket and an opening one. */
const SEAM = /^(?: ?[-./_*·•‧|~+=:'"`\\^]{1,3} ?| {1,3}| ?\n ?|[,;] ?|[)\]] ?-? ?[([]?| ?[([])$/

const MOST_BETWEEN = 5

export function findGroups(text: string): Groups {
  const groups: Groups = { starts: [], ends: [], seams: [] }
  let last = -1
  for (const { 0: digits, index } of text.matchAll(/\d+/g)) {
    const between = last >= 0 && index - last <= MOST_BETWEEN ? text.slice(last, index) : ""
    groups.seams.push(SEAM.test(between) ? between.replace(";", ",") : null)
    groups.starts.push(index)
    last = index + digits.length
    groups.ends.push(last)
  }
  return groups
}

/** Where web addresses stand in the text, in order. */
export type Links = readonly { start: number; end: number }[]

export function findLinks(text: string): Links {
  const links = text.matchAll(/\b(?:https?:\/\/|www\.)[^\s<>"]{1,2048}/g)
  return [...links].map(({ 0: link, index }) => ({ start: index, end: index + link.length }))
}

export function isInLink(links: Links, position: number): boolean {
  const link = links[firstIndex(links.length, (at) => links[at]!.end > position)]
  return link !== undefined && link.start <= position
}

/** The numbers of at most `most` digits that begin at the group `first`, the longest last. */
export function numbersFrom(text: string, groups: Groups, first: number, most = MOST_DIGITS): Numeral[] {
  const numbers: Numeral[] = []
  const start = groups.starts[first]
  if (start === undefined) return numbers
  const before = groups.seams[first]!
  let digits = ""
  let shape = ""
  let seams = ";"
  for (let at = first; at < groups.starts.length; at++) {
    const seam = groups.seams[at]!
    const end = groups.ends[at]!
    if (at > first && seam === null) break
    digits += text.slice(groups.starts[at], end)
    if (digits.length > most) break
    shape += (at > first ? "-" : "") + (end - groups.starts[at]!)
    if (at > first) seams += `${seam};`
    numbers.push({ start, end, digits, shape, seams, alone: isAlone(seams, before, groups.seams[at + 1] ?? null) })
  }
  return numbers
}

/** The first group that begins at `position` or after. */
export function groupAt(groups: Groups, position: number): number {
  return firstIndex(groups.starts.length, (at) => groups.starts[at]! >= position)
}

export function hasShape(number: Numeral, ...shapes: string[]): boolean {
  return shapes.includes(number.shape)
}

function isAlone(seams: string, before: string | null, after: string | null): boolean {
  return [before, after].every((seam) => isFree(seam) || (seams !== ";" && /^ ?[/|~*•&+=:_] ?$/.test(seam!) && !seams.includes(`;${seam};`)))
}

function isFree(seam: string | null): boolean {
  return seam === null || seam === " " || /^(?: {2,3}| ?\n ?|, |[)\]]? ?[([]?)$/.test(seam)
}

/** The first index for which `holds`, which holds for all after it as well; `count` when it holds for none. */
export function firstIndex(count: number, holds: (index: number) => boolean): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
