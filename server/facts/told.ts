/** What a person who said something is told. */
export const TOLD: Record<string, string> = {
  renewed: "Thank you. Everybody sees now when this was last checked.",
  waiting: "Thank you. When a second person says the same, everybody sees that it was checked.",
  doubted: "Thank you. Everybody who reads this is warned now, and somebody will look. If you know what is right, use “Fix this”.",
  noted: "Thank you. It is noted that this could not be found out.",
  again: "Thank you. This was said already today from where you are; it counts once.",
}
