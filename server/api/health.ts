import { monitorEventLoopDelay } from "node:perf_hooks"
import type { FastifyInstance, FastifyRequest } from "fastify"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import type { Web } from "../web/web.ts"
import { lastEvent } from "./store.ts"

/** What only a proxy sends: the request then comes from further away than its socket says. */
const FORWARDED = ["x-forwarded-for", "forwarded", "x-real-ip", "via"]
const LOOPBACK = /^(?:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|::ffff:127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/

/** For those who watch the site: whether it answers, and figures about its work. None of them is about a reader. */
export function healthRoutes(app: FastifyInstance, ctx: Context, { cache }: Web): void {
  const answers = new Map<string, number>()
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  app.addHook("onClose", async () => void delay.disable())
  app.addHook("onResponse", (_request, reply, done) => {
    const status = `${Math.floor(reply.raw.statusCode / 100)}xx`
    answers.set(status, (answers.get(status) ?? 0) + 1)
    done()
  })

  app.get("/healthz", { config: { csrf: "none" } }, async (_request, reply) => {
    await requireDatabase(ctx)
    return reply.type("text/plain; charset=utf-8").send("ok\n")
  })

  app.get("/metrics", { config: { csrf: "none" } }, async (request, reply) => {
    // To everybody else the address does not exist.
    if (!isLocal(request)) return reply.callNotFound()
    const gauges: [name: string, help: string, value: number][] = [
      ["habeas_event_loop_delay_seconds", "The longest delay of the event loop since the last look.", delay.max / 1e9],
      ["habeas_page_cache_bytes", "Bytes of rendered pages kept in memory.", cache.size],
      ["habeas_last_event", "The number of the last event of the site.", await requireDatabase(ctx)],
      ["process_resident_memory_bytes", "Memory of the process.", process.memoryUsage.rss()],
      ["process_uptime_seconds", "Seconds since the process began.", Math.floor(process.uptime())],
    ]
    delay.reset()
    return reply.type("text/plain; version=0.0.4; charset=utf-8").send(exposition(answers, gauges))
  })
}

async function requireDatabase(ctx: Context): Promise<number> {
  try {
    return await lastEvent(ctx.db.read)
  } catch (error) {
    ctx.log.error({ err: error }, "the database does not answer")
    throw new AppError("unavailable", "The database does not answer.", { retryAfter: 5 })
  }
}

function isLocal(request: FastifyRequest): boolean {
  const { headers, socket } = request.raw
  return LOOPBACK.test(socket.remoteAddress ?? "") && FORWARDED.every((name) => headers[name] === undefined)
}

/** Prometheus' text format, version 0.0.4. */
function exposition(answers: Map<string, number>, gauges: [name: string, help: string, value: number][]): string {
  const lines = ["# HELP habeas_answers_total Answers by class of status.", "# TYPE habeas_answers_total counter"]
  for (const [status, count] of [...answers].sort()) lines.push(`habeas_answers_total{status="${status}"} ${count}`)
  for (const [name, help, value] of gauges) lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${Number.isFinite(value) ? value : 0}`)
  return `${lines.join("\n")}\n`
}
