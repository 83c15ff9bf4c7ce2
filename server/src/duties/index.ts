export { type CancelDutyInput, cancelDuty } from './cancel-duty.ts'
export type { DutyHolder } from './duty.ts'
export { type FulfilDutyInput, fulfilDuty } from './fulfil-duty.ts'
export { type OpenDutyInput, openDuty } from './open-duty.ts'
