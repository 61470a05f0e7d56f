import { execFileSync } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as fc from "fast-check"
import { afterAll, describe, expect, it } from "vitest"
import { createFileErasureLedger } from "./file-erasure-ledger.ts"
import { parseRecords, recordSize, toRecord } from "./ledger-record.ts"

const root = mkdtempSync(join(tmpdir(), "tellonce-ledger-"))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const pepper = "a pepper of the tests alone"
let files = 0
const file = () => join(root, `${files++}`, "ledger")

const erase = async (path: string, ...keys: readonly string[]) => {
  const ledger = await createFileErasureLedger({ path, pepper })
  await ledger.keep(keys.flatMap(ledger.subjectsOf).map((subject) => ({ subject, epoch: 1 })))
  await ledger.close()
}
const epochs = async (path: string, ...keys: readonly string[]) => {
  const ledger = await createFileErasureLedger({ path, pepper })
  const found = await ledger.epochs(keys)
  await ledger.close()
  return found
}

describe("the ledger's file", () => {
  it("remembers through a restart, and holds no name", async () => {
    const path = file()
    await erase(path, "user:1", "email:ada@example.com")
    expect(await epochs(path, "user:1", "user:2", "email:ada@example.com")).toEqual([1, 0, 1])
    expect(readFileSync(path, "latin1")).not.toMatch(/user|ada/)
    expect(statSync(path).mode & 0o077).toBe(0)
  })

  it("takes the higher epoch, whichever comes first", async () => {
    const path = file()
    const ledger = await createFileErasureLedger({ path, pepper })
    const [subject = ""] = ledger.subjectsOf("user:1")
    for (const epoch of [3, 1, 2]) await ledger.keep([{ subject, epoch }])
    expect(await ledger.epochs(["user:1"])).toEqual([3])
    await ledger.close()
    expect(await epochs(path, "user:1")).toEqual([3])
  })

  it("another pepper finds nobody, and a short one is refused", async () => {
    const path = file()
    await erase(path, "user:1")
    const other = await createFileErasureLedger({ path, pepper: "quite another pepper" })
    expect(await other.epochs(["user:1"])).toEqual([0])
    await other.close()
    for (const weak of ["short", undefined as unknown as string])
      await expect(createFileErasureLedger({ path, pepper: weak })).rejects.toMatchObject({ code: "config/pepper" })
  })

  it("a record that was torn at any byte is the end of it, and is written over", async () => {
    const whole = toRecord({ subject: "a".repeat(32), epoch: 1 })
    for (let cut = 1; cut < recordSize; cut++) {
      const path = file()
      await erase(path, "user:1")
      const bytes = readFileSync(path)
      bytes.write(whole.slice(0, cut), recordSize, "latin1")
      writeFileSync(path, bytes)
      await erase(path, "user:2")
      expect(await epochs(path, "user:1", "user:2")).toEqual([1, 1])
    }
  })

  it("a damaged record with others behind it stops the start", async () => {
    const path = file()
    await erase(path, "user:1", "user:2")
    const bytes = readFileSync(path)
    bytes[5] = bytes[5] === 0x61 ? 0x62 : 0x61
    writeFileSync(path, bytes)
    await expect(createFileErasureLedger({ path, pepper })).rejects.toMatchObject({ code: "erasure/ledger_damaged" })
  })

  it("so does a record of zeros, as a lost block of the disk reads", async () => {
    const path = file()
    await erase(path, "user:1", "user:2")
    writeFileSync(path, readFileSync(path).fill(0, 0, recordSize))
    await expect(createFileErasureLedger({ path, pepper })).rejects.toMatchObject({ code: "erasure/ledger_damaged" })
  })

  it("what is written is what is read", () => {
    const erasure = fc.record({
      subject: fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 32, maxLength: 32 }),
      epoch: fc.nat(),
    })
    fc.assert(
      fc.property(fc.array(erasure), fc.nat(300), (erasures, zeros) => {
        const bytes = Buffer.concat([Buffer.from(erasures.map(toRecord).join("")), Buffer.alloc(zeros)])
        expect(parseRecords(bytes)).toEqual(erasures)
      }),
    )
  })

  it("grows as it fills", async () => {
    const path = file()
    const keys = Array.from({ length: 3_000 }, (_, index) => `user:${index}`)
    await erase(path, ...keys)
    expect(new Set(await epochs(path, ...keys))).toEqual(new Set([1]))
  }, 30_000)

  it.skipIf(process.getuid?.() !== 0 || process.platform !== "linux")(
    "works on a full disk",
    async () => {
      const disk = mkdtempSync(join(root, "disk-"))
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", disk])
      try {
        const path = join(disk, "ledger")
        await erase(path, "user:before")
        expect(() => writeFileSync(join(disk, "filler"), Buffer.alloc(1_000_000))).toThrow(/ENOSPC/)
        expect(() => writeFileSync(join(disk, "one-more"), "x".repeat(5_000))).toThrow(/ENOSPC/)
        const keys = Array.from({ length: 200 }, (_, index) => `user:${index}`)
        for (const key of keys) await erase(path, key)
        expect(new Set(await epochs(path, "user:before", ...keys))).toEqual(new Set([1]))
        expect(existsSync(join(disk, "filler"))).toBe(true)
      } finally {
        execFileSync("umount", [disk])
      }
    },
    60_000,
  )
})
