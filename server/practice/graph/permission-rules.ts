/**
 * Which permissions open which Graph calls. From permissions/new/permissions.json of
 * microsoftgraph/microsoft-graph-devx-content (commit 6cbd6bbd, MIT), cut down to the calls served here and to the
 * permission families that fit them (Directory.*, DeviceManagement* and AgentIdUser.* also open some, and are left out).
 * A permission that includes a smaller one is listed beside it. Calls that the source does not list follow their parent
 * collection; open extensions follow "Get open extension" and "Create open extension".
 */
export type PermissionRule = {
  readonly methods: readonly string[]
  /** On the path below `/v1.0`, with `/me` and `/users/{…}` written as `{mailbox}`; case does not matter. */
  readonly path: RegExp
  readonly delegated: readonly string[]
  /** Empty: not supported without a user. */
  readonly application: readonly string[]
  /** What a delegated caller needs for somebody else's mailbox; absent: never possible, `[]` nothing further. */
  readonly shared?: readonly string[]
}

const READ = ['GET']
const WRITE = ['POST', 'PATCH', 'PUT', 'DELETE']
const ANY = [...READ, ...WRITE]

const calendarsReadBasic = ['Calendars.ReadBasic', 'Calendars.Read', 'Calendars.ReadWrite']
const calendarsRead = ['Calendars.Read', 'Calendars.ReadWrite']
const calendarsWrite = ['Calendars.ReadWrite']
const sharedRead = ['Calendars.Read.Shared', 'Calendars.ReadWrite.Shared']
const sharedWrite = ['Calendars.ReadWrite.Shared']
const userRead = ['User.Read.All', 'User.ReadBasic.All', 'User.ReadWrite.All']
const tasksRead = ['Tasks.Read', 'Tasks.ReadWrite']
const tasksReadAll = ['Tasks.Read.All', 'Tasks.ReadWrite.All']
const settingsRead = ['MailboxSettings.Read', 'MailboxSettings.ReadWrite']
const groupMembers = [
  'GroupMember.ReadBasic.All',
  'GroupMember.Read.All',
  'GroupMember.ReadWrite.All',
  'Group.ReadBasic.All',
  'Group.Read.All',
  'Group.ReadWrite.All',
]
const planner = ['Group.Read.All', 'Group.ReadWrite.All']

/** The first rule that fits decides. */
export const PERMISSION_RULES: readonly PermissionRule[] = [
  {
    methods: READ,
    path: /^\{mailbox\}$/i,
    delegated: ['User.Read', 'User.ReadWrite', ...userRead],
    application: userRead,
    shared: userRead,
  },
  { methods: READ, path: /^users(\/|$)/i, delegated: userRead, application: userRead },
  {
    methods: ['POST'],
    path: /^\{mailbox\}\/(calendar|calendars\/[^/]+)\/getSchedule$/i,
    delegated: [...calendarsReadBasic, ...sharedRead],
    application: calendarsReadBasic,
    shared: [],
  },
  {
    methods: ['POST'],
    path: /^\{mailbox\}\/findMeetingTimes$/i,
    delegated: sharedRead,
    application: [],
    shared: sharedRead,
  },
  {
    methods: ['POST'],
    path: /^\{mailbox\}\/((calendar|calendars\/[^/]+)\/)?events\/[^/]+\/attachments\/createUploadSession$/i,
    delegated: [...calendarsWrite, ...sharedWrite, 'Mail.ReadWrite'],
    application: [...calendarsWrite, 'Mail.ReadWrite'],
    shared: sharedWrite,
  },
  {
    methods: READ,
    path: /^\{mailbox\}\/.*events\/[^/]+\/(attachments|extensions)(\/|$)/i,
    delegated: [...calendarsRead, ...sharedRead],
    application: calendarsRead,
    shared: sharedRead,
  },
  {
    methods: ['POST'],
    path: /^\{mailbox\}\/.*events\/[^/]+\/forward$/i,
    delegated: [...calendarsRead, ...sharedRead],
    application: calendarsRead,
    shared: sharedRead,
  },
  {
    methods: READ,
    path: /^\{mailbox\}\/(calendar|calendars|calendarGroups|calendarView|events)(\/|$)/i,
    delegated: [...calendarsReadBasic, ...sharedRead],
    application: calendarsReadBasic,
    shared: sharedRead,
  },
  {
    methods: WRITE,
    path: /^\{mailbox\}\/(calendar|calendars|calendarGroups|calendarView|events)(\/|$)/i,
    delegated: [...calendarsWrite, ...sharedWrite],
    application: calendarsWrite,
    shared: sharedWrite,
  },
  {
    methods: READ,
    path: /^\{mailbox\}\/mailboxSettings(\/|$)/i,
    delegated: settingsRead,
    application: settingsRead,
  },
  {
    methods: READ,
    path: /^\{mailbox\}\/outlook\/masterCategories(\/|$)/i,
    delegated: settingsRead,
    application: settingsRead,
  },
  {
    methods: WRITE,
    path: /^\{mailbox\}\/(mailboxSettings|outlook\/masterCategories)(\/|$)/i,
    delegated: ['MailboxSettings.ReadWrite'],
    application: ['MailboxSettings.ReadWrite'],
  },
  {
    methods: READ,
    path: /^\{mailbox\}\/outlook\/supportedTimeZones/i,
    delegated: ['User.Read', ...userRead],
    application: userRead,
    shared: [],
  },
  {
    methods: ['POST'],
    path: /^\{mailbox\}\/translateExchangeIds$/i,
    delegated: ['User.Read', 'User.ReadWrite', ...userRead],
    application: ['User.Read.All', 'User.ReadWrite.All'],
    shared: [],
  },
  { methods: ['POST'], path: /^\{mailbox\}\/sendMail$/i, delegated: ['Mail.Send'], application: ['Mail.Send'] },
  {
    methods: READ,
    path: /^\{mailbox\}\/messages\/[^/]+\/(attachments|extensions)(\/|$)/i,
    delegated: ['Mail.Read', 'Mail.ReadWrite'],
    application: ['Mail.Read', 'Mail.ReadWrite'],
  },
  {
    methods: READ,
    path: /^\{mailbox\}\/messages(\/|$)/i,
    delegated: ['Mail.ReadBasic', 'Mail.Read', 'Mail.ReadWrite'],
    application: ['Mail.ReadBasic.All', 'Mail.Read', 'Mail.ReadWrite'],
  },
  {
    methods: WRITE,
    path: /^\{mailbox\}\/messages(\/|$)/i,
    delegated: ['Mail.ReadWrite'],
    application: ['Mail.ReadWrite'],
  },
  { methods: READ, path: /^\{mailbox\}\/todo\//i, delegated: tasksRead, application: tasksReadAll },
  {
    methods: WRITE,
    path: /^\{mailbox\}\/todo\//i,
    delegated: ['Tasks.ReadWrite'],
    application: ['Tasks.ReadWrite.All'],
  },
  {
    methods: READ,
    path: /^\{mailbox\}\/settings\/workHoursAndLocations(\/|$)/i,
    delegated: [...calendarsRead, ...settingsRead],
    application: [],
  },
  {
    methods: ['PATCH'],
    path: /^\{mailbox\}\/settings\/workHoursAndLocations$/i,
    delegated: [...calendarsWrite, 'MailboxSettings.ReadWrite'],
    application: [],
  },
  {
    methods: WRITE,
    path: /^\{mailbox\}\/settings\/workHoursAndLocations\//i,
    delegated: calendarsWrite,
    application: [],
  },
  {
    methods: ['POST'],
    path: /^(\{mailbox\}\/teamwork\/sendActivityNotification|teamwork\/sendActivityNotificationToRecipients)$/i,
    delegated: ['TeamsActivity.Send'],
    application: ['TeamsActivity.Send', 'TeamsActivity.Send.User'],
    shared: [],
  },
  {
    methods: READ,
    path: /^(\{mailbox\}\/)?planner\/tasks(\/|$)/i,
    delegated: [...tasksRead, ...planner],
    application: tasksReadAll,
  },
  {
    methods: WRITE,
    path: /^planner\/tasks(\/|$)/i,
    delegated: ['Tasks.ReadWrite', 'Group.ReadWrite.All'],
    application: ['Tasks.ReadWrite.All'],
  },
  {
    methods: READ,
    path: /^groups\/[^/]+\/(members|transitiveMembers)(\/|$)/i,
    delegated: groupMembers,
    application: groupMembers,
  },
  {
    methods: READ,
    path: /^groups\/[^/]+$/i,
    delegated: ['Group.ReadBasic.All', 'Group.Read.All', 'Group.ReadWrite.All', 'GroupMember.Read.All'],
    application: ['Group.ReadBasic.All', 'Group.Read.All', 'Group.ReadWrite.All', 'GroupMember.Read.All'],
  },
  {
    methods: ANY,
    path: /^groups\/[^/]+\/(events|calendar)(\/|$)/i,
    delegated: ['Group.Read.All', 'Group.ReadWrite.All'],
    application: ['Group.Read.All', 'Group.ReadWrite.All'],
  },
  {
    methods: READ,
    path: /^places(\/|$)/i,
    delegated: ['Place.Read.All', 'Place.ReadWrite.All'],
    application: ['Place.Read.All', 'Place.ReadWrite.All'],
  },
]
