import { readConfig } from "../config.ts"
import { type Command, say } from "./command.ts"
import { showProgress } from "./progress.ts"

export const command: Command = {
  help: `Usage: habeas backup FILE

Copies the whole site into FILE, a gzipped tar such as habeas-2026-11-23.tar.gz, while it
is served: everything saved up to one moment. An earlier backup of that name is replaced
once the new one is whole. Sessions and DATA_DIR/secret are not in it; the hashes of
passwords and tokens and people's e-mail addresses are: keep it as you keep those.`,
  takes: ["FILE"],
  // Neither migrates nor needs this program's version: a backup is what one makes before an update.
  async run({ args }) {
    const [{ explained, openDatabase }, { backUp }] = await Promise.all([import("../storage/open.ts"), import("../transfer/backup.ts")])
    const config = readConfig(process.env)
    const { db, close } = await openDatabase(config, { existing: true })
    try {
      await backUp(config, db, args.FILE!, showProgress("Backing up"))
    } catch (error) {
      throw explained(config, error)
    } finally {
      await close()
    }
    say(`Backed up to ${args.FILE}.`)
  },
}
