/** In HTML every block id carries this prefix, so that no text of an author can name an element of the page. */
export const ID_PREFIX = "b-"

/** Ids are lower-case ASCII letters, digits and hyphens, so that they can stand in addresses and HTML as they are. */
export const ID_PATTERN = /^[a-z0-9-]{1,64}$/

/** The name a block's element has in HTML, for links to it. */
export function anchor(id: string): string {
  return ID_PREFIX + id
}
