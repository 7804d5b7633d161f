import type { DraftText } from "./document/draft-text.ts"

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

/** Opens the drafts of this browser, and holds a lock that tells other tabs that `tab` is alive. */
export function deviceDrafts(tab: string): DeviceDrafts {
  const opened = open().catch(() => null)
  // Never released: the browser does so when the tab is gone, however it went.
  void navigator.locks?.request(LOCK + tab, () => new Promise(() => {}))
  return {
    put: async (draft) => (await run(opened, "readwrite", (store) => store.put(draft))) !== null,
    remove: async (key) => void (await run(opened, "readwrite", (store) => store.delete(key))),
    leftBehind: async (writer) => {
      const all = (await run<DeviceDraft[]>(opened, "readonly", (store) => store.getAll())) ?? []
      const alive = await livingTabs()
      return all
        .filter((draft) => draft.writer === writer && !alive.has(draft.tab) && draft.tab !== tab)
        .sort((one, other) => one.at - other.at)
    },
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
