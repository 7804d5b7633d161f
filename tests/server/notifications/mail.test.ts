import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { Context } from "../../../server/context.ts"
import { runDue } from "../../../server/jobs/runner.ts"
import { blockPerson } from "../../../server/moderation/blocks/actions.ts"
import { hide } from "../../../server/moderation/redaction/actions.ts"
import { DIGESTS, sendDigests } from "../../../server/notifications/mail/digests.ts"
import { SEND } from "../../../server/notifications/mail/queue.ts"
import { sendMailJob } from "../../../server/notifications/mail/send-job.ts"
import { TELL, tellJob } from "../../../server/notifications/telling.ts"
import { savePage, setPageDeleted } from "../../../server/pages/actions.ts"
import type { User } from "../../../server/web/viewer.ts"
import { daily, work } from "../../../server/work.ts"
import { type MailServer, openMailServer } from "../../helpers/mail-server.ts"
import { type Browser, openTestSite, type TestSite } from "../../helpers/site.ts"

const BASE = "https://habeas.example"
const DAY = 86_400_000

let mail: MailServer
let site: TestSite
let wanda: User
let edith: User
let browser: Browser
let count = 0
let slug: string
let base: number

beforeAll(async () => {
  mail = await openMailServer()
  site = await openTestSite({ BASE_URL: BASE, SMTP_URL: `${mail.url}?from=news@habeas.example` })
  wanda = await site.user("Wanda")
  edith = await site.user("Edith")
})
afterAll(async () => {
  await site.close()
  await mail.close()
})

beforeEach(async () => {
  mail.refuse(0)
  mail.received.length = 0
  await site.ctx.db.write(async (tx) => {
    for (const table of ["watches", "notices", "mails", "jobs", "mail_pauses"] as const) await tx.deleteFrom(table).execute()
    await tx.updateTable("users").set({ email: "wanda@example.org", email_confirmed_at: "2026-11-01T00:00:00.000Z" }).where("id", "=", wanda.id).execute()
  })
  slug = (await site.page(edith, { title: `Center ${++count}`, markdown: "## Visiting\n\nCome on Sunday." })).page.slug
  base = 1
  // The days that pass here end every login.
  browser = await site.browser(wanda)
})

const watch = (frequency: string) => browser.post(`/wiki/${slug}/watch`, { frequency })
const save = async (day: string, summary = "") => {
  await savePage(site.ctx, edith, { slug, base: base++, markdown: `## Visiting\n\nCome on ${day}.`, summary })
  await runDue(site.ctx, { [TELL]: tellJob })
}
const send = (ctx: Context = site.ctx) => runDue(ctx, { [SEND]: sendMailJob })
const digest = async (after = DAY) => {
  site.pass(after)
  await sendDigests(site.ctx)
  await send()
}
const mails = () => site.ctx.db.read.selectFrom("mails").selectAll().orderBy("created_at").orderBy("id").execute()
const states = async () => (await mails()).map(({ kind, state }) => `${kind} ${state}`)
const linkIn = (text: string, of: "unsubscribe" | "confirmation") => new RegExp(`${BASE}(/mail/${of}/[\\w-]+)`).exec(text)![1]!
/** As if so many mails at once had gone today. */
const sentToday = (many: number) =>
  site.ctx.db.write(async (tx) => {
    const now = site.now().toISOString()
    const row = { recipient: wanda.id, is_guest: 0, kind: "at-once", state: "sent", attempts: 1, error: "", created_at: now, updated_at: now } as const
    for (let nth = 0; nth < many; nth++) await tx.insertInto("mails").values({ ...row, id: site.ctx.ids(), address_key: null, token_hash: null }).execute()
  })
const atOnce = async () => {
  await watch("at-once")
  await save("Monday", "They said so")
}

describe("a mail at once", () => {
  it("tells in sentences what changed, to the one who watches, from the site's own address", async () => {
    await atOnce()
    await send()
    const [one] = mail.received
    expect(mail.received).toHaveLength(1)
    expect(one!.to).toEqual(["wanda@example.org"])
    expect(one!.headers.get("from")).toBe("Habeas <news@habeas.example>")
    expect(one!.headers.get("subject")).toBe(`Center ${count}: what changed`)
    expect(one!.headers.get("auto-submitted")).toBe("auto-generated")
    expect(one!.text).toContain("Edith changed this page on November 23, 2026: “They said so”")
    expect(one!.text).toContain("Sunday")
    expect(one!.text).toContain(`${BASE}/wiki/${slug}/diff/1/2`)
    expect(one!.html).toContain(`<a href="${BASE}/wiki/${slug}/diff/1/2">`)
    expect(one!.html).not.toMatch(/<img|<script|http:\/\//)
    await send()
    await digest()
    expect(mail.received).toHaveLength(1)
  })

  it("is stopped by one click without a login, and not by looking at the page of that link", async () => {
    await atOnce()
    await send()
    const { headers, text } = mail.received[0]!
    const path = linkIn(text, "unsubscribe")
    expect(headers.get("list-unsubscribe")).toBe(`<${BASE}${path}>`)
    expect(headers.get("list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click")
    const page = await site.app.inject(path)
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain(`<form method="post" action="${path}">`)
    expect(await site.ctx.db.read.selectFrom("mail_pauses").selectAll().execute()).toEqual([])
    const body = "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n"
    const headersSent = { "content-type": "multipart/form-data; boundary=x", origin: "https://mail.example" }
    for (const post of [{ payload: "List-Unsubscribe=One-Click", headers: { "content-type": "application/x-www-form-urlencoded" } }, { payload: body, headers: headersSent }, {}]) {
      expect((await site.app.inject({ method: "POST", url: path, ...post })).statusCode).toBe(200)
    }
    await save("Tuesday")
    await send()
    await digest()
    expect(mail.received).toHaveLength(1)
    expect((await browser.get("/notices")).body).toContain("/diff/2/3")
    await browser.post("/watching/mail", { paused: "no" })
    await save("Friday")
    await send()
    expect(mail.received).toHaveLength(2)
  })

  it("keeps no secret: what is stored does not open the link", async () => {
    await atOnce()
    await send()
    const token = linkIn(mail.received[0]!.text, "unsubscribe").split("/").at(-1)!
    const [row] = await mails()
    expect(JSON.stringify(row)).not.toContain(token)
    expect((await site.app.inject({ method: "POST", url: `/mail/unsubscribe/${row!.token_hash}` })).statusCode).toBe(404)
    expect((await site.app.inject(`/mail/confirmation/${token}`)).statusCode).toBe(404)
    expect(site.log.join()).not.toContain(token)
    expect(site.log.join()).not.toContain("wanda@example.org")
  })

  const between: [string, () => Promise<unknown>][] = [
    ["its text was hidden", async () => (await save("Tuesday"), await site.ctx.db.write((tx) => tx.deleteFrom("notices").where("number", "=", 3).execute()), hide(site.ctx, await moderator(), { slug, part: "text", number: 2, comment: "", words: "", audience: "readers", reason: "Private" }))],
    ["the page was deleted", async () => setPageDeleted(site.ctx, await moderator(), { slug, deleted: true })],
    ["its reader watches no longer", () => watch("none")],
    ["its reader wants no mail", () => browser.post("/watching/mail", { paused: "yes" })],
    ["its reader has read it", async () => browser.post("/notices/read", { until: site.now().toISOString() })],
    ["its reader gave another address", () => browser.post("/watching/address", { email: "other@example.org" })],
    ["its author was blocked", async () => blockPerson(site.ctx, await moderator(), { name: "Edith", acts: ["edit"], pages: slug, days: "1", reason: "Advertising" })],
  ]
  it.each(between)("is not sent when %s before it goes", async (_what, act) => {
    await atOnce()
    await act()
    await runDue(site.ctx, { [SEND]: sendMailJob })
    expect(mail.received.filter(({ headers }) => !headers.get("subject")!.startsWith("Confirm"))).toEqual([])
  })

  it("loses words that are hidden before it goes", async () => {
    await watch("at-once")
    await save("CANARY-WORDS")
    await save("Tuesday")
    await hide(site.ctx, await moderator(), { slug, part: "span", comment: "", words: "CANARY-WORDS", audience: "readers", reason: "Private" })
    await send()
    expect(mail.received[0]!.raw).toContain("2 notices")
    expect(mail.received[0]!.raw).not.toContain("CANARY")
  })

  it("comes ten times a day at most; what is more comes with the day's", async () => {
    await watch("at-once")
    await sentToday(9)
    for (const day of ["Monday", "Tuesday", "Friday"]) {
      await save(day)
      await send()
    }
    expect(mail.received).toHaveLength(1)
    await digest()
    expect(mail.received).toHaveLength(2)
    expect(mail.received[1]!.headers.get("subject")).toBe("2 notices of the day from Habeas")
    expect(mail.received[1]!.text).toContain(`/diff/3/4`)
  })
})

describe("a mail server that does not take it", () => {
  it("is asked again later, also by a process started anew, until it takes it", async () => {
    await atOnce()
    mail.refuse(451)
    await send()
    expect(await mails()).toMatchObject([{ state: "waiting", attempts: 1, error: "EENVELOPE 451" }])
    mail.refuse(0)
    await send()
    expect(mail.received).toEqual([])
    site.pass(30_000)
    const again = { ...site.ctx }
    await send(again)
    expect(mail.received).toHaveLength(1)
    expect(await states()).toEqual(["at-once sent"])
  })

  it("is given up on in the end, for an administrator to see and to try again", async () => {
    await atOnce()
    mail.refuse(451)
    await site.ctx.db.write((tx) => tx.updateTable("jobs").set({ attempt: sendMailJob.attempts - 1 }).execute())
    await send()
    expect(await states()).toEqual(["at-once given-up"])
    const adam = await site.browser(await administrator())
    const outbox = (await adam.get("/moderation/outbox")).body
    expect(outbox).toContain("<strong>given up</strong>")
    expect(outbox).not.toContain("wanda@example.org")
    const path = /href="(\/moderation\/outbox\/\w+)"/.exec(outbox)![1]!
    expect((await adam.get(path)).body).toContain("Edith changed this page")
    expect((await browser.post(`${path}/tries`, {})).statusCode).toBe(403)
    mail.refuse(0)
    await adam.post(`${path}/tries`, {})
    await send()
    expect(mail.received).toHaveLength(1)
  })

  it("is believed when it never will", async () => {
    await atOnce()
    mail.refuse(550)
    await send()
    expect(await states()).toEqual(["at-once given-up"])
  })

  it("is not missed where there is none: mail waits, and goes once there is one", async () => {
    const without: Context = { ...site.ctx, config: { ...site.ctx.config, smtp: null } }
    await atOnce()
    await send(without)
    await sendDigests(without)
    expect(await states()).toEqual(["at-once waiting"])
    expect(await runDue(without, work)).toBe(0)
    expect(daily).toContain(DIGESTS)
    // As each start does.
    await sendDigests(site.ctx)
    await send()
    expect(mail.received).toHaveLength(1)
  })
})

describe("a digest", () => {
  it("comes once a day with everything of it, and not without news", async () => {
    await watch("daily")
    await save("Monday")
    await save("Tuesday")
    await send()
    expect(mail.received).toEqual([])
    await digest()
    expect(mail.received.map(({ headers }) => headers.get("subject"))).toEqual(["2 notices of the day from Habeas"])
    await digest()
    await save("Friday")
    await digest(3_600_000)
    expect(mail.received).toHaveLength(2)
    await save("Saturday")
    await digest(3_600_000)
    expect(mail.received).toHaveLength(2)
    await digest(DAY - 3_600_000)
    expect(mail.received).toHaveLength(3)
  })

  it("comes once a week where that is wished, and follows a change of mind", async () => {
    await watch("weekly")
    await save("Monday")
    await digest()
    expect(mail.received).toHaveLength(1)
    await save("Tuesday")
    for (let day = 0; day < 6; day++) await digest()
    expect(mail.received).toHaveLength(1)
    await watch("daily")
    await digest(1)
    expect(mail.received).toHaveLength(2)
    await watch("site")
    await save("Friday")
    await digest(8 * DAY)
    expect(mail.received).toHaveLength(2)
  })
})

describe("an address", () => {
  beforeEach(() => site.ctx.db.write((tx) => tx.updateTable("users").set({ email: null, email_confirmed_at: null }).where("id", "=", wanda.id).execute()))

  const give = (email: string) => browser.post("/watching/address", { email })
  const link = () => linkIn(mail.received.at(-1)!.text, "confirmation")

  it("is written to only once it is confirmed, by a button and not by looking", async () => {
    await give("wanda@example.org")
    await atOnce()
    await send()
    expect(mail.received.map(({ headers }) => headers.get("subject"))).toEqual(["Confirm your address for Habeas"])
    expect((await site.app.inject(link())).body).toContain("Confirm this address")
    await save("Tuesday")
    await send()
    expect(mail.received).toHaveLength(1)
    expect((await site.app.inject({ method: "POST", url: link() })).body).toContain("Your address is confirmed")
    expect((await site.app.inject({ method: "POST", url: link() })).statusCode).toBe(404)
    await send()
    expect(mail.received.at(-1)!.headers.get("subject")).toBe("2 notices from Habeas")
  })

  it("cannot be confirmed after two days, nor when it was changed", async () => {
    await give("wanda@example.org")
    await send()
    const first = link()
    site.pass(2 * DAY + 1)
    expect((await site.app.inject({ method: "POST", url: first })).statusCode).toBe(410)
    await give("other@example.org")
    await send()
    const second = link()
    await give("third@example.org")
    expect((await site.app.inject({ method: "POST", url: second })).statusCode).toBe(410)
  })

  it("gets three such mails a day at most, whoever asks", async () => {
    for (let asked = 0; asked < 5; asked++) {
      await give("victim@example.org")
      await send()
    }
    expect(mail.received).toHaveLength(3)
  })

  it("is asked for with a new account, too", async () => {
    await site.app.inject({ method: "POST", url: "/register", headers: { "content-type": "application/x-www-form-urlencoded" }, payload: "username=Nora&password=a+long+walk+by+the+canal&email=nora%40example.org" })
    await send()
    expect(mail.received.map(({ to }) => to)).toEqual([["nora@example.org"]])
  })

  it("that would be more than one address or line is refused", async () => {
    for (const email of ["a@b.example\r\nBcc: c@d.example", "a@b.example,c@d.example", "a\u0000@b.example", "<a@b.example>", '"a b"@b.example', "a@b.example\u2028Bcc:c"]) {
      expect([400, 422], email).toContain((await give(email)).statusCode)
    }
    await send()
    expect(mail.received).toEqual([])
  })
})

let others = 0
const moderator = () => site.user(`Mona ${"abcdefghijklmnop"[others++]}`, "moderator")
const administrator = () => site.user(`Adam ${"abcdefghijklmnop"[others++]}`, "administrator")
