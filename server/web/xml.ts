import { createHash } from "node:crypto"
import { XMLBuilder } from "fast-xml-parser"
import type { FastifyReply, FastifyRequest } from "fastify"

// What XML 1.0 cannot hold, however escaped (production 2): control characters, halves of characters, two non-characters.
const UNFIT = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu

export type Xml = string | number | Xml[] | { [name: string]: Xml | undefined }

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: "@", suppressEmptyNode: true, processEntities: true })

/** A document as XML: keys are elements, those with "@" attributes, "#text" is text beside attributes. Any text is well-formed. */
export function renderXml(root: Xml): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${builder.build(fit(root))}`
}

/** Answers with XML, or with 304 to whoever has it already. */
export function sendXml(request: FastifyRequest, reply: FastifyReply, type: string, root: Xml): FastifyReply {
  const xml = renderXml(root)
  const etag = `W/"${createHash("sha256").update(xml).digest("base64url").slice(0, 22)}"`
  reply.headers({ "cache-control": "public, no-cache", etag })
  if (request.headers["if-none-match"]?.includes(etag)) return reply.code(304).send()
  return reply.type(`${type}; charset=utf-8`).send(xml)
}

function fit(xml: Xml | undefined): Xml | undefined {
  if (typeof xml === "string") return xml.replace(UNFIT, "")
  if (Array.isArray(xml)) return xml.map((part) => fit(part)!)
  if (typeof xml !== "object") return xml
  return Object.fromEntries(Object.entries(xml).flatMap(([name, value]) => (value === undefined ? [] : [[name, fit(value)]])))
}
