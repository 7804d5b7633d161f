export { confirmWish, endStaleWishes, endWish, findWish, keepWish, listGuests, type ReplyWish } from "./store.ts"
