import { createHash, randomBytes } from "node:crypto"
import type { Context } from "../context.ts"
import { AppError, invalid, notFound } from "../errors.ts"
import type { Reader, Transaction } from "../storage/database.ts"
import type { User } from "../web/viewer.ts"
import { commonPasswords } from "./common-passwords.ts"
import { type Account, checkPassword, gather, nameKey, readEmail, readName } from "./model.ts"
import { hashPassword, isOutdated, isRightPassword } from "./password.ts"
import {
  countAdministrators,
  deleteSessionsOf,
  findById,
  findByName,
  findByNameKey,
  findByToken,
  findFirstAdministrator,
  insertToken,
  insertUser,
  isNameTaken,
  setEmail,
  setName,
  setPasswordHash,
  setRole,
} from "./store.ts"

export { setEmailConfirmed as confirmEmail } from "./store.ts"

/** The site's own accounts; `readName` keeps their names from everybody else. */
const OWN_NAMES = { pages: "Habeas", lists: "Habeas lists", guests: "Visitor" } as const

export interface NewAccount {
  username: string
  password: string
  email?: string
  role?: Account["role"]
}

/** Makes an account. Throws `invalid` with a problem for each wrong field, `conflict` when the name, or one like it, is taken. */
export async function register(ctx: Context, input: NewAccount): Promise<Account> {
  let name = ""
  let email: string | null = null
  const common = await commonPasswords()
  const problems = gather(
    () => {
      name = readName(input.username)
      ctx.screen({ kind: "name", fields: { username: input.username }, atOnce: true })
    },
    () => checkPassword(input.password, input.username, (password) => common.has(password)),
    () => (email = readEmail(input.email ?? "")),
  )
  if (problems.length > 0) throw new AppError("invalid", problems[0]!.message, { problems })
  const passwordHash = await hashPassword(input.password)
  const account: Account = {
    id: ctx.ids(),
    name,
    email,
    emailConfirmedAt: null,
    role: input.role ?? "editor",
    createdAt: ctx.clock().toISOString(),
  }
  await ctx.db.write(async (tx) => {
    const key = nameKey(name)
    if (await isNameTaken(tx, key)) throw taken()
    await insertUser(tx, { ...account, nameKey: key, passwordHash })
    await ctx.publish(tx, { type: "user.registered", actor: account.id, subject: account.id })
  })
  return account
}

/** The account whose name and password these are. Throws `unauthenticated`, the same for a wrong name and a wrong password. */
export async function authenticate(ctx: Context, username: string, password: string): Promise<Account> {
  const found = await findByNameKey(ctx.db.read, nameKey(username.slice(0, 1000).trim()))
  const right = await isRightPassword(found?.passwordHash ?? null, password)
  if (!found || !right) throw new AppError("unauthenticated", "The name or the password is not right.")
  const { passwordHash, ...account } = found
  if (isOutdated(passwordHash)) {
    const renewed = await hashPassword(password)
    await ctx.db.write((tx) => setPasswordHash(tx, account.id, renewed))
  }
  return account
}

/** Sets a new password and ends the person's other sessions; `session` is the hash of the one to keep. */
export async function changePassword(
  ctx: Context,
  user: User,
  input: { current: string; password: string; session: string },
): Promise<void> {
  const found = await findById(ctx.db.read, user.id)
  if (!(await isRightPassword(found?.passwordHash ?? null, input.current))) throw invalid("current", "The present password is not right.")
  const common = await commonPasswords()
  checkPassword(input.password, user.name, (password) => common.has(password))
  const passwordHash = await hashPassword(input.password)
  await ctx.db.write(async (tx) => {
    await setPasswordHash(tx, user.id, passwordHash)
    await deleteSessionsOf(tx, user.id, input.session)
  })
}

/** Sets the address that mail to the person goes to, or none for "". It has to be confirmed anew. Throws `invalid`. */
export async function changeEmail(tx: Transaction, user: User, raw: string): Promise<string | null> {
  const email = readEmail(raw)
  const known = await findById(tx, user.id)
  if (known?.email !== email) await setEmail(tx, user.id, email)
  return email
}

/** The account of this id, unless it was closed. */
export async function findPersonById(db: Reader | Transaction, id: string): Promise<Account | undefined> {
  const found = await findById(db, id)
  if (!found) return undefined
  const { passwordHash: _hash, ...account } = found
  return account
}

/** Gives an existing account another role. Throws `not-found`. */
export async function changeRole(ctx: Context, name: string, role: Account["role"]): Promise<void> {
  const account = await findPerson(ctx, name)
  await ctx.db.write(async (tx) => {
    await setRole(tx, account.id, role)
    await ctx.publish(tx, { type: "user.role-changed", subject: account.id, detail: { role } })
  })
}

/** A new bearer token that acts as this person. It is shown once; only its hash is kept. Throws `not-found`. */
export async function issueToken(ctx: Context, name: string): Promise<string> {
  const account = await findPerson(ctx, name)
  const token = `habeas_${randomBytes(24).toString("base64url")}`
  await ctx.db.write((tx) =>
    insertToken(tx, { hash: hashToken(token), userId: account.id, name, createdAt: ctx.clock().toISOString() }),
  )
  return token
}

/** Who a bearer token acts as. Throws `unauthenticated`. */
export async function findTokenOwner(ctx: Context, token: string): Promise<User> {
  const account = await findByToken(ctx.db.read, hashToken(token))
  if (!account) throw new AppError("unauthenticated", "This bearer token is not valid.")
  return { id: account.id, name: account.name, role: account.role }
}

/**
 * Takes a person's name away: the account goes on, and logs in, under one that tells nothing. Gives both names. Throws `not-found`, and
 * `forbidden` for the site's own accounts.
 */
export async function removeName(tx: Transaction, id: string): Promise<{ was: string; is: string }> {
  const account = (await findById(tx, id)) ?? missing()
  if (Object.values<string>(OWN_NAMES).includes(account.name)) throw new AppError("forbidden", "This name is the site's own.")
  const is = `Removed ${id.slice(0, 8)}`
  await setName(tx, id, is, nameKey(is))
  return { was: account.name, is }
}

/** The account of this name as written. Throws `not-found`. */
export async function findAccount(ctx: Context, name: string): Promise<Account> {
  return (await findByName(ctx.db.read, name)) ?? (await findByNameKey(ctx.db.read, nameKey(name))) ?? missing()
}

/** Whether anybody can administer the site yet. */
export async function hasAdministrator(ctx: Context): Promise<boolean> {
  return (await countAdministrators(ctx.db.read)) > 0
}

/** Who has administered the site longest; undefined while nobody does. */
export async function firstAdministrator(ctx: Context): Promise<User | undefined> {
  return findFirstAdministrator(ctx.db.read)
}

/**
 * The account that the site's own first pages are by, or what it takes from lists; made when missing. Nobody can act as it: its
 * password is not known to anyone. What whoever runs the site takes from lists waits for nobody's review, so that one is a moderator.
 */
export async function siteAccount(ctx: Context, use: keyof typeof OWN_NAMES = "pages"): Promise<User> {
  const name = OWN_NAMES[use]
  const found = await findByName(ctx.db.read, name)
  if (found) return found
  const passwordHash = await hashPassword(randomBytes(32).toString("base64url"))
  const account: Account = { id: ctx.ids(), name, email: null, emailConfirmedAt: null, role: use === "lists" ? "moderator" : "editor", createdAt: ctx.clock().toISOString() }
  await ctx.db.write(async (tx) => {
    const key = nameKey(name)
    if (!(await isNameTaken(tx, key))) await insertUser(tx, { ...account, nameKey: key, passwordHash })
  })
  return (await findByName(ctx.db.read, name)) ?? missing()
}

/** What is stored of a session id or token: a stolen copy of the database is no login. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url")
}

// The site's own accounts get no token and no rights: nobody acts as them.
async function findPerson(ctx: Context, name: string): Promise<Account> {
  const account = await findAccount(ctx, name)
  const isOwn = Object.values<string>(OWN_NAMES).includes(account.name)
  if (isOwn) throw new AppError("forbidden", `“${account.name}” is the site's own account, which nobody acts as.`)
  return account
}

function taken(): AppError {
  const message = "This name, or one that looks like it, is taken."
  return new AppError("conflict", message, { problems: [{ field: "username", message }] })
}

function missing(): never {
  throw notFound("person")
}
