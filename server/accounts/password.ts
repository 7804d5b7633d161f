import { cpus } from "node:os"
import { type Algorithm, hash, verify } from "@node-rs/argon2"

/** OWASP's first choice for Argon2id: 19 MiB, two passes, one lane. */
const PARAMETERS = { algorithm: 2 as Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** More than any password has; normalising a megabyte of accents takes minutes. */
const LOOKED_AT = 1_000

// Hashing is meant to be slow; more at once than there are cores only makes readers wait.
const MOST_AT_ONCE = Math.max(1, cpus().length - 1)
let running = 0
const waiting: (() => void)[] = []

/** The hash to keep of a password, after NFKC so that the same password typed on another keyboard is the same. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize("NFKC"), PARAMETERS))
}

/** Whether the password is the one hashed. Takes as long for `null`, a person who does not exist. */
export async function isRightPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const right = await inTurn(() => verify(passwordHash ?? DUMMY, password.slice(0, LOOKED_AT).normalize("NFKC")))
  return right && passwordHash !== null
}

/** Whether a hash was made with weaker parameters than today's and should be made anew at the next login. */
export function isOutdated(passwordHash: string): boolean {
  return !passwordHash.startsWith("$argon2id$v=19$m=19456,t=2,p=1$")
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= MOST_AT_ONCE) await new Promise<void>((go) => waiting.push(go))
  else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

/** A hash of no password, made with the same parameters. */
const DUMMY = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
