import type { ParseArgsConfig } from "node:util"

/** What was typed after the name of a command, already checked against what the command takes. */
export interface Typed {
  /** The arguments by their names in `takes`; all of them are there. */
  args: Record<string, string>
  options: Record<string, string | boolean | undefined>
}

/** One command, as its file exports it. */
export interface Command {
  /** What `--help` prints: how it is called, what it does, its options. */
  help: string
  /** Names of its arguments, in order; none can be left out. */
  takes: string[]
  options?: NonNullable<ParseArgsConfig["options"]>
  /** Does the work. Resolves to the exit status, 0 when it says nothing. */
  run(typed: Typed): Promise<number | void>
}

/** The command was called wrongly; the message says how, in one line. */
export class UsageError extends Error {}

/** A value out of a short list, or a `UsageError` that names the list. */
export function oneOf<T extends string>(what: string, value: unknown, list: readonly T[]): T {
  const found = list.find((item) => item === value)
  if (found !== undefined) return found
  const wanted = `${list.slice(0, -1).join(", ")} or ${list.at(-1)}`
  throw new UsageError(value === undefined ? `${what} is missing: ${wanted}.` : `${what} is ${wanted}, not "${String(value)}".`)
}

/** A line of a command's answer. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** A line about the work: warnings, what to look at. Never part of the answer. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`)
}
