// Builds and runs `differences.ts`, in a process of its own, so that nothing else's work is in its figures.
import { build } from "esbuild"
import { execFileSync } from "node:child_process"
import { rmSync } from "node:fs"
import { join } from "node:path"
import { root } from "./site.mjs"

/** Milliseconds of the processor: `large` and `small` as the functions of that name say. */
export async function differences() {
  // Beside the packages, where the program finds them.
  const file = join(root, "node_modules", `.bench-differences-${process.pid}.mjs`)
  try {
    await build({
      absWorkingDir: root,
      entryPoints: ["tests/bench/differences.ts"],
      outfile: file,
      bundle: true,
      packages: "external",
      platform: "node",
      target: "node20",
      format: "esm",
      jsx: "automatic",
      jsxImportSource: "preact",
      logLevel: "warning",
    })
    return JSON.parse(execFileSync(process.execPath, [file], { encoding: "utf8" }))
  } finally {
    rmSync(file, { force: true })
  }
}
