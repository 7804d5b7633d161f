import type { Node } from "prosemirror-model"

const written = new WeakMap<Node, string>()

/** The page as `JSON.stringify(doc.toJSON())` has it. Only blocks that changed since the last time are written anew: nodes never change. */
export function documentJson(doc: Node): string {
  const blocks = doc.children.map((block) => {
    let json = written.get(block)
    if (json === undefined) written.set(block, (json = JSON.stringify(block.toJSON())))
    return json
  })
  return `{"type":"doc","content":[${blocks.join(",")}]}`
}
