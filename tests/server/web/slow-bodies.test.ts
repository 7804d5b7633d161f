import { connect } from "node:net"
import Fastify, { type FastifyInstance } from "fastify"
import { afterAll, beforeAll, expect, it } from "vitest"
import { endSlowBodies } from "../../../server/web/slow-bodies.ts"

let app: FastifyInstance
let port: number

beforeAll(async () => {
  app = Fastify({ forceCloseConnections: true })
  app.server.removeAllListeners("clientError")
  app.server.on("clientError", (error: NodeJS.ErrnoException, socket) => socket.end(`HTTP/1.1 408 ${error.code}\r\n\r\n`))
  endSlowBodies(app, 200)
  app.post("/form", async () => "taken")
  app.post("/upload", { config: { bodyTimeout: 60_000 } }, async () => "taken")
  app.get("/page", async () => "read")
  await app.listen({ port: 0, host: "127.0.0.1" })
  port = (app.server.address() as { port: number }).port
})
afterAll(() => app.close())

/** A request whose body is there but for its last byte. */
function begin(path: string) {
  const socket = connect(port, "127.0.0.1")
  let heard = ""
  socket.setEncoding("utf8").on("data", (part) => (heard += part))
  const ended = new Promise<string>((resolve) => socket.on("close", () => resolve(heard)))
  socket.write(`POST ${path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{`)
  return { ended, finish: () => socket.write("}") }
}

it("ends a request whose body does not come, and waits for one that may take longer", async () => {
  const upload = begin("/upload")
  const form = begin("/form")
  expect(await form.ended).toMatch(/^HTTP\/1\.1 408 ERR_HTTP_REQUEST_TIMEOUT/)
  upload.finish()
  expect(await upload.ended).toMatch(/^HTTP\/1\.1 200[^]*taken$/)
})

it("leaves alone what comes in time, and what has no body", async () => {
  const form = begin("/form")
  form.finish()
  expect(await form.ended).toMatch(/^HTTP\/1\.1 200[^]*taken$/)
  expect((await app.inject("/page")).body).toBe("read")
})
