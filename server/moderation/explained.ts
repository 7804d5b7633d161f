import { anyWord } from "./patterns.ts"

/** What gives a long number a meaning of its own, right before it. */
const EXPLAINED = new RegExp(
  String.raw`(?:[$€£]|\b${anyWord(`
    contract docket form grant award permit license licence invoice solicitation account duns ein tin tax s2cid uei routing isbn report order
    bill check tracking contrato kontra formulario oclc lccn pmid wac rcw doi tract geoid fips parcel folio bates rooms pages pp lines rows cells celdas
    cuartos paginas about nearly over than`)}\b)(?: (?:number|num|no|id)\b)?[ .:#]{0,3}$`,
)

/** Whether words before the number that begins at `start` say that it is none of a person. */
export function isExplained(text: string, start: number): boolean {
  return EXPLAINED.test(text.slice(Math.max(0, start - 40), start))
}
