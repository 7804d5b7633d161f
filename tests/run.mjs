// Every check there is, in order; stops at the first that fails. The last line is "N passed, N failed".
import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { findChromium, missing } from "./helpers/find-chromium.mjs"

const root = join(dirname(fileURLToPath(import.meta.url)), "..")
const reports = mkdtempSync(join(tmpdir(), "habeas-tests-"))
const total = { passed: 0, failed: 0 }
const started = performance.now()

const steps = {
  types: () => run("npm", ["run", "-s", "types"]),
  lint: () => run("npm", ["run", "-s", "lint"]),
  "a browser to test with": getChromium,
  "unit, architecture, integration on both engines": () => vitest("engines", ["unit", "sqlite", "postgres"]),
  "the real browser": () => vitest("browser", ["browser"]),
}

for (const [name, step] of Object.entries(steps)) {
  const began = performance.now()
  console.log(`\n== ${name}`)
  if (!step()) {
    total.failed ||= 1
    console.log(`\nStopped: ${name} failed.`)
    break
  }
  console.log(`== ${name}: ${seconds(began)} s`)
}
rmSync(reports, { recursive: true, force: true })
console.log(`\nAll of it took ${seconds(started)} s.`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 ? 0 : 1

function run(command, args) {
  return spawnSync(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] }).status === 0
}

function vitest(name, projects) {
  const report = join(reports, `${name}.json`)
  const args = ["node_modules/vitest/vitest.mjs", "run", "--config", "tests/vitest.config.ts"]
  args.push(...projects.flatMap((project) => ["--project", project]), "--reporter=default", "--reporter=json", `--outputFile.json=${report}`)
  const ended = run(process.execPath, args)
  const { passed, failed, idle } = count(report)
  total.passed += passed
  total.failed += failed
  // A test that does not run proves nothing, whatever the runner says of it.
  if (idle > 0) console.log(`${idle} tests did not run.`)
  return ended && failed === 0 && idle === 0 && passed > 0
}

function count(report) {
  let results
  try {
    results = JSON.parse(readFileSync(report, "utf8"))
  } catch {
    return { passed: 0, failed: 1, idle: 0 }
  }
  // A file that could not even be read has no tests that could fail.
  const broken = results.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + broken,
    idle: results.numPendingTests + results.numTodoTests,
  }
}

function getChromium() {
  if (!findChromium()) install()
  const found = findChromium()
  console.log(found ?? missing)
  return found !== null
}

function install() {
  const mayInstall = process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0
  const apt = (...args) => run("apt-get", ["-q", "-o", "Dpkg::Use-Pty=0", ...args])
  const add = (name) => apt("install", "-y", "--no-install-recommends", name, "fonts-dejavu-core")
  process.env.DEBIAN_FRONTEND = "noninteractive"
  if (mayInstall && apt("update") && (add("chromium-headless-shell") || add("chromium"))) return
  run("npx", ["playwright-core", "install", "chromium"])
}

function seconds(since) {
  return ((performance.now() - since) / 1000).toFixed(0)
}
