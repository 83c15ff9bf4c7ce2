import { useSyncExternalStore } from 'react'
import { serverReach } from './api.ts'

function watchLine(watch: () => void): () => void {
  window.addEventListener('online', watch)
  window.addEventListener('offline', watch)
  return () => {
    window.removeEventListener('online', watch)
    window.removeEventListener('offline', watch)
  }
}

/** Says that the network is away and what becomes of the visitor's work. */
export function NetworkBanner() {
  const online = useSyncExternalStore(watchLine, () => navigator.onLine)
  const reached = useSyncExternalStore(serverReach.subscribe, serverReach.get)
  return (
    <div role="status">
      {online && reached ? null : (
        <p className="network-banner">
          {online
            ? '连接不上服务器。您填写的内容还在本页，请稍后重试。'
            : '网络已断开。您填写的内容还在本页，网络恢复后请再提交。'}
        </p>
      )}
    </div>
  )
}
