import type { Transaction } from "./database.ts"
import { prepared } from "./prepared.ts"

/**
 * The next `count` numbers of a sequence, the first returned. The row lock is held to the commit, so numbers appear in
 * the order of commits and without gaps, on both engines.
 */
export async function nextNumber(tx: Transaction, name: "events" | "blocks", count = 1): Promise<number> {
  const row = await sequenceMoved.first(tx, { name, count })
  return row!.value - count + 1
}

const sequenceMoved = prepared((db, { name, count }: { name: string; count: number }) =>
  db.updateTable("sequences").set((eb) => ({ value: eb("value", "+", count) })).where("name", "=", name).returning("value"),
)
