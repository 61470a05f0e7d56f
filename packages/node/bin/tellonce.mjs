#!/usr/bin/env node
import { run } from "@tellonce/node/cli"

process.exitCode = await run(process.argv.slice(2))
