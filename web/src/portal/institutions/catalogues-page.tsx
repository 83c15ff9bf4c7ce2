import { Card, ClauseTap, Page } from '../../ui/plain/index.ts'

/** 目录清单: four catalogues and the fees, in the words people ask with. */
export function CataloguesPage() {
  return (
    <Page
      title="目录清单"
      lead="培训评价实行目录清单管理，目录之外的机构和职业不得开展。"
      back={{ to: '/', label: '首页' }}
    >
      <Card to="/catalogues/occupations" title="职业目录">
        <p>可以培训和评价哪些职业，分哪些等级和方向。</p>
      </Card>
      <Card to="/catalogues/training" title="培训机构目录">
        <p>哪些机构可以培训，何时列入、何时截止。</p>
      </Card>
      <Card to="/catalogues/evaluation" title="评价机构目录">
        <p>哪些机构可以组织专业技术等级考核。</p>
      </Card>
      <Card to="/fees" title="收费公示">
        <p>各机构的收费标准和弥补成本说明。</p>
      </Card>
      <Card to="/catalogues/subsidies" title="补贴标准目录">
        <p>培训补贴和技能提升补贴的标准、条件和依据。</p>
      </Card>
      <p>
        依据：
        <ClauseTap id="HB-6.2" />
      </p>
    </Page>
  )
}
