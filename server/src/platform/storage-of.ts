import { join } from 'node:path'
import type { Config } from './config.ts'
import type { Storage } from './storage.ts'
import { folderStorage } from './storage-folder.ts'
import { s3Storage } from './storage-s3.ts'

/** S3 when an endpoint is configured, else the folder `objects` of the data folder: one machine only. */
export function storageOf(config: Config): Storage {
  return config.s3 ? s3Storage(config.s3) : folderStorage(join(config.dataDir, 'objects'))
}
