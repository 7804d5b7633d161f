import type { AddressInfo } from "node:net"
import { text } from "node:stream/consumers"
import { SMTPServer } from "smtp-server"

/** A mail as it came over the wire. */
export interface Received {
  to: string[]
  /** By name in small letters, unfolded. */
  headers: Map<string, string>
  text: string
  html: string
  raw: string
}

export interface MailServer {
  url: string
  received: Received[]
  /** Refuses what comes from now on with this code; 0 takes it again. */
  refuse(code: number): void
  close(): Promise<void>
}

/** A real mail server on a free port, which keeps what it is given. */
export async function openMailServer(): Promise<MailServer> {
  const received: Received[] = []
  let refusal = 0
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS", "AUTH"],
    onRcptTo: (_address, _session, done) => done(refusal === 0 ? null : Object.assign(new Error("Not now"), { responseCode: refusal })),
    onData: (stream, { envelope }, done) =>
      void text(stream).then((raw) => {
        received.push(read(raw, envelope.rcptTo.map(({ address }) => address)))
        done()
      }),
  })
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    refuse: (code) => void (refusal = code),
    close: () => new Promise((done) => server.close(done)),
  }
}

function read(raw: string, to: string[]): Received {
  const { headers, body } = split(raw)
  const boundary = /boundary="([^"]+)"/.exec(headers.get("content-type") ?? "")?.[1]
  const parts = body.split(`--${boundary}`).slice(1, -1).map((part) => split(part.trimStart()))
  const find = (type: string) => decode(parts.find((part) => part.headers.get("content-type")?.startsWith(type)))
  return { to, headers, text: find("text/plain"), html: find("text/html"), raw }
}

function split(raw: string): { headers: Map<string, string>; body: string } {
  const end = raw.indexOf("\r\n\r\n")
  const lines = raw.slice(0, end).replace(/\r\n[ \t]+/g, " ").split("\r\n")
  return { headers: new Map(lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 2)])), body: raw.slice(end + 4) }
}

function decode(part: { headers: Map<string, string>; body: string } | undefined): string {
  if (!part) return ""
  const encoding = part.headers.get("content-transfer-encoding")
  if (encoding === "base64") return Buffer.from(part.body, "base64").toString("utf8")
  if (encoding !== "quoted-printable") return part.body
  const bytes = part.body.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(bytes, "latin1").toString("utf8")
}
