import type { Reader, Transaction } from "../../storage/database.ts"
import { prepared } from "../../storage/prepared.ts"

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
  return newestUpTo.first(db, { pageId, number })
}

const newestUpTo = prepared((db, { pageId, number }: { pageId: string; number: number }) =>
  db.selectFrom("authorship").select(["number", "runs"]).where("page_id", "=", pageId).where("number", "<=", number).orderBy("number", "desc").limit(1),
)

/** Puts what is known of one revision in the place of what was known of the one before; false when nothing was. */
export async function moveAuthorship(tx: Transaction, pageId: string, from: number, row: AuthorshipRow): Promise<boolean> {
  return (await authorshipMoved.run(tx, { pageId, from, ...row })) > 0n
}

const authorshipMoved = prepared((db, { pageId, from, number, runs }: AuthorshipRow & { pageId: string; from: number }) =>
  db.updateTable("authorship").set({ number, runs }).where("page_id", "=", pageId).where("number", "=", from),
)

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
