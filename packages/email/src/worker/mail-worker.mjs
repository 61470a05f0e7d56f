// The thread that reads mails, so that no mail from a stranger holds up the event loop that serves requests. One mail at a time.
import { parentPort } from "node:worker_threads"
import { readMail } from "../parse/read-mail.ts"

parentPort?.on("message", async (raw) => parentPort?.postMessage(await readMail(raw)))
parentPort?.postMessage("ready")
