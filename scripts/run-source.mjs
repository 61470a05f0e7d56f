// Runs a TypeScript program from source, the packages' sources included, with the terminal and the signals passed through.
import { spawn } from "node:child_process"
import { root } from "./install.mjs"

/** Resolves with the exit code. */
export const runSource = (entry, args = [], env = {}) =>
  new Promise((resolve) => {
    const flags = ["--conditions=@tellonce/source", "--import", "tsx"]
    const child = spawn(process.execPath, [...flags, `${root}${entry}`, ...args], {
      stdio: "inherit",
      env: { ...process.env, ...env },
    })
    for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal))
    child.on("exit", (code, signal) => resolve(code ?? (signal === null ? 0 : 1)))
  })
