import type { ReactNode } from 'react'
import styles from './back-link.module.css'
import { BackIcon } from './icons'

/** What a link of the router's looks like when it leads to where the page belongs. */
export const backLinkClass = styles.back

export function BackMark({ children }: { children: ReactNode }) {
  return (
    <>
      <BackIcon size={14} />
      {children}
    </>
  )
}
