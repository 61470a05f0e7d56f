import "fake-indexeddb/auto"
import { IDBFactory } from "fake-indexeddb"
import { beforeEach, vi } from "vitest"

// Files share their modules and the global object: no other file may find this one's disk.
Reflect.deleteProperty(globalThis, "indexedDB")

/** A new, empty disk for each test of the file that calls this. */
export const useIndexedDb = () => beforeEach(() => void vi.stubGlobal("indexedDB", new IDBFactory()))
