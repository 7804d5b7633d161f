import { XMLParser } from "fast-xml-parser"
import { AppError } from "../errors.ts"
import { renderXml, type Xml } from "../web/xml.ts"

/** A call that somebody sent. */
export interface Call {
  method: string
  params: string[]
}

/** Faults that Pingback 1.0 and the interoperability codes of XML-RPC name, of those that tell nothing about other machines. */
export const FAULTS = { generic: 0, noTarget: 32, unusableTarget: 33, denied: 49, malformed: -32700, noMethod: -32601 }

/** Deeper than any call. */
const MOST_NESTED = 30

/** Reads a call. Throws `malformed` for what is none, and for any document type: entities are how XML is made to swell and to fetch. */
export function readCall(body: string): Call {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(body)) throw new AppError("malformed", "A call has no document type.")
  if (/^\s*<\?xml[^>]{0,200}encoding\s*=\s*["'](?!utf-?8["']|us-ascii["'])/i.test(body)) throw new AppError("malformed", "A call has to be UTF-8.")
  const { methodCall: call } = parsed(body)
  if (typeof call?.methodName !== "string" || !call.methodName) throw new AppError("malformed", "The body is no XML-RPC call.")
  const params = [call.params?.param ?? []].flat().slice(0, 10)
  return { method: call.methodName, params: params.map(textOf) }
}

/** The answer of a call that did what it should: one string. */
export function success(text: string): string {
  return renderXml({ methodResponse: { params: { param: { value: { string: text } } } } })
}

export function fault(code: number, text: string): string {
  const member = (name: string, value: Xml) => ({ name, value })
  const struct = { member: [member("faultCode", { int: code }), member("faultString", { string: text })] }
  return renderXml({ methodResponse: { fault: { value: { struct } } } })
}

interface Parsed {
  methodCall?: { methodName?: unknown; params?: { param?: unknown } }
}

function parsed(body: string): Parsed {
  try {
    return new XMLParser({ ignoreAttributes: true, parseTagValue: false, htmlEntities: true, maxNestedTags: MOST_NESTED }).parse(body, true) as Parsed
  } catch {
    throw new AppError("malformed", "The body is not well-formed XML, or more than a call.")
  }
}

// <param><value><string>x</string></value></param>, or the text within the value alone.
function textOf(param: unknown): string {
  const { value } = (param ?? {}) as { value?: unknown }
  const text = typeof value === "object" && value !== null ? (value as { string?: unknown }).string : value
  return typeof text === "string" ? text : ""
}
