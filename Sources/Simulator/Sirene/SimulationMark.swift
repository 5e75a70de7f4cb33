import Diagnostics
import Tabular

/// The first row of a simulated file of SIRENE: a closed unit whose name says what the file is, so that the mark stays
/// when the archive, whose comment says it too, is unpacked.
enum SimulationMark {
  static let name = "SIMULE PAR ESSOR"

  /// A row of the header's columns, empty but for some.
  static func write(_ values: [String: String], header: String, to csv: inout CSVWriter) throws(Problem) {
    for (place, column) in header.split(separator: ",").enumerated() {
      if place > 0 { csv.comma() }
      for byte in (values[String(column)] ?? "").utf8 { csv.byte(byte) }
    }
    try csv.endRow()
  }

  static let unit = [
    "siren": "000000018", "statutDiffusionUniteLegale": "O", "dateCreationUniteLegale": "1900-01-01",
    "dateDebut": "1900-01-01", "etatAdministratifUniteLegale": "C", "denominationUniteLegale": name,
    "categorieJuridiqueUniteLegale": "9900", "nicSiegeUniteLegale": "00002",
  ]

  static let establishment = [
    "siren": "000000018", "nic": "00002", "siret": "00000001800002", "statutDiffusionEtablissement": "O",
    "dateCreationEtablissement": "1900-01-01", "etablissementSiege": "true", "dateDebut": "1900-01-01",
    "etatAdministratifEtablissement": "F", "enseigne1Etablissement": name,
  ]
}
