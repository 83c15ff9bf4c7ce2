/** Objects by key: a folder by default, any S3 API in production. Keys are `purpose/yyyy/mm/uuid`, never a person's name. */
export interface Storage {
  put(key: string, bytes: Uint8Array, mediaType: string): Promise<void>
  /** The bytes, or undefined when there is no such object. */
  get(key: string): Promise<Uint8Array | undefined>
  remove(key: string): Promise<void>
  /** Throws when the store cannot be reached; `/readyz` asks it. */
  check(): Promise<void>
}
