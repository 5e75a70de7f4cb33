package import Diagnostics
import Indicators
import Secrecy
package import Wording

/// The names of what SDMX files hold besides the table: concepts, and codes of what is said of a figure.
package struct SdmxWords: Sendable {
  package let agencies: Label
  package let scheme: Label
  private let concepts: [String: Label]
  private let codes: [String: Label]

  package init(_ words: Words) throws(Problem) {
    agencies = try words.label("sdmx.agencies")
    scheme = try words.label("sdmx.concepts")
    var concepts: [String: Label] = [:]
    for id in [SdmxDefinition.measure, SdmxDefinition.value] + SdmxAttribute.allCases.map(\.rawValue) {
      concepts[id] = try words.label("sdmx.concept.\(id)")
    }
    var codes: [String: Label] = [:]
    for status in SdmxStatus.Observation.allCases {
      codes[status.rawValue] = try words.label("sdmx.status.\(status.rawValue)")
    }
    for status in SdmxStatus.Confidentiality.allCases {
      codes[status.rawValue] = try words.label("sdmx.confidentiality.\(status.rawValue)")
    }
    for basis in Cell.Basis.inSdmx {
      codes[SdmxID.code(basis.rawValue)] = try words.label("sdmx.basis.\(basis.rawValue)")
    }
    self.concepts = concepts
    self.codes = codes
  }

  package subscript(concept: String) -> Label { concepts[concept] ?? Label(fr: concept, nl: concept, en: concept) }

  /// The name of a code of OBS_STATUS, CONF_STATUS or BASIS: no two of them share one.
  package func name(ofCode code: String) -> Label { codes[code] ?? Label(fr: code, nl: code, en: code) }
}

/// Who sends a file, and when it was made.
package struct SdmxSender: Sendable {
  package let name: Label
  /// `2024-05-31T00:00:00`; nil: the day of the release, so that the same figures are the same file.
  package let prepared: String?

  package init(name: Label, prepared: String? = nil) {
    self.name = name
    self.prepared = prepared
  }

  func prepared(_ origin: StatisticalTable.Origin?) -> String {
    prepared ?? "\(origin?.releaseDay ?? "2000-01-01")T00:00:00"
  }
}
