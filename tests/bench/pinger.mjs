// Pings a site from a process of its own, so that neither its readers nor the site wait for it: requests are written as they are due,
// one after the other on a few connections, and answers are only counted. Prints how many came.
import { connect } from "node:net"

const [port, source, target, rate, seconds] = process.argv.slice(2)
/** Milliseconds between two bursts. */
const BEAT = 10
const CONNECTIONS = 20

let sent = 0
let answered = 0
const due = Number(rate) * Number(seconds)
const sockets = Array.from({ length: CONNECTIONS }, open)
const began = performance.now()
const beat = setInterval(() => {
  const now = Math.min(due, Math.floor(((performance.now() - began) / 1_000) * Number(rate)))
  for (; sent < now; sent++) sockets[sent % CONNECTIONS].write(ping(sent))
  if (sent === due) clearInterval(beat)
}, BEAT)

function open() {
  const socket = connect(Number(port), "127.0.0.1")
  // The start of an answer may be cut by the end of a piece.
  let rest = ""
  socket.setEncoding("latin1").on("data", (part) => {
    const pieces = (rest + part).split("HTTP/1.1 ")
    answered += pieces.length - 1
    rest = pieces.at(-1).slice(-8)
    if (answered >= due) end()
  })
  return socket
}

function end() {
  for (const socket of sockets) socket.destroy()
  console.log(answered)
}

function ping(number) {
  const body = `source=${encodeURIComponent(`${source}/${number}`)}&target=${encodeURIComponent(target)}`
  return `POST /webmention HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`
}
setTimeout(end, (Number(seconds) + 20) * 1_000).unref()
