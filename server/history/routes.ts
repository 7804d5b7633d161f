import type { FastifyInstance } from "fastify"
import type { Context } from "../context.ts"
import type { Web } from "../web/web.ts"

/** A page's past: its revisions, the differences between them, and going back. */
export function historyRoutes(_app: FastifyInstance, _ctx: Context, _web: Web): void {}
