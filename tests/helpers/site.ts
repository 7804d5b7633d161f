import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { FastifyInstance, LightMyRequestResponse } from "fastify"
import { pino } from "pino"
import { register } from "../../server/accounts/actions.ts"
import type { Account } from "../../server/accounts/model.ts"
import { createApp } from "../../server/app.ts"
import { type Config, readConfig } from "../../server/config.ts"
import type { Context } from "../../server/context.ts"
import { createPage, type CreatePage } from "../../server/pages/actions.ts"
import { ensureSearch } from "../../server/search/actions.ts"
import { contextOver } from "../../server/site.ts"
import type { Database } from "../../server/storage/database.ts"
import { migrate } from "../../server/storage/migrate.ts"
import type { User } from "../../server/web/viewer.ts"
import { openFilledDatabase } from "./fresh-database.ts"

export const PASSWORD = "a long walk by the canal"
const SECRET = "0".repeat(64)
const BEGINNING = new Date("2026-11-23T12:00:00.000Z")

/** A browser of one person: keeps cookies, sends forms as a page would. */
export interface Browser {
  get(url: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  /** Posts a form with the token that a logged-in person's pages carry. */
  post(url: string, form: Record<string, string>, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  /** Sends JSON as the editor does, with the token it asks for first. */
  send(method: "POST" | "PUT" | "DELETE", url: string, body?: unknown): Promise<LightMyRequestResponse>
}

/** A whole site over a fresh database, its clock in the test's hand. */
export interface TestSite {
  app: FastifyInstance
  ctx: Context
  dataDir: string
  log: string[]
  now(): Date
  pass(milliseconds: number): void
  user(name: string, role?: Account["role"]): Promise<User>
  browser(as?: User): Promise<Browser>
  page(author: User, input?: Partial<CreatePage>): ReturnType<typeof createPage>
  close(): Promise<void>
}

export async function openTestSite(variables: Record<string, string> = {}): Promise<TestSite> {
  const dataDir = mkdtempSync(join(tmpdir(), "habeas-test-"))
  const config: Config = readConfig({ DATA_DIR: dataDir, LIMITS: "off", STARTER: "off", ...variables })
  let now = BEGINNING
  const log: string[] = []
  const db = await openFilledDatabase(dataDir, (empty) => prepare(config, empty))
  const logger = pino({ level: "info" }, { write: (line: string) => void log.push(line) })
  const ctx = contextOver(config, db, logger, SECRET, () => new Date(now))
  const app = await createApp(ctx, SECRET)
  await app.ready()
  const site: TestSite = {
    app,
    ctx,
    dataDir,
    log,
    now: () => now,
    pass: (milliseconds) => void (now = new Date(now.getTime() + milliseconds)),
    user: async (name, role = "editor") => {
      const { id } = await register(ctx, { username: name, password: PASSWORD, role })
      return { id, name, role }
    },
    browser: (as) => openBrowser(app, as),
    page: (author, input = {}) =>
      createPage(ctx, author, { title: "Krome Detention Center", kind: "facility", markdown: "A center in Miami.", ...input }),
    close: async () => {
      await app.close()
      await db.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  return site
}

/** A site with a page, Krome Detention Center, by its moderator Mona, and with Edith, who edits. */
export async function openModeratedSite(page: Partial<CreatePage> = {}): Promise<{ site: TestSite; editor: User; moderator: User }> {
  const site = await openTestSite()
  const [editor, moderator] = [await site.user("Edith"), await site.user("Mona", "moderator")]
  await site.page(moderator, page)
  return { site, editor, moderator }
}

async function prepare(config: Config, db: Database): Promise<void> {
  await migrate(db, BEGINNING)
  await ensureSearch(contextOver(config, db, pino({ level: "silent" }), SECRET))
}

async function openBrowser(app: FastifyInstance, as?: User): Promise<Browser> {
  const cookies = new Map<string, string>()
  const keep = (response: LightMyRequestResponse) => {
    for (const { name, value } of response.cookies) {
      if (value) cookies.set(name, value)
      else cookies.delete(name)
    }
    return response
  }
  const jar = () => (cookies.size ? { cookie: [...cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("; ") } : {})
  const get: Browser["get"] = async (url, headers = {}) => keep(await app.inject({ url, headers: { ...jar(), ...headers } }))
  const post: Browser["post"] = async (url, form, headers = {}) => {
    const token = as || url === "/login" || url === "/register" ? tokenIn((await get(as ? "/account" : url)).body) : ""
    return keep(
      await app.inject({
        method: "POST",
        url,
        headers: { ...jar(), "content-type": "application/x-www-form-urlencoded", ...headers },
        payload: new URLSearchParams({ ...(token && { _csrf: token }), ...form }).toString(),
      }),
    )
  }
  if (as) {
    const logIn = await app.inject({
      method: "POST",
      url: "/login",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: new URLSearchParams({ username: as.name, password: PASSWORD }).toString(),
    })
    if (logIn.statusCode !== 303) throw new Error(`${as.name} could not log in: ${logIn.statusCode} ${logIn.body.slice(0, 300)}`)
    keep(logIn)
  }
  const send: Browser["send"] = async (method, url, body) => {
    const { token } = (await get("/session")).json() as { token: string }
    const headers = { ...jar(), accept: "application/json", "x-csrf-token": token, ...(body !== undefined && { "content-type": "application/json" }) }
    return keep(await app.inject({ method, url, headers, ...(body !== undefined && { payload: JSON.stringify(body) }) }))
  }
  return { get, post, send }
}

/** The form token in a page. */
export function tokenIn(html: string): string {
  return /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? ""
}
