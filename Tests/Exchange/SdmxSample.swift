import Filesystem
import TestSupport
import Wording

@testable import Exchange
@testable import Indicators
@testable import Secrecy

/// A table of one region and its département over two years, made by hand: every kind of cell, and names that try what
/// the formats escape.
enum SdmxSample {
  static let hostile = "<a & b> \"c\" ]]> \\ \u{1}\n😀"

  static func label(_ text: String) -> Label { Label(fr: text, nl: "\(text) (nl)", en: "\(text) (en)") }

  static let cells: [Cell] = [
    // The region: total then 60+, 2021 then 2022; jobs then share.
    Cell(.published, value: 1200, low: 1200, high: 1200), Cell(.published, value: 12.345, low: 12.345, high: 12.345),
    Cell(.published, value: 300, low: 280, high: 320, basis: .estimated), Cell(.zero, value: 0, low: 0, high: 0),
    Cell(.published, value: 900, low: 900, high: 950, basis: .partial), .notComparable,
    .suppressed, .notAvailable,
    // The département.
    Cell(.published, value: 10, low: 10, high: 10), .notComparable,
    .suppressed, .suppressed,
    Cell(.published, value: 50, low: 40, high: 60, basis: .banded),
    Cell(.published, value: 3, low: 3, basis: .approximated),
    .zero, .zero,
  ]

  static func table(
    _ id: String = "T01", simulated: Bool = true, unprotected: Bool = false, years: [String] = ["2021", "2022"],
    awaited: [String: [Int]] = [:]
  ) -> StatisticalTable {
    StatisticalTable(
      id: id, title: label("Chiffres \(hostile)"), description: label("Les chiffres."),
      axes: [
        .init(
          "area", label("Territoire"), .area,
          [.init("FR-REG-32", label("Hauts-de-France")), .init("FR-DEP-59", label("Nord"), depth: 1)]),
        .init("year", label("Année"), .time, years.map { .init($0, label($0)) }),
        .init(
          "age", label("Âge"), .classification,
          [.init("total", label("Ensemble"), isTotal: true), .init("60+", label("60 ans et plus"), depth: 1)]),
      ],
      columns: [
        .init("jobs", label("Postes"), short: label("Postes"), .init("jobs", symbol: "", label("postes")), decimals: 0),
        .init("share", label("Part"), short: label("Part"), .init("percent", symbol: "%", label("%")), decimals: 1),
      ],
      cells: years.count == 2 ? cells : Array(repeating: .zero, count: 8 * years.count), notes: [],
      origin: .init(
        release: "2024-05-31-a", program: "essor 1", isSimulated: simulated, perimeter: "common-statutory",
        perimeterTitle: label("Commun"), perimeterVersion: "1", isProvisional: false, options: [:],
        secrecy: ["fr-insee"], isUnprotected: unprotected,
        sources: [.init("workforce", vintage: "2024", publisher: "Insee", sha256: ["ab"])], awaitedYears: awaited))
  }

  static var words: Words {
    get throws { try Words(share: Checkout.installation.share, language: .fr) }
  }

  static let sender = SdmxSender(name: label("Observatoire"))

  static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
