import type { FastifyInstance } from "fastify"
import type { Context } from "../../context.ts"
import { sendPage } from "../../web/reply.ts"
import type { Web } from "../../web/web.ts"
import { confirmAddress, readLink, unsubscribe } from "./actions.ts"
import { ConfirmedPage, ConfirmPage, UnsubscribedPage, UnsubscribePage } from "./views.tsx"

interface Asked {
  Params: { token: string }
  Body: unknown
}

/** The secret in the address is all that is asked for: whoever has the mail need not be logged in. */
const open = { config: { csrf: "none" as const } }

/** Where the links in mails lead. A GET changes nothing: programs that look into mail follow every link. */
export function mailLinkRoutes(root: FastifyInstance, ctx: Context, { limits }: Web): void {
  root.register(async (app) => {
    // RFC 8058 lets a mail program send its one field in either form; nothing in it matters.
    app.removeAllContentTypeParsers()
    app.addContentTypeParser("*", { parseAs: "string", bodyLimit: 10_000 }, (_request, body, done) => done(null, body))

    app.get<Asked>("/mail/confirmation/:token", open, async (request, reply) => {
      await limits.take(request, "mail-link")
      const { token } = request.params
      return sendPage(request, reply, ConfirmPage({ mail: await readLink(ctx, token, "confirmation"), token }))
    })

    app.post<Asked>("/mail/confirmation/:token", open, async (request, reply) => {
      await limits.take(request, "mail-link")
      const frequency = new URLSearchParams(String(request.body ?? "")).get("frequency") ?? ""
      return sendPage(request, reply, ConfirmedPage({ mail: await confirmAddress(ctx, request.params.token, frequency) }))
    })

    app.get<Asked>("/mail/unsubscribe/:token", open, async (request, reply) => {
      await limits.take(request, "mail-link")
      const { token } = request.params
      return sendPage(request, reply, UnsubscribePage({ mail: await readLink(ctx, token, "unsubscribe"), token }))
    })

    // Mail programs of many people come from one address: no limit may keep anybody's mail coming.
    app.post<Asked>("/mail/unsubscribe/:token", open, async (request, reply) =>
      sendPage(request, reply, UnsubscribedPage({ mail: await unsubscribe(ctx, request.params.token) })),
    )
  })
}
