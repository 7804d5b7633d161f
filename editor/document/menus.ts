import { readPhone } from "./phones.ts"
import { refused, tidy, understood, type ValueReading } from "./reading.ts"
import { readLanguage } from "./text-rules.ts"

// What to do after a call is answered, step by step:
//   Call +13052072001; press 1 (es): Para español; press 5; say operator; ask for the deportation officer; wait

const EXAMPLE = "Write the steps such as: Call (305) 207-2001; press 1 (Spanish): Para español; press 5."
const MAX_STEPS = 20

const languages: Record<string, string> = {
  english: "en", "in english": "en", inglés: "en", spanish: "es", "in spanish": "es", español: "es", "en español": "es",
  creole: "ht", "haitian creole": "ht", "in creole": "ht", kreyòl: "ht", french: "fr",
}

/** Reads the steps of a telephone's menu: "Call (305) 207-2001, press 1, then 5, then 4". */
export function readMenu(raw: string): ValueReading {
  // In American print a comma stands before the closing mark: ‘1,’ then ‘5’.
  const pieces = raw.replace(/,(["'”’])/g, "$1,").split(/[;\n>→]/).flatMap((part) => (holdsWords(part) ? [part] : part.split(/,|\bthen\b/i)))
  const steps = pieces.map(tidy).filter((piece) => piece !== "")
  if (steps.length === 0) return refused(EXAMPLE)
  if (steps.length > MAX_STEPS) return refused(`These are more than ${MAX_STEPS} steps.`)
  const read = steps.map((step, index) => readStep(step, index === 0))
  const failed = read.find((step) => step.startsWith("?"))
  return failed === undefined ? understood(read.join("; ")) : refused(`${failed.slice(1)} ${EXAMPLE}`)
}

// What is heard may hold commas; a step with none of it is cut at them.
function holdsWords(part: string): boolean {
  return /[:"“]|^\s*(?:say|ask)\b/i.test(part)
}

/** One step in canonical form, or a question mark and what is wrong with it. */
function readStep(step: string, isFirst: boolean): string {
  const [, called] = /^(?:call|dial|llame al?|rele)\s+(.+)$/i.exec(step) ?? []
  const phone = called === undefined ? null : readPhone(called.replace(/[.,]$/, ""))
  if (phone?.ok) return isFirst ? `call ${phone.value}` : `?“${step}” has to come first.`
  const pressed = /^(?:(?:and )?(?:press|dial|enter|push|choose|option|oprima|marque|peze) )?["'“‘]?([\d*#]{1,12})["'”’]?(.*)$/i.exec(step)
  if (pressed) return readPress(step, pressed[1]!, pressed[2]!)
  if (/^wait$/i.test(step)) return "wait"
  const [, act, words] = /^(say|ask for|ask)[: ]\s*["“]?([^"“”]+?)["”]?$/i.exec(step) ?? []
  if (act !== undefined) return `${act.toLowerCase() === "say" ? "say" : "ask for"} ${words}`
  return `?“${step}” is no step.`
}

/** "1 (Spanish): Para español" */
function readPress(step: string, keys: string, rest: string): string {
  const found = /^ ?(?:\(([^()]{1,35})\))? ?(?:[:,]? ?["“]?([^"“”]*?)["”]?)$/.exec(rest)
  if (!found || (found[2] && !/[:"“]/.test(rest))) return `?“${step}” tells more than which key to press.`
  const [, named = "", heard = ""] = found
  const language = languages[named.toLowerCase()] ?? (named === "" ? "" : readLanguage(named))
  if (language === null) return `?“${named}” is no language such as es.`
  return `press ${keys}${language && ` (${language})`}${heard && `: ${heard.trim()}`}`
}
