import { type Authorship, carryAuthorship, fitsAuthorship, readAuthorship, type Source, writeAuthorship } from "../../../editor/document/index.ts"
import type { Reader, Transaction } from "../../storage/database.ts"
import { documentOf } from "../documents.ts"
import { findRevision, listKeys, type RevisionRow } from "../store.ts"
import { type AuthorshipRow, findAuthorship } from "./store.ts"

type Db = Reader | Transaction

/** Every so many revisions what is known then is kept, so that no page's past has to be gone through from its beginning. */
export const KEPT_EVERY = 64
/** How far back a paragraph is looked for that comes back without anybody saying from where. */
const LOOKED_BACK = 500
/** States kept in memory, by the hash of their revision. */
const KEPT = 64

/** Who wrote the words of a page at one revision. */
export interface AuthorshipAt {
  blocks: Authorship
  /** The highest key of a block that the page has had so far: what is above it is new to the page. */
  highest: number
}

const kept = new Map<string, AuthorshipAt>()

/** Who wrote the page at a revision: from what is kept, or from the revisions between that and this one. */
export async function authorshipAt(db: Db, pageId: string, row: RevisionRow): Promise<AuthorshipAt> {
  const { at } = await stateAt({ db, pageId, known: new Map(), isAnew: false }, row)
  remember(row, at)
  return at
}

/** Goes through the revisions of a page after `from`, using nothing that is kept; `onState` is given each in turn. Returns the last. */
export async function replayAuthorship(
  db: Db,
  pageId: string,
  { from, to, known }: { from: State | null; to: number; known: Map<number, State> },
  onState: (state: State) => void,
): Promise<State | null> {
  const replay: Replay = { db, pageId, known, isAnew: true }
  let before = from
  for (let number = (from?.row.number ?? 0) + 1; number <= to; number++) {
    before = await nextState(replay, (await findRevision(db, pageId, number)) ?? missing(number), before)
    known.set(number, before)
    const past = number - KEPT_EVERY
    if (past % KEPT_EVERY !== 0) known.delete(past)
    onState(before)
  }
  return before
}

/** A revision and who wrote it. */
export interface State {
  row: RevisionRow
  at: AuthorshipAt
}

/** As it is kept in the table. */
export function rowOf({ row, at }: State): AuthorshipRow {
  return { number: row.number, runs: `${at.highest.toString(36)}|${writeAuthorship(at.blocks)}` }
}

interface Replay {
  db: Db
  pageId: string
  /** States found on the way, by number. */
  known: Map<number, State>
  /** Whether what is kept in the table and in memory is left out of account. */
  isAnew: boolean
}

async function stateAt(replay: Replay, row: RevisionRow): Promise<State> {
  const { db, pageId, known } = replay
  let state = await startFor(replay, row)
  for (let number = (state?.row.number ?? 0) + 1; number <= row.number; number++) {
    const next = number === row.number ? row : ((await findRevision(db, pageId, number)) ?? missing(number))
    known.set(number, (state = await nextState(replay, next, state)))
  }
  return state!
}

/** The newest state at hand of the revisions up to this one; it has to fit the text, which a purge may have changed. */
async function startFor({ db, pageId, known, isAnew }: Replay, row: RevisionRow): Promise<State | null> {
  for (let number = row.number; number > Math.max(0, row.number - KEPT_EVERY); number--) {
    const state = known.get(number)
    if (state) return state
  }
  if (isAnew) return null
  const own = await keptState(db, row)
  if (own) return own
  const before = await findRevision(db, pageId, row.number - 1)
  const former = before && (await keptState(db, before))
  if (former) return former
  for (let number = row.number; number > 0; ) {
    const found = await findAuthorship(db, pageId, number)
    if (!found) return null
    const of = [row, before].find((near) => near?.number === found.number) ?? (await findRevision(db, pageId, found.number))
    const at = readRow(found)
    if (of && fitsAuthorship(await documentOf(db, of), at.blocks)) return { row: of, at }
    number = found.number - 1
  }
  return null
}

async function keptState(db: Db, row: RevisionRow): Promise<State | null> {
  const at = kept.get(row.hash)
  return at && fitsAuthorship(await documentOf(db, row), at.blocks) ? { row, at } : null
}

async function nextState(replay: Replay, row: RevisionRow, before: State | null): Promise<State> {
  const { db, pageId, known } = replay
  const states = row.restores === null && before ? [before] : []
  for (const number of await broughtBack(db, pageId, row, before)) {
    const source = known.get(number)?.row ?? (await findRevision(db, pageId, number))
    if (source) states.push(await stateAt(replay, source))
  }
  const sources: Source[] = []
  for (const state of states) sources.push({ doc: await documentOf(db, state.row), authorship: state.at.blocks })
  const blocks = carryAuthorship(await documentOf(db, row), row.number, sources)
  return { row, at: { blocks, highest: Math.max(before?.at.highest ?? 0, ...row.keys) } }
}

/** The earlier revisions whose words this one brought back: those it says, or those a paragraph of which it has again. */
async function broughtBack(db: Db, pageId: string, row: RevisionRow, before: State | null): Promise<number[]> {
  const said = [row.restores, row.partOf, ...row.undoes.map((number) => number - 1)].filter((number) => number !== null && number > 0)
  if (said.length > 0 || !before) return [...new Set(said as number[])].filter((number) => number < row.number)
  const standing = new Set(before.row.keys)
  const back = new Set(row.keys.filter((key) => key <= before.at.highest && !standing.has(key)))
  if (back.size === 0) return []
  const numbers: number[] = []
  let from = before.row.number
  // What comes back mostly went a moment ago: a few are read at first, then more.
  for (let limit = 8, left = LOOKED_BACK; back.size > 0 && left > 0 && from > 1; left -= limit, limit *= 4) {
    const lists = await listKeys(db, pageId, { before: from, limit: Math.min(limit, left) })
    for (const { number, keys } of lists) {
      const found = keys.filter((key) => back.delete(key))
      if (found.length > 0) numbers.push(number)
    }
    from = lists.at(-1)?.number ?? 1
  }
  return numbers
}

function remember({ hash }: RevisionRow, at: AuthorshipAt): void {
  kept.set(hash, at)
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!)
}

function readRow({ runs }: AuthorshipRow): AuthorshipAt {
  const end = runs.indexOf("|")
  return { highest: Number.parseInt(runs.slice(0, end), 36), blocks: readAuthorship(runs.slice(end + 1)) }
}

function missing(number: number): never {
  throw new Error(`Revision ${number} is not in the database`)
}
