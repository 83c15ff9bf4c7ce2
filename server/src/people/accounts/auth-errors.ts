const SENTENCES: Record<string, string> = {
  INVALID_PHONE_NUMBER: '手机号码不正确，请填写 11 位手机号码',
  INVALID_OTP: '验证码不正确，请核对短信中的 6 位数字',
  OTP_EXPIRED: '验证码已过期，请重新获取',
  OTP_NOT_FOUND: '验证码已失效，请重新获取',
  TOO_MANY_ATTEMPTS: '输错次数过多，此验证码已作废，请重新获取',
  INVALID_USERNAME_OR_PASSWORD: '账号或密码不正确',
  INVALID_EMAIL_OR_PASSWORD: '账号或密码不正确',
  USERNAME_TOO_SHORT: '账号或密码不正确',
  INVALID_USERNAME: '账号或密码不正确',
  INVALID_PASSWORD: '密码不正确',
  PASSWORD_TOO_SHORT: '密码至少 12 位',
  PASSWORD_TOO_LONG: '密码最多 128 位',
  INVALID_TOKEN: '链接已失效或已使用，请联系本单位管理员重新发送',
  INVALID_CODE: '动态口令不正确，请核对后重新输入',
  INVALID_BACKUP_CODE: '备用口令不正确或已使用',
  INVALID_TWO_FACTOR_COOKIE: '登录已超时，请从账号和密码重新开始',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: '输错次数过多，请从账号和密码重新开始',
  ACCOUNT_TEMPORARILY_LOCKED: '动态口令连续输错，账号已临时锁定，请 15 分钟后再试',
  TOTP_ALREADY_ENABLED: '此账号已绑定动态口令；需要更换时请联系本单位管理员重置',
  TOTP_NOT_ENABLED: '此账号尚未绑定动态口令',
  UNAUTHORIZED: '请先登录',
  SIGNUP_DISABLED: '统一身份认证的账号尚未受邀使用本平台，请联系本单位管理员',
}

/** The library's error in the shape every client of ours reads; its own words never reach the screen. */
export function sayAuthError(
  status: number,
  body: string,
): { code: string; problems: { path: string; message: string }[] } {
  const { code = '', message = '' } = parsed(body)
  const own = /\p{Script=Han}/u.test(message) ? message : undefined
  const fallback =
    status === 404 ? '没有这个接口' : status === 401 ? '请先登录' : '未能完成，请检查填写的内容后重试'
  return { code, problems: [{ path: '', message: SENTENCES[code] ?? own ?? fallback }] }
}

function parsed(body: string): { code?: string; message?: string } {
  try {
    return JSON.parse(body) as { code?: string; message?: string }
  } catch {
    return {}
  }
}
