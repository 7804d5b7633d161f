/** Fields that hold no words of a person. */
const NOT_WORDS = new Set(["_csrf", "seal", "nonce", "base", "draft", "draft-key", "section", "parent", "kind", "remove"])

/**
 * The form without what its button "Remove it" names: what the personal-data policy found, wherever it stands in a field, also when
 * tags or blanks stand within it.
 */
export function withoutFound(form: Record<string, string>): Record<string, string> {
  const found = form.remove
  if (!found) return form
  const cleaned: Record<string, string> = Object.create(null)
  for (const [name, value] of Object.entries(form)) {
    // JSON would not survive more than the words alone being taken out.
    if (name === "document") cleaned[name] = value.replaceAll(JSON.stringify(found).slice(1, -1), "")
    else cleaned[name] = NOT_WORDS.has(name) ? value : withoutText(value, found)
  }
  return cleaned
}

/** A text without every place that reads as `found` when tags and signs are left out. Takes time in proportion to the text. */
export function withoutText(text: string, found: string): string {
  const plain = text.replaceAll(found, "")
  if (plain !== text) return plain
  const { letters, places } = lettersOf(text)
  const wanted = lettersOf(found).letters
  if (wanted.length < 4) return text
  let left = ""
  let from = 0
  for (let at = letters.indexOf(wanted); at >= 0; at = letters.indexOf(wanted, at + wanted.length)) {
    left += text.slice(from, places[at])
    from = places[at + wanted.length - 1]! + 1
  }
  return left + text.slice(from)
}

function lettersOf(text: string): { letters: string; places: number[] } {
  const places: number[] = []
  let letters = ""
  let isInTag = false
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!
    if (letter === "<" && /[a-z/]/i.test(text[at + 1] ?? "")) isInTag = true
    else if (letter === ">" && isInTag) isInTag = false
    else if (!isInTag && /[\p{L}\p{N}]/u.test(letter)) {
      letters += letter
      places.push(at)
    }
  }
  return { letters, places }
}
