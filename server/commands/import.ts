import { readFile, stat } from "node:fs/promises"
import { basename } from "node:path"
import { AppError } from "../errors.ts"
import { kinds, wiki } from "../pages/model.ts"
import { decodeText, readable, titleFromFileName } from "../transfer/model.ts"
import { type Command, note, oneOf, say, UsageError } from "./command.ts"
import { importList, listHelp, lists } from "./import-list.ts"
import { actor, withSite } from "./site.ts"

/** Bytes of a file; the text of the longest page is a fifth of it. */
const LARGEST = 8 * 1024 * 1024

const OF_PAGES = ["title", "slug", "kind", "summary", "as"]
const OF_LISTS = ["mapping", "dry-run", "report"]

export const command: Command = {
  help: `Usage: habeas import FORMAT PATH [options]

Makes a page of a file: FORMAT is html, markdown or text. Prints the new page's address;
what could not be understood is told line by line on standard error. FORMAT can also be
facilities, population or transfers: see below.

  --title TITLE      otherwise the title in the text, or the file's name; with a
                     number after it when another page has it
  --slug SLUG        the last part of the address; otherwise made of the title
  --kind KIND        facility, source or article; otherwise facility if it holds facts, else article
  --summary TEXT     stands in the history
  --as NAME          the author; otherwise the first administrator, or the site itself

${listHelp}`,
  takes: ["FORMAT", "PATH"],
  options: {
    title: { type: "string" },
    slug: { type: "string" },
    kind: { type: "string" },
    summary: { type: "string" },
    as: { type: "string" },
    mapping: { type: "string" },
    "dry-run": { type: "boolean" },
    report: { type: "string" },
  },
  async run({ args, options }) {
    const asked = oneOf("FORMAT", args.FORMAT, [...readable, ...lists])
    const list = lists.find((one) => one === asked)
    const stray = (list ? OF_PAGES : OF_LISTS).find((name) => options[name] !== undefined)
    if (stray) throw new UsageError(`The option --${stray} is not for "import ${asked}".`)
    if (list) return importList(list, args.PATH!, options)
    const format = oneOf("FORMAT", asked, readable)
    const kind = options.kind === undefined ? undefined : oneOf("--kind", options.kind, kinds)
    const { text, warnings } = await readText(args.PATH!)
    const given = Object.fromEntries(["title", "slug", "summary"].filter((name) => options[name] !== undefined).map((name) => [name, options[name]]))
    const { importPage } = await import("../transfer/actions.ts")
    const made = await withSite(async (ctx) => {
      const author = await actor(ctx, options.as)
      const fallbackTitle = titleFromFileName(basename(args.PATH!))
      const { page, warnings } = await importPage(ctx, author, { format, text, fallbackTitle, ...(kind && { kind }), ...given })
      return { address: ctx.config.baseUrl + wiki(page), warnings }
    })
    for (const warning of [...warnings, ...made.warnings]) note(`${args.PATH}: ${warning}`)
    say(made.address)
  },
}

async function readText(path: string): Promise<{ text: string; warnings: string[] }> {
  const { size } = await stat(path)
  if (size > LARGEST) throw new AppError("too-large", `${path} is larger than any page can be (${LARGEST / 1024 / 1024} MB).`)
  return decodeText(await readFile(path))
}
