import type { Work } from "./jobs/runner.ts"

/** Read this to know what is done after a response: every kind of job, and how. */
export const work: Work = {}
