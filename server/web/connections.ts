import type { IncomingMessage, Server, ServerResponse } from "node:http"
import type { Socket } from "node:net"
import type { FastifyInstance } from "fastify"
import type { Config } from "../config.ts"
import { AppError } from "../errors.ts"
import { securityHeaders } from "./headers.ts"

/** More than the readers of one process at once; a flood of idle ones is cut off before memory is. */
const MAX_CONNECTIONS = 2_000
/** Milliseconds for the headers of a request to arrive; a browser needs a few. */
const HEADERS_TIMEOUT = 10_000

/** Bounds what connections may cost, and answers what is no HTTP: a bare status, the headers of every answer, and the end. */
export function guardConnections(server: Server, config: Config): void {
  server.maxConnections = MAX_CONNECTIONS
  server.headersTimeout = HEADERS_TIMEOUT
  const lines = Object.entries(securityHeaders(config)).map(([name, value]) => `${name}: ${value}\r\n`)
  server.removeAllListeners("clientError")
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket & { _httpMessage?: ServerResponse }) => {
    if (error.code !== "ECONNRESET" && socket.writable && isUnanswered(socket._httpMessage)) socket.write(answer(error.code ?? "", lines.join("")))
    socket.destroySoon()
  })
  // Node's own answers to these two lack the headers of every answer, or are none.
  server.on("connect", (_request, socket) => void socket.end(answer("CONNECT", lines.join(""))))
  server.on("checkExpectation", ({ socket }: IncomingMessage) => void socket.end(answer("EXPECT", lines.join(""))))
}

// An answer that is under way to a request that came whole belongs to that one: a second in between would be taken for it.
function isUnanswered(message: ServerResponse | undefined): boolean {
  return !message || (!message.headersSent && !message.req.complete)
}

/** From the call on, requests that begin are refused (`unavailable`); those under way go on. */
export function refuseWhenClosing(app: FastifyInstance): { close(): void } {
  let closing = false
  app.addHook("onRequest", (_request, _reply, done) => {
    if (!closing) return done()
    done(new AppError("unavailable", "The site is being restarted.", { retryAfter: 5 }))
  })
  return { close: () => void (closing = true) }
}

function answer(code: string, headers: string): string {
  const [status, sentence] = ANSWERS[code] ?? ["400 Bad Request", "This is not a request that can be read."]
  const body = `${sentence}\n`
  return (
    `HTTP/1.1 ${status}\r\nconnection: close\r\ncache-control: no-store\r\ncontent-type: text/plain; charset=utf-8\r\n` +
    `content-length: ${body.length}\r\n${headers}\r\n${body}`
  )
}

const ANSWERS: Record<string, [status: string, sentence: string]> = {
  HPE_HEADER_OVERFLOW: ["431 Request Header Fields Too Large", "The headers of this request are too long."],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ["413 Content Too Large", "The body of this request is too long."],
  CONNECT: ["400 Bad Request", "This server is no proxy."],
  EXPECT: ["417 Expectation Failed", "This server cannot do what the Expect header of this request asks."],
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "The request took too long to arrive."],
}
