// Checks the projects it is sent, of those named in its arguments. A file is checked once, by the project whose it is: packages resolve
// each other's sources, which every importer would otherwise check again.
import ts from "typescript"
import { root } from "./install.mjs"

const host = {
  ...ts.sys,
  onUnRecoverableConfigFileDiagnostic(diagnostic) {
    throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"))
  },
}
const configs = new Map(
  process.argv
    .slice(2)
    .map((project) => [project, ts.getParsedCommandLineOfConfigFile(`${root}${project}`, undefined, host)]),
)

/** The project that each file belongs to: the first that names it. */
const owners = new Map()
for (const [project, { fileNames }] of configs) {
  for (const file of fileNames) if (!owners.has(file)) owners.set(file, project)
}

/** Declarations are the same to all projects, whose options differ in nothing that concerns the reading of them. */
const declarations = new Map()
const createHost = (options) => {
  const compilerHost = ts.createCompilerHost(options)
  const read = compilerHost.getSourceFile
  compilerHost.getSourceFile = (name, how, ...rest) => {
    if (!/\.d\.[cm]?ts$/.test(name)) return read(name, how, ...rest)
    const key = `${name} ${how.languageVersion ?? how} ${how.impliedNodeFormat}`
    if (!declarations.has(key)) declarations.set(key, read(name, how, ...rest))
    return declarations.get(key)
  }
  return compilerHost
}

const check = (project) => {
  const { fileNames, options, errors } = configs.get(project)
  const program = ts.createProgram({
    rootNames: fileNames,
    options,
    host: createHost(options),
    configFileParsingDiagnostics: errors,
  })
  // What no project names is checked by all that reach it.
  const own = program.getSourceFiles().filter((file) => (owners.get(file.fileName) ?? project) === project)
  return [
    ...program.getConfigFileParsingDiagnostics(),
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...own.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
  ]
}

const format = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => root, getNewLine: () => "\n" }
process.on("message", (project) => {
  process.send({ project, said: ts.formatDiagnostics(check(project), format) })
})
