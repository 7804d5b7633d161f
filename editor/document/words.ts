/** The languages in which a page can be read: what people wrote stays as they wrote it, all else is said in these. */
export const readingLanguages = ["en", "es", "ht"] as const
export type LabelLanguage = (typeof readingLanguages)[number]

/** Each by its own name. */
export const ownNames: Record<LabelLanguage, string> = { en: "English", es: "Español", ht: "Kreyòl ayisyen" }

// What pages say beside what people wrote, in English, Spanish and Haitian Creole; {} is where something goes. The Haitian
// Creole still needs a native reader, and pages say so where they show it.
const table = {
  // What a family came to do.
  wanted: ["Most wanted", "Lo más buscado", "Sa moun plis bezwen"],
  call: ["Call", "Llamar", "Rele"],
  visit: ["Visit", "Visitar", "Vizite"],
  findSomeone: ["Find someone", "Buscar a alguien", "Chèche yon moun"],
  numberNotKnown: ["number not known", "número desconocido", "nimewo pa konnen"],
  hoursNotKnown: ["ask for the hours", "pregunte el horario", "mande pou orè yo"],
  agencyLocator: ["ICE locator", "localizador de ICE", "lokalizatè ICE"],
  reportedWrong: ["reported as wrong", "avisaron que es incorrecto", "yo di li pa bon"],

  // How far a fact can be trusted.
  checkedToday: ["checked today", "verificado hoy", "verifye jodi a"],
  checkedYesterday: ["checked yesterday", "verificado ayer", "verifye yè"],
  checkedAgo: ["checked {} ago", "verificado hace {}", "verifye sa gen {}"],
  checkedIn: ["checked in {}", "verificado en {}", "verifye nan {}"],
  checkedOn: ["checked ", "verificado: ", "verifye: "],
  notCheckedFor: ["not checked for {}", "sin verificar desde hace {}", "pa verifye depi {}"],
  notCheckedSince: ["not checked since {}", "sin verificar desde {}", "pa verifye depi {}"],
  neverChecked: ["never checked", "nunca verificado", "pa janm verifye"],
  checkStillToCome: [
    "never checked (its date of checking is still to come)",
    "nunca verificado (la fecha de verificación aún no ha llegado)",
    "pa janm verifye (dat verifikasyon an poko rive)",
  ],
  outOfDate: ["Out of date: do not rely on this", "Desactualizado: no se fíe de esto", "Sa pa ajou: pa konte sou li"],
  doubted: [
    "Reported as wrong in {}. Call before you rely on it.",
    "En {} avisaron que es incorrecto. Llame antes de fiarse de esto.",
    "Nan {} yon moun di sa pa bon. Rele anvan ou konte sou li.",
  ],
  sourcesDisagree: ["Sources disagree.", "Las fuentes no coinciden.", "Sous yo pa dakò."],
  compare: ["Compare them", "Compararlas", "Konpare yo"],
  sourceIsGone: ["A source of this no longer answers.", "Una fuente de esto ya no responde.", "Yon sous pou sa pa reponn ankò."],
  asOf: ["as of ", "dato de ", "done pou "],

  // Why there is no value.
  unknown: ["Unknown", "Se desconoce", "Nou pa konnen"],
  withheld: ["Withheld by the agency", "La agencia no lo revela", "Ajans lan kache sa"],
  not_applicable: ["Does not apply", "No corresponde", "Sa pa konsène sant sa a"],
  none: ["None", "No hay", "Pa genyen"],

  // What can be done about a fact.
  fixThis: ["Fix this", "Corregir", "Korije"],
  map: ["Map", "Mapa", "Kat"],
  isStillRight: ["Still right?", "¿Sigue correcto?", "Èske li toujou bon?"],
  more: ["More", "Más", "Plis"],
  howKnown: ["How do you know?", "¿Cómo lo sabe?", "Kijan ou fè konnen?"],
  choose: ["choose", "elija", "chwazi"],
  called: ["I called", "Llamé por teléfono", "Mwen te rele"],
  visited: ["I was there", "Estuve allí", "Mwen te la"],
  letter: ["They wrote to me", "Me escribieron", "Yo te ekri m"],
  official_page: ["It is on the official page", "Está en la página oficial", "Li sou paj ofisyèl la"],
  document: ["It is in a document", "Está en un documento", "Li nan yon dokiman"],
  stillRight: ["Still right", "Sigue correcto", "Li toujou bon"],
  wrong: ["Wrong", "Incorrecto", "Li pa bon"],
  commentOn: ["Comment on this", "Comentar sobre esto", "Kòmante sou sa a"],
  itsHistory: ["History of this fact", "Historial de este dato", "Istwa enfòmasyon sa a"],
  reportIt: ["This is wrong or out of date", "Esto es incorrecto o está desactualizado", "Sa a pa bon oswa li pa ajou"],

  // Telephone menus.
  doCall: ["Call ", "Llame al ", "Rele "],
  press: ["Press ", "Oprima ", "Peze "],
  say: ["Say ", "Diga ", "Di "],
  "ask for": ["Ask for ", "Pida hablar con ", "Mande pale ak "],
  wait: ["Wait", "Espere", "Tann"],
  leadsTo: [" for {}", " para {}", " pou {}"],
  youHear: [", you hear ", ", oirá ", ", w ap tande "],
  callAndPress: ["Call and press {} by itself", "Llamar y oprimir {} automáticamente", "Rele epi peze {} otomatikman"],

  // Dates and spans of time.
  about: ["about ", "alrededor de ", "anviwon "],
  dateToDate: [" to ", " a ", " rive "],
  days: ["{} days", "{} días", "{} jou"],
  months: ["{} months", "{} meses", "{} mwa"],
  years: ["{} years", "{} años", "{} ane"],

  // What of the page is not in this language.
  onlyNames: [
    "",
    "Los nombres de los datos y los avisos están en español. Lo demás está en el idioma en que se escribió.",
    "Non enfòmasyon yo ak avètisman yo an kreyòl. Tout lòt bagay rete nan lang yo te ekri l la. Yon moun ki pale kreyòl depi li fèt poko verifye mo sa yo.",
  ],
} satisfies Record<string, readonly [en: string, es: string, ht: string]>

export type Word = keyof typeof table

/** What stands under a word, with the parts in their places. */
export function say(language: LabelLanguage, word: Word, ...parts: string[]): string {
  return inTongue(table[word], language, parts)
}

/** The one of a row of a table, as above, that is in this language, with the parts where it has {}. */
export function inTongue(row: readonly string[], language: LabelLanguage, parts: readonly string[]): string {
  const pieces = row[readingLanguages.indexOf(language)]!.split("{}")
  return pieces.map((piece, index) => (index === 0 ? piece : (parts[index - 1] ?? "") + piece)).join("")
}

/** What a part of a page says of its language: nothing in English, which is that of the page. */
export function langOf(language: LabelLanguage): { lang?: LabelLanguage } {
  return language === "en" ? {} : { lang: language }
}

const months: Record<LabelLanguage, string> = {
  en: "January February March April May June July August September October November December",
  es: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
  ht: "janvye fevriye mas avril me jen jiyè out septanm oktòb novanm desanm",
}

export const monthNames = Object.fromEntries(Object.entries(months).map(([language, names]) => [language, names.split(" ")])) as Record<LabelLanguage, string[]>

const tongues: Record<string, readonly [en: string, es: string, ht: string]> = {
  en: ["English", "inglés", "angle"],
  es: ["Spanish", "español", "panyòl"],
  ht: ["Haitian Creole", "criollo haitiano", "kreyòl ayisyen"],
  fr: ["French", "francés", "franse"],
}

/** "Spanish"; the tag itself where its name is not known. */
export function tongueName(tag: string, language: LabelLanguage): string {
  return tongues[tag]?.[readingLanguages.indexOf(language)] ?? tag
}
