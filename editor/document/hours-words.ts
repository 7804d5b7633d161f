import { inTongue, type LabelLanguage, readingLanguages } from "./words.ts"

// What is said of hours, in English, Spanish and Haitian Creole. Apart from the other words: a reader's script needs these alone.
const table = {
  everyDay: ["Every day", "Todos los días", "Chak jou"],
  daysFromTo: ["{} to {}", "{} a {}", "{} rive {}"],
  and: ["{} and {}", "{} y {}", "{} ak {}"],
  noHours: ["no hours given", "sin horario indicado", "pa gen orè"],
  closed: ["closed", "cerrado", "fèmen"],
  allDay: ["all day", "todo el día", "tout jounen an"],
  noon: ["noon", "mediodía", "midi"],
  midnight: ["midnight", "medianoche", "minwi"],
  openNow: ["Open now {}.", "Abierto ahora {}.", "Louvri kounye a {}."],
  until: ["until {}", "hasta: {}", "jiska {}"],
  notOpenNow: ["Not open now.", "Cerrado ahora.", "Fèmen kounye a."],
  opensNext: [" Next: {} from {}.", " Próximo horario: {}, desde: {}.", " Pwochen fwa: {}, apati {}."],
  today: ["today", "hoy", "jodi a"],
  tomorrow: ["tomorrow", "mañana", "demen"],
  timeThere: ["It is {} there.", "Hora del lugar: {}.", "Lè nan plas la: {}."],
} satisfies Record<string, readonly [en: string, es: string, ht: string]>

/** What stands under a word, with the parts in their places. */
export function sayHours(language: LabelLanguage, word: keyof typeof table, ...parts: string[]): string {
  return inTongue(table[word], language, parts)
}

const weeks: Record<LabelLanguage, string> = {
  en: "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
  es: "lunes martes miércoles jueves viernes sábado domingo",
  ht: "lendi madi mèkredi jedi vandredi samdi dimanch",
}
const holidays: Record<LabelLanguage, string> = { en: "public holidays", es: "días festivos", ht: "jou ferye" }

/** The days of a week from Monday, then public holidays. */
export const weekNames = Object.fromEntries(
  readingLanguages.map((language) => [language, [...weeks[language].split(" "), holidays[language]]]),
) as Record<LabelLanguage, string[]>
