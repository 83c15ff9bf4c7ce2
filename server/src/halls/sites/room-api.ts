import { z } from 'zod'
import { nothing } from '../../platform/api.ts'
import { type RoomApi, roomProcedure } from '../room-call.ts'
import { bindStation, viewStation } from './bind-station.ts'

export const sitesRoomApi = {
  station: roomProcedure({
    method: 'GET',
    summary: '这台机器在哪个考位',
    input: nothing,
    handle: ({ app, secrets }) => viewStation(app, secrets.station),
  }),
  'bind-station': roomProcedure({
    method: 'POST',
    summary: '用一次性绑定码绑定考位',
    input: z.strictObject({ code: z.string().max(40) }),
    // A hall's machines may share one address; a code has 31^8 values.
    limit: { max: 120, seconds: 60 },
    handle: ({ app }, input) => bindStation(app, input),
  }),
} satisfies RoomApi
