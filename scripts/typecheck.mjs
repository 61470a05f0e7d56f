// Type-checks every workspace package from source, two at a time; exits non-zero with the compiler's own words.
import { spawn } from "node:child_process"
import { existsSync, readdirSync } from "node:fs"
import { install, root } from "./install.mjs"

const projects = ["packages", "examples"]
  .flatMap((folder) => readdirSync(`${root}${folder}`).map((name) => `${folder}/${name}`))
  .concat("tests")
  // Tests are checked apart where the package itself must not see Node's types.
  .flatMap((project) => [`${project}/tsconfig.json`, `${project}/tsconfig.test.json`])
  .filter((project) => existsSync(`${root}${project}`))

const check = (project) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [`${root}node_modules/typescript/bin/tsc`, "-p", `${root}${project}`], {
      cwd: root,
    })
    let said = ""
    child.stdout.on("data", (chunk) => (said += chunk))
    child.on("exit", (code) => {
      console.log(`${code === 0 ? "✓" : "✗"} types by ${project}`)
      if (code !== 0) console.log(said)
      resolve(code === 0)
    })
  })

install()
const queue = [...projects]
const lane = async () => {
  const results = []
  for (let project = queue.shift(); project !== undefined; project = queue.shift()) results.push(await check(project))
  return results
}
const results = (await Promise.all([lane(), lane()])).flat()
process.exitCode = results.every(Boolean) ? 0 : 1
