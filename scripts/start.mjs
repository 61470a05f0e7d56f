// `npm start`: the shop of the story, at http://127.0.0.1:4400 unless PORT says otherwise.
import { install } from "./install.mjs"
import { runSource } from "./run-source.mjs"

install()
process.exitCode = await runSource("examples/shop/src/main.ts")
