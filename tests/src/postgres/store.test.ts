import { describe, vi } from "vitest"
import { majors } from "./prepare-binaries.ts"
import { storeLaws } from "./store-laws.ts"

// A real server, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 })

const { TELLONCE_POSTGRES: only } = process.env

describe.each(only === undefined ? majors : [only])("PostgreSQL %s", (release) => storeLaws({ release }))
