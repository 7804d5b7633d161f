export type Encoding = "br" | "gzip" | "identity"

// Browsers send a handful of values; each is read once.
const known = new Map<string, Encoding>()

/** The best of what we keep that an Accept-Encoding header admits (RFC 9110 §12.5.3; a weight of zero refuses). */
export function pickEncoding(header: string | string[] | undefined): Encoding {
  const text = String(header ?? "")
  let encoding = known.get(text)
  if (!encoding) {
    encoding = read(text)
    if (known.size < 100) known.set(text, encoding)
  }
  return encoding
}

function read(header: string): Encoding {
  const admitted = new Set<string>()
  for (const part of header.toLowerCase().split(",").slice(0, 20)) {
    const [name = "", ...parameters] = part.split(";").map((piece) => piece.trim())
    const weight = parameters.find((parameter) => parameter.startsWith("q="))
    if (weight === undefined || Number(weight.slice(2)) > 0) admitted.add(name)
  }
  if (admitted.has("br")) return "br"
  return admitted.has("gzip") ? "gzip" : "identity"
}
