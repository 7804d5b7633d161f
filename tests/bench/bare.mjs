// The floor: a bare Fastify route that returns the same bytes and headers from a prepared Buffer.
import Fastify from "fastify"
import { readFileSync } from "node:fs"

const [, , file, port] = process.argv
const { headers, body } = JSON.parse(readFileSync(file, "utf8"))
const bytes = Buffer.from(body, "base64")
const app = Fastify()
app.get("/healthz", () => "ok")
app.get("/page", (_request, reply) => reply.headers(headers).send(bytes))
await app.listen({ port: Number(port), host: "127.0.0.1" })
