import { pino } from "pino"
import { readConfig } from "../config.ts"
import type { Context } from "../context.ts"
import type { User } from "../web/viewer.ts"

// The site is loaded only when a command does its work, here and in each command: a mistake on the command line is told at once.

/** Runs a command's work over the site that the variables name, and closes it. `existing`: as `openSite` says. */
export async function withSite<T>(work: (ctx: Context) => Promise<T>, { existing = false } = {}): Promise<T> {
  // The answer of a command goes to standard output, so what is logged does not.
  const log = pino({ level: "warn", base: undefined }, pino.destination(2))
  const [{ openSite }, { explained }] = await Promise.all([import("../site.ts"), import("../storage/open.ts")])
  const site = await openSite(readConfig(process.env), log, { existing })
  try {
    return await work(site.ctx)
  } catch (error) {
    throw explained(site.ctx.config, error)
  } finally {
    await site.close()
  }
}

/** Whom a command acts as: the person named, or else whoever has administered the site longest, or else the site itself. Throws `not-found`. */
export async function actor(ctx: Context, name: unknown): Promise<User> {
  const { findAccount, firstAdministrator, siteAccount } = await import("../accounts/actions.ts")
  if (typeof name === "string") return findAccount(ctx, name)
  return (await firstAdministrator(ctx)) ?? siteAccount(ctx)
}
