// Type-checks every workspace package from source, two at a time; exits non-zero with the compiler's own words.
import { fork } from "node:child_process"
import { existsSync, readdirSync } from "node:fs"
import { install, root } from "./install.mjs"

const projects = ["packages", "examples"]
  .flatMap((folder) => readdirSync(`${root}${folder}`).map((name) => `${folder}/${name}`))
  .concat("tests")
  // Tests are checked apart where the package itself must not see Node's types.
  .flatMap((project) => [`${project}/tsconfig.json`, `${project}/tsconfig.test.json`])
  .filter((project) => existsSync(`${root}${project}`))

install()
// The longest, which reach most of the others, come last in the list.
const queue = [...projects].reverse()
/** A process that checks one project after the other: what it has read of the libraries serves all of them. */
const lane = () =>
  new Promise((resolve) => {
    const child = fork(`${root}scripts/typecheck-lane.mjs`, projects)
    let held = true
    const next = () => {
      const project = queue.shift()
      if (project === undefined) child.disconnect()
      else child.send(project)
    }
    child.on("message", ({ project, said }) => {
      console.log(`${said === "" ? "✓" : "✗"} types by ${project}`)
      if (said !== "") console.log(said)
      held &&= said === ""
      next()
    })
    child.on("exit", (code) => resolve(held && code === 0))
    next()
  })
const results = await Promise.all([lane(), lane()])
process.exitCode = results.every(Boolean) && queue.length === 0 ? 0 : 1
