import type { Scene } from "./finding.ts"

/** A hash, an identifier of 32 figures, in figures of base 16 written small. */
const HEXADECIMAL = /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{16,64})(?![a-z0-9])/
/** What bears such codes. Nine figures after the letter a are taken for a person's all the same. */
const NAMED = new RegExp(
  String.raw`\b(?:commit|sha-?1|sha-?256|md5|checksum|hash|revision|serial|model|part|sku|(?:license|licence) plate)(?: (?:number|num|no)\b\.?)?[ :#="']{1,3}(?:sn-|part-)?$`,
)

/** Whether the letter a at `index`, and the figures joined to it, belong to a code that is no person's. */
export function isCode({ text, folded }: Scene, index: number): boolean {
  const code = /^a[0-9a-f-]{7,64}/.exec(text.slice(index, index + 66))?.[0] ?? ""
  if (HEXADECIMAL.test(text.slice(index, index + 66)) && /[a-f].*[a-f].*[a-f]/.test(code)) return folded.typed(index) === "a"
  return !/[0-9]{9}|[0-9]{3}-[0-9]{3}-[0-9]{3}/.test(code) && NAMED.test(text.slice(Math.max(0, index - 30), index))
}
