import { useLingui } from '@lingui/react/macro'
import { Dialog } from '#src/ui/dialog'
import styles from './shortcuts-dialog.module.css'

export function ShortcutsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useLingui()
  const rows: Array<[string[], string]> = [
    [['/'], t`Строка поиска`],
    [['J', '↓'], t`Следующая строка`],
    [['K', '↑'], t`Предыдущая строка`],
    [['Enter'], t`Открыть платёж`],
    [['Esc'], t`Назад к списку, закрыть окно`],
    [['B'], t`Запросить банк`],
    [['S'], t`Синхронизировать с CRM`],
    [['O'], t`Изменить статус`],
    [['?'], t`Этот список`],
  ]
  return (
    <Dialog opened={opened} onClose={onClose} title={t`Клавиши`} size={420}>
      <p className="quiet">{t`Работают и в русской раскладке.`}</p>
      <dl className={styles.list}>
        {rows.map(([keys, text]) => (
          <div key={text} className={styles.row}>
            <dt>
              {keys.map((key) => (
                <kbd key={key} className={styles.key}>
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
