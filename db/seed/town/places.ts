import type { Parties, Subject } from '../way/way.ts'
import type { Place } from './plans.ts'

export const GUANGGU: Place = {
  venue: '光谷实训中心',
  address: '演示大道 1 号',
  examination: '华中评价中心考场',
  teacher: '周明',
}

export const YICHANG: Parties = {
  training: 'qin-yue',
  teacher: 'gu-an',
  evaluation: 'meng-ze',
  evaluationSecond: 'meng-ze',
  // Nobody examines at this institution yet; scores are entered at its colleague's in Wuhan only.
  examiners: ['tang-yi', 'lu-fang'],
  city: 'deng-hui',
  province: 'fang-zheng',
  provinceSecond: 'jiang-shu',
  national: 'luo-cheng',
  trainingOrganisation: 'chuyun',
  evaluationOrganisation: 'sanxia',
  provinceCode: '420000',
  cityCode: '420500',
}
export const XILING: Place = {
  venue: '西陵实训楼',
  address: '演示路 8 号',
  examination: '三峡评价院机房',
  teacher: '顾安',
}

export const HEFEI: Parties = {
  training: 'yao-lu',
  teacher: 'yao-lu',
  evaluation: 'fu-huai',
  evaluationSecond: 'fu-huai',
  examiners: ['fu-huai', 'fu-huai'],
  city: 'cheng-he',
  province: 'pan-wan',
  provinceSecond: 'wang-hui',
  national: 'luo-cheng',
  trainingOrganisation: 'luzhou',
  evaluationOrganisation: 'jianghuai',
  provinceCode: '340000',
  cityCode: '340100',
}
export const LUYANG: Place = {
  venue: '庐阳教学点',
  address: '演示街 3 号',
  examination: '江淮评价中心考场',
  teacher: '姚庐',
}

export const IOT_JUNIOR: Subject = { occupationId: 'iot', direction: '物联网应用开发', level: '初级' }
export const BIGDATA_JUNIOR: Subject = { occupationId: 'bigdata', direction: '大数据处理', level: '初级' }
export const SMART_JUNIOR: Subject = {
  occupationId: 'smart_mfg',
  direction: '智能装备与产线应用',
  level: '初级',
}
