import cookie from "@fastify/cookie"
import session, { type FastifySessionObject, type SessionStore } from "@fastify/session"
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { Context } from "../context.ts"
import { type Viewer, visitor } from "../web/viewer.ts"
import { hashToken } from "./actions.ts"
import type { Account } from "./model.ts"
import { deleteExpiredSessions, deleteSession, findById, findSession, saveSession } from "./store.ts"

declare module "fastify" {
  interface Session {
    userId?: string
  }
}

/** A login lasts this long, used or not. */
const LIFETIME = 14 * 86_400_000
/** Logins known without asking the database; a few hundred people are logged in at once. */
const CACHE_SIZE = 1_000

interface Login {
  session: FastifySessionObject
  viewer: FastifyRequest["viewer"]
}

/** Sessions kept in the database by the hash of their id, and `request.viewer` from them. A request without the cookie touches neither. */
export async function useSessions(app: FastifyInstance, ctx: Context, secret: string): Promise<void> {
  const secure = ctx.config.baseUrl.startsWith("https:")
  const store = new DatabaseSessions(ctx)
  app.decorateRequest("viewer", { getter: () => visitor })
  await app.register(cookie, { secret })
  await app.register(session, {
    secret,
    store,
    cookieName: secure ? "__Host-habeas" : "habeas",
    cookie: { path: "/", httpOnly: true, sameSite: "lax", secure, maxAge: LIFETIME },
    saveUninitialized: false,
    rolling: false,
  })
  app.addHook("onRequest", async (request) => {
    const { userId } = request.session ?? {}
    // Routes that ask for no form token must not act for whoever's cookie a browser sends along.
    if (request.routeOptions.config.csrf === "none") return
    if (userId) setViewer(request, await store.viewer(request.session.sessionId, userId))
  })
}

/** Logs a person in under a new session id; an id from before the login is worth nothing. The rest of this request is theirs. */
export async function startSession(request: FastifyRequest, reply: FastifyReply, account: Account): Promise<void> {
  await request.session.regenerate()
  request.session.userId = account.id
  await request.session.save()
  const form = request.cookies["__Host-habeas-form"] === undefined ? "habeas-form" : "__Host-habeas-form"
  // Browsers mind a __Host- cookie only when it is secure, also where it goes.
  reply.clearCookie(form, { path: "/", httpOnly: true, sameSite: "lax", secure: form.startsWith("__Host-") })
  // A form in this very answer needs a secret of its own, not the one that goes.
  delete request.cookies[form]
  setViewer(request, { id: account.id, name: account.name, role: account.role })
}

export async function endSession(request: FastifyRequest): Promise<void> {
  await request.session.destroy()
}

function setViewer(request: FastifyRequest, viewer: Viewer): void {
  Object.defineProperty(request, "viewer", { value: viewer, configurable: true })
}

class DatabaseSessions implements SessionStore {
  readonly #ctx: Context
  #logins = new Map<string, Login>()
  #stamp: unknown

  constructor(ctx: Context) {
    this.#ctx = ctx
  }

  /** The person as they are now: a role that was changed or an account that was closed counts at once. */
  async viewer(sessionId: string, userId: string): Promise<FastifyRequest["viewer"]> {
    const known = (await this.#current()).get(sessionId)
    if (known && known.viewer.id !== null) return known.viewer
    const account = await findById(this.#ctx.db.read, userId)
    const viewer = account ? { id: account.id, name: account.name, role: account.role } : visitor
    if (known) known.viewer = viewer
    return viewer
  }

  get(sessionId: string, done: (error: unknown, session?: FastifySessionObject | null) => void): void {
    this.#load(sessionId).then((found) => done(null, found), done)
  }

  set(sessionId: string, value: FastifySessionObject, done: (error?: unknown) => void): void {
    const now = this.#ctx.clock()
    const { userId = null } = value
    const row = {
      hash: hashToken(sessionId),
      userId,
      body: JSON.stringify({ userId, cookie: value.cookie }),
      createdAt: now.toISOString(),
      expiresAt: new Date(now.getTime() + LIFETIME).toISOString(),
    }
    // A visitor's session has nothing worth a row.
    if (userId === null) return done()
    this.#ctx.db.write((tx) => deleteExpiredSessions(tx, row.createdAt).then(() => saveSession(tx, row))).then(() => done(), done)
  }

  destroy(sessionId: string, done: (error?: unknown) => void): void {
    this.#logins.delete(sessionId)
    this.#ctx.db.write((tx) => deleteSession(tx, hashToken(sessionId))).then(() => done(), done)
  }

  async #load(sessionId: string): Promise<FastifySessionObject | null> {
    const logins = await this.#current()
    const known = logins.get(sessionId)
    if (known) return known.session
    const row = await findSession(this.#ctx.db.read, hashToken(sessionId), this.#ctx.clock().toISOString())
    if (!row) return null
    const session = JSON.parse(row.body) as FastifySessionObject
    if (logins.size >= CACHE_SIZE) logins.clear()
    logins.set(sessionId, { session, viewer: visitor })
    return session
  }

  // Whatever was committed, here or by another process, may have ended a session or changed a role.
  async #current(): Promise<Map<string, Login>> {
    const stamp = await this.#ctx.db.stamp()
    if (stamp !== this.#stamp) this.#logins = new Map()
    this.#stamp = stamp
    return this.#logins
  }
}
