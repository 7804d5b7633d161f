/** Fits an address bar, and leaves room for "-2". */
export const SLUG_LENGTH = 100

/** The slug that follows from a title: letters and digits of any script, accents dropped from Latin ones. */
export function slugOf(title: string): string {
  const plain = title
    .normalize("NFKD")
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, "")
    .normalize("NFC")
    .toLowerCase()
  const words = plain.match(/[\p{Ll}\p{Lo}\p{Lm}\p{N}]+/gu) ?? []
  let slug = words[0]?.slice(0, SLUG_LENGTH) ?? "page"
  for (const word of words.slice(1)) {
    if (slug.length + word.length + 1 > SLUG_LENGTH) break
    slug += `-${word}`
  }
  return slug
}
