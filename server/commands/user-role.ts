import { roles } from "../accounts/model.ts"
import { type Command, oneOf, say } from "./command.ts"
import { withSite } from "./site.ts"

export const command: Command = {
  help: `Usage: habeas user role NAME ROLE

Gives an account another role: editor, moderator or administrator. It counts at once,
also for people who are logged in.`,
  takes: ["NAME", "ROLE"],
  async run({ args }) {
    const role = oneOf("ROLE", args.ROLE, roles)
    const { changeRole } = await import("../accounts/actions.ts")
    await withSite((ctx) => changeRole(ctx, args.NAME!, role))
    say(`The role of ${args.NAME} is ${role} now.`)
  },
}
