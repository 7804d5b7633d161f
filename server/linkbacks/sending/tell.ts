import { XMLParser } from "fast-xml-parser"
import { renderXml } from "../../web/xml.ts"
import type { Answer, Question } from "../../outbound/answer.ts"
import { plainText, type Protocol } from "../model.ts"

/** What somebody is told: that `source` links to `target`. */
export interface Told {
  source: string
  target: string
  title: string
  excerpt: string
  site: string
}

/** What came of it. What failed for now is worth another try; what was refused is not. */
export interface Outcome {
  result: "taken" | "refused" | "failed"
  answer: string
}

const FORM = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" }
/** Pingback 1.0 §3: what was told before counts as told. */
const KNOWN = 48
const ANSWER_LENGTH = 120

/** What each protocol sends to the address that was found. */
export function questionOf(protocol: Protocol, { source, target, title, excerpt, site }: Told): Question {
  if (protocol === "webmention") return { method: "POST", headers: FORM, body: new URLSearchParams({ source, target }).toString() }
  // WordPress ignores a TrackBack without a title.
  if (protocol === "trackback") return { method: "POST", headers: FORM, body: new URLSearchParams({ url: source, title, excerpt, blog_name: site }).toString() }
  const param = [source, target].map((text) => ({ value: { string: text } }))
  const body = renderXml({ methodCall: { methodName: "pingback.ping", params: { param } } })
  return { method: "POST", headers: { "content-type": "text/xml; charset=utf-8" }, body }
}

/** What an answer means in its protocol. */
export function outcomeOf(protocol: Protocol, { status, body }: Pick<Answer, "status" | "body">): Outcome {
  if (status === 429 || status >= 500) return { result: "failed", answer: String(status) }
  if (status < 200 || status >= 300) return { result: "refused", answer: String(status) }
  if (protocol === "webmention") return { result: "taken", answer: String(status) }
  return protocol === "pingback" ? pingbackOutcome(body.toString()) : trackbackOutcome(body.toString())
}

function pingbackOutcome(xml: string): Outcome {
  const fault = /<fault[\s>]/.test(xml)
  const code = Number(/<name>\s*faultCode\s*<\/name>\s*<value>\s*<(?:int|i4)>\s*(-?\d{1,9})/.exec(xml)?.[1] ?? 0)
  if (fault && code !== KNOWN) return { result: "refused", answer: `fault ${code}` }
  if (!fault && !xml.includes("<methodResponse")) return { result: "refused", answer: "no answer of the protocol" }
  return { result: "taken", answer: fault ? "known already" : "taken" }
}

// The answers of old programs are often no XML; the number is there all the same.
function trackbackOutcome(xml: string): Outcome {
  const error = /<error>\s*(\d{1,9})\s*<\/error>/.exec(xml)?.[1]
  if (error === "0") return { result: "taken", answer: "taken" }
  if (error === undefined) return { result: "refused", answer: "no answer of the protocol" }
  return { result: "refused", answer: `error ${error}${messageIn(xml)}` }
}

function messageIn(xml: string): string {
  try {
    const { response } = new XMLParser({ parseTagValue: false }).parse(xml) as { response?: { message?: unknown } }
    return typeof response?.message === "string" ? `: ${plainText(response.message, ANSWER_LENGTH)}` : ""
  } catch {
    return ""
  }
}
