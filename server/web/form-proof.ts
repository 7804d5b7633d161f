import { createHash } from "node:crypto"

/** Quicker than anybody reads and writes, in milliseconds. */
const FASTEST = 3_000
/** A form that was open for longer is more likely kept by a program than by a person. */
const OLDEST = 2 * 86_400_000
/** Bits that have to be zero: about 130,000 tries, under a second on a phone, and dear to who sends thousands. */
export const WORK_BITS = 17

/** What a form says of itself: when it was made, sealed; and the number its browser looked for. */
export interface FormProof {
  seal: string
  nonce: string
}

/** A seal for a form made now, which only this site can make. The same for all who read the page at that time. */
export function sealForm(keyed: (text: string) => string, now: Date): string {
  const time = now.getTime().toString(36)
  return `${time}.${keyed(`form\n${time}`)}`
}

/**
 * Why a guest's form should be looked at by a person: each goes on after "it". Work is bound to the words, so that it serves for one
 * letter only; who has no script did none, and waits.
 */
export function formDoubts(keyed: (text: string) => string, now: Date, { seal, nonce }: FormProof, words: string): string[] {
  const [time = "", mac] = seal.split(".")
  const made = Number.parseInt(time, 36)
  if (!mac || mac !== keyed(`form\n${time}`) || Number.isNaN(made)) return ["was not sent with the form of the page"]
  const age = now.getTime() - made
  if (age < FASTEST) return ["was sent faster than anybody writes"]
  if (age > OLDEST) return ["was sent with a form that is days old"]
  if (nonce === "") return ["was sent without script, so that a person looks first"]
  return isWork(seal, words, nonce) ? [] : ["did not do the work asked of its browser"]
}

/** Whether SHA-256 of the seal, the words and the number begins with enough zero bits. `editor/comment-proof.ts` looks for it. */
export function isWork(seal: string, words: string, nonce: string): boolean {
  if (!/^[0-9a-z]{1,12}$/.test(nonce)) return false
  const hash = createHash("sha256").update(`${seal}\n${words}\n${nonce}`).digest()
  return hash.readUInt32BE(0) >>> (32 - WORK_BITS) === 0
}
