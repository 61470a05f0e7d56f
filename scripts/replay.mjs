// `npm run replay -- <file.jsonl.gz | folder> [--json]`: annotated dialogues through the real service, counted.
import { install } from "./install.mjs"
import { runSource } from "./run-source.mjs"

install()
process.exitCode = await runSource("examples/replay/src/main.ts", process.argv.slice(2))
