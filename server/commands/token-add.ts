import { type Command, say } from "./command.ts"
import { withSite } from "./site.ts"

export const command: Command = {
  help: `Usage: habeas token add NAME

Prints a new bearer token with which a script acts as this person, alone on one line.
It is shown this once; only its hash is kept.`,
  takes: ["NAME"],
  async run({ args }) {
    const { issueToken } = await import("../accounts/actions.ts")
    say(await withSite((ctx) => issueToken(ctx, args.NAME!)))
  },
}
