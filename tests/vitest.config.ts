import { existsSync, statfsSync } from "node:fs"
import { availableParallelism } from "node:os"
import { defineConfig } from "vitest/config"

const root = new URL("..", import.meta.url).pathname
const resolve = { alias: { "@node-rs/argon2": `${root}tests/helpers/argon2.ts` } }
const oxc = { jsx: { runtime: "automatic" as const, importSource: "preact" } }

// The server's tests run twice, once on each engine, so that its SQL stays portable.
const engine = (name: "sqlite" | "postgres") => ({
  root,
  oxc,
  resolve,
  test: {
    name,
    include: ["tests/server/**/*.test.{ts,tsx}"],
    // Child processes and database files: the same whichever engine the rest is tried on.
    exclude: name === "postgres" ? ["tests/server/commands/**", "tests/server/storage/sqlite.test.ts"] : [],
    env: { TEST_ENGINE: name, ...quickFolder() },
    // Files share a worker and with it PostgreSQL and the loaded site: each opens a database of its own, and all take a third of the time.
    isolate: false,
    globalSetup: ["tests/helpers/build.ts"],
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
})

/** Memory for the files of tests, where there is plenty: every save waits for its disk, and hundreds of sites save at once. */
function quickFolder(): { TMPDIR?: string } {
  const memory = "/dev/shm"
  if (!existsSync(memory)) return {}
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize > 4 * 1024 ** 3 ? { TMPDIR: memory } : {}
}

export default defineConfig({
  test: {
    // The runner would leave one of two processors idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        root,
        oxc,
        test: { name: "unit", include: ["tests/*.test.ts", "tests/editor/**/*.test.ts"], testTimeout: 60_000, isolate: false },
      },
      engine("sqlite"),
      engine("postgres"),
      {
        root,
        oxc,
        resolve,
        test: {
          name: "browser",
          include: ["tests/browser/**/*.test.ts"],
          env: quickFolder(),
          isolate: false,
          globalSetup: ["tests/helpers/build.ts"],
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
