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
  case survey
  case typology

  /// Tables of sums that a publisher made, or of what a survey found: kept beside the figures made from units.
  package static let aggregates: [Source] = [.urssaf, .flores, .onss, .vat, .survey]
  /// They make no figure and belong to the observatory, not to a release: maps and tables read them as they stand.
  package static let beside: [Source] = [.boundaries, .typology]

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
