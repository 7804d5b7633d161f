import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite

beforeAll(async () => {
  site = await openTestSite()
})
afterAll(() => site.close())

describe("watching the site", () => {
  it("is for this machine alone: elsewhere the figures do not exist", async () => {
    expect((await site.app.inject({ url: "/metrics", remoteAddress: "203.0.113.9" })).statusCode).toBe(404)
    for (const name of ["x-forwarded-for", "forwarded", "via", "x-real-ip"]) {
      expect((await site.app.inject({ url: "/metrics", headers: { [name]: "for=203.0.113.9" } })).statusCode, name).toBe(404)
    }
  })

  it("tells answers by class, kept pages and the last event", async () => {
    await site.app.inject("/facilities")
    await site.app.inject("/facilities")
    await site.app.inject("/nowhere")
    const { statusCode, headers, body } = await site.app.inject("/metrics")
    expect([statusCode, headers["content-type"]]).toEqual([200, "text/plain; version=0.0.4; charset=utf-8"])
    expect(body).toContain('habeas_answers_total{status="2xx"} 2')
    expect(body).toMatch(/habeas_answers_total\{status="4xx"\} [1-9]/)
    expect(body).toMatch(/habeas_page_cache_bytes [1-9]\d{3,}/)
    expect(body).toMatch(/habeas_last_event \d/)
    for (const line of body.trimEnd().split("\n")) expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="\w+"\})? -?[\d.e+-]+)$/)
  })

  it("is healthy while the database answers", async () => {
    expect((await site.app.inject("/healthz")).body).toBe("ok\n")
    const { statusCode } = await site.app.inject({ url: "/healthz", remoteAddress: "203.0.113.9" })
    expect(statusCode).toBe(200)
  })
})
