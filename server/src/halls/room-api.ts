import type { RoomApi } from './room-call.ts'

/** What machines in a hall may call. One line a room: each folder's own `room-api.ts`. */
export const roomApi: RoomApi = {}
