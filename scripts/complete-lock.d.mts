type Lock = { packages: Record<string, object> }
export function missingFromLock(lock: Lock): string[]
export function completeLock(lock: Lock): Lock
