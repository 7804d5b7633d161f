import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { User } from "../../../server/web/viewer.ts"
import { type Browser, openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let moderator: User
let browser: Browser

beforeAll(async () => {
  site = await openTestSite()
  moderator = await site.user("Mona", "moderator")
  await site.page(moderator)
  browser = await site.browser(moderator)
})
afterAll(() => site.close())

const KROME = "/wiki/krome-detention-center"
const FORMS = [
  "/login",
  "/register",
  "/account",
  "/new",
  "/new/preview",
  `${KROME}/edit`,
  `${KROME}/preview`,
  `${KROME}/address`,
  `${KROME}/restorations`,
  `${KROME}/comments`,
  `${KROME}/comments/preview`,
  ...["correction", "withdrawal", "proposal", "resolution"].map((act) => `${KROME}/comments/none/${act}`),
  "/moderation/items/comment-none/decision",
]

describe("a form", () => {
  const bodies: [string, unknown][] = [
    ["nothing", undefined],
    ["null", null],
    ["a list", ["a"]],
    ["a number", 7],
    ["numbers, lists and objects for texts", { username: 1, password: {}, current: [], title: 2, markdown: [], summary: {}, slug: 3, name: {}, body: [], next: ["/"], base: {} }],
  ]

  it.each(bodies)("of JSON that holds %s lacks its fields, and breaks nothing", async (_name, body) => {
    for (const url of FORMS) {
      const answer = await browser.send("POST", url, body)
      expect(answer.statusCode, url).toBeGreaterThanOrEqual(url.endsWith("preview") ? 200 : 400)
      expect(answer.statusCode, url).toBeLessThan(500)
    }
  })

  it.each(["next=/a&next=/b", "next[]=/a", "next[x]=/a"])("breaks nothing where the address asks twice: %s", async (query) => {
    for (const url of ["/login", "/register"]) expect((await site.app.inject({ url: `${url}?${query}` })).statusCode).toBe(200)
  })
})

// Putting thousands of accents on one letter in order, as `normalize` does, takes time by their square: a minute for this many.
const PILE = `a${"\u0316\u0301".repeat(80_000)}`

describe("accents piled on one letter", () => {
  it.each([
    ["a name to log in with", "/login", { username: PILE, password: "a guess" }],
    ["a password to log in with", "/login", { username: "Mona", password: PILE }],
    ["a name to register", "/register", { username: PILE, password: "a long walk by the lake" }],
    ["a password to register with", "/register", { username: "Rosa", password: PILE }],
    ["a mail address", "/register", { username: "Rosa", password: "a long walk by the lake", email: `a@${PILE}.example` }],
    ["the present password", "/account", { current: PILE, password: "a long walk by the lake" }],
    ["a title", "/new", { title: PILE, markdown: "Words." }],
    ["a summary", "/new", { title: "New", markdown: "Words.", summary: PILE }],
    ["a text", "/new/preview", { title: "New", markdown: PILE }],
    ["an address", `${KROME}/address`, { slug: PILE }],
    ["a commenter's name", `${KROME}/comments`, { name: PILE, body: "Words." }],
    ["a commenter's mail address", `${KROME}/comments`, { name: "Rosa", email: `a@${PILE}.example`, body: "Words." }],
    ["a comment", `${KROME}/comments`, { name: "Rosa", body: PILE.slice(0, 39_000) }],
    ["a moderator's reason", "/moderation/items/comment-none/decision", { decision: "reject", reason: PILE }],
    ["an excerpt from elsewhere", `${KROME}/trackback`, { url: "https://elsewhere.example/", excerpt: PILE.slice(0, 20_000), title: PILE.slice(0, 20_000) }],
  ])("hold nobody up: as %s", async (_name, url, form) => {
    const asker = url.endsWith("/comments") || url === "/login" || url === "/register" ? await site.browser() : browser
    const { answer, milliseconds } = await measured(() => asker.post(url, form))
    expect(answer.statusCode).toBeLessThan(500)
    expect(milliseconds).toBeLessThan(1_500)
  })
})

async function measured<T>(work: () => Promise<T>): Promise<{ answer: T; milliseconds: number }> {
  const begun = process.cpuUsage()
  const answer = await work()
  const { user, system } = process.cpuUsage(begun)
  return { answer, milliseconds: (user + system) / 1_000 }
}
