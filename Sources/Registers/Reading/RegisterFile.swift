internal import Diagnostics
internal import Tabular

/// A table of a register, opened and recognised: the columns a reader needs are there.
struct RegisterFile {
  let reader: TableReader

  /// Finds the columns by name. If they are missing but those of another source are there, says so.
  init(
    _ stream: any ByteStream, source: String, required: [String], room: ReadAhead.Room = ReadAhead.Room()
  ) throws(Problem) {
    reader = try TableReader(stream, TableReader.Options(room: room))
    let missing = required.filter { !reader.columns.contains($0) }
    guard !missing.isEmpty else { return }
    var place = reader.place
    place.line = 1
    if let other = SourceSignature.recognise(reader.columns), other != source {
      throw Problem(
        "register.other_source", at: place, ["expected": source, "found": other])
    }
    throw Problem(
      "register.no_column", at: place,
      [
        "source": source, "columns": missing.joined(separator: ", "),
        "nearest": missing.first.flatMap { nearest(to: $0, among: reader.columns) } ?? "",
      ])
  }
}

/// What column tells which source: to say "this is the file of establishments" rather than "column missing".
package enum SourceSignature {
  static let signatures: [(source: String, columns: [String])] = [
    ("sirene-establishments", ["siret", "etatAdministratifEtablissement"]),
    ("sirene-units", ["siren", "etatAdministratifUniteLegale"]),
    ("kbo", ["EnterpriseNumber", "JuridicalForm"]),
    ("kbo", ["EntityNumber", "NaceCode"]),
    ("kbo", ["EntityNumber", "Zipcode"]),
    ("workforce", ["establishment", "year", "jobs"]),
    ("communes", ["TYPECOM_AV", "COM_AV", "COM_AP"]),
    ("rna", ["id", "titre", "position", "maj_time"]),
    ("nbb", ["ReferenceNumber", "EnterpriseNumber", "Rubric", "Value"]),
  ]

  package static func recognise(_ columns: [String]) -> String? {
    signatures.first { $0.columns.allSatisfy(columns.contains) }?.source
  }
}
