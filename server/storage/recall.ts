import type { Reader, Transaction } from "./database.ts"

/**
 * What a writing transaction has read or written itself: its reactions ask for the same rows again and again. Nobody else writes
 * meanwhile, so it stays true until the transaction writes those rows; who does, calls `keep` or `forget`.
 */
const memories = new WeakMap<Reader | Transaction, Map<string, unknown>>()

/** Gives a transaction that holds the turn to write its memory. */
export function remembering<T extends Transaction>(tx: T): T {
  memories.set(tx, new Map())
  return tx
}

/** What is known under this key, else what `read` gives. Outside of a writing transaction, and where nothing is found, it is read each time. */
export async function recall<T>(db: Reader | Transaction, key: string, read: () => Promise<T>): Promise<T> {
  const memory = memories.get(db)
  const known = memory?.get(key) as T | undefined
  if (known !== undefined) return known
  const found = await read()
  if (found !== undefined) memory?.set(key, found)
  return found
}

/** What stands under this key from now on, as the transaction has just written it. */
export function keep(tx: Transaction, key: string, value: unknown): void {
  memories.get(tx)?.set(key, value)
}

/** What was known under this key is another now; without a key, everything. */
export function forget(tx: Transaction, key?: string): void {
  if (key === undefined) memories.get(tx)?.clear()
  else memories.get(tx)?.delete(key)
}
