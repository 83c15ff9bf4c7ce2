import { attemptsRoomApi } from './attempts/room-api.ts'
import { rehearsalRoomApi } from './rehearsal/room-api.ts'
import type { RoomApi } from './room-call.ts'
import { sitesRoomApi } from './sites/room-api.ts'

/** What machines in a hall may call. One line a room: each folder's own `room-api.ts`. */
export const roomApi: RoomApi = {
  ...rehearsalRoomApi,
  ...sitesRoomApi,
  ...attemptsRoomApi,
}

export { type HotCall, hotCalls, openHall } from './attempts/room-api.ts'
export type { RoomCall, RoomSecrets } from './room-call.ts'
