import type { AttemptView, ErrorCode } from '#src/gen/types.gen'

/** The part of the contract about opening a payment page, by hand until the generated client has it. */
export const draftCodes = ['checkout_unavailable', 'checkout_refused'] as const
export type DraftCode = (typeof draftCodes)[number]
export type Attempt = AttemptView & { payment_url?: string | null }
export type AnyCode = ErrorCode | DraftCode
