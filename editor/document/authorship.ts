import { diffArrays } from "diff"
import type { Node } from "prosemirror-model"
import { toText } from "./text.ts"

/** Words of a block, in a row, that one revision brought in. */
export interface Run {
  words: number
  revision: number
}

/** Who wrote the words of a page: of each of its blocks the runs, in the order of its words. */
export type Authorship = readonly (readonly Run[])[]

/** A page whose authorship is known, from which words can have come. */
export interface Source {
  doc: Node
  authorship: Authorship
}

/** So many words in a row are no coincidence: moved into another block, they keep their author. */
const PHRASE = 4
/** More edits than this within one block and it counts as written anew, but for what it begins and ends with. */
const MAX_EDITS = 400

/** The words of a block by line: a line for each paragraph, item, cell or fact in it. */
export function wordLines(block: Node): string[][] {
  if (block.isTextblock) return [wordsIn(toText(block))]
  return block.children.flatMap(wordLines)
}

/**
 * Who wrote the words of `doc`, which revision `number` made of the sources: a word that stands in one of them keeps the first who wrote
 * it, wherever it moved; what stands in none is of `number`. The first source is the revision before; others are those whose words were
 * brought back.
 */
export function carryAuthorship(doc: Node, number: number, sources: readonly Source[]): Authorship {
  const carried = sources.map((source) => carryFrom(doc, source))
  return doc.children.map((block, at) => {
    const found = carried.map((blocks) => blocks[at]!)
    // What stood there just before has its authors, whatever else was brought back.
    if (found[0]?.runs) return found[0].runs
    const claims = found.map((one) => one.owners())
    const owners = wordsOf(block).map((_, word) => {
      const revisions = claims.map((claim) => claim[word] ?? UNKNOWN).filter((revision) => revision !== UNKNOWN)
      return revisions.length > 0 ? Math.min(...revisions) : number
    })
    return runsOf(owners)
  })
}

/** Whether this is the authorship of a page of so many blocks with so many words each. */
export function fitsAuthorship(doc: Node, authorship: Authorship): boolean {
  if (authorship.length !== doc.childCount) return false
  return authorship.every((runs, at) => runs.reduce((sum, { words }) => sum + words, 0) === wordsOf(doc.child(at)).length)
}

/** As it is stored: runs in base 36, the revision where it is another than before, blocks with semicolons between them. */
export function writeAuthorship(authorship: Authorship): string {
  let last = UNKNOWN
  const writeRun = ({ words, revision }: Run) => {
    const again = revision === last
    last = revision
    return words.toString(36) + (again ? "" : `.${revision.toString(36)}`)
  }
  return authorship.map((runs) => runs.map(writeRun).join(",")).join(";")
}

export function readAuthorship(text: string): Authorship {
  let last = UNKNOWN
  return text.split(";").map((block) =>
    block === ""
      ? []
      : block.split(",").map((run) => {
          const [words = "", revision] = run.split(".")
          if (revision !== undefined) last = Number.parseInt(revision, 36)
          return { words: Number.parseInt(words, 36), revision: last }
        }),
  )
}

/** No revision has this number. */
const UNKNOWN = 0

/** What of a block came from a source: all of it as it stands there, or of each word the revision that wrote it. */
interface Carried {
  runs?: readonly Run[]
  owners(): readonly number[]
}

function carryFrom(doc: Node, source: Source): Carried[] {
  const pairs = pairBlocks(doc, source.doc)
  const loose: Loose[] = []
  const lost = new Set(source.doc.children.keys())
  const rests: Stretch[] = []
  const carried = doc.children.map((block, at): Carried => {
    const from = pairs[at]!
    const words = wordsOf(block)
    if (from < 0) return looseBlock(words, new Array<number>(words.length).fill(UNKNOWN), loose)
    lost.delete(from)
    const old = source.doc.child(from)
    const runs = source.authorship[from]!
    if (old === block || isSameText(wordsOf(old), words)) return { runs, owners: () => ownersOf(runs) }
    const { owners, left } = alignWords(wordsOf(old), ownersOf(runs), words)
    rests.push(...left)
    return looseBlock(words, owners, loose)
  })
  if (loose.length === 0) return carried
  for (const at of lost) rests.push({ words: wordsOf(source.doc.child(at)), owners: ownersOf(source.authorship[at]!) })
  findPhrases(loose, rests)
  return carried
}

/** For each block of `doc` the one of `old` that it was, by its id, else by saying the same; -1 for none. */
function pairBlocks(doc: Node, old: Node): number[] {
  const byId = new Map(old.children.map((block, at) => [block.attrs.id as string | null, at]))
  const pairs = doc.children.map((block) => (block.attrs.id ? (byId.get(block.attrs.id as string) ?? -1) : -1))
  if (!pairs.includes(-1)) return pairs
  const taken = new Set(pairs)
  const byText = new Map(old.children.flatMap((block, at) => (taken.has(at) ? [] : [[wordsOf(block).join(" "), at] as const])))
  return pairs.map((pair, at) => {
    if (pair >= 0) return pair
    const text = wordsOf(doc.child(at)).join(" ")
    const found = text === "" ? undefined : byText.get(text)
    if (found !== undefined) byText.delete(text)
    return found ?? -1
  })
}

/** A row of words with their authors. */
interface Stretch {
  words: readonly string[]
  owners: readonly number[]
}

/** Words some of whose authors are still looked for. */
interface Loose {
  words: readonly string[]
  owners: number[]
}

function looseBlock(words: readonly string[], owners: number[], loose: Loose[]): Carried {
  if (words.length >= PHRASE && owners.includes(UNKNOWN)) loose.push({ words, owners })
  return { owners: () => owners }
}

/** The authors of the new words that were there before, and the old words that are not there any more. */
function alignWords(old: readonly string[], oldOwners: readonly number[], now: readonly string[]): { owners: number[]; left: Stretch[] } {
  const owners = new Array<number>(now.length).fill(UNKNOWN)
  let [start, oldEnd, nowEnd] = [0, old.length, now.length]
  for (; start < oldEnd && start < nowEnd && old[start] === now[start]; start++) owners[start] = oldOwners[start]!
  for (; oldEnd > start && nowEnd > start && old[oldEnd - 1] === now[nowEnd - 1]; oldEnd--) owners[--nowEnd] = oldOwners[oldEnd - 1]!
  const left: Stretch[] = []
  const leave = (from: number, to: number) => {
    if (to - from >= PHRASE) left.push({ words: old.slice(from, to), owners: oldOwners.slice(from, to) })
  }
  const isOneSided = start === oldEnd || start === nowEnd
  const parts = isOneSided ? undefined : diffArrays(old.slice(start, oldEnd), now.slice(start, nowEnd), { maxEditLength: MAX_EDITS })
  if (!parts) {
    leave(start, oldEnd)
    return { owners, left }
  }
  let [at, to] = [start, start]
  for (const { added, removed, count } of parts) {
    if (!added && !removed) for (let word = 0; word < count; word++) owners[to + word] = oldOwners[at + word]!
    if (removed) leave(at, at + count)
    if (!added) at += count
    if (!removed) to += count
  }
  return { owners, left }
}

/** Gives the words of phrases that stood elsewhere before, and stand there no more, their authors. */
function findPhrases(loose: readonly Loose[], rests: readonly Stretch[]): void {
  const places = new Map<string, { rest: Stretch; at: number }>()
  for (const rest of rests) {
    for (let at = 0; at + PHRASE <= rest.words.length; at++) {
      const phrase = rest.words.slice(at, at + PHRASE).join(" ")
      if (!places.has(phrase)) places.set(phrase, { rest, at })
    }
  }
  if (places.size === 0) return
  for (const { words, owners } of loose) {
    for (let at = 0; at + PHRASE <= words.length; at++) {
      if (owners[at] !== UNKNOWN) continue
      const found = places.get(words.slice(at, at + PHRASE).join(" "))
      if (!found) continue
      let length = 0
      while (at + length < words.length && words[at + length] === found.rest.words[found.at + length]) {
        if (owners[at + length] === UNKNOWN) owners[at + length] = found.rest.owners[found.at + length]!
        length++
      }
      at += length - 1
    }
  }
}

function isSameText(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, at) => word === other[at])
}

function ownersOf(runs: readonly Run[]): number[] {
  return runs.flatMap(({ words, revision }) => new Array<number>(words).fill(revision))
}

function runsOf(owners: readonly number[]): Run[] {
  const runs: Run[] = []
  for (const revision of owners) {
    const last = runs.at(-1)
    if (last?.revision === revision) last.words++
    else runs.push({ words: 1, revision })
  }
  return runs
}

const known = new WeakMap<Node, string[]>()

// Nodes never change, and a saved page shares its untouched blocks with the one before.
function wordsOf(block: Node): string[] {
  let words = known.get(block)
  if (!words) known.set(block, (words = wordLines(block).flat().map(bare)))
  return words
}

/** What is longer is nobody's word. */
const LONGEST_WORD = 60

/** The word without the signs around it: a comma put behind a word makes nobody its author. */
function bare(word: string): string {
  if (word.length > LONGEST_WORD) return word
  return word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "") || word
}

function wordsIn(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "")
}
