// Canonical menus (menus.ts) as readers and programs see them, without the tables of the world's telephone numbers.

/** One thing to do during a call. `hear` is what the voice says before it, `language` the language it leads to. */
export interface MenuStep {
  do: "press" | "say" | "ask for" | "wait"
  what: string
  language: string
  hear: string
}

export interface Menu {
  /** The number to call, as a canonical telephone number; empty when the number stands elsewhere. */
  call: string
  steps: MenuStep[]
}

/** The parts of a canonical menu. */
export function parseMenu(value: string): Menu {
  const menu: Menu = { call: "", steps: [] }
  for (const step of value.split("; ")) {
    const [, act = "wait", rest = ""] = /^(call|press|say|ask for|wait)(?: (.*))?$/.exec(step) ?? []
    if (act === "call") menu.call = rest
    else if (act !== "press") menu.steps.push({ do: act as MenuStep["do"], what: rest, language: "", hear: "" })
    else {
      const [, what = "", language = "", hear = ""] = /^([\d*#]+)(?: \(([^()]+)\))?(?:: (.*))?$/.exec(rest) ?? []
      menu.steps.push({ do: "press", what, language, hear })
    }
  }
  return menu
}

/** The keys to press as a telephone dials them after the number, a pause before each; null when they are not all that has to be done. */
export function keysAfter({ steps }: Menu): string | null {
  if (steps.length === 0 || steps.some((step) => step.do !== "press" || /[^\d*]/.test(step.what))) return null
  return steps.map(({ what }) => `,,${what}`).join("")
}
