package import Diagnostics

/// The sources that `essor import` takes.
package enum Source: String, CaseIterable, Sendable {
  case sireneUnits = "sirene-units"
  case sireneEstablishments = "sirene-establishments"
  case rna
  case kbo
  case workforce
  case nbb
  case list
  case communes
  case boundaries
  case urssaf
  case flores
  case onss
  case vat

  /// Tables of sums that a publisher made: kept beside the figures made from units.
  package static let aggregates: [Source] = [.urssaf, .flores, .onss, .vat]

  package static func named(_ name: String) throws(Problem) -> Source {
    guard let source = Source(rawValue: name) else {
      let known = allCases.map(\.rawValue)
      throw Problem(
        "import.unknown_source", status: .commandLine,
        [
          "source": name, "known": known.joined(separator: ", "),
          "nearest": nearest(to: name, among: known) ?? "",
        ])
    }
    return source
  }
}
