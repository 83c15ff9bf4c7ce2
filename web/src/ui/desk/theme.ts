import type { ThemeConfig } from 'antd'

/** The tokens of look.md in Ant Design's terms. No shadows, no gradients, hairlines. */
export const theme: ThemeConfig = {
  cssVar: { key: 'desk' },
  hashed: false,
  token: {
    colorPrimary: '#1f4e8c',
    colorInfo: '#1f4e8c',
    colorLink: '#1f4e8c',
    colorLinkHover: '#173b6b',
    colorSuccess: '#1e6b3a',
    colorWarning: '#8a5a00',
    colorWarningBg: '#fff4dc',
    colorError: '#b3261e',
    colorText: '#1b1f24',
    colorTextSecondary: '#5b6470',
    colorTextDescription: '#5b6470',
    colorTextPlaceholder: '#6b7480',
    colorTextDisabled: '#5b6470',
    colorBorder: '#8a93a0',
    colorBorderSecondary: '#d9dde3',
    colorBgLayout: '#ffffff',
    fontFamily:
      '"PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Source Han Sans SC", system-ui, sans-serif',
    fontSize: 14,
    borderRadius: 4,
    borderRadiusLG: 4,
    boxShadow: 'none',
    boxShadowTertiary: 'none',
    boxShadowSecondary: '0 0 0 1px #d9dde3',
    wireframe: false,
    controlHeight: 34,
    // Who asked the system for less motion gets none.
    motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
  },
  components: {
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    Table: {
      headerBg: '#f6f7f9',
      headerColor: '#5b6470',
      headerSplitColor: 'transparent',
      cellPaddingBlock: 10,
      cellPaddingInline: 12,
      rowHoverBg: '#edf2f9',
      rowSelectedBg: '#edf2f9',
      rowSelectedHoverBg: '#edf2f9',
    },
    Menu: { itemSelectedBg: '#edf2f9', itemHeight: 36, itemMarginInline: 8, groupTitleColor: '#5b6470' },
    // The chosen one is seen, not only its letters.
    Segmented: { trackBg: '#f6f7f9', itemSelectedBg: '#dbe6f4', itemSelectedColor: '#1f4e8c' },
    Tabs: { horizontalMargin: '0 0 16px 0' },
    Form: { labelColor: '#1b1f24', verticalLabelPadding: '0 0 4px' },
  },
}
