import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Browser } from "playwright-core"
import { decideComment, postComment } from "../../server/comments/actions.ts"
import { type User, visitor } from "../../server/web/viewer.ts"
import { openBrowser } from "../helpers/browser.ts"
import { openTestSite, type TestSite } from "../helpers/site.ts"

const slug = "krome-detention-center"
const guest = { name: "Rosa", email: "rosa@example.org" }

let browser: Browser
let site: TestSite
let base: string
let mona: User

beforeAll(async () => {
  browser = await openBrowser()
  site = await openTestSite({ DATABASE_URL: "" })
  base = await site.app.listen({ port: 0, host: "127.0.0.1" })
  mona = await site.user("Mona", "moderator")
  await site.page(mona)
  const { comment } = await postComment(site.ctx, visitor, { slug, ...guest, body: "The line at the gate was long." })
  await decideComment(site.ctx, mona, comment.id, { decision: "approve" })
})
afterAll(async () => {
  await browser.close()
  await site.close()
})

/** Writes a comment as a known guest does; gives where that led and what stood there. */
async function comment(words: string, javaScriptEnabled: boolean): Promise<{ url: string; text: string }> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, javaScriptEnabled, baseURL: base })
  const page = await context.newPage()
  await page.goto(`/wiki/${slug}`)
  // The form has a past, as after reading the page.
  site.pass(60_000)
  await page.getByLabel("Name", { exact: true }).fill(guest.name)
  await page.getByLabel("E-mail address (optional)").fill(guest.email)
  await page.getByLabel("Comment", { exact: true }).fill(words)
  await page.getByRole("button", { name: "Post comment" }).click()
  await page.waitForURL(/#comment-|\/comments$/)
  const outcome = { url: page.url(), text: await page.locator("main").innerText() }
  // What lets them correct it, and nothing else.
  expect((await context.cookies()).map(({ name }) => name)).toEqual(["habeas-comments"])
  await context.close()
  return outcome
}

describe("a known guest's comment", () => {
  it("is published at once: the browser does the work by itself, over lines and letters of any script", async () => {
    const { url, text } = await comment("Visits begin at eight.\n\nVizit yo kòmanse a 8 è. ¿Y mañana?", true)
    expect(url).toContain("#comment-")
    expect(text).toContain("¿Y mañana?")
  })

  it("waits for a moderator where there is no script", async () => {
    const { text } = await comment("They close at five.", false)
    expect(text).toContain("Your comment waits for a moderator")
  })
})
