import type { FastifyInstance } from "fastify"

declare module "fastify" {
  interface FastifyContextConfig {
    /** Milliseconds a body may take to arrive at this route, where that is not the usual. */
    bodyTimeout?: number
  }
}

/** Ends a request (408) whose body takes longer to arrive than is usual, or than its route waits. Node itself knows one limit for all. */
export function endSlowBodies(app: FastifyInstance, usual: number): void {
  app.addHook("onRequest", (request, reply, done) => {
    const { raw } = request
    const { "content-length": length = "0", "transfer-encoding": encoding } = raw.headers
    if (encoding === undefined && Number(length) === 0) return done()
    const end = () => app.server.emit("clientError", Object.assign(new Error("The body is late."), { code: "ERR_HTTP_REQUEST_TIMEOUT" }), raw.socket)
    const timer = setTimeout(end, request.routeOptions.config?.bodyTimeout ?? usual).unref()
    for (const over of ["end", "close"]) raw.once(over, () => clearTimeout(timer))
    // A request refused at its head is answered with its body unread: there is nothing left to wait for.
    reply.raw.once("finish", () => clearTimeout(timer))
    done()
  })
}
