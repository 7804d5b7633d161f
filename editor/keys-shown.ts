const mac = /Mac|iP(hone|ad|od)/.test(navigator.platform)

/** A key binding in the words of this computer's keyboard: "Mod-Alt-f" is "Ctrl+Alt+F", or "⌘⌥F". */
export function shownKeys(binding: string): string {
  const parts = binding
    .split("-")
    .map((part) => (mac ? (macKeys[part] ?? part.toUpperCase()) : (pcKeys[part] ?? upper(part))))
  return parts.join(mac ? "" : "+")
}

const macKeys: Record<string, string> = { Mod: "⌘", Alt: "⌥", Shift: "⇧", ArrowUp: "↑", ArrowDown: "↓" }
const pcKeys: Record<string, string> = { Mod: "Ctrl", ArrowUp: "↑", ArrowDown: "↓" }

const upper = (key: string) => (key.length === 1 ? key.toUpperCase() : key)
