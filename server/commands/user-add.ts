import { roles } from "../accounts/model.ts"
import { type Command, oneOf, say } from "./command.ts"
import { readPassword } from "./password.ts"
import { withSite } from "./site.ts"

export const command: Command = {
  help: `Usage: habeas user add NAME --role ROLE [--email ADDRESS]

Makes an account. The password is read from standard input: type it, or send it through
a pipe, as in  printf 'PASSWORD' | npm run -s habeas -- user add Ana --role moderator

  --role ROLE       editor, moderator or administrator
  --email ADDRESS   where notices may be sent; nobody else sees it`,
  takes: ["NAME"],
  options: { role: { type: "string" }, email: { type: "string" } },
  async run({ args, options }) {
    const role = oneOf("--role", options.role, roles)
    const { register } = await import("../accounts/actions.ts")
    const password = await readPassword()
    const email = typeof options.email === "string" ? options.email : ""
    const account = await withSite((ctx) => register(ctx, { username: args.NAME!, password, role, email }))
    say(`Made the account ${account.name}; its role is ${role}.`)
  },
}
