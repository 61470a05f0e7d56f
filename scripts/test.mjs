// `npm test`: installs what is missing (a browser too), then lint, types and every test; the last line counts them all.
import { spawn } from "node:child_process"
import { readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { findChromium } from "./chromium.mjs"
import { install, root } from "./install.mjs"

install()
const chromium = findChromium()

const step = (title, command, args) =>
  new Promise((resolve) => {
    console.log(`\n— ${title}`)
    const env = { ...process.env, CHROMIUM_PATH: chromium }
    spawn(command, args, { cwd: root, stdio: "inherit", env }).on("exit", (code) => resolve(code === 0))
  })

const report = `${tmpdir()}/tellonce-tests-${process.pid}.json`
const lint = await step("lint and format", "node_modules/.bin/biome", ["check", "."])
const types = await step("types", process.execPath, ["scripts/typecheck.mjs"])
const vitest = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...process.argv.slice(2)]
const ran = await step("tests", "node_modules/.bin/vitest", vitest)

const readReport = () => {
  try {
    return JSON.parse(readFileSync(report, "utf8"))
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 }
  }
}
const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = readReport()
rmSync(report, { force: true })

// A run that broke off, or left tests out, has failed whatever it counted.
const leftOut = numPendingTests + numTodoTests
const whole = ran && leftOut === 0 && numPassedTests > 0
const checks = [lint, types]
const passed = numPassedTests + checks.filter(Boolean).length
const failed = Math.max(numFailedTests, whole ? 0 : 1) + checks.filter((held) => !held).length
if (leftOut > 0) console.log(`\n${leftOut} tests were left out, which counts as a failure.`)
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
