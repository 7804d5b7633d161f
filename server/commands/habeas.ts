import { parseArgs } from "node:util"
import { setFlagsFromString } from "node:v8"
import { type Command, note, say, type Typed, UsageError } from "./command.ts"
import { lineAbout } from "./mistakes.ts"

interface Entry {
  summary: string
  /** Only the command that runs is read from disk: the server starts sooner. */
  load(): Promise<{ command: Command }>
}

const commands: Record<string, Entry> = {
  serve: { summary: "Serves the site until it is told to stop", load: () => import("./serve.ts") },
  migrate: { summary: "Makes the database or brings it up to date", load: () => import("./migrate.ts") },
  "user add": { summary: "Makes an account; the password comes on standard input", load: () => import("./user-add.ts") },
  "user role": { summary: "Gives an account another role", load: () => import("./user-role.ts") },
  "token add": { summary: "Prints a new bearer token for scripts, once", load: () => import("./token-add.ts") },
  import: { summary: "Makes a page of a file: html, markdown or text", load: () => import("./import.ts") },
  export: { summary: "Writes the pages as files: markdown, html or json", load: () => import("./export.ts") },
  backup: { summary: "Copies the whole site into one file, while it is served", load: () => import("./backup.ts") },
  restore: { summary: "Puts a backup in place of the site, while it is stopped", load: () => import("./restore.ts") },
  compact: { summary: "Keeps earlier texts of pages in less room", load: () => import("./compact.ts") },
  verify: { summary: "Checks that every revision is whole and unaltered", load: () => import("./verify.ts") },
  reindex: { summary: "Makes search and the lists of facts anew from the pages", load: () => import("./reindex.ts") },
}

const MISUSED = 2
const FAILED = 1

// What is made for a page or a save is dropped at once: a young generation that stays at 1 MB holds 70 MB less under load and serves no
// fewer readers. So little is collected by one thread in half the time that several take to agree.
setFlagsFromString("--no-parallel-scavenge")
setFlagsFromString("--semi-space-growth-factor=1")
// Of what a save leaves behind little lives on: the heap may grow by a third between two collections, not to several times what is used.
setFlagsFromString("--heap-growing-percent=30")

process.stdout.on("error", leaveQuietly)
process.exitCode = await main(process.argv.slice(2))

async function main(words: string[]): Promise<number> {
  const [first = "", second = ""] = words
  if (["", "help", "-h", "--help"].includes(first)) {
    if (first) say(overview())
    else note(overview())
    return first ? 0 : MISUSED
  }
  const name = [`${first} ${second}`, first].find((wanted) => Object.hasOwn(commands, wanted))
  if (name === undefined) return refuse(unknown(first, second), "habeas --help")
  try {
    const { command } = await commands[name]!.load()
    const rest = words.slice(name.split(" ").length)
    if (rest.includes("--help") || rest.includes("-h")) {
      say(command.help)
      return 0
    }
    return (await command.run(read(command, rest))) ?? 0
  } catch (error) {
    if (error instanceof UsageError) return refuse(error.message, `habeas ${name} --help`)
    note(lineAbout(error))
    return FAILED
  }
}

function read(command: Command, words: string[]): Typed {
  const { values, positionals } = parseStrictly(command, words)
  const missing = command.takes[positionals.length]
  if (missing !== undefined) throw new UsageError(`${missing} is missing.`)
  const extra = positionals[command.takes.length]
  if (extra !== undefined) throw new UsageError(`"${extra}" is one argument too many.`)
  const args = Object.fromEntries(command.takes.map((taken, index) => [taken, positionals[index]!]))
  return { args, options: values as Typed["options"] }
}

function parseStrictly(command: Command, words: string[]) {
  try {
    return parseArgs({ args: words, options: command.options ?? {}, allowPositionals: true })
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    const option = /'(?:-\w, )?(--?[^' ]+)/.exec(message)?.[1]
    if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") throw new UsageError(`There is no option ${option}.`)
    if (code === "ERR_PARSE_ARGS_INVALID_OPTION_VALUE") throw new UsageError(valueMistake(command, option ?? ""))
    throw error
  }
}

function valueMistake(command: Command, option: string): string {
  const takesText = command.options?.[option.replace(/^-+/, "")]?.type === "string"
  return takesText ? `The option ${option} needs a value.` : `The option ${option} takes no value.`
}

function unknown(first: string, second: string): string {
  const related = Object.keys(commands).filter((name) => name.startsWith(`${first} `))
  if (related.length > 0) return `After "${first}" comes ${related.map((name) => name.split(" ")[1]).join(" or ")}${second && `, not "${second}"`}.`
  return `There is no command "${first}".`
}

function refuse(sentence: string, help: string): number {
  note(`${sentence.replace(/\s+/g, " ")} See: ${help}`)
  return MISUSED
}

function overview(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length))
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
  const more = "habeas COMMAND --help tells more. Variables such as DATA_DIR and PORT are in the README."
  return ["Usage: npm run -s habeas -- COMMAND", "", ...lines, "", more].join("\n")
}

// The reader of a pipe has seen enough, as "head" has.
function leaveQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error
  process.exit(0)
}
