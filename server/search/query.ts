import { digitRuns, tokens, wordsOf } from "./fold.ts"
import type { Query, Term, Way } from "./model.ts"

/** As much as anybody types; what is pasted beyond it is left out, and said so. */
const QUERY_LENGTH = 200

// A telephone number, then anything in quotation marks, then whatever stands between blanks. A minus counts before a piece only.
const PIECE =
  /(?:(?<=^|\s)(-))?(?:(\+?\(?\d(?:[().\-/\u2010-\u2013\s]{0,3}\d){6,})(?![\p{L}\p{N}])|["“”„«»]([^"“”„«»]*)["“”„«»]?|([^\s"“”„«»]+))/gu

/**
 * What a person asks for: words that must all be there, "words in quotation marks" beside each other, -words that must not be there,
 * telephone numbers however written; the last word may be the beginning of one. Every text is a valid query.
 */
export function readQuery(raw: string): Query {
  const text = cut(raw.trim())
  const query: Query = { wanted: [], unwanted: [], note: null }
  if (text.length < raw.trim().length) query.note = `Only the first ${QUERY_LENGTH} characters were searched for.`
  const pieces = [...text.matchAll(PIECE)]
  for (const [index, [, minus, number, phrase, word]] of pieces.entries()) {
    const isLast = index === pieces.length - 1
    if (minus) add(query.unwanted, number === undefined ? [ways(phrase ?? word ?? "", true, false)] : [numberWays(number, false)])
    else if (number !== undefined) add(query.wanted, [numberWays(number, isLast)])
    else if (phrase !== undefined) add(query.wanted, [ways(phrase, true, false).map((way): Way => ({ ...way, quoted: true }))])
    else add(query.wanted, wordTerms(word!, isLast))
  }
  if (query.wanted.length === 0 && query.unwanted.length > 0) query.note = "Add a word to look for: words after a minus only leave pages out."
  return query
}

/** What somebody has typed so far of a title: its words, the last of which may go on. */
export function readBeginning(raw: string): Query {
  const words = wordsOf(cut(raw.trim()))
  return { wanted: words.map((word, index): Term => [{ words: [word], inOrder: true, prefix: index === words.length - 1 }]), unwanted: [], note: null }
}

/**
 * The same with other words in the place of those that `alternatives` has any for: typing mistakes. Phrases and numbers stay as they
 * are. Null when nothing is changed.
 */
export function corrected(query: Query, alternatives: (word: string, prefix: boolean) => string[]): Query | null {
  let isChanged = false
  const wanted = query.wanted.map((term): Term => {
    const [way] = term
    if (term.length !== 1 || way?.words.length !== 1 || way.quoted) return term
    const found = alternatives(way.words[0]!, way.prefix)
    if (found.length === 0) return term
    isChanged = true
    return found.map((word) => ({ words: [word], inOrder: true, prefix: false }))
  })
  return isChanged ? { ...query, wanted } : null
}

/** The same, content with any of what was wanted. */
export function loosened(query: Query): Query {
  return { ...query, wanted: [query.wanted.flat()] }
}

// "Miami/Dade" asks for both words. The single letters around an apostrophe say nothing: "Krome's", "l'avocat".
function wordTerms(written: string, isLast: boolean): Term[] {
  const pieces = written.split(/['’]/)
  const telling = pieces.length === 1 ? pieces : pieces.filter((piece) => [...piece].length > 1)
  const words = telling.flatMap((piece) => runs(piece))
  return words.map((run, index) => [{ words: run, inOrder: true, prefix: isLast && index === words.length - 1 && run.join("").length > 1 }])
}

/** The words of a piece; signs of a script without blanks that stand together are one. */
function runs(piece: string): string[][] {
  const found: string[][] = []
  let end = -1
  for (const token of tokens(piece)) {
    if (token.start === end) found.at(-1)!.push(token.word)
    else found.push([token.word])
    end = token.end
  }
  return found
}

function ways(text: string, inOrder: boolean, prefix: boolean): Term {
  const words = wordsOf(text)
  return words.length > 0 ? [{ words, inOrder, prefix }] : []
}

// "2008 2012" has as many digits as a telephone number: the groups by themselves will do as well.
function numberWays(written: string, prefix: boolean): Term {
  const bare = digitRuns(written).map(({ digits }): Way => ({ words: [digits], inOrder: true, prefix }))
  return [...bare, ...ways(written, false, prefix)]
}

function add(terms: Term[], more: Term[]): void {
  for (const term of more) if (term.length > 0) terms.push(term)
}

/** The beginning of a text, never half a character. */
function cut(text: string): string {
  return text.length <= QUERY_LENGTH ? text : text.slice(0, QUERY_LENGTH).replace(/[\ud800-\udbff]$/, "")
}
