export { confirmWish, endStaleWishes, endWish, findWish, keepWish } from "./store.ts"
