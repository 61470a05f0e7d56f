/** In so many parts all customers are divided, for good: a row's bucket is part of its key. */
export const buckets = 4_096

/**
 * Where an identity lives: FNV-1a over the UTF-8 bytes of its name, folded to twelve bits. Every release must give the same, or what is stored
 * would not be found again.
 */
export const bucketOf = (name: string): number => {
  let hash = 0x811c9dc5
  for (const byte of encoder.encode(name)) hash = Math.imul(hash ^ byte, 0x01000193)
  return ((hash >>> 20) ^ hash) & (buckets - 1)
}

const encoder = new TextEncoder()
