import type { Reader, Transaction } from "../../storage/database.ts"
import { prepared } from "../../storage/prepared.ts"
import { forget, recall } from "../../storage/recall.ts"
import type { Condition, Rule } from "./model.ts"

type Db = Reader | Transaction

const columns = ["id", "name", "conditions", "outcome", "message", "is_on as isOn", "tried", "tried_at as triedAt"] as const
/** Under which a transaction remembers them. */
const RULES_ON = "rules on"

export async function listRules(db: Db): Promise<Rule[]> {
  return (await db.selectFrom("rules").select(columns).orderBy("created_at").orderBy("id").execute()).map(readRow)
}

/** Those that are switched on: asked for several times by each save. */
export function listRulesOn(tx: Transaction): Promise<Rule[]> {
  return recall(tx, RULES_ON, async () => (await rulesOn.all(tx, {})).map(readRow))
}

const rulesOn = prepared((db) => db.selectFrom("rules").select(columns).where("is_on", "=", 1).orderBy("created_at").orderBy("id"))

export async function findRule(db: Db, id: string): Promise<Rule | undefined> {
  const row = await db.selectFrom("rules").select(columns).where("id", "=", id).executeTakeFirst()
  return row && readRow(row)
}

/** Writes a rule down, new or changed; a changed one is off until it was tried again. */
export async function putRule(tx: Transaction, rule: Pick<Rule, "id" | "name" | "conditions" | "outcome" | "message">, by: string, now: string): Promise<void> {
  const { id, name, outcome, message } = rule
  const changed = { name, outcome, message, conditions: JSON.stringify(rule.conditions), is_on: 0, tried: null, tried_at: null, updated_at: now }
  await tx
    .insertInto("rules")
    .values({ id, ...changed, made_by: by, created_at: now })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(changed))
    .execute()
  forget(tx, RULES_ON)
}

export async function noteTrial(tx: Transaction, id: string, tried: string, now: string): Promise<void> {
  await tx.updateTable("rules").set({ tried, tried_at: now }).where("id", "=", id).execute()
}

/** Switches a rule; false when it is so already. */
export async function switchRule(tx: Transaction, id: string, on: boolean, now: string): Promise<boolean> {
  const done = await tx
    .updateTable("rules")
    .set({ is_on: Number(on), updated_at: now })
    .where("id", "=", id)
    .where("is_on", "=", Number(!on))
    .executeTakeFirst()
  forget(tx, RULES_ON)
  return done.numUpdatedRows > 0n
}

export async function insertTag(tx: Transaction, tag: { page: string; number: number; rule: string; tag: string; now: string }): Promise<void> {
  await tx
    .insertInto("rule_tags")
    .values({ page_id: tag.page, number: tag.number, rule_id: tag.rule, tag: tag.tag, created_at: tag.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The tags of these revisions, by "<page> <number>". */
export async function tagsOf(db: Db, revisions: readonly { page: string; number: number }[]): Promise<Map<string, string[]>> {
  const tags = new Map<string, string[]>()
  if (revisions.length === 0) return tags
  const rows = await db
    .selectFrom("rule_tags")
    .select(["page_id as page", "number", "tag"])
    .where("page_id", "in", [...new Set(revisions.map(({ page }) => page))])
    .execute()
  for (const { page, number, tag } of rows) tags.set(`${page} ${number}`, [...(tags.get(`${page} ${number}`) ?? []), tag])
  return tags
}

/** Revisions by people who are not moderators since a time, newest first, with the day their author's account was made. */
export function listPast(db: Db, since: string, limit: number) {
  return db
    .selectFrom("revisions")
    .innerJoin("users", "users.id", "revisions.author_id")
    .innerJoin("pages", "pages.id", "revisions.page_id")
    .select(["revisions.page_id as page", "revisions.number", "revisions.summary", "revisions.created_at as createdAt"])
    .select("users.created_at as authorSince")
    .where("revisions.created_at", ">=", since)
    .where("users.role", "=", "editor")
    .where("pages.deleted_at", "is", null)
    .orderBy("revisions.created_at", "desc")
    .limit(limit)
    .execute()
}

/** When an account was made. */
export async function accountSince(db: Db, id: string): Promise<string | undefined> {
  return (await db.selectFrom("users").select("created_at").where("id", "=", id).executeTakeFirst())?.created_at
}

function readRow<Row extends { conditions: string; isOn: number }>(row: Row) {
  return { ...row, conditions: JSON.parse(row.conditions) as Condition[], isOn: row.isOn === 1 }
}
