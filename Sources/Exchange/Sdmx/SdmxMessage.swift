import Indicators
import Wording

/// What the messages of SDMX-ML 2.1 have in common.
enum Sdmx {
  private static let schemas = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
  static let message = ("xmlns:message", "\(schemas)/message")
  static let structure = ("xmlns:structure", "\(schemas)/structure")
  static let generic = ("xmlns:generic", "\(schemas)/data/generic")
  static let common = ("xmlns:common", "\(schemas)/common")

  /// Figures of invented organisations are sent as a test: nobody files them with real ones.
  static func header(
    _ xml: inout XMLText, _ sender: SdmxSender, _ origins: [StatisticalTable.Origin], id: String,
    _ structure: (inout XMLText) -> Void = { _ in }
  ) {
    xml.element("message:Header") { xml in
      xml.element("message:ID", text: id)
      xml.element("message:Test", text: origins.contains(where: \.isSimulated) ? "true" : "false")
      xml.element("message:Prepared", text: sender.prepared(origins.first))
      xml.element("message:Sender", [("id", SdmxID.agency)]) { names(&$0, sender.name) }
      structure(&xml)
    }
  }

  static func names(_ xml: inout XMLText, _ label: Label, _ element: String = "common:Name") {
    for language in Language.allCases where !label[language].isEmpty {
      xml.element(element, [("xml:lang", language.rawValue)], text: label[language])
    }
  }

  static func maintained(_ id: String) -> XMLText.Attributes {
    [("id", id), ("agencyID", SdmxID.agency), ("version", SdmxID.version)]
  }

  static func reference(_ id: String, in space: String, kind: String) -> XMLText.Attributes {
    [("id", id), ("version", SdmxID.version), ("agencyID", SdmxID.agency), ("package", space), ("class", kind)]
  }
}
