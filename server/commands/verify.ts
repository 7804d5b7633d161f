import { type Command, note, say } from "./command.ts"
import { showProgress } from "./progress.ts"
import { withSite } from "./site.ts"

const FAULTY = 1

export const command: Command = {
  help: `Usage: habeas verify

Reads every revision of every page and checks that it is a valid document, that its content
has the hash it was saved under, and that each revision follows from the one before; then
uploaded files and the database itself. Lists what is wrong and exits with 1, or says that all is well.`,
  takes: [],
  async run() {
    const { verifySite } = await import("../transfer/actions.ts")
    const { pages, revisions, files, faults } = await withSite((ctx) => verifySite(ctx, showProgress("Checking")), { existing: true })
    for (const fault of faults) say(fault)
    const looked = `${count(pages, "page")}, ${count(revisions, "revision")} and ${count(files, "file")}`
    if (faults.length === 0) {
      say(`Looked at ${looked}: all is well.`)
      return
    }
    note(`Looked at ${looked}: found ${count(faults.length, "fault")}.`)
    return FAULTY
  },
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`
}
