import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import { wiki } from "../pages/model.ts"
import type { Form } from "../web/body.ts"
import { firstOf } from "../web/query.ts"
import { seeOther, sendPage } from "../web/reply.ts"
import type { Web } from "../web/web.ts"
import { changeWatch, countUnreadOf, findPageWatch, readNotices, readPageWatches, readUpTo, readWatches, requirePerson, watchKind, watchPage } from "./actions.ts"
import { giveAddress, pauseMail, readMailSettings } from "./mail/actions.ts"
import { mailLinkRoutes } from "./mail/link-routes.ts"
import { outboxRoutes } from "./mail/outbox-routes.ts"
import { NoticesPage, UnreadCount } from "./notice-views.tsx"
import { PageWatchPage, WatchingPage, WatchNotice } from "./views.tsx"

interface Asked {
  Params: { slug: string; id: string }
  Querystring: Record<string, unknown>
  Body: Form
}

/** What people watch and are told of, on the site and by mail. */
export function notificationRoutes(app: FastifyInstance, ctx: Context, web: Web): void {
  // Readers' pages are the same for all; what somebody watches, and what is new for them, goes into slots.
  app.addHook("preHandler", async (request) => {
    const { viewer } = request
    if (viewer.id === null || !["GET", "POST"].includes(request.method) || /^\/(api|assets|media)\//.test(request.url)) return
    const user = requirePerson(viewer)
    const unread = await countUnreadOf(ctx, user)
    const notices = unread > 0 ? UnreadCount({ unread }) : undefined
    request.ownParts = { ...request.ownParts, notices, ...(isReading(request) && { watch: await watchNotice(request) }) }
  })

  async function watchNotice(request: FastifyRequest) {
    const slug = (request.params as Asked["Params"]).slug.normalize("NFC")
    return WatchNotice({ slug, frequency: await findPageWatch(ctx, requirePerson(request.viewer), slug) })
  }

  app.get<Asked>("/watching", async (request, reply) => {
    if (request.viewer.id === null) return seeOther(reply, "/login?next=%2Fwatching")
    return showWatching(request, reply)
  })

  app.post<Asked>("/watching", async (request, reply) => {
    const { kind = "", subject = "" } = request.body
    return orAgain(request, reply, async (user) => watchKind(ctx, user, { kind, subject, ...howIn(request.body) }))
  })

  app.post<Asked>("/watching/:id", async (request, reply) => {
    await changeWatch(ctx, requirePerson(request.viewer), request.params.id, howIn(request.body))
    return seeOther(reply, "/watching")
  })

  app.post<Asked>("/watching/address", async (request, reply) => {
    return orAgain(request, reply, async (user) => {
      await web.limits.take(request, "address")
      await giveAddress(ctx, user, request.body.email ?? "")
    })
  })

  app.post<Asked>("/watching/mail", async (request, reply) => {
    await pauseMail(ctx, requirePerson(request.viewer), request.body.paused === "yes")
    return seeOther(reply, "/watching#mail")
  })

  app.get<Asked>("/wiki/:slug/watch", async (request, reply) => {
    const user = requirePerson(request.viewer)
    return sendPage(request, reply, PageWatchPage(await readPageWatches(ctx, user, request.params.slug)))
  })

  app.post<Asked>("/wiki/:slug/watch", async (request, reply) => {
    const user = requirePerson(request.viewer)
    const { section = "", back } = request.body
    try {
      const page = await watchPage(ctx, user, request.params.slug, { section, ...howIn(request.body) })
      return seeOther(reply, back === "page" ? wiki(page) : `${wiki(page)}/watch`)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "invalid") throw error
      const shown = await readPageWatches(ctx, user, request.params.slug)
      return sendPage(request, reply, PageWatchPage({ ...shown, problems: error.detail.problems, typed: request.body }), error.status)
    }
  })

  app.get<Asked>("/notices", async (request, reply) => {
    if (request.viewer.id === null) return seeOther(reply, "/login?next=%2Fnotices")
    await web.limits.take(request, "render")
    return sendPage(request, reply, NoticesPage(await readNotices(ctx, requirePerson(request.viewer), firstOf(request.query.after))))
  })

  app.post<Asked>("/notices/read", async (request, reply) => {
    await readUpTo(ctx, requirePerson(request.viewer), request.body.until ?? "")
    return seeOther(reply, "/notices")
  })

  mailLinkRoutes(app, ctx, web)
  outboxRoutes(app, ctx)

  async function orAgain(request: FastifyRequest<Asked>, reply: FastifyReply, act: (user: ReturnType<typeof requirePerson>) => Promise<void>) {
    const user = requirePerson(request.viewer)
    try {
      await act(user)
      return seeOther(reply, "/watching")
    } catch (error) {
      if (!(error instanceof AppError) || !["invalid", "too-many"].includes(error.code)) throw error
      if (error.detail.retryAfter) reply.header("retry-after", String(error.detail.retryAfter))
      return showWatching(request, reply, error)
    }
  }

  async function showWatching(request: FastifyRequest<Asked>, reply: FastifyReply, error?: AppError) {
    const user = requirePerson(request.viewer)
    const [watches, mail] = [await readWatches(ctx, user), await readMailSettings(ctx, user)]
    const problems = error && (error.detail.problems ?? [{ field: "email", message: error.message }])
    return sendPage(request, reply, WatchingPage({ watches, mail, problems, typed: error && request.body }), error?.status)
  }
}

function isReading({ method, routeOptions }: FastifyRequest): boolean {
  return method === "GET" && routeOptions.url === "/wiki/:slug"
}

function howIn({ frequency = "", comments, act }: Form): { frequency: string; comments: boolean } {
  return { frequency: act === "end" ? "none" : frequency, comments: comments === "on" }
}
