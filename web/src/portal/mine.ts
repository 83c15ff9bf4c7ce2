/** What 我的 leads to. A module adds one line for each page of a learner's own. */
export const mine: readonly { to: string; name: string; says: string }[] = [
  { to: '/mine/courses', name: '我的课程', says: '报名结果、课表、签到、线上学习和学时' },
  { to: '/mine/declarations', name: '我的申报', says: '申报等级考核，看资格确认到哪一步' },
  { to: '/mine/tickets', name: '我的准考证', says: '考核时间、考点、考位，出示或打印' },
  { to: '/mine/photo', name: '登记照片', says: '机考入场核对用的照片，可以不登记，随时可撤回' },
  { to: '/mine/results', name: '我的成绩', says: '考核时间地点和成绩' },
  { to: '/mine/attempts', name: '我的答卷', says: '机考答卷，成绩公布后回放作答轨迹' },
  { to: '/mine/certificates', name: '我的证书', says: '培训合格证书和等级证书，查看和下载' },
  { to: '/mine/benefits', name: '我的学时与职称', says: '继续教育学时和职称认定，查看和打印证明' },
  { to: '/mine/facts', name: '我的资料', says: '学历、职称、工作经历等，申报时据此判断' },
  { to: '/mine/consents', name: '授权与隐私', says: '您同意过什么，随时可撤回；导出您的数据' },
]
