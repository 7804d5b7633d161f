/** A page that takes pings, as the TrackBack 1.2 specification has it announced. */
export interface Target {
  /** The page's own address, exactly as clients compare it. */
  url: string
  title: string
  ping: string
}

/**
 * The RDF by which a client finds the ping address of a page (TrackBack 1.2, "Auto-Discovery"), inside an HTML comment as
 * the specification suggests, so that no reader sees it and no policy minds it. Nothing in a title or address can end the
 * comment or the attribute it stands in.
 */
export function discoveryComment({ url, title, ping }: Target): string {
  return [
    "<!--",
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"`,
    `    xmlns:dc="http://purl.org/dc/elements/1.1/"`,
    `    xmlns:trackback="http://madskills.com/public/xml/rss/module/trackback/">`,
    `  <rdf:Description rdf:about="${attribute(url)}" dc:identifier="${attribute(url)}"`,
    `    dc:title="${attribute(title)}" trackback:ping="${attribute(ping)}" />`,
    "</rdf:RDF>",
    "-->",
  ].join("\n")
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }
// What XML 1.0 cannot hold, however escaped.
const UNFIT = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu

// Two hyphens end a comment in HTML and are an error in one in XML; the second is spelled as a character reference.
function attribute(text: string): string {
  return text
    .replace(UNFIT, "")
    .replace(/[&<>"']/g, (letter) => ENTITIES[letter]!)
    .replaceAll("--", "-&#45;")
}
