import Diagnostics
import Filesystem
import Tabular

/// The rows of meta.csv and code.csv: the codes that the simulation uses, with their labels.
struct KboCodes {
  private struct Code {
    let category: String
    let code: String
    let labels: [(language: String, text: String)]
  }

  private let codes: [Code]

  /// Labels come from the nomenclatures of the program where they are there; without them, from
  /// nothing.
  init(share: String, profile: CountryProfile) throws {
    var codes: [Code] = []
    let plain = try DeclaredTable(
      "\(share)/simulation/be-codes.csv", columns: ["category", "code", "fr", "nl"],
      properties: ["id", "source"])
    for entry in plain.entries {
      codes.append(
        Code(
          category: entry["category"], code: entry["code"],
          labels: [("FR", entry["fr"]), ("NL", entry["nl"])]))
    }
    codes += try Self.labelled(
      "JuridicalForm", Set(profile.formCodes), "\(share)/nomenclatures/be-legal-forms.csv")
    codes += try Self.labelled(
      "Nace2008", Set(profile.activityCodes.map(\.code)),
      "\(share)/nomenclatures/nacebel-2008.csv")
    codes += try Self.labelled(
      "Nace2025", Set(profile.activityCodes.map(\.newer)),
      "\(share)/nomenclatures/nacebel-2025.csv")
    self.codes = codes.sorted { ($0.category, $0.code) < ($1.category, $1.code) }
  }

  private static func labelled(
    _ category: String, _ used: Set<String>, _ path: String
  ) throws -> [Code] {
    guard Folder.fileExists(path) else { return [] }
    return try DeclaredTable(path, columns: ["code", "fr", "nl"]).entries.filter {
      used.contains($0["code"])
    }.map { entry in
      Code(
        category: category, code: entry["code"],
        labels: [("DE", entry["de"]), ("FR", entry["fr"]), ("NL", entry["nl"])].filter {
          !$0.1.isEmpty
        })
    }
  }

  func writeCodes(to csv: inout CSVWriter) throws(Problem) {
    for code in codes {
      for label in code.labels {
        try Self.writeRow([code.category, code.code, label.language, label.text], to: &csv)
      }
    }
  }

  func writeMeta(days: DayTable, today: Int, to csv: inout CSVWriter) throws(Problem) {
    let date = String(decoding: days.belgian(today), as: UTF8.self)
    let next = String(decoding: days.belgian(today + 1), as: UTF8.self)
    for (name, value) in [
      ("SnapshotDate", date), ("ExtractTimestamp", "\(next) 07:00:00"), ("ExtractType", "full"), ("Simulated", "Essor"),
      ("ExtractNumber", "1"), ("Version", "1.0.0"),
    ] {
      try Self.writeRow([name, value], to: &csv)
    }
  }

  private static func writeRow(
    _ fields: [String], to csv: inout CSVWriter
  ) throws(Problem) {
    for (position, field) in fields.enumerated() {
      if position > 0 { csv.comma() }
      var text = "\""
      for character in field { text += character == "\"" ? "\"\"" : String(character) }
      text += "\""
      text.withUTF8 { csv.bytes($0) }
    }
    try csv.endRow()
  }
}
