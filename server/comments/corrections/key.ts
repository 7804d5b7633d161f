import { randomBytes } from "node:crypto"
import type { Context } from "../../context.ts"
import type { Viewer } from "../../web/viewer.ts"
import type { CommentRow } from "../store.ts"

/** Milliseconds during which guests correct or withdraw what they wrote. */
export const GUESTS_CORRECT = 30 * 60_000

/** Who asks for a comment as its author: a person who is logged in, or a guest with the secret that their browser or link holds. */
export interface Asker {
  viewer: Viewer
  key?: string
}

/** A secret for the browser of a guest. */
export function newKey(): string {
  return randomBytes(24).toString("base64url")
}

/** Whether a text can be such a secret at all. */
export function isKey(text: string | undefined): text is string {
  return text !== undefined && /^[A-Za-z0-9_-]{32}$/.test(text)
}

/** What is stored of the secret. The comment is in it, so that nothing stored tells which comments came from one browser. */
export function editKeyOf(ctx: Context, comment: string, key: string): string {
  return ctx.keyed(`comment\n${comment}\n${key}`)
}

/** Whether the asker wrote the comment and may change it still: people with an account always, guests for a while. */
export function isOwn(ctx: Context, { viewer, key }: Asker, row: CommentRow): boolean {
  if (row.authorId !== null) return row.authorId === viewer.id
  if (!isKey(key) || row.editKey === null || row.editKey !== editKeyOf(ctx, row.id, key)) return false
  return ctx.clock().getTime() < Date.parse(until(row))
}

/** When a guest's time to correct a comment ends. */
export function until({ createdAt }: Pick<CommentRow, "createdAt">): string {
  return new Date(Date.parse(createdAt) + GUESTS_CORRECT).toISOString()
}
