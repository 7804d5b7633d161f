export const missing: string
export function findChromium(): string | null
