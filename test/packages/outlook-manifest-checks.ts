import { XmlDocument, type XmlElement } from 'libxml2-wasm'

/** Control sizes that every button needs. Source: manifest reference, "Image element". */
const REQUIRED_ICON_SIZES = ['16', '32', '80']
const BYTES_MAX = 256 * 1024

/**
 * What the XSD lets pass and Outlook refuses or shows wrongly.
 * @param hasIcon tells whether a picture of that file name is among the project's icons, and its width in pixels
 * @returns one line per fault, none when the manifest is good
 */
export function findManifestFaults(xml: string, iconWidth: (fileName: string) => number | undefined): string[] {
  const document = XmlDocument.fromString(xml)
  try {
    return [
      ...danglingReferences(document),
      ...missingIconSizes(document),
      ...missingIconFiles(document, iconWidth),
      ...plainHttp(document),
      ...repeatedIds(document),
      ...(Buffer.byteLength(xml) > BYTES_MAX ? ['larger than 256 KB'] : []),
    ]
  } finally {
    document.dispose()
  }
}

const select = (from: XmlDocument | XmlElement, xpath: string): XmlElement[] => from.find(xpath) as XmlElement[]
const attribute = (element: XmlElement, name: string): string => element.attr(name)?.value ?? ''
const named = (name: string): string => `*[local-name()='${name}']`

/** Every `resid` must name a resource of its own VersionOverrides block; the nested block has its own resources. */
function danglingReferences(document: XmlDocument): string[] {
  return select(document, `//${named('VersionOverrides')}`).flatMap((block) => {
    const ids = new Set(select(block, `./${named('Resources')}/*/*[@id]`).map((resource) => attribute(resource, 'id')))
    return select(block, `./*[not(local-name()='VersionOverrides')]/descendant-or-self::*[@resid]`)
      .map((element) => attribute(element, 'resid'))
      .filter((resid) => !ids.has(resid))
      .map((resid) => `resid ${resid} names nothing`)
  })
}

function missingIconSizes(document: XmlDocument): string[] {
  return select(document, `//${named('Control')}`).flatMap((control) => {
    const sizes = select(control, `./${named('Icon')}/${named('Image')}`).map((image) => attribute(image, 'size'))
    return REQUIRED_ICON_SIZES.filter((size) => !sizes.includes(size)).map(
      (size) => `control ${attribute(control, 'id')} has no icon of ${size} pixels`,
    )
  })
}

/** Pictures must exist and be as large as their file name and use say. */
function missingIconFiles(document: XmlDocument, iconWidth: (fileName: string) => number | undefined): string[] {
  const addresses = [
    ...select(document, `//${named('Resources')}/${named('Images')}/*`),
    ...select(document, `/*/${named('IconUrl')}`),
    ...select(document, `/*/${named('HighResolutionIconUrl')}`),
  ].map((element) => attribute(element, 'DefaultValue'))
  return [...new Set(addresses)].flatMap((address) => {
    const fileName = address.split('/').at(-1) ?? ''
    const width = iconWidth(fileName)
    if (width === undefined) return [`icon file ${fileName} does not exist`]
    return fileName.includes(`-${width}.`) ? [] : [`icon file ${fileName} is ${width} pixels wide`]
  })
}

function plainHttp(document: XmlDocument): string[] {
  const values = [
    ...select(document, '//*[@DefaultValue]').map((element) => attribute(element, 'DefaultValue')),
    ...select(document, `//${named('AppDomain')}`).map((element) => element.content),
  ]
  return values.filter((value) => /^http:/i.test(value)).map((value) => `${value} is not https`)
}

/** Ids of groups and controls are unique in the whole manifest. Source: manifest reference, "Group element". */
function repeatedIds(document: XmlDocument): string[] {
  const ids = select(document, `//${named('Group')} | //${named('Control')}`).map((element) => attribute(element, 'id'))
  return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `id ${id} is used twice`)
}
