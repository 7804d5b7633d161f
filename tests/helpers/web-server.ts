import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { text } from "node:stream/consumers"

/** What another site was asked. */
export interface Received {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: string
}

/** Another site, on loopback: what it is asked is written down, what it answers is the test's to say. */
export interface WebServer {
  /** As `OUTBOUND_ALLOW` names it. */
  host: string
  origin: string
  received: Received[]
  /** How many connections were ever made to it. */
  connections(): number
  /** From now on it answers with this. */
  answer(handler: Handler): void
  close(): Promise<void>
}

export type Handler = (request: Received, response: ServerResponse, raw: IncomingMessage) => void

export async function openWebServer(handler: Handler = (_request, response) => void response.writeHead(404).end()): Promise<WebServer> {
  const received: Received[] = []
  let connections = 0
  let current = handler
  const server = createServer(async (raw, response) => {
    const request = { method: raw.method!, path: raw.url!, headers: raw.headers, body: await text(raw) }
    received.push(request)
    current(request, response, raw)
  })
  server.on("connection", () => connections++)
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    origin: `http://${host}`,
    received,
    connections: () => connections,
    answer: (next) => void (current = next),
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

/** Answers with an HTML page. */
export function sendHtml(response: ServerResponse, body: string, headers: Record<string, string | string[]> = {}): void {
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...headers }).end(body)
}
