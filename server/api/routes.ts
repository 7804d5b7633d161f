import swagger, { type FastifyDynamicSwaggerOptions } from "@fastify/swagger"
import type { FastifyInstance } from "fastify"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import { LICENCE } from "../facts/model.ts"
import { renderDocument } from "../web/html.tsx"
import type { Web } from "../web/web.ts"
import { authorshipCalls } from "./authorship-calls.ts"
import { useBearerTokens } from "./bearer.ts"
import { type Description, DocsPage } from "./docs.tsx"
import { factCalls } from "./fact-calls.ts"
import { findingCalls } from "./finding-calls.ts"
import { refuseOtherMethods } from "./methods.ts"
import { moderationCalls } from "./moderation-calls.ts"
import { pageCalls } from "./page-calls.ts"
import { revisionCalls } from "./revision-calls.ts"
import { named, ref } from "./schemas.ts"
import { talkCalls } from "./talk-calls.ts"

const PREFIX = "/api/v1"

/** The JSON API (CONTRACT): no sessions, no forms, bearer tokens; described by the same schemas that check it. */
export function apiRoutes(app: FastifyInstance, ctx: Context, web: Web): void {
  let describe = () => ({}) as Description

  app.register(
    async (api) => {
      // Only JSON comes in: a form that another site makes a browser send is not understood, whatever it holds.
      api.removeContentTypeParser("application/x-www-form-urlencoded")
      api.addHook("onRoute", (route) => {
        route.config = { ...route.config, csrf: "none" }
        if (route.schema) route.schema.response = { ...(route.schema.response as object), "4xx": refused }
      })
      useBearerTokens(api, ctx)
      nameFields(api)
      for (const schema of named) api.addSchema(schema)
      await api.register(swagger, description(ctx.config.baseUrl))
      const refuseOthers = refuseOtherMethods(api)
      for (const calls of [pageCalls, revisionCalls, authorshipCalls, talkCalls, factCalls, findingCalls, moderationCalls]) calls(api, ctx, web)
      api.get("/openapi.json", { schema: { hide: true } }, (_request, reply) =>
        reply.header("cache-control", "public, no-cache").type("application/json; charset=utf-8").send(JSON.stringify(api.swagger())),
      )
      refuseOthers()
      describe = () => api.swagger() as Description
    },
    { prefix: PREFIX },
  )

  app.get(`${PREFIX}/docs`, (request, reply) =>
    web.cache.serve(request, reply, `${PREFIX}/docs`, async () => ({ html: renderDocument(DocsPage({ api: describe() })), page: "docs" })),
  )
}

const refused = {
  description: "Refused, with the reason",
  content: { "application/problem+json": { schema: ref("Problem") } },
}

/** What does not fit a schema is `malformed`, and names the field. */
function nameFields(api: FastifyInstance): void {
  api.setSchemaErrorFormatter((errors, place) => {
    const problems = errors.map(({ instancePath, params, message = "is not right" }) => {
      const missing = typeof params.missingProperty === "string" ? params.missingProperty : ""
      const field = [...instancePath.split("/").filter(Boolean), missing].filter(Boolean).join(".") || place
      const allowed = Array.isArray(params.allowedValues) ? `must be one of ${params.allowedValues.join(", ")}` : message
      return { field, message: missing ? `${field} is missing.` : `${field} ${allowed}.` }
    })
    return new AppError("malformed", `The request is not of the expected shape: ${problems[0]!.message}`, { problems })
  })
}

function description(baseUrl: string): FastifyDynamicSwaggerOptions {
  return {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Habeas",
        version: "1",
      license: { name: `Facts: ${LICENCE.name}`, url: LICENCE.url },
        description:
          "The public record of immigration detention facilities, for programs. Reading needs no token; writing needs one, sent as " +
          "`Authorization: Bearer TOKEN`. Lists are `{items, next}`: send `next` as `after` to go on. Times are ISO 8601, UTC. " +
          "Errors are `application/problem+json`. Unknown members of a body are ignored.",
      },
      servers: [{ url: baseUrl }],
      components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
      security: [{}, { token: [] }],
    },
    refResolver: { buildLocalReference: (json, _base, _fragment, index) => String(json.$id ?? `shape-${index}`) },
  }
}
