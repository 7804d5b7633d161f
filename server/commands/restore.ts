import { readConfig } from "../config.ts"
import { type Command, say } from "./command.ts"
import { showProgress } from "./progress.ts"

export const command: Command = {
  help: `Usage: habeas restore FILE [--replace]

Puts a backup in place of the site in DATA_DIR, which must be stopped. The backup is
unpacked and checked in full first; if anything is wrong, nothing is changed.

  --replace   when there is a site already: moves it aside, into a folder of DATA_DIR`,
  takes: ["FILE"],
  options: { replace: { type: "boolean" } },
  async run({ args, options }) {
    const { restore } = await import("../transfer/restore.ts")
    const how = { replace: options.replace === true, now: new Date() }
    const { manifest, aside } = await restore(readConfig(process.env), args.FILE!, how, showProgress("Restoring"))
    say(`Restored the site as it was at ${manifest.createdAt}.`)
    if (aside) say(`What was there before is in ${aside}; remove it when you no longer need it.`)
  },
}
