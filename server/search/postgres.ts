import { type RawBuilder, sql } from "kysely"
import type { Kind } from "../pages/model.ts"
import type { Entry, Found, Query, SearchIndex, Suggestion, Term, Way } from "./model.ts"

/** How much a word counts in the text, around it, in a fact, in the title and other names. */
const WEIGHTS = sql.raw("'{0.1, 0.05, 0.4, 1.0}'::float4[]")
/** PostgreSQL's bounds on one tsvector: a position, the positions of one word, and with room to spare its size of 1 MB. */
const LAST_POSITION = 16_383
const MOST_POSITIONS = 255
const MOST_BYTES = 700_000

/**
 * A tsvector that we write out ourselves, word by word: the words come folded already, and PostgreSQL's own parser would take
 * addresses, numbers and hyphens apart in ways of its own. Needs no extension.
 */
export const postgresIndex: SearchIndex = {
  async create(tx) {
    await sql`DROP TABLE IF EXISTS search_words`.execute(tx)
    await sql`CREATE TABLE search_words (page_id TEXT PRIMARY KEY, kind TEXT NOT NULL, words tsvector NOT NULL, shown TEXT NOT NULL)`.execute(tx)
    await sql`CREATE INDEX search_words_by_word ON search_words USING gin (words)`.execute(tx)
    await sql`DROP TABLE IF EXISTS search_past`.execute(tx)
    await sql`CREATE TABLE search_past (page_id TEXT PRIMARY KEY, until INTEGER NOT NULL, listed TEXT NOT NULL, words tsvector NOT NULL)`.execute(tx)
    await sql`CREATE INDEX search_past_by_word ON search_past USING gin (words)`.execute(tx)
  },

  async index(tx, entry) {
    await sql`INSERT INTO search_words (page_id, kind, words, shown)
      VALUES (${entry.pageId}, ${entry.kind}, ${vector(entry)}::tsvector, ${entry.shown})
      ON CONFLICT (page_id) DO UPDATE SET kind = excluded.kind, words = excluded.words, shown = excluded.shown`.execute(tx)
  },

  async indexPast(tx, pageId, { until, words }) {
    if (!words) return void (await sql`UPDATE search_past SET until = ${until} WHERE page_id = ${pageId}`.execute(tx))
    await sql`INSERT INTO search_past (page_id, until, listed, words) VALUES (${pageId}, ${until}, ${words.join(" ")}, ${bag(words)}::tsvector)
      ON CONFLICT (page_id) DO UPDATE SET until = excluded.until, listed = excluded.listed, words = excluded.words`.execute(tx)
  },

  async pastOf(tx, pageId) {
    const { rows } = await sql<{ until: number; listed: string }>`SELECT until, listed FROM search_past WHERE page_id = ${pageId}`.execute(tx)
    return rows[0] && { until: rows[0].until, words: rows[0].listed.split(" ").filter(Boolean) }
  },

  async findPast(db, query, limit) {
    const { rows } = await sql<{ id: string }>`SELECT pages.id FROM search_past JOIN pages ON pages.id = search_past.page_id
      WHERE words @@ ${query.wanted.map(anyWay).join(" & ")}::tsquery AND pages.deleted_at IS NULL
      ORDER BY pages.updated_at DESC, pages.id LIMIT ${limit}`.execute(db)
    return rows
  },

  async forget(tx, pageId) {
    await sql`DELETE FROM search_past WHERE page_id = ${pageId}`.execute(tx)
    await sql`DELETE FROM search_words WHERE page_id = ${pageId}`.execute(tx)
  },

  // VACUUM takes away what is not used any more.
  async settle() {},

  async find(db, query, { kind, limit, offset }) {
    // The text is fetched for the few that are shown, not carried through the sorting of all that fit.
    const { rows } = await sql<Found>`SELECT pages.slug, pages.title, pages.kind, entries.shown
      FROM (SELECT page_id, ts_rank(${WEIGHTS}, words, ${queryExpression(query)}::tsquery, 1) AS rank
        ${fitting(query, kind)} ORDER BY rank DESC, page_id LIMIT ${limit} OFFSET ${offset}) AS found
      JOIN search_words AS entries ON entries.page_id = found.page_id
      JOIN pages ON pages.id = found.page_id
      WHERE pages.deleted_at IS NULL ORDER BY found.rank DESC, found.page_id`.execute(db)
    return rows
  },

  async suggest(db, { wanted }, limit) {
    const titled = wanted.map((term) => `(${term.map((way) => oneWay(way, "A")).join(" | ")})`).join(" & ")
    const { rows } = await sql<Suggestion>`SELECT pages.slug, pages.title, pages.kind
      FROM search_words JOIN pages ON pages.id = search_words.page_id
      WHERE words @@ ${titled}::tsquery AND pages.deleted_at IS NULL
      ORDER BY ts_rank(${WEIGHTS}, words, ${titled}::tsquery, 1) DESC, search_words.page_id LIMIT ${limit}`.execute(db)
    return rows
  },

  async words(db) {
    const { rows } = await sql<{ word: string; pages: number }>`SELECT word, ndoc AS pages FROM ts_stat('SELECT words FROM search_words')`.execute(db)
    return rows.map(({ word, pages }) => ({ word, pages: Number(pages) }))
  },

  async count(db, query, kind, most) {
    const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM (SELECT 1 ${fitting(query, kind)} LIMIT ${most}) AS found`.execute(db)
    return Number(rows[0]!.count)
  },
}

function fitting(query: Query, kind: Kind | null): RawBuilder<unknown> {
  const ofKind = kind === null ? sql`` : sql`AND kind = ${kind}`
  return sql`FROM search_words WHERE words @@ ${queryExpression(query)}::tsquery ${ofKind}`
}

/** The entry as a tsvector is written: 'word':1A,17 ... with a gap between the parts, so that no phrase runs across. */
function vector({ title, names, facts, text, around }: Entry): string {
  const places = new Map<string, string[]>()
  let position = 1
  let bytes = 0
  for (const [words, weight] of [[title, "A"], [names, "A"], [facts, "B"], [text, ""], [around, "C"]] as const) {
    for (const word of words) {
      const known = places.get(word) ?? []
      if (known.length === 0) bytes += Buffer.byteLength(word) + 8
      if (bytes > MOST_BYTES) break
      if (known.length < MOST_POSITIONS) known.push(Math.min(position, LAST_POSITION) + weight)
      bytes += 2
      places.set(word, known)
      position++
    }
    position++
  }
  return [...places].map(([word, at]) => `'${word}':${at.join(",")}`).join(" ")
}

/** Words as a tsvector without places: whether they are there is all that counts. */
function bag(words: readonly string[]): string {
  let bytes = 0
  return words.filter((word) => (bytes += Buffer.byteLength(word) + 8) <= MOST_BYTES).map((word) => `'${word}'`).join(" ")
}

/** The query in tsquery's own language. Its words are letters and digits alone, so that quoting them is enough. */
function queryExpression({ wanted, unwanted }: Query): string {
  const all = wanted.map(anyWay).join(" & ")
  return unwanted.length === 0 ? all : `(${all}) & !(${unwanted.map(anyWay).join(" | ")})`
}

function anyWay(term: Term): string {
  return `(${term.map((way) => oneWay(way)).join(" | ")})`
}

/** `weight` keeps it to words of one part: "A" is the title and other names. */
function oneWay({ words, inOrder, prefix }: Way, weight = ""): string {
  const last = words.length - 1
  const mark = (index: number) => (prefix && index === last ? "*" : "") + weight
  const quoted = words.map((word, index) => `'${word}'${mark(index) && `:${mark(index)}`}`)
  return `(${quoted.join(inOrder ? " <-> " : " & ")})`
}
