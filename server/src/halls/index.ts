import './person-data.ts'

export { findBoard } from './board/board.ts'
export { recordVisit } from './board/look-in.ts'
export { may as boardPermissions } from './board/permissions.ts'
export { type BoardAsk, boardFor, type HallLook, lookAtHall } from './board/read-board.ts'
export { stripFor } from './board/strip.ts'
export type { Door as HallDoor } from './gates/store/door.ts'
export { hallsJobs, hallsSchedules } from './jobs.ts'
