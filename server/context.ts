import { hkdfSync, randomBytes } from "node:crypto"
import type { Logger } from "pino"
import type { Node } from "prosemirror-model"
import type { Config } from "./config.ts"
import type { Event, EventType, NewEvent } from "./events.ts"
import type { Database, Reader, Transaction } from "./storage/database.ts"
import { insertEvent } from "./storage/events.ts"
import type { Strangers } from "./web/strangers.ts"
import type { User, Viewer } from "./web/viewer.ts"

/** Something a person wrote and is about to send, by field name, for the policy to look at before anything is kept. */
export interface Draft {
  kind: "edit" | "comment" | "linkback" | "name"
  fields: Record<string, string>
  /** Text that is public already on the page it belongs to: what stands there may be repeated. */
  published?: string
  /** Whether it is seen at once and cannot wait: what a person should look at first is refused then as well. */
  atOnce?: boolean
}

/**
 * The policy, handed down by `app.ts`: throws `invalid` with the fields and places of what must not be published at all;
 * otherwise says why a person should look first (no reasons: nobody needs to).
 */
export type Screen = (draft: Draft) => { reasons: string[] }

/** An edit that somebody is about to save: the page, the text it was made from, and the new one. */
export interface Edit {
  author: User
  page: { id: string; slug: string; title: string; protection: string }
  base: { revision: { number: number; title: string }; doc: Node }
  title: string
  doc: Node
  summary: string
  /** What it goes back to, takes back, and brings back a part of: see `Revision`. */
  restores?: number
  undoes?: readonly number[]
  partOf?: number
}

/** Who publishes at once, and what waits: handed down to `pages` by what knows of protection, trust and risk. */
export interface Review {
  /** Keeps an edit that has to wait, and tells the id of the proposal; null when it is to be published now. */
  hold(ctx: Context, tx: Transaction, edit: Edit): Promise<string | null>
  /** Whether this person publishes on the page at once, by its level. */
  mayPublish(ctx: Context, tx: Transaction, author: User, page: Edit["page"]): Promise<boolean>
  /** The protection of a page that this person is about to start. Throws `forbidden` where they may not, `invalid` for a text that is refused. */
  start(ctx: Context, tx: Transaction, author: User, text: Pick<Edit, "title" | "doc" | "summary">): Promise<string>
}

/**
 * Who is kept from what, handed down by what knows of blocks: throws `forbidden`, saying why and until when. `page` is the id of the page
 * it is about; null where there is none yet.
 */
export type Admit = (
  ctx: Context,
  db: Reader | Transaction,
  viewer: Viewer,
  act: "edit" | "comment" | "upload",
  page: string | null,
) => Promise<void>

/** Why a text looks as if a person should look first, by what moderators decided before: each goes on after "it". */
export type Doubt = (db: Reader | Transaction, text: string) => Promise<string[]>

/** Runs inside the transaction that published the event; what must happen later enqueues itself there. */
export type Reaction = (ctx: Context, tx: Transaction, event: Event) => Promise<void>
export type Reactions = Record<EventType, Reaction[]>

/** What every action is handed: everything it may touch, nothing ambient. */
export interface Context {
  readonly config: Config
  readonly db: Database
  readonly log: Logger
  readonly clock: () => Date
  readonly ids: () => string
  readonly screen: Screen
  readonly admit: Admit
  readonly doubt: Doubt
  readonly strangers: Strangers
  readonly review: Review
  /** Keyed hash for values that must be recognised again but not be kept; the key never leaves `DATA_DIR`. */
  readonly keyed: (text: string) => string
  /** Writes the event in this transaction and runs its reactions in it. */
  publish(tx: Transaction, event: NewEvent): Promise<void>
}

/** Everything a context is made of but `publish`, which follows from the list of reactions. */
export function createContext(parts: Omit<Context, "publish">, reactions: Reactions): Context {
  const ctx: Context = {
    ...parts,
    async publish(tx, event) {
      const written = await insertEvent(tx, event, ctx.clock().toISOString())
      for (const react of reactions[event.type]) await react(ctx, tx, written)
    },
  }
  return ctx
}

// Without digits, vowels and what is drawn like a digit: no id spells a word, or can be taken for somebody's number.
const ALPHABET = "bcdfghjkmnpqrstv"

/** A new id: 20 letters, 80 random bits, fit for addresses and HTML ids. */
export function randomId(): string {
  let id = ""
  for (const byte of randomBytes(10)) id += ALPHABET[byte & 15]! + ALPHABET[byte >> 4]!
  return id
}

/** One secret on disk, a key of its own for each use. */
export function derive(secret: string, use: string): string {
  return Buffer.from(hkdfSync("sha256", secret, "", use, 32)).toString("hex")
}
