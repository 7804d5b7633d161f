import { type DefaultTreeAdapterTypes, parse } from "parse5"

type Node = DefaultTreeAdapterTypes.Node

const RUNNING = new Set(["script", "iframe", "object", "embed", "svg", "math", "style", "base", "frame", "img", "template", "noscript", "marquee", "portal"])
const SCHEMES = /^(?:https?:|mailto:|tel:|[/#?])/i

/** What a browser would run, load or be led to by the part of a page that begins with `from`: nothing, when all is well. */
export function dangersIn(html: string, from = "<main"): string[] {
  const found: string[] = []
  const visit = (node: Node) => {
    if ("attrs" in node) {
      if (RUNNING.has(node.tagName) || node.namespaceURI !== "http://www.w3.org/1999/xhtml") found.push(`<${node.tagName}>`)
      for (const { name, value } of node.attrs) {
        if (/^on|^style$|^srcdoc$/i.test(name)) found.push(`${name}="${value}"`)
        if (/^(?:href|src|action|formaction|xlink:href)$/.test(name) && value !== "" && !SCHEMES.test(value)) found.push(`${name}="${value}"`)
      }
    }
    if ("childNodes" in node) node.childNodes.forEach(visit)
  }
  visit(parse(html.slice(html.indexOf(from))))
  return found
}

/** Ways that text has been made to run: each must come out as text or not at all. */
export const attacks = [
  "<img src=x onerror=alert(1)>",
  "<script>alert(1)</script>",
  '<a href="javascript:alert(1)">x</a>',
  '<a href="  jAvAsCrIpT&#58;alert(1)">x</a>',
  '<a href="java\tscript:alert(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  "<svg><style><img src=x onerror=alert(1)></style></svg>",
  "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src onerror=alert(1)&gt;\">",
  '<form id="x"><input name="body" formaction="javascript:alert(1)"></form>',
  '<b style="position:fixed" onmouseover=alert(1)>x</b>',
  "</textarea><script>alert(1)</script>",
  "</title><script>alert(1)</script>",
  '"><iframe srcdoc="<script>alert(1)</script>">',
  "'><svg/onload=alert(1)>",
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  "--><img src=x onerror=alert(1)>",
  "--!><script>alert(1)</script>",
  "]]><script>alert(1)</script>",
  "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
  "<template><script>alert(1)</script></template>",
]
