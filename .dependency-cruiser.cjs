// Who may use whom. Calls go down this map; news comes back up as jobs in the same transaction.
const MAY_USE = {
  people: [],
  duties: ['people'],
  institutions: ['people', 'duties'],
  rules: ['people', 'duties', 'institutions'],
  training: ['people', 'duties', 'institutions'],
  exams: ['people', 'duties', 'institutions', 'training'],
  halls: ['people', 'duties', 'institutions', 'training', 'exams'],
  certificates: ['people', 'duties', 'institutions', 'training', 'exams'],
  benefits: ['people', 'duties', 'institutions', 'training', 'certificates'],
  supervision: ['people', 'duties', 'institutions', 'training', 'exams', 'halls', 'certificates', 'benefits'],
}
const modules = Object.keys(MAY_USE).join('|')
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    ...Object.entries(MAY_USE).map(([name, uses]) => ({
      name: `${name}-uses-only-what-it-declares`,
      severity: 'error',
      from: { path: `^server/src/${name}/`, pathNot: '[.]test[.]ts$' },
      to: { path: `^server/src/(${modules})/`, pathNot: `^server/src/(${[name, ...uses].join('|')})/` },
    })),
    {
      name: 'enter-by-the-door',
      severity: 'error',
      from: { path: `^server/src/(${modules})/`, pathNot: ['[.]test[.]ts$', '/fixtures[.]ts$'] },
      to: {
        path: `^server/src/(${modules})/`,
        pathNot: ['^server/src/$1/', `^server/src/(${modules})/index[.]ts$`],
      },
    },
    {
      name: 'fixtures-serve-tests-only',
      severity: 'error',
      from: { path: '^server/src/', pathNot: ['[.]test[.]ts$', '/fixtures[.]ts$', '/testing/'] },
      to: { path: '/fixtures[.]ts$' },
    },
    {
      name: 'surfaces-mount-apis-only',
      severity: 'error',
      from: { path: '^server/src/http/', pathNot: '[.]test[.]ts$' },
      to: {
        path: `^server/src/(${modules})/`,
        pathNot: ['/(portal|workbench|room)-api[.]ts$', `^server/src/(${modules})/index[.]ts$`],
      },
    },
    {
      name: 'platform-knows-no-module',
      severity: 'error',
      from: { path: '^server/src/platform/' },
      to: { path: `^server/src/(${modules}|http)/` },
    },
    {
      name: 'policy-is-pure',
      severity: 'error',
      comment: 'policy computes; zod and yaml are its only libraries; no clock, no disk, no network',
      from: { path: '^policy/src/', pathNot: '[.]test[.]ts$' },
      to: { pathNot: ['^policy/src/', '^node_modules/(zod|yaml)/'] },
    },
    {
      name: 'web-takes-only-types-from-server',
      severity: 'error',
      from: { path: '^web/src/' },
      to: { path: '^server/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'web-surfaces-do-not-mix',
      severity: 'error',
      from: { path: '^web/src/(portal|workbench|exam)/' },
      to: { path: '^web/src/(portal|workbench|exam)/', pathNot: '^web/src/$1/' },
    },
    {
      name: 'ui-knows-no-surface',
      severity: 'error',
      from: { path: '^web/src/ui/' },
      to: { path: '^web/src/(portal|workbench|exam)/' },
    },
    {
      name: 'exam-room-holds-no-rules',
      severity: 'error',
      from: { path: '^web/src/exam/' },
      to: { path: '^policy/', dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
