import { describe } from "vitest"
import { majors } from "./prepare-binaries.ts"
import { storeLaws } from "./store-laws.ts"

const { TELLONCE_POSTGRES: only } = process.env

describe.each(only === undefined ? majors : [only])("PostgreSQL %s", (release) => storeLaws({ release }))
