import { createInterface } from "node:readline"
import { Writable } from "node:stream"
import { UsageError } from "./command.ts"

/** More than any password; a file sent by mistake is not read to its end. */
const LONGEST = 10_000

/** The password on standard input: a line of a pipe or file, or typed twice on a terminal, where it does not show. Throws `UsageError`. */
export async function readPassword(): Promise<string> {
  const password = process.stdin.isTTY ? await askTwice() : await readPipe()
  if (!password) throw new UsageError("No password came on standard input. Send one: printf 'PASSWORD' | npm run -s habeas -- user add …")
  return password
}

async function readPipe(): Promise<string> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of process.stdin as AsyncIterable<Buffer>) {
    parts.push(part)
    length += part.length
    if (length > LONGEST) throw new UsageError("What came on standard input is too long for a password.")
  }
  return decode(Buffer.concat(parts)).replace(/\r?\n$/, "")
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    throw new UsageError("The password on standard input is not UTF-8 text.")
  }
}

async function askTwice(): Promise<string> {
  const password = await ask("Password: ")
  if ((await ask("The same again: ")) !== password) throw new UsageError("The two passwords are not the same.")
  return password
}

// Readline knows how to edit a line; what it would echo goes nowhere.
function ask(question: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  process.stderr.write(question)
  return new Promise((done, refuse) => {
    lines.once("line", (line) => {
      done(line)
      lines.close()
    })
    lines.once("SIGINT", () => refuse(new UsageError("Stopped; nothing was changed.")))
    lines.once("close", () => {
      process.stderr.write("\n")
      refuse(new UsageError("No password was typed."))
    })
  })
}
