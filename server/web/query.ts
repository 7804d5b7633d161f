/** The first text of a query parameter, whatever was sent: a repeated one comes as a list. */
export function firstOf(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === "string" ? first : undefined
}

/** All texts of a query parameter. */
export function allOf(value: unknown): string[] {
  return [value].flat().filter((text): text is string => typeof text === "string")
}

/** A whole number of at most nine digits, which every column can hold; anything else is as if it was not given. */
export function wholeNumber(value: unknown): number | undefined {
  const text = firstOf(value)
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
