import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { decideComment, postComment } from "../../../server/comments/actions.ts"
import { runDue } from "../../../server/jobs/runner.ts"
import { confirmPurge, askForPurge, hide } from "../../../server/moderation/redaction/actions.ts"
import { DIGESTS, sendDigests } from "../../../server/notifications/mail/digests.ts"
import { SEND } from "../../../server/notifications/mail/queue.ts"
import { sendMailJob } from "../../../server/notifications/mail/send-job.ts"
import { TELL, tellJob } from "../../../server/notifications/telling.ts"
import { type User, visitor } from "../../../server/web/viewer.ts"
import { type MailServer, openMailServer } from "../../helpers/mail-server.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

const BASE = "https://habeas.example"
const DAY = 86_400_000
const FORM = { "content-type": "application/x-www-form-urlencoded" }
const KINDS = { [TELL]: tellJob, [SEND]: sendMailJob, [DIGESTS]: { attempts: 1, atOnce: 1, run: sendDigests } }

let mail: MailServer
let site: TestSite
let edith: User
let mona: User
let vera: User
let slug: string
let count = 0

beforeAll(async () => {
  mail = await openMailServer()
  site = await openTestSite({ BASE_URL: BASE, SMTP_URL: mail.url })
  edith = await site.user("Edith")
  mona = await site.user("Mona", "moderator")
  vera = await site.user("Vera", "moderator")
})
afterAll(async () => {
  await site.close()
  await mail.close()
})
beforeEach(async () => {
  mail.received.length = 0
  await site.ctx.db.write(async (tx) => {
    for (const table of ["notices", "mails", "jobs", "reply_wishes"] as const) await tx.deleteFrom(table).execute()
    await tx.updateTable("users").set({ email: "edith@example.org", email_confirmed_at: "2026-11-01T00:00:00.000Z" }).where("id", "=", edith.id).execute()
  })
  slug = (await site.page(edith, { title: `Center ${++count}` })).page.slug
})

const work = () => runDue(site.ctx, KINDS)
const publish = async (id: string) => {
  await decideComment(site.ctx, mona, id, { decision: "approve" })
  await work()
}
/** A guest's comment, waiting. */
const guest = async (name: string, { parent, replies = true, body = `Words of ${name}` }: { parent?: string; replies?: boolean; body?: string } = {}) =>
  (await postComment(site.ctx, visitor, { slug, name, email: `${name.toLowerCase()}${count}@example.org`, replies, body, parent })).comment.id
const member = async (by: User, body: string, parent?: string, replies = false) => {
  const { comment } = await postComment(site.ctx, by, { slug, name: "", body, parent, replies })
  await work()
  return comment.id
}
const confirm = async (to: string, payload = "") => {
  const asked = mail.received.findLast((one) => one.to.includes(to) && one.text.includes("/mail/confirmation/"))!
  const path = /\/mail\/confirmation\/[\w-]+/.exec(asked.text)![0]
  expect((await site.app.inject({ method: "POST", url: path, headers: FORM, payload })).statusCode).toBe(200)
  await work()
}
const rosas = () => `rosa${count}@example.org`
const rosa = async () => {
  const id = await guest("Rosa")
  await publish(id)
  await confirm(rosas())
  mail.received.length = 0
  return id
}
const wishes = () => site.ctx.db.read.selectFrom("reply_wishes").selectAll().execute()
const subjects = () => mail.received.map(({ to, headers }) => `${to.join()}: ${headers.get("subject")}`)

describe("answers by mail", () => {
  it("need an address, and the form keeps what was typed when there is none", async () => {
    const form = { name: "Rosa", body: "My words", replies: "on" }
    const browser = await site.browser()
    const answer = await browser.post(`/wiki/${slug}/comments`, form)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain("give an address")
    expect(answer.body).toContain("My words")
    expect(answer.body).toMatch(/name="replies" value="on" checked/)
  })

  it("leave no address behind where they are not wanted", async () => {
    const id = await guest("Rosa", { replies: false })
    await publish(id)
    expect(await wishes()).toEqual([])
    expect(mail.received).toEqual([])
  })

  it("ask a guest to confirm only when the comment is published", async () => {
    const id = await guest("Rosa")
    await work()
    expect(mail.received).toEqual([])
    await publish(id)
    expect(subjects()).toEqual([`${rosas()}: Confirm your address for Habeas`])
    expect(mail.received[0]!.headers.has("list-unsubscribe")).toBe(false)
  })

  it("forget the address of a guest whose comment is refused, and of one who never confirms", async () => {
    const id = await guest("Rosa")
    await decideComment(site.ctx, mona, id, { decision: "spam" })
    expect(await wishes()).toEqual([])
    await publish(await guest("Paula", { body: "Something else" }))
    site.pass(31 * DAY)
    await sendDigests(site.ctx)
    expect(await wishes()).toEqual([])
  })

  it("come once both addresses are confirmed and the answer is published", async () => {
    const first = await rosa()
    const answer = await guest("Paul", { parent: first })
    await work()
    expect(mail.received).toEqual([])
    await publish(answer)
    expect(subjects()).toEqual([`paul${count}@example.org: Confirm your address for Habeas`])
    await confirm(`paul${count}@example.org`)
    expect(subjects()).toContain(`${rosas()}: An answer to your comment on Center ${count}`)
    const told = mail.received.at(-1)!
    expect(told.text).toContain("Paul answered on this page")
    expect(told.text).toContain("Words of Paul")
    expect(told.text).toContain(`${BASE}/wiki/${slug}/comments/${answer}#comment-${answer}`)
    expect(told.raw).not.toContain("paul" + count)
  })

  it("do not come when the answer is taken back or hidden before they go", async () => {
    const first = await rosa()
    for (const [nth, stop] of [
      (id: string) => decideComment(site.ctx, mona, id, { decision: "reject", state: "published" }),
      (id: string) => hide(site.ctx, mona, { slug, part: "comment", comment: id, words: "", audience: "readers", reason: "Private" }),
    ].entries()) {
      const { comment } = await postComment(site.ctx, edith, { slug, name: "", body: `CANARY ${nth}`, parent: first })
      await runDue(site.ctx, { [TELL]: tellJob })
      await stop(comment.id)
      await work()
      expect(mail.received).toEqual([])
    }
  })

  it("go on to everybody in the thread who wants them, but not to who wrote the answer", async () => {
    const first = await rosa()
    await member(edith, "An answer", first, true)
    expect(subjects()).toEqual([`${rosas()}: An answer to your comment on Center ${count}`])
    await site.ctx.db.write((tx) => tx.updateTable("users").set({ email: "mona@example.org", email_confirmed_at: "2026-11-01T00:00:00.000Z" }).where("id", "=", mona.id).execute())
    await member(mona, "Another answer", first)
    expect(subjects().slice(1).sort()).toEqual([
      `edith@example.org: An answer to your comment on Center ${count}`,
      `${rosas()}: An answer to your comment on Center ${count}`,
    ])
    expect((await (await site.browser(edith)).get("/notices")).body).toContain("answered a comment on")
  })

  it("are stopped by one click, which deletes the address of a guest", async () => {
    const first = await rosa()
    await member(edith, "An answer", first)
    const path = /\/mail\/unsubscribe\/[\w-]+/.exec(mail.received[0]!.headers.get("list-unsubscribe")!)![0]
    expect((await site.app.inject(path)).statusCode).toBe(200)
    expect(await wishes()).toHaveLength(1)
    expect((await site.app.inject({ method: "POST", url: path })).body).toContain("Your address was deleted")
    expect(await wishes()).toEqual([])
    await member(edith, "One more answer", first)
    expect(mail.received).toHaveLength(1)
  })

  it("come three times a day at most; what is more comes once with the day's", async () => {
    const first = await rosa()
    for (let nth = 1; nth <= 5; nth++) await member(edith, `Answer ${nth}`, first)
    expect(mail.received).toHaveLength(3)
    site.pass(DAY)
    await sendDigests(site.ctx)
    await work()
    expect(subjects().slice(3)).toEqual([`${rosas()}: 2 answers to your comment on Center ${count}`])
  })

  it("come once a day where that was chosen with the confirmation", async () => {
    const first = await guest("Rosa")
    await publish(first)
    await confirm(rosas(), "frequency=daily")
    mail.received.length = 0
    await member(edith, "An answer", first)
    expect(mail.received).toEqual([])
    await sendDigests(site.ctx)
    await work()
    expect(subjects()).toEqual([`${rosas()}: An answer to your comment on Center ${count}`])
  })

  it("leave nothing of a guest whose comment is removed for good", async () => {
    const first = await rosa()
    const { id } = await hide(site.ctx, mona, { slug, part: "comment", comment: first, words: "", audience: "readers", reason: "Private" })
    await askForPurge(site.ctx, mona, id, true)
    await confirmPurge(site.ctx, vera, id)
    expect(await wishes()).toEqual([])
    await member(edith, "An answer to nothing")
    await work()
    expect(mail.received).toEqual([])
  })
})
