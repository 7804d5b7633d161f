// Runs in a thread of its own (read-page.ts): a hostile page may take time and memory, but not those of the site.
import { parentPort } from "node:worker_threads"
import { XMLParser } from "fast-xml-parser"
import { mf2 } from "microformats-parser"
import { parse } from "parse5"

/** Attributes by which an element shows or leads to something, and does so visibly. */
const LEADS = { a: "href", area: "href", img: "src", video: "src", audio: "src", source: "src" }
const BLOCKS = new Set(["p", "li", "blockquote", "td", "dd", "figcaption", "article", "section", "div", "body"])
const SILENT = new Set(["script", "style", "template", "noscript", "iframe", "svg", "select", "textarea"])
const HIDDEN_STYLE = /(?:display:none|visibility:hidden|opacity:0(?:[;.]0*(?:;|$)|$)|font-size:0|text-indent:-\d{3})/
/** Of each text that is found; the site crops further. */
const MOST_TEXT = 4_000
const MOST_LINKS = 5_000

parentPort.on("message", (sent) => {
  try {
    parentPort.postMessage(read({ ...sent, text: decode(sent) }))
  } catch {
    parentPort.postMessage(null)
  }
})

function read(sent) {
  const { text, type, targets } = sent
  const nothing = { links: [], excerptOfLink: "", title: "", excerpt: "", author: "", site: "", writtenAt: "", webmention: null, trackbacks: [], pingback: null }
  if (type === "text/plain") return { ...nothing, links: targets.filter((target) => text.includes(target)).map(found) }
  if (/json$/.test(type)) return { ...nothing, links: valuesIn(JSON.parse(text)).map(found) }
  if (/xml$/.test(type) && !type.includes("xhtml")) return { ...nothing, ...readFeed(sent) }
  const page = readHtml(sent)
  return { ...nothing, ...page, pingback: readPingback(text), trackbacks: [...rdfBlocks(text), ...page.trackbacks] }
}

function found(href) {
  return { href, isHidden: false }
}

// As the header says, else the page itself within its first kilobyte, else UTF-8.
function decode({ bytes, charset }) {
  const head = Buffer.from(bytes.slice(0, 1024)).toString("latin1")
  const said = charset || /<meta[^>]{0,200}charset\s{0,9}=\s{0,9}["']?([\w-]{1,40})/i.exec(head)?.[1] || /^<\?xml[^>]{0,200}encoding=["']([\w-]{1,40})/.exec(head)?.[1]
  try {
    return new TextDecoder(said || "utf-8").decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}

function readHtml({ text, url, targets }) {
  const page = { links: [], targets, excerptOfLink: "", title: "", meta: {}, webmention: null, trackbacks: [], url, base: url }
  walk(parse(text), page)
  const entry = readEntry(text, page.base)
  const { meta } = page
  return {
    links: page.links,
    excerptOfLink: page.excerptOfLink,
    webmention: page.webmention,
    trackbacks: page.trackbacks,
    title: entry.title || meta["og:title"] || page.title,
    excerpt: entry.excerpt || meta["og:description"] || meta.description || "",
    author: entry.author || meta.author || meta["article:author"] || "",
    site: meta["og:site_name"] || meta["application-name"] || "",
    writtenAt: entry.writtenAt || meta["article:published_time"] || meta.date || "",
  }
}

// A list instead of recursion: elements from elsewhere may be nested thousands deep.
function walk(document, page) {
  const open = [{ node: document, isHidden: false, block: null }]
  for (let at = open.pop(); at; at = open.pop()) {
    const { node } = at
    if (!node.childNodes || node.nodeName === "template") continue
    const attributes = Object.fromEntries((node.attrs ?? []).map(({ name, value }) => [name, value]))
    const isHidden = at.isHidden || isUnseen(attributes)
    const block = BLOCKS.has(node.nodeName) ? node : at.block
    see(node, attributes, { isHidden, block }, page)
    for (let child = node.childNodes.length - 1; child >= 0; child--) open.push({ node: node.childNodes[child], isHidden, block })
  }
}

function see(node, attributes, { isHidden, block }, page) {
  const name = node.nodeName
  const { rel = "", href } = attributes
  if (name === "base" && href && page.base === page.url) page.base = resolved(href, page.url) ?? page.url
  if (name === "title" && !page.title) page.title = textIn(node)
  if (name === "meta") keepMeta(attributes, page.meta)
  const lead = resolved(attributes[LEADS[name]], page.base)
  if (lead && page.links.length < MOST_LINKS) {
    page.links.push({ href: lead, isHidden })
    if (!page.excerptOfLink && block && page.targets.includes(lead)) page.excerptOfLink = textIn(block)
  }
  if ((name !== "link" && name !== "a") || href === undefined) return
  const rels = rel.toLowerCase().split(/\s+/)
  if (rels.includes("webmention")) page.webmention ??= resolved(href, page.base)
  if (name === "link" && rels.includes("trackback")) page.trackbacks.push({ identifier: null, ping: resolved(href, page.base) })
}

function isUnseen({ hidden, style = "", "aria-hidden": aria }) {
  return hidden !== undefined || aria === "true" || HIDDEN_STYLE.test(style.slice(0, 1_000).toLowerCase().replace(/\s/g, ""))
}

function keepMeta({ name, property, content }, meta) {
  const key = (property ?? name ?? "").toLowerCase()
  if (key && content && key.length < 60) meta[key] ??= content.slice(0, MOST_TEXT)
}

function textIn(element) {
  let words = ""
  const open = [element]
  for (let node = open.pop(); node && words.length < MOST_TEXT; node = open.pop()) {
    if (node.nodeName === "#text") words += node.value
    else if (node.childNodes && !SILENT.has(node.nodeName)) {
      if (BLOCKS.has(node.nodeName) || node.nodeName === "br") words += " "
      open.push(...node.childNodes.toReversed())
    }
  }
  return words.replace(/\s+/g, " ").trim().slice(0, MOST_TEXT)
}

// What the page says of itself by microformats2: the entry that is the page, or the first of a list.
function readEntry(text, base) {
  const entry = firstEntry(text, base)
  const { name, summary, content, author, published } = entry?.properties ?? {}
  const words = valueOf(content?.[0])
  const title = valueOf(name?.[0])
  // A note has no title: its name is its text once more.
  const isNote = words !== "" && words.replace(/\s/g, "").startsWith(title.replace(/\s/g, "").slice(0, 100))
  const by = author?.[0]
  return {
    title: isNote ? "" : title,
    excerpt: valueOf(summary?.[0]) || words,
    author: typeof by === "object" ? valueOf(by.properties?.name?.[0]) || valueOf(by) : valueOf(by),
    writtenAt: valueOf(published?.[0]),
  }
}

function firstEntry(text, base) {
  try {
    const open = mf2(text, { baseUrl: base }).items.toReversed()
    for (let item = open.pop(); item; item = open.pop()) {
      if (item.type?.some((type) => /^h-(?:entry|event|review|recipe|cite|resume)$/.test(type))) return item
      open.push(...(item.children ?? []).toReversed())
    }
  } catch {
    // Nested too deeply to be read, or an address that is none: the page has other ways to say it.
  }
  return null
}

function valueOf(value) {
  const words = typeof value === "object" && value !== null ? value.value : value
  return typeof words === "string" ? words.slice(0, MOST_TEXT) : ""
}

/** Pingback 1.0 §2, to the letter: no more lenient. */
function readPingback(text) {
  const href = /<link rel="pingback" href="([^"]{1,2000})" ?\/?>/.exec(text)?.[1]
  return href?.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&") ?? null
}

/** TrackBack 1.2, "Auto-Discovery": several blocks, in comments or not. */
function rdfBlocks(text) {
  const blocks = []
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "", removeNSPrefix: false })
  for (let from = text.indexOf("<rdf:RDF"); from >= 0 && blocks.length < 200; from = text.indexOf("<rdf:RDF", from + 8)) {
    const to = text.indexOf("</rdf:RDF>", from)
    if (to < 0) break
    if (to - from > 10_000) continue
    try {
      const described = [parser.parse(text.slice(from, to + 10))["rdf:RDF"]?.["rdf:Description"]].flat()
      for (const one of described) blocks.push({ identifier: one["dc:identifier"] ?? one["rdf:about"] ?? "", ping: one["trackback:ping"] })
    } catch {
      // Not well-formed: nothing is announced by it.
    }
  }
  return blocks.filter(({ ping }) => typeof ping === "string")
}

function readFeed({ text, url, targets }) {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return {}
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "@", parseTagValue: false, textNodeName: "#" })
  const { feed, entry: alone } = parser.parse(text)
  const entries = [feed?.entry ?? alone ?? []].flat().map((entry) => ({ entry, links: linksOfEntry(entry, url) }))
  const { entry, links } = entries.find((one) => one.links.some(({ href }) => targets.includes(href))) ?? {}
  if (!entry) return {}
  return {
    links,
    title: words(entry.title),
    excerpt: words(entry.summary) || words(entry.content),
    author: words([entry.author ?? feed?.author].flat()[0]?.name),
    site: words(feed?.title),
    writtenAt: words(entry.published) || words(entry.updated),
  }
}

function linksOfEntry(entry, url) {
  const page = { links: [], targets: [], meta: {}, url, base: url, trackbacks: [] }
  for (const part of [entry.content, entry.summary]) walk(parse(words(part)), page)
  const own = [entry.link ?? []].flat().map((link) => resolved(link["@href"], url))
  return [...page.links, ...own.filter(Boolean).map(found)]
}

function words(part) {
  const inner = typeof part === "object" && part !== null ? part["#"] : part
  return typeof inner === "string" ? inner : ""
}

function valuesIn(json) {
  const values = []
  const open = [json]
  while (open.length > 0 && values.length < MOST_LINKS) {
    const part = open.pop()
    if (typeof part === "string") values.push(part)
    else if (typeof part === "object" && part !== null) open.push(...Object.values(part))
  }
  return values
}

function resolved(href, base) {
  if (href === undefined || href.length > 4_000 || !URL.canParse(href.trim(), base)) return null
  const { href: absolute, protocol } = new URL(href.trim(), base)
  return protocol === "http:" || protocol === "https:" ? absolute : null
}
