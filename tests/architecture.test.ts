import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { dirname, join, relative, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { eventTypes } from "../server/events.ts"
import { reactions } from "../server/reactions.ts"

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..")

/** Features, each of which may use only the `model` and `actions` of those before it (DESIGN.md §1). */
const RANK = [
  "accounts", "pages", "history", "media", "comments", "linkbacks", "sources", "facts", "oversight", "directory", "search",
  "moderation", "notifications", "feeds", "transfer", "api",
]
/** What features stand on, lowest first; a layer uses only those before it. */
const LAYERS = [["errors", "events", "config", "../migrations"], ["storage", "outbound", "web"], ["jobs", "context"]]
/** What stands on everything. */
const ROOFS = ["app", "site", "main", "reactions", "work", "commands", "starter", "build"]

interface Import {
  file: string
  target: string
}

const sources = ["server", "editor", "migrations"].flatMap((folder) => filesUnder(join(root, folder)))
const imports = sources.flatMap(importsOf)

describe("the house", () => {
  it("keeps the document model free of everything else", () => {
    const strays = imports.filter(({ file, target }) => file.startsWith("editor/document/") && !target.startsWith("editor/document/"))
    expect(strays).toEqual([])
  })

  it("keeps the editor from the server", () => {
    expect(imports.filter(({ file, target }) => file.startsWith("editor/") && target.startsWith("server/"))).toEqual([])
  })

  it("enters the document model by its one door from the server", () => {
    const strays = imports.filter(
      ({ file, target }) => file.startsWith("server/") && target.startsWith("editor/") && target !== "editor/document/index.ts",
    )
    expect(strays).toEqual([])
  })

  it("imports only downward, from features to what they stand on and from later features to earlier ones", () => {
    expect(imports.filter(({ file, target }) => file.startsWith("server/") && target.startsWith("server/") && !isAllowed(file, target))).toEqual([])
  })

  it("has no circle of imports, type-only ones included", () => {
    expect(findCircle()).toEqual([])
  })

  it("speaks SQL only in stores, storage, search and jobs", () => {
    const speaks = /\.(selectFrom|insertInto|updateTable|deleteFrom)\(|from "kysely"|from "better-sqlite3"/
    const strays = serverFiles().filter((file) => speaks.test(read(file)) && !/^server\/(storage|search|jobs)\/|\/store\.ts$/.test(file))
    expect(strays).toEqual([])
  })

  it("lets one store write each table", () => {
    const writers = new Map<string, Set<string>>()
    for (const file of sources) {
      for (const [, table = ""] of read(file).matchAll(/\.(?:insertInto|updateTable|deleteFrom)\("(\w+)"\)/g)) {
        writers.set(table, (writers.get(table) ?? new Set()).add(file))
      }
    }
    expect([...writers].filter(([, files]) => files.size > 1).map(([table, files]) => [table, ...files])).toEqual([])
  })

  it("names engines only where they are chosen and spoken to", () => {
    const strays = serverFiles().filter(
      (file) => /\b(sqlite|postgres)\b/i.test(withoutComments(read(file))) && !/^server\/(storage|search)\/|^server\/(config|site)\.ts$/.test(file),
    )
    expect(strays.filter((file) => !/^server\/(transfer|commands|web\/errors)/.test(file))).toEqual([])
  })

  it("lets only jobs reach the network", () => {
    expect(imports.filter(({ file, target }) => target.includes("outbound/safe-fetch") && !file.endsWith("-job.ts"))).toEqual([])
    const strays = serverFiles().filter((file) => /\bfetch\(|from "undici"|from "node:(https|tls)"|import \{[^}]*\bconnect\b[^}]*\} from "node:net"|import \{[^}]*\b(request|get|Agent)\b[^}]*\} from "node:http"/.test(read(file)) && !file.startsWith("server/outbound/"))
    expect(strays).toEqual([])
  })

  it("lets ready markup in by one door", () => {
    expect(sources.filter((file) => read(file).includes("dangerouslySetInnerHTML"))).toEqual(["server/web/html.tsx"])
  })

  it("says of every event what it leads to", () => {
    expect(Object.keys(reactions).sort()).toEqual([...eventTypes].sort())
  })

  it("keeps the top level small", () => {
    const allowed = ["package.json", "package-lock.json", "tsconfig.json", "server", "editor", "migrations", "tests", "README.md", "dist", "node_modules", "data"]
    expect(readdirSync(root).filter((name) => !name.startsWith(".") && !allowed.includes(name))).toEqual([])
  })
})

function isAllowed(file: string, target: string): boolean {
  const [from, to] = [roomOf(file), roomOf(target)]
  if (from === to || ROOFS.includes(from)) return true
  if (ROOFS.includes(to)) return false
  const [fromRank, toRank] = [RANK.indexOf(from), RANK.indexOf(to)]
  if (fromRank >= 0 && toRank >= 0) return toRank < fromRank && /\/(model|actions)\.ts$/.test(target)
  return toRank < 0 && (fromRank >= 0 || layerOf(to) <= layerOf(from))
}

function layerOf(room: string): number {
  return LAYERS.findIndex((layer) => layer.includes(room))
}

function roomOf(file: string): string {
  const [, room = ""] = file.split("/")
  return room.replace(/\.(ts|tsx|mjs)$/, "")
}

function findCircle(): string[] {
  const next = new Map<string, string[]>()
  for (const { file, target } of imports) next.set(file, [...(next.get(file) ?? []), target])
  const done = new Set<string>()
  const visit = (file: string, path: string[]): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return []
    for (const target of next.get(file) ?? []) {
      const circle = visit(target, [...path, file])
      if (circle.length > 0) return circle
    }
    done.add(file)
    return []
  }
  for (const file of next.keys()) {
    const circle = visit(file, [])
    if (circle.length > 0) return circle
  }
  return []
}

function importsOf(file: string): Import[] {
  const found = [...read(file).matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)]
  return found.map(([, target = ""]) => ({ file, target: relative(root, resolve(root, dirname(file), target)) })).filter(({ target }) => existsSync(join(root, target)))
}

function serverFiles(): string[] {
  return sources.filter((file) => file.startsWith("server/"))
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[^]*?\*\//g, "").replace(/\/\/.*/g, "")
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return filesUnder(path)
    return /\.(ts|tsx)$/.test(name) ? [relative(root, path)] : []
  })
}

function read(file: string): string {
  return readFileSync(join(root, file), "utf8")
}
