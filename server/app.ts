import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify"
import { accountRoutes } from "./accounts/routes.ts"
import { useSessions } from "./accounts/sessions.ts"
import { commentsPanel } from "./comments/panel.tsx"
import { commentRoutes } from "./comments/routes.ts"
import { type Context, derive } from "./context.ts"
import { healthRoutes } from "./api/health.ts"
import { apiRoutes } from "./api/routes.ts"
import { checksTeller, factNotes, factsPanel } from "./facts/panel.tsx"
import { checkingRoutes } from "./facts/queue/routes.ts"
import { factRoutes } from "./facts/routes.ts"
import { nearbyPanel, populationPanel } from "./directory/panels.tsx"
import { directoryRoutes } from "./directory/routes.ts"
import { feedPanel } from "./feeds/panel.tsx"
import { feedRoutes } from "./feeds/routes.ts"
import { changeRoutes } from "./history/change-routes.ts"
import { citePanel } from "./history/panel.tsx"
import { Readings } from "./history/readings.ts"
import { returningRoutes } from "./history/returning-routes.ts"
import { historyRoutes } from "./history/routes.ts"
import { citeRoutes, sinceRoutes } from "./history/since-routes.ts"
import { linkbacksPanel, linkbackTeller } from "./linkbacks/panel.tsx"
import { linkbackRoutes } from "./linkbacks/routes.ts"
import { mediaPanel, mediaTeller } from "./media/panel.tsx"
import { mediaRoutes, UPLOAD_TIMEOUT } from "./media/routes.ts"
import { proposalsPanel, reviewPanel } from "./moderation/proposals/panel.tsx"
import { moderationRoutes } from "./moderation/routes.ts"
import { oversightPanel } from "./oversight/panel.tsx"
import { oversightRoutes } from "./oversight/routes.ts"
import { blockRoutes } from "./moderation/blocks/routes.ts"
import { blocksPanel } from "./moderation/blocks/views.tsx"
import { revertsPanel } from "./moderation/reverts/panel.tsx"
import { revertRoutes } from "./moderation/reverts/routes.ts"
import { bulkRoutes } from "./moderation/bulk/routes.ts"
import { logRoutes } from "./moderation/log/routes.ts"
import { maskingRoutes } from "./moderation/masking/routes.ts"
import { reportRoutes } from "./moderation/reports/routes.ts"
import { ruleRoutes } from "./moderation/rules/routes.ts"
import { spamRoutes } from "./moderation/spam/routes.ts"
import { redactionRoutes } from "./moderation/redaction/routes.ts"
import { reviewTeller } from "./moderation/teller.tsx"
import { trustPanel } from "./moderation/trust/panel.tsx"
import { attemptsPanel } from "./pages/attempts/panel.tsx"
import { authorshipRoutes } from "./pages/authorship/routes.ts"
import { draftsPanel } from "./pages/drafts/panel.tsx"
import { draftRoutes } from "./pages/drafts/routes.ts"
import { factFormRoutes } from "./pages/fact-form/routes.ts"
import { resumeWriting } from "./pages/resume.ts"
import { pageRoutes } from "./pages/routes.ts"
import { searchRoutes } from "./search/routes.ts"
import { citedByPanel } from "./sources/panel.tsx"
import { sourceRoutes } from "./sources/routes.ts"
import { watchingPanel, watchPanel } from "./notifications/panel.tsx"
import { notificationRoutes } from "./notifications/routes.ts"
import { serveAssets } from "./web/assets.ts"
import { acceptBodies } from "./web/body.ts"
import { protectForms } from "./web/csrf.ts"
import { answerErrors, answerRouter } from "./web/errors.tsx"
import { refuseFloods } from "./web/floods.ts"
import { addHeaders, pathOf, refuseOddRequests, securityHeaders } from "./web/headers.ts"
import { lazySchemas } from "./web/lazy-schemas.ts"
import { createLimits } from "./web/limits.ts"
import { PageCache } from "./web/page-cache.ts"
import { shareAmongWorkers } from "./web/fellow-workers.ts"
import { Presence } from "./web/presence.ts"
import { endSlowBodies } from "./web/slow-bodies.ts"
import type { Web } from "./web/web.ts"

/** Larger than any page or form; uploads have a limit of their own. */
const BODY_LIMIT = 1024 * 1024
/** A request that takes longer to arrive holds a connection hostage; uploads are waited for longer, and never longer than Node waits. */
const BODY_TIMEOUT = 30_000
const REQUEST_TIMEOUT = UPLOAD_TIMEOUT
const CONNECTION_TIMEOUT = 60_000
/** How often Node looks for requests that are late; its default would let them hold on half a minute longer. */
const CONNECTIONS_CHECK = 5_000
const KEEP_ALIVE_TIMEOUT = 10_000
/** Above the longest slug, so that a long one is "no such page" by decision, not by accident. */
const MAX_PARAM_LENGTH = 1_000

/** The whole site over a context: every feature named once, in the order of their rank (DESIGN.md §1). */
export async function createApp(ctx: Context, secret: string): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: ctx.log as FastifyBaseLogger,
    // Fastify's own request lines carry addresses and search terms.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT,
    connectionTimeout: CONNECTION_TIMEOUT,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT,
    trustProxy: ctx.config.trustProxy.length > 0 ? ctx.config.trustProxy : false,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH, ignoreTrailingSlash: true },
    schemaController: { compilersFactory: lazySchemas() },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
    genReqId: ctx.ids,
    rewriteUrl: pathOf,
    frameworkErrors: answerRouter(ctx.config),
    // Fastify's own 503 lacks the headers of every answer; see web/connections.ts.
    return503OnClosing: false,
    http: { connectionsCheckingInterval: CONNECTIONS_CHECK, requireHostHeader: false },
    forceCloseConnections: "idle",
  })
  const readings = new Readings(ctx)
  app.addHook("onClose", () => readings.write())
  const cache = new PageCache(ctx.db, ctx.clock, securityHeaders(ctx.config))
  const presence = new Presence(ctx.clock, (pageId) => cache.forget(pageId))
  shareAmongWorkers(app, presence)
  const web: Web = {
    limits: createLimits(ctx.config.limits, ctx.clock),
    cache,
    panels: [
      reviewPanel(ctx),
      watchPanel,
      factsPanel(ctx),
      populationPanel(ctx),
      oversightPanel(ctx),
      nearbyPanel(ctx),
      citedByPanel(ctx),
      mediaPanel(ctx),
      commentsPanel(ctx),
      linkbacksPanel(ctx),
      feedPanel,
      citePanel,
    ],
    factNotes: factNotes(ctx),
    tellers: [mediaTeller(ctx), linkbackTeller(ctx), reviewTeller(ctx), checksTeller(ctx)],
    presence,
    noteReading: (userId, slug) => readings.note(userId, slug),
    personPanels: [trustPanel(ctx), revertsPanel],
    accountPanels: [watchingPanel(ctx), proposalsPanel(ctx), (user) => trustPanel(ctx)(user, user), blocksPanel(ctx), draftsPanel(ctx), attemptsPanel(ctx)],
    resume: (request, reply, form) => resumeWriting(ctx, request, reply, form),
  }

  refuseOddRequests(app, ctx.config)
  refuseFloods(app, web.limits, ctx.config)
  endSlowBodies(app, BODY_TIMEOUT)
  web.cache.hook(app)
  addHeaders(app, ctx.config)
  acceptBodies(app)
  answerErrors(app)
  serveAssets(app)
  await useSessions(app, ctx, derive(secret, "sessions"))
  await protectForms(app, ctx.config, derive(secret, "forms"))

  accountRoutes(app, ctx, web)
  pageRoutes(app, ctx, web)
  draftRoutes(app, ctx, web)
  factFormRoutes(app, ctx, web)
  authorshipRoutes(app, ctx, web)
  historyRoutes(app, ctx, web)
  returningRoutes(app, ctx, web)
  sinceRoutes(app, ctx, readings)
  citeRoutes(app, ctx)
  changeRoutes(app, ctx, web)
  mediaRoutes(app, ctx, web)
  commentRoutes(app, ctx, web)
  linkbackRoutes(app, ctx, web)
  sourceRoutes(app, ctx, web)
  factRoutes(app, ctx, web)
  checkingRoutes(app, ctx, web)
  oversightRoutes(app, ctx, web)
  directoryRoutes(app, ctx, web)
  searchRoutes(app, ctx, web)
  moderationRoutes(app, ctx, web)
  logRoutes(app, ctx, web)
  redactionRoutes(app, ctx)
  ruleRoutes(app, ctx, web)
  maskingRoutes(app, ctx)
  bulkRoutes(app, ctx)
  revertRoutes(app, ctx, web)
  blockRoutes(app, ctx)
  spamRoutes(app, ctx)
  reportRoutes(app, ctx, web)
  notificationRoutes(app, ctx, web)
  feedRoutes(app, ctx, web)
  apiRoutes(app, ctx, web)
  healthRoutes(app, ctx, web)
  return app
}
