import ipaddr from "ipaddr.js"

/** The IPv6 addresses that are handed out to the public (IANA: 2000::/3); all else is reserved for something. */
const GLOBAL_V6 = ipaddr.IPv6.parseCIDR("2000::/3")

/**
 * Whether an IP address can be reached from anywhere: not loopback, private, link-local, carrier-grade, multicast, reserved,
 * nor an IPv6 address that only carries an IPv4 one (mapped, translated, tunnelled).
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.parse(text)
  if (address.range() !== "unicast") return false
  if (address.kind() === "ipv4") return true
  const v6 = address as ipaddr.IPv6
  return v6.zoneId === undefined && v6.match(GLOBAL_V6)
}
