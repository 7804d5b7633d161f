import { type AddressInfo, connect } from "node:net"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { guardConnections } from "../../../server/web/connections.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let port: number

beforeAll(async () => {
  site = await openTestSite()
  await site.page(await site.user("Rosa"))
  guardConnections(site.app.server, site.ctx.config)
  await site.app.listen({ port: 0, host: "127.0.0.1" })
  port = (site.app.server.address() as AddressInfo).port
  // Kept as bytes from now on: what is odd about a request counts before that.
  await exchange("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
})
afterAll(() => site.close())

/** Everything the server sends back on a connection of its own, until it is closed. */
function exchange(bytes: string): Promise<string> {
  return new Promise((done) => {
    let answer = ""
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes, "latin1"))
    socket.on("data", (data) => (answer += data.toString("latin1")))
    socket.on("error", () => {})
    socket.on("close", () => done(answer))
  })
}

const END = "Connection: close\r\n\r\n"
const HOST = "Host: localhost\r\n"

describe("a raw request", () => {
  it.each([
    ["two lengths of a body", `POST /login HTTP/1.1\r\n${HOST}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n${HOST}\r\n`, 400],
    ["an encoding nobody knows", `POST /login HTTP/1.1\r\n${HOST}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`, 400],
    ["lines that end in a line feed alone", "GET / HTTP/1.1\nHost: localhost\n\n", 400],
    ["a folded header", `GET / HTTP/1.1\r\n${HOST}A: b\r\n c\r\n${END}`, 400],
    ["a method in small letters", `get / HTTP/1.1\r\n${HOST}${END}`, 400],
    ["what is asked of a proxy", "CONNECT other.example:443 HTTP/1.1\r\nHost: other.example\r\n\r\n", 400],
    ["TRACE", `TRACE / HTTP/1.1\r\n${HOST}${END}`, 404],
    ["an expectation nobody can meet", `POST /login HTTP/1.1\r\n${HOST}Expect: tea\r\nContent-Length: 3\r\n\r\na=b`, 417],
    ["no host", `GET / HTTP/1.1\r\n${END}`, 400],
    ["an empty host", `GET / HTTP/1.1\r\nHost:\r\n${END}`, 400],
    ["two hosts", `GET / HTTP/1.1\r\n${HOST}Host: other.example\r\n${END}`, 400],
    ["a host that is none", `GET / HTTP/1.1\r\nHost: "><b>\r\n${END}`, 400],
    ["an address cut in the middle of a character", `GET /wiki/%e2%82 HTTP/1.1\r\n${HOST}${END}`, 400],
    ["an address that ends in a percent sign", `GET /wiki/% HTTP/1.1\r\n${HOST}${END}`, 400],
    ["a NUL in the address", `GET /wiki/a%00b HTTP/1.1\r\n${HOST}${END}`, 400],
    ["a slug beyond every limit", `GET /wiki/${"a".repeat(3_000)} HTTP/1.1\r\n${HOST}${END}`, 404],
    ["headers beyond every limit", `GET / HTTP/1.1\r\n${HOST}A: ${"a".repeat(100_000)}\r\n${END}`, 431],
  ])("with %s is answered once, with the strict policy", async (_name, bytes, status) => {
    const answer = await exchange(bytes)
    expect(answer.match(/^HTTP\/1\.1 \d+/gm)).toEqual([`HTTP/1.1 ${status}`])
    expect(answer.match(/^content-security-policy: default-src 'none'/gim)).toHaveLength(1)
    expect(answer.match(/^cache-control: .*no-store/gim)).toHaveLength(1)
  })

  it("that names another origin in its first line is about this site all the same", async () => {
    const page = await exchange(`GET http://other.example/wiki/krome-detention-center HTTP/1.1\r\n${HOST}${END}`)
    expect(page).toMatch(/^HTTP\/1.1 200/)
    const refused = await exchange(`GET http://other.example/new?a=b HTTP/1.1\r\n${HOST}${END}`)
    expect(refused).toContain("/login?next=%2Fnew%3Fa%3Db")
    expect(page + refused).not.toContain("other.example")
  })
})
