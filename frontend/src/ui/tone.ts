export type Tone = 'good' | 'info' | 'warn' | 'bad' | 'mute' | 'human'
