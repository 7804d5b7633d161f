import type { Context } from "../context.ts"
import { indexOf } from "./store.ts"
import type { Database } from "../storage/database.ts"

/** Shorter words have too many neighbours to guess among. */
const SHORTEST = 4
/** From this length on two mistakes are forgiven, below it one. */
const LONG = 8
/** Words looked for in the place of one that nobody wrote. */
const MOST = 3
/** Reading all words again takes no more than a twentieth of the time. */
const PATIENCE = 20

interface Vocabulary {
  stamp: number | string
  /** When it was read, and how long that took, in milliseconds. */
  readAt: number
  took: number
  pages: Map<string, number>
  byLength: Map<number, Spelled[]>
  sorted: string[]
}

interface Spelled {
  word: string
  letters: number
}

const kept = new WeakMap<Database, Vocabulary>()

/** Words that pages have and that are a typing mistake away from one that none has, the likeliest first. Read from the index itself. */
export async function spellings(ctx: Context): Promise<(word: string, prefix: boolean) => string[]> {
  const vocabulary = await vocabularyOf(ctx.db)
  return (word, prefix) => {
    if (word.length < SHORTEST || !/^\p{L}+$/u.test(word)) return []
    if (vocabulary.pages.has(word) || (prefix && begins(vocabulary.sorted, word))) return []
    return nearest(vocabulary, word)
  }
}

async function vocabularyOf(db: Database): Promise<Vocabulary> {
  const known = kept.get(db)
  const stamp = await db.stamp()
  const now = performance.now()
  if (known && (known.stamp === stamp || now - known.readAt < known.took * PATIENCE)) return known
  const pages = new Map<string, number>()
  const byLength = new Map<number, Spelled[]>()
  for (const { word, pages: count } of await indexOf(db).words(db.read)) {
    if (!/^\p{L}+$/u.test(word)) continue
    pages.set(word, count)
    const same = byLength.get(word.length)
    const spelled = { word, letters: lettersOf(word) }
    if (same) same.push(spelled)
    else byLength.set(word.length, [spelled])
  }
  const vocabulary = { stamp, readAt: now, took: performance.now() - now, pages, byLength, sorted: [...pages.keys()].sort() }
  kept.set(db, vocabulary)
  return vocabulary
}

function nearest({ byLength, pages }: Vocabulary, word: string): string[] {
  const most = word.length >= LONG ? 2 : 1
  const letters = lettersOf(word)
  const found: { word: string; distance: number }[] = []
  for (let length = word.length - most; length <= word.length + most; length++) {
    for (const candidate of byLength.get(length) ?? []) {
      // Each mistake changes at most two of the letters that a word has: most words are ruled out without comparing them.
      if (bits(candidate.letters ^ letters) > 2 * most) continue
      const distance = mistakes(word, candidate.word, most)
      if (distance <= most) found.push({ word: candidate.word, distance })
    }
  }
  const likeliness = (one: string) => (one[0] === word[0] ? 1 : 0)
  found.sort((one, other) => one.distance - other.distance || likeliness(other.word) - likeliness(one.word) || pages.get(other.word)! - pages.get(one.word)!)
  return found.filter(({ distance }) => distance === found[0]!.distance).slice(0, MOST).map(({ word: one }) => one)
}

/** Letters left out, added, changed or swapped with their neighbour; one more than `most` when there are more. */
export function mistakes(one: string, other: string, most: number): number {
  let before: number[] = []
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let at = 1; at <= one.length; at++) {
    const next = [at]
    for (let to = 1; to <= other.length; to++) {
      const isSame = one[at - 1] === other[to - 1]
      let least = Math.min(row[to]! + 1, next[to - 1]! + 1, row[to - 1]! + (isSame ? 0 : 1))
      if (at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1]) least = Math.min(least, before[to - 2]! + 1)
      next.push(least)
    }
    if (Math.min(...next) > most) return most + 1
    ;[before, row] = [row, next]
  }
  return Math.min(row[other.length]!, most + 1)
}

/** Which letters a word has, one bit each; other scripts share the bits. */
function lettersOf(word: string): number {
  let letters = 0
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) % 32)
  return letters
}

function bits(number: number): number {
  let count = 0
  for (let rest = number; rest !== 0; rest &= rest - 1) count++
  return count
}

function begins(sorted: string[], prefix: string): boolean {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < prefix) low = middle + 1
    else high = middle
  }
  return sorted[low]?.startsWith(prefix) ?? false
}
