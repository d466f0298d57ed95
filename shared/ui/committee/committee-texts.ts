import { COMMITTEE_MEMBERS } from '../../domain/committee.ts'

/** Why a committee is not one yet. */
export const MEMBERS_FAULT = `Choose ${COMMITTEE_MEMBERS.min} to ${COMMITTEE_MEMBERS.max} people beside the chair.`
