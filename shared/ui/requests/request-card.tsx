import { Badge, Body1, Button, Caption1, makeStyles, Text, tokens } from '@fluentui/react-components'
import { DeleteRegular, EditRegular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import type { OpportunityRequestView } from '../../api/requests.ts'
import type { RequestFit } from '../../domain/opportunity-request.ts'
import { Card } from '../card.tsx'
import { askText, CHOICES, DECISIONS, fitText, VERDICTS } from './request-texts.ts'

const useStyles = makeStyles({
  top: { display: 'flex', alignItems: 'flex-start', gap: tokens.spacingHorizontalS },
  title: { flexGrow: 1, minWidth: 0 },
  badges: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  actions: { display: 'flex', '@media print': { display: 'none' } },
  quiet: { color: tokens.colorNeutralForeground2 },
  written: { whiteSpace: 'pre-wrap' },
})

export type RequestCardProps = {
  readonly request: OpportunityRequestView
  readonly fit: RequestFit
  readonly isMentee: boolean
  readonly mentorName: string
  /** Only the mentee edits and deletes. */
  readonly onEdit?: (() => void) | undefined
  readonly onDelete?: (() => void) | undefined
  /** What can be done about it. */
  readonly children?: ReactNode
}

/** One request: what is asked, whether it fits, what the mentor says. */
export function RequestCard(props: RequestCardProps) {
  const { request, fit, isMentee, mentorName, onEdit, onDelete, children } = props
  const styles = useStyles()
  const { title, benefit, decision, answer, requestId } = request
  const isOpen = decision === 'open'
  return (
    <Card quiet={!isOpen}>
      <div className={styles.top}>
        <Text weight="semibold" as="h3" block className={styles.title} style={{ margin: 0 }}>
          {title}
        </Text>
        {onEdit && onDelete && (
          <div className={styles.actions}>
            <Button
              appearance="subtle"
              size="small"
              icon={<EditRegular />}
              data-focus={`edit-${requestId}`}
              aria-label={`Edit “${title}”`}
              onClick={onEdit}
            />
            <Button
              appearance="subtle"
              size="small"
              icon={<DeleteRegular />}
              aria-label={`Delete “${title}”`}
              onClick={onDelete}
            />
          </div>
        )}
      </div>
      <div className={styles.badges}>
        {isOpen ? (
          <Badge appearance="tint" color={VERDICTS[fit.verdict].color}>
            {VERDICTS[fit.verdict].label}
          </Badge>
        ) : (
          <Badge appearance="tint" color="informative">
            {DECISIONS[decision]}
          </Badge>
        )}
        <Badge appearance="outline" color="informative">
          {answer ? `${isMentee ? mentorName : 'You'}: ${CHOICES[answer.choice]}` : 'Not answered yet'}
        </Badge>
      </div>
      <Caption1 className={styles.quiet}>{askText(request)}</Caption1>
      {benefit !== undefined && <Body1 className={styles.written}>{benefit}</Body1>}
      {isOpen && <Caption1 className={styles.quiet}>{fitText(fit, isMentee)}</Caption1>}
      {answer?.note !== undefined && (
        <Body1 className={styles.written}>
          <b>{isMentee ? mentorName : 'You'}:</b> {answer.note}
        </Body1>
      )}
      {children}
    </Card>
  )
}
