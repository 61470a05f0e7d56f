const random = (): Uint8Array => crypto.getRandomValues(new Uint8Array(8))

/**
 * UUIDs of version 7: each sorts after the one before it, also within one millisecond and when the time goes back, so that of two
 * statements of one moment the later counts. Works outside secure contexts, where `randomUUID` does not.
 */
export const createIds = (chance: () => Uint8Array = random): ((now: number) => string) => {
  let last = 0
  let place = 0
  return (now) => {
    if (now > last) {
      last = Math.floor(now)
      place = 0
    } else if (++place > 0xfff) {
      last++
      place = 0
    }
    const [first = 0, ...rest] = chance()
    const tail = rest.map((byte) => hex(byte, 2)).join("")
    const digits = hex(last, 12) + 7 + hex(place, 3) + hex((first & 0x3f) | 0x80, 2) + tail
    return digits.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")
  }
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0")
