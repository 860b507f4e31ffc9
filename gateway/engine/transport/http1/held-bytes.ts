/** Bytes that wait for those that follow them. What is added is copied: it comes in memory that is used again at once. */
interface HeldBytes {
  readonly size: number;
  add(bytes: Buffer): void;
  /** All of them, until more are added. */
  bytes(): Buffer;
  clear(): void;
}

const LEAST = 4_096;

export function createHeldBytes(): HeldBytes {
  let held = Buffer.alloc(0);
  let size = 0;
  return {
    get size() {
      return size;
    },
    add(bytes) {
      const needed = size + bytes.length;
      if (needed > held.length) {
        const larger = Buffer.allocUnsafe(Math.max(LEAST, needed, held.length * 2));
        held.copy(larger, 0, 0, size);
        held = larger;
      }
      bytes.copy(held, size);
      size = needed;
    },
    bytes: () => held.subarray(0, size),
    clear() {
      // a large answer is not kept in memory as long as its connection is
      if (size > 0) held = Buffer.alloc(0);
      size = 0;
    },
  };
}
