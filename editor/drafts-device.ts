import type { DraftText } from "./document/draft-text.ts"
import { changed, changeFrom, type TextChange } from "./text-change.ts"

/** A text as it is kept in this browser until the server has it. */
export interface DeviceDraft {
  /** The tab it was written in, and its key. */
  tab: string
  writer: string
  /** The address of the draft on the server. */
  url: string
  text: DraftText
  base: number
  version: number
  /** Hashes of texts that were sent and not answered: the server may hold one of them. */
  sent: string[]
  /** When it was written, in milliseconds since 1970. */
  at: number
}

/** The drafts that only this browser has. Nothing here throws: where the browser keeps nothing, `put` says so. */
export interface DeviceDrafts {
  put(draft: DeviceDraft): Promise<boolean>
  remove(tab: string): Promise<void>
  /** What tabs that are gone have left behind of this person, the oldest first. */
  leftBehind(writer: string): Promise<DeviceDraft[]>
}

const STORE = "drafts"
const LOCK = "habeas-draft "
/** Beside a tab's key: a body that stands there whole. */
const WHOLE = " whole"
/** Characters of what was changed up to which a body is kept as the change of the whole one. */
const SMALL = 20_000

/** A draft as it lies in the store: of a body that stands there whole, only what was changed is with the rest. */
type Stored = DeviceDraft & { change?: TextChange }

/** Opens the drafts of this browser, and holds a lock that tells other tabs that `tab` is alive. */
export function deviceDrafts(tab: string): DeviceDrafts {
  const opened = open().catch(() => null)
  // The whole body that is on disk, once it is there; a letter more is then kept as what it changes, however long the page.
  let whole: string | null = null
  let wholes = 0
  // Never released: the browser does so when the tab is gone, however it went.
  void navigator.locks?.request(LOCK + tab, () => new Promise(() => {}))
  return { put, remove, leftBehind }

  async function put(draft: DeviceDraft): Promise<boolean> {
    const { body } = draft.text
    const change = whole === null ? null : changeFrom(whole, body)
    if (change && change.middle.length <= SMALL) {
      const stored: Stored = { ...draft, text: { ...draft.text, body: "" }, change }
      return (await run(opened, "readwrite", (store) => store.put(stored))) !== null
    }
    // Nothing may be told against the old one any more, nor against this one before it is there and the last that was put.
    whole = null
    const number = ++wholes
    const isKept = (await run(opened, "readwrite", (store) => {
      store.put({ tab: tab + WHOLE, body })
      return store.put({ ...draft, text: { ...draft.text, body: "" }, change: { start: body.length, end: 0, middle: "" } })
    })) !== null
    if (isKept && number === wholes) whole = body
    return isKept
  }

  async function remove(key: string): Promise<void> {
    if (key === tab) {
      whole = null
      wholes++
    }
    await run(opened, "readwrite", (store) => store.delete(IDBKeyRange.bound(key, key + WHOLE)))
  }

  async function leftBehind(writer: string): Promise<DeviceDraft[]> {
    const all = (await run<(Stored & { body: string })[]>(opened, "readonly", (store) => store.getAll())) ?? []
    const bodies = new Map(all.map(({ tab, body }) => [tab, body]))
    const alive = await livingTabs()
    return all
      .filter((draft) => draft.writer === writer && !alive.has(draft.tab) && draft.tab !== tab)
      .map(({ change, ...draft }) => (change ? { ...draft, text: { ...draft.text, body: changed(bodies.get(draft.tab + WHOLE)!, change) } } : draft))
      .sort((one, other) => one.at - other.at)
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("habeas", 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "tab" })
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(new Error("Another version of this page holds the drafts."))
  })
}

/** The result once it is on disk; null when that failed. */
async function run<T>(
  opened: Promise<IDBDatabase | null>,
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest,
): Promise<T | null> {
  const db = await opened
  if (!db) return null
  return new Promise((resolve) => {
    try {
      const transaction = db.transaction(STORE, mode, { durability: "strict" })
      const request = act(transaction.objectStore(STORE))
      transaction.oncomplete = () => resolve(request.result as T)
      transaction.onabort = transaction.onerror = () => resolve(null)
    } catch {
      resolve(null)
    }
  })
}

async function livingTabs(): Promise<Set<string>> {
  const { held = [] } = (await navigator.locks?.query()) ?? {}
  return new Set(held.flatMap(({ name }) => (name?.startsWith(LOCK) ? name.slice(LOCK.length) : [])))
}
