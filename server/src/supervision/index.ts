/** The door of supervision: numbers over what the other modules publish. Nothing below uses it. */
export { overview } from './overview.ts'
export { setTarget } from './set-target.ts'
