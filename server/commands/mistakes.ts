import { ConfigError } from "../config.ts"
import { AppError } from "../errors.ts"

/** What went wrong, in one line for whoever typed the command; a fault of ours keeps its stack. */
export function lineAbout(error: unknown): string {
  if (error instanceof ConfigError) return oneLine(error.message)
  if (error instanceof AppError) return oneLine(sentences(error))
  const { code, syscall, path, message } = error as NodeJS.ErrnoException
  if (code !== undefined && syscall !== undefined) return oneLine(`${path ? `${path}: ` : ""}${SYSTEM[code] ?? message}.`)
  return error instanceof Error ? (error.stack ?? message) : String(error)
}

function sentences(error: AppError): string {
  const problems = error.detail.problems?.map((problem) => problem.message) ?? []
  return problems.length > 1 ? problems.join(" ") : error.message
}

function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ")
}

const SYSTEM: Record<string, string> = {
  ENOENT: "there is no such file or folder",
  EISDIR: "this is a folder, and a file is needed",
  ENOTDIR: "a part of this path is a file, not a folder",
  EACCES: "this may not be read or written by this user",
  EPERM: "this may not be read or written by this user",
  EEXIST: "there is something of this name already",
  ENOSPC: "the disk is full",
  EROFS: "the disk can only be read",
  EADDRINUSE: "another program is using this address and port",
  ECONNREFUSED: "nothing answers there",
}
