import { execFileSync } from "node:child_process"

/** Before the tests: the bundles that pages name, built when sources are newer. */
export default function build(): void {
  execFileSync(process.execPath, ["server/build.mjs", "--if-stale"], { stdio: "inherit" })
}
