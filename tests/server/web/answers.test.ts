import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite

beforeEach(async () => {
  site = await openTestSite()
})
afterEach(() => site.close())

const form = { "content-type": "application/x-www-form-urlencoded" }

describe("every answer", () => {
  it.each([
    ["a page", { url: "/login" }, 200],
    ["a redirect", { url: "/account" }, 303],
    ["a refusal", { url: "/new" }, 401],
    ["nothing there", { url: "/no/such/place" }, 404],
    ["an asset that is none", { url: "/assets/../../etc/passwd" }, 404],
    ["a body too large", { url: "/login", method: "POST" as const, headers: form, payload: "a=".padEnd(1_100_000, "b") }, 413],
    ["a type nobody accepts", { url: "/login", method: "POST" as const, headers: { "content-type": "text/plain" }, payload: "a=b" }, 415],
  ])("carries the strict policy: %s", async (_name, request, status) => {
    const answer = await site.app.inject(request)
    expect(answer.statusCode).toBe(status)
    const policy = String(answer.headers["content-security-policy"])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("; img-src 'self' data:; ")
    expect(policy.replace("img-src 'self' data:", "")).not.toMatch(/unsafe|data:|\*/)
    expect(answer.headers["x-content-type-options"]).toBe("nosniff")
    expect(answer.headers["referrer-policy"]).toBe("same-origin")
    expect(answer.headers["cache-control"]).toBeTruthy()
  })

  it("is a problem document where JSON is wanted and a page otherwise", async () => {
    const json = await site.app.inject({ url: "/wiki/nowhere", headers: { accept: "application/json" } })
    expect(json.headers["content-type"]).toContain("application/problem+json")
    expect(json.json()).toMatchObject({ status: 404, code: "not-found", title: "Not found" })
    const page = await site.app.inject({ url: "/wiki/nowhere", headers: { accept: "text/html" } })
    expect(page.headers["content-type"]).toContain("text/html")
  })

  it.each([
    ["application/json, text/html;q=0.5", "application/problem+json"],
    ["application/vnd.api+json", "application/problem+json"],
    ["text/html;q=0.9, application/json;q=0.8", "text/html"],
    ["text/html, application/json", "text/html"],
    ["application/json;q=0, */*", "text/html"],
  ])("is of the kind preferred by Accept: %s", async (accept, type) => {
    expect((await site.app.inject({ url: "/wiki/nowhere", headers: { accept } })).headers["content-type"]).toContain(type)
  })

  it("names the configured address whatever host the request names", async () => {
    const { page } = await site.page(await site.user("Rosa"))
    const answer = await site.app.inject({ url: `/wiki/${page.slug}`, headers: { host: "evil.example", "x-forwarded-host": "evil.example" } })
    expect(answer.body).not.toContain("evil.example")
    expect(answer.body).toContain(`href="http://localhost:3000/wiki/${page.slug}"`)
  })
})

describe("what cannot be read", () => {
  const post = (payload: string | Buffer, headers: Record<string, string> = form) =>
    site.app.inject({ url: "/login", method: "POST", headers, payload })

  it.each([
    ["bytes that are no UTF-8", "username=%FF%FE&password=x"],
    ["raw bytes that are no UTF-8", Buffer.from([0x61, 0x3d, 0xff])],
    ["an overlong form of a slash", "username=%C0%AF"],
    ["half of a surrogate pair", "username=%ED%A0%80"],
    ["a NUL", "username=a%00b"],
    ["thousands of fields", Array.from({ length: 1_000 }, (_, index) => `f${index}=x`).join("&")],
  ])("is refused with 400 and a sentence: %s", async (_name, payload) => {
    const answer = await post(payload)
    expect(answer.statusCode).toBe(400)
    expect(answer.body).toContain("This request could not be read")
  })

  it.each(["name=Rosa&body=Call%00+first.", "name=Rosa&body=Call%FF+first."])("leaves its words on the page that says so: %s", async (payload) => {
    expect((await post(payload)).body).toContain("Call\ufffd first.")
  })

  it.each([
    ["cut off", "{"],
    ["a forbidden key", '{"__proto__": {"role": "administrator"}}'],
    ["invalid UTF-8", Buffer.from([0x22, 0xff, 0x22])],
    ["empty", ""],
  ])("is refused as JSON: %s", async (_name, payload) => {
    expect((await post(payload, { "content-type": "application/json" })).statusCode).toBe(400)
  })

  it("is refused when a request names two hosts", async () => {
    const request = { rawHeaders: ["Host", "one", "Host", "two"] }
    await site.app.listen({ port: 0, host: "127.0.0.1" })
    const { port } = site.app.server.address() as { port: number }
    const { connect } = await import("node:net")
    const answer = await new Promise<string>((done) => {
      let text = ""
      const socket = connect(port, "127.0.0.1", () => {
        const hosts = request.rawHeaders.map((part, index) => (index % 2 ? `${part}\r\n` : `${part}: `)).join("")
        socket.write(`GET / HTTP/1.1\r\n${hosts}Connection: close\r\n\r\n`)
      })
      socket.on("data", (data) => (text += data))
      socket.on("close", () => done(text))
    })
    expect(answer).toMatch(/^HTTP\/1.1 400/)
  })

  it.each(["q=a&q=b", "q[]=a", "q[x]=1", "before[]=1&before=x", "__proto__[x]=1", "before=1e99", "before=-1", "before=%00"])(
    "never breaks a page by its query: %s",
    async (query) => {
      for (const path of ["/changes", "/login", "/register"]) {
        expect((await site.app.inject({ url: `${path}?${query}` })).statusCode).toBeLessThan(500)
      }
    },
  )
})

describe("the log", () => {
  it("holds the event of a refusal, and nothing a person sent", async () => {
    await site.app.inject({
      url: "/login?q=searchcanary",
      method: "POST",
      headers: { ...form, "user-agent": "agentcanary", referer: "https://referercanary.example/" },
      payload: "username=namecanary&password=%FF",
      remoteAddress: "127.77.88.99",
    })
    const text = site.log.join("\n")
    expect(text).toContain('"code":"malformed"')
    expect(text).not.toMatch(/canary|127\.77\.88\.99/)
  })
})
