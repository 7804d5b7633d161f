import type { Draft } from "../context.ts"
import { AppError, type Problem } from "../errors.ts"
import type { Finding, PersonalKind } from "./finding.ts"
import { findPersonalData } from "./personal-data.ts"

/** Problems shown at once; who pasted a list of people needs no longer one. */
const MOST_PROBLEMS = 10
/** Letters shown on each side of what was found. */
const AROUND = 30

/**
 * The personal-data policy: throws `invalid` for what must not be stored anywhere, each place marked in the text as typed;
 * otherwise says why a moderator should look first.
 */
export function screen({ kind, fields, published, atOnce = false }: Draft): { reasons: string[] } {
  const problems: Problem[] = []
  const reasons = new Set<string>()
  for (const [field, text] of Object.entries(fields)) {
    for (const finding of findPersonalData(text, published)) {
      if (finding.action === "refuse") problems.push(problemOf(field, text, finding))
      else if (!isHeldIn(kind, field, finding)) continue
      else if (atOnce) problems.push(problemOf(field, text, finding))
      else reasons.add(REASONS[finding.kind])
    }
  }
  if (problems.length > 0) throw new AppError("invalid", problems[0]!.message, { problems: problems.slice(0, MOST_PROBLEMS) })
  return { reasons: [...reasons] }
}

/**
 * Whether what was found in this field waits for a moderator. Pages are where telephone numbers belong, and their facts where mail
 * addresses do as well: an edit waits for a number only when words near it say that it is somebody's own, and in facts for neither.
 */
export function isHeldIn(kind: Draft["kind"], field: string, finding: Finding): boolean {
  if (kind !== "edit" || (finding.kind !== "phone" && finding.kind !== "email")) return true
  return field !== FACTS && (finding.kind === "email" || finding.isOwn === true)
}

/** The field of an edit that its fact sheets are in, its other blocks being in another. */
export const FACTS = "facts"

const REASONS: Record<PersonalKind, string> = {
  "a-number": "may hold an A-number",
  ssn: "may hold a social security number",
  receipt: "may hold a receipt number",
  "date-of-birth": "tells a day of birth",
  "bare-digits": "holds nine digits that may be an A-number",
  phone: "holds a telephone number that looks private",
  email: "holds a mail address that looks private",
}

const NAMES: Record<PersonalKind, [english: string, spanish: string]> = {
  "a-number": ["an A-number", "un número A"],
  ssn: ["a social security number", "un número de seguro social"],
  receipt: ["a receipt number of a case", "un número de recibo de un caso"],
  "date-of-birth": ["a date of birth", "una fecha de nacimiento"],
  "bare-digits": ["nine digits that may be an A-number", "nueve cifras que pueden ser un número A"],
  phone: ["a telephone number that looks private", "un número de teléfono que parece privado"],
  email: ["a mail address that looks private", "una dirección de correo que parece privada"],
}

function problemOf(field: string, text: string, { kind, action, start, end }: Finding): Problem {
  const [english, spanish] = NAMES[kind]
  const [harm, harmInSpanish] =
    action === "refuse"
      ? ["with which anybody can look the person up and harm them", "y así cualquiera puede buscar a la persona y hacerle daño"]
      : ["and everybody would read it here before a moderator has looked", "y aquí todos lo leerían antes de que alguien lo revise"]
  const message =
    `This holds ${english}, ${harm}. Nothing was stored. Please take it out. / ` + `Aquí hay ${spanish}, ${harmInSpanish}. No se guardó nada. Bórrelo, por favor.`
  const excerpt = {
    before: oneLine(text.slice(Math.max(0, start - AROUND), start), start > AROUND, false),
    found: text.slice(start, end),
    after: oneLine(text.slice(end, end + AROUND), false, end + AROUND < text.length),
  }
  return { field, message, excerpt }
}

function oneLine(text: string, cutBefore: boolean, cutAfter: boolean): string {
  return `${cutBefore ? "…" : ""}${text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, "").replace(/\s+/g, " ")}${cutAfter ? "…" : ""}`
}
