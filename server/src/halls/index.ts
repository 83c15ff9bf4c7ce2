import './person-data.ts'

export { hallsJobs, hallsSchedules } from './jobs.ts'
export { may as boardPermissions } from './board/permissions.ts'
export { readBoard } from './board/read-board.ts'
