/** 欧阳静然 → 欧**然, 王芳 → 王*: enough for who knows the person, too little to learn a name from a list. */
export function maskedName(name: string): string {
  const characters = [...name]
  const [first = ''] = characters
  if (characters.length <= 2) return `${first}*`
  return `${first}${'*'.repeat(characters.length - 2)}${characters.at(-1)}`
}
