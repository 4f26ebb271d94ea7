import type { ReactNode } from 'react'

const shape = (children: ReactNode) =>
  function Icon({ size = 16 }: { size?: number }) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {children}
      </svg>
    )
  }

export const BankIcon = shape(<path d="M2 6.5 8 3l6 3.5M3 13h10M4 7.5v4M8 7.5v4M12 7.5v4" />)
export const LedgerIcon = shape(<path d="M3.5 2.5h9v11h-9zM6 5.5h4M6 8h4M6 10.5h2" />)
export const PersonIcon = shape(
  <path d="M8 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM3 13.5c.4-2.3 2.4-3.5 5-3.5s4.6 1.2 5 3.5" />,
)
export const AppIcon = shape(<path d="M5 2h6v12H5zM7.3 11.8h1.4" />)
export const GearIcon = shape(
  <path d="M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM8 2v2M8 12v2M2 8h2M12 8h2M3.8 3.8l1.4 1.4M10.8 10.8l1.4 1.4M3.8 12.2l1.4-1.4M10.8 5.2l1.4-1.4" />,
)
export const SearchIcon = shape(<path d="M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.3 10.3l3.2 3.2" />)
export const CopyIcon = shape(<path d="M5.5 5.5h8v8h-8zM3.5 10.5h-1v-8h8v1" />)
export const CheckIcon = shape(<path d="m3 8.5 3.2 3.2L13 5" />)
export const CrossIcon = shape(<path d="m4 4 8 8M12 4l-8 8" />)
export const BackIcon = shape(<path d="M9.5 3.5 5 8l4.5 4.5" />)
export const NextIcon = shape(<path d="M6.5 3.5 11 8l-4.5 4.5" />)
export const SunIcon = shape(
  <path d="M8 10.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7" />,
)
export const MoonIcon = shape(<path d="M13 9.6A5.5 5.5 0 0 1 6.4 3 5.5 5.5 0 1 0 13 9.6Z" />)
export const AutoIcon = shape(<path d="M8 2.5a5.5 5.5 0 1 0 0 11ZM8 2.5a5.5 5.5 0 0 1 0 11" />)
export const FilterIcon = shape(<path d="M2.5 4h11M4.5 8h7M6.5 12h3" />)
export const AlertIcon = shape(<path d="M8 2.5 14 13H2ZM8 6.5v3M8 11.2v.1" />)
export const LostIcon = shape(
  <path d="M6.2 12.5a2 2 0 0 0 3.6 0M4 10.5V7a4 4 0 0 1 6.6-3M12 6.5v4M3 10.5h9M2.5 2.5l11 11" />,
)
export const ArrowIcon = shape(<path d="M3 8h9.5M9 4.5 12.5 8 9 11.5" />)
export const KeyboardIcon = shape(<path d="M1.5 4h13v8h-13zM4 6.5h.1M6.6 6.5h.1M9.3 6.5h.1M12 6.5h.1M5 9.5h6" />)
export const UploadIcon = shape(<path d="M8 10.5v-7M5 6.2 8 3.3l3 2.9M3 10.5v2.5h10v-2.5" />)
