import { createRequire } from "node:module"
import type * as Argon2 from "@node-rs/argon2"

// Imported it would be this file again (tests/vitest.config.ts).
const real = createRequire(import.meta.url)("@node-rs/argon2") as typeof Argon2

// A hash takes 20 ms by design, and most tests begin with people who log in. So the password that all of them have
// (helpers/site.ts) is hashed once in each worker, and the same password is compared with the same hash once.
const OF_EVERYBODY = "a long walk by the canal"
let hashed: Promise<string> | undefined
const compared = new Map<string, Promise<boolean>>()

export const hash: typeof real.hash = (password, options, signal) =>
  password === OF_EVERYBODY ? (hashed ??= real.hash(password, options)) : real.hash(password, options, signal)

export const verify: typeof real.verify = (kept, password) => {
  const pair = `${kept} ${password}`
  if (!compared.has(pair)) compared.set(pair, real.verify(kept, password))
  return compared.get(pair)!
}
