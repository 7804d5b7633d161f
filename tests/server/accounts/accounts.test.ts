import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { authenticate, changePassword, changeRole, findTokenOwner, hashToken, issueToken, register } from "../../../server/accounts/actions.ts"
import { openTestSite, PASSWORD, type TestSite, tokenIn } from "../../helpers/site.ts"

let site: TestSite

beforeEach(async () => {
  site = await openTestSite()
})
afterEach(() => site.close())

describe("registering", () => {
  it.each([
    ["a short password", { password: "short" }, "password"],
    ["a common password", { password: "password123" }, "password"],
    ["the site's name as password", { password: "habeas2026!" }, "password"],
    ["a password beyond the limit, which is never cut", { password: "x".repeat(300) }, "password"],
    ["a name of markup", { username: "<b>Rosa</b>" }, "username"],
    ["a name that speaks for the site", { username: "Admin" }, "username"],
    ["a name that may be an A-number", { username: "Rosa 208114536" }, "username"],
    ["a name of two alphabets", { username: "Rоsa" }, "username"],
    ["a name with a character that cannot be seen", { username: "Ro\u200bsa" }, "username"],
    ["an address that is none", { email: "nowhere" }, "email"],
  ])("refuses %s and names the field", async (_name, change, field) => {
    const answer = register(site.ctx, { username: "Rosa", password: PASSWORD, ...change })
    await expect(answer).rejects.toMatchObject({ code: "invalid", detail: { problems: [{ field }] } })
  })

  it("says everything that is wrong at once and keeps the name, not the password", async () => {
    const browser = await site.browser()
    const answer = await browser.post("/register", { username: "!", password: "short", email: "x" })
    expect(answer.statusCode).toBe(422)
    expect(answer.body.match(/class="problem"/g)).toHaveLength(3)
    expect(answer.body).toContain('value="!"')
    expect(answer.body).not.toContain("short\"")
  })

  it.each([["Rosa", "rosa"], ["Rosa", "R0sa"], ["Marnie", "Mamie"], ["Зоя", "3оя"]])("refuses %s when there is %s", async (one, other) => {
    await site.user(one)
    await expect(register(site.ctx, { username: other, password: PASSWORD })).rejects.toMatchObject({ code: "conflict" })
  })

  it("takes a long password, and the same one typed in another Unicode form", async () => {
    const password = `${"é".repeat(30)} a long sentence of sixty-four characters and more`
    await register(site.ctx, { username: "Rosa", password })
    await expect(authenticate(site.ctx, "Rosa", password.normalize("NFD"))).resolves.toMatchObject({ name: "Rosa" })
  })

  it("keeps an argon2id hash with the documented parameters and a salt of its own", async () => {
    for (const username of ["Rosa", "Paul"]) await register(site.ctx, { username, password: "a short walk by the sea" })
    const users = await site.ctx.db.read.selectFrom("users").select("password_hash").execute()
    for (const { password_hash } of users) expect(password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(new Set(users.map((user) => user.password_hash)).size).toBe(2)
  })
})

describe("logging in", () => {
  it("answers a wrong name and a wrong password alike", async () => {
    await site.user("Rosa")
    const browser = await site.browser()
    const one = await browser.post("/login", { username: "Rosa", password: "wrong password" })
    const other = await browser.post("/login", { username: "Nobody", password: "wrong password" })
    expect([one.statusCode, other.statusCode]).toEqual([401, 401])
    expect(one.body.replaceAll("Rosa", "").replace(/_csrf" value="[^"]*/g, "")).toBe(
      other.body.replaceAll("Nobody", "").replace(/_csrf" value="[^"]*/g, ""),
    )
  })

  it("sets a cookie that scripts and other sites cannot use", async () => {
    const rosa = await site.user("Rosa")
    const answer = await (await site.browser()).post("/login", { username: rosa.name, password: PASSWORD })
    expect(answer.statusCode).toBe(303)
    const session = answer.cookies.find((cookie) => cookie.name === "habeas")
    expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" })
  })

  it("uses a __Host- cookie, secure, where the site is served over https", async () => {
    const secure = await openTestSite({ BASE_URL: "https://habeas.example" })
    await secure.user("Rosa")
    const form = await secure.app.inject({ url: "/login" })
    const answer = await secure.app.inject({
      method: "POST",
      url: "/login",
      headers: { "content-type": "application/x-www-form-urlencoded", "x-forwarded-proto": "https" },
      cookies: Object.fromEntries(form.cookies.map(({ name, value }) => [name, value])),
      payload: new URLSearchParams({ username: "Rosa", password: PASSWORD, _csrf: tokenIn(form.body) }).toString(),
    })
    expect(answer.cookies.find((cookie) => cookie.name === "__Host-habeas")).toMatchObject({ secure: true, httpOnly: true, path: "/" })
    await secure.close()
  })

  it("keeps only the hash of the session's id", async () => {
    const rosa = await site.user("Rosa")
    const answer = await (await site.browser()).post("/login", { username: rosa.name, password: PASSWORD })
    const [id = ""] = decodeURIComponent(answer.cookies.find((cookie) => cookie.name === "habeas")!.value).split(".")
    const rows = await site.ctx.db.read.selectFrom("sessions").selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(id)
    expect(rows[0]!.token_hash).toBe(hashToken(id))
  })

  it.each([
    ["//evil.example/", "/"],
    ["https://evil.example/", "/"],
    ["/\\evil.example", "/"],
    ["/.//evil.example", "/"],
    ["/wiki/krome?lang=es", "/wiki/krome?lang=es"],
  ])("leads to %s as %s", async (next, location) => {
    const rosa = await site.user("Rosa")
    const answer = await (await site.browser()).post("/login", { username: rosa.name, password: PASSWORD, next })
    expect(answer.headers.location).toBe(location)
  })

  it("is slowed down after five wrong passwords, and not for others", async () => {
    const limited = await openTestSite({ LIMITS: "on" })
    await limited.user("Rosa")
    await limited.user("Paul")
    const browser = await limited.browser()
    for (let tries = 0; tries < 5; tries++) await browser.post("/login", { username: "Rosa", password: "wrong password" })
    const refused = await browser.post("/login", { username: "Rosa", password: PASSWORD })
    expect(refused.statusCode).toBe(429)
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0)
    expect((await browser.post("/login", { username: "Paul", password: PASSWORD })).statusCode).toBe(303)
    await limited.close()
  })

  it("counts every spelling of a name as the same", async () => {
    const limited = await openTestSite({ LIMITS: "on" })
    await limited.user("Rosa")
    const browser = await limited.browser()
    for (const username of ["Rosa", "rosa", " ROSA ", "R0sa", "Ro.sa"]) await browser.post("/login", { username, password: "wrong password" })
    expect((await browser.post("/login", { username: "rOsA", password: PASSWORD })).statusCode).toBe(429)
    await limited.close()
  })

  it("is slowed down for all addresses together, but not for one that the person logged in from", async () => {
    const limited = await openTestSite({ LIMITS: "on" })
    await limited.user("Rosa")
    const from = async (remoteAddress: string, password: string) => {
      const payload = new URLSearchParams({ username: "Rosa", password }).toString()
      const headers = { "content-type": "application/x-www-form-urlencoded" }
      return (await limited.app.inject({ method: "POST", url: "/login", payload, headers, remoteAddress })).statusCode
    }
    expect(await from("192.0.2.1", PASSWORD)).toBe(303)
    const guesses = await Promise.all(Array.from({ length: 110 }, (_, index) => from(`198.51.100.${index}`, "wrong password")))
    expect(guesses.filter((status) => status === 429).length).toBeGreaterThan(5)
    expect(await from("203.0.113.1", PASSWORD)).toBe(429)
    expect(await from("192.0.2.1", PASSWORD)).toBe(303)
    await limited.close()
  })
})

describe("a session", () => {
  it("ends with the log-out, on the server as well", async () => {
    const rosa = await site.user("Rosa")
    const browser = await site.browser(rosa)
    const stolen = await site.browser()
    expect((await browser.get("/account")).statusCode).toBe(200)
    const { body } = await browser.get("/account")
    expect(body).toContain("Rosa")
    await browser.post("/logout", {})
    expect((await site.ctx.db.read.selectFrom("sessions").selectAll().execute()).length).toBe(0)
    expect((await stolen.get("/account")).statusCode).toBe(303)
  })

  it("ends after its fourteen days", async () => {
    const browser = await site.browser(await site.user("Rosa"))
    site.pass(15 * 86_400_000)
    await site.user("Paul")
    expect((await browser.get("/account")).statusCode).toBe(303)
  })

  it("of another device ends when the password changes", async () => {
    const rosa = await site.user("Rosa")
    const [here, elsewhere] = [await site.browser(rosa), await site.browser(rosa)]
    const answer = await here.post("/account", { current: PASSWORD, password: "another long walk" })
    expect(answer.headers.location).toBe("/account?saved=password")
    expect((await here.get("/account")).statusCode).toBe(200)
    expect((await elsewhere.get("/account")).statusCode).toBe(303)
  })

  it("carries a changed role at once", async () => {
    const rosa = await site.user("Rosa")
    const browser = await site.browser(rosa)
    expect((await browser.get("/account")).body).toContain("editor")
    await changeRole(site.ctx, "Rosa", "moderator")
    expect((await browser.get("/account")).body).toContain("moderator")
  })

  it("needs the present password for a new one", async () => {
    const rosa = await site.user("Rosa")
    const wrong = changePassword(site.ctx, rosa, { current: "not it", password: "another long walk", session: "" })
    await expect(wrong).rejects.toMatchObject({ code: "invalid", detail: { problems: [{ field: "current" }] } })
  })
})

describe("a form of a logged-in person", () => {
  it.each([
    ["without a token", {}, {}],
    ["with a made-up token", { _csrf: "abcdefgh-1234" }, {}],
    ["from another site", {}, { origin: "https://evil.example" }],
    ["from a page without an origin", {}, { origin: "null" }],
    ["from another site, as the browser says", {}, { "sec-fetch-site": "cross-site" }],
  ])("is refused %s", async (_name, form, headers) => {
    const rosa = await site.user("Rosa")
    const browser = await site.browser(rosa)
    const withToken = "origin" in headers || "sec-fetch-site" in headers ? {} : { _csrf: "", ...form }
    const answer = await browser.post("/logout", withToken, headers as Record<string, string>)
    expect(answer.statusCode).toBe(403)
    expect((await browser.get("/account")).statusCode).toBe(200)
  })

  it("is refused with another person's token", async () => {
    const [rosa, paul] = [await site.browser(await site.user("Rosa")), await site.browser(await site.user("Paul"))]
    const his = tokenIn((await paul.get("/account")).body)
    expect((await rosa.post("/logout", { _csrf: his })).statusCode).toBe(403)
  })
})

describe("a bearer token", () => {
  it("acts as its owner and is kept as a hash", async () => {
    await site.user("Rosa")
    const token = await issueToken(site.ctx, "Rosa")
    expect(await findTokenOwner(site.ctx, token)).toMatchObject({ name: "Rosa", role: "editor" })
    expect(JSON.stringify(await site.ctx.db.read.selectFrom("tokens").selectAll().execute())).not.toContain(token)
    await expect(findTokenOwner(site.ctx, `${token}x`)).rejects.toMatchObject({ code: "unauthenticated" })
  })
})
