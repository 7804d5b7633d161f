import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { isPublicAddress } from "../../../server/outbound/addresses.ts"
import type { Question } from "../../../server/outbound/answer.ts"
import { safeFetch, type Surroundings } from "../../../server/outbound/safe-fetch.ts"
import { openWebServer, sendHtml, type WebServer } from "../../helpers/web-server.ts"

let server: WebServer
let inner: WebServer

beforeEach(async () => {
  server = await openWebServer((_request, response) => sendHtml(response, "<p>Hello"))
  inner = await openWebServer()
})
afterEach(async () => {
  await server.close()
  await inner.close()
})

const config = (allow = [server.host]) => ({ outboundAllow: allow, baseUrl: "https://habeas.example" })
const ask = (url: string, question?: Question, surroundings?: Surroundings) => safeFetch(config(), url, question, surroundings)
const closed = (url: string, surroundings?: Surroundings) => safeFetch(config([]), url, {}, surroundings)
const resolving = (...answers: string[][]) => {
  const asked: string[] = []
  const resolve = async (host: string) => answers[Math.min(asked.push(host), answers.length) - 1]!
  return { asked, resolve }
}

describe("which addresses are public", () => {
  it.each([
    "127.0.0.1", "127.8.9.10", "0.0.0.0", "0.1.2.3", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "100.127.255.255", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1",
    "2002:7f00:1::", "2001::1", "2001:db8::1", "3fff::1", "fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "100::1", "4000::1",
    "localhost", "", "2130706433.example",
  ])("not %s", (address) => expect(isPublicAddress(address)).toBe(false))

  it.each(["8.8.8.8", "93.184.216.34", "100.63.255.255", "172.32.0.1", "2606:4700::1111", "2a00:1450:4001::1"])("but %s", (address) =>
    expect(isPublicAddress(address)).toBe(true),
  )
})

describe("what is never asked", () => {
  const port = () => server.host.split(":")[1]!
  it.each([
    "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://017700000001/",
    "http://127.0.0.1./", "http://0/", "http://0.0.0.0/", "http://①②⑦.⓪.⓪.①/", "http://10.0.0.1/", "http://192.168.0.1/", "http://169.254.169.254/latest/meta-data/",
    "http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[0:0:0:0:0:ffff:7f00:0001]/", "http://[64:ff9b::7f00:1]/",
    "http://[fe80::1]/", "http://[fd00::1]/", "http://[2002:7f00:1::]/", "https://127.0.0.1/", "http://100.100.100.200/", "http://224.0.0.1/",
  ])("SEC-2 %s", async (url) => {
    await expect(closed(url)).rejects.toMatchObject({ code: "forbidden" })
  })

  it.each(["127.0.0.1", "10.0.0.7", "::1", "::ffff:10.0.0.1", "169.254.169.254"])("SEC-2 a name that means %s", async (address) => {
    await expect(closed("http://7f000001.nip.example/", resolving([address]))).rejects.toMatchObject({ code: "forbidden" })
  })

  it("SEC-1 a name with one public and one private address", async () => {
    await expect(closed("http://mixed.example/", resolving(["93.184.216.34", "127.0.0.1"]))).rejects.toMatchObject({ code: "forbidden" })
  })

  it.each(["ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "javascript:alert(1)", "data:text/html,x", "//example.org/", "example.org", "", "http://", `http://example.org/${"x".repeat(2_048)}`])(
    "SEC-3 %s",
    (url) => expect(closed(url, resolving(["93.184.216.34"]))).rejects.toMatchObject({ code: "forbidden" }),
  )

  it("SEC-3 an address with a name or a password in it", async () => {
    for (const who of ["user@", "user:word@", ":word@"]) await expect(ask(`http://${who}${server.host}/`)).rejects.toMatchObject({ code: "forbidden" })
    expect(server.connections()).toBe(0)
  })

  it.each([22, 25, 6379, 8080, 3000, 444, 81])("SEC-3 port %s of a public address", async (number) => {
    await expect(closed(`http://example.org:${number}/`, resolving(["93.184.216.34"]))).rejects.toThrow("ports 80 and 443")
  })

  it("another port or name of a host that the operator opened", async () => {
    await expect(ask(inner.origin)).rejects.toMatchObject({ code: "forbidden" })
    await expect(ask(`http://localhost:${port()}/`)).rejects.toMatchObject({ code: "forbidden" })
    await expect(ask(`http://evil.example:${port()}/`, {}, resolving(["127.0.0.1"]))).rejects.toMatchObject({ code: "forbidden" })
    expect([server.connections(), inner.connections()]).toEqual([0, 0])
  })
})

describe("redirects", () => {
  const to = (...places: string[]) =>
    server.answer(({ path }, response) => {
      const next = places[Number(path.slice(1)) || 0]
      if (next === undefined) sendHtml(response, "arrived")
      else response.writeHead(302, { location: next }).end()
    })

  it("are followed three times, relative ones too, and the last address is told", async () => {
    to("/1", `${server.origin}/2`, "3")
    const answer = await ask(`${server.origin}/0`)
    expect([answer.url, answer.body.toString()]).toEqual([`${server.origin}/3`, "arrived"])
  })

  it("are not followed a fourth time", async () => {
    to("/1", "/2", "/3", "/4")
    await expect(ask(`${server.origin}/0`)).rejects.toMatchObject({ code: "forbidden" })
    expect(server.received).toHaveLength(4)
  })

  it("in a circle end", async () => {
    server.answer((_request, response) => void response.writeHead(301, { location: "/" }).end())
    await expect(ask(server.origin)).rejects.toMatchObject({ code: "forbidden" })
  })

  it.each([() => inner.origin, () => "http://localhost/", () => "http://[::1]/", () => "http://0x7f.1/", () => "file:///etc/passwd", () => "http://169.254.169.254/", () => `http://me:you@${server.host}/`])(
    "SEC-1 are checked like the first address: %s",
    async (place) => {
      to(place())
      await expect(ask(server.origin)).rejects.toMatchObject({ code: "forbidden" })
      expect(inner.connections()).toBe(0)
    },
  )

  it("of a form that was posted are followed only where the form was not taken", async () => {
    server.answer(({ path }, response) => void response.writeHead(path === "/303" ? 303 : path === "/307" ? 307 : 200, { location: "/end" }).end())
    expect((await ask(`${server.origin}/303`, { method: "POST", body: "a=b" })).status).toBe(303)
    expect((await ask(`${server.origin}/307`, { method: "POST", body: "a=b" })).status).toBe(200)
    expect(server.received.map(({ method, path, body }) => [method, path, body])).toEqual([["POST", "/303", "a=b"], ["POST", "/307", "a=b"], ["POST", "/end", "a=b"]])
  })
})

describe("the connection", () => {
  it("SEC-1 goes to the address that was checked, however the name answers the next time", async () => {
    const named = `rebind.example:${server.host.split(":")[1]}`
    const names = resolving(["127.0.0.1"], ["10.255.255.1"])
    const answer = await safeFetch(config([named]), `http://${named}/`, {}, names)
    expect(answer.status).toBe(200)
    expect(server.received[0]!.headers.host).toBe(named)
    expect(names.asked).toEqual(["rebind.example"])
  })

  it("SEC-1 is refused when the name means something else at a redirect", async () => {
    const named = `http://rebind.example/`
    server.answer((_request, response) => void response.writeHead(302, { location: named }).end())
    await expect(ask(server.origin, {}, resolving(["127.0.0.1"]))).rejects.toMatchObject({ code: "forbidden" })
    expect(server.connections()).toBe(1)
  })

  it("SEC-3 carries no cookies, and an agent name that is the same for all", async () => {
    server.answer(({ path }, response) => {
      if (path === "/") response.writeHead(302, { location: "/next", "set-cookie": "a=b; Path=/" }).end()
      else sendHtml(response, "x", { "set-cookie": "c=d" })
    })
    await ask(server.origin)
    await ask(`${server.origin}/next`)
    for (const { headers } of server.received) {
      expect(Object.keys(headers).sort()).toEqual(["accept-encoding", "connection", "host", "user-agent"])
      expect([headers["user-agent"], headers.connection]).toEqual(["Habeas (Webmention; +https://habeas.example)", "close"])
    }
    expect(server.connections()).toBe(3)
  })

  it("SEC-3 uses no proxy of the surroundings", async () => {
    process.env.HTTP_PROXY = process.env.http_proxy = inner.origin
    try {
      await ask(server.origin)
      expect(inner.connections()).toBe(0)
    } finally {
      delete process.env.HTTP_PROXY
      delete process.env.http_proxy
    }
  })

  it("is given up when nobody answers, with one sentence whatever the reason", async () => {
    const { origin, host } = inner
    await inner.close()
    const refused = await safeFetch(config([host]), origin).catch((error) => error)
    inner = await openWebServer((_request, _response, raw) => void raw.socket.destroy())
    const cut = await safeFetch(config([inner.host]), inner.origin).catch((error) => error)
    const unknown = await closed("http://nowhere.example/", { resolve: () => Promise.reject(new Error("ENOTFOUND")) }).catch((error) => error)
    for (const { code, message } of [refused, cut, unknown]) expect([code, message]).toEqual(["unavailable", "Nobody answered there properly in time."])
  })

  it("ends when the site stops", async () => {
    const stop = new AbortController()
    server.answer(() => stop.abort())
    await expect(ask(server.origin, { signal: stop.signal })).rejects.toMatchObject({ code: "unavailable" })
  })
})

describe("SEC-4 the answer", () => {
  it("has a name server, a header, a body that does not end given up together in time", async () => {
    const soon = { patience: 300 }
    await expect(closed("http://slow.example/", { ...soon, resolve: () => new Promise(() => {}) })).rejects.toMatchObject({ code: "unavailable" })
    server.answer(() => {})
    await expect(ask(server.origin, {}, soon)).rejects.toMatchObject({ code: "unavailable" })
    let dripping: NodeJS.Timeout | undefined
    server.answer((_request, response) => {
      response.writeHead(200, { "content-type": "text/html" })
      dripping = setInterval(() => response.write("x"), 20)
      response.on("close", () => clearInterval(dripping))
    })
    const began = performance.now()
    await expect(ask(server.origin, {}, soon)).rejects.toMatchObject({ code: "unavailable" })
    expect(performance.now() - began).toBeLessThan(3_000)
  })

  it("WM-R11, PB-C5 of ten gigabytes is cut off after one megabyte", async () => {
    const chunk = Buffer.alloc(64 * 1024, "x")
    let sent = 0
    server.answer((_request, response) => {
      response.writeHead(200, { "content-type": "text/plain", "content-length": String(10 * 2 ** 30) })
      const more = () => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length
      }
      response.on("drain", more).on("error", () => {})
      more()
    })
    const before = process.memoryUsage().rss
    await expect(ask(server.origin)).rejects.toMatchObject({ code: "too-large" })
    expect(sent).toBeLessThan(20 * 2 ** 20)
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 2 ** 20)
  })

  it.each([
    ["gzip", gzipSync(Buffer.alloc(200 * 2 ** 20))],
    ["deflate", deflateSync(Buffer.alloc(20 * 2 ** 20))],
    ["br", brotliCompressSync(Buffer.alloc(20 * 2 ** 20))],
  ])("that swells when it is unpacked is cut off: %s", async (encoding, bomb) => {
    server.answer((_request, response) => void response.writeHead(200, { "content-type": "text/html", "content-encoding": encoding }).end(bomb))
    await expect(ask(server.origin)).rejects.toMatchObject({ code: "too-large" })
  })

  it.each([["gzip", gzipSync("Krome")], ["deflate", deflateSync("Krome")], ["br", brotliCompressSync("Krome")], ["identity", Buffer.from("Krome")]])(
    "is unpacked: %s",
    async (encoding, bytes) => {
      server.answer((_request, response) => void response.writeHead(200, { "content-type": "text/html", "content-encoding": encoding }).end(bytes))
      expect((await ask(server.origin)).body.toString()).toBe("Krome")
    },
  )

  it.each([["gzip, gzip", gzipSync(gzipSync("x")), "unsupported"], ["zip", Buffer.from("x"), "unsupported"], ["gzip", Buffer.from("no gzip at all"), "unavailable"]])(
    "is refused when its packing is odd: %s",
    async (encoding, bytes, code) => {
      server.answer((_request, response) => void response.writeHead(200, { "content-type": "text/html", "content-encoding": encoding }).end(bytes))
      await expect(ask(server.origin)).rejects.toMatchObject({ code })
    },
  )

  it.each(["image/png", "application/octet-stream", "application/pdf", "video/mp4", "", "text", "application/json-no"])("is not read when it is no text: %s", async (type) => {
    let finished = false
    server.answer((_request, response) => {
      response.on("finish", () => (finished = true)).writeHead(200, type ? { "content-type": type } : {})
      response.write(Buffer.alloc(5 * 2 ** 20))
    })
    await expect(ask(server.origin)).rejects.toMatchObject({ code: "unsupported" })
    expect(finished).toBe(false)
  })

  it.each(["text/html; charset=utf-8", "TEXT/PLAIN", "application/xhtml+xml", "application/atom+xml", "application/json", "application/mf2+json", "application/xml"])("is read: %s", async (type) => {
    server.answer((_request, response) => void response.writeHead(200, { "content-type": type }).end("x"))
    expect((await ask(server.origin)).body.toString()).toBe("x")
  })

  it("is refused when its headers are a flood", async () => {
    server.answer((_request, response) => void response.writeHead(200, { "content-type": "text/html", "x-flood": "x".repeat(64 * 1024) }).end("x"))
    await expect(ask(server.origin)).rejects.toMatchObject({ code: "unavailable" })
  })

  it("to HEAD has no body, and one of an endpoint may be of any type", async () => {
    expect((await ask(server.origin, { method: "HEAD" })).body).toHaveLength(0)
    server.answer((_request, response) => void response.writeHead(202, { "content-type": "image/png" }).end("x"))
    expect((await ask(server.origin, { method: "POST", body: "" })).status).toBe(202)
  })
})
