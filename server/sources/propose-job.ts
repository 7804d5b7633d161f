import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import type { Job, Kind } from "../jobs/runner.ts"
import { safeFetch } from "../outbound/safe-fetch.ts"
import { type Proposal } from "./model.ts"
import { readHead } from "./read-head.ts"
import { keepProposal } from "./store.ts"

const ACCEPT = "text/html, application/xhtml+xml;q=0.9"

/** Asks an address what it is, for somebody who wants to cite it and waits. */
export const proposeJob: Kind = { run: propose, attempts: 1, atOnce: 2 }

async function propose(ctx: Context, { body, signal }: Job): Promise<void> {
  const address = String(body.address)
  const proposal = await ask(ctx, address, signal)
  await ctx.db.write((tx) => keepProposal(tx, proposal, ctx.clock().toISOString()))
}

async function ask(ctx: Context, address: string, signal: AbortSignal): Promise<Proposal> {
  const failed: Proposal = { address, state: "failed", title: "", publisher: "", publishedOn: "" }
  try {
    const { status, type, headers, body } = await safeFetch(ctx.config, address, { headers: { accept: ACCEPT }, signal })
    if (status >= 400 || !/^(?:text\/html|application\/xhtml\+xml)$/.test(type)) return failed
    const charset = /charset\s*=\s*"?([\w-]{1,40})/i.exec(headers["content-type"]?.[0] ?? "")?.[1] ?? "utf-8"
    const head = readHead(decoded(body, charset))
    return head.title === "" ? failed : { address, state: "found", ...head }
  } catch (error) {
    if (error instanceof AppError) return failed
    throw error
  }
}

function decoded(body: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(body)
  } catch {
    return body.toString("utf8")
  }
}
