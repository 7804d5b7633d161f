import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import type { FastifyInstance } from "fastify"
import { notFound } from "../errors.ts"
import { pickEncoding } from "./encoding.ts"

// Found from the sources and from `dist/` alike: the folder that holds package.json.
const root = (() => {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder)
  return folder
})()

const folder = join(root, "dist", "assets")
const TYPES: Record<string, string> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
  map: "application/json",
}

interface Asset {
  type: string
  bytes: Record<"br" | "gzip" | "identity", Buffer>
}

let manifest: Record<string, string> | undefined

/** The address of a built file, by its plain name; it changes with the content, so browsers may keep it for ever. */
export function assetUrl(name: string): string {
  return `/assets/${builtFile(name)}`
}

/** A small built file as the address of itself, for what is not worth a request of its own. */
export function assetInAddress(name: string): string {
  const written = readFileSync(join(folder, builtFile(name)), "utf8").trim()
  return `data:${TYPES[extension(name)]},${written.replace(/[^\w/:=.,-]/g, encodeURIComponent)}`
}

/** Serves the built files from memory; the build has compressed them. */
export function serveAssets(app: FastifyInstance): void {
  const files = readdirSync(folder).filter((file) => !/\.(?:br|gz)$/.test(file))
  const assets = new Map(files.map((file) => [file, load(file)]))
  app.get<{ Params: { file: string } }>("/assets/:file", { config: { csrf: "none" } }, (request, reply) => {
    const asset = assets.get(request.params.file)
    if (!asset) throw notFound("file")
    const encoding = pickEncoding(request.headers["accept-encoding"])
    if (encoding !== "identity") reply.header("content-encoding", encoding)
    return reply
      .header("cache-control", "public, max-age=31536000, immutable")
      .header("vary", "accept-encoding")
      .type(asset.type)
      .send(asset.bytes[encoding])
  })
}

function builtFile(name: string): string {
  manifest ??= JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Record<string, string>
  const file = manifest[name]
  if (!file) throw new Error(`There is no built file "${name}"; run "npm run build".`)
  return file
}

function load(file: string): Asset {
  const path = join(folder, file)
  return {
    type: TYPES[extension(file)] ?? "application/octet-stream",
    bytes: { identity: readFileSync(path), br: readFileSync(`${path}.br`), gzip: readFileSync(`${path}.gz`) },
  }
}

function extension(file: string): string {
  return file.slice(file.lastIndexOf(".") + 1)
}
