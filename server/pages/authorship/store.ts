import type { Reader, Transaction } from "../../storage/database.ts"

type Db = Reader | Transaction

/** Rows in one statement. */
const CHUNK = 200

/** Who wrote the page at one revision. */
export interface AuthorshipRow {
  number: number
  runs: string
}

/** The newest that is known of the revisions up to `number`. */
export function findAuthorship(db: Db, pageId: string, number: number): Promise<AuthorshipRow | undefined> {
  return db
    .selectFrom("authorship")
    .select(["number", "runs"])
    .where("page_id", "=", pageId)
    .where("number", "<=", number)
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst()
}

/** Puts what is known of one revision in the place of what was known of the one before; false when nothing was. */
export async function moveAuthorship(tx: Transaction, pageId: string, from: number, row: AuthorshipRow): Promise<boolean> {
  const moved = await tx.updateTable("authorship").set(row).where("page_id", "=", pageId).where("number", "=", from).executeTakeFirst()
  return moved.numUpdatedRows > 0n
}

export async function insertAuthorship(tx: Transaction, pageId: string, rows: readonly AuthorshipRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += CHUNK) {
    const part = rows.slice(at, at + CHUNK).map((row) => ({ page_id: pageId, ...row }))
    await tx.insertInto("authorship").values(part).execute()
  }
}

export async function deleteAuthorship(tx: Transaction, pageId: string): Promise<void> {
  await tx.deleteFrom("authorship").where("page_id", "=", pageId).execute()
}

export async function pageIds(db: Db): Promise<string[]> {
  return (await db.selectFrom("pages").select("id").orderBy("id").execute()).map(({ id }) => id)
}
