import { attemptsRoomApi } from './attempts/room-api.ts'
import { evidenceRoomApi } from './evidence/room-api.ts'
import { gatesRoomApi } from './gates/room-api.ts'
import { rehearsalRoomApi } from './rehearsal/room-api.ts'
import type { RoomApi } from './room-call.ts'
import { sitesRoomApi } from './sites/room-api.ts'

/** What machines in a hall may call. One line a room: each folder's own `room-api.ts`. */
export const roomApi: RoomApi = {
  ...rehearsalRoomApi,
  ...sitesRoomApi,
  ...gatesRoomApi,
  ...attemptsRoomApi,
  ...evidenceRoomApi,
}

export { type HotCall, hotCalls, openHall } from './attempts/room-api.ts'
export type { RoomCall, RoomSecrets } from './room-call.ts'
