import type { Node } from "prosemirror-model"
import { readOrdered } from "./dom-attrs.ts"
import { itemContent } from "./flatten.ts"
import { domOf, type HtmlElement, type HtmlNode, isElement, textOf, within } from "./html-tree.ts"
import { type Context, style } from "./read-html-inline.ts"
import { blocksIn, blocksOf, type HtmlReader, lineIn } from "./read-html-reader.ts"
import { pageSchema } from "./schema.ts"

const { nodes } = pageSchema

// Deeper ones a page doesn't hold: their items become paragraphs of the item around.
const MAX_LISTS = 17

/** Reads the items in <ul>, <ol> or <menu>, and what stands between them. */
export function readList(element: HtmlElement, context: Context, reader: HtmlReader): Node[] {
  const inside = { ...context, line: lineIn(element, context), lists: context.lists + 1 }
  const items = element.childNodes.reduce<Item[]>((found, child) => addItem(found, child, inside, reader), [])
  if (items.length === 0) return []
  if (context.lists >= MAX_LISTS) return tooDeep(items, inside, reader)
  const id = reader.idOf(element)
  const content = items.map((item) => itemNode(item, reader))
  if (element.tagName !== "ol") return [nodes.bullet_list.create({ id }, content)]
  return [nodes.ordered_list.create({ id, start: Math.min(readOrdered(domOf(element)).start, MAX_START) }, content)]
}

/** Reads list items that stand in no list. */
export function readLooseItems(elements: readonly HtmlElement[], context: Context, reader: HtmlReader): Node[] {
  const items = elements.map((element) => readItem(element, { ...context, lists: context.lists + 1 }, reader))
  if (context.lists >= MAX_LISTS) return tooDeep(items, context, reader)
  return [
    nodes.bullet_list.create(
      null,
      items.map((item) => itemNode(item, reader)),
    ),
  ]
}

/** Whether this is a paragraph that Word shows as an item of a list. */
export function isWordItem(element: HtmlElement): boolean {
  return element.tagName === "p" && /^l\d+ level\d/.test(style(element, "mso-list"))
}

/** Whether this holds the bullet or number that Word wrote out for those who don't know its lists. */
export function isWordMarker(element: HtmlElement): boolean {
  return style(element, "mso-list") === "ignore"
}

/** Reads paragraphs that Word shows as items, nested by the level that their style tells. */
export function readWordItems(elements: readonly HtmlElement[], context: Context, reader: HtmlReader): Node[] {
  const items = elements.map((element) => {
    const marker = within(element, isWordMarker).map(textOf).join("").trim()
    const number = /^\(?(\d{1,4}|[a-z]{1,5})[.)]/i.exec(marker)?.[1]
    const level = Number(/level(\d)/.exec(style(element, "mso-list"))![1])
    const item = { ...readItem(element, context, reader), id: null }
    return { item, level, start: number === undefined ? null : Number(number) || 1 }
  })
  const plain = items.map(({ item }) => item)
  return context.lists + WORD_LEVELS > MAX_LISTS ? tooDeep(plain, context, reader) : nested(items, reader)
}

// Word's lists have levels 1 to 9.
const WORD_LEVELS = 9

const MAX_START = 999_999

interface Item {
  id: string | null
  line: number
  blocks: Node[]
}

interface LeveledItem {
  item: Item
  level: number
  /** The number it carries; null for a bullet. */
  start: number | null
}

function tooDeep(items: readonly Item[], { line }: Context, { warnings }: HtmlReader): Node[] {
  warnings.add(line, "Lists this deep became paragraphs.")
  return items.flatMap(({ blocks }) => blocks)
}

function itemNode({ id, line, blocks }: Item, { warnings }: HtmlReader): Node {
  return nodes.list_item.create({ id }, itemContent(blocks, line, warnings))
}

function readItem(element: HtmlElement, context: Context, reader: HtmlReader): Item {
  return { id: reader.idOf(element), line: lineIn(element, context), blocks: blocksIn(element, context, reader) }
}

/** A list directly in a list, as Google Docs writes it, belongs to the item before. */
function addItem(items: Item[], child: HtmlNode, context: Context, reader: HtmlReader): Item[] {
  if (isElement(child) && child.tagName === "li") items.push(readItem(child, context, reader))
  else {
    const blocks = blocksOf(reader.parts([child], context))
    const last = items.at(-1)
    const isList = blocks[0]?.type === nodes.bullet_list || blocks[0]?.type === nodes.ordered_list
    if (last && isList) last.blocks.push(...blocks)
    else if (blocks.length > 0) items.push({ id: null, line: context.line, blocks })
  }
  return items
}

function nested(items: readonly LeveledItem[], reader: HtmlReader): Node[] {
  const lists: Node[] = []
  for (let at = 0; at < items.length;) {
    const { level, start } = items[at]!
    const content: Node[] = []
    while (at < items.length && items[at]!.level >= level && !changesKind(items[at]!, level, start)) {
      const { item } = items[at++]!
      const first = at
      while (at < items.length && items[at]!.level > level) at++
      content.push(itemNode({ ...item, blocks: [...item.blocks, ...nested(items.slice(first, at), reader)] }, reader))
    }
    lists.push(start === null ? nodes.bullet_list.create(null, content) : nodes.ordered_list.create({ start }, content))
  }
  return lists
}

function changesKind(item: LeveledItem, level: number, start: number | null): boolean {
  return item.level === level && (item.start === null) !== (start === null)
}
