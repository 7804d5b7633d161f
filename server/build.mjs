// Builds what runs: `dist/habeas.js` and its chunks for the server, `dist/assets/` for browsers.
import { build } from "esbuild"
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs"
import { basename, dirname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { brotliCompress, gzip } from "node:zlib"

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..")
const dist = join(root, "dist")
const stamp = join(dist, "built")

if (!process.argv.includes("--if-stale") || isStale()) await buildAll()

function isStale() {
  if (!existsSync(stamp)) return true
  const built = statSync(stamp).mtimeMs
  const sources = ["server", "editor", "migrations", "package.json"].flatMap((name) => files(join(root, name)))
  return sources.some((file) => statSync(file).mtimeMs > built)
}

function files(path) {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path).flatMap((name) => files(join(path, name)))
}

// Built beside and moved into place whole: a server that starts, or tests that run, never meet half of it.
async function buildAll() {
  const began = new Date()
  const [fresh, old] = ["new", "old"].map((name) => join(root, `.dist-${name}-${process.pid}`))
  try {
    await Promise.all([buildServer(fresh), buildAssets(fresh)])
    // What runs in a thread of its own is a file of its own (server/media/pdf.ts, server/linkbacks/read-page.ts).
    for (const file of ["media/pdf-cleaner.mjs", "linkbacks/page-reader.mjs"]) copyFileSync(join(root, "server", file), join(fresh, basename(file)))
    writeFileSync(join(fresh, "built"), "")
    // What was changed while this ran may not be in it.
    utimesSync(join(fresh, "built"), began, began)
    swap(fresh, old)
  } finally {
    for (const folder of [fresh, old]) rmSync(folder, { recursive: true, force: true })
  }
}

function swap(fresh, old) {
  try {
    if (existsSync(dist)) renameSync(dist, old)
    renameSync(fresh, dist)
  } catch (error) {
    // Another process built at the same moment and was quicker; its files are as good.
    if (isStale()) throw error
  }
}

function buildServer(folder) {
  return build({
    absWorkingDir: root,
    entryPoints: { habeas: "server/commands/habeas.ts" },
    outdir: folder,
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    target: "node20",
    format: "esm",
    jsx: "automatic",
    jsxImportSource: "preact",
    sourcemap: true,
    logLevel: "warning",
  })
}

// Every file's name carries the hash of its content; the manifest leads from the plain name to it.
async function buildAssets(folder) {
  const entries = ["editor/page-editor.ts", "editor/facility-map.ts", "editor/suggest.ts", "editor/differences.ts", "editor/queue.ts", "editor/decide.ts", "editor/editor.css", "server/web/site.css", "server/web/icon.svg"]
  const options = {
    absWorkingDir: root,
    outdir: join(folder, "assets"),
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    bundle: true,
    minify: true,
    platform: "browser",
    target: ["chrome100", "firefox100", "safari15.4"],
    format: "esm",
    loader: { ".svg": "copy" },
    metafile: true,
    logLevel: "warning",
  }
  const results = await Promise.all([
    build({ ...options, entryPoints: entries, splitting: true, plugins: [inEnglish()] }),
    // Shares no chunk with the editor, so that a reader's phone asks once.
    build({ ...options, entryPoints: ["editor/reader.ts"], splitting: true }),
  ])
  const outputs = Object.assign({}, ...results.map(({ metafile }) => metafile.outputs))
  const manifest = {}
  for (const [file, { entryPoint }] of Object.entries(outputs)) {
    if (entryPoint) manifest[basename(entryPoint).replace(/\.ts$/, ".js")] = basename(file)
  }
  for (const file of Object.keys(outputs)) {
    if (file.endsWith(".svg")) manifest["icon.svg"] = basename(file)
  }
  writeFileSync(join(folder, "assets", "manifest.json"), JSON.stringify(manifest))
  await Promise.all(readdirSync(join(folder, "assets")).map((file) => compress(join(folder, "assets", file))))
}

// Whoever writes is spoken to in English: the editor leaves the other languages of the tables, Spanish and Haitian Creole, to readers.
function inEnglish() {
  const string = /"(?:[^"\\]|\\.)*"/.source
  const named = new RegExp(`,\\s*es: ${string},\\s*ht: ${string}`, "g")
  const listed = new RegExp(`\\[\\s*(${string}),\\s*${string},\\s*${string},?\\s*\\]`, "g")
  return {
    name: "in English",
    setup: ({ onLoad }) =>
      onLoad({ filter: /[\\/]document[\\/](?:vocabulary|words|hours-words)\.ts$/ }, ({ path }) => ({
        contents: readFileSync(path, "utf8").replace(named, "").replace(listed, "[$1]"),
        loader: "ts",
      })),
  }
}

// Here and not when the server starts: as small as can be takes its time.
async function compress(file) {
  const bytes = readFileSync(file)
  const [small, old] = await Promise.all([promisify(brotliCompress)(bytes), promisify(gzip)(bytes, { level: 9 })])
  writeFileSync(`${file}.br`, small)
  writeFileSync(`${file}.gz`, old)
}
