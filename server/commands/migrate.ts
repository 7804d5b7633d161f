import { pino } from "pino"
import { readConfig } from "../config.ts"
import { type Command, say } from "./command.ts"

export const command: Command = {
  help: `Usage: habeas migrate

Makes the database if there is none, or brings it up to the version of this program.
A database of a newer program is left as it is.`,
  takes: [],
  async run() {
    const [{ openSite }, { SCHEMA_VERSION }] = await Promise.all([import("../site.ts"), import("../storage/migrate.ts")])
    const site = await openSite(readConfig(process.env), pino({ level: "silent" }))
    await site.close()
    say(`The database is at version ${SCHEMA_VERSION}.`)
  },
}
