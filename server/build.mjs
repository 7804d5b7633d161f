// Builds what runs: `dist/habeas.js` and its chunks for the server, `dist/assets/` for browsers.
import { build } from "esbuild"
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs"
import { basename, dirname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"

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

async function buildAll() {
  rmSync(dist, { recursive: true, force: true })
  await Promise.all([buildServer(), buildAssets()])
  writeFileSync(stamp, "")
}

function buildServer() {
  return build({
    absWorkingDir: root,
    entryPoints: { habeas: "server/commands/habeas.ts" },
    outdir: dist,
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
async function buildAssets() {
  const entries = ["editor/page-editor.ts", "editor/editor.css", "server/web/site.css", "server/web/icon.svg"]
  const result = await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: join(dist, "assets"),
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    minify: true,
    platform: "browser",
    target: ["chrome100", "firefox100", "safari15.4"],
    format: "esm",
    loader: { ".svg": "copy" },
    metafile: true,
    logLevel: "warning",
  })
  const manifest = {}
  for (const [file, { entryPoint }] of Object.entries(result.metafile.outputs)) {
    if (entryPoint) manifest[basename(entryPoint).replace(/\.ts$/, ".js")] = basename(file)
  }
  for (const file of Object.keys(result.metafile.outputs)) {
    if (file.endsWith(".svg")) manifest["icon.svg"] = basename(file)
  }
  writeFileSync(join(dist, "assets", "manifest.json"), JSON.stringify(manifest))
}
