import type { Reader, Transaction } from "../../storage/database.ts"
import { prepared } from "../../storage/prepared.ts"
import type { Protocol } from "../model.ts"
import type { Direction, Switch, Trust } from "./model.ts"

type Db = Reader | Transaction
/** Stands for the whole site where the id of a page would. */
export const SITE = ""

/** What was switched for the site and for this page. */
export async function listSwitches(db: Db, pageId: string = SITE): Promise<Switch[]> {
  return (await switchesOn.all(db, { pageId })).map((row) => ({ ...row, isOn: row.isOn === 1 }))
}

const switchesOn = prepared((db, { pageId }: { pageId: string }) =>
  db.selectFrom("linkback_switches").select(["page_id as page", "protocol", "direction", "is_on as isOn"]).where("page_id", "in", [SITE, pageId]),
)

export async function setSwitch(tx: Transaction, pageId: string, protocol: Protocol, direction: Direction, isOn: boolean): Promise<void> {
  const is_on = isOn ? 1 : 0
  await tx
    .insertInto("linkback_switches")
    .values({ page_id: pageId, protocol, direction, is_on })
    .onConflict((conflict) => conflict.columns(["page_id", "protocol", "direction"]).doUpdateSet({ is_on }))
    .execute()
}

/** The pages that may send by at least one protocol, as far as they are concerned. */
export async function listSendingPages(db: Db): Promise<string[]> {
  const query = db.selectFrom("linkback_switches").select("page_id").distinct()
  const rows = await query.where("direction", "=", "send").where("is_on", "=", 1).where("page_id", "!=", SITE).execute()
  return rows.map((row) => row.page_id)
}

export async function listTrusts(db: Db): Promise<Trust[]> {
  return db.selectFrom("linkback_trusts").select(["id", "host", "path", "created_at as createdAt"]).orderBy("host").orderBy("path").execute()
}

/** Those for one host. */
export async function listTrustedPaths(db: Db, host: string): Promise<string[]> {
  const rows = await db.selectFrom("linkback_trusts").select("path").where("host", "=", host).execute()
  return rows.map(({ path }) => path)
}

/** False when it was there before. */
export async function insertTrust(tx: Transaction, trust: Trust, by: string): Promise<boolean> {
  const { id, host, path, createdAt } = trust
  const kept = await tx
    .insertInto("linkback_trusts")
    .values({ id, host, path, created_at: createdAt, created_by: by })
    .onConflict((conflict) => conflict.columns(["host", "path"]).doNothing())
    .returning("id")
    .executeTakeFirst()
  return kept !== undefined
}

export function findTrust(db: Db, id: string): Promise<Trust | undefined> {
  return db.selectFrom("linkback_trusts").select(["id", "host", "path", "created_at as createdAt"]).where("id", "=", id).executeTakeFirst()
}

export async function deleteTrust(tx: Transaction, id: string): Promise<void> {
  await tx.deleteFrom("linkback_trusts").where("id", "=", id).execute()
}
