import type { FactType } from "./attributes.ts"
import { questions } from "./questions.ts"
import type { LabelLanguage } from "./words.ts"

/** What a reader in a hurry came to do; a page shows these facts first, in this order. */
export const needs = ["find", "call", "visit", "write", "money", "bond", "court", "help"] as const
export type Need = (typeof needs)[number]

/**
 * A kind of fact. `type` is the grammar its values usually have; `days` how long a check stays recent (0: no check is
 * due); `repeatable` whether several true values stand side by side (phones) rather than compete (names).
 */
export interface FactKind {
  key: string
  group: string
  labels: Record<LabelLanguage, string>
  type: FactType
  days: number
  repeatable: boolean
  need: Need | null
  /** What it answers, as a question; empty where nobody needs to ask. */
  asks: string
}

/** How long a check of a fact outside the vocabulary stays recent, in days. */
export const UNLISTED_DAYS = 90

// Keys are for ever: stored revisions name them. Add freely, never rename.
const ownKinds: readonly FactKind[] = [
  ...group("Identity", [
    { key: "name", type: "text", days: 365,
      labels: { en: "Name of the center", es: "Nombre del centro", ht: "Non sant lan" } },
    { key: "alias", type: "text", days: 365, repeatable: true,
      labels: { en: "Also known as", es: "También conocido como", ht: "Lòt non yo" } },
    { key: "agency_code", type: "text", days: 365, repeatable: true,
      labels: { en: "ICE facility code (DETLOC)", es: "Código de ICE (DETLOC)", ht: "Kòd ICE (DETLOC)" } },
    { key: "facility_type", type: "text", days: 180,
      labels: { en: "Kind of facility", es: "Tipo de centro", ht: "Kalite sant" } },
    { key: "status", type: "text", days: 30, repeatable: true,
      labels: { en: "Open or closed", es: "Abierto o cerrado", ht: "Louvri oswa fèmen" } },
    { key: "held_population", type: "text", days: 90,
      labels: { en: "Who is held here (men, women, families, minors)",
        es: "Quiénes están detenidos aquí", ht: "Kiyès yo kenbe la" } },
  ]),
  ...group("Place", [
    { key: "street_address", type: "address", days: 365, need: "visit",
      labels: { en: "Street address", es: "Dirección", ht: "Adrès" } },
    { key: "state", type: "text", days: 365,
      labels: { en: "State or territory", es: "Estado o territorio", ht: "Eta oswa teritwa" } },
    { key: "coordinates", type: "text", days: 730,
      labels: { en: "Map location", es: "Ubicación en el mapa", ht: "Kote li ye sou kat la" } },
    { key: "time_zone", type: "text", days: 0,
      labels: { en: "Time zone", es: "Zona horaria", ht: "Zòn orè" } },
    { key: "directions", type: "text", days: 180, need: "visit",
      labels: { en: "Getting there (bus, parking, entrance)", es: "Cómo llegar", ht: "Kijan pou rive la" } },
    { key: "nearby", type: "link", days: 0, repeatable: true,
      labels: { en: "Other centers nearby", es: "Otros centros cercanos", ht: "Lòt sant ki toupre" } },
  ]),
  ...group("Contact", [
    { key: "locator", type: "link", days: 90, need: "find",
      labels: { en: "Find a detained person",
        es: "Cómo encontrar a una persona detenida", ht: "Kijan pou jwenn yon moun yo kenbe" } },
    { key: "phone", type: "phone", days: 30, repeatable: true, need: "call",
      labels: { en: "Phone number", es: "Número de teléfono", ht: "Nimewo telefòn" } },
    { key: "phone_menu", type: "menu", days: 30, repeatable: true, need: "call",
      labels: { en: "Menu choices after you call", es: "Opciones del menú", ht: "Chwa nan meni telefòn nan" } },
    { key: "leave_message", type: "phone", days: 30, repeatable: true, need: "call",
      labels: { en: "Leave a message for someone inside",
        es: "Dejar un mensaje", ht: "Kite yon mesaj pou moun nan" } },
    { key: "calls_from_inside", type: "text", days: 60, repeatable: true, need: "call",
      labels: { en: "Calls from inside, phone account",
        es: "Llamadas desde adentro y cuenta telefónica", ht: "Apèl soti anndan ak kont telefòn" } },
    { key: "video_tablet", type: "text", days: 60, repeatable: true, need: "call",
      labels: { en: "Tablets, messages and video calls",
        es: "Tabletas, mensajes y videollamadas", ht: "Tablèt, mesaj ak apèl videyo" } },
    { key: "send_money", type: "text", days: 60, repeatable: true, need: "money",
      labels: { en: "Send money", es: "Enviar dinero", ht: "Voye lajan" } },
    { key: "mail_address", type: "address", days: 60, repeatable: true, need: "write",
      labels: { en: "How to address a letter",
        es: "Cómo escribir la dirección de una carta", ht: "Kijan pou ekri adrès sou lèt la" } },
    { key: "packages", type: "text", days: 90, need: "write",
      labels: { en: "Packages, books, clothes for release", es: "Paquetes, libros, ropa", ht: "Koli, liv, rad" } },
    { key: "field_office", type: "link", days: 90,
      labels: { en: "ICE field office", es: "Oficina de campo de ICE", ht: "Biwo ICE ki responsab" } },
    { key: "deportation_officer", type: "phone", days: 30, repeatable: true, need: "call",
      labels: { en: "Reach the deportation officer",
        es: "Contactar al oficial de deportación", ht: "Kontakte ofisye depòtasyon an" } },
  ]),
  ...group("Visits", [
    { key: "visiting_hours", type: "hours", days: 30, repeatable: true, need: "visit",
      labels: { en: "Family visiting hours", es: "Horario de visitas familiares", ht: "Orè vizit fanmi" } },
    { key: "visit_rules", type: "text", days: 60, need: "visit",
      labels: { en: "Visiting rules, ID, dress, children",
        es: "Reglas de visita e identificación", ht: "Règ vizit ak pyès idantite" } },
    { key: "visit_booking", type: "text", days: 30, repeatable: true, need: "visit",
      labels: { en: "Book a visit", es: "Cómo reservar una visita", ht: "Kijan pou pran randevou vizit" } },
    { key: "legal_visits", type: "hours", days: 30, repeatable: true, need: "visit",
      labels: { en: "Attorney and representative visits", es: "Visitas de abogados", ht: "Vizit avoka" } },
    { key: "consular_clergy", type: "text", days: 180,
      labels: { en: "Consular and clergy visits",
        es: "Visitas consulares y religiosas", ht: "Vizit konsila ak relijye" } },
  ]),
  ...group("Release", [
    { key: "bond_posting", type: "text", days: 30, repeatable: true, need: "bond",
      labels: { en: "Post a bond", es: "Pagar una fianza", ht: "Peye kosyon" } },
    { key: "bond_amounts", type: "money", days: 180, repeatable: true, need: "bond",
      labels: { en: "Typical bond amounts", es: "Montos típicos de fianza", ht: "Konbyen kosyon an koute dabitid" } },
    { key: "release_logistics", type: "text", days: 90, need: "bond",
      labels: { en: "What happens on release (transport, property)",
        es: "Al salir en libertad (transporte, pertenencias)", ht: "Lè yo lage yon moun (transpò, afè li)" } },
  ]),
  ...group("Court", [
    { key: "immigration_court", type: "text", days: 90, repeatable: true, need: "court",
      labels: { en: "Immigration court", es: "Tribunal de inmigración", ht: "Tribinal imigrasyon" } },
    { key: "judges", type: "person", days: 90, repeatable: true,
      labels: { en: "Immigration judges", es: "Jueces de inmigración", ht: "Jij imigrasyon yo" } },
    { key: "court_hotline", type: "phone", days: 180, need: "court",
      labels: { en: "Court case information line",
        es: "Línea de información del tribunal", ht: "Liy enfòmasyon tribinal la" } },
    { key: "case_time", type: "number", days: 365, repeatable: true,
      labels: { en: "Time to a hearing / case length",
        es: "Tiempo hasta la audiencia", ht: "Konbyen tan anvan odyans lan" } },
  ]),
  ...group("Legal help", [
    { key: "legal_org", type: "link", days: 60, repeatable: true, need: "help",
      labels: { en: "Free or low-cost legal help",
        es: "Ayuda legal gratuita o de bajo costo", ht: "Èd legal gratis oswa bon mache" } },
    { key: "hotline", type: "phone", days: 30, repeatable: true, need: "help",
      labels: { en: "Hotline", es: "Línea de ayuda", ht: "Liy telefòn pou èd" } },
    { key: "complaint_channel", type: "text", days: 60, repeatable: true, need: "help",
      labels: { en: "How to complain or report abuse", es: "Cómo presentar una queja", ht: "Kijan pou pote plent" } },
    { key: "visitation_program", type: "link", days: 120, repeatable: true,
      labels: { en: "Community visitors and support groups",
        es: "Grupos de apoyo y visitas comunitarias", ht: "Gwoup sipò ak vizitè kominotè" } },
  ]),
  ...group("Conditions", [
    { key: "medical_provider", type: "text", days: 180, repeatable: true,
      labels: { en: "Medical care provider", es: "Proveedor de atención médica", ht: "Kiyès ki bay swen sante" } },
    { key: "detention_standard", type: "text", days: 180,
      labels: { en: "Detention standard that applies",
        es: "Normas de detención aplicables", ht: "Estanda detansyon ki aplike" } },
    { key: "languages", type: "text", days: 365,
      labels: { en: "Languages and interpreters", es: "Idiomas e intérpretes", ht: "Lang ak entèprèt" } },
  ]),
  ...group("Operator", [
    { key: "operator", type: "text", days: 180, repeatable: true,
      labels: { en: "Who runs it", es: "Quién lo opera", ht: "Kiyès ki jere l" } },
    { key: "owner", type: "text", days: 365, repeatable: true,
      labels: { en: "Who owns it", es: "Propietario", ht: "Pwopriyetè" } },
    { key: "contract", type: "money", days: 365, repeatable: true,
      labels: { en: "Contract, per-diem, guaranteed minimum",
        es: "Contrato, tarifa diaria, mínimo garantizado", ht: "Kontra, pri pa jou, minimòm garanti" } },
  ]),
  ...group("Numbers", [
    { key: "capacity", type: "number", days: 365, repeatable: true,
      labels: { en: "Capacity", es: "Capacidad", ht: "Kantite plas" } },
    { key: "population", type: "number", days: 21, repeatable: true,
      labels: { en: "People held", es: "Personas detenidas", ht: "Kantite moun yo kenbe" } },
    { key: "length_of_stay", type: "number", days: 120, repeatable: true,
      labels: { en: "Average length of stay",
        es: "Duración promedio de la detención", ht: "Konbyen tan moun rete an mwayèn" } },
    { key: "criminality", type: "number", days: 120, repeatable: true,
      labels: { en: "Share with no criminal conviction",
        es: "Personas sin condena penal", ht: "Moun ki pa gen kondanasyon" } },
    { key: "nationalities", type: "text", days: 180, repeatable: true,
      labels: { en: "Nationalities", es: "Nacionalidades", ht: "Nasyonalite moun yo" } },
  ]),
  ...group("Accountability", [
    { key: "timeline", type: "date", days: 0, repeatable: true,
      labels: { en: "Timeline", es: "Cronología", ht: "Istwa sant lan pa dat" } },
    { key: "inspection", type: "date", days: 180, repeatable: true,
      labels: { en: "Inspections", es: "Inspecciones", ht: "Enspeksyon yo" } },
    { key: "recommendation", type: "number", days: 180, repeatable: true,
      labels: { en: "Oversight recommendations and agency responses",
        es: "Recomendaciones de supervisión y respuestas", ht: "Rekòmandasyon siveyans ak repons ajans lan" } },
    { key: "death", type: "date", days: 30, repeatable: true,
      labels: { en: "Deaths in custody", es: "Muertes bajo custodia", ht: "Moun ki mouri nan detansyon" } },
    { key: "lawsuit", type: "text", days: 60, repeatable: true,
      labels: { en: "Lawsuits", es: "Demandas judiciales", ht: "Pwosè nan tribinal" } },
    { key: "report", type: "link", days: 365, repeatable: true,
      labels: { en: "Reports and news", es: "Informes y noticias", ht: "Rapò ak nouvèl" } },
  ]),
  // A record of oversight is a sheet that begins with `oversight_record`; the rows after a recommendation belong to it.
  ...group("Oversight record", [
    { key: "oversight_record", type: "text", days: 0,
      labels: { en: "Oversight record", es: "Registro de supervisión", ht: "Dosye siveyans" } },
    { key: "oversight_body", type: "text", days: 0, repeatable: true,
      labels: { en: "Oversight body", es: "Órgano de supervisión", ht: "Ògàn siveyans" } },
    { key: "oversight_agency", type: "text", days: 0,
      labels: { en: "Agency that answers", es: "Agencia que responde", ht: "Ajans ki reponn" } },
    { key: "oversight_facility", type: "link", days: 0, repeatable: true,
      labels: { en: "Facility concerned", es: "Centro en cuestión", ht: "Sant li konsène" } },
    { key: "oversight_form", type: "text", days: 0,
      labels: { en: "Form (visit, inspection, complaint, review)",
        es: "Forma (visita, inspección, queja, revisión)", ht: "Fòm (vizit, enspeksyon, plent, revizyon)" } },
    { key: "oversight_topic", type: "text", days: 0, repeatable: true,
      labels: { en: "Oversight topic", es: "Tema de la supervisión", ht: "Sijè siveyans lan" } },
    { key: "complaints", type: "number", days: 0,
      labels: { en: "Complaints behind it", es: "Quejas que lo motivaron", ht: "Plent ki lakòz li" } },
    { key: "oversight_opened", type: "date", days: 0,
      labels: { en: "Investigation opened", es: "Investigación abierta", ht: "Ankèt louvri" } },
    { key: "oversight_visit", type: "date", days: 0, repeatable: true,
      labels: { en: "Oversight visit", es: "Visita de supervisión", ht: "Vizit siveyans" } },
    { key: "oversight_memo", type: "date", days: 0,
      labels: { en: "Findings sent to the agency",
        es: "Hallazgos enviados a la agencia", ht: "Rezilta voye bay ajans lan" } },
    { key: "oversight_answer", type: "date", days: 0,
      labels: { en: "Agency answered", es: "La agencia respondió", ht: "Ajans lan reponn" } },
    { key: "oversight_published", type: "date", days: 0,
      labels: { en: "Findings published", es: "Hallazgos publicados", ht: "Rezilta pibliye" } },
    { key: "recommendations_made", type: "number", days: 0,
      labels: { en: "Recommendations made", es: "Recomendaciones hechas", ht: "Rekòmandasyon yo fè" } },
    { key: "recommendations_agreed", type: "number", days: 0,
      labels: { en: "Recommendations agreed to",
        es: "Recomendaciones aceptadas", ht: "Rekòmandasyon ajans lan aksepte" } },
    { key: "recommendations_partly", type: "number", days: 0,
      labels: { en: "Recommendations agreed to in part",
        es: "Recomendaciones aceptadas en parte", ht: "Rekòmandasyon ajans lan aksepte yon pati" } },
    { key: "recommendations_refused", type: "number", days: 0,
      labels: { en: "Recommendations refused",
        es: "Recomendaciones rechazadas", ht: "Rekòmandasyon ajans lan refize" } },
    { key: "recommendations_unanswered", type: "number", days: 0,
      labels: { en: "Recommendations not answered",
        es: "Recomendaciones sin respuesta", ht: "Rekòmandasyon san repons" } },
    { key: "recommendations_unpublished", type: "number", days: 0,
      labels: { en: "Recommendations not published",
        es: "Recomendaciones no publicadas", ht: "Rekòmandasyon ki pa pibliye" } },
    { key: "recommendation_text", type: "text", days: 0, repeatable: true,
      labels: { en: "Recommendation", es: "Recomendación", ht: "Rekòmandasyon" } },
    { key: "recommendation_answer", type: "text", days: 0, repeatable: true,
      labels: { en: "The agency's answer", es: "Respuesta de la agencia", ht: "Repons ajans lan" } },
    { key: "promised_action", type: "text", days: 0, repeatable: true,
      labels: { en: "Promised action", es: "Acción prometida", ht: "Aksyon yo pwomèt" } },
    { key: "follow_up", type: "text", days: 0, repeatable: true,
      labels: { en: "Follow-up", es: "Seguimiento", ht: "Swivi" } },
    { key: "recommendation_verified", type: "text", days: 0, repeatable: true,
      labels: { en: "Verified by somebody else", es: "Verificado por terceros", ht: "Yon lòt moun verifye l" } },
  ]),
  // On the page of a source: what it is and how far it can be relied on.
  ...group("Source", [
    { key: "publisher", type: "text", days: 0, labels: { en: "Publisher", es: "Editor", ht: "Editè" } },
    { key: "published_on", type: "date", days: 0,
      labels: { en: "Published", es: "Fecha de publicación", ht: "Dat piblikasyon" } },
    { key: "document_kind", type: "text", days: 0,
      labels: { en: "Kind of document", es: "Tipo de documento", ht: "Kalite dokiman" } },
    { key: "web_address", type: "link", days: 0, repeatable: true,
      labels: { en: "Web address", es: "Dirección web", ht: "Adrès entènèt" } },
    { key: "archived_copy", type: "link", days: 0, repeatable: true,
      labels: { en: "Archived copy", es: "Copia archivada", ht: "Kopi achive" } },
    { key: "document_file", type: "link", days: 0, repeatable: true,
      labels: { en: "File", es: "Archivo", ht: "Fichye" } },
    { key: "file_hash", type: "text", days: 0, repeatable: true,
      labels: { en: "SHA-256 of the file", es: "SHA-256 del archivo", ht: "SHA-256 fichye a" } },
    { key: "document_language", type: "text", days: 0, repeatable: true,
      labels: { en: "Language", es: "Idioma", ht: "Lang" } },
    { key: "reliability", type: "text", days: 0,
      labels: { en: "How far to rely on it", es: "Fiabilidad", ht: "Konbyen nou ka fè l konfyans" } },
  ]),
  ...group("Meta", [
    { key: "last_checked", type: "date", days: 0,
      labels: { en: "Last checked", es: "Última verificación", ht: "Dènye verifikasyon" } },
    { key: "source", type: "link", days: 0, repeatable: true,
      labels: { en: "Source", es: "Fuente", ht: "Sous" } },
    { key: "disclaimer", type: "text", days: 365,
      labels: { en: "Not legal advice", es: "No es asesoría legal", ht: "Sa a se pa konsèy legal" } },
  ]),
]

const kinds = [...ownKinds]
const byKey = new Map(kinds.map((kind) => [kind.key, kind]))

/** Every kind of fact of this site: those above, then its own. */
export const factKinds: readonly FactKind[] = kinds

export function factKind(key: string): FactKind | undefined {
  return byKey.get(key)
}

/** Adds the kinds that a site has of its own, in place of those added before. None of them may be one of ours. */
export function addSiteKinds(added: readonly FactKind[]): void {
  for (const { key } of kinds.splice(ownKinds.length)) byKey.delete(key)
  for (const kind of added) {
    if (byKey.has(kind.key)) throw new Error(`There is a kind of fact called ${kind.key} already.`)
    kinds.push(kind)
    byKey.set(kind.key, kind)
  }
}

/** The kinds that this site has of its own. */
export function siteKinds(): readonly FactKind[] {
  return kinds.slice(ownKinds.length)
}

type Row = Pick<FactKind, "key" | "labels" | "type" | "days"> & Partial<FactKind>

function group(name: string, rows: readonly Row[]): FactKind[] {
  return rows.map((row) => ({ repeatable: false, need: null, asks: questions[row.key] ?? "", ...row, group: name }))
}
