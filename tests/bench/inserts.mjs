// The floor: the same bytes into one table, one durable transaction each. Prints inserts a second.
import BetterSqlite from "better-sqlite3"
import { readFileSync } from "node:fs"

const [, , file, body, count] = process.argv
const text = readFileSync(body, "utf8")
const db = new BetterSqlite(file)
db.pragma("journal_mode = WAL")
db.pragma("synchronous = FULL")
db.exec("CREATE TABLE saves (number INTEGER PRIMARY KEY, body TEXT NOT NULL)")
const insert = db.prepare("INSERT INTO saves (body) VALUES (?)")
const started = performance.now()
for (let number = 0; number < Number(count); number++) insert.run(text)
console.log(Number(count) / ((performance.now() - started) / 1000))
