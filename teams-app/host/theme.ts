import { type Theme, teamsDarkTheme, teamsHighContrastTheme, teamsLightTheme } from '@fluentui/react-components'

/** The Fluent theme that goes with what Teams calls `default`, `dark` or `contrast`; light for names it may add. */
export function fluentThemeFor(teamsTheme: string): Theme {
  if (teamsTheme === 'dark') return teamsDarkTheme
  if (teamsTheme === 'contrast') return teamsHighContrastTheme
  return teamsLightTheme
}
